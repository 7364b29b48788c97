//! Claims are hashes and signatures with what they are of.

use super::Argument;
use crate::generate::bits::Bits;
use crate::generate::validators::document::{array, object, quoted};
use crate::generate::validators::signing::{Signer, in_hex, message, weak_key};
use crate::generate::validators::{number, text};
use sha2::{Digest, Sha256};

/// A message, a signer and its signature.
pub(super) fn signature(bits: &mut Bits) -> Vec<Argument> {
    let (signer, message) = (Signer::some(bits), message(bits));
    let mut key = signer.public(bits);
    let mut signature = signer.sign(&message, bits);
    match bits.below(12) {
        0 => key = Signer::some(bits).public(bits),
        1 => key = weak_key(bits),
        2 => signature = signer.sign(b"another message", bits),
        3 | 4 => signature = signer.nearly_sign(&message, bits),
        5 => drop(signature.pop()),
        _ => {}
    }
    vec![in_hex(&message, bits).into(), key.into(), signature.into()]
}

/// A message, a list of signers, and signatures of some of them.
pub(super) fn ballot(bits: &mut Bits) -> Vec<Argument> {
    let (message, signers, signatures, _) = voted(bits);
    vec![message.into(), signers.into(), signatures.into()]
}

/// The same, and how many signers have to sign.
pub(super) fn threshold(bits: &mut Bits) -> Vec<Argument> {
    let (message, signers, signatures, signed) = voted(bits);
    let required = if bits.one_in(2) { signed } else { number::near(signed, bits) };
    vec![message.into(), required.into(), signers.into(), signatures.into()]
}

/// A ballot, and how many have signed. A signature costs the guest millions of gas: there are few.
fn voted(bits: &mut Bits) -> (String, String, String, u64) {
    let message = message(bits);
    let signers = (0..=bits.below(2)).map(|_| Signer::some(bits)).collect::<Vec<_>>();
    let mut listed = signers.iter().map(|signer| signer.public(bits)).collect::<Vec<_>>();
    let everyone = bits.one_in(2);
    let mut signed = 0;
    let mut signatures = Vec::new();
    for signer in &signers {
        let signature = match bits.below(6) {
            0 if !everyone => continue,
            1 if !everyone => signer.nearly_sign(&message, bits),
            _ => {
                signed += 1;
                signer.sign(&message, bits)
            }
        };
        let vote = [("signer", quoted(&signer.public(bits), bits)), ("signature", quoted(&signature, bits))];
        signatures.push(object(&vote, bits));
    }
    match bits.below(10) {
        // Whoever signs twice counts once, and whoever is not listed not at all.
        0 => signatures.extend(signatures.first().cloned()),
        1 => drop(listed.pop()),
        2 => listed.extend(listed.first().map(|key| key.to_uppercase())),
        3 => listed.push(weak_key(bits)),
        _ => {}
    }
    let listed = listed.iter().map(|key| quoted(key, bits)).collect::<Vec<_>>();
    (in_hex(&message, bits), array(&listed, bits), array(&signatures, bits), signed)
}

/// An oracle's attestation and what is expected of it.
pub(super) fn attestation(bits: &mut Bits) -> Vec<Argument> {
    let oracle = Signer::some(bits);
    let key = oracle.public(bits);
    let [claim, value, contract] = [(); 3].map(|()| text::short(bits));
    let timestamp = match bits.below(8) {
        0 => (1 << 53) - 1,
        1 => number::integer(bits),
        _ => 1_700_000_000 + u64::from(bits.below(100)),
    };
    let claimed = serde_json::json!({
        "oracle_pubkey": key, "claim": claim, "value": value, "contract_id": contract, "timestamp": timestamp,
    });
    // A timestamp that canonical JSON cannot write is refused before anybody looks at the signature.
    let message = modal_wasm_validation::json_stringify_deterministic(&claimed).unwrap_or_default();
    let signature = match bits.below(8) {
        0 => oracle.nearly_sign(message.as_bytes(), bits),
        _ => oracle.sign(message.as_bytes(), bits),
    };
    let attestation = object(
        &[
            ("oracle_pubkey", quoted(&key, bits)),
            ("claim", quoted(&claim, bits)),
            ("value", quoted(&value, bits)),
            ("contract_id", quoted(&contract, bits)),
            ("timestamp", timestamp.to_string()),
            ("signature", quoted(&signature, bits)),
        ],
        bits,
    );
    let age = u64::from(bits.below(20));
    let mut expected = vec![("claim", quoted(&claim, bits)), ("contract_id", quoted(&contract, bits))];
    let trusted = if bits.one_in(8) { Signer::some(bits).public(bits) } else { key };
    let trusted = [quoted(&weak_key(bits), bits), quoted(&trusted, bits)];
    expected.push(("trusted_oracles", array(&trusted, bits)));
    let now = if bits.one_in(8) { timestamp.saturating_sub(1) } else { timestamp.saturating_add(age) };
    expected.push(("now", now.to_string()));
    if bits.one_in(2) {
        let value = if bits.one_in(6) { text::short(bits) } else { value };
        expected.push(("value", quoted(&value, bits)));
    }
    if bits.one_in(2) {
        let max_age = if bits.one_in(3) { number::near(age, bits) } else { age };
        expected.push(("max_age", max_age.to_string()));
    }
    vec![attestation.into(), object(&expected, bits).into()]
}

/// A text and its hash, as a rule.
pub(super) fn hash_of_text(bits: &mut Bits) -> Vec<Argument> {
    let text = text::any(bits);
    let hash = claimed_hash(&[&text], bits);
    vec![text.into(), hash.into()]
}

/// Two hashes, of the same or not.
pub(super) fn two_hashes(bits: &mut Bits) -> Vec<Argument> {
    let text = text::short(bits);
    let (left, right) = (claimed_hash(&[&text], bits), claimed_hash(&[&text], bits));
    vec![left.into(), right.into()]
}

/// A hash, or nearly one.
pub(super) fn hash(bits: &mut Bits) -> Vec<Argument> {
    let text = text::short(bits);
    vec![claimed_hash(&[&text], bits).into()]
}

/// A commitment, a preimage and a salt.
pub(super) fn commitment(bits: &mut Bits) -> Vec<Argument> {
    let (preimage, salt) = (text::any(bits), text::short(bits));
    let commitment = claimed_hash(&[&preimage, &salt], bits);
    if bits.one_in(8) {
        // The same bytes, parted elsewhere.
        return vec![commitment.into(), format!("{preimage}{salt}").into(), "".into()];
    }
    vec![commitment.into(), preimage.into(), salt.into()]
}

/// The hash of some parts, as a rule: a quarter of them are spoilt.
fn claimed_hash(parts: &[&str], bits: &mut Bits) -> String {
    let digest = parts.iter().fold(Sha256::new(), |digest, part| digest.chain_update(part)).finalize();
    let mut hash = in_hex(&digest, bits);
    match bits.below(16) {
        0 => drop(hash.pop()),
        1 => hash.push('0'),
        2 => hash.replace_range(..1, bits.pick(&["g", "G", " ", "+", "\u{660}"])),
        3 => hash.replace_range(..1, if hash.starts_with('0') { "1" } else { "0" }),
        4 => hash = format!("0x{hash}"),
        _ => {}
    }
    hash
}
