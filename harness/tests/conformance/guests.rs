//! The guests that the corpus keeps: what they answer, beyond the calls that their cases show.

mod payment;

use crate::common::{panel, project, with_room};
use modal_harness::observation::Outcome;
use modal_harness::{Case, EngineLane, LaneSet, Panel, Run, Verdict};
use modal_wasm_runtime::{DEFAULT_GAS_LIMIT, EngineConfig};
use std::fs;
use std::sync::Arc;

/// What goes into a guest and what has to come out.
pub(crate) type GuestCall = (String, String);

/// The calls of the validators' golden files. That the native functions answer so is tested where they are.
pub(crate) fn golden_calls() -> Vec<GuestCall> {
    let folder = project().join("validators/tests/golden");
    let files = fs::read_dir(folder).expect("the golden files").map(|entry| entry.expect("a file").path());
    let mut calls: Vec<GuestCall> = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a golden file");
        let before = calls.len();
        for line in text.lines() {
            if let Some(input) = line.strip_prefix("> ") {
                calls.push((input.to_owned(), String::new()));
            } else if let Some(answer) = line.strip_prefix("< ") {
                calls.last_mut().expect("an answer follows its call").1.push_str(answer);
            }
        }
        assert!(calls.len() > before, "{} has no calls", file.display());
    }
    calls
}

/// Has the validators' guest answer calls, each under the limit of a caller that names none. Returns the calls that
/// are answered otherwise.
fn wrong_answers(panel: &mut Panel, calls: &[GuestCall]) -> Vec<String> {
    let module = fs::read(project().join("corpus/guests/validators.wasm")).expect("the guest");
    let run =
        |(input, _): &GuestCall| Run::Abi { method: "evaluate".into(), input: input.clone(), gas: DEFAULT_GAS_LIMIT };
    let case = Case::new(module, calls.iter().map(run).collect());
    let (evidence, verdict) = panel.hear(&[Arc::new(case)]).pop().expect("a verdict");
    assert_eq!(verdict, Verdict::Agree);
    let seen = evidence.lanes.first().expect("a lane").observation.as_ref().expect("an observation");
    assert_eq!(seen.runs.len(), calls.len());
    let outcomes = seen.runs.iter().map(|run| run.steps.first().map(|step| &step.outcome));
    let wrong = calls.iter().zip(outcomes).filter(|((_, answer), outcome)| match outcome {
        Some(Outcome::Output(output)) => output != answer,
        Some(Outcome::Completed(_) | Outcome::Trapped(_) | Outcome::Violated(_)) | None => true,
    });
    wrong.map(|((input, answer), seen)| format!("{input}\n  expected {answer}\n  seen {seen:?}")).collect()
}

#[test]
fn the_validators_guest_answers_every_golden_call_as_the_native_functions_do() {
    let calls = golden_calls();
    assert!(calls.len() >= 450, "{} calls", calls.len());
    let wrong = with_room(|| wrong_answers(&mut panel(), &calls));
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), calls.len(), wrong.join("\n"));
}

#[test]
fn a_guest_that_answers_otherwise_is_told() {
    let call = |answer: &str| (r#"{"validator":"num_gt","args":["2","1"]}"#.to_owned(), answer.to_owned());
    let right = call(r#"{"valid":true,"gas_used":230,"errors":[]}"#);
    let other = call(r#"{"valid":true,"gas_used":220,"errors":[]}"#);
    let wrong = with_room(|| {
        let lanes = LaneSet::of(vec![Box::new(EngineLane::new(EngineConfig::Wasmi))]);
        wrong_answers(&mut Panel::new(lanes).expect("the oracles"), &[right, other])
    });
    let [wrong] = wrong.as_slice() else { panic!("one of the two is wrong, not {wrong:?}") };
    assert!(wrong.contains("expected {\"valid\":true,\"gas_used\":220"), "{wrong}");
}
