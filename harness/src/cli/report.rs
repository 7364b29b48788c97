//! The report of a run, for people.

use super::exit::Exit;
use super::kind::KindName;
use modal_harness::coverage::{Coverage, due};
use modal_harness::{Finding, NodeSummary, Summary, Symptom, Tally, ValidatorSummary};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What a run comes to.
pub(super) struct Report<'a> {
    pub(super) seed: u64,
    pub(super) kind: KindName,
    pub(super) summary: &'a Summary,
    pub(super) gaps: &'a [String],
    pub(super) took: Duration,
    /// The lanes, as words of a command line.
    pub(super) lanes: String,
    /// Where findings are.
    pub(super) under: &'a Path,
}

impl Report<'_> {
    /// How the run ends. Too little compared is a failure, as a difference is.
    pub(super) fn exit(&self) -> Exit {
        if self.summary.diverged > 0 {
            Exit::Diverge
        } else if self.summary.executed == 0 {
            Exit::NothingRan
        } else if self.gaps.is_empty() {
            Exit::Agree
        } else {
            Exit::Incomplete
        }
    }

    /// Prints the report, and the findings with their folders.
    pub(super) fn print(&self, findings: &[Finding], folders: &[PathBuf]) {
        let summary = self.summary;
        anstream::println!("seed {}, lanes", self.seed);
        for lane in &summary.lanes {
            anstream::println!("  {:<10} {}", lane.name, lane.version);
        }
        anstream::println!("cases");
        row("planned", summary.planned);
        row("generated", summary.generated);
        row("executed on every lane", summary.executed);
        row("agreed", summary.agreed);
        row("diverged", summary.diverged);
        row("set aside", summary.set_aside());
        shares("set aside, by cause", &summary.aside, summary.generated);
        if !summary.unsent.0.is_empty() {
            shares("cases that need what a lane lacks", &summary.unsent, summary.generated);
        }
        if !summary.replaced.0.is_empty() {
            anstream::println!("workers replaced, by cause");
            summary.replaced.0.iter().for_each(|(cause, &count)| row(cause, count));
        }
        shares("cases by generator", &summary.sources, summary.generated);
        shares("cases by outcome", &summary.outcomes, summary.executed);
        shares("runs by outcome, limits swept", &summary.runs, summary.runs.0.values().sum());
        match self.kind {
            KindName::All => {
                print_coverage(&summary.coverage);
                self.print_validators(&summary.validators);
                print_nodes(&summary.nodes);
            }
            KindName::Modules => print_coverage(&summary.coverage),
            KindName::Validators => self.print_validators(&summary.validators),
            KindName::Uploads => print_nodes(&summary.nodes),
        }
        anstream::println!("compared");
        row("executions, all observers", summary.executions);
        row("runs under swept limits", summary.limit_runs);
        row("  not bound by a need", summary.limit_runs_unbound);
        row("calls confirmed by fuel", summary.fuel_readings);
        for (reason, &calls) in &summary.fuel_unread.0 {
            row(&format!("  not: {reason}"), calls);
        }
        row("steps of mutants, with parents", summary.mutants.steps);
        row("cases repeated in fresh processes", summary.repeated_fresh);
        row("metered modules", summary.metered);
        row("metered modules differing", summary.metered_differing);
        let per_second = |count: u64| (count as f64 / self.took.as_secs_f64().max(0.001)).round() as u64;
        row("modules/s", per_second(summary.executed));
        row("judged executions/s", per_second(summary.executions));
        self.print_findings(findings, folders);
        anstream::println!("{}", self.conclusion());
    }

    fn print_validators(&self, validators: &ValidatorSummary) {
        let ValidatorSummary { calls, answers, by_validator, out_of_gas, bindings } = validators;
        shares("validations by answer", answers, *calls);
        row("all", *calls);
        row("answers of the bindings compared", *bindings);
        row("guests out of gas, on every lane", *out_of_gas);
        // A line for each is for who asks for validators.
        if self.kind != KindName::Validators {
            row("validators called", by_validator.len() as u64);
            return;
        }
        anstream::println!("{:<36} {:>6} {:>7} {:>10} {:>5}", "validators", "valid", "invalid", "difficulty", "error");
        for (name, answers) in by_validator {
            let [valid, invalid, difficulty, error] =
                ["valid", "invalid", "difficulty", "error"].map(|k| answers.of(k));
            anstream::println!("  {name:<34} {valid:>6} {invalid:>7} {difficulty:>10} {error:>5}");
        }
    }

    /// The first finding of each bucket, and how many more there are like it.
    fn print_findings(&self, findings: &[Finding], folders: &[PathBuf]) {
        let mut buckets: Vec<(Option<Symptom>, &Finding, &PathBuf, usize)> = Vec::new();
        for (finding, folder) in findings.iter().zip(folders) {
            let symptom = finding.verdict.symptom();
            match buckets.iter_mut().find(|(known, ..)| *known == symptom) {
                Some((_, _, _, count)) => *count += 1,
                None => buckets.push((symptom, finding, folder, 1)),
            }
        }
        let Self { lanes, under, .. } = self;
        for (_, Finding { index, seed, verdict, .. }, folder, count) in &buckets {
            anstream::println!("case {index} (seed {seed}): {}", shortened(&verdict.to_string()));
            anstream::println!("  cargo conform replay {}{lanes}", folder.display());
            if *count > 1 {
                anstream::println!("  and {} more of this bucket", count - 1);
            }
        }
        if !buckets.is_empty() {
            anstream::println!("  cargo conform reduce {}{lanes}", under.display());
        }
    }

    fn conclusion(&self) -> String {
        let observers = format!("{} lanes and the reference", self.summary.lanes.len());
        match self.exit() {
            Exit::Diverge => format!("DIVERGENCE: {observers} do not agree on {} cases", self.summary.diverged),
            Exit::NothingRan => "NOTHING RAN".into(),
            Exit::Incomplete => format!("INCOMPLETE: {}", self.gaps.join("; ")),
            Exit::Agree | Exit::SetUp | Exit::Usage => {
                format!("{observers} agree on all {} cases", self.summary.executed)
            }
        }
    }
}

/// How much of what is due was executed. The whole table is for programs.
fn print_coverage(coverage: &Coverage) {
    /// Holes that a person is shown, once a run is long enough to have none.
    const SHOWN: usize = 12;
    let (due, reached) = (due().len() as u64, coverage.reached_due() as u64);
    anstream::println!("operators by operands and context");
    row("due", due);
    row_of("executed", reached, due);
    for hole in coverage.overdue().iter().take(SHOWN) {
        anstream::println!("  never executed: {hole}");
    }
}

fn print_nodes(NodeSummary { uploads, refused, modules, invocations }: &NodeSummary) {
    shares("invocations of uploads", invocations, invocations.0.values().sum());
    row("cases uploaded", *uploads);
    row("  refused by every node", *refused);
    row("modules read back", *modules);
}

fn row(name: &str, value: u64) {
    anstream::println!("  {name:<34} {value:>14}");
}

fn shares(title: &str, counts: &Tally, of: u64) {
    anstream::println!("{title}");
    for (name, &count) in &counts.0 {
        row_of(name, count, of);
    }
}

fn row_of(name: &str, count: u64, of: u64) {
    let percent = 100.0 * count as f64 / of.max(1) as f64;
    anstream::println!("  {name:<34} {count:>14}  {percent:5.1} %");
}

/// A verdict's values can be whole observations; the repro folder has them.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 300;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}
