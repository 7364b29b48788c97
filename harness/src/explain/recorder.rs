//! A recorder watches the reference make a run, and keeps what a person is to see of one step.

use crate::lane::Spectator;
use crate::{Case, LaneFault, ReferenceLane, Run};
use modal_wasm_reference::{Moment, Watch};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;

/// What to keep of which step.
#[derive(Clone, Debug, Default)]
pub(super) struct Recorder {
    step: usize,
    /// The operators to keep, by how many are before them.
    wanted: Range<u64>,
    /// The places of operators of which the last are kept, wherever they are.
    writers: BTreeSet<u32>,
    now: usize,
    depth: usize,
    /// The function and the gas before its last operator.
    last: Option<(u32, u64)>,
    record: Record,
}

/// What a recorder kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    /// How many operators the step executed.
    pub(super) operators: u64,
    /// The gas before the last of them.
    pub(super) gas: u64,
    pub(super) events: Vec<Event>,
    pub(super) writes: VecDeque<Event>,
    /// For each function its entries and the gas of its operators; that of a call goes to the caller, that of the entry
    /// with it.
    pub(super) functions: BTreeMap<u32, (u64, u64)>,
}

/// An operator that is about to be executed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Event {
    /// How many operators the step executed before.
    pub(super) number: u64,
    pub(super) function: u32,
    pub(super) depth: usize,
    pub(super) offset: u32,
    pub(super) gas: u64,
    pub(super) operands: Vec<u64>,
}

/// Operands that are kept of an operator.
const OPERANDS: usize = 8;

/// Writes that are kept.
const WRITES: usize = 4;

impl Recorder {
    /// Keeps these operators of a step, and the last of those at `writers`.
    pub(super) fn new(step: usize, wanted: Range<u64>, writers: BTreeSet<u32>) -> Self {
        Self { step, wanted, writers, ..Self::default() }
    }

    /// Watches the reference make a run of a case.
    pub(super) fn record(mut self, case: &Case, run: &Run) -> Result<Record, LaneFault> {
        let seen = ReferenceLane::default().watch(case, run, &mut self)?;
        if let (Some((function, before)), Some(step)) = (self.last, seen.steps.get(self.step)) {
            // A call that does not complete consumes its limit, which says nothing of its last operator.
            if step.outcome.completed() {
                self.record.functions.entry(function).or_default().1 += step.gas_used.saturating_sub(before);
            }
        }
        Ok(self.record)
    }
}

impl Watch for Recorder {
    fn operator(&mut self, Moment { function, depth, offset, gas_used, operands, .. }: Moment<'_>) {
        if self.now != self.step {
            return;
        }
        if let Some((before, gas)) = self.last {
            self.record.functions.entry(before).or_default().1 += gas_used.saturating_sub(gas);
        }
        // What the host calls, it calls at depth zero.
        if self.last.is_none() || depth > self.depth {
            self.record.functions.entry(function).or_default().0 += 1;
        }
        (self.last, self.depth) = (Some((function, gas_used)), depth);
        let number = self.record.operators;
        (self.record.operators, self.record.gas) = (number + 1, gas_used);
        let wanted = self.wanted.contains(&number);
        let writes = self.writers.contains(&offset);
        if !wanted && !writes {
            return;
        }
        let operands = operands[operands.len().saturating_sub(OPERANDS)..].to_vec();
        let event = Event { number, function, depth, offset, gas: gas_used, operands };
        if writes {
            if self.record.writes.len() == WRITES {
                self.record.writes.pop_front();
            }
            self.record.writes.push_back(event.clone());
        }
        if wanted {
            self.record.events.push(event);
        }
    }
}

impl Spectator for Recorder {
    fn step(&mut self, number: usize) {
        (self.now, self.last) = (number, None);
    }
}
