//! Why a case of the corpus fails.

use crate::Verdict;
use std::path::PathBuf;

/// Why a case of the corpus fails.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// A file or folder cannot be read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The header is not what it should be.
    #[error("{path}: the header is wrong: {reason}")]
    Header {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The text is no module.
    #[error("{path}: {source}")]
    Text {
        /// The file.
        path: PathBuf,
        /// What the parser says.
        source: wat::Error,
    },
    /// The case's module has a file of its own, which cannot be read.
    #[error("{path}: failed to read its module {wasm}: {source}")]
    ModuleFile {
        /// The case's file.
        path: PathBuf,
        /// The module's file.
        wasm: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The case's module lies where the corpus does not keep it.
    #[error("{path}: its module {wasm} lies outside {folder}")]
    Outside {
        /// The case's file.
        path: PathBuf,
        /// The module's file.
        wasm: PathBuf,
        /// The folder that holds all that a case may use.
        folder: PathBuf,
    },
    /// The case's module is not the one that the expectation is about.
    #[error(
        "{path}: its module {wasm} has other bytes than the file expects (`cargo xtask bless` accepts them)\n--- expected\n{expected}--- found\n{found}"
    )]
    OtherModule {
        /// The case's file.
        path: PathBuf,
        /// The module's file.
        wasm: PathBuf,
        /// The line that the case expects.
        expected: String,
        /// The line for the module that is there.
        found: String,
    },
    /// The lanes, the reference or the oracles do not agree.
    #[error("{path}: {verdict}")]
    Verdict {
        /// The file.
        path: PathBuf,
        /// What the judge says.
        verdict: Box<Verdict>,
    },
    /// All agree, on something else than the file says.
    #[error(
        "{path}: all lanes agree, but not on what the file expects (`cargo xtask bless` rewrites it)\n--- expected\n{expected}--- seen\n{seen}"
    )]
    Expectation {
        /// The file.
        path: PathBuf,
        /// What the file says.
        expected: String,
        /// What was seen.
        seen: String,
    },
    /// All agree that another build of the module has other outcomes than the file says.
    #[error(
        "{path}: all lanes agree, but this build of the module ends otherwise than the file expects\n--- expected\n{expected}--- seen\n{seen}"
    )]
    Outcomes {
        /// The file.
        path: PathBuf,
        /// What the file says, outcomes only.
        expected: String,
        /// What was seen, outcomes only.
        seen: String,
    },
}
