//! Properties of the validators of signatures: who signed counts, once, and nothing else verifies.

use ed25519_dalek::{Signer, SigningKey};
use modal_wasm_validation::{ValidationResult, validators};
use proptest::prelude::{any, prop, prop_assert_eq, proptest};
use proptest::test_runner::{Config, RngSeed};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn config(cases: u32) -> Config {
    // The seed is fixed, so a failure comes again by itself; its shrunk input belongs among the golden cases.
    Config { cases, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..Config::default() }
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn public(seed: u8) -> String {
    hex::encode(key(seed).verifying_key().as_bytes())
}

fn sign(seed: u8, message: &[u8]) -> String {
    hex::encode(key(seed).sign(message).to_bytes())
}

fn flip(bytes: &mut [u8], bit: usize) {
    let bit = bit % (bytes.len() * 8);
    bytes[bit / 8] ^= 1 << (bit % 8);
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn a_signature_verifies_until_a_bit_changes(
        seed in any::<u8>(),
        message in prop::collection::vec(any::<u8>(), 1..80),
        part in 0..3_u8,
        bit in any::<usize>(),
    ) {
        let (signer, signature) = (public(seed), sign(seed, &message));
        let expected = ValidationResult { valid: true, gas_used: 160, errors: Vec::new() };
        prop_assert_eq!(validators::signed_by(&hex::encode(&message), &signer, &signature), expected);

        let mut parts = [message, key(seed).verifying_key().to_bytes().to_vec(), key(seed).sign(&[]).to_bytes().to_vec()];
        parts[2] = hex::decode(&signature).expect("signatures are hex");
        flip(&mut parts[usize::from(part)], bit);
        let [message, signer, signature] = parts.map(hex::encode);
        prop_assert_eq!(validators::signed_by(&message, &signer, &signature).valid, false);
    }

    #[test]
    fn signers_are_counted_once(
        listed in prop::collection::btree_set(0..6_u8, 1..5),
        signed in prop::collection::vec((0..6_u8, any::<bool>()), 0..6),
        required in 0..6_u64,
    ) {
        let message = b"a commit";
        let signers = Value::from(listed.iter().map(|seed| public(*seed)).collect::<Vec<_>>()).to_string();
        let signatures: Vec<_> = signed
            .iter()
            .map(|(seed, right)| json!({
                "signer": public(*seed),
                "signature": sign(*seed, if *right { message } else { b"another" }),
            }))
            .collect();
        let (message, signatures) = (hex::encode(message), Value::from(signatures).to_string());
        let counted: BTreeSet<u8> =
            signed.iter().filter(|(seed, right)| *right && listed.contains(seed)).map(|(seed, _)| *seed).collect();
        let each = 20 * signed.len() as u64;
        let count = counted.len() as u64;

        let any = validators::any_signed(&message, &signers, &signatures).expect("the lists are JSON");
        prop_assert_eq!((any.valid, any.gas_used), (count > 0, 240 + each));

        let all = validators::all_signed(&message, &signers, &signatures).expect("the lists are JSON");
        let missing: Vec<_> = (0..)
            .zip(&listed)
            .filter(|(_, seed)| !counted.contains(seed))
            .map(|(index, _): (u8, _)| format!("Signer {index} has not signed"))
            .collect();
        prop_assert_eq!((all.errors, all.gas_used), (missing, 230 + each + 10 * listed.len() as u64));

        let enough = validators::threshold(&message, required, &signers, &signatures).expect("the lists are JSON");
        let mut errors = Vec::new();
        if required == 0 {
            errors.push("Threshold cannot be zero".to_owned());
        }
        if required > listed.len() as u64 {
            errors.push(format!("Threshold {required} is above the number of signers {}", listed.len()));
        }
        if required > count {
            errors.push(format!("Not enough signers: have {count}, need {required}"));
        }
        prop_assert_eq!((enough.errors, enough.gas_used), (errors, 260 + each));
    }
}
