//! An entry is compiled code behind an authenticator, HMAC-SHA-256 over its identity and the code.

use super::identity::Identity;
use super::key::Key;
use super::safeguard::{Safeguard, Safeguards};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// Bytes of an authenticator.
const AUTHENTICATOR: usize = 32;

/// Code that was read from a folder and found to be what someone with the folder's key wrote for the identity that was
/// asked for. There is no other way to make one than [`Key::open`].
pub(crate) struct AuthenticCode {
    /// The whole entry, so that nothing is copied.
    entry: Vec<u8>,
}

impl AuthenticCode {
    /// The code: the bytes that were verified.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.entry.get(AUTHENTICATOR..).unwrap_or_default()
    }

    pub(super) fn entry_size(&self) -> u64 {
        self.entry.len() as u64
    }
}

impl Key {
    /// What is written before the code.
    pub(super) fn authenticator(
        &self,
        safeguards: Safeguards,
        identity: &Identity,
        code: &[u8],
    ) -> [u8; AUTHENTICATOR] {
        self.mac(safeguards, identity, code).finalize().into_bytes().into()
    }

    /// Verifies an entry; in time that does not depend on where a false authenticator first differs.
    pub(super) fn open(&self, safeguards: Safeguards, identity: &Identity, entry: Vec<u8>) -> Option<AuthenticCode> {
        let (authenticator, code) = entry.split_first_chunk::<AUTHENTICATOR>()?;
        self.mac(safeguards, identity, code).verify_slice(authenticator).ok()?;
        Some(AuthenticCode { entry })
    }

    fn mac(&self, safeguards: Safeguards, identity: &Identity, code: &[u8]) -> Hmac<Sha256> {
        let key = if safeguards.hold(Safeguard::SecretKey) { self.secret() } else { &[0; Self::BYTES] };
        let mut mac = Hmac::new_from_slice(key).expect("HMAC takes keys of any length");
        // An identity has a fixed length: there is one way only to tell where it ends and the code begins.
        if safeguards.hold(Safeguard::IdentityAuthenticated) {
            mac.update(identity.digest());
        }
        if safeguards.hold(Safeguard::CodeAuthenticated) {
            mac.update(code);
        }
        mac
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::EngineConfig;

    fn identity(metered: &str) -> Identity {
        Identity::new(Safeguards::default(), [1; 32], EngineConfig::default(), [2; 32], metered)
    }

    fn seal(key: &Key, identity: &Identity, code: &[u8]) -> Vec<u8> {
        [&key.authenticator(Safeguards::default(), identity, code), code].concat()
    }

    fn open(key: &Key, identity: &Identity, entry: Vec<u8>) -> Option<Vec<u8>> {
        key.open(Safeguards::default(), identity, entry).map(|code| code.bytes().to_vec())
    }

    #[test]
    fn an_entry_opens_as_it_was_sealed_and_in_no_other_way() {
        let (key, identity) = (Key::from([7; Key::BYTES]), identity("a"));
        for code in [&b""[..], b"x", &[0x90; 200]] {
            let entry = seal(&key, &identity, code);
            assert_eq!(open(&key, &identity, entry.clone()).as_deref(), Some(code));
            for bit in 0..entry.len() * 8 {
                let mut changed = entry.clone();
                changed[bit / 8] ^= 1 << (bit % 8);
                assert_eq!(open(&key, &identity, changed), None, "bit {bit} is another");
            }
            for length in 0..entry.len() {
                assert_eq!(open(&key, &identity, entry[..length].to_vec()), None, "{length} bytes are left");
            }
            assert_eq!(open(&key, &identity, [&entry[..], &[0]].concat()), None, "a byte is added");
        }
    }

    #[test]
    fn an_entry_opens_under_its_key_and_identity_only() {
        let (key, asked) = (Key::from([7; Key::BYTES]), identity("a"));
        assert_eq!(open(&Key::from([8; Key::BYTES]), &asked, seal(&key, &asked, b"code")), None);
        assert_eq!(open(&key, &asked, seal(&key, &identity("b"), b"code")), None);
    }
}
