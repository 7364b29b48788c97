//! The words of an explanation.

use super::parting::{Parting, limit};
use super::{Explanation, FunctionGas, Seen, TraceLine};
use crate::divergence::{Bucket, Divergence, Property};
use crate::{Case, Run};
use serde_json::Value;
use std::fmt;

/// What is seen differently.
pub(super) fn what(divergence: &Divergence) -> String {
    let Bucket { property, left, right, field, .. } = &divergence.bucket;
    let thing = match field.strip_prefix("runs.steps.").unwrap_or(field) {
        "outcome" => "how the call ends".to_owned(),
        "outcome.completed" => match divergence.index("completed[") {
            Some(result) => format!("result {result}"),
            None => "what the call returns".to_owned(),
        },
        "outcome.output" => "the text that the call returns".to_owned(),
        "outcome.trapped" => "the kind of trap".to_owned(),
        "gas_used" => "the gas that the call uses".to_owned(),
        "gas_left" => "the gas that the call leaves".to_owned(),
        "stack_high_water" => "the most stack words in use".to_owned(),
        "state.memory.sha256" => "the memory's contents, of which observations hold a digest".to_owned(),
        "state.memory.pages" => "the memory's size".to_owned(),
        "state.globals" => match divergence.index("globals[") {
            Some(global) => format!("global {global}"),
            None => "the globals".to_owned(),
        },
        "host_calls.called.result_sha256" => "what a module that it calls returns".to_owned(),
        field if field.starts_with("host_calls.called.") => {
            format!("{} of a module that it calls", field.rsplit('.').next().unwrap_or(field))
        }
        field if field.starts_with("host_calls") => "the host functions that it calls".to_owned(),
        "module" | "module.accepted.metered_sha256" => "what becomes of the module".to_owned(),
        other => other.to_owned(),
    };
    match property {
        Property::Lanes | Property::Reference => format!("{left} and {right} do not agree on {thing}"),
        Property::GasLaw => format!("{left} breaks the law of gas: {thing}"),
        Property::Limit => format!("{left} does not complete exactly if its limit covers its gas"),
        Property::Repeat => format!("{left} does not see the same when it looks again"),
        Property::Validators => format!("{left} and the {right} validators do not answer the same"),
        Property::Uploads => format!("the node of {left} and {right} do not agree on what becomes of an upload"),
        Property::Mutation => format!("{left} on the mutant and the reference on its {right} do not agree on {thing}"),
        Property::Fuel => format!("{left} and Wasmtime's fuel on the original do not agree on {thing}"),
    }
}

/// A call as it is made.
pub(super) fn call(number: usize, run: &Run, step: usize) -> String {
    let gas = limit(run, step);
    match run {
        Run::Abi { method, input, .. } => format!("run {number}: {method}({input:?}) by the ABI under {gas} gas"),
        Run::Exports { calls, .. } => match step.checked_sub(1).and_then(|call| calls.get(call)) {
            None => format!("run {number}: the start under {gas} gas"),
            Some(call) => {
                let args = call.args.iter().map(|arg| super::number::human(*arg)).collect::<Vec<_>>().join(", ");
                format!("run {number}, call {step} of {}: {}({args}) under {gas} gas", calls.len(), call.export)
            }
        },
    }
}

/// Within which stretch observers part.
pub(super) fn parting(parting: Option<&Parting>, bucket: &Bucket, operators: u64) -> String {
    let Bucket { left, right, .. } = bucket;
    match parting {
        None => format!(
            "smaller gas limits do not show where {left} and {right} part; the call executes {operators} operators on the reference"
        ),
        Some(Parting { operators: within, .. }) if within.is_empty() => format!(
            "until the end of the call {left} and {right} agree on memory, globals and tables: they part in what only the \
             operators' own values show, within {operators} operators"
        ),
        Some(Parting { limits: (agree, differ), operators: within }) => format!(
            "{left} and {right} agree on everything under a gas limit of {agree} and not under {differ}: they part within \
             operators {} to {} of {operators}",
            within.start + 1,
            within.end,
        ),
    }
}

/// The place in an observation of what a divergence is about: that of an answer where it is about validators.
pub(super) fn observed_place(case: &Case, divergence: &Divergence) -> String {
    let Divergence { bucket: Bucket { property, field, .. }, place, .. } = divergence;
    match (property, divergence.index("validations["), divergence.step_of(case)) {
        (Property::Validators, Some(answer), _) if field.contains("own") => format!("answers[{answer}]"),
        (Property::Validators, Some(_), Some((run, step))) => format!("runs[{run}].steps[{step}].outcome"),
        (Property::Uploads, _, Some((run, step))) => format!("runs[{run}].steps[{step}].outcome"),
        (Property::Uploads, _, None) => "module".to_owned(),
        (_, _, _) => place.clone(),
    }
}

/// What is at a place (`runs[1].steps[2].gas_used`), or nothing.
pub(super) fn at_place<'v>(json: &'v Value, place: &str) -> &'v Value {
    let mut at = json;
    for part in place.split(['.', '[']).filter(|part| !part.is_empty()) {
        let inside = match part.strip_suffix(']') {
            Some(index) => index.parse::<usize>().ok().and_then(|index| at.get(index)),
            None => at.get(part),
        };
        match inside {
            Some(inside) => at = inside,
            // Where one observer has another shape, what is around it tells the difference.
            None => return at,
        }
    }
    at
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.symptom)?;
        if let Some(call) = &self.call {
            writeln!(f, "{call}")?;
        }
        writeln!(f, "{}", self.what)?;
        let width = self.seen.iter().map(|seen| seen.observer.len()).max().unwrap_or_default();
        for Seen { observer, value, as_reference } in &self.seen {
            let mark = if *as_reference { ' ' } else { '!' };
            writeln!(f, "  {mark} {observer:<width$}  {value}")?;
        }
        if let Some(parting) = &self.parting {
            writeln!(f, "\n{parting}")?;
        }
        table(f, "the reference's way (> where they part)", &self.trace)?;
        table(f, "the last that write there", &self.writes)?;
        if !self.gas.is_empty() {
            writeln!(f, "\ngas by function, on the reference")?;
            writeln!(f, "  {:>8} {:>8} {:>10}", "function", "entries", "gas")?;
            for FunctionGas { function, entries, gas } in &self.gas {
                writeln!(f, "  {function:>8} {entries:>8} {gas:>10}")?;
            }
        }
        Ok(())
    }
}

fn table(f: &mut fmt::Formatter<'_>, title: &str, lines: &[TraceLine]) -> fmt::Result {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(f, "\n{title}")?;
    writeln!(f, "  {:>8} {:>8} {:>5} {:>8} {:>5}  operator", "number", "gas", "func", "byte", "line")?;
    for TraceLine { number, gas, function, offset, line, operator, takes, leaves, parts } in lines {
        let mark = if *parts { '>' } else { ' ' };
        let number = number + 1;
        write!(f, "{mark} {number:>8} {gas:>8} {function:>5} {offset:>#8x} {line:>5}  {operator}")?;
        if !takes.is_empty() {
            write!(f, "  ({})", takes.join(", "))?;
        }
        if !leaves.is_empty() {
            write!(f, " -> {}", leaves.join(", "))?;
        }
        writeln!(f)?;
    }
    Ok(())
}
