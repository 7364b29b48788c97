//! An error says what went wrong, where, and what to do about it. It is drawn for people or written as JSON for programs.

use crate::commit_file::CommitFault;
use crate::exit::Exit;
use crate::hint;
use crate::report::printable;
use anstyle::AnsiColor;
use miette::Diagnostic;
use modal_datastore::{NameError, NameFault, Sha256Hash, StoreError};
use modal_validator::{Refusal, TooManyModules};
use modal_wasm_meter::Rejection;
use modal_wasm_runtime::{DEFAULT_GAS_LIMIT, DiskCacheError, Fault, GasLimitError, MAX_GAS_LIMIT};
use serde_json::{Value, json};
use std::error::Error as StdError;
use std::io;
use std::path::{Path, PathBuf};

/// Why a command did not do what was asked. Unless it says otherwise, nothing was changed.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum Error {
    /// There is no `.contract` where one was looked for.
    #[error("Not a contract directory (no .contract found in {} or any parent)", directory.display())]
    #[diagnostic(
        code(not_a_contract_directory),
        help(
            "name a contract's directory with --dir, or make one: modal contract create --dir {}",
            hint::path(directory)
        )
    )]
    NotAContractDirectory {
        /// Where the search began.
        directory: PathBuf,
    },
    /// There is a contract already.
    #[error("failed to create a contract in {}: there is a .contract already", directory.display())]
    #[diagnostic(code(contract_exists), help("choose another directory with --dir"))]
    ContractExists {
        /// The directory.
        directory: PathBuf,
    },
    /// There is no file of this name.
    #[error("WASM file not found: {}", file.display())]
    #[diagnostic(code(wasm_file_not_found), help("--wasm-file takes the path of a compiled module; is it built?"))]
    WasmFileNotFound {
        /// The file.
        file: PathBuf,
    },
    /// The file is longer than any module may be.
    #[error("failed to take {} as a module: it has more than {limit} bytes", file.display())]
    #[diagnostic(
        code(wasm_file_too_long),
        help("build for size (opt-level = \"z\", strip = true) or run wasm-opt -Oz")
    )]
    WasmFileTooLong {
        /// The file.
        file: PathBuf,
        /// The most bytes that a module may have.
        limit: u32,
    },
    /// The argument names no module.
    #[error(transparent)]
    #[diagnostic(
        code(invalid_module_name),
        help("give a name such as validator or /custom/logic; a leading / and a trailing .wasm make no difference")
    )]
    ModuleName(#[from] NameError),
    /// The argument is no contract's id.
    #[error("failed to accept the contract id {id:?}: {fault}")]
    #[diagnostic(
        code(invalid_contract_id),
        help("an id has 1 to 256 bytes without / and control characters, and is neither . nor ..")
    )]
    ContractId {
        /// The argument.
        id: String,
        /// What is wrong with it.
        fault: NameFault,
    },
    /// The directory that is to be a contract's has no name that a contract could have.
    #[error("failed to name a contract after {}", directory.display())]
    #[diagnostic(code(no_contract_name), help("give the contract a name: --name NAME"))]
    NoContractName {
        /// The directory.
        directory: PathBuf,
    },
    /// The argument is no gas limit.
    #[error(transparent)]
    #[diagnostic(
        code(invalid_gas_limit),
        help("--gas-limit takes 1 to {MAX_GAS_LIMIT}; without it, the limit is {DEFAULT_GAS_LIMIT}")
    )]
    GasLimit(#[from] GasLimitError),
    /// The meter refused a module.
    #[error("failed to accept {module}: {rejection}")]
    #[diagnostic(code(rejected), help("{}", after_rejection(rejection)))]
    Rejected {
        /// The module, as a person knows it.
        module: String,
        /// Why.
        rejection: Rejection,
    },
    /// The input is longer than a guest is given.
    #[error("failed to pass {bytes} bytes to a module: the input has at most {limit}")]
    #[diagnostic(code(input_too_long), help("pass less, or split the work over several runs"))]
    InputTooLong {
        /// The input's length.
        bytes: usize,
        /// The longest input.
        limit: usize,
    },
    /// The file is longer than any input that a guest is given.
    #[error("failed to pass {} to a module: it has more than {limit} bytes", file.display())]
    #[diagnostic(code(input_too_long), help("pass less, or split the work over several runs"))]
    InputFileTooLong {
        /// The file.
        file: PathBuf,
        /// The longest input.
        limit: usize,
    },
    /// An engine or the machine broke.
    #[error("failed to run {module}")]
    #[diagnostic(code(fault), help("this says nothing of the module: try another engine with --engine, and report it"))]
    Fault {
        /// The module, as a person knows it.
        module: String,
        /// What broke.
        source: Fault,
    },
    /// The module calls modules of its contract, which has more than can be called.
    #[error("failed to run {module}, which calls modules of its contract")]
    #[diagnostic(
        code(too_many_modules),
        help("every node refuses this: give the module, and what it calls, a contract of their own")
    )]
    TooManyModules {
        /// The module, as a person knows it.
        module: String,
        /// How many there are.
        source: TooManyModules,
    },
    /// Neither the commits nor the datastore have a module of this name.
    #[error("failed to find the module {path} in {place}")]
    #[diagnostic(code(module_not_found), help("{help}"))]
    ModuleNotFound {
        /// The module's path.
        path: String,
        /// Where it was looked for.
        place: String,
        /// What to do.
        help: String,
    },
    /// A file of the contract directory does not hold what it should.
    #[error("failed to understand {}: {reason}", file.display())]
    #[diagnostic(
        code(broken_contract_directory),
        help("the file was changed by something else than modal: bring it back from a copy of the contract directory")
    )]
    BrokenFile {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A commit that another one, or HEAD, names is not there.
    #[error("failed to find the commit {id}: there is no {}", file.display())]
    #[diagnostic(code(missing_commit), help("bring the file back from a copy of the contract directory"))]
    MissingCommit {
        /// The commit.
        id: Sha256Hash,
        /// Where it should be.
        file: PathBuf,
    },
    /// HEAD was moved, and the machine does not say whether that survives it.
    #[error("failed to make sure that {commit_id} survives a crash; it is the last commit now")]
    #[diagnostic(
        code(unsettled),
        help("mend the disk, then see with modal contract wasm-list before you upload again")
    )]
    Unsettled {
        /// The commit.
        commit_id: Sha256Hash,
        /// What the machine said.
        source: io::Error,
    },
    /// What was to be committed makes no commit.
    #[error("failed to make a commit: every node would refuse it")]
    #[diagnostic(code(no_commit), help("change what the cause names"))]
    NoCommit {
        /// Why.
        source: CommitFault,
    },
    /// A commit breaks a rule of contracts.
    #[error("failed to process the commit {commit_id}: {refusal}")]
    #[diagnostic(
        code(refused),
        help(
            "commits before it stay processed, and every node refuses this one: write the id of a commit before it into \
             .contract/HEAD and upload again what came after"
        )
    )]
    Refused {
        /// The commit.
        commit_id: Sha256Hash,
        /// Why.
        refusal: Box<Refusal>,
    },
    /// The datastore has commits of this contract that its directory has not.
    #[error("failed to go on in {datastore}: the last commit there, {last}, is none of this directory's")]
    #[diagnostic(
        code(diverged),
        help("two directories have the contract id {contract_id}: use the other directory, or another datastore")
    )]
    Diverged {
        /// The datastore.
        datastore: String,
        /// The contract.
        contract_id: String,
        /// The last commit in the datastore.
        last: String,
    },
    /// The contract processor broke.
    #[error("failed to process the commit {commit_id}")]
    #[diagnostic(
        code(processing_fault),
        help(
            "this says nothing of the commit, and those before it stay processed: mend what broke, then process again"
        )
    )]
    ProcessingFault {
        /// The commit.
        commit_id: Sha256Hash,
        /// What broke.
        source: Box<modal_validator::Fault>,
    },
    /// The folder for compiled code cannot be used.
    #[error("failed to keep compiled code in the folder that --cache names")]
    #[diagnostic(code(code_cache), help("name a folder that only you can write to, or leave --cache out"))]
    CodeCache {
        /// Why not.
        source: DiskCacheError,
    },
    /// There is no datastore yet.
    #[error("failed to find the datastore {}", file.display())]
    #[diagnostic(code(datastore_not_found), help("process the commits first: {help}"))]
    DatastoreNotFound {
        /// The file.
        file: PathBuf,
        /// The command that makes it.
        help: String,
    },
    /// The datastore does not do what it should.
    #[error(transparent)]
    #[diagnostic(code(datastore), help("{}", after_store(_0)))]
    Datastore(#[from] StoreError),
    /// The state in the datastore is nothing that the contract processor writes.
    #[error(transparent)]
    #[diagnostic(code(datastore_state), help("the datastore was changed by something else: process into a new one"))]
    State(Box<modal_validator::Fault>),
    /// A file or directory could not be used.
    #[error("failed to {action} {}", path.display())]
    #[diagnostic(code(io), help("{}", after_io(source)))]
    Io {
        /// What was attempted.
        action: &'static str,
        /// The file or directory.
        path: PathBuf,
        /// What the machine said.
        source: io::Error,
    },
    /// The result could not be printed.
    #[error("failed to print the result; the command itself is done")]
    #[diagnostic(code(output), help("is the disk full, or the reader gone?"))]
    Print {
        /// What the machine said.
        source: io::Error,
    },
    /// The command line is none.
    #[error("{message}")]
    #[diagnostic(code(usage), help("{help}"))]
    Usage {
        /// What is wrong with it.
        message: String,
        /// What to do.
        help: String,
    },
}

impl Error {
    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { action, path: path.to_owned(), source }
    }

    /// The number that a command ends with for this error.
    #[must_use]
    pub fn exit(&self) -> Exit {
        match self {
            Self::ModuleName(_)
            | Self::ContractId { .. }
            | Self::NoContractName { .. }
            | Self::GasLimit(_)
            | Self::InputTooLong { .. }
            | Self::InputFileTooLong { .. }
            | Self::NoCommit { .. }
            | Self::Usage { .. } => Exit::Usage,
            Self::Rejected { .. } | Self::WasmFileTooLong { .. } | Self::TooManyModules { .. } => Exit::Rejected,
            Self::Refused { .. } => Exit::Refused,
            Self::Fault { .. } => Exit::Fault,
            Self::ProcessingFault { source, .. } | Self::State(source) => match **source {
                modal_validator::Fault::Engine(_) | modal_validator::Fault::Meter(_) => Exit::Fault,
                modal_validator::Fault::Store(_) | modal_validator::Fault::State { .. } => Exit::Failed,
            },
            Self::NotAContractDirectory { .. }
            | Self::ContractExists { .. }
            | Self::WasmFileNotFound { .. }
            | Self::ModuleNotFound { .. }
            | Self::BrokenFile { .. }
            | Self::CodeCache { .. }
            | Self::MissingCommit { .. }
            | Self::Unsettled { .. }
            | Self::Diverged { .. }
            | Self::DatastoreNotFound { .. }
            | Self::Datastore(_)
            | Self::Io { .. }
            | Self::Print { .. } => Exit::Failed,
        }
    }

    /// The error for programs: `{"error": {"code", "message", "causes", "help"}}`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let text = |part: Option<Box<dyn std::fmt::Display + '_>>| part.map(|part| part.to_string());
        json!({ "error": {
            "code": text(self.code()),
            "message": self.message(),
            "causes": self.causes().collect::<Vec<_>>(),
            "help": text(self.help()),
        } })
    }

    /// The error for people, with the escape codes of colours. Lines are not broken: they hold paths.
    #[must_use]
    pub fn to_text(&self) -> String {
        let (red, cyan) = (AnsiColor::Red.on_default().bold(), AnsiColor::Cyan.on_default().bold());
        let mut text = format!("{red}error:{red:#} {}\n", printable(&self.message()));
        for cause in self.causes() {
            text += &format!("  {red}cause:{red:#} {}\n", printable(&cause));
        }
        if let Some(help) = self.help() {
            text += &format!("  {cyan}help:{cyan:#} {}\n", printable(&help.to_string()));
        }
        text
    }

    /// The error in one line: parsers of modules spread theirs over several.
    fn message(&self) -> String {
        self.to_string().lines().map(str::trim).collect::<Vec<_>>().join(" ")
    }

    fn causes(&self) -> impl Iterator<Item = String> {
        let mut next = self.source();
        std::iter::from_fn(move || {
            let cause = next?;
            next = cause.source();
            Some(cause.to_string())
        })
    }
}

fn after_rejection(rejection: &Rejection) -> &'static str {
    use modal_wasm_meter::RejectionKind::{Feature, Import, Invalid, Limit, Malformed, MeterDefect, ReservedExport};
    match rejection.kind {
        Malformed => "a module is a binary that begins with the bytes 00 61 73 6d; text has to be compiled: wat2wasm",
        Invalid => "the compiler that made it, or what ran after it, is at fault: check with wasm-validate",
        Feature => "the profile modal-1 leaves this feature out: switch it off in the compiler",
        Limit => "make the module smaller: every node has the same limits",
        Import => {
            "a module can import env.abort and what composition offers, and nothing else: build without a system interface"
        }
        ReservedExport => "rename the export: names that begin with modal: belong to the meter",
        MeterDefect => "this is a bug of the meter: please report it with the module",
    }
}

fn after_store(error: &StoreError) -> &'static str {
    match error {
        StoreError::InUse { .. } => "wait for the other program to end, or share a PostgreSQL server",
        StoreError::Format { .. } => "name another datastore with --datastore",
        StoreError::Broken { .. } => "is the server running, and its address right? is there a place for the file?",
        StoreError::Conflict { .. } | StoreError::UnknownOutcome { .. } => {
            "run the command again: what is processed is not processed twice"
        }
        StoreError::HashMismatch { .. } | StoreError::MissingBytes { .. } | StoreError::InvalidRecord { .. } => {
            "the datastore is damaged: bring it back from a copy, or process the commits into a new one"
        }
        StoreError::InvalidKey { .. }
        | StoreError::TooLarge { .. }
        | StoreError::WrongHash { .. }
        | StoreError::Aborted
        | StoreError::FailedBefore { .. } => "this is a bug: please report it with the contract directory",
    }
}

fn after_io(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "is the path right?",
        io::ErrorKind::PermissionDenied => "does your user have the right to do this?",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room on the disk and try again",
        io::ErrorKind::ReadOnlyFilesystem => "the disk is mounted for reading only",
        io::ErrorKind::AlreadyExists => "something else is in its place: move it away",
        io::ErrorKind::NotADirectory => "something on the way is a file, not a directory",
        io::ErrorKind::IsADirectory => "it is a directory, and a file is needed",
        io::ErrorKind::InvalidData => "the file holds other than UTF-8 text",
        // The kinds are an open list: for the rest, what the machine said has to do.
        _ => "the cause is what the machine said",
    }
}
