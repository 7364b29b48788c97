//! `score`: how strong the harness is, by bugs that are planted.

use super::exit::Exit;
use super::{MessageFormat, built};
use anyhow::Context as _;
use clap::{Args, value_parser};
use modal_harness::LaneKind;
use std::process::{Command, ExitCode};

/// Bugs cannot be planted in this program, only in tests: it builds the test program `score` of the package modal-harness,
/// as `cargo test --package modal-harness --test score` does, hands its options on to it, and ends as that ends.
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
    /// Only the first so many bugs of each class.
    #[arg(long, value_name = "N")]
    per_class: Option<usize>,
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

/// Builds and runs the test program that plants bugs.
pub(super) fn run(arguments: &ScoreArguments) -> anyhow::Result<ExitCode> {
    if !arguments.list {
        built::worker(&[LaneKind::Node])?;
        built::guest()?;
    }
    let program = built::test_program("score")?;
    let status = Command::new(&program)
        .args(arguments.handed_on())
        .status()
        .with_context(|| format!("failed to start {}", program.display()))?;
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
        options.extend(option("per-class", self.per_class.map(|bugs| bugs.to_string())));
        options.extend(option("jobs", self.jobs.map(|jobs| jobs.to_string())));
        options.extend(self.list.then(|| "--list".to_owned()));
        options
    }
}

#[cfg(test)]
mod tests {
    use super::ScoreArguments;
    use clap::Parser;

    #[derive(Parser)]
    struct Only {
        #[command(flatten)]
        score: ScoreArguments,
    }

    #[test]
    fn every_option_is_handed_on() {
        let given = [
            "--seed=7",
            "--cases=5",
            "--message-format=json",
            "--class=nans",
            "--bug=f64.min may",
            "--per-class=2",
            "--jobs=3",
            "--list",
        ];
        let parsed = Only::try_parse_from(["score"].iter().chain(&given)).expect("they are options of the command");
        assert_eq!(parsed.score.handed_on(), given);
    }
}
