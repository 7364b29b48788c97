//! A guest is an example of the corpus: a module, a method, and an input that it answers.

use anyhow::{Context as _, bail};
use modal_harness::Run;
use modal_harness::corpus::CorpusCase;
use std::path::Path;

/// A module and one call of it by the guest ABI.
#[derive(Clone, Debug)]
pub struct Guest {
    /// A short name, for tables.
    pub name: &'static str,
    /// The original module.
    pub module: Vec<u8>,
    /// The method that is called.
    pub method: String,
    /// What it is given.
    pub input: String,
    /// The gas limit of the call.
    pub gas: u64,
}

/// The examples, from the smallest module to the largest, each by its name here and its folder's.
const EXAMPLES: [(&str, &str); 4] = [
    ("C", "custom-validation-c"),
    ("AssemblyScript", "custom-validation-assemblyscript"),
    ("Rust, serde", "custom-validation-rust"),
    ("built-in validators", "built-in-validation"),
];

impl Guest {
    /// The examples of the corpus with modules that a compiler made, each with the first run of its case.
    ///
    /// # Errors
    ///
    /// If an example cannot be read.
    pub fn examples() -> anyhow::Result<Vec<Self>> {
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/examples");
        let read = |(name, folder): (&'static str, &str)| {
            let path = examples.join(folder).join(folder).with_extension("case");
            let case = CorpusCase::read(&path).with_context(|| format!("failed to read {}", path.display()))?.case;
            let Some(Run::Abi { method, input, gas }) = case.runs.into_iter().next() else {
                bail!("failed to find a run by the guest ABI in {}", path.display());
            };
            Ok(Self { name, module: case.module, method, input, gas })
        };
        EXAMPLES.into_iter().map(read).collect()
    }
}
