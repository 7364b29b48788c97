//! The SDK's wasm: the meter, compiled for JavaScript, and the glue that wasm-bindgen writes around it.

use crate::task;
use crate::toolchain::{TARGET, Toolchain};
use anyhow::{Context, ensure};
use std::fs;
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

/// What the wasm is built with: it is downloaded by browsers, so it should be small. Checks of overflow stay in: a bug
/// in the meter must not become a wrong count.
const PROFILE: [(&str, &str); 6] = [
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "s"),
    ("CARGO_PROFILE_RELEASE_LTO", "fat"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1"),
    ("CARGO_PROFILE_RELEASE_PANIC", "abort"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "false"),
    ("CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS", "true"),
];

/// Builds `runtime/sdk/dist/meter`. What has not changed is not touched.
pub(crate) fn build() -> anyhow::Result<()> {
    let toolchain = Toolchain::find()?;
    let folder = task::target_folder().join("sdk");
    compile(&toolchain, &folder)?;

    let generated = folder.join("meter");
    write_glue(&folder.join(TARGET).join("release/modal_wasm_meter.wasm"), &generated)?;
    replace_changed(&generated, &task::sdk_folder().join("dist/meter"))
}

fn compile(toolchain: &Toolchain, folder: &Path) -> anyhow::Result<()> {
    // The bytes must not depend on where the sources lie. The compiler takes the last prefix that fits, so a folder
    // inside another one comes after it.
    let mut folders = toolchain.source_folders();
    folders.sort_by_key(|(folder, _)| folder.as_os_str().len());
    let flags: Vec<_> =
        folders.iter().map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display())).collect();
    task::run(
        toolchain
            .cargo_build()
            .args(["--quiet", "--release", "--package", "modal-wasm-meter", "--lib", "--target-dir"])
            .arg(folder)
            .envs(PROFILE)
            .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}")),
    )
}

/// Writes the wasm with its glue. The glue does nothing until it is given the wasm, so one form of it suits Node,
/// browsers and bundlers.
fn write_glue(wasm: &Path, folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("failed to empty {}", folder.display()))?;
    }
    Bindgen::new()
        .input_path(wasm)
        .out_name("meter")
        .web(true)?
        .omit_default_module_path(true)
        .reset_state_function(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .typescript(true)
        .generate(folder)
        .with_context(|| format!("failed to write the glue of {}", wasm.display()))
}

/// Makes `to` hold the files of `from`. Each file changes at once, so that a worker that starts meanwhile reads the old
/// one or the new one.
fn replace_changed(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to).with_context(|| format!("failed to make {}", to.display()))?;
    for file in from.read_dir().with_context(|| format!("failed to list {}", from.display()))? {
        let file = file?;
        ensure!(file.file_type()?.is_file(), "failed to copy {}: it is no file", file.path().display());
        let bytes = fs::read(file.path())?;
        let target = to.join(file.file_name());
        if fs::read(&target).is_ok_and(|old| old == bytes) {
            continue;
        }
        let fresh = to.join(format!(".{}.new", file.file_name().to_string_lossy()));
        fs::write(&fresh, &bytes)
            .and_then(|()| fs::rename(&fresh, &target))
            .with_context(|| format!("failed to write {}", target.display()))?;
    }
    Ok(())
}
