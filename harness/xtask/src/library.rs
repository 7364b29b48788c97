//! A library is a package of this repository, compiled to wasm.

use crate::task;
use crate::toolchain::{TARGET, Toolchain};
use std::path::PathBuf;

/// What every library is built with: browsers download them and contracts store them, so they should be small. Checks
/// of overflow stay in: a bug must not become a wrong count.
const PROFILE: [(&str, &str); 6] = [
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "s"),
    ("CARGO_PROFILE_RELEASE_LTO", "fat"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1"),
    ("CARGO_PROFILE_RELEASE_PANIC", "abort"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "false"),
    ("CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS", "true"),
];

/// A package and how it is compiled.
pub(crate) struct Library {
    /// The manifest that cargo is given, below the workspace's folder: the workspace's own, or that of a package which
    /// belongs to no workspace.
    pub(crate) manifest: &'static str,
    /// The package's name.
    pub(crate) package: &'static str,
    /// Its feature, if it needs one.
    pub(crate) feature: Option<&'static str>,
    /// Settings of cargo, as `--config` takes them.
    pub(crate) config: &'static [&'static str],
}

/// The manifest of the workspace.
pub(crate) const WORKSPACE: &str = "Cargo.toml";

impl Library {
    /// Compiles the library for a use and returns where its wasm lies. Each use has a folder of its own: a package's wasm
    /// has one name whatever its features, and builds must not take turns with it.
    pub(crate) fn compile(&self, toolchain: &Toolchain, used_by: &str) -> anyhow::Result<PathBuf> {
        let folder = task::target_folder().join(used_by);
        // The bytes must not depend on where the sources lie. The compiler takes the last prefix that fits, so a folder
        // inside another one comes after it.
        let mut folders = toolchain.source_folders();
        folders.sort_by_key(|(folder, _)| folder.as_os_str().len());
        let flags: Vec<_> =
            folders.iter().map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display())).collect();
        let mut cargo = toolchain.cargo_rustc();
        cargo.arg("--manifest-path").arg(task::root().join(self.manifest));
        cargo
            .args(["--quiet", "--release", "--locked", "--package", self.package, "--lib", "--target-dir"])
            .arg(&folder);
        cargo.args(self.feature.iter().flat_map(|feature| ["--features", *feature]));
        cargo.args(self.config.iter().flat_map(|config| ["--config", *config]));
        task::run(cargo.envs(PROFILE).env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}")))?;
        Ok(folder.join(TARGET).join("release").join(format!("{}.wasm", self.package.replace('-', "_"))))
    }
}
