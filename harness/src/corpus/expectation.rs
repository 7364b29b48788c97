//! The expectation of a corpus case: what every lane sees, a line per step, in `;;=` lines.

use super::module;
use crate::observation::{HostCall, ModuleCall, ModuleObservation, Step};
use crate::{Case, Observation};
use std::fmt::Write as _;

const MARK: &str = ";;=";

/// What stands between a step's outcome and its gas.
const GAS: &str = " | gas ";

/// The expectation that a file holds.
pub(super) fn of(source: &str) -> String {
    let lines = source.lines().filter_map(|line| line.strip_prefix(MARK));
    lines.fold(String::new(), |text, line| text + line.strip_prefix(' ').unwrap_or(line) + "\n")
}

/// The file with another expectation.
pub(super) fn replace(source: &str, expectation: &str) -> String {
    let kept = source.lines().filter(|line| !line.starts_with(MARK)).collect::<Vec<_>>().join("\n");
    let mut text = kept.trim_end().to_owned() + "\n";
    for line in expectation.lines() {
        text += &format!("{MARK} {line}\n");
    }
    text
}

/// What was seen of a case's own runs, which come before the swept ones.
pub(super) fn text(case: &Case, seen: &Observation) -> String {
    if let ModuleObservation::Rejected { kind, message } = &seen.module {
        return format!("rejected {kind}: {message}\n");
    }
    let mut text = String::new();
    for (index, (run, observed)) in case.runs.iter().zip(&seen.runs).enumerate() {
        let _ = writeln!(text, "run {index}");
        for (number, step) in observed.steps.iter().enumerate() {
            let _ = writeln!(text, "  {}: {}", run.step_name(number), line(step));
        }
    }
    text
}

/// An expectation without what depends on how a module was compiled: its bytes, and all that follows an outcome.
pub(super) fn outcomes(expectation: &str) -> String {
    let lines = expectation.lines().filter(|line| !line.starts_with(module::MODULE));
    // A guest's output may hold the mark too; what follows the outcome does not.
    lines.fold(String::new(), |text, line| text + line.rsplit_once(GAS).map_or(line, |(outcome, _)| outcome) + "\n")
}

fn line(step: &Step) -> String {
    let Step { outcome, gas_used, gas_left: _, stack_high_water, host_calls, state } = step;
    let mut line = format!("{outcome}{GAS}{gas_used} | high {stack_high_water}");
    for call in host_calls {
        let _ = write!(line, " | called {}", host_call(call));
    }
    if let Some(state) = state {
        if let Some(memory) = &state.memory {
            let _ = write!(line, " | memory {} {}", memory.pages, short(&memory.sha256));
        }
        if !state.globals.is_empty() {
            let _ = write!(line, " | globals {}", state.globals.join(" "));
        }
        for table in &state.tables {
            let _ = write!(line, " | table {} {}", table.size, short(&table.sha256));
        }
    }
    line
}

/// A call of another module has what it came to behind it, and what that module called in brackets.
fn host_call(call: &HostCall) -> String {
    let mut text = format!("{}.{}({})", call.module, call.name, call.args.join(", "));
    if let Some(called) = &call.called {
        let ModuleCall { name, returned, gas_before, gas_limit, gas_used, stack_high_water, result_sha256, host_calls } =
            called;
        let _ =
            write!(text, " {name:?} returned {returned} for {gas_used} of {gas_limit} gas given of {gas_before} left");
        let _ = write!(text, ", high {stack_high_water}");
        if let Some(digest) = result_sha256 {
            let _ = write!(text, ", result {}", short(digest));
        }
        if !host_calls.is_empty() {
            let _ = write!(text, " [{}]", host_calls.iter().map(host_call).collect::<Vec<_>>().join("; "));
        }
    }
    text
}

/// The lanes compare whole digests; a reader sees whether one changed.
fn short(digest: &str) -> &str {
    digest.get(..12).unwrap_or(digest)
}
