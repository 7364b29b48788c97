//! `specification`: carries out the specification's official tests on the lanes.

use super::LaneArguments;
use super::MessageFormat;
use super::exit::Exit;
use super::progress::Progress;
use clap::Args;
use modal_harness::Panel;
use modal_harness::specification::{self, Report};
use serde_json::json;

#[derive(Debug, Args)]
pub(super) struct SpecificationArguments {
    #[command(flatten)]
    lanes: LaneArguments,
}

pub(super) fn run(arguments: &SpecificationArguments) -> anyhow::Result<Exit> {
    let mut panel = Panel::new(arguments.lanes.open()?)?;
    let progress = Progress::of(specification::count() as u64, "files");
    let report = specification::examine(&mut panel, |_| progress.advance(1));
    progress.finish();
    let failures = report.failures();
    let lanes = panel.lanes().into_iter().map(|lane| lane.name).collect::<Vec<_>>();
    match arguments.lanes.message_format {
        MessageFormat::Human => print(&report, &failures, &lanes),
        MessageFormat::Json => {
            let document = json!({
                "suite": specification::SUITE,
                "lanes": lanes,
                "expected": Report::EXPECTED,
                "passed": report.passed(),
                "excluded": report.excluded(),
                "failures": failures,
            });
            anstream::println!("{}", serde_json::to_string_pretty(&document)?);
        }
    }
    Ok(if failures.is_empty() { Exit::Agree } else { Exit::Diverge })
}

fn print(report: &Report, failures: &[String], lanes: &[String]) {
    failures.iter().for_each(|failure| anstream::println!("{failure}"));
    for (reason, directives) in &report.excluded().0 {
        anstream::println!("{directives:>6} not run: each {reason}");
    }
    anstream::println!(
        "{} of {} directives of {} passed; lanes {} and the reference",
        report.passed(),
        Report::EXPECTED,
        specification::SUITE,
        lanes.join(", "),
    );
}
