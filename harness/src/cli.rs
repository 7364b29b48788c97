//! The command line.

mod built;
mod case_text;
mod corpus;
mod exec;
mod exit;
mod explain;
mod finding;
mod gen_case;
mod kind;
mod lanes;
mod progress;
mod reduce;
mod replay;
mod report;
mod run;
mod score;
mod show;
mod worker;

use clap::{Args, Parser, Subcommand, ValueEnum};
use exit::Exit;
use modal_harness::{ForeignLane, LaneKind, LaneSet, WorkerCommand};
use std::process::ExitCode;

/// Runs WebAssembly modules on Wasmtime, wasmi and the JS SDK and checks that results, traps, memory and gas are the
/// same everywhere.
#[derive(Debug, Parser)]
#[command(name = "cargo conform", bin_name = "cargo conform", version)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Generates cases and judges them on every lane.
    Run(run::RunArguments),
    /// Prints the case of a seed.
    Gen(gen_case::GenArguments),
    /// Runs any module on every lane and shows what each sees, side by side.
    Exec(exec::ExecArguments),
    /// Judges the case of a repro folder again.
    Replay(replay::ReplayArguments),
    /// Makes findings as small as they get, and tells those apart that are different.
    Reduce(reduce::ReduceArguments),
    /// Tells what differs in a finding, and where in its module.
    Explain(explain::ExplainArguments),
    /// Judges the cases of the corpus, or rewrites their expectations.
    Corpus(corpus::CorpusArguments),
    /// Plants bugs in the meter, the adapters, the judge and the engines and counts the cases until each is noticed.
    Score(score::ScoreArguments),
    /// Lists the lanes.
    Lanes(lanes::LanesArguments),
    /// Serves a lane over standard input and output.
    #[command(hide = true)]
    Worker(worker::WorkerArguments),
}

/// Which lanes, told how.
#[derive(Clone, Debug, Args)]
struct LaneArguments {
    /// The lanes to run, separated by commas. The reference always runs.
    #[arg(long, value_delimiter = ',', default_values_t = LaneKind::DEFAULT, value_name = "LANES")]
    lanes: Vec<LaneKind>,
    /// One more lane: any program that speaks the worker protocol, started by these words. Repeat it for more.
    #[arg(long = "worker", value_name = "NAME=COMMAND")]
    foreign: Vec<ForeignLane>,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    message_format: MessageFormat,
}

/// The form of what is printed to standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum MessageFormat {
    /// Text.
    Human,
    /// One JSON document.
    Json,
}

impl LaneArguments {
    /// The lanes, none of them twice: a lane that agrees with itself would count as two.
    fn lanes(&self) -> anyhow::Result<&[LaneKind]> {
        for (index, lane) in self.lanes.iter().enumerate() {
            anyhow::ensure!(!self.lanes[..index].contains(lane), Misuse(format!("--lanes names {lane} twice")));
        }
        for (index, lane) in self.foreign.iter().enumerate() {
            let twice = self.foreign[..index].iter().any(|other| other.name == lane.name);
            anyhow::ensure!(!twice, Misuse(format!("--worker names {} twice", lane.name)));
        }
        Ok(&self.lanes)
    }

    /// The lanes as words of a command line, with a space before each; nothing for the default lanes.
    fn words(&self) -> String {
        let mut words = String::new();
        if self.lanes != LaneKind::DEFAULT {
            words += " --lanes ";
            words += &self.lanes.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        }
        for ForeignLane { name, command: WorkerCommand { program, args, .. }, .. } in &self.foreign {
            let command = std::iter::once(program).chain(args).map(|word| word.to_string_lossy()).collect::<Vec<_>>();
            words += &format!(" --worker '{name}={}'", command.join(" "));
        }
        words
    }

    /// Opens the lanes.
    fn open(&self) -> anyhow::Result<LaneSet> {
        self.open_those(|_| true)
    }

    /// Opens the lanes whose names are wanted.
    fn open_those(&self, wanted: impl Fn(&str) -> bool) -> anyhow::Result<LaneSet> {
        let known = self.lanes()?.iter().copied().filter(|lane| wanted(&lane.to_string())).collect::<Vec<_>>();
        let foreign = self.foreign.iter().filter(|lane| wanted(&lane.name)).cloned().collect::<Vec<_>>();
        Ok(LaneSet::open(&known, &built::worker(&known)?)?.and_foreign(&foreign)?)
    }
}

/// A command line that clap takes and that cannot be carried out.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Misuse(String);

impl Arguments {
    pub(crate) fn run(self) -> ExitCode {
        let exit = match self.command {
            Command::Run(arguments) => run::run(&arguments),
            Command::Gen(arguments) => gen_case::run(&arguments),
            Command::Exec(arguments) => exec::run(&arguments),
            Command::Replay(arguments) => replay::run(&arguments),
            Command::Reduce(arguments) => reduce::run(&arguments),
            Command::Explain(arguments) => explain::run(&arguments),
            Command::Corpus(arguments) => corpus::run(&arguments),
            // It ends as what it starts does.
            Command::Score(arguments) => return score::run(&arguments).unwrap_or_else(failed),
            Command::Lanes(arguments) => lanes::run(&arguments),
            Command::Worker(arguments) => worker::run(&arguments),
        };
        exit.map_or_else(failed, ExitCode::from)
    }
}

fn failed(error: anyhow::Error) -> ExitCode {
    anstream::eprintln!("error: {error:#}");
    let exit = if error.is::<Misuse>() { Exit::Usage } else { Exit::SetUp };
    exit.into()
}
