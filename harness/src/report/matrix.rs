//! A matrix says, for each lane and each check, how often the check was demanded, made, and what it found.

use super::number::Amount;
use crate::certificate::Conformance;
use crate::results::{Check, Count};

/// Lanes down, checks across.
pub(super) struct Matrix {
    pub(super) columns: Vec<Column>,
    pub(super) lines: Vec<MatrixLine>,
    /// How many cells there are.
    pub(super) cells: usize,
    /// In how many of them something differs or broke.
    pub(super) broken: usize,
    /// In how many of the others not all was made.
    pub(super) short: usize,
}

/// A check.
pub(super) struct Column {
    pub(super) check: Check,
    /// What the lane is held against.
    pub(super) about: &'static str,
    /// What is counted.
    pub(super) counted: &'static str,
}

/// A lane.
pub(super) struct MatrixLine {
    pub(super) lane: String,
    pub(super) cells: Vec<Cell>,
}

/// What came of a check on a lane.
pub(super) struct Cell {
    pub(super) state: CellState,
    pub(super) made: Amount,
    /// What is to be said beside it, in words.
    pub(super) notes: Vec<String>,
}

/// What a cell comes to: the worst of what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellState {
    /// A difference was found.
    Diverged,
    /// Something broke instead.
    Faulted,
    /// It was demanded more often than it was made.
    Short,
    /// It was made as often as it was demanded, and found agreement each time.
    Agreed,
    /// No case demanded it.
    Idle,
}

impl Matrix {
    pub(super) fn of(conformance: &Conformance) -> Self {
        let checks = || Check::ALL.into_iter();
        let mut lanes = conformance.lanes.iter().map(|lane| lane.name.clone()).collect::<Vec<_>>();
        // A count is shown although the lane that it is of is not among the lanes.
        for (lane, _, _) in conformance.checks.iter() {
            if !lanes.iter().any(|known| known == lane) {
                lanes.push(lane.to_owned());
            }
        }
        let line = |lane: String| {
            let cells = checks().map(|check| Cell::of(conformance.checks.of(&lane, check))).collect();
            MatrixLine { lane, cells }
        };
        let lines = lanes.into_iter().map(line).collect::<Vec<_>>();
        let cells = || lines.iter().flat_map(|line| &line.cells);
        let broken = cells().filter(|cell| matches!(cell.state, CellState::Diverged | CellState::Faulted)).count();
        let short = cells().filter(|cell| cell.state == CellState::Short).count();
        let column = |check| Column { check, about: about(check), counted: counted(check) };
        Self { columns: checks().map(column).collect(), cells: cells().count(), broken, short, lines }
    }
}

impl Cell {
    fn of(count: Count) -> Self {
        let Count { expected, agreed: _, diverged, faulted, unbound, unsent } = count;
        let made = count.executed();
        let state = if diverged > 0 {
            CellState::Diverged
        } else if faulted > 0 {
            CellState::Faulted
        } else if made != expected {
            CellState::Short
        } else if expected > 0 {
            CellState::Agreed
        } else {
            CellState::Idle
        };
        let mut notes = Vec::new();
        let mut note = |count: u64, text: &str| {
            if count > 0 {
                notes.push(format!("{} {text}", Amount(count)));
            }
        };
        note(diverged, "diverged");
        note(faulted, "faulted");
        note(expected.saturating_sub(made).saturating_sub(faulted), "not made");
        note(made.saturating_sub(expected), "more than demanded");
        note(unbound, "not bound");
        note(unsent, "not sent");
        Self { state, made: Amount(made), notes }
    }
}

impl CellState {
    /// The name by which styles know it.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Diverged => "bad",
            Self::Faulted => "warn",
            Self::Short => "short",
            Self::Agreed => "good",
            Self::Idle => "idle",
        }
    }

    /// What stands for it, without colour.
    pub(super) fn symbol(self) -> &'static str {
        match self {
            Self::Diverged => "≠",
            Self::Faulted => "!",
            Self::Short => "…",
            Self::Agreed => "✓",
            Self::Idle => "–",
        }
    }

    /// What it is called.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Diverged => "differs",
            Self::Faulted => "broke",
            Self::Short => "not all made",
            Self::Agreed => "agrees",
            Self::Idle => "not demanded",
        }
    }
}

fn about(check: Check) -> &'static str {
    match check {
        Check::Lanes => "It sees what the other lanes see.",
        Check::Metered => "It meters modules to the same bytes as the other lanes.",
        Check::Reference => "It sees what the reference interpreter sees of the original module.",
        Check::GasLaw => "Gas used and gas left add up, and a run that does not complete uses its limit up.",
        Check::Limit => "A run completes if and only if its gas limit covers its need.",
        Check::Repeat => "A run repeated in the same process is the same.",
        Check::FreshRepeat => "A case repeated in a fresh process is the same.",
        Check::Fuel => "Wasmtime's own fuel on the original module is the metered gas.",
        Check::Validators => "Validators answer what their native form answers.",
        Check::Uploads => "Nodes keep what was uploaded, and answer what lanes see.",
        Check::Mutation => "A mutant answers what the module that it was made of does.",
    }
}

fn counted(check: Check) -> &'static str {
    match check {
        Check::Lanes => "cases",
        Check::Metered | Check::Reference => "cases whose module is admitted",
        Check::GasLaw => "runs",
        Check::Limit => "runs under a swept limit",
        Check::Repeat => "repeats",
        Check::FreshRepeat => "cases of the sample",
        Check::Fuel => "completed calls",
        Check::Validators => "calls of validators",
        Check::Uploads => "cases that are uploaded",
        Check::Mutation => "steps of mutants",
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, CellState};
    use crate::results::Count;

    #[test]
    fn a_cell_shows_the_worst_of_what_is_in_it() {
        let check = |counts: [u64; 6], state: CellState, notes: &[&str]| {
            let [expected, agreed, diverged, faulted, unbound, unsent] = counts;
            let cell = Cell::of(Count { expected, agreed, diverged, faulted, unbound, unsent });
            assert_eq!(
                (cell.state, cell.notes),
                (state, notes.iter().map(ToString::to_string).collect()),
                "{counts:?}"
            );
        };
        check([0, 0, 0, 0, 0, 0], CellState::Idle, &[]);
        check([0, 0, 0, 0, 3, 0], CellState::Idle, &["3 not bound"]);
        check([9, 9, 0, 0, 0, 0], CellState::Agreed, &[]);
        check([9, 9, 0, 0, 0, 2], CellState::Agreed, &["2 not sent"]);
        check([9, 8, 0, 0, 0, 0], CellState::Short, &["1 not made"]);
        check([8, 9, 0, 0, 0, 0], CellState::Short, &["1 more than demanded"]);
        check([9, 8, 0, 1, 0, 0], CellState::Faulted, &["1 faulted"]);
        check([9, 0, 1, 1, 2, 0], CellState::Diverged, &["1 diverged", "1 faulted", "7 not made", "2 not bound"]);
        check([9, 8, 1, 0, 0, 0], CellState::Diverged, &["1 diverged"]);
    }
}
