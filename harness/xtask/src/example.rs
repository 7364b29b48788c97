//! An example is a guest with its source and its cases, in a folder of `corpus/examples`.
//!
//! The corpus keeps each example's module as it was built once, so its gas is exact for ever and nothing need be
//! installed to run it. Here the modules are built afresh. Another release of a compiler makes other bytes for other
//! gas, but the outputs are the same.

mod build;
mod play;

pub(crate) use build::RUST_MANIFESTS;

use crate::task;
use anyhow::{Context, bail};
use build::Built;
use std::fs;
use std::path::{Path, PathBuf};

/// An example, in the folder of its name.
struct Example {
    name: &'static str,
    about: &'static str,
    /// The guests that are built for it; none if its cases are their text, or other examples' guests.
    guests: &'static [Guest],
    /// More folders with cases of these guests.
    cases: &'static [&'static str],
    /// Whether its page has commands of `modal`.
    played: bool,
}

/// A guest that is built from source.
struct Guest {
    /// The committed module, below the workspace's folder.
    module: &'static str,
    build: fn() -> anyhow::Result<Built>,
}

const EXAMPLES: [Example; 7] = [
    Example {
        name: "uploading",
        about: "two modules on their way into a contract and a datastore, by the command line",
        guests: &[],
        cases: &[],
        played: true,
    },
    Example {
        name: "built-in-validation",
        about: "the validators that every node has, as a guest",
        guests: &[Guest { module: "corpus/guests/validators.wasm", build: build::validators }],
        cases: &["corpus/cases/validators"],
        played: false,
    },
    Example {
        name: "custom-validation-rust",
        about: "a contract's own validation, in Rust",
        guests: &[Guest {
            module: "corpus/examples/custom-validation-rust/custom-validation-rust.wasm",
            build: build::rust,
        }],
        cases: &[],
        played: false,
    },
    Example {
        name: "custom-validation-c",
        about: "the same in C",
        guests: &[Guest { module: "corpus/examples/custom-validation-c/custom-validation-c.wasm", build: build::c }],
        cases: &[],
        played: false,
    },
    Example {
        name: "custom-validation-assemblyscript",
        about: "the same in AssemblyScript",
        guests: &[Guest {
            module: "corpus/examples/custom-validation-assemblyscript/custom-validation-assemblyscript.wasm",
            build: build::assemblyscript,
        }],
        cases: &[],
        played: false,
    },
    Example {
        name: "gas-limit",
        about: "a call under a limit that suffices, and under one less",
        guests: &[],
        cases: &[],
        played: false,
    },
    Example {
        name: "composition",
        about: "a program that calls another module of its contract, in Rust",
        guests: &[
            Guest { module: "corpus/examples/composition/shop.wasm", build: build::shop },
            Guest { module: "corpus/examples/composition/tax.wasm", build: build::tax },
        ],
        cases: &[],
        played: true,
    },
];

/// Lists the examples.
pub(crate) fn list() {
    for Example { name, about, .. } in &EXAMPLES {
        println!("{name:<34} {about}");
    }
}

/// Builds an example and runs its cases on every lane. With `bless`, what was built takes the place of the module that
/// is committed, and the expectations are rewritten for a person to review.
pub(crate) fn run(name: &str, bless: bool) -> anyhow::Result<()> {
    let example = EXAMPLES.iter().find(|example| example.name == name).with_context(|| {
        let names = EXAMPLES.iter().map(|example| example.name).collect::<Vec<_>>().join(", ");
        format!("failed to find an example called {name:?}; there is {names}")
    })?;
    let rebuilt = example.build_and_compare(bless)?;
    if let (true, Rebuilt::No(reason)) = (bless, &rebuilt) {
        bail!("failed to build {name}: {reason}");
    }
    if bless {
        return task::run(task::conform().args(["corpus", "--bless"]).args(example.folders()));
    }
    task::run(task::conform().args(["corpus", "--show"]).arg(example.folder()))?;
    match rebuilt {
        Rebuilt::Same => {}
        Rebuilt::Other => {
            eprintln!("the same cases with what was just built, outputs only:");
            compare_outcomes([example])?;
        }
        Rebuilt::No(reason) => eprintln!("NOT BUILT: {reason}; what ran is what is committed"),
    }
    if example.played { play::play(name) } else { Ok(()) }
}

/// Builds all examples afresh, runs their cases on every lane, and says which could not be built.
pub(crate) fn run_all() -> anyhow::Result<()> {
    for missing in check_all()? {
        eprintln!("NOT BUILT: {missing}");
    }
    Ok(())
}

/// Builds all examples afresh, runs their cases on every lane, and plays their commands. Returns which of them could not
/// be built here, and why.
pub(crate) fn check_all() -> anyhow::Result<Vec<String>> {
    build::lint_rust()?;
    let mut missing = Vec::new();
    let mut built = Vec::new();
    for example in &EXAMPLES {
        match example.build_and_compare(false)? {
            Rebuilt::Same | Rebuilt::Other if example.guests.is_empty() => {}
            Rebuilt::Same | Rebuilt::Other => built.push(example),
            Rebuilt::No(reason) => missing.push(format!("{} ({reason})", example.name)),
        }
    }
    compare_outcomes(built)?;
    EXAMPLES.iter().filter(|example| example.played).try_for_each(|example| play::play(example.name))?;
    Ok(missing)
}

/// Runs the cases of examples with the modules that were just built.
fn compare_outcomes<'a>(examples: impl IntoIterator<Item = &'a Example>) -> anyhow::Result<()> {
    let folders = examples.into_iter().flat_map(Example::folders);
    task::run(task::conform().arg("corpus").args(folders).arg("--rebuilt").arg(fresh_folder()))
}

/// What building guests afresh came to.
enum Rebuilt {
    /// The bytes are those that are committed.
    Same,
    /// They are others.
    Other,
    /// It cannot be built here, for this reason.
    No(String),
}

impl Example {
    fn folder(&self) -> String {
        format!("corpus/examples/{}", self.name)
    }

    /// All folders with cases of the example's guests.
    fn folders(&self) -> Vec<String> {
        let more = self.cases.iter().map(|folder| (*folder).to_owned());
        std::iter::once(self.folder()).chain(more).collect()
    }

    /// Builds the guests, as [`Guest::build_and_compare`] does, up to the first that cannot be built.
    fn build_and_compare(&self, bless: bool) -> anyhow::Result<Rebuilt> {
        let mut rebuilt = Rebuilt::Same;
        for guest in self.guests {
            match guest.build_and_compare(bless)? {
                Rebuilt::Same => {}
                Rebuilt::Other => rebuilt = Rebuilt::Other,
                Rebuilt::No(reason) => return Ok(Rebuilt::No(reason)),
            }
        }
        Ok(rebuilt)
    }
}

impl Guest {
    /// Builds the guest, says whether it is the one that is committed, and with `bless` sees to it that it is.
    fn build_and_compare(&self, bless: bool) -> anyhow::Result<Rebuilt> {
        let built = match (self.build)()? {
            Built::At(path) => path,
            Built::Missing(reason) => return Ok(Rebuilt::No(reason)),
        };
        let bytes = fs::read(&built).with_context(|| format!("failed to read {}", built.display()))?;
        let committed = task::root().join(self.module);
        let name = Path::new(self.module).file_name().unwrap_or_default();
        task::write_changed(&fresh_folder().join(name), &bytes)?;
        let length = bytes.len();
        if bless {
            eprintln!("built {}: {length} bytes", self.module);
            task::write_changed(&committed, &bytes)?;
            return Ok(Rebuilt::Same);
        }
        let expected = fs::read(&committed).with_context(|| format!("failed to read {}", committed.display()))?;
        if bytes == expected {
            eprintln!("built {}: {length} bytes, those that are committed", self.module);
            return Ok(Rebuilt::Same);
        }
        eprintln!("built {}: {length} bytes, and not the {} that are committed", self.module, expected.len());
        Ok(Rebuilt::Other)
    }
}

/// Where modules lie that were just built, each under the name of the one that is committed.
fn fresh_folder() -> PathBuf {
    task::target_folder().join("examples/built")
}

#[cfg(test)]
mod tests {
    use super::EXAMPLES;
    use crate::task;
    use std::collections::BTreeSet;

    #[test]
    fn every_folder_is_an_example_and_has_a_readme() {
        let folders = task::root().join("corpus/examples").read_dir().expect("the examples");
        let folders = folders.map(|entry| entry.expect("a folder").path()).filter(|path| path.is_dir());
        let found = folders
            .map(|path| {
                assert!(path.join("README.md").is_file(), "{} has no README.md", path.display());
                path.file_name().expect("a name").to_string_lossy().into_owned()
            })
            .collect::<BTreeSet<_>>();
        assert_eq!(found, EXAMPLES.iter().map(|example| example.name.to_owned()).collect());
    }
}
