//! Single operators: a module of small functions, each around one operator with operands of certain kinds in a certain
//! context, or around a [pattern](pattern) of two or three that optimisers have a rule for.
//!
//! What is made is not drawn but due: a campaign goes through the [cells](crate::coverage::due) that coverage wants, and
//! through all patterns, each once before any comes again, in an order of its own and with values of its own, which are
//! the edges of their types as a rule. So a campaign of some thousand cases has executed every operator of the profile with constants, locals and
//! loads on either side, straight, in loops and arms, and with its result used in every way.

mod address;
mod function;
mod module;
mod pattern;
mod range;
mod specimen;

use super::bits::Bits;
use super::contract::types::Type;
use crate::Seed;
use crate::case::{Call, Case, Run};
use crate::coverage::{Cell, due};
use modal_wasm_runtime::Value;
use module::{Assembled, IDENTITIES, assemble};
use pattern::patterns;
use rand::RngExt as _;
use range::Range;

/// Functions around cells in a module.
const FUNCTIONS: u64 = 16;

/// Functions around patterns in a module: so many that a thousand cases have all of them.
const PATTERNS: u64 = 13;

/// Values in a row.
const VALUES: u32 = 6;

/// Where the rows are.
const ROWS: u32 = 0x0400;

/// Bytes that rows take in any module, about.
const ROWS_AT_LEAST: u32 = 1_000;

/// Where results that are stored by their function go.
const SCRATCH: u32 = 0x9800;

/// Bytes of a page.
const PAGE: u32 = 0x1_0000;

/// Entries of the table that are called.
const ENTRIES: u32 = 4;

/// Entries of the table.
const ELEMENTS: u32 = 8;

/// Bytes of the passive segment.
const DATA: u32 = 16;

/// Gas of calls that are not hot.
const GAS: u64 = 200_000;

/// Of so many cases, one goes through its functions often.
const HOT_CASES: u32 = 64;

/// Rounds of those: each function is called six times as often.
const HOT_ROUNDS: u32 = 1_200;

/// Gas of those.
const HOT_GAS: u64 = 20_000_000;

/// The `number`th case of single operators of a campaign.
pub(super) fn case(seed: Seed, campaign: u64, number: u64) -> Case {
    of_cells(seed, due(), campaign, number)
}

/// The case that takes its turn among these cells.
fn of_cells(seed: Seed, cells: &[Cell], campaign: u64, number: u64) -> Case {
    let bits = &mut Bits::new(seed.stream("operators").random());
    let cells = in_turn(cells, FUNCTIONS, campaign, number);
    let patterns = in_turn(patterns(), PATTERNS, campaign, number).copied();
    let Assembled { bytes, functions } = assemble(cells, patterns, bits);
    Case::new(bytes, runs(&functions, bits))
}

/// Those of a list whose turn it is in a campaign's `number`th case.
fn in_turn<T>(list: &[T], at_once: u64, campaign: u64, number: u64) -> impl Iterator<Item = &T> {
    let count = list.len() as u64;
    // Neighbours in the list are alike, so a campaign strides through it, by a step that meets every place.
    let mut order = Bits::new(campaign ^ 0x6f70_6572_6174_6f72);
    let first = order.word() % count.max(1);
    let step = (0..).map(|_| order.word() % count.max(1)).find(|&step| coprime(step, count)).unwrap_or(1);
    let place = move |turn: u64| (u128::from(first) + u128::from(turn) * u128::from(step)) % u128::from(count.max(1));
    let turns = number * at_once..(number + 1) * at_once;
    turns.filter_map(move |turn| list.get(place(turn) as usize))
}

fn coprime(one: u64, other: u64) -> bool {
    if one == 0 { other <= 1 } else { coprime(other % one, one) }
}

/// All functions with all values; some of them directly, in a sequence; as often as not each with what it may trap on; now
/// and then all so often that engines compile them again.
fn runs(functions: &[Vec<Range>], bits: &mut Bits) -> Vec<Run> {
    let all = |rounds: u32, gas: u64| Call { export: "all".into(), args: vec![Value::I32(rounds)], gas };
    let sequence = |calls| Run::Exports { start_gas: GAS, calls };
    let mut runs = vec![sequence(vec![all(1, GAS)])];
    let mut directly = (0..4).filter_map(|_| direct(functions, None, bits)).collect::<Vec<_>>();
    directly.push(all(1, GAS));
    runs.push(sequence(directly));
    if bits.one_in(2) {
        runs.push(sequence((0..functions.len()).filter_map(|index| direct(functions, Some(index), bits)).collect()));
    }
    if bits.one_in(HOT_CASES) {
        // Once more when the engine has done so, for it does that aside.
        runs.push(sequence(vec![all(HOT_ROUNDS, HOT_GAS), all(2, GAS), all(1, GAS)]));
    }
    runs
}

/// A call of any function with values in their ranges, or of a certain one with any values: then it may trap, also on what it
/// loads, which may be another's.
fn direct(functions: &[Vec<Range>], certain: Option<usize>, bits: &mut Bits) -> Option<Call> {
    let any = certain.is_some();
    let index = certain.unwrap_or(bits.below(functions.len() as u32) as usize);
    let params = functions.get(index)?;
    let place = Value::I32(8 * bits.below(if any { 64 * VALUES } else { VALUES }));
    let args = params.iter().map(|param| {
        let ty = param.ty();
        let range = match *param {
            // At both ends of the address space.
            Range::Between(..) if any => Range::Near(ty, 0),
            _ if any => Range::Any(ty),
            param => param,
        };
        match ty {
            Type::I32 => Value::I32(range.value(bits) as u32),
            Type::I64 => Value::I64(range.value(bits)),
            Type::F32 => Value::F32(range.value(bits) as u32),
            Type::F64 => Value::F64(range.value(bits)),
            Type::FuncRef => Value::FuncRef(None),
            Type::ExternRef => Value::ExternRef(bits.one_in(2).then(|| bits.below(16))),
        }
    });
    Some(Call { export: format!("c{index}"), args: [place].into_iter().chain(args).collect(), gas: GAS })
}

/// The function that returns its argument.
fn identity(ty: Type) -> u32 {
    (0..).zip(IDENTITIES).find(|&(_, known)| known == ty).map_or(0, |(index, _)| index)
}

/// Values in memory, for operands that are loaded and for arguments: a row for each.
#[derive(Debug, Default)]
struct Rows {
    bytes: Vec<u8>,
    /// The last row, and the type of its values.
    last: Option<(Type, [u64; VALUES as usize])>,
}

impl Rows {
    /// Adds a row, and says where it is. A comparison, or a choice of the larger, tells only between values that have to do
    /// with each other, so many are near what the last row has in their place.
    fn add(&mut self, range: Range, bits: &mut Bits) -> u32 {
        let place = ROWS + self.bytes.len() as u32;
        let last = self.last.filter(|(ty, _)| range == Range::Any(*ty));
        let row = std::array::from_fn(|index| match last {
            Some((ty, row)) if bits.one_in(2) => range::near(ty, row[index], bits),
            Some(_) | None => range.value(bits),
        });
        self.bytes.extend(row.iter().flat_map(|value| value.to_le_bytes()));
        self.last = Some((range.ty(), row));
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coverage::Coverage;
    use crate::generate::Kind;
    use crate::lane::{Lane as _, ReferenceLane};
    use modal_wasm_meter::Meter;
    use std::collections::BTreeSet;
    use std::sync::Arc;

    /// What a campaign that goes once through these cells leaves unreached, of all that is due.
    fn holes(cells: &[Cell]) -> BTreeSet<&'static str> {
        let mut coverage = Coverage::default();
        for number in 0..(cells.len() as u64).div_ceil(FUNCTIONS) {
            coverage.record(&of_cells(Seed::of_case(9, number), cells, 9, number));
        }
        coverage.holes().map(|cell| cell.operator).collect()
    }

    #[test]
    fn every_module_is_valid_and_its_first_call_completes() {
        for number in 0..due().len() as u64 / FUNCTIONS {
            let seed = Seed::of_case(4, number);
            let made = case(seed, 4, number);
            assert_eq!(made, case(seed, 4, number));
            let text = || wasmprinter::print_bytes(&made.module).expect("a module's text");
            if let Err(rejection) = Meter::default().meter(&made.module) {
                panic!("case {number}: {rejection}\n{}", text());
            }
            let seen = ReferenceLane::default().observe(&Arc::new(made.clone())).expect("an observation");
            let steps = seen.runs[..2].iter().flat_map(|run| &run.steps);
            let stopped = steps.filter(|step| !step.outcome.completed()).collect::<Vec<_>>();
            assert!(stopped.is_empty(), "case {number}: {stopped:?}\n{}", text());
        }
    }

    #[test]
    fn a_campaign_of_a_thousand_cases_has_all_patterns() {
        let cases = 1_000 / Kind::MIXED * Kind::OPERATORS.len() as u64;
        let of_case = |number| in_turn(patterns(), PATTERNS, 9, number).map(|pattern| format!("{pattern:?}"));
        let met = (0..cases).flat_map(of_case).collect::<BTreeSet<_>>();
        let all = patterns().iter().map(|pattern| format!("{pattern:?}")).collect::<BTreeSet<_>>();
        assert_eq!((met.len(), all.len()), (patterns().len(), patterns().len()));
    }

    #[test]
    fn patterns_are_those_that_optimisers_have_rules_for() {
        let all = patterns().iter().map(|pattern| pattern.to_string()).collect::<BTreeSet<_>>();
        for some in [
            "x I32Add 0x0",
            "0x0 I32Sub x",
            "x I32DivS 0x8",
            "x I64RemU 0xa",
            "x I32LtU 0x0",
            "x I32GtS 0x7fffffff",
            "x F32Mul 0x3f800000",
            "x F64Add 0x0",
            "x F64Add 0x8000000000000000",
            "x I64Shl 0x38 I64ShrU 0x38",
            "x I32Sub 0xffffffff I32Sub 0xffffffff",
            "x F32Add _ F32Mul _",
            "(call x) I64ExtendI32S",
            "null x TableGrow Drop TableSize",
            "x F32DemoteF64 F64PromoteF32",
            "x I32WrapI64 I64ExtendI32U",
            "x I32Eqz I32Eqz",
            "x F64Lt y I32Eqz",
            "load of x I32Shl 0x3",
            "store to x I32WrapI64",
            "load of x I32Add 0xfffffff8",
            "store to x + y I32Shl 0x2",
        ] {
            assert!(all.contains(some), "{some}");
        }
        // What would trap is no pattern: calls complete.
        assert!(!all.contains("x I32DivS 0xffffffff") && !all.iter().any(|pattern| pattern.contains("I32TruncF")));
    }

    #[test]
    fn one_turn_through_all_cells_leaves_no_holes() {
        assert_eq!(holes(due()), BTreeSet::new());
    }

    #[test]
    fn an_operator_that_is_left_out_is_a_hole() {
        for missing in ["I32Rotl", "MemoryFill", "BrTable", "F32Copysign", "TableGrow"] {
            let others = due().iter().filter(|cell| cell.operator != missing).cloned().collect::<Vec<_>>();
            assert_eq!(holes(&others), BTreeSet::from([missing]));
        }
    }
}
