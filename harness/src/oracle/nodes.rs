//! What nodes do with uploaded modules is what lanes see of the same bytes.
//!
//! What nodes keep is held against what was uploaded, and what they answer against each other and against what lanes
//! observe.

use crate::case::Upload;
use crate::lane::{Invocation, NodeReading, StoredModule, Uploaded};
use crate::observation::{ModuleObservation, Outcome, Step};
use crate::{Case, Divergence, Observation, Property, digest};
use std::collections::BTreeMap;

/// How nodes differ from each other, from what was uploaded, or from a lane.
pub(super) fn differ(case: &Case, readings: &[NodeReading], lane: &str, seen: &Observation) -> Option<Divergence> {
    let (first, others) = readings.split_first()?;
    let between_nodes = others.iter().find_map(|other| {
        (first.uploaded != other.uploaded).then(|| {
            let (left, right) = (shown(&first.uploaded), shown(&other.uploaded));
            Divergence::at(Property::Uploads, (first.node, left), (other.node, right), "upload".into())
        })
    });
    between_nodes.or_else(|| from_lane(case, first, lane, seen))
}

fn from_lane(case: &Case, reading: &NodeReading, lane: &str, seen: &Observation) -> Option<Divergence> {
    let differ = |node: String, lanes: String, place: String| {
        Some(Divergence::at(Property::Uploads, (reading.node, node), (lane, lanes), place))
    };
    let (stored, invocations) = match (&reading.uploaded, &seen.module) {
        (Uploaded::Refused(text), ModuleObservation::Rejected { message, .. }) => {
            let expected = format!("action 0 (post): Invalid WASM module: {message}");
            return if *text == expected { None } else { differ(text.clone(), expected, "upload".into()) };
        }
        (Uploaded::Refused(text), ModuleObservation::Accepted { .. }) => {
            return differ(text.clone(), "accepted".into(), "upload".into());
        }
        (Uploaded::Stored { .. }, ModuleObservation::Rejected { message, .. }) => {
            return differ("accepted".into(), message.clone(), "upload".into());
        }
        (Uploaded::Stored { modules, invocations }, ModuleObservation::Accepted { .. }) => (modules, invocations),
    };
    let uploaded = uploaded(case);
    if *stored != uploaded {
        return differ(format!("{stored:?}"), format!("{uploaded:?}"), "upload.modules".into());
    }
    if invocations.len() != seen.runs.len() {
        return differ(invocations.len().to_string(), seen.runs.len().to_string(), "invocations.length".into());
    }
    invocations.iter().zip(&seen.runs).enumerate().find_map(|(index, (invocation, run))| {
        let step = run.steps.last()?;
        let (field, left, right) = parted(invocation, step)?;
        differ(left, right, format!("invocations[{index}].{field}"))
    })
}

/// Where an invocation and a step part: the field and what the two have there.
fn parted(invocation: &Invocation, step: &Step) -> Option<(&'static str, String, String)> {
    let ended = ending(&step.outcome);
    if invocation.ended != ended {
        return Some(("ended", invocation.ended.clone(), ended));
    }
    if let Some(gas_used) = invocation.gas_used.filter(|&gas_used| gas_used != step.gas_used) {
        return Some(("gas_used", gas_used.to_string(), step.gas_used.to_string()));
    }
    let Outcome::Output(output) = &step.outcome else { return None };
    let returned = serde_json::from_str::<serde_json::Value>(output).ok();
    let returned = returned.as_ref().and_then(|output| output.get("actions")?.as_array()).map(|it| it.len() as u64);
    let (Some(applied), true) = (invocation.actions, invocation.actions != returned) else { return None };
    Some(("actions", applied.to_string(), format!("{returned:?}")))
}

/// An outcome without what was returned: the processor does not repeat it.
fn ending(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Output(_) => NodeReading::RETURNED.to_owned(),
        other @ (Outcome::Completed(_) | Outcome::Trapped(_) | Outcome::Violated(_)) => other.to_string(),
    }
}

/// What was uploaded, as it is to be stored.
fn uploaded(case: &Case) -> BTreeMap<String, StoredModule> {
    let stored = |bytes: &[u8], gas| StoredModule { sha256: digest::hex(bytes), gas };
    let own = case.upload.map(|upload| (Upload::PROGRAM.to_owned(), stored(&case.module, upload.gas)));
    let others = case.modules.iter().map(|(name, module)| (format!("{name}.wasm"), stored(&module.bytes, module.gas)));
    own.into_iter().chain(others).collect()
}

fn shown(uploaded: &Uploaded) -> String {
    serde_json::to_string(uploaded).expect("a reading has only text keys and finite numbers")
}
