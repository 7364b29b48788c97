//! How the examples' guests are built: each as its README says, but outside the corpus, which is data.

use crate::library::Library;
use crate::toolchain::Toolchain;
use crate::{clang, guests, task};
use anyhow::Context;
use std::fs;
use std::path::{Path, PathBuf};

/// What building a guest came to.
pub(super) enum Built {
    /// The module lies here.
    At(PathBuf),
    /// The compiler cannot be had here, for this reason.
    Missing(String),
}

/// The manifests of the guests in Rust, below the workspace's folder. They belong to no workspace but their own.
pub(crate) const RUST_MANIFESTS: [&str; 2] = [CUSTOM_VALIDATION, COMPOSITION];

const CUSTOM_VALIDATION: &str = "corpus/examples/custom-validation-rust/Cargo.toml";
const COMPOSITION: &str = "corpus/examples/composition/Cargo.toml";

/// `validators`, by `cargo xtask guests`.
pub(super) fn validators() -> anyhow::Result<Built> {
    guests::build().map(Built::At)
}

/// The guest that validates in Rust.
pub(super) fn rust() -> anyhow::Result<Built> {
    guest(CUSTOM_VALIDATION, "custom-validation-rust", "examples/custom-validation-rust")
}

/// The program of the composition.
pub(super) fn shop() -> anyhow::Result<Built> {
    guest(COMPOSITION, "shop", "examples/composition")
}

/// The module that it calls.
pub(super) fn tax() -> anyhow::Result<Built> {
    guest(COMPOSITION, "tax", "examples/composition")
}

/// A guest in Rust, whose manifest has the same profile as [`Library`].
fn guest(manifest: &'static str, package: &'static str, folder: &str) -> anyhow::Result<Built> {
    let guest = Library { manifest, package, feature: None, config: &["profile.release.strip=true"] };
    guest.compile(&Toolchain::find()?, folder).map(Built::At)
}

/// Holds the guests in Rust to what the workspace is held to: they are no part of it.
pub(super) fn lint_rust() -> anyhow::Result<()> {
    for manifest in RUST_MANIFESTS {
        task::run(task::cargo().args(["fmt", "--all", "--manifest-path", manifest, "--check"]))?;
        let mut clippy = task::cargo();
        clippy.args(["clippy", "--quiet", "--locked", "--workspace", "--manifest-path", manifest, "--target-dir"]);
        task::run(clippy.arg(task::target_folder().join("examples/lint")).args(["--", "-D", "warnings"]))?;
    }
    Ok(())
}

/// The guest in C.
pub(super) fn c() -> anyhow::Result<Built> {
    const SOURCE: &str = "corpus/examples/custom-validation-c/validate.c";
    const FLAGS: [&str; 8] = [
        "--target=wasm32",
        "-std=c11",
        "-Os",
        "-ffreestanding",
        "-nostdlib",
        "-Wl,--no-entry,--strip-all",
        "-Wall",
        "-Werror",
    ];
    let mut clang = match clang::command() {
        Ok(clang) => clang,
        Err(error) => return Ok(Built::Missing(format!("{error:#}"))),
    };
    let folder = folder("custom-validation-c")?;
    let module = folder.join("custom-validation-c.wasm");
    task::run(clang.args(FLAGS).arg("-o").arg(&module).arg(SOURCE))?;
    Ok(Built::At(module))
}

/// The guest in AssemblyScript, built in a copy of its folder.
pub(super) fn assemblyscript() -> anyhow::Result<Built> {
    const NAME: &str = "custom-validation-assemblyscript";
    let source = task::root().join("corpus/examples").join(NAME);
    let folder = folder(NAME)?;
    for file in ["package.json", "package-lock.json", ".npmrc"] {
        copy(&source.join(file), &folder.join(file))?;
    }
    let assembly = source.join("assembly");
    for file in assembly.read_dir().with_context(|| format!("failed to list {}", assembly.display()))? {
        let file = file?;
        copy(&file.path(), &folder.join("assembly").join(file.file_name()))?;
    }
    if let Err(error) = task::install_node_modules(&folder) {
        return Ok(Built::Missing(format!("failed to install its compiler: {error:#}")));
    }
    task::run(task::npm(&folder).args(["run", "--silent", "build"]))?;
    Ok(Built::At(folder.join("build").join(NAME).with_extension("wasm")))
}

/// The folder that an example is built in.
fn folder(name: &str) -> anyhow::Result<PathBuf> {
    let folder = task::target_folder().join("examples").join(name);
    fs::create_dir_all(&folder).with_context(|| format!("failed to create {}", folder.display()))?;
    Ok(folder)
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    let bytes = fs::read(from).with_context(|| format!("failed to read {}", from.display()))?;
    task::write_changed(to, &bytes)
}
