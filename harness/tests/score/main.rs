//! `cargo conform score`: how strong is the harness? It is a test program of its own, since bugs can be planted in tests
//! only.

mod arguments;
#[path = "../conformance/common.rs"]
mod common;
mod progress;
mod report;
#[path = "lib.rs"]
mod score;

use arguments::{Arguments, Form};
use clap::Parser as _;
use progress::Progress;
use report::Report;
use score::campaign::{Plan, run};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let (seed, cases) = (arguments.seed, arguments.cases);
    let bugs = match arguments.bugs() {
        Ok(bugs) => bugs,
        Err(wrong) => {
            anstream::eprintln!("error: {wrong}");
            return Report::USAGE.into();
        }
    };
    if arguments.list {
        bugs.iter().for_each(|bug| anstream::println!("{:<14} {}", bug.class, bug.name));
        return ExitCode::SUCCESS;
    }
    let progress = Progress::new(cases, bugs.len());
    let score = run(Plan { seed, cases, jobs: arguments.jobs(), bugs }, &progress);
    let report = Report { seed, cases, whole: arguments.whole(), took: progress.finish(), score: &score };
    match arguments.message_format {
        Form::Human => report.print(),
        Form::Json => anstream::println!("{:#}", report.json()),
    }
    report.exit()
}
