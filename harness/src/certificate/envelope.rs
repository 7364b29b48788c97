//! An envelope holds a payload and signatures over it, in the form of DSSE (Dead Simple Signing Envelope, version 1).

use super::{PublicKey, SecretKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What the payload of an envelope of ours is.
pub const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";

/// A payload and signatures over it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Envelope {
    /// What the payload is; signed as well.
    pub payload_type: String,
    /// The payload, in base64.
    pub payload: String,
    /// The signatures.
    pub signatures: Vec<EnvelopeSignature>,
}

/// A signature of an envelope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnvelopeSignature {
    /// Which key made it, a hint.
    pub keyid: String,
    /// The signature, in base64.
    pub sig: String,
}

/// Why an envelope is not to be believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// Its payload is of another type.
    #[error("its payload is {0:?}, not {PAYLOAD_TYPE:?}")]
    PayloadType(String),
    /// Its payload is not base64.
    #[error("its payload is not base64: {0}")]
    Base64(base64::DecodeError),
    /// It has no signature at all.
    #[error("nobody has signed it")]
    Unsigned,
    /// Too few of the keys that are trusted have signed it.
    #[error("{found} of the trusted keys signed it, {needed} are needed")]
    TooFew {
        /// How many did.
        found: usize,
        /// How many are needed.
        needed: usize,
    },
    /// A signature that claims to be a trusted key's is not.
    #[error("the signature that claims to be of the trusted key {0} is not")]
    Forged(String),
}

impl Envelope {
    /// An envelope that nobody has signed yet.
    #[must_use]
    pub fn unsigned(payload: &[u8]) -> Self {
        Self { payload_type: PAYLOAD_TYPE.to_owned(), payload: STANDARD.encode(payload), signatures: Vec::new() }
    }

    /// The payload, without a look at the signatures.
    ///
    /// # Errors
    ///
    /// If it is of another type, or no base64.
    pub fn payload(&self) -> Result<Vec<u8>, EnvelopeError> {
        if self.payload_type != PAYLOAD_TYPE {
            return Err(EnvelopeError::PayloadType(self.payload_type.clone()));
        }
        STANDARD.decode(&self.payload).map_err(EnvelopeError::Base64)
    }

    /// Adds the signature of a key, or puts it in the place of the one that the key made before. Signatures are in the
    /// order of their keys' names, so that who signs first makes no difference.
    ///
    /// # Errors
    ///
    /// If there is no payload.
    pub fn sign(&mut self, key: &SecretKey) -> Result<(), EnvelopeError> {
        let bytes = self.signed_bytes()?;
        let keyid = key.public().id();
        self.signatures.retain(|signature| signature.keyid != keyid);
        self.signatures.push(EnvelopeSignature { keyid, sig: STANDARD.encode(key.sign(&bytes)) });
        self.signatures.sort_by(|left, right| left.keyid.cmp(&right.keyid));
        Ok(())
    }

    /// The payload, once so many of these keys are known to have signed it. Signatures of other keys say nothing; what
    /// claims to be a signature of one of these and is not, refuses the envelope.
    ///
    /// # Errors
    ///
    /// If the envelope is not to be believed.
    pub fn verify(&self, keys: &[PublicKey], needed: usize) -> Result<Vec<u8>, EnvelopeError> {
        let bytes = self.signed_bytes()?;
        if self.signatures.is_empty() {
            return Err(EnvelopeError::Unsigned);
        }
        let mut found = BTreeSet::new();
        for EnvelopeSignature { keyid, sig } in &self.signatures {
            let Some(key) = keys.iter().find(|key| key.id() == *keyid) else { continue };
            let signature = STANDARD.decode(sig).unwrap_or_default();
            if !key.signed(&bytes, &signature) {
                return Err(EnvelopeError::Forged(keyid.clone()));
            }
            found.insert(keyid);
        }
        // No key at all would be enough for a demand of none.
        let needed = needed.max(1);
        if found.len() < needed {
            return Err(EnvelopeError::TooFew { found: found.len(), needed });
        }
        self.payload()
    }

    /// What is signed: the type and the payload, each behind its length (DSSE's pre-authentication encoding).
    fn signed_bytes(&self) -> Result<Vec<u8>, EnvelopeError> {
        let payload = self.payload()?;
        let mut bytes = format!("DSSEv1 {} {} {} ", PAYLOAD_TYPE.len(), PAYLOAD_TYPE, payload.len()).into_bytes();
        bytes.extend(payload);
        Ok(bytes)
    }
}
