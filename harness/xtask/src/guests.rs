//! Guests are modules for contracts that the project builds itself.

use crate::library::{Library, WORKSPACE};
use crate::task;
use crate::toolchain::Toolchain;
use anyhow::Context;
use std::fs;
use std::path::PathBuf;

/// The validators under the guest ABI. A signature costs half the gas when the curve's arithmetic is compiled for speed
/// and without overflow checks: it is constant-time code that wraps on purpose and is tested with the checks elsewhere.
const VALIDATORS: Library = Library {
    manifest: WORKSPACE,
    package: "modal-wasm-validation",
    feature: Some("guest"),
    config: &[
        "profile.release.strip=true",
        "profile.release.package.curve25519-dalek.opt-level=3",
        "profile.release.package.curve25519-dalek.overflow-checks=false",
    ],
};

/// Builds `validators/dist/guest.wasm` and returns where it lies. It is not touched if it has not changed.
pub(crate) fn build() -> anyhow::Result<PathBuf> {
    let wasm = VALIDATORS.compile(&Toolchain::find()?, "guests")?;
    let bytes = fs::read(&wasm).with_context(|| format!("failed to read {}", wasm.display()))?;
    let guest = task::root().join("validators/dist/guest.wasm");
    task::write_changed(&guest, &bytes)?;
    Ok(guest)
}
