//! A signature is an ed25519 signature of a message, by a signer that its public key names.
//!
//! Verification is strict: a key of small order is no key, and a signature has one encoding.

use crate::assessment::Assessment;
use crate::cost;
use crate::error::{Document, ValidationError};
use crate::json::Json;
use crate::result::ValidationResult;
use ed25519_dalek::{Signature, VerifyingKey};
use std::collections::{BTreeMap, BTreeSet};

/// Validates one signature of a message in hex.
///
/// 1. "Message must be hex"
/// 2. "Signer must be an ed25519 public key"
/// 3. "Signature must be 128 hex digits"; then, if all are kept,
/// 4. "Signature does not verify"
///
/// Gas: BASE + CHECK x 3 = 130, then HASH + CHECK = 160.
#[must_use]
pub fn signed_by(message: &str, signer: &str, signature: &str) -> ValidationResult {
    let mut assessment = Assessment::new();
    let message = assessment.check_that(message_bytes(message));
    let signer = assessment.check_that(public_key(signer).ok_or("Signer must be an ed25519 public key"));
    let signature = assessment.check_that(signature_of(signature).ok_or("Signature must be 128 hex digits"));
    if let (Some(message), Some(signer), Some(signature)) = (message, signer, signature) {
        check_signature(&mut assessment, &message, &signer, &signature, "Signature does not verify");
    }
    assessment.finish()
}

/// Validates that at least one of the signers, a list of public keys, signed the message.
///
/// Signatures are a list of `{"signer", "signature"}`. One that does not verify, or is by nobody on the list, does not
/// count.
///
/// 1. "Message must be hex"
/// 2. "Signers must be a list of ed25519 public keys", or else "Signers cannot be empty", "Signers must be distinct"
/// 3. "Signatures must be a list of signers and signatures"; then, if all are kept,
/// 4. "No signer has signed"
///
/// Gas: BASE + PARSE_JSON x 2 + CHECK x 3 = 230, then HASH for each signature + CHECK = 240 and more.
///
/// # Errors
///
/// "Invalid signers JSON: …", "Invalid signatures JSON: …".
pub fn any_signed(
    message: &str,
    signers_json: &str,
    signatures_json: &str,
) -> Result<ValidationResult, ValidationError> {
    let mut assessment = Assessment::new();
    if let Some(ballot) = Ballot::read(&mut assessment, message, signers_json, signatures_json)? {
        let signed = ballot.signed(&mut assessment);
        assessment.check(!signed.is_empty(), "No signer has signed");
    }
    Ok(assessment.finish())
}

/// Validates that every one of the signers signed the message.
///
/// 1. to 3. as for [`any_signed`]; then, if all are kept, for each signer, counted from 0,
/// 4. "Signer {i} has not signed"
///
/// Gas: BASE + PARSE_JSON x 2 + CHECK x 3 = 230, then HASH for each signature + CHECK for each signer.
///
/// # Errors
///
/// "Invalid signers JSON: …", "Invalid signatures JSON: …".
pub fn all_signed(
    message: &str,
    signers_json: &str,
    signatures_json: &str,
) -> Result<ValidationResult, ValidationError> {
    let mut assessment = Assessment::new();
    if let Some(ballot) = Ballot::read(&mut assessment, message, signers_json, signatures_json)? {
        let signed = ballot.signed(&mut assessment);
        for (index, signer) in ballot.signers.iter().enumerate() {
            assessment.check(signed.contains(signer.as_bytes()), format!("Signer {index} has not signed"));
        }
    }
    Ok(assessment.finish())
}

/// Validates that so many of the signers, or more, signed the message. A signer counts once.
///
/// 1. to 3. as for [`any_signed`];
/// 4. "Threshold cannot be zero"; then, if the first three are kept,
/// 5. "Threshold {t} is above the number of signers {n}"
/// 6. "Not enough signers: have {k}, need {t}"
///
/// Gas: BASE + PARSE_JSON x 2 + CHECK x 4 = 240, then HASH for each signature + CHECK x 2 = 260 and more.
///
/// # Errors
///
/// "Invalid signers JSON: …", "Invalid signatures JSON: …".
pub fn threshold(
    message: &str,
    required: u64,
    signers_json: &str,
    signatures_json: &str,
) -> Result<ValidationResult, ValidationError> {
    let mut assessment = Assessment::new();
    let ballot = Ballot::read(&mut assessment, message, signers_json, signatures_json)?;
    assessment.check(required != 0, "Threshold cannot be zero");
    if let Some(ballot) = ballot {
        let signers = ballot.signers.len();
        let reaches = |count: usize| u64::try_from(count).is_ok_and(|count| count >= required);
        let error = format!("Threshold {required} is above the number of signers {signers}");
        assessment.check(reaches(signers), error);
        let signed = ballot.signed(&mut assessment).len();
        assessment.check(reaches(signed), format!("Not enough signers: have {signed}, need {required}"));
    }
    Ok(assessment.finish())
}

/// Reads a public key in hex, unless it is of small order.
pub(super) fn public_key(hex: &str) -> Option<VerifyingKey> {
    VerifyingKey::from_bytes(&bytes(hex)?).ok().filter(|key| !key.is_weak())
}

/// Reads a signature in hex.
pub(super) fn signature_of(hex: &str) -> Option<Signature> {
    bytes(hex).map(|bytes| Signature::from_bytes(&bytes))
}

/// Checks one signature. Charges [`cost::HASH`] and [`cost::CHECK`].
pub(super) fn check_signature(
    assessment: &mut Assessment,
    message: &[u8],
    signer: &VerifyingKey,
    signature: &Signature,
    error: &str,
) {
    assessment.charge(cost::HASH);
    assessment.check(signer.verify_strict(message, signature).is_ok(), error);
}

/// A message, who may sign it, and the signatures that were handed in.
struct Ballot {
    message: Vec<u8>,
    signers: Vec<VerifyingKey>,
    /// Each with its signer, both in hex.
    signatures: Vec<(String, String)>,
}

impl Ballot {
    /// Reads the parts, by the first three rules of [`any_signed`].
    fn read(
        assessment: &mut Assessment,
        message: &str,
        signers_json: &str,
        signatures_json: &str,
    ) -> Result<Option<Self>, ValidationError> {
        let signers = assessment.parse(Document::Signers, signers_json)?;
        let signatures = assessment.parse(Document::Signatures, signatures_json)?;
        let message = assessment.check_that(message_bytes(message));
        let signers = assessment.check_that(read_signers(&signers));
        let signatures = read_signatures(&signatures).ok_or("Signatures must be a list of signers and signatures");
        let signatures = assessment.check_that(signatures);
        let (Some(message), Some(signers), Some(signatures)) = (message, signers, signatures) else { return Ok(None) };
        Ok(Some(Self { message, signers, signatures }))
    }

    /// The signers with a signature that verifies. Charges [`cost::HASH`] for each signature.
    fn signed(&self, assessment: &mut Assessment) -> BTreeSet<[u8; 32]> {
        let listed: BTreeMap<_, _> = self.signers.iter().map(|signer| (signer.to_bytes(), signer)).collect();
        let mut signed = BTreeSet::new();
        for (signer, signature) in &self.signatures {
            assessment.charge(cost::HASH);
            let Some(signer) = bytes(signer) else { continue };
            let (Some(key), Some(signature)) = (listed.get(&signer), signature_of(signature)) else { continue };
            if !signed.contains(&signer) && key.verify_strict(&self.message, &signature).is_ok() {
                signed.insert(signer);
            }
        }
        signed
    }
}

fn read_signers(json: &Json<'_>) -> Result<Vec<VerifyingKey>, &'static str> {
    let read = |item: &Json<'_>| item.as_str().and_then(public_key);
    let signers: Option<Vec<_>> = json.as_array().and_then(|items| items.iter().map(read).collect());
    let signers = signers.ok_or("Signers must be a list of ed25519 public keys")?;
    let distinct: BTreeSet<_> = signers.iter().map(VerifyingKey::to_bytes).collect();
    if signers.is_empty() {
        Err("Signers cannot be empty")
    } else if distinct.len() < signers.len() {
        Err("Signers must be distinct")
    } else {
        Ok(signers)
    }
}

fn read_signatures(json: &Json<'_>) -> Option<Vec<(String, String)>> {
    let text = |item: &Json<'_>, key: &str| Some(item.get(key)?.as_str()?.to_owned());
    json.as_array()?.iter().map(|item| Some((text(item, "signer")?, text(item, "signature")?))).collect()
}

fn message_bytes(hex: &str) -> Result<Vec<u8>, &'static str> {
    hex::decode(hex).map_err(|_| "Message must be hex")
}

fn bytes<const N: usize>(hex: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    hex::decode_to_slice(hex, &mut bytes).ok()?;
    Some(bytes)
}
