//! Coverage is what generated cases made the reference execute: operators, by where their operands come from and by what
//! surrounds them.
//!
//! An optimiser looks at an operator together with its neighbours: at constants on one side, at a comparison whose result
//! is only branched on, at a local that is read before it is written. So a cell of the table is an operator, the
//! [kinds](Operand) of its operands and a [context](Context). The cells that are [due] follow from the decoder's own list
//! of operators: an operator that no generator knows is a hole, and a hole ends a long run as incomplete.

mod context;
mod due;
mod operand;
mod operator;
mod site;
mod table;
mod watched;

pub use context::Context;
pub use due::due;
pub use operand::{Operand, Operands};
pub(crate) use operator::of_the_profile;

use crate::{Case, Tally};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// An operator with certain operands in a certain context.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// The operator, by the decoder's name for it (`I32Add`).
    pub operator: &'static str,
    /// Where its operands come from.
    pub operands: Operands,
    /// What surrounds it, or takes its result.
    pub context: Context,
}

/// Which cells were executed, and in how many cases.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "table::Table", try_from = "table::Table")]
pub struct Coverage {
    cases: u64,
    reached: BTreeMap<Cell, u64>,
}

impl Coverage {
    /// Fewer cases than this say nothing of cells that they do not reach.
    pub const ENOUGH: u64 = 5_000;

    /// Fewer cases than this say nothing of operators that they do not reach at all.
    pub const ENOUGH_FOR_OPERATORS: u64 = 1_000;

    /// Counts what the reference executes in the case's own runs by export, of modules that call no others.
    pub fn record(&mut self, case: &Case) {
        self.cases += 1;
        for cell in watched::cells(case) {
            *self.reached.entry(cell).or_default() += 1;
        }
    }

    /// Adds what was counted elsewhere.
    pub fn add(&mut self, other: &Self) {
        self.cases += other.cases;
        for (cell, count) in &other.reached {
            *self.reached.entry(cell.clone()).or_default() += count;
        }
    }

    /// The cases looked at.
    #[must_use]
    pub const fn cases(&self) -> u64 {
        self.cases
    }

    /// In how many cases each operator was executed with some operands in some context, summed over these.
    #[must_use]
    pub fn operators(&self) -> Tally {
        let mut operators = BTreeMap::new();
        for (cell, count) in &self.reached {
            *operators.entry(cell.operator.to_owned()).or_default() += count;
        }
        Tally(operators)
    }

    /// How many cells that are due were executed.
    #[must_use]
    pub fn reached_due(&self) -> usize {
        due().len() - self.holes().count()
    }

    /// The cells that are due and were not executed.
    pub fn holes(&self) -> impl Iterator<Item = &'static Cell> {
        due().iter().filter(|cell| !self.reached.contains_key(cell))
    }

    /// The holes that so many cases should not have left: all of them, or those of operators that were not executed at all.
    #[must_use]
    pub fn overdue(&self) -> Vec<&'static Cell> {
        let executed = self.reached.keys().map(|cell| cell.operator).collect::<BTreeSet<_>>();
        match self.cases {
            0..Self::ENOUGH_FOR_OPERATORS => Vec::new(),
            Self::ENOUGH_FOR_OPERATORS..Self::ENOUGH => {
                self.holes().filter(|cell| !executed.contains(cell.operator)).collect()
            }
            Self::ENOUGH.. => self.holes().collect(),
        }
    }

    /// What is left open: one line that counts the overdue holes and names the first of them.
    #[must_use]
    pub fn gaps(&self) -> Option<String> {
        /// Holes that are named.
        const NAMED: usize = 4;
        let holes = self.overdue();
        if holes.is_empty() {
            return None;
        }
        let operators = holes.iter().map(|cell| cell.operator).collect::<BTreeSet<_>>();
        let named = holes.iter().take(NAMED).map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let more = if holes.len() > NAMED { ", …" } else { "" };
        Some(format!(
            "{} of {} cells of {} operators never executed: {named}{more}",
            holes.len(),
            due().len(),
            operators.len()
        ))
    }
}

impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { operator, operands, context } = self;
        write!(f, "{operator} ({operands}) {context}")
    }
}
