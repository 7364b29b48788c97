#![doc = include_str!("../README.md")]

mod arguments;
mod call;
mod code_cache;
mod commit_file;
mod contract_directory;
mod create;
mod datastore;
mod disk;
mod error;
mod exit;
mod hint;
mod history;
mod module_argument;
mod module_source;
mod pages;
mod process;
mod program;
mod report;
mod upload_action;
mod wasm_file;
mod wasm_list;
mod wasm_run;
mod wasm_show;
mod wasm_upload;

pub use arguments::Arguments;
pub use commit_file::{CommitFault, CommitFile};
pub use contract_directory::ContractDirectory;
pub use error::Error;
pub use exit::Exit;
pub use history::History;
pub use module_argument::module_name;
pub use program::run;
