//! An explanation tells a person what differs in a case, where in its module, and what the reference does there.

mod number;
mod parting;
mod recorder;
mod signature;
mod text;

use crate::divergence::{Divergence, Property};
use crate::lane::LaneFault;
use crate::oracle::{Evidence, Witness};
use crate::{Case, Listing, Panel, Run, Verdict, slot};
use parting::Parting;
use recorder::{Event, Recorder};
use serde::Serialize;
use signature::Signatures;
use std::collections::BTreeSet;
use wasmparser::ValType;

/// What there is to say of a case on which observers do not agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// What kind of verdict it is.
    pub symptom: String,
    /// The call that is seen differently, in words.
    pub call: Option<String>,
    /// What is seen differently, in words.
    pub what: String,
    /// What each observer sees there, the reference last.
    pub seen: Vec<Seen>,
    /// Within which stretch of the call the observers part, in words.
    pub parting: Option<String>,
    /// The reference's way up to there, or to the end of the call.
    pub trace: Vec<TraceLine>,
    /// The last operators that wrote to what is seen differently, if it is part of the state.
    pub writes: Vec<TraceLine>,
    /// Where the call's gas goes, if gas is what is seen differently.
    pub gas: Vec<FunctionGas>,
}

/// What an observer sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// The observer's name.
    pub observer: String,
    /// What it sees, decoded.
    pub value: String,
    /// Whether the reference sees the same.
    pub as_reference: bool,
}

/// An operator that the reference executes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TraceLine {
    /// How many operators of the call were executed before.
    pub number: u64,
    /// The gas used before.
    pub gas: u64,
    /// The function, by its index.
    pub function: u32,
    /// The operator's place in the module's bytes.
    pub offset: u32,
    /// Its line in the module's text.
    pub line: usize,
    /// The operator.
    pub operator: String,
    /// What it takes, decoded.
    pub takes: Vec<String>,
    /// What it leaves, decoded; nothing where it leads elsewhere.
    pub leaves: Vec<String>,
    /// Whether it lies where the observers part.
    pub parts: bool,
}

/// The gas of one function's own operators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FunctionGas {
    /// The function, by its index.
    pub function: u32,
    /// How often it was entered.
    pub entries: u64,
    /// What its operators cost, the entries of what it calls among it.
    pub gas: u64,
}

/// Operators that are shown before the end of the stretch in which observers part.
const SHOWN: u64 = 24;

/// Explains a verdict on a case, or says nothing of agreement. The panel hears the case again under other limits.
///
/// # Errors
///
/// If the reference cannot make the run.
pub fn explain(
    panel: &mut Panel,
    case: &Case,
    evidence: &Evidence,
    verdict: &Verdict,
) -> Result<Option<Explanation>, LaneFault> {
    let Some(symptom) = verdict.symptom() else { return Ok(None) };
    let mut explanation = Explanation {
        symptom: symptom.to_string(),
        call: None,
        what: String::new(),
        seen: Vec::new(),
        parting: None,
        trace: Vec::new(),
        writes: Vec::new(),
        gas: Vec::new(),
    };
    match verdict {
        Verdict::Agree => return Ok(None),
        Verdict::Fault(cause) => {
            explanation.what = format!("{} broke and saw nothing: {}", cause.lane, cause.fault);
            explanation.seen = faults(evidence);
        }
        Verdict::Diverge(divergence) => {
            explanation.what = text::what(divergence);
            explanation.seen = seen(case, evidence, divergence);
            let at = divergence.step_of(case);
            if let Some((number, run, step)) = at.and_then(|(run, step)| Some((run, case.runs.get(run)?, step))) {
                explanation.call = Some(text::call(number, run, step));
                explanation.follow(panel, case, divergence, (run, step))?;
            }
        }
    }
    Ok(Some(explanation))
}

impl Explanation {
    /// Follows the reference through the call.
    fn follow(
        &mut self,
        panel: &mut Panel,
        case: &Case,
        divergence: &Divergence,
        (run, step): (&Run, usize),
    ) -> Result<(), LaneFault> {
        let bucket = &divergence.bucket;
        let whole = Recorder::new(step, 0..0, BTreeSet::new()).record(case, run)?;
        let parting = match bucket.property {
            Property::Lanes | Property::Reference => parting::search(panel, case, bucket, (run, step), whole.gas)?,
            // One of the two is no observer of the call under another limit.
            Property::GasLaw
            | Property::Limit
            | Property::Repeat
            | Property::Fuel
            | Property::Validators
            | Property::Mutation
            | Property::Uploads => None,
        };
        let end = match &parting {
            Some(Parting { operators, .. }) if !operators.is_empty() => operators.end,
            Some(_) | None => whole.operators,
        };
        let listing = Listing::of(&case.module);
        let writers =
            listing.as_ref().map_or_else(BTreeSet::new, |listing| writers(listing, &bucket.field, divergence));
        // One more than is shown: what an operator leaves is what the next one finds.
        let wanted = end.saturating_sub(SHOWN)..end + 1;
        let record = Recorder::new(step, wanted, writers).record(case, run)?;
        let signatures = Signatures::of(&case.module);
        let line = |(index, event): (usize, &Event), events: &[Event]| {
            let parts = parting.as_ref().is_some_and(|parting| parting.operators.contains(&event.number));
            trace_line(event, events.get(index + 1..).unwrap_or_default(), listing.as_ref(), &signatures, parts)
        };
        let shown = record.events.iter().enumerate().filter(|(_, event)| event.number < end);
        self.trace = shown.map(|event| line(event, &record.events)).collect();
        self.writes = record.writes.iter().enumerate().map(|event| line(event, &[])).collect();
        self.parting = Some(text::parting(parting.as_ref(), bucket, whole.operators));
        let about_gas = bucket.field.contains("gas")
            || [&divergence.left, &divergence.right].iter().any(|s| s.contains("OutOfGas"));
        if about_gas {
            let functions = whole.functions.into_iter();
            self.gas = functions.map(|(function, (entries, gas))| FunctionGas { function, entries, gas }).collect();
        }
        Ok(())
    }
}

/// What every observer has at the divergence's place.
fn seen(case: &Case, evidence: &Evidence, divergence: &Divergence) -> Vec<Seen> {
    let place = text::observed_place(case, divergence);
    let at = |witness: &Witness| match &witness.observation {
        Ok(observation) => {
            let json = serde_json::to_value(observation).unwrap_or_default();
            number::seen(text::at_place(&json, &place))
        }
        Err(fault) => format!("fault: {fault}"),
    };
    let reference = at(&evidence.reference);
    let mut seen = evidence
        .lanes
        .iter()
        .map(|witness| {
            let value = at(witness);
            Seen { observer: witness.lane.clone(), as_reference: value == reference, value }
        })
        .collect::<Vec<_>>();
    match divergence.bucket.property {
        // Of a node's side there is more to tell below.
        Property::Lanes | Property::Reference | Property::Uploads => {}
        // What the other side of these has is in no observation.
        Property::GasLaw
        | Property::Limit
        | Property::Repeat
        | Property::Fuel
        | Property::Validators
        | Property::Mutation => {
            let value = divergence.right.clone();
            seen.push(Seen { observer: divergence.bucket.right.clone(), as_reference: value == reference, value });
        }
    }
    if divergence.bucket.property == Property::Uploads {
        let (observer, value) = (divergence.bucket.left.clone(), divergence.left.clone());
        seen.push(Seen { observer, as_reference: value == reference, value });
    }
    seen.push(Seen { observer: evidence.reference.lane.clone(), value: reference, as_reference: true });
    seen
}

fn faults(evidence: &Evidence) -> Vec<Seen> {
    let witnesses = evidence.lanes.iter().chain([&evidence.reference]);
    witnesses
        .map(|Witness { lane, observation }| Seen {
            observer: lane.clone(),
            value: match observation {
                Ok(_) => "an observation".into(),
                Err(fault) => fault.to_string(),
            },
            as_reference: observation.is_ok() == evidence.reference.observation.is_ok(),
        })
        .collect()
}

/// The places of the operators that write to what a field tells of.
fn writers(listing: &Listing, field: &str, divergence: &Divergence) -> BTreeSet<u32> {
    let writes = |text: &str| {
        let name = text.split_whitespace().next().unwrap_or_default();
        if field.contains("state.memory") {
            name.contains(".store") || matches!(name, "memory.fill" | "memory.copy" | "memory.init" | "memory.grow")
        } else if field.contains("state.tables") {
            matches!(name, "table.set" | "table.fill" | "table.copy" | "table.init" | "table.grow")
        } else if field.contains("state.globals") {
            divergence.index("globals[").is_none_or(|index| text == format!("global.set {index}"))
        } else {
            false
        }
    };
    let offsets = listing.operators().filter(|(_, line)| writes(&line.text));
    offsets.filter_map(|(offset, _)| u32::try_from(offset).ok()).collect()
}

fn trace_line(
    event: &Event,
    after: &[Event],
    listing: Option<&Listing>,
    signatures: &Signatures,
    parts: bool,
) -> TraceLine {
    let decoded = |types: &[ValType], slots: &[u64]| {
        let slots = &slots[slots.len().saturating_sub(types.len())..];
        let values = types.iter().zip(slots);
        values.map(|(&ty, &slot)| slot::value(ty, slot).map_or_else(|| "?".into(), number::human)).collect()
    };
    let signature = signatures.at(event.offset).cloned().unwrap_or_default();
    // A call leaves its results when control is back in the function that made it.
    let back = after.iter().find(|next| next.depth <= event.depth).filter(|next| next.function == event.function);
    let line = listing.and_then(|listing| listing.line(event.offset.into()));
    TraceLine {
        number: event.number,
        gas: event.gas,
        function: event.function,
        offset: event.offset,
        line: line.map_or(0, |line| line.number),
        // The end of a body is the parenthesis that closes it.
        operator: line.map_or_else(String::new, |line| if line.text == ")" { "end".into() } else { line.text.clone() }),
        takes: decoded(&signature.takes, &event.operands),
        leaves: back.map_or_else(Vec::new, |next| decoded(&signature.leaves, &next.operands)),
        parts,
    }
}
