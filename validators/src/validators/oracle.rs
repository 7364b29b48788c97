//! An oracle attests, with its signature, that a claim about the world has a value.

use super::signature::{check_signature, public_key, signature_of};
use crate::assessment::Assessment;
use crate::canonical::json_stringify_deterministic;
use crate::cost;
use crate::error::{Document, ValidationError};
use crate::json::Json;
use crate::result::ValidationResult;

/// Validates an oracle's attestation against what is expected of it.
///
/// The attestation is `{"oracle_pubkey", "claim", "value", "contract_id", "timestamp", "signature"}`: strings, but for the
/// timestamp. Its signature is over the canonical JSON of the other five fields. The expectation is `{"claim",
/// "value"?, "contract_id", "trusted_oracles", "now", "max_age"?}`: without a value any is accepted, without a maximal
/// age any age is. Times are in seconds.
///
/// 1. "Missing or invalid {field} in attestation", for each field in this order
/// 2. "Missing or invalid {field} in expectation", for each field in this order; then, if all are there,
/// 3. "Oracle is not trusted"
/// 4. "Claim is not the expected one"
/// 5. "Value is not the expected one"
/// 6. "Contract ID is not the expected one"
/// 7. "Attestation is from the future: {timestamp} is after {now}"
/// 8. "Attestation is too old: {age} seconds, at most {max_age} are allowed"
/// 9. "Oracle signature does not verify"
///
/// Gas: BASE + PARSE_JSON x 2 + CHECK x 2 = 220, then CHECK x 7 + HASH = 310.
///
/// # Errors
///
/// "Invalid attestation JSON: …", "Invalid expectation JSON: …".
pub fn oracle_attests(attestation_json: &str, expectation_json: &str) -> Result<ValidationResult, ValidationError> {
    let mut assessment = Assessment::new();
    let attestation = assessment.parse(Document::Attestation, attestation_json)?;
    let expectation = assessment.parse(Document::Expectation, expectation_json)?;
    let attestation = check_fields(&mut assessment, "attestation", &attestation, Attestation::read);
    let expectation = check_fields(&mut assessment, "expectation", &expectation, Expectation::read);
    if let (Some(attestation), Some(expectation)) = (attestation, expectation) {
        check_meaning(&mut assessment, &attestation, &expectation);
        check_oracle_signature(&mut assessment, &attestation);
    }
    Ok(assessment.finish())
}

struct Attestation<'a> {
    oracle_pubkey: &'a str,
    claim: &'a str,
    value: &'a str,
    contract_id: &'a str,
    timestamp: u64,
    signature: &'a str,
}

impl<'a> Attestation<'a> {
    fn read(fields: &mut Fields<'a>) -> Option<Self> {
        let oracle_pubkey = fields.required("oracle_pubkey", Json::as_str);
        let claim = fields.required("claim", Json::as_str);
        let value = fields.required("value", Json::as_str);
        let contract_id = fields.required("contract_id", Json::as_str);
        let timestamp = fields.required("timestamp", |json| json.as_u64().filter(|time| *time <= MAX_TIMESTAMP));
        let signature = fields.required("signature", Json::as_str);
        Some(Self {
            oracle_pubkey: oracle_pubkey?,
            claim: claim?,
            value: value?,
            contract_id: contract_id?,
            timestamp: timestamp?,
            signature: signature?,
        })
    }

    /// What the oracle signs.
    fn message(&self) -> String {
        json_stringify_deterministic(&serde_json::json!({
            "oracle_pubkey": self.oracle_pubkey,
            "claim": self.claim,
            "value": self.value,
            "contract_id": self.contract_id,
            "timestamp": self.timestamp,
        }))
        .expect("strings and an integer below 2^53 have a canonical form")
    }
}

/// The largest timestamp of an attestation: canonical JSON has no larger integers.
const MAX_TIMESTAMP: u64 = (1 << 53) - 1;

struct Expectation<'a> {
    claim: &'a str,
    value: Option<&'a str>,
    contract_id: &'a str,
    trusted_oracles: Vec<&'a str>,
    now: u64,
    max_age: Option<u64>,
}

impl<'a> Expectation<'a> {
    fn read(fields: &mut Fields<'a>) -> Option<Self> {
        let claim = fields.required("claim", Json::as_str);
        let value = fields.optional("value", Json::as_str);
        let contract_id = fields.required("contract_id", Json::as_str);
        let trusted_oracles =
            fields.required("trusted_oracles", |json| json.as_array()?.iter().map(Json::as_str).collect());
        let now = fields.required("now", Json::as_u64);
        let max_age = fields.optional("max_age", Json::as_u64);
        Some(Self {
            claim: claim?,
            value,
            contract_id: contract_id?,
            trusted_oracles: trusted_oracles?,
            now: now?,
            max_age,
        })
    }
}

/// A document's fields, and those among them that are missing or invalid.
struct Fields<'a> {
    json: &'a Json<'a>,
    faulty: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    fn required<T>(&mut self, name: &'static str, read: impl FnOnce(&'a Json<'a>) -> Option<T>) -> Option<T> {
        let field = self.json.get(name).and_then(read);
        if field.is_none() {
            self.faulty.push(name);
        }
        field
    }

    fn optional<T>(&mut self, name: &'static str, read: impl FnOnce(&'a Json<'a>) -> Option<T>) -> Option<T> {
        if self.json.get(name).is_some() { self.required(name, read) } else { None }
    }
}

/// Checks that a document has its fields, which is one rule.
fn check_fields<'a, T>(
    assessment: &mut Assessment,
    document: &str,
    json: &'a Json<'a>,
    read: impl FnOnce(&mut Fields<'a>) -> Option<T>,
) -> Option<T> {
    assessment.charge(cost::CHECK);
    let mut fields = Fields { json, faulty: Vec::new() };
    let found = read(&mut fields);
    for field in &fields.faulty {
        assessment.add(format!("Missing or invalid {field} in {document}"));
    }
    found.filter(|_| fields.faulty.is_empty())
}

fn check_meaning(assessment: &mut Assessment, attestation: &Attestation<'_>, expectation: &Expectation<'_>) {
    // The same key may be spelt in two cases.
    let trusted =
        expectation.trusted_oracles.iter().any(|oracle| oracle.eq_ignore_ascii_case(attestation.oracle_pubkey));
    assessment.check(trusted, "Oracle is not trusted");
    assessment.check(attestation.claim == expectation.claim, "Claim is not the expected one");
    let expected = expectation.value.is_none_or(|value| value == attestation.value);
    assessment.check(expected, "Value is not the expected one");
    assessment.check(attestation.contract_id == expectation.contract_id, "Contract ID is not the expected one");
    let Attestation { timestamp, .. } = *attestation;
    let Expectation { now, max_age, .. } = *expectation;
    assessment.check(timestamp <= now, format!("Attestation is from the future: {timestamp} is after {now}"));
    let age = now.saturating_sub(timestamp);
    assessment.check_that(match max_age {
        Some(max_age) if age > max_age => {
            Err(format!("Attestation is too old: {age} seconds, at most {max_age} are allowed"))
        }
        Some(_) | None => Ok(()),
    });
}

fn check_oracle_signature(assessment: &mut Assessment, attestation: &Attestation<'_>) {
    const ERROR: &str = "Oracle signature does not verify";
    let message = attestation.message();
    match (public_key(attestation.oracle_pubkey), signature_of(attestation.signature)) {
        (Some(oracle), Some(signature)) => {
            check_signature(assessment, message.as_bytes(), &oracle, &signature, ERROR);
        }
        (None, _) | (_, None) => {
            assessment.charge(cost::HASH);
            assessment.check(false, ERROR);
        }
    }
}
