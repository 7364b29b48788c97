//! A hash is the SHA-256 of bytes, and their name.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// A SHA-256. Its text and its JSON form are 64 digits of lower hex.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Sha256Hash([u8; 32]);

impl Sha256Hash {
    /// The hash of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The hash that these 32 bytes are.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The hash as 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Sha256Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha256Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<Sha256Hash> for String {
    fn from(hash: Sha256Hash) -> Self {
        hash.to_string()
    }
}

impl TryFrom<String> for Sha256Hash {
    type Error = ParseHashError;

    fn try_from(text: String) -> Result<Self, ParseHashError> {
        text.parse()
    }
}

impl FromStr for Sha256Hash {
    type Err = ParseHashError;

    fn from_str(text: &str) -> Result<Self, ParseHashError> {
        let error = || ParseHashError { text: text.chars().take(80).collect() };
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        };
        let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return Err(error()) };
        let pairs: &[[u8; 2]; 32] = pairs.try_into().map_err(|_| error())?;
        let mut hash = [0; 32];
        for (byte, [high, low]) in hash.iter_mut().zip(pairs) {
            *byte = digit(*high).zip(digit(*low)).map(|(high, low)| high << 4 | low).ok_or_else(error)?;
        }
        Ok(Self(hash))
    }
}

/// A text that is no hash.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("failed to read a SHA-256 from {text:?}: expected 64 digits of lower hex")]
pub struct ParseHashError {
    /// What was read, at most its first 80 characters.
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    const OF_NOTHING: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn a_hash_is_its_lower_hex() {
        assert_eq!(Sha256Hash::of(b"").to_string(), OF_NOTHING);
        assert_eq!(OF_NOTHING.parse(), Ok(Sha256Hash::of(b"")));
        assert_eq!(serde_json::to_string(&Sha256Hash::of(b"")).ok(), Some(format!("\"{OF_NOTHING}\"")));
    }

    #[test]
    fn other_texts_are_no_hash() {
        let check = |text: &str| {
            let error = text.parse::<Sha256Hash>().expect_err(text).to_string();
            assert!(error.starts_with("failed to read a SHA-256 from \""), "{error}");
            assert!(serde_json::from_value::<Sha256Hash>(text.into()).is_err(), "{text}");
        };
        check("");
        check(&OF_NOTHING[1..]);
        check(&OF_NOTHING[2..]);
        check(&format!("{OF_NOTHING}00"));
        check(&OF_NOTHING.to_uppercase());
        check(&OF_NOTHING.replace("e3", "g3"));
        check(&OF_NOTHING.replace("e3", "+3"));
        check(&OF_NOTHING.replace("e3", "é"));
    }
}
