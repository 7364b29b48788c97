//! A validator answers the same in every form: as a native function, as a guest on every engine, and through the
//! bindings of JavaScript.
//!
//! The native form is compiled for this machine, with its pointers and its checks; the others are compiled to wasm. So
//! what differs between targets shows here, on whole texts: results, errors and validation gas. What a guest's call uses
//! of metered gas, memory and stack is a run like any other, which the other oracles judge.

use super::agreement::first_difference;
use crate::observation::{Outcome, TrapKind};
use crate::{Case, Divergence, Observation, Property, Validation};
use serde_json::Value;

/// The name of the native form among observers.
pub(super) const NATIVE: &str = "native";

/// What the native validators answer to a case's validations, in their order.
pub(crate) fn native_answers(case: &Case) -> Vec<String> {
    case.validations.iter().filter_map(|it| it.input(case)).map(modal_wasm_validation::call).collect()
}

/// The first answer that a lane saw, of its guest or of validators of its own, and that the native form does not give.
///
/// A guest may run out of gas where the native form answers: it then has no answer, on any engine.
pub(super) fn differs_from(native: &[String], case: &Case, lane: &str, seen: &Observation) -> Option<Divergence> {
    let validations = case.validations.iter().zip(native).enumerate();
    let of_guest = || {
        validations.clone().find_map(|(index, (Validation { run, .. }, expected))| {
            let answer = match &seen.runs.get(*run)?.steps.last()?.outcome {
                Outcome::Trapped(TrapKind::OutOfGas) => return None,
                Outcome::Output(answer) => answer.clone(),
                other @ (Outcome::Completed(_) | Outcome::Trapped(_) | Outcome::Violated(_)) => other.to_string(),
            };
            between((lane, &answer), expected, format!("validations[{index}].guest"))
        })
    };
    // A lane without validators of its own answers nothing.
    let of_its_own = || {
        let compared = validations.clone().zip(&seen.answers);
        let different = compared.into_iter().find_map(|((index, (_, expected)), answer)| {
            between((lane, answer), expected, format!("validations[{index}].own"))
        });
        let (answers, calls) = (seen.answers.len(), native.len());
        different.or_else(|| {
            (answers != 0 && answers != calls).then(|| {
                let place = "validations.own.length".to_owned();
                Divergence::at(Property::Validators, (lane, answers.to_string()), (NATIVE, calls.to_string()), place)
            })
        })
    };
    of_guest().or_else(of_its_own)
}

/// How two answers differ: by the field where they part, or as texts.
fn between((lane, answer): (&str, &String), expected: &String, place: String) -> Option<Divergence> {
    if answer == expected {
        return None;
    }
    let parsed = |text: &str| serde_json::from_str::<Value>(text).ok();
    let part = match (parsed(answer), parsed(expected)) {
        (Some(answer), Some(expected)) => first_difference(&answer, &expected, place.clone()),
        (None, _) | (_, None) => None,
    };
    let (place, left, right) = part.unwrap_or_else(|| (place, answer.clone(), expected.clone()));
    Some(Divergence::at(Property::Validators, (lane, left), (NATIVE, right), place))
}
