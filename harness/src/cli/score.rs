//! `score`: how strong the harness is, by bugs that are planted.

use super::exit::Exit;
use super::{MessageFormat, built};
use anyhow::Context as _;
use clap::{Args, value_parser};
use modal_harness::LaneKind;
use std::process::{Command, ExitCode};

/// Bugs cannot be planted in this program, only in tests: this runs
/// `cargo test --package modal-harness --test score -- …`, prints what that prints and ends as that ends.
#[derive(Debug, Args)]
pub(super) struct ScoreArguments {
    /// The seed of the cases, which are those of `run`.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Cases after which a bug counts as not noticed.
    #[arg(long, default_value_t = 2000, value_name = "BUDGET")]
    cases: u64,
    /// Only the bugs of this class.
    #[arg(long, value_name = "NAME")]
    class: Option<String>,
    /// Only the bugs with this in their names.
    #[arg(long, value_name = "NAME")]
    bug: Option<String>,
    /// How many threads; the number of cores unless told.
    #[arg(long, value_parser = value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// List the bugs and run nothing.
    #[arg(long)]
    list: bool,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    message_format: MessageFormat,
}

/// Runs the test program that plants bugs.
pub(super) fn run(arguments: &ScoreArguments) -> anyhow::Result<ExitCode> {
    if !arguments.list {
        built::worker(&[LaneKind::Node])?;
        built::guest()?;
    }
    let status = Command::new(env!("CARGO"))
        .args(["test", "--quiet", "--package", "modal-harness", "--test", "score", "--"])
        .args(arguments.handed_on())
        .current_dir(built::project())
        .status()
        .context("failed to start cargo to build the test that plants bugs")?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or_else(|| Exit::SetUp.into(), ExitCode::from))
}

impl ScoreArguments {
    fn handed_on(&self) -> Vec<String> {
        let form = match self.message_format {
            MessageFormat::Human => "human",
            MessageFormat::Json => "json",
        };
        let option = |name: &str, value: Option<String>| value.map(|value| format!("--{name}={value}"));
        let mut options = vec![
            format!("--seed={}", self.seed),
            format!("--cases={}", self.cases),
            format!("--message-format={form}"),
        ];
        options.extend(option("class", self.class.clone()));
        options.extend(option("bug", self.bug.clone()));
        options.extend(option("jobs", self.jobs.map(|jobs| jobs.to_string())));
        options.extend(self.list.then(|| "--list".to_owned()));
        options
    }
}
