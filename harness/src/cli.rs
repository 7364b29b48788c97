//! The command line.

mod built;
mod campaign;
mod case_text;
mod certification;
mod certify;
mod corpus;
mod diff;
mod exec;
mod exit;
mod explain;
mod finding;
mod gen_case;
mod html_report;
mod keygen;
mod kind;
mod lane_arguments;
mod lanes;
mod progress;
mod reduce;
mod replay;
mod report;
mod run;
mod score;
mod secret;
mod show;
mod sign;
mod specification;
mod trends;
mod verify;
mod worker;

use clap::{Parser, Subcommand, ValueEnum};
use exit::Exit;
use lane_arguments::LaneArguments;
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
    /// Runs many cases on many machines, and adds up what they find.
    Campaign(campaign::CampaignArguments),
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
    /// Carries out the specification's official tests on every lane.
    Specification(specification::SpecificationArguments),
    /// Plants bugs in the meter, the adapters, the judge and the engines and counts the cases until each is noticed.
    Score(score::ScoreArguments),
    /// Puts a release to everything there is and writes what it agreed on.
    Certify(certify::CertifyArguments),
    /// Tells whether a certificate is to be believed.
    Verify(verify::VerifyArguments),
    /// Tells what two certifications do not have in common.
    Diff(diff::DiffArguments),
    /// Makes a key that signs certificates.
    Keygen(keygen::KeygenArguments),
    /// Adds signatures to a certificate.
    Sign(sign::SignArguments),
    /// Makes the page that shows a certification: one file that needs nothing else.
    Report(html_report::HtmlReportArguments),
    /// Notes what runs measured, a line for each, and makes the page that shows how that changes.
    Trends(trends::TrendsArguments),
    /// Lists the lanes: what each is, and whether it can run here; or installs what some need.
    Lanes(lanes::LanesArguments),
    /// Serves a lane over standard input and output.
    #[command(hide = true)]
    Worker(worker::WorkerArguments),
}

/// The form of what is printed to standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum MessageFormat {
    /// Text.
    Human,
    /// One JSON document.
    Json,
}

/// A command line that clap takes and that cannot be carried out.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Misuse(String);

impl Arguments {
    pub(crate) fn run(self) -> ExitCode {
        let exit = match self.command {
            Command::Run(arguments) => run::run(&arguments),
            Command::Campaign(arguments) => campaign::run(&arguments),
            Command::Gen(arguments) => gen_case::run(&arguments),
            Command::Exec(arguments) => exec::run(&arguments),
            Command::Replay(arguments) => replay::run(&arguments),
            Command::Reduce(arguments) => reduce::run(&arguments),
            Command::Explain(arguments) => explain::run(&arguments),
            Command::Corpus(arguments) => corpus::run(&arguments),
            Command::Specification(arguments) => specification::run(&arguments),
            // It ends as what it starts does.
            Command::Score(arguments) => return score::run(&arguments).unwrap_or_else(failed),
            Command::Certify(arguments) => certify::run(&arguments),
            Command::Verify(arguments) => verify::run(&arguments),
            Command::Diff(arguments) => diff::run(&arguments),
            Command::Keygen(arguments) => keygen::run(&arguments),
            Command::Sign(arguments) => sign::run(&arguments),
            Command::Report(arguments) => html_report::run(&arguments),
            Command::Trends(arguments) => trends::run(&arguments),
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
