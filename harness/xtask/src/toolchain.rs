//! A toolchain is a compiler that can build for `wasm32-unknown-unknown`.
//!
//! `rustup target add` is the usual way to one, but not every machine has rustup or reaches its host. Debian has a
//! second toolchain that comes with the standard library's source.

use crate::{debian, task};
use anyhow::bail;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The target that the SDK's wasm is built for.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// A compiler that can build for [`TARGET`].
pub(crate) enum Toolchain {
    /// The one that runs this task, with the target's standard library beside it.
    Own,
    /// Debian's, which builds the standard library from source.
    Debian,
}

const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_LINKER: &str = "/usr/bin/wasm-ld";
const DEBIAN_STD_SOURCE: &str = "/usr/lib/rustlib/src/rust/library/std/Cargo.toml";
const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld"];

/// How long rustup may take: a machine that reaches its host needs a few seconds.
const RUSTUP_SECONDS: u32 = 120;

impl Toolchain {
    /// Finds a toolchain on this machine, or installs one.
    pub(crate) fn find() -> anyhow::Result<Self> {
        if let Some(found) = Self::installed() {
            return Ok(found);
        }
        eprintln!("no toolchain for {TARGET} is installed: trying `rustup target add {TARGET}`");
        if task::succeeds_within(RUSTUP_SECONDS, Command::new("rustup").args(["target", "add", TARGET]))
            && own_target_installed()
        {
            return Ok(Self::Own);
        }
        if debian::can_install() {
            eprintln!("rustup cannot add it: installing Debian's {}", DEBIAN_PACKAGES.join(", "));
            debian::install(&DEBIAN_PACKAGES)?;
            if debian_installed() {
                return Ok(Self::Debian);
            }
        }
        bail!(
            "failed to find a compiler for {TARGET}; run one of\n  rustup target add {TARGET}\n  \
             apt-get install -y --no-install-recommends {}",
            DEBIAN_PACKAGES.join(" "),
        );
    }

    /// The toolchain that is there already.
    fn installed() -> Option<Self> {
        if own_target_installed() {
            Some(Self::Own)
        } else if debian_installed() {
            Some(Self::Debian)
        } else {
            None
        }
    }

    /// `cargo rustc` for the target, up to the choice of the package and its profile. That the package becomes a library
    /// of wasm is said here. Were it in the package's manifest, cargo would keep but one build of the package whatever its
    /// features, and tests and programs, which ask for others, would take turns in building all that depends on it; and a
    /// package that is a library for Rust in the same go is not optimised as one program, and comes out larger by a tenth.
    pub(crate) fn cargo_rustc(&self) -> Command {
        let mut cargo = match self {
            Self::Own => task::cargo(),
            Self::Debian => Command::new(DEBIAN_CARGO),
        };
        cargo.current_dir(task::root()).args(["rustc", "--crate-type", "cdylib", "--target", TARGET]);
        if let Self::Debian = self {
            cargo
                .arg("-Zbuild-std=std,panic_abort")
                .env("RUSTC_BOOTSTRAP", "1")
                .env("RUSTC", DEBIAN_RUSTC)
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", DEBIAN_LINKER)
                // `cargo run` puts its own compiler's libraries before this one's.
                .env_remove("LD_LIBRARY_PATH");
        }
        cargo
    }

    /// Folders whose names get into compiled code through panic messages, and what stands for them there.
    pub(crate) fn source_folders(&self) -> Vec<(PathBuf, &'static str)> {
        let sysroot = match self {
            Self::Own => task::output(Command::new("rustc").current_dir(task::root()).args(["--print", "sysroot"])),
            Self::Debian => task::output(Command::new(DEBIAN_RUSTC).args(["--print", "sysroot"])),
        };
        let standard = sysroot.map(|sysroot| (Path::new(&sysroot).join("lib/rustlib/src/rust"), "std"));
        let cargo_home = env::var_os("CARGO_HOME")
            .map(PathBuf::from)
            .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
            .map(|home| (home.join("registry/src"), "registry"));
        [Some((task::root(), "modal")), cargo_home, standard].into_iter().flatten().collect()
    }
}

/// Whether the compiler that runs this task has the target's standard library.
fn own_target_installed() -> bool {
    let print = ["--print", "target-libdir", "--target", TARGET];
    let Some(folder) = task::output(Command::new("rustc").current_dir(task::root()).args(print)) else { return false };
    let Ok(files) = Path::new(&folder).read_dir() else { return false };
    files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libstd-"))
}

/// Whether Debian's toolchain is there, with all that it needs, and new enough for the workspace.
fn debian_installed() -> bool {
    [DEBIAN_RUSTC, DEBIAN_CARGO, DEBIAN_LINKER, DEBIAN_STD_SOURCE].iter().all(|path| Path::new(path).is_file())
        && task::output(Command::new(DEBIAN_RUSTC).arg("--version")).is_some_and(|text| is_new_enough(&text))
}

/// Whether `rustc --version` says that the compiler is at least the one that the workspace asks for.
fn is_new_enough(version_text: &str) -> bool {
    let found = version_text.split_whitespace().nth(1).and_then(major_and_minor);
    found.is_some() && found >= major_and_minor(env!("CARGO_PKG_RUST_VERSION"))
}

fn major_and_minor(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::is_new_enough;

    #[test]
    fn a_compiler_has_to_be_as_new_as_the_workspace_asks() {
        let check = |text: &str, expect: bool| assert_eq!(is_new_enough(text), expect, "{text}");
        check(concat!("rustc ", env!("CARGO_PKG_RUST_VERSION"), ".0 (59807616e 2026-04-14)"), true);
        check("rustc 2.0.0", true);
        check("rustc 1.1000.0-nightly", true);
        check("rustc 1.63.0", false);
        check("rustc 0.999.0", false);
        check("rustc", false);
        check("", false);
    }
}
