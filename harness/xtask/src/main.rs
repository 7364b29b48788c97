//! The project's own tasks: `cargo xtask <task>`.

mod bless;
mod browser;
mod certification;
mod clang;
mod debian;
mod example;
mod fuzz;
mod guests;
mod lane;
mod library;
mod postgres;
mod python;
mod sdk;
mod slurm;
mod task;
mod test;
mod tool;
mod toolchain;

use clap::{Parser, Subcommand};
use std::num::NonZeroU32;
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
    /// Build an example's guest and run its cases on every lane; without a name, list the examples.
    Example {
        /// The example's folder in `corpus/examples`.
        name: Option<String>,
        /// Build all of them, and run their cases with what was built: outputs only.
        #[arg(long, conflicts_with = "name")]
        all: bool,
        /// Commit what was built in place of the module that is there, and rewrite the expectations; review the
        /// difference.
        #[arg(long, requires = "name")]
        bless: bool,
    },
    /// Build what is missing, then run every check that the project has.
    Test,
    /// Certify in small, twice: compare the bytes, verify, replay a sample, and see that a lane that lies gets none.
    Certification,
    /// Kill programs that commit to a datastore, and the server they commit to, and judge what they leave: the tests do
    /// it some hundred times, this as often as you like.
    Crash {
        /// How often a program is killed on each kind of store; the server is killed once in 75 rounds.
        #[arg(long, default_value_t = 3000)]
        rounds: u64,
    },
    /// Fuzz a target with libFuzzer and keep what it finds; without a target, list them. Needs a nightly compiler.
    Fuzz {
        /// The target.
        target: Option<String>,
        /// How long.
        #[arg(long, default_value = "5", requires = "target")]
        minutes: NonZeroU32,
        /// How many processes.
        #[arg(long, default_value = "1", requires = "target")]
        jobs: NonZeroU32,
    },
    /// Install the tools in Python that tests need: a server of S3, and checks of manifests.
    Python,
    /// Hold the manifests of campaigns, for Kubernetes and for CI, against the published schemas.
    Manifests,
    /// Run a campaign as an array on a cluster of Slurm that is started for it, with a task queued again and a node killed, and
    /// compare every byte with what one process leaves.
    Slurm,
    /// Rewrite the corpus' expectations from what the reference says; review the difference before you commit it.
    Bless,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Sdk => sdk::build(),
        Task::Guests => guests::build().map(drop),
        Task::Certification => certification::check(),
        Task::Example { name: Some(name), bless, .. } => example::run(&name, bless),
        Task::Example { all: true, .. } => example::run_all(),
        Task::Example { .. } => {
            example::list();
            Ok(())
        }
        Task::Test => test::run(),
        Task::Crash { rounds } => postgres::crash(rounds),
        Task::Fuzz { target: Some(target), minutes, jobs } => fuzz::run(&target, &fuzz::Plan { minutes, jobs }),
        Task::Fuzz { target: None, .. } => fuzz::list(),
        Task::Python => python::require(),
        Task::Manifests => python::check_manifests(),
        Task::Slurm => slurm::test(),
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
