use crate::Seed;
use crate::results::{Merkle, Row, RowVerdict, Sha256Sum, read_table, write_table};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A row in which every field has a value of its own.
fn full() -> Row {
    Row {
        index: 7,
        seed: Seed(0xfedc_ba98_7654_3210),
        source: "contract".into(),
        case_sha256: Sha256Sum::of(b"case"),
        metered_sha256: Some(Sha256Sum::of(b"metered")),
        observation_sha256: Some(Sha256Sum::of(b"observation")),
        outcome: "completed".into(),
        gas_used: 1_234,
        runs: 9,
        executions: 36,
        limit_runs: 6,
        fuel_readings: 2,
        repeated_fresh: true,
        verdict: RowVerdict::Agree,
    }
}

type Change = fn(&mut Row);

/// Every way to change one column.
const CHANGES: [(&str, Change); 16] = [
    ("index", |row| row.index += 1),
    ("seed", |row| row.seed.0 ^= 1),
    ("source", |row| row.source.push('s')),
    ("case_sha256", |row| row.case_sha256.0[31] ^= 1),
    ("metered_sha256", |row| row.metered_sha256 = None),
    ("metered_sha256", |row| row.metered_sha256 = Some(Sha256Sum::of(b"other"))),
    ("observation_sha256", |row| row.observation_sha256 = None),
    ("observation_sha256", |row| row.observation_sha256 = Some(Sha256Sum::of(b"other"))),
    ("outcome", |row| row.outcome = "trapped: OutOfGas".into()),
    ("gas_used", |row| row.gas_used += 1),
    ("runs", |row| row.runs += 1),
    ("executions", |row| row.executions += 1),
    ("limit_runs", |row| row.limit_runs += 1),
    ("fuel_readings", |row| row.fuel_readings += 1),
    ("repeated_fresh", |row| row.repeated_fresh = false),
    ("verdict", |row| row.verdict = RowVerdict::Aside(String::new())),
];

/// A row that has little to say.
fn bare() -> Row {
    Row {
        index: 8,
        metered_sha256: None,
        observation_sha256: None,
        outcome: String::new(),
        repeated_fresh: false,
        verdict: RowVerdict::Fault("node: WorkerDied".into()),
        ..full()
    }
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let sum = || any::<[u8; 32]>().prop_map(Sha256Sum);
    let verdict = prop_oneof![
        Just(RowVerdict::Agree),
        ".{0,9}".prop_map(RowVerdict::Aside),
        ".{0,9}".prop_map(RowVerdict::Diverge),
        ".{0,9}".prop_map(RowVerdict::Fault),
    ];
    let who = (any::<u64>(), any::<u64>(), ".{0,5}", sum());
    let what = (prop::option::of(sum()), prop::option::of(sum()), "[a-z:]{0,9}", any::<u64>());
    let counts = (any::<u32>(), any::<u32>(), any::<u32>(), any::<u32>(), any::<bool>());
    let row = (who, what, counts, verdict).prop_map(|(who, what, counts, verdict)| Row {
        index: who.0,
        seed: Seed(who.1),
        source: who.2,
        case_sha256: who.3,
        metered_sha256: what.0,
        observation_sha256: what.1,
        outcome: what.2,
        gas_used: what.3,
        runs: counts.0,
        executions: counts.1,
        limit_runs: counts.2,
        fuel_readings: counts.3,
        repeated_fresh: counts.4,
        verdict,
    });
    prop::collection::vec(row, 0..40)
}

#[test]
fn the_bytes_of_rows_are_what_they_were() {
    let rows = [full(), bare()];
    let root = Merkle::of(&rows).root();
    assert_eq!(root.rows, 2);
    assert_eq!(root.sha256.to_string(), "7c6dd5b82f0f798dff85e6234ac1638fe284fe480c6af6760b02a9dd537679fe");
    let table = write_table(&rows).expect("a table");
    assert_eq!(Sha256Sum::of(&table).to_string(), "b494f12e9a453a4ed430472e3f8a5c20e8e649ccae8ac1e5b4893a0c31230657");
    assert_eq!(read_table(table).expect("rows"), rows);
}

#[test]
fn every_field_of_a_row_is_under_the_root() {
    let mut roots = vec![Merkle::of(&[full()]).root()];
    for (_, change) in CHANGES {
        let mut row = full();
        change(&mut row);
        roots.push(Merkle::of(&[row]).root());
    }
    roots.sort_by_key(|root| root.sha256);
    roots.dedup();
    assert_eq!(roots.len(), 1 + CHANGES.len());
}

#[test]
fn a_difference_names_its_column_unless_it_is_up_to_the_run() {
    for (column, change) in CHANGES {
        let mut row = full();
        change(&mut row);
        let expect = if ["executions", "repeated_fresh"].contains(&column) { vec![] } else { vec![column] };
        assert_eq!(full().differing(&row), expect);
        let pairs = full().columns().into_iter().zip(row.columns());
        assert_eq!(pairs.filter(|(one, other)| one != other).map(|(one, _)| one.0).collect::<Vec<_>>(), [column]);
    }
    assert_eq!(full().columns().len(), CHANGES.iter().map(|(name, _)| name).collect::<BTreeSet<_>>().len());
}

#[test]
fn what_is_no_table_is_refused() {
    let table = write_table(&[full(), bare()]).expect("a table");
    for cut in 0..table.len() {
        assert!(read_table(table[..cut].to_vec()).is_err(), "cut to {cut} bytes");
    }
    assert!(read_table(Vec::new()).is_err());
}

proptest! {
    #[test]
    fn a_table_is_read_as_it_is_written(rows in rows()) {
        let table = write_table(&rows).expect("a table");
        prop_assert_eq!(&write_table(&rows).expect("a table"), &table, "the same rows, the same bytes");
        prop_assert_eq!(read_table(table).expect("rows"), rows);
    }

    /// Whatever a damaged file holds, it is refused, or its rows have another root, unless the damage is in nothing that
    /// is read.
    #[test]
    fn damage_is_an_error_or_shows(rows in rows(), at in any::<prop::sample::Index>(), bit in 0..8_u32) {
        let mut table = write_table(&rows).expect("a table");
        let at = at.index(table.len());
        table[at] ^= 1 << bit;
        if let Ok(read) = read_table(table) {
            prop_assert_eq!(Merkle::of(&read) == Merkle::of(&rows), read == rows);
        }
    }

    #[test]
    fn different_rows_have_different_bytes(left in rows(), right in rows()) {
        let bytes = |rows: &[Row]| rows.iter().map(|row| {
            let mut bytes = Vec::new();
            row.encode(&mut bytes);
            bytes
        }).collect::<Vec<_>>();
        prop_assert_eq!(bytes(&left) == bytes(&right), left == right);
    }
}
