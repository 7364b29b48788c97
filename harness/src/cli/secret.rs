//! Keys in files.

use anyhow::Context as _;
use modal_harness::certificate::{PublicKey, SecretKey};
use std::path::Path;

/// Reads a secret key.
pub(super) fn read(path: &Path) -> anyhow::Result<SecretKey> {
    SecretKey::from_pem(&text(path)?).with_context(|| format!("cannot sign with {}", path.display()))
}

/// Reads a public key.
pub(super) fn read_public(path: &Path) -> anyhow::Result<PublicKey> {
    PublicKey::from_pem(&text(path)?).with_context(|| format!("cannot trust {}", path.display()))
}

fn text(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read the key {}", path.display()))
}
