//! `corpus`: judges the cases of the corpus, or rewrites their expectations.

mod add;

use super::exit::Exit;
use super::{LaneArguments, built};
use add::AddArguments;
use clap::{Args, Subcommand};
use modal_harness::corpus::{CorpusCase, CorpusError, files};
use modal_harness::observation::{HostCall, ModuleCall, ModuleObservation, Outcome};
use modal_harness::{Call, Observation, Panel, Run};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct CorpusArguments {
    #[command(subcommand)]
    command: Option<CorpusCommand>,
    /// Files or folders; the whole corpus unless told.
    paths: Vec<PathBuf>,
    /// Rewrite the expectations to what all lanes and the reference agree on.
    #[arg(long)]
    bless: bool,
    /// Print each run with its outcome and its gas.
    #[arg(long)]
    show: bool,
    /// Take the cases' modules from this folder, by their files' names, and compare outcomes only: another build of a
    /// module gives the same outputs for another gas.
    #[arg(long, value_name = "DIR", conflicts_with = "bless")]
    rebuilt: Option<PathBuf>,
    #[command(flatten)]
    lanes: LaneArguments,
}

#[derive(Debug, Subcommand)]
enum CorpusCommand {
    /// Keeps a reduced finding as a case of the corpus, under `corpus/regressions`.
    Add(AddArguments),
}

pub(super) fn run(arguments: &CorpusArguments) -> anyhow::Result<Exit> {
    if let Some(CorpusCommand::Add(arguments)) = &arguments.command {
        return add::run(arguments);
    }
    let mut panel = Panel::new(arguments.lanes.open_apart()?)?;
    let paths = if arguments.paths.is_empty() {
        ["cases", "examples", "regressions"].map(|folder| built::project().join("corpus").join(folder)).to_vec()
    } else {
        arguments.paths.clone()
    };
    let mut cases = Vec::new();
    for path in paths {
        cases.extend(if path.is_dir() { files(&path)? } else { vec![path] });
    }
    let (mut right, mut wrong) = (0_usize, 0_usize);
    for path in &cases {
        match hear(&mut panel, path, arguments) {
            Ok(()) => right += 1,
            Err(error) => {
                wrong += 1;
                anstream::println!("{error}");
            }
        }
    }
    let names = panel.lanes().into_iter().map(|lane| lane.name).collect::<Vec<_>>().join(", ");
    anstream::println!("{right} passed, {wrong} failed; lanes {names} and the reference");
    Ok(match (right, wrong) {
        (0, 0) => Exit::NothingRan,
        (_, 0) => Exit::Agree,
        (_, _) => Exit::Diverge,
    })
}

fn hear(panel: &mut Panel, path: &Path, arguments: &CorpusArguments) -> Result<(), CorpusError> {
    let case = CorpusCase::read(path)?;
    let seen = match &arguments.rebuilt {
        Some(folder) => case.clone().rebuilt(folder)?.check_outcomes(panel)?,
        None if arguments.bless => {
            let seen = case.hear(panel)?;
            if case.bless(&seen)? {
                anstream::println!("rewrote {}", path.display());
            }
            seen
        }
        None => case.check(panel)?,
    };
    if arguments.show {
        show(&case, &seen);
    }
    Ok(())
}

/// Prints a case for a person: what goes in and what comes out, as it is.
fn show(case: &CorpusCase, seen: &Observation) {
    anstream::println!("{}", case.about);
    if let ModuleObservation::Rejected { kind, message } = &seen.module {
        anstream::println!("  rejected {kind}: {message}");
    }
    for ((run, about), seen) in case.case.runs.iter().zip(&case.runs_about).zip(&seen.runs) {
        anstream::println!();
        if let Some(about) = about {
            anstream::println!("# {about}");
        }
        for (number, step) in seen.steps.iter().enumerate() {
            let (text, limit) = asked(run, number);
            anstream::println!("> {text}");
            match &step.outcome {
                Outcome::Output(text) => anstream::println!("< {text}"),
                Outcome::Completed(_) | Outcome::Trapped(_) | Outcome::Violated(_) => {
                    anstream::println!("< {}", step.outcome);
                }
            }
            show_calls(&step.host_calls, 1);
            anstream::println!("  gas {} of {limit}", step.gas_used);
        }
    }
    anstream::println!();
}

/// Prints the calls of other modules, with the calls that those made.
fn show_calls(calls: &[HostCall], depth: usize) {
    for called in calls.iter().filter_map(|call| call.called.as_ref()) {
        let ModuleCall { name, returned, gas_limit, gas_used, host_calls, .. } = called;
        let indent = "  ".repeat(depth);
        anstream::println!("{indent}called {name:?}: returned {returned} for {gas_used} of {gas_limit} gas");
        show_calls(host_calls, depth + 1);
    }
}

/// What a step was asked to do, and under which limit.
fn asked(run: &Run, number: usize) -> (String, u64) {
    match run {
        Run::Abi { method, input, gas } => (format!("{method} {input}").trim_end().to_owned(), *gas),
        Run::Exports { start_gas, calls } => match number.checked_sub(1).and_then(|call| calls.get(call)) {
            None => ("start".into(), *start_gas),
            Some(Call { export, args, gas }) => {
                (args.iter().fold(export.clone(), |text, arg| format!("{text} {arg}")), *gas)
            }
        },
    }
}
