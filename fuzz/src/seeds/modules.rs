//! Modules of the corpus as they are, seeds of the generators, and the calls of validators.

use super::Inputs;
use modal_harness::corpus::{CorpusCase, files};
use modal_harness::{Case, Run};
use std::path::Path;

/// Longer modules make more of a fuzzer's time go by than they are worth.
const LONGEST: usize = 8 << 10;

/// Seeds of the harness's generators.
const GENERATED: u64 = 32;

/// The modules of every case, the modules that guests call among them, and a few seeds of generators.
pub(super) fn all(corpus: &Path) -> anyhow::Result<Inputs> {
    let generated = (0..GENERATED).map(|seed| [&b"g"[..], &seed.to_le_bytes()].concat());
    let mut inputs = generated.collect::<Inputs>();
    for case in cases(corpus)? {
        let called = case.modules.into_values().map(|module| module.bytes);
        inputs.extend(called.chain([case.module]).filter(|module| module.len() <= LONGEST));
    }
    Ok(inputs)
}

/// What the cases of the validators call them with.
pub(super) fn calls_of_validators(corpus: &Path) -> anyhow::Result<Inputs> {
    let mut inputs = Inputs::new();
    for case in cases(&corpus.join("cases/validators"))? {
        inputs.extend(case.runs.into_iter().filter_map(|run| match run {
            Run::Abi { input, .. } => Some(input.into_bytes()),
            Run::Exports { .. } => None,
        }));
    }
    Ok(inputs)
}

/// The cases below a folder of the corpus.
pub(super) fn cases(folder: &Path) -> anyhow::Result<Vec<Case>> {
    files(folder)?.iter().map(|path| Ok(CorpusCase::read(path)?.case)).collect()
}
