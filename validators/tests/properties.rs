//! Properties of the validators: each is its model, answers the same each time, and never panics.

use modal_wasm_validation::{NAMES, ValidationResult, call, validators};
use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::test_runner::{Config, RngSeed};
use serde_json::{Value, json};
use std::cmp::Ordering;

fn config(cases: u32) -> Config {
    // The seed is fixed, so a failure comes again by itself; its shrunk input belongs among the golden cases.
    Config { cases, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..Config::default() }
}

fn result(gas_used: u64, errors: Vec<String>) -> ValidationResult {
    ValidationResult { valid: errors.is_empty(), gas_used, errors }
}

/// The texts whose rules are broken, in the order of the rules.
fn broken<const N: usize>(rules: [(bool, String); N]) -> Vec<String> {
    rules.into_iter().filter(|(holds, _)| !holds).map(|(_, error)| error).collect()
}

/// Text that often gets past the first rule: JSON, nearly JSON, hex, paths and noise.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\\[\\]{}\",:0-9eE.+\\-\\\\utrfalsn \n]{0,24}",
        "[0-9a-fA-F]{0,8}",
        Just("ab".repeat(32)),
        "/?[a-c/]{0,6}",
        json_value(true).prop_map(|value| value.to_string()),
        prop::sample::select(vec![
            r#"{"amount":1,"to":"a","balance":5}"#,
            r#"{"body":[{"method":"post","path":"/a/b"}]}"#,
            r#"[{"timestamp":1},{"timestamp":2,"difficulty":3}]"#,
            r#"[{"signer":"","signature":""}]"#,
        ])
        .prop_map(str::to_owned),
    ]
}

/// A JSON value whose numbers are integers of 64 bits or, where they may be, doubles.
fn json_value(doubles: bool) -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        any::<f64>().prop_map(move |double| if doubles { Value::from(double) } else { Value::Null }),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn argument() -> impl Strategy<Value = Value> {
    prop_oneof![3 => text().prop_map(Value::from), 1 => any::<u64>().prop_map(Value::from)]
}

fn is_json(text: &str) -> bool {
    validators::validate_post_action("c", "/", text, "").is_ok_and(|result| result.valid)
}

/// `mantissa * 10^exponent`, spelt in one of several ways.
fn spell(mantissa: i64, exponent: i8, way: u8) -> String {
    match way {
        0 => format!("{mantissa}e{exponent}"),
        1 => format!("{mantissa}.000E{exponent:+}"),
        2 if mantissa != 0 => format!("{mantissa}00e{}", i32::from(exponent) - 2),
        _ => {
            let sign = if mantissa < 0 { "-" } else { "" };
            format!("{sign}0.{:020}e{}", mantissa.unsigned_abs(), i32::from(exponent) + 20)
        }
    }
}

proptest! {
    #![proptest_config(config(4_000))]

    #[test]
    fn calls_never_panic_and_answer_the_same_each_time(
        name in prop::sample::select(NAMES),
        arguments in prop::collection::vec(argument(), 0..5),
    ) {
        let input = json!({"validator": name, "args": arguments}).to_string();
        let answer = call(&input);
        prop_assert_eq!(&answer, &call(&input));
        match serde_json::from_str::<ValidationResult>(&answer) {
            Ok(result) => {
                prop_assert_eq!(result.valid, result.errors.is_empty());
                prop_assert!(result.gas_used >= 110 && result.gas_used.is_multiple_of(10), "{}", answer);
                prop_assert_eq!(answer, serde_json::to_string(&result).expect("results are JSON"));
            }
            Err(_) => {
                let answer: Value = serde_json::from_str(&answer).expect("answers are JSON");
                prop_assert!(answer["error"].is_string() || answer["difficulty"].is_u64(), "{}", answer);
            }
        }
    }

    #[test]
    fn noise_is_no_call(input in text()) {
        let answer: Value = serde_json::from_str(&call(&input)).expect("answers are JSON");
        prop_assert!(answer["error"].is_string());
    }

    #[test]
    fn json_is_what_serde_takes_for_it(text in text()) {
        let accepted = is_json(&text);
        match serde_json::from_str::<Value>(&text) {
            Err(_) => prop_assert!(!accepted),
            // Serde takes the last of equal keys, so what it read has fewer members than the text.
            Ok(value) => prop_assert!(accepted || value.to_string().len() < text.len()),
        }
    }

    #[test]
    fn every_value_is_json(value in json_value(true)) {
        prop_assert!(is_json(&value.to_string()));
        let (pretty, broken) = (format!("{value:#}"), format!("{value}]"));
        prop_assert!(is_json(&pretty));
        prop_assert!(!is_json(&broken));
    }

    #[test]
    fn a_transaction_is_its_model(
        amount in prop_oneof![0..4_u64, any::<u64>()],
        minimum in prop::option::of(prop_oneof![0..4_u64, any::<u64>()]),
        to in prop_oneof!["[a-z]{0,2}", "[é]{120,135}"],
    ) {
        let transaction = json!({"amount": amount, "to": to}).to_string();
        let parameters = minimum.map_or_else(|| json!({}), |minimum| json!({"min_amount": minimum})).to_string();
        let minimum = minimum.unwrap_or(0);
        let expected = result(220, broken([
            (amount >= minimum, format!("Amount {amount} is below minimum {minimum}")),
            (amount > 0, "Amount cannot be zero".to_owned()),
            (!to.is_empty(), "Recipient address cannot be empty".to_owned()),
            (to.len() <= 256, "Recipient address too long".to_owned()),
        ]));
        prop_assert_eq!(validators::validate_transaction_deterministic(&transaction, &parameters), Ok(expected));
    }

    #[test]
    fn a_post_is_its_model(contract in "[a-z]{0,1}", path in "[/a]{0,2}", value in text()) {
        let found = validators::validate_post_action(&contract, &path, &value, "").expect("posts always have a result");
        let expected = broken([
            (is_json(&value), found.errors.first().cloned().unwrap_or_default()),
            (!contract.is_empty(), "Contract ID cannot be empty".to_owned()),
            (!path.is_empty(), "Path cannot be empty".to_owned()),
            (path.starts_with('/'), "Path must start with '/'".to_owned()),
        ]);
        prop_assert_eq!(is_json(&value), !expected.first().is_some_and(|error| error.starts_with("Invalid value JSON: ")));
        prop_assert_eq!(found, result(180, expected));
    }

    #[test]
    fn a_transfer_is_its_model(
        from in "[ab]{0,1}",
        to in "[ab]{0,1}",
        amount in prop_oneof![0..4_u64, any::<u64>()],
        balance in prop::option::of(prop_oneof![0..4_u64, any::<u64>()]),
    ) {
        let state = balance.map_or_else(|| json!({}), |balance| json!({"balance": balance})).to_string();
        let expected = result(if balance.is_some() { 220 } else { 200 }, broken([
            (!from.is_empty(), "Sender address cannot be empty".to_owned()),
            (!to.is_empty(), "Recipient address cannot be empty".to_owned()),
            (from != to, "Cannot transfer to same address".to_owned()),
            (amount != 0, "Amount cannot be zero".to_owned()),
            (balance.is_some(), "Balance not found in state".to_owned()),
            (
                balance.is_none_or(|balance| balance >= amount),
                format!("Insufficient balance: have {}, need {amount}", balance.unwrap_or(0)),
            ),
        ]));
        prop_assert_eq!(validators::validate_asset_transfer(&from, &to, amount, &state), Ok(expected));
    }

    #[test]
    fn numbers_compare_as_integers_of_a_common_scale(
        left in (prop_oneof![-9..9_i64, any::<i64>()], -9..9_i8, 0..4_u8),
        right in (prop_oneof![-9..9_i64, any::<i64>()], -9..9_i8, 0..4_u8),
    ) {
        let scaled = |(mantissa, exponent, _): (i64, i8, u8)| {
            let zeros = u32::try_from(exponent + 9).expect("exponents are -9 and above");
            i128::from(mantissa) * 10_i128.pow(zeros)
        };
        check_order(
            &spell(left.0, left.1, left.2),
            &spell(right.0, right.1, right.2),
            scaled(left).cmp(&scaled(right)),
        );
        check_order(&spell(left.0, left.1, left.2), &spell(left.0, left.1, right.2), Ordering::Equal);
    }

    #[test]
    fn doubles_keep_their_order(left in any::<f64>(), right in any::<f64>()) {
        let order = left.partial_cmp(&right).expect("generated doubles are no NaN");
        check_order(&format!("{left:e}"), &format!("{right}"), order);
    }

    #[test]
    fn a_commit_modifies_what_is_above_its_paths(
        path in prop::collection::vec("[ab]{1,2}", 0..4),
        written in prop::collection::vec("[ab]{1,2}", 0..4),
        slashes in "/{1,2}",
    ) {
        let commit = json!({"body": [{"method": "post", "path": format!("/{}", written.join(&slashes))}]}).to_string();
        let found = validators::modifies(&commit, &format!("/{}", path.join("/"))).expect("the commit is JSON");
        let errors = broken([(written.starts_with(&path), "No action writes to the path".to_owned())]);
        prop_assert_eq!(found, result(180, errors));
    }

    #[test]
    fn a_posted_path_is_that_text(path in "/[ab/]{0,2}", written in "/[ab/]{0,2}", method in "(re)?post|send") {
        let commit = json!({"body": [{"method": &method, "path": &written}]}).to_string();
        let found = validators::post_to_path(&commit, &path).expect("the commit is JSON");
        let errors = broken([(method == "post" && path == written, "No action posts to the path".to_owned())]);
        prop_assert_eq!(found, result(180, errors));
    }

    #[test]
    fn a_property_is_found_at_its_path(path in prop::collection::vec("[ab]", 1..4), asked in prop::collection::vec("[ab]", 1..4)) {
        let data = path.iter().rev().fold(json!(null), |inner, key| json!({ key: inner })).to_string();
        let found = validators::has_property(&data, &asked.join(".")).expect("the data is JSON");
        let errors = broken([(path.starts_with(&asked), "Property not found".to_owned())]);
        prop_assert_eq!(found, result(170, errors));
    }

    #[test]
    fn times_are_near_by_the_exact_distance(
        timestamp in any::<u64>(),
        target in any::<u64>(),
        tolerance in prop_oneof![0..9_u64, any::<u64>()],
    ) {
        let distance = (i128::from(timestamp) - i128::from(target)).abs();
        let near = distance <= i128::from(tolerance);
        prop_assert_eq!(validators::timestamp_near(timestamp, target, tolerance).valid, near);
        prop_assert_eq!(validators::timestamp_before(timestamp, target).valid, timestamp < target);
        prop_assert_eq!(validators::timestamp_after(timestamp, target).valid, timestamp > target);
        prop_assert_eq!(validators::timestamp_expired(timestamp, target).valid, target > timestamp);
        let within = (target..=tolerance).contains(&timestamp);
        prop_assert_eq!(validators::timestamp_within(timestamp, target, tolerance).valid, within);
        prop_assert_eq!(validators::amount_in_range(timestamp, target, tolerance).valid, within);
        prop_assert_eq!(validators::balance_sufficient(timestamp, target).valid, timestamp >= target);
    }

    #[test]
    fn the_difficulty_moves_by_a_tenth(times in prop::collection::vec(0..200_u64, 2..9), difficulty in any::<u64>()) {
        let mut blocks: Vec<_> = times.iter().map(|time| json!({"timestamp": time})).collect();
        blocks.last_mut().expect("there are two or more")["difficulty"] = json!(difficulty);
        let gaps: u64 = times.windows(2).map(|pair| pair[1].saturating_sub(pair[0])).sum();
        let tenths = match (gaps / (times.len() as u64 - 1)).cmp(&10) {
            Ordering::Less => 11,
            Ordering::Equal => 10,
            Ordering::Greater => 9,
        };
        let expected = (u128::from(difficulty) * tenths / 10).clamp(1, u128::from(u64::MAX));
        let found = validators::compute_difficulty_adjustment(&Value::from(blocks).to_string()).expect("an array");
        prop_assert_eq!(u128::from(found), expected);
    }

    #[test]
    fn texts_are_compared_by_their_bytes(left in "[aAé]{0,3}", right in "[aAé]{0,3}", length in 0..7_u64) {
        prop_assert_eq!(validators::text_equals(&left, &right).valid, left == right);
        let same = left.replace('A', "a") == right.replace('A', "a");
        prop_assert_eq!(validators::text_equals_ignore_case(&left, &right).valid, same);
        let (l, r) = (left.as_bytes(), right.as_bytes());
        prop_assert_eq!(validators::text_contains(&left, &right).valid, r.is_empty() || l.windows(r.len()).any(|w| w == r));
        prop_assert_eq!(validators::text_starts_with(&left, &right).valid, l.get(..r.len()) == Some(r));
        prop_assert_eq!(validators::text_ends_with(&left, &right).valid, l.len() >= r.len() && l[l.len() - r.len()..] == *r);
        prop_assert_eq!(validators::text_is_empty(&left).valid, l.is_empty());
        prop_assert_eq!(validators::text_not_empty(&left).valid, !l.is_empty());
        let found = l.len() as u64;
        prop_assert_eq!(validators::text_length_eq(&left, length).valid, found == length);
        prop_assert_eq!(validators::text_length_gt(&left, length).valid, found > length);
        prop_assert_eq!(validators::text_length_lt(&left, length).valid, found < length);
    }

    #[test]
    fn booleans_are_their_model(left in any::<bool>(), right in any::<bool>()) {
        let (l, r) = (left.to_string(), right.to_string());
        prop_assert_eq!(validators::bool_is_true(&l).map(|result| result.valid), Ok(left));
        prop_assert_eq!(validators::bool_is_false(&l).map(|result| result.valid), Ok(!left));
        prop_assert_eq!(validators::bool_equals(&l, &r).map(|result| result.valid), Ok(left == right));
        prop_assert_eq!(validators::bool_not(&l, &r).map(|result| result.valid), Ok(left != right));
    }
}

/// Checks every comparison of two numbers against their order.
fn check_order(left: &str, right: &str, order: Ordering) {
    let valid = |result: Result<ValidationResult, _>| {
        let result = result.unwrap_or_else(|error| panic!("{left} and {right}: {error}"));
        assert_eq!(result.gas_used, 230);
        result.valid
    };
    assert_eq!(valid(validators::num_equals(left, right)), order.is_eq(), "{left} = {right}");
    assert_eq!(valid(validators::num_gt(left, right)), order.is_gt(), "{left} > {right}");
    assert_eq!(valid(validators::num_gte(left, right)), order.is_ge(), "{left} >= {right}");
    assert_eq!(valid(validators::num_lt(left, right)), order.is_lt(), "{left} < {right}");
    assert_eq!(valid(validators::num_lte(left, right)), order.is_le(), "{left} <= {right}");
    let between = validators::num_between(left, left, right).map(|result| result.valid);
    assert_eq!(between, Ok(order.is_le()), "{left} <= {left} <= {right}");
}
