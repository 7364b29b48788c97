//! Guests are modules for contracts that the project builds itself.

use crate::library::Library;
use crate::task;
use crate::toolchain::Toolchain;
use anyhow::Context;
use std::fs;

/// The validators under the guest ABI. A signature costs half the gas when the curve's arithmetic is compiled for speed
/// and without overflow checks: it is constant-time code that wraps on purpose and is tested with the checks elsewhere.
const VALIDATORS: Library = Library {
    package: "modal-wasm-validation",
    feature: Some("guest"),
    config: &[
        "profile.release.strip=true",
        "profile.release.package.curve25519-dalek.opt-level=3",
        "profile.release.package.curve25519-dalek.overflow-checks=false",
    ],
};

/// Builds `validators/dist/guest.wasm`. It is not touched if it has not changed.
pub(crate) fn build() -> anyhow::Result<()> {
    let wasm = VALIDATORS.compile(&Toolchain::find()?, "guests")?;
    let bytes = fs::read(&wasm).with_context(|| format!("failed to read {}", wasm.display()))?;
    task::write_changed(&task::root().join("validators/dist/guest.wasm"), &bytes)
}
