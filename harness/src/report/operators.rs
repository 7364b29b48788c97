//! Operator coverage is which operators of the profile the reference executed in generated cases, and how often.

use super::number::{Amount, Share, Short};
use crate::Tally;
use crate::coverage::{due, of_the_profile};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What the decoder lists, and no module that is valid has.
const NEVER_VALID: &str = "TypedSelectMulti";

/// Which operators were executed, and how often.
pub(super) struct OperatorCoverage {
    pub(super) groups: Vec<OperatorGroup>,
    pub(super) executed: usize,
    /// How many are due.
    pub(super) all: usize,
    pub(super) share: Share,
    pub(super) holes: Vec<String>,
}

/// Operators of a kind.
pub(super) struct OperatorGroup {
    pub(super) family: Family,
    pub(super) executed: usize,
    pub(super) all: usize,
    pub(super) operators: Vec<OperatorCell>,
}

/// An operator.
pub(super) struct OperatorCell {
    pub(super) text: String,
    pub(super) count: String,
    pub(super) exact: Amount,
    pub(super) level: Level,
    /// Whether it is due: a campaign that does not execute it has a hole.
    is_due: bool,
}

/// How often an operator was executed, roughly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// Never, although it is due.
    Hole,
    /// Never, and it is not due.
    Idle,
    /// Less than a hundred times.
    Few,
    /// Less than ten thousand times.
    Some,
    /// Less than a million times.
    Many,
    /// More often.
    Most,
}

/// What operators are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    Control,
    Variables,
    Memory,
    Tables,
    I32,
    I64,
    F32,
    F64,
    Vectors,
    /// Counted, and none of the profile's.
    Strangers,
}

impl OperatorCoverage {
    /// What was executed of the profile's operators, by their names in the decoder (`I32Add`); nothing if nobody counted:
    /// no case runs without an operator.
    pub(super) fn of(counts: &Tally) -> Option<Self> {
        (!counts.0.is_empty()).then(|| Self::of_counted(counts))
    }

    fn of_counted(counts: &Tally) -> Self {
        let due = due().iter().map(|cell| cell.operator).collect::<BTreeSet<_>>();
        let mut groups = BTreeMap::<Family, Vec<OperatorCell>>::new();
        let mut names = BTreeSet::new();
        for (name, text) in profile() {
            names.insert(name);
            let cell = OperatorCell::new(text, counts.of(name), due.contains(name));
            groups.entry(Family::of(&cell.text)).or_default().push(cell);
        }
        for (name, &count) in counts.0.iter().filter(|(name, _)| !names.contains(name.as_str())) {
            groups.entry(Family::Strangers).or_default().push(OperatorCell::new(name.clone(), count, false));
        }
        let groups = groups.into_iter().map(|(family, operators)| OperatorGroup::new(family, operators));
        let groups = groups.collect::<Vec<_>>();
        let holes = groups.iter().flat_map(|group| &group.operators).filter(|cell| cell.level == Level::Hole);
        let executed = groups.iter().map(|group| group.executed).sum::<usize>();
        let all = groups.iter().map(|group| group.all).sum::<usize>();
        Self {
            executed,
            all,
            share: Share { part: executed as u64, whole: all as u64 },
            holes: holes.map(|cell| cell.text.clone()).collect(),
            groups,
        }
    }
}

impl OperatorGroup {
    fn new(family: Family, operators: Vec<OperatorCell>) -> Self {
        let due = || operators.iter().filter(|operator| operator.is_due);
        let executed = due().filter(|operator| operator.level != Level::Hole).count();
        Self { family, executed, all: due().count(), operators }
    }
}

impl OperatorCell {
    fn new(text: String, count: u64, is_due: bool) -> Self {
        let level = Level::of(count, is_due);
        Self { text, count: Short(count).to_string(), exact: Amount(count), level, is_due }
    }
}

impl Level {
    fn of(count: u64, is_due: bool) -> Self {
        match count {
            0 if is_due => Self::Hole,
            0 => Self::Idle,
            1..100 => Self::Few,
            100..10_000 => Self::Some,
            10_000..1_000_000 => Self::Many,
            _ => Self::Most,
        }
    }

    /// The name by which styles know it.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Hole => "hole",
            Self::Idle => "unseen",
            Self::Few => "few",
            Self::Some => "some",
            Self::Many => "many",
            Self::Most => "most",
        }
    }
}

impl Family {
    /// The family of an operator by its text.
    fn of(text: &str) -> Self {
        let (prefix, rest) = text.split_once('.').unwrap_or((text, ""));
        match prefix {
            "memory" | "data" => Self::Memory,
            "i32" | "i64" | "f32" | "f64" | "v128" if rest.starts_with("load") || rest.starts_with("store") => {
                Self::Memory
            }
            "local" | "global" => Self::Variables,
            "table" | "elem" | "ref" => Self::Tables,
            "i32" => Self::I32,
            "i64" => Self::I64,
            "f32" => Self::F32,
            "f64" => Self::F64,
            "v128" | "i8x16" | "i16x8" | "i32x4" | "i64x2" | "f32x4" | "f64x2" => Self::Vectors,
            // Those without a prefix: `br_if`, `call`, `drop`.
            _ => Self::Control,
        }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Control => "Control and choice",
            Self::Variables => "Variables",
            Self::Memory => "Memory",
            Self::Tables => "Tables and references",
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::F32 => "f32",
            Self::F64 => "f64",
            Self::Vectors => "Vectors",
            Self::Strangers => "Counted, and not of the profile",
        })
    }
}

/// The operators of the profile: the name of each, as counts have it, and its text.
fn profile() -> impl Iterator<Item = (&'static str, String)> {
    let valid = of_the_profile().filter(|listed| listed.name != NEVER_VALID);
    valid.map(|listed| (listed.name, text(listed.snake)))
}

/// The text of an operator by the name of the function that visits it: `visit_i32_trunc_sat_f32_s` is `i32.trunc_sat_f32_s`.
fn text(visit: &str) -> String {
    const PREFIXES: [&str; 18] = [
        "i32", "i64", "f32", "f64", "local", "global", "table", "memory", "data", "elem", "ref", "v128", "i8x16",
        "i16x8", "i32x4", "i64x2", "f32x4", "f64x2",
    ];
    let name = visit.strip_prefix("visit_").unwrap_or(visit);
    match name.split_once('_') {
        Some((prefix, rest)) if PREFIXES.contains(&prefix) => format!("{prefix}.{rest}"),
        Some(("typed", _)) => "select (typed)".into(),
        Some(_) | None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_have_the_texts_that_modules_have() {
        let texts = profile().collect::<BTreeMap<_, _>>();
        for (name, text) in [
            ("I32Add", "i32.add"),
            ("BrTable", "br_table"),
            ("I64TruncSatF32U", "i64.trunc_sat_f32_u"),
            ("I32Load8S", "i32.load8_s"),
            ("MemoryCopy", "memory.copy"),
            ("RefIsNull", "ref.is_null"),
            ("TypedSelect", "select (typed)"),
            ("I64Extend32S", "i64.extend32_s"),
        ] {
            assert_eq!(texts.get(name).map(String::as_str), Some(text));
        }
        assert!(!texts.contains_key(NEVER_VALID));
    }

    #[test]
    fn what_was_never_executed_is_a_hole() {
        let every = profile().map(|(name, _)| (name.to_owned(), 7)).collect::<BTreeMap<_, _>>();
        let without = |names: &[&str]| {
            let mut some = every.clone();
            some.retain(|name, _| !names.contains(&name.as_str()));
            OperatorCoverage::of_counted(&Tally(some))
        };
        let all = without(&[]);
        assert_eq!((all.executed, all.holes.len()), (all.all, 0));
        let some = without(&["I32Add", "BrIf"]);
        assert_eq!((some.executed, some.all), (all.all - 2, all.all));
        assert_eq!(some.holes, ["br_if", "i32.add"]);
        let idle = without(&["Nop", "End"]);
        assert_eq!((idle.executed, idle.all, idle.holes.len()), (all.all, all.all, 0), "they are not due");
        assert!(OperatorCoverage::of(&Tally::default()).is_none());
        let stranger = OperatorCoverage::of_counted(&Tally([("<b>".to_owned(), 1)].into()));
        let last = stranger.groups.last().expect("there are groups");
        assert_eq!((last.family, last.operators[0].text.as_str(), stranger.executed), (Family::Strangers, "<b>", 0));
    }
}
