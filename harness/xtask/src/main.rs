//! The project's own tasks: `cargo xtask <task>`.

mod bless;
mod browser;
mod debian;
mod guests;
mod library;
mod sdk;
mod task;
mod test;
mod toolchain;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds the SDK, runs the tests, rewrites expectations.")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the meter and the validators for the JavaScript SDK: `runtime/sdk/dist`.
    Sdk,
    /// Build the validators as a guest: `validators/dist`.
    Guests,
    /// Build what is missing, then run every check that the project has.
    Test,
    /// Rewrite the corpus' expectations from what the reference says; review the difference before you commit it.
    Bless,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Sdk => sdk::build(),
        Task::Guests => guests::build(),
        Task::Test => test::run(),
        Task::Bless => bless::run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
