//! A key signs certificates, and its public half tells whether it did: Ed25519, in the PEM forms that OpenSSL reads and
//! writes.

use crate::results::Sha256Sum;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey as _, DecodePublicKey as _, EncodePrivateKey as _, EncodePublicKey as _};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use std::fmt;

/// A key that signs.
pub struct SecretKey(SigningKey);

/// The half of a key by which everybody can tell what it signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

/// A text is no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAKey {
    /// It is no secret key.
    #[error("it is no Ed25519 key in PKCS #8 PEM: {0}; `cargo conform keygen` makes one")]
    Secret(String),
    /// It is no public key.
    #[error("it is no Ed25519 public key in PEM: {0}; `cargo conform keygen` writes one beside the secret key")]
    Public(String),
}

impl SecretKey {
    /// The key of 32 random bytes.
    #[must_use]
    pub fn from_random(bytes: [u8; 32]) -> Self {
        Self(SigningKey::from_bytes(&bytes))
    }

    /// Reads a key in PKCS #8 PEM.
    ///
    /// # Errors
    ///
    /// If it is none.
    pub fn from_pem(text: &str) -> Result<Self, NotAKey> {
        SigningKey::from_pkcs8_pem(text).map(Self).map_err(|error| NotAKey::Secret(error.to_string()))
    }

    /// The key in PKCS #8 PEM.
    ///
    /// # Errors
    ///
    /// If the encoder refuses it, which it has no reason to.
    pub fn to_pem(&self) -> Result<String, NotAKey> {
        let text = self.0.to_pkcs8_pem(LineEnding::LF).map_err(|error| NotAKey::Secret(error.to_string()))?;
        Ok(text.as_str().to_owned())
    }

    /// Its public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// The signature of these bytes, which is the same each time.
    pub(super) fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        self.0.sign(bytes).to_bytes()
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey({})", self.public().id())
    }
}

impl PublicKey {
    /// Reads a key in PEM.
    ///
    /// # Errors
    ///
    /// If it is none.
    pub fn from_pem(text: &str) -> Result<Self, NotAKey> {
        VerifyingKey::from_public_key_pem(text).map(Self).map_err(|error| NotAKey::Public(error.to_string()))
    }

    /// The key in PEM.
    ///
    /// # Errors
    ///
    /// If the encoder refuses it, which it has no reason to.
    pub fn to_pem(&self) -> Result<String, NotAKey> {
        self.0.to_public_key_pem(LineEnding::LF).map_err(|error| NotAKey::Public(error.to_string()))
    }

    /// The key's name in envelopes: SHA-256 of its 32 bytes, in lower hex.
    #[must_use]
    pub fn id(&self) -> String {
        Sha256Sum::of(self.0.as_bytes()).to_string()
    }

    /// Whether the secret half signed these bytes. Signatures that others could have derived from one of its own, and
    /// weak keys, are refused.
    pub(super) fn signed(&self, bytes: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|signature| self.0.verify_strict(bytes, &signature).is_ok())
    }
}
