//! The catalogue of bugs. Each table is a part of the project and its faults.
//!
//! Faults of engines are conditional, as real ones are: an operator is wrong with a constant on its right, in a loop, on
//! a local, behind another operator. A fault that is there whenever its operator is says only that generators know the
//! operator; one that is conditional says how far they reach.

use crate::score::bug::Bug;
use std::collections::BTreeSet;

/// A fault of code that was generated from metered bytes: other code in the place of one operator.
macro_rules! replaced {
    ($plant:ident, $site:ident, $pattern:pat $(if $guard:expr)? => $code:expr) => {
        Plant::$plant(|$site| match $site.operator() {
            $pattern $(if $guard)? => Some(Vec::from($code)),
            _ => None,
        })
    };
}

pub(crate) mod adapters;
mod admission;
mod branches;
mod bulk;
pub(crate) mod composition;
mod control;
mod floats;
mod folding;
mod integers;
mod judge;
mod memory;
mod meter;
pub(crate) mod nodes;
mod requests;
pub(crate) mod validators;
mod values;
mod written;

/// Every bug, class by class.
pub(crate) fn bugs() -> Vec<Bug> {
    let tables = [
        meter::bugs(),
        written::bugs(),
        admission::bugs(),
        composition::bugs(),
        integers::bugs(),
        floats::bugs(),
        control::bugs(),
        branches::bugs(),
        memory::bugs(),
        bulk::bugs(),
        values::bugs(),
        folding::bugs(),
        adapters::bugs(),
        requests::bugs(),
        judge::bugs(),
        validators::bugs(),
        nodes::bugs(),
    ];
    let mut bugs = tables.into_iter().flatten().collect::<Vec<_>>();
    bugs.sort_by_key(|bug| bug.class);
    let names = bugs.iter().map(|bug| bug.name).collect::<BTreeSet<_>>();
    assert_eq!(names.len(), bugs.len(), "two bugs have one name");
    bugs
}
