//! Certificates: nothing but what was signed is believed, nothing that leaves something open is certified, and another
//! program, in another language, says the same.

use crate::common::project;
use modal_harness::Seed;
use modal_harness::Tally;
use modal_harness::certificate::{
    Bundle, BundleError, Conclusion, Conformance, Control, ControlClass, Difference, Envelope, EnvelopeError, Inputs,
    LaneRecord, Part, PartName, Predicate, PublicKey, RegisterLine, ResultsRecord, SecretKey, Statement, Subject,
    TestResult, Verified,
};
use modal_harness::results::{Check, Count, Counts, Row, RowVerdict, Sha256Sum};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const CASES: u64 = 3;

fn tally(counts: &[(&str, u64)]) -> Tally {
    Tally(counts.iter().map(|&(name, count)| (name.to_owned(), count)).collect())
}

fn part(name: PartName, count: u64) -> Part {
    Part { name, expected: count, executed: count, passed: count, excluded: Tally::default(), failures: Vec::new() }
}

/// A conformance that can be certified.
fn sound() -> Conformance {
    let sum = |text: &str| Sha256Sum::of(text.as_bytes());
    let lane = |name: &str| LaneRecord {
        name: name.to_owned(),
        version: format!("{name} 1"),
        program_sha256: sum(name),
        architecture: "x86_64".to_owned(),
    };
    let count = Count { expected: 3, agreed: 3, ..Count::default() };
    let checks = Check::ALL
        .iter()
        .map(|check| (check.to_string(), serde_json::to_value(count).expect("JSON")))
        .collect::<serde_json::Map<_, _>>();
    let checks = serde_json::json!({ "one": checks, "other": checks });
    Conformance {
        conclusion: Conclusion::Agree,
        reasons: Vec::new(),
        profile: "release".to_owned(),
        inputs: Inputs {
            harness: "0.1.0".to_owned(),
            seed: 7,
            cases: CASES,
            kind: "all".to_owned(),
            module_profile: "modal-1".to_owned(),
            module_profile_sha256: sum("profile"),
            schedule: "instr-1".to_owned(),
            schedule_sha256: sum("schedule"),
            corpus_cases: 9,
            corpus_sha256: sum("corpus"),
            specification: "tests 1".to_owned(),
        },
        lanes: vec![lane("one"), lane("other")],
        parts: PartName::ALL.map(|name| part(name, if name == PartName::Campaign { CASES } else { 9 })).to_vec(),
        checks: serde_json::from_value::<Counts>(checks).expect("counts"),
        sources: tally(&[("contract", 2), ("smith", 1)]),
        outcomes: tally(&[("completed", 3)]),
        runs: tally(&[("completed", 12)]),
        operators: tally(&[("I32Add", 40)]),
        control: Control {
            budget: 100,
            classes: vec![ControlClass { name: "charges".to_owned(), planted: 2, noticed: 1 }],
            survivors: vec!["charges: one".to_owned()],
            sound_cases: 64,
            false_alarms: Vec::new(),
        },
        register: vec![RegisterLine {
            source: "floats".to_owned(),
            treatment: "made canonical".to_owned(),
            missed_in: "a test".to_owned(),
        }],
        results: ResultsRecord { rows: CASES, merkle_root: sum("rows"), parquet_sha256: sum("file") },
    }
}

fn subjects() -> Vec<Subject> {
    vec![Subject::new("program", Sha256Sum::of(b"program")), Subject::new("lock", Sha256Sum::of(b"lock"))]
}

fn key(seed: u8) -> SecretKey {
    SecretKey::from_random([seed; 32])
}

fn signed(keys: &[&SecretKey]) -> Bundle {
    let mut bundle = Bundle::new(subjects(), sound()).expect("it can be certified");
    keys.iter().for_each(|key| bundle.sign(key).expect("a signature"));
    bundle
}

fn bytes(bundle: &Bundle) -> Vec<u8> {
    bundle.to_bytes().expect("JSON")
}

/// Verifies a certificate as somebody who got it as a file.
fn verify(bytes: &[u8], keys: &[&SecretKey], needed: usize) -> Result<Verified, BundleError> {
    let keys = keys.iter().map(|key| key.public()).collect::<Vec<_>>();
    Bundle::from_bytes(bytes)?.verify(&keys, needed)
}

#[test]
fn what_was_certified_is_what_is_read() {
    let (one, other) = (key(1), key(2));
    let file = bytes(&signed(&[&one, &other]));
    let Verified { subjects: about, conformance } = verify(&file, &[&one, &other], 2).expect("a certificate");
    assert_eq!(conformance, sound());
    let mut expected = subjects();
    expected.sort();
    assert_eq!(about, expected);
    // Who signs first makes no difference, nor does signing again.
    assert_eq!(bytes(&signed(&[&other, &one])), file);
    assert_eq!(bytes(&signed(&[&one, &other, &one])), file);
    // One of two is enough where one is demanded.
    verify(&bytes(&signed(&[&one])), &[&one, &other], 1).expect("a certificate");
}

/// The bytes are part of the contract: what verified yesterday has to verify for ever.
#[test]
fn the_bytes_of_a_certificate_are_what_they_were() {
    let file = bytes(&signed(&[&key(1)]));
    let golden = "32d3f0dce70f6257d091bdc6e2e2678b0d90d189347bd014d5d0e79960946567";
    assert_eq!(Sha256Sum::of(&file).to_string(), golden);
}

#[test]
fn keys_are_read_as_they_are_written() {
    let secret = key(3);
    let again = SecretKey::from_pem(&secret.to_pem().expect("PEM")).expect("a key");
    assert_eq!(again.public(), secret.public());
    let public = secret.public().to_pem().expect("PEM");
    assert_eq!(PublicKey::from_pem(&public).expect("a key"), secret.public());
    assert!(SecretKey::from_pem(&public).is_err_and(|error| error.to_string().contains("cargo conform keygen")));
    assert!(PublicKey::from_pem("").is_err());
}

/// What somebody could do to a certificate on its way.
#[test]
fn nothing_but_what_was_signed_is_believed() {
    let (trusted, stranger) = (key(1), key(2));
    let sound_file = bytes(&signed(&[&trusted]));
    let text = String::from_utf8(sound_file.clone()).expect("text");
    let lines = text.lines().collect::<Vec<_>>();
    let check = |what: &str, file: &[u8], expect: &str| {
        let error = verify(file, &[&trusted], 1).expect_err(what).to_string();
        assert!(error.starts_with(expect), "{what}: {error}");
    };
    check("wrong key", &bytes(&signed(&[&stranger])), "line 1: 0 of the trusted keys signed it, 1 are needed");
    check("nobody's", &bytes(&signed(&[])), "line 1: nobody has signed it");
    check("empty", b"", "a certificate has two lines, each ended; this has 0");
    check("half of it", format!("{}\n", lines[0]).as_bytes(), "a certificate has two lines, each ended; this has 1");
    check(
        "the other half",
        format!("{}\n", lines[1]).as_bytes(),
        "a certificate has two lines, each ended; this has 1",
    );
    check(
        "more of it",
        format!("{text}{}\n", lines[1]).as_bytes(),
        "a certificate has two lines, each ended; this has 3",
    );
    check("reordered", format!("{}\n{}\n", lines[1], lines[0]).as_bytes(), "line 1: its predicate is a ");
    check("twice the same", format!("{0}\n{0}\n", lines[0]).as_bytes(), "line 2: its predicate is a ");
    for cut in 0..sound_file.len() {
        assert!(verify(&sound_file[..cut], &[&trusted], 1).is_err(), "cut to {cut} bytes");
    }
    // A member that a reader would not see.
    let smuggled = text.replacen("{\"payloadType\"", "{\"more\":1,\"payloadType\"", 1);
    check("a member more", smuggled.as_bytes(), "line 1 is no envelope: unknown field");
    // Another certificate's second line.
    let mut other = sound();
    other.inputs.seed += 1;
    let mut other = Bundle::new(subjects(), other).expect("it can be certified");
    other.sign(&trusted).expect("a signature");
    let other = String::from_utf8(bytes(&other)).expect("text");
    let mixed = format!("{}\n{}\n", lines[0], other.lines().nth(1).expect("a line"));
    check("mixed", mixed.as_bytes(), "the test result is not that of the conformance beside it");
    // Nobody trusted, and nobody needed.
    assert!(verify(&sound_file, &[], 0).is_err());
    assert!(verify(&sound_file, &[&trusted, &trusted], 2).is_err(), "a key counts once");
}

/// Every byte of the file matters: whatever is changed is refused, or says the very same.
#[test]
fn a_changed_byte_is_noticed() {
    let trusted = key(1);
    let file = bytes(&signed(&[&trusted]));
    for at in (0..file.len()).step_by(7) {
        for bit in [0, 4] {
            let mut changed = file.clone();
            changed[at] ^= 1 << bit;
            if let Ok(verified) = verify(&changed, &[&trusted], 1) {
                assert_eq!(verified.conformance, sound(), "byte {at}, bit {bit}");
            }
        }
    }
}

/// Envelopes that the key did sign, and that are no certificates of ours.
#[test]
fn another_form_or_version_is_refused() {
    let trusted = key(1);
    let envelope = |payload: &[u8]| {
        let mut envelope = Envelope::unsigned(payload);
        envelope.sign(&trusted).expect("a signature");
        serde_json::to_string(&envelope).expect("JSON")
    };
    let statement = Statement::new(subjects(), sound());
    let payload = statement.to_payload().expect("JSON");
    let result = Statement::new(subjects(), TestResult::of(&sound(), &payload)).to_payload().expect("JSON");
    let check = |what: &str, first: &[u8], expect: &str| {
        let file = format!("{}\n{}\n", envelope(first), envelope(&result));
        let error = verify(file.as_bytes(), &[&trusted], 1).expect_err(what).to_string();
        assert!(error.starts_with(expect), "{what}: {error}");
    };
    let text = String::from_utf8(payload.clone()).expect("text");
    check(
        "an earlier predicate",
        text.replace(Conformance::TYPE, "https://example.org/v0").as_bytes(),
        "line 1: its predicate is a \"https://example.org/v0\"",
    );
    check(
        "an earlier statement",
        text.replace("Statement/v1", "Statement/v0.1").as_bytes(),
        "line 1: it is a \"https://in-toto.io/Statement/v0.1\"",
    );
    check("written in another way", text.replacen('{', "{ ", 1).as_bytes(), "line 1: it is not in canonical form");
    check(
        "a member more",
        text.replacen("\"cases\":", "\"aside\":0,\"cases\":", 1).as_bytes(),
        "line 1: it is not what it should be: unknown field",
    );
    check(
        "a larger number of cases",
        text.replace("\"cases\":3", "\"cases\":4").as_bytes(),
        "the test result is not that",
    );
    let mut other = Envelope::unsigned(&payload);
    other.payload_type = "text/plain".to_owned();
    assert_eq!(other.sign(&trusted), Err(EnvelopeError::PayloadType("text/plain".to_owned())));
}

/// What leaves something open makes no certificate, and one that was signed all the same is not believed.
#[test]
fn what_leaves_something_open_is_not_certified() {
    type Change = fn(&mut Conformance);
    let changes: &[(&str, Change)] = &[
        ("it does not conclude agreement", |it| it.conclusion = Conclusion::Incomplete),
        ("a lane was skipped", |it| it.reasons.push("a lane was skipped".to_owned())),
        ("it compares fewer than two lanes", |it| _ = it.lanes.pop()),
        ("it names a lane twice", |it| it.lanes.push(it.lanes[0].clone())),
        ("it does not have the parts corpus, specification, campaign, control, register", |it| _ = it.parts.pop()),
        ("it does not have the parts", |it| it.parts.swap(0, 1)),
        ("corpus: 9 passed and 8 were carried out of 9", |it| it.parts[0].executed -= 1),
        ("specification: 8 passed and 9 were carried out of 9", |it| it.parts[1].passed -= 1),
        ("register: 0 passed and 0 were carried out of 0", |it| it.parts[4] = part(PartName::Register, 0)),
        ("control: 9 passed and 9 were carried out of 9; one (1 in all)", |it| it.parts[3].failures.push("one".into())),
        // The first integer that JavaScript does not tell from its neighbour.
        ("its seed 9007199254740992 is larger than 9007199254740991", |it| it.inputs.seed = 1 << 53),
        ("its campaign is not of 3 cases", |it| it.parts[2] = part(PartName::Campaign, 2)),
        ("it has results of 2 of 3 cases", |it| it.results.rows -= 1),
        ("its sources add up to 4 of 3 cases", |it| _ = it.sources.0.insert("other".into(), 1)),
        ("its outcomes add up to 0 of 3 cases", |it| it.outcomes = Tally::default()),
        ("no bug was planted", |it| it.control.classes.clear()),
        ("0 of 2 planted bugs of the class charges were noticed", |it| it.control.classes[0].noticed = 0),
        ("3 of 2 planted bugs of the class charges were noticed", |it| it.control.classes[0].noticed = 3),
        ("sound lanes were given no cases", |it| it.control.sound_cases = 0),
        ("sound lanes were blamed 1 times", |it| it.control.false_alarms.push("case 3".into())),
        ("it has no register", |it| it.register.clear()),
        ("no operator was counted", |it| it.operators = Tally::default()),
        ("third was put to no check of lanes", |it| {
            it.lanes.push(LaneRecord { name: "third".into(), ..it.lanes[0].clone() })
        }),
        ("one was put to no check of mutation", |it| {
            let mut counts = serde_json::to_value(&it.checks).expect("JSON");
            counts["one"].as_object_mut().expect("checks").remove("mutation");
            it.checks = serde_json::from_value(counts).expect("counts");
        }),
        ("it counts checks of other, which is no lane of it", |it| it.lanes[1].name = "else".into()),
        ("one: 2 of 3 checks of limit agreed, 1 diverged, 0 faulted", |it| {
            change_count(it, "limit", "agreed", "diverged")
        }),
        ("one: 2 of 3 checks of fuel agreed, 0 diverged, 1 faulted", |it| {
            change_count(it, "fuel", "agreed", "faulted")
        }),
    ];
    assert_eq!(sound().objections(), Vec::<String>::new());
    let trusted = key(1);
    for (expect, change) in changes {
        let mut open = sound();
        change(&mut open);
        let objections = open.objections();
        assert!(objections.iter().any(|objection| objection.starts_with(expect)), "{expect}: {objections:?}");
        let refused = Bundle::new(subjects(), open.clone()).expect_err(expect);
        assert!(matches!(refused, BundleError::Objections(found) if found == objections), "{expect}");
        // Somebody with a key who signs it by other means does not get it through.
        let payload = Statement::new(subjects(), open.clone()).to_payload().expect("JSON");
        let result = Statement::new(subjects(), TestResult::of(&open, &payload)).to_payload().expect("JSON");
        let lines = [payload, result].map(|payload| {
            let mut envelope = Envelope::unsigned(&payload);
            envelope.sign(&trusted).expect("a signature");
            serde_json::to_string(&envelope).expect("JSON")
        });
        let file = format!("{}\n{}\n", lines[0], lines[1]);
        let error = verify(file.as_bytes(), &[&trusted], 1).expect_err(expect);
        assert!(matches!(error, BundleError::Objections(_)), "{expect}: {error}");
    }
}

/// Moves one of the first lane's counts of a check.
fn change_count(conformance: &mut Conformance, check: &str, from: &str, to: &str) {
    let mut counts = serde_json::to_value(&conformance.checks).expect("JSON");
    let count = &mut counts["one"][check];
    for (name, by) in [(from, -1), (to, 1)] {
        count[name] = (count[name].as_i64().expect("a count") + by).into();
    }
    conformance.checks = serde_json::from_value(counts).expect("counts");
}

fn row(index: u64, gas_used: u64, verdict: RowVerdict) -> Row {
    Row {
        index,
        seed: Seed::of_case(7, index),
        source: "contract".to_owned(),
        case_sha256: Sha256Sum::of(&index.to_le_bytes()),
        metered_sha256: None,
        observation_sha256: (verdict == RowVerdict::Agree).then(|| Sha256Sum::of(&gas_used.to_le_bytes())),
        outcome: "completed".to_owned(),
        gas_used,
        runs: 1,
        executions: 3,
        limit_runs: 0,
        fuel_readings: 0,
        repeated_fresh: false,
        verdict,
    }
}

#[test]
fn a_difference_names_what_is_new_fixed_changed_added_and_removed() {
    let wrong = || RowVerdict::Diverge("gas".to_owned());
    let before = [
        row(0, 1, RowVerdict::Agree),
        row(1, 1, RowVerdict::Agree),
        row(2, 1, wrong()),
        row(3, 1, RowVerdict::Agree),
        row(4, 1, RowVerdict::Agree),
    ];
    let after = [
        // That more lanes ran it is not the case's doing.
        Row { executions: 99, repeated_fresh: true, ..row(0, 1, RowVerdict::Agree) },
        row(1, 1, wrong()),
        row(2, 1, RowVerdict::Agree),
        row(4, 2, RowVerdict::Agree),
        row(5, 1, RowVerdict::Agree),
    ];
    let (one, mut other) = (sound(), sound());
    other.inputs.seed = 8;
    let difference = Difference::between((&one, &before), (&other, &after));
    let indices =
        |changes: &[modal_harness::certificate::Change]| changes.iter().map(|it| it.index).collect::<Vec<_>>();
    assert_eq!(indices(&difference.new), [1]);
    assert_eq!(indices(&difference.fixed), [2]);
    assert_eq!(indices(&difference.changed), [4]);
    assert_eq!((&difference.added[..], &difference.removed[..]), (&[5][..], &[3][..]));
    assert_eq!(difference.circumstances, [("seed".to_owned(), "7".to_owned(), "8".to_owned())]);
    assert!(Difference::between((&one, &before), (&one, &before)).is_empty());
}

fn node(arguments: &[&Path]) -> Output {
    let program = project().join("harness/verify-certificate.mjs");
    Command::new("node").arg(program).args(arguments).output().expect("node")
}

/// A program that shares nothing with this one, neither the code nor the library for signatures, agrees with it.
#[test]
fn another_verifier_agrees() {
    let folder = tempfile::tempdir().expect("a folder");
    let (trusted, stranger) = (key(1), key(2));
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("a file");
        path
    };
    let public = |name: &str, key: &SecretKey| put(name, key.public().to_pem().expect("PEM").as_bytes());
    let (one, other) = (public("one.pub", &trusted), public("other.pub", &stranger));
    let sound_file = bytes(&signed(&[&trusted]));
    let file = put("sound", &sound_file);
    let verified = node(&[&file, &one]);
    let text = String::from_utf8_lossy(&verified.stdout).into_owned() + &String::from_utf8_lossy(&verified.stderr);
    assert!(verified.status.success(), "{text}");
    assert!(text.contains(Conformance::TYPE) && text.contains("agree"), "{text}");
    assert!(!node(&[&file, &other]).status.success(), "a key that has not signed");
    assert!(!node(&[&file, &one, &other]).status.success(), "two keys, one of which has signed");
    let text = String::from_utf8(sound_file.clone()).expect("text");
    let lines = text.lines().collect::<Vec<_>>();
    let forged = text.replacen("\"payload\":\"ey", "\"payload\":\"eX", 1);
    let wrong = [
        put("cut", &sound_file[..sound_file.len() - 9]),
        put("forged", forged.as_bytes()),
        put("reordered", format!("{}\n{}\n", lines[1], lines[0]).as_bytes()),
        put("half", format!("{}\n", lines[0]).as_bytes()),
        put("nobody", &bytes(&signed(&[]))),
    ];
    for file in wrong {
        let refused = node(&[&file, &one]);
        assert_eq!(refused.status.code(), Some(1), "{}", file.display());
        assert!(verify(&fs::read(&file).expect("a file"), &[&trusted], 1).is_err(), "{}", file.display());
    }
}
