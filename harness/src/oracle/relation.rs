//! Runs of one case that are tied together must be observed so.

use super::need::need;
use crate::case::Relation;
use crate::observation::{HostCall, ModuleCall, Outcome, RunObservation, TrapKind};
use crate::{Case, Divergence, Observation, Property};

/// How a lane's observation breaks a relation of the case.
pub(super) fn broken(case: &Case, relation: &Relation, lane: &str, observation: &Observation) -> Option<Divergence> {
    let (Relation::Repeat { of, run } | Relation::Limit { of, run }) = *relation;
    // Relations fit their case, and the law of gas has counted the observation's runs.
    let (first, second) = (observation.runs.get(of)?, observation.runs.get(run)?);
    let place = format!("runs[{run}]");
    match relation {
        Relation::Repeat { .. } => (first != second)
            .then(|| Divergence::at(Property::Repeat, (lane, shown(second)), ("its first run", shown(first)), place)),
        Relation::Limit { .. } => {
            let (needed, ended) = (first.steps.last()?, second.steps.last()?);
            let limit = case.runs.get(run)?.last_limit();
            // Without a need, only what the lanes say together counts.
            let need = need(case, needed)?;
            let alike = ended.outcome == needed.outcome
                && ended.gas_used == needed.gas_used
                && ended.state == needed.state
                && without_shares(&ended.host_calls) == without_shares(&needed.host_calls);
            // With less than is needed it ends where it lacks gas, or a module that it calls does.
            let lacking = ended.outcome == Outcome::Trapped(TrapKind::OutOfGas)
                || without_shares(&ended.host_calls) != without_shares(&needed.host_calls);
            let holds = if limit >= need { alike } else { lacking };
            let law = format!("{} of gas {} if the limit {limit} is at least {need}", needed.outcome, needed.gas_used);
            (!holds).then(|| Divergence::at(Property::Limit, (lane, shown(second)), ("the law", law), place))
        }
    }
}

/// Calls of the host, less the gas that was there for modules.
fn without_shares(calls: &[HostCall]) -> Vec<HostCall> {
    let bare = |called: &ModuleCall| ModuleCall {
        gas_before: 0,
        gas_limit: 0,
        host_calls: without_shares(&called.host_calls),
        ..called.clone()
    };
    calls.iter().map(|call| HostCall { called: call.called.as_ref().map(bare), ..call.clone() }).collect()
}

fn shown(run: &RunObservation) -> String {
    serde_json::to_string(run).expect("an observation has only text keys and finite numbers")
}
