//! The arguments are what a person types: every command, its options, and their help.

use crate::exit::Exit;
use crate::report::Output;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use modal_wasm_runtime::{DEFAULT_GAS_LIMIT, EngineConfig};
use std::path::PathBuf;

/// Makes contracts, uploads WebAssembly modules to them, runs and processes them.
#[derive(Debug, Parser)]
#[command(name = "modal", version, after_long_help = exits())]
pub struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Works on a contract.
    #[command(subcommand)]
    Contract(ContractCommand),
    /// Prints a script that completes commands in a shell.
    Completions(CompletionsArguments),
    /// Prints the manual, or writes a page for each command.
    Man(ManArguments),
}

#[derive(Debug, Subcommand)]
pub(crate) enum ContractCommand {
    /// Makes a contract in a directory.
    Create(CreateArguments),
    /// Uploads a module: commits it to the contract.
    WasmUpload(UploadArguments),
    /// Lists the contract's modules.
    WasmList(ListArguments),
    /// Shows a module of the contract: what it is, what it exports, how it came to be.
    WasmShow(ShowArguments),
    /// Runs a method of a module, of the contract or in a file.
    ///
    /// A module of the contract can call the contract's other modules, by their paths with or without `.wasm`: those that
    /// stand in the commits or the datastore in which it was found itself.
    WasmRun(RunArguments),
    /// Processes the contract's commits into a datastore.
    Process(ProcessArguments),
}

#[derive(Debug, Args)]
pub(crate) struct CreateArguments {
    #[command(flatten)]
    pub(crate) directory: DirectoryArguments,
    /// The contract's name, which its first commit posts to /name.text. By default, the directory's.
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// The contract's id. By default, the id of its first commit: contracts of one name have one id.
    #[arg(long, value_name = "ID")]
    pub(crate) id: Option<String>,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Debug, Args)]
pub(crate) struct UploadArguments {
    #[command(flatten)]
    pub(crate) directory: DirectoryArguments,
    /// The module to upload.
    #[arg(long, value_name = "FILE")]
    pub(crate) wasm_file: PathBuf,
    /// The module's name: `validator` and `/validator.wasm` are the same, and so are `custom/logic` and
    /// `/custom/logic.wasm`.
    #[arg(long, value_name = "NAME")]
    pub(crate) module_name: String,
    /// The gas that a run of the module is given.
    #[arg(long, value_name = "GAS", default_value_t = DEFAULT_GAS_LIMIT)]
    pub(crate) gas_limit: u64,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Debug, Args)]
pub(crate) struct ListArguments {
    #[command(flatten)]
    pub(crate) directory: DirectoryArguments,
    #[command(flatten)]
    pub(crate) datastore: DatastoreArguments,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Debug, Args)]
pub(crate) struct ShowArguments {
    #[command(flatten)]
    pub(crate) directory: DirectoryArguments,
    /// The module.
    #[arg(long, value_name = "NAME")]
    pub(crate) module_name: String,
    #[command(flatten)]
    pub(crate) datastore: DatastoreArguments,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Debug, Args)]
pub(crate) struct RunArguments {
    #[command(flatten)]
    pub(crate) directory: DirectoryArguments,
    #[command(flatten)]
    pub(crate) module: ModuleArguments,
    /// The method to call.
    #[arg(long, value_name = "METHOD")]
    pub(crate) method: String,
    /// What the method is given.
    #[arg(long, value_name = "JSON", default_value = "{}", allow_hyphen_values = true)]
    pub(crate) args: String,
    /// A file that holds what the method is given.
    #[arg(long, value_name = "FILE", conflicts_with = "args")]
    pub(crate) args_file: Option<PathBuf>,
    /// The engine to run on.
    #[arg(long, value_name = "ENGINE", default_value_t = EngineConfig::default(), value_parser = engines())]
    pub(crate) engine: EngineConfig,
    #[command(flatten)]
    pub(crate) cache: CacheArguments,
    /// The gas that the run is given. By default, the module's own limit.
    #[arg(long, value_name = "GAS")]
    pub(crate) gas_limit: Option<u64>,
    #[command(flatten)]
    pub(crate) datastore: DatastoreArguments,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

/// Which module.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct ModuleArguments {
    /// The module of the contract.
    #[arg(long, value_name = "NAME")]
    pub(crate) module_name: Option<String>,
    /// A module in a file; no contract is needed, and there are no other modules for it to call.
    #[arg(long, value_name = "FILE", conflicts_with = "datastore")]
    pub(crate) wasm_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ProcessArguments {
    #[command(flatten)]
    pub(crate) directory: DirectoryArguments,
    /// The datastore: a file, or the address of a PostgreSQL server (postgres://…). By default, the contract's own file,
    /// .contract/datastore.redb.
    #[arg(long, value_name = "DATASTORE")]
    pub(crate) datastore: Option<String>,
    /// The time that the commits are processed at, in seconds since 1970. No clock is asked: two machines that process the
    /// same commits must come to the same state.
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    pub(crate) timestamp: u64,
    /// The engine to run programs on.
    #[arg(long, value_name = "ENGINE", default_value_t = EngineConfig::default(), value_parser = engines())]
    pub(crate) engine: EngineConfig,
    #[command(flatten)]
    pub(crate) cache: CacheArguments,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Debug, Args)]
pub(crate) struct CacheArguments {
    /// A folder of yours alone in which compiled code is kept, so that a module is compiled once. Made if it is not there.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) cache: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct DirectoryArguments {
    /// The contract's directory, or one within it.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) dir: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct DatastoreArguments {
    /// Look into a datastore instead of the commits: into the contract's own file, or with `=` into another file or a
    /// PostgreSQL server (postgres://…).
    #[arg(long, value_name = "DATASTORE", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub(crate) datastore: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct OutputArguments {
    /// For people or for programs.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(crate) output: Output,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArguments {
    /// The shell.
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}

#[derive(Debug, Args)]
pub(crate) struct ManArguments {
    /// Where to write a page for each command. Without it, the first page is printed.
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
}

impl Arguments {
    /// The form in which the command prints.
    pub(crate) fn output(&self) -> Output {
        match &self.command {
            Command::Contract(command) => command.output().output,
            Command::Completions(_) | Command::Man(_) => Output::Text,
        }
    }
}

impl ContractCommand {
    fn output(&self) -> &OutputArguments {
        match self {
            Self::Create(arguments) => &arguments.output,
            Self::WasmUpload(arguments) => &arguments.output,
            Self::WasmList(arguments) => &arguments.output,
            Self::WasmShow(arguments) => &arguments.output,
            Self::WasmRun(arguments) => &arguments.output,
            Self::Process(arguments) => &arguments.output,
        }
    }
}

fn engines() -> impl clap::builder::TypedValueParser<Value = EngineConfig> {
    PossibleValuesParser::new(EngineConfig::ALL.map(EngineConfig::name)).try_map(|name| name.parse::<EngineConfig>())
}

/// The exits, as the help and the manual list them.
fn exits() -> String {
    let line = |exit: Exit| format!("  {}  {}\n", exit.code(), exit.meaning());
    format!("Exit codes:\n{}", Exit::ALL.map(line).concat())
}
