//! Showing a case is printing what every observer saw of it, side by side, and the verdict.

use super::MessageFormat;
use super::exit::Exit;
use modal_harness::observation::{ModuleObservation, Step};
use modal_harness::oracle::{Evidence, Witness};
use modal_harness::{Case, NodeReading, Run, Uploaded, Verdict};
use serde_json::json;
use std::collections::BTreeMap;

/// Prints what every observer saw and the verdict.
pub(super) fn show(case: &Case, evidence: &Evidence, verdict: &Verdict, format: MessageFormat) -> anyhow::Result<Exit> {
    let witnesses = evidence.lanes.iter().chain([&evidence.reference]).collect::<Vec<_>>();
    match format {
        MessageFormat::Human => {
            for witness in &witnesses {
                print_module(witness);
            }
            for (index, run) in case.runs.iter().enumerate() {
                for number in 0..run.steps() {
                    print_step(&witnesses, run, index, number);
                }
                print_answers(case, evidence, index);
                print_invocations(evidence, index);
            }
            anstream::println!("{verdict}");
        }
        MessageFormat::Json => {
            let observations = witnesses
                .iter()
                .map(|witness| {
                    let seen = match &witness.observation {
                        Ok(observation) => json!(observation),
                        Err(fault) => json!({"fault": fault}),
                    };
                    (witness.lane.as_str(), seen)
                })
                .collect::<BTreeMap<_, _>>();
            let mut document = json!({"observations": observations, "verdict": verdict});
            if !case.validations.is_empty() {
                document["native"] = match &evidence.native {
                    Ok(answers) => json!(answers),
                    Err(fault) => json!({"fault": fault}),
                };
            }
            if let Some(nodes) = &evidence.nodes {
                document["nodes"] = match nodes {
                    Ok(readings) => json!(readings),
                    Err(fault) => json!({"fault": fault}),
                };
            }
            anstream::println!("{}", serde_json::to_string_pretty(&document)?);
        }
    }
    Ok(match verdict {
        Verdict::Agree => Exit::Agree,
        Verdict::Diverge(_) => Exit::Diverge,
        Verdict::Fault(_) => Exit::Incomplete,
    })
}

fn print_module(witness: &Witness) {
    let text = match &witness.observation {
        Ok(observation) => match &observation.module {
            ModuleObservation::Accepted { metered_sha256: Some(hash) } => format!("metered {hash}"),
            ModuleObservation::Accepted { metered_sha256: None } => "interprets the original".into(),
            ModuleObservation::Rejected { kind, message } => format!("rejected {kind}: {message}"),
        },
        Err(fault) => format!("fault {fault}"),
    };
    anstream::println!("{:<10} {text}", witness.lane);
}

/// One line per observer, or one line for all where they saw the same.
fn print_step(witnesses: &[&Witness], run: &Run, index: usize, number: usize) {
    let step = |witness: &Witness| witness.observation.as_ref().ok()?.runs.get(index)?.steps.get(number).map(line);
    let lines = witnesses.iter().map(|witness| (&witness.lane, step(witness))).collect::<Vec<_>>();
    if lines.iter().all(|(_, line)| line.is_none()) {
        return;
    }
    anstream::println!("run {index} {}", run.step_name(number));
    for (lane, line) in lines {
        anstream::println!("  {lane:<10} {}", line.as_deref().unwrap_or("not reached"));
    }
}

/// What validators outside of the module answer to the call that a run makes, if it makes one.
fn print_answers(case: &Case, evidence: &Evidence, run: usize) {
    let Some(index) = case.validations.iter().position(|validation| validation.run == run) else { return };
    let own = evidence.lanes.iter().filter_map(|witness| {
        Some((format!("{}'s own", witness.lane), witness.observation.as_ref().ok()?.answers.get(index)?))
    });
    let native = evidence.native.as_ref().ok().and_then(|answers| answers.get(index));
    for (form, answer) in own.chain(native.map(|answer| ("native".to_owned(), answer))) {
        anstream::println!("  {form:<10} {answer:?}");
    }
}

/// What nodes answered to the invocation that a run is.
fn print_invocations(evidence: &Evidence, index: usize) {
    for NodeReading { node, uploaded } in evidence.nodes.iter().flatten().flatten() {
        match uploaded {
            Uploaded::Refused(text) => anstream::println!("  {node}: {text}"),
            Uploaded::Stored { invocations, .. } => {
                if let Some(invocation) = invocations.get(index) {
                    anstream::println!("  {node}: {}", invocation.answer);
                }
            }
        }
    }
}

fn line(step: &Step) -> String {
    let Step { outcome, gas_used, gas_left, stack_high_water, host_calls, state } = step;
    let mut line = format!("{outcome}  gas {gas_used} (left {gas_left})  stack {stack_high_water}");
    for call in host_calls {
        line += &format!("  called {}.{}", call.module, call.name);
        if let Some(called) = &call.called {
            line += &format!(" {:?} returned {} for {} gas", called.name, called.returned, called.gas_used);
        }
    }
    if let Some(memory) = state.as_ref().and_then(|state| state.memory.as_ref()) {
        line += &format!("  memory {} pages {}", memory.pages, memory.sha256.get(..8).unwrap_or_default());
    }
    line
}
