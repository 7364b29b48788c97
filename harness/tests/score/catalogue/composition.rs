//! Faults of hosts in calling modules from modules.

use crate::score::bug::{Bug, Class, Plant};
use modal_wasm_meter::CompositionRule;

/// A host that applies another number of the schedule's.
pub(crate) type WrongRule = fn(&mut CompositionRule);

/// Numbers of the schedule that hosts apply, each changed on every lane alike. The reference keeps the right ones.
pub(crate) const WRONG_RULES: &[(&str, WrongRule)] = &[
    ("charges nothing for a call", |rule| rule.call = 0),
    ("charges nothing for bytes that it copies", |rule| rule.byte = 0),
    ("keeps nothing for the caller", |rule| rule.kept_part = u32::MAX),
    ("allows one open call too many", |rule| rule.open_calls += 1),
    ("allows one open call too few", |rule| rule.open_calls -= 1),
    ("weighs nothing for an open call", |rule| rule.words = 0),
];

/// What a host can do wrong beside that: options of the planted worker.
pub(crate) const WRONG_HOSTS: &[(&str, &str)] = &[
    ("charges nothing for what a module used", "free-callees"),
    ("charges a module that trapped less than its budget", "cheap-traps"),
    ("sees no cycle", "no-cycles"),
    ("gives each module a stack of its own", "own-stacks"),
    ("keeps a result for the next budget", "stale-results"),
    ("charges nothing for what an instance starts with", "free-instances"),
];

pub(super) fn bugs() -> Vec<Bug> {
    let rules = WRONG_RULES.iter().map(|&(name, rule)| Bug::new(Class::Composition, name, Plant::Rule(rule)));
    let hosts = WRONG_HOSTS.iter().map(|&(name, option)| Bug::new(Class::Composition, name, Plant::Worker(option)));
    rules.chain(hosts).collect()
}
