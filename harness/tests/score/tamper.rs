//! A tampering is a difference put into the evidence of a case on which all agree. A judge has to notice every one.
//!
//! Where one observer differs, each field that an observation has is altered in turn. Where all are wrong alike, each
//! change is one that a single oracle can see.

use modal_harness::observation::{Observation, Outcome, Step};
use modal_harness::oracle::{Evidence, Witness};
use modal_harness::{Case, LaneFault, Relation, Uploaded};
use serde_json::Value;
use std::collections::BTreeMap;

/// What was tampered with, and the evidence then.
pub(crate) struct Tampering {
    pub(crate) what: String,
    pub(crate) evidence: Evidence,
}

/// The last lane differs in one field, or has nothing to say.
pub(crate) fn one_observer(evidence: &Evidence) -> Vec<Tampering> {
    let Some(Witness { lane, observation: Ok(seen) }) = evidence.lanes.last() else { return Vec::new() };
    let with = |what: String, observation: Result<Observation, LaneFault>| {
        let mut evidence = evidence.clone();
        evidence.lanes.pop();
        evidence.lanes.push(Witness { lane: lane.clone(), observation });
        Tampering { what, evidence }
    };
    let fault = with("a lane has no observation".into(), Err(LaneFault::new("Worker", "it has died")));
    altered(seen).into_iter().map(|(field, seen)| with(field, Ok(seen))).chain([fault]).collect()
}

/// The observation with one field altered, for every field that it has, at the field's last place.
fn altered(seen: &Observation) -> Vec<(String, Observation)> {
    let tree = serde_json::to_value(seen).expect("an observation has only text keys and finite numbers");
    let mut places = BTreeMap::new();
    collect(&tree, String::new(), String::new(), &mut places);
    places
        .into_iter()
        .filter_map(|(field, place)| {
            let leaf = tree.pointer(&place)?;
            let readable = others(leaf).into_iter().find_map(|other| {
                let mut tree = tree.clone();
                *tree.pointer_mut(&place)? = other;
                serde_json::from_value::<Observation>(tree).ok().filter(|other| other != seen)
            });
            Some((field, readable?))
        })
        .collect()
}

/// Fields and, of each, the last place.
fn collect(value: &Value, field: String, place: String, places: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                collect(value, format!("{field}.{name}"), format!("{place}/{name}"), places);
            }
        }
        Value::Array(items) => {
            places.insert(format!("{field}.length"), place.clone());
            for (index, item) in items.iter().enumerate() {
                collect(item, field.clone(), format!("{place}/{index}"), places);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => drop(places.insert(field, place)),
    }
}

/// What may stand in the place of a value: the first that makes an observation is taken.
fn others(leaf: &Value) -> Vec<Value> {
    match leaf {
        Value::Number(number) => {
            let number = number.as_i64().unwrap_or_default();
            vec![Value::from(number + 1), Value::from(number - 1)]
        }
        Value::String(text) => {
            let mut other = text.clone();
            let last = other.pop();
            other.push(if last == Some('0') { '1' } else { '0' });
            [&other, "Unreachable", "GuestAbort", "MissingExport", "OutputTooLong"].map(Value::from).into()
        }
        Value::Array(items) => items.split_last().map(|(_, others)| Value::from(others.to_vec())).into_iter().collect(),
        Value::Null => vec![Value::from("00")],
        Value::Bool(_) | Value::Object(_) => Vec::new(),
    }
}

/// All observers, or all but the reference, are wrong in the same way. An oracle that does not read the run that was
/// changed cannot notice.
pub(crate) fn all_alike(case: &Case, evidence: &Evidence) -> Vec<Tampering> {
    let related = |run: usize| {
        case.relations.iter().any(|relation| {
            let (Relation::Repeat { of, run: other } | Relation::Limit { of, run: other }) = *relation;
            run == of || run == other
        })
    };
    let limited =
        |run: usize| case.relations.iter().any(|it| matches!(it, Relation::Limit { .. }) && it.derived() == run);
    let repeats =
        |run: usize| case.relations.iter().any(|it| matches!(it, Relation::Repeat { .. }) && it.derived() == run);
    let called = |run: usize| case.validations.iter().any(|validation| validation.run == run);
    let alone = |run: usize| !related(run);
    let mut tamperings = Vec::new();
    let mut add = |what: &str, with_reference: bool, in_run: &dyn Fn(usize) -> bool, change: fn(&mut Step)| {
        let mut other = evidence.clone();
        let reference = if with_reference { Some(&mut other.reference) } else { None };
        for witness in other.lanes.iter_mut().chain(reference) {
            let Ok(seen) = &mut witness.observation else { continue };
            let runs = seen.runs.iter_mut().enumerate().filter(|(run, _)| in_run(*run));
            runs.filter_map(|(_, run)| run.steps.last_mut()).for_each(change);
        }
        let differs = other.lanes.iter().zip(&evidence.lanes).any(|(other, own)| other.observation != own.observation);
        if differs {
            tamperings.push(Tampering { what: what.into(), evidence: other });
        }
    };
    add("every lane counts a word too much", false, &alone, |step| step.stack_high_water += 1);
    add("every observer counts a unit less left", true, &alone, |step| {
        step.gas_left = step.gas_left.saturating_sub(1);
    });
    add("every observer sees a repeat end otherwise", true, &|run| repeats(run) && !limited(run), |step| {
        step.stack_high_water += 1;
    });
    add("every observer forgets the state under another limit", true, &limited, |step| {
        if step.outcome.completed() {
            step.state = None;
        }
    });
    add("every guest gives another answer", true, &|run| called(run) && !related(run), |step| {
        if let Outcome::Output(output) = &mut step.outcome {
            output.insert(0, ' ');
        }
    });
    if case.parent.is_some() {
        add("every observer sees a mutant grow", true, &alone, |step| {
            if let Some(memory) = step.state.as_mut().and_then(|state| state.memory.as_mut()) {
                memory.pages += 1;
            }
        });
    }
    add("every observer counts a unit too much", true, &alone, |step| {
        if step.outcome.completed() && step.gas_left > 0 {
            step.gas_used += 1;
            step.gas_left -= 1;
        }
    });
    if let Some(Ok(readings)) = &evidence.nodes
        && readings.len() > 1
    {
        let mut other = evidence.clone();
        if let Some(Ok(readings)) = &mut other.nodes {
            readings.iter_mut().for_each(|reading| reading.uploaded = Uploaded::Refused("no".into()));
        }
        tamperings.push(Tampering { what: "every node refuses an upload".into(), evidence: other });
    }
    tamperings
}
