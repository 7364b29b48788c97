//! Runs of one case that are tied together must be observed so.

use crate::case::Relation;
use crate::observation::{Outcome, RunObservation, TrapKind};
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
            let holds = if limit >= needed.gas_used {
                ended.outcome == needed.outcome && ended.gas_used == needed.gas_used && ended.state == needed.state
            } else {
                ended.outcome == Outcome::Trapped(TrapKind::OutOfGas)
            };
            let law = format!("{} of gas {} under the limit {limit}", needed.outcome, needed.gas_used);
            (!holds).then(|| Divergence::at(Property::Limit, (lane, shown(second)), ("the law", law), place))
        }
    }
}

fn shown(run: &RunObservation) -> String {
    serde_json::to_string(run).expect("an observation has only text keys and finite numbers")
}
