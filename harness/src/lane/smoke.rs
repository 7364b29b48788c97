//! The smoke test runs a case whose outcome is known on a lane. A lane that does nothing, or always the same, fails.

use super::{Feature, Lane, LaneFault};
use crate::observation::Outcome;
use crate::{Call, Case, Run, Validation};
use modal_wasm_runtime::Value;
use std::sync::Arc;

const CALL: &str = r#"{"validator":"amount_in_range","args":[7,1,5]}"#;
const ANSWER: &str = r#"{"valid":false,"gas_used":130,"errors":["Amount 7 is above maximum 5"]}"#;
const FIBONACCI: &str = r#"(module (func $f (export "f") (param i32) (result i32)
    (if (result i32) (i32.lt_u (local.get 0) (i32.const 2)) (then (local.get 0))
      (else (i32.add (call $f (i32.sub (local.get 0) (i32.const 1)))
                     (call $f (i32.sub (local.get 0) (i32.const 2))))))))"#;

/// Runs the smoke test. `validators` tells whether the lane must have some, if that is known.
pub(super) fn smoke(validators: Option<bool>, lane: &mut dyn Lane) -> Result<(), LaneFault> {
    let name = lane.id().name.clone();
    let module = wat::parse_str(FIBONACCI).map_err(|error| LaneFault::new("Smoke", error.to_string()))?;
    let call = |n: u32| Call { export: "f".into(), args: vec![Value::I32(n)], gas: 100_000 };
    let mut runs = vec![Run::Exports { start_gas: 1, calls: vec![call(10), call(1)] }];
    let mut validations = Vec::new();
    if !lane.lacks().contains(&Feature::Abi) {
        runs.push(Run::Abi { method: "f".into(), input: CALL.into(), gas: 1 });
        validations.push(Validation { run: 1, validator: "amount_in_range".into() });
    }
    let seen = lane.observe(&Arc::new(Case { validations, ..Case::new(module, runs) }))?;
    let answers = if validators.unwrap_or(lane.has_validators()) { &[ANSWER][..] } else { &[] };
    if seen.answers != answers {
        let text = format!("lane {name} answers {CALL} with {:?}, not {answers:?}", seen.answers);
        return Err(LaneFault::new("Smoke", text));
    }
    let steps = seen.runs.first().map_or(&[][..], |run| &run.steps);
    // f(n) costs 6 for n < 2 (entry, get, const, lt, if, get), else 14 and its two calls: 89 leaves and 88 others.
    let expected =
        [(Vec::new(), 0), (vec!["i32:0x00000037".to_owned()], 1_766), (vec!["i32:0x00000001".to_owned()], 6)];
    let right = steps.len() == expected.len()
        && steps
            .iter()
            .zip(&expected)
            .all(|(step, (values, gas))| step.outcome == Outcome::Completed(values.clone()) && step.gas_used == *gas);
    if right {
        return Ok(());
    }
    let shown = steps.iter().map(|step| format!("{} for {} gas", step.outcome, step.gas_used)).collect::<Vec<_>>();
    Err(LaneFault::new("Smoke", format!("lane {name} computes f(10), f(1) as {}", shown.join("; "))))
}
