//! The SDK's wasm: the meter and the validators, compiled for JavaScript, and the glue that wasm-bindgen writes around
//! them.

use crate::library::{Library, WORKSPACE};
use crate::task;
use crate::toolchain::Toolchain;
use anyhow::{Context, ensure};
use std::fs;
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

/// What the SDK ships, each in a folder of `runtime/sdk/dist` that bears its name.
const BINDINGS: [(&str, Library); 2] = [
    ("meter", Library { manifest: WORKSPACE, package: "modal-wasm-meter", feature: None, config: &[] }),
    ("validators", Library { manifest: WORKSPACE, package: "modal-wasm-validation", feature: Some("js"), config: &[] }),
];

/// Builds `runtime/sdk/dist`. What has not changed is not touched.
pub(crate) fn build() -> anyhow::Result<()> {
    let toolchain = Toolchain::find()?;
    for (name, library) in &BINDINGS {
        let wasm = library.compile(&toolchain, "sdk")?;
        let generated = task::target_folder().join("sdk/glue").join(name);
        write_glue(name, &wasm, &generated)?;
        replace_changed(&generated, &task::sdk_folder().join("dist").join(name))?;
    }
    Ok(())
}

/// Writes the wasm with its glue. The glue does nothing until it is given the wasm, so one form of it suits Node,
/// browsers and bundlers.
fn write_glue(name: &str, wasm: &Path, folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("failed to empty {}", folder.display()))?;
    }
    Bindgen::new()
        .input_path(wasm)
        .out_name(name)
        .web(true)?
        .omit_default_module_path(true)
        .reset_state_function(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .typescript(true)
        .generate(folder)
        .with_context(|| format!("failed to write the glue of {}", wasm.display()))
}

/// Makes `to` hold the files of `from`.
fn replace_changed(from: &Path, to: &Path) -> anyhow::Result<()> {
    for file in from.read_dir().with_context(|| format!("failed to list {}", from.display()))? {
        let file = file?;
        ensure!(file.file_type()?.is_file(), "failed to copy {}: it is no file", file.path().display());
        task::write_changed(&to.join(file.file_name()), &fs::read(file.path())?)?;
    }
    Ok(())
}
