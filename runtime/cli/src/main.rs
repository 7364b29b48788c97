//! `modal`: makes contracts, uploads WebAssembly modules to them, runs and processes them.

use std::process::ExitCode;

fn main() -> ExitCode {
    modal_cli::run(std::env::args_os()).into()
}
