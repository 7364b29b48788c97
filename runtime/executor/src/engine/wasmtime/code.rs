//! Code is what Wasmtime compiled a module to, as bytes that can be loaded again.

use crate::cache::AuthenticCode;
use sha2::{Digest as _, Sha256};
use std::hash::{Hash as _, Hasher};
use wasmtime::{Engine, Module};

/// What code must agree with to be loaded by an engine: target, CPU features, compiler settings and features of modules.
/// It is the same in every process of one program on one kind of machine, which is all that a cache needs.
pub(super) fn compatibility(engine: &Engine) -> [u8; 32] {
    let mut hasher = Sha256Hasher(Sha256::new());
    engine.precompile_compatibility_hash().hash(&mut hasher);
    hasher.0.finalize().into()
}

/// Loads code that was compiled before.
///
/// An error says that the code is for another release of Wasmtime, another machine or other settings, which its identity
/// rules out.
pub(super) fn load(engine: &Engine, code: &AuthenticCode) -> wasmtime::Result<Module> {
    // SAFETY: the bytes must be what `Module::serialize` returned, unmodified. An `AuthenticCode` is only ever made of
    // bytes whose authenticator was verified, in memory, under the folder's key; authenticators are only ever made by
    // `DiskCache::keep`, which is called with nothing but what `Module::serialize` has just returned; and they cover what
    // program that was, so that no other version of this very code can have made one. `cache/disk.rs` has the whole
    // argument, and says whom it trusts. The bytes are copied, so that nothing changes them while the module lives.
    #[expect(unsafe_code, reason = "the one way to load compiled code, whose origin is proved above")]
    unsafe {
        Module::deserialize(engine, code.bytes())
    }
}

/// Hashes to more than 64 bits: two machines must not be mistaken for each other.
struct Sha256Hasher(Sha256);

impl Hasher for Sha256Hasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    /// The first bytes of the digest so far; nothing here asks for them.
    fn finish(&self) -> u64 {
        let digest: [u8; 32] = self.0.clone().finalize().into();
        digest.iter().take(8).fold(0, |number, &byte| number << 8 | u64::from(byte))
    }
}
