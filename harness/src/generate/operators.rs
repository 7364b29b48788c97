//! Single operators: a module of small functions, each around one operator with operands of certain kinds in a certain
//! context.
//!
//! What is made is not drawn but due: a campaign goes through the [cells](crate::coverage::due) that coverage wants, each
//! once before any comes again, in an order of its own and with values of its own, which are the edges of their types as
//! a rule. So a campaign of some thousand cases has executed every operator of the profile with constants, locals and
//! loads on either side, straight, in loops and arms, and with its result used in every way.

mod function;
mod module;
mod range;
mod specimen;

use super::bits::Bits;
use super::contract::types::Type;
use crate::Seed;
use crate::case::{Call, Case, Run};
use crate::coverage::{Cell, due};
use modal_wasm_runtime::Value;
use module::{Assembled, IDENTITIES, assemble};
use rand::RngExt as _;
use range::Range;

/// Functions in a module.
const FUNCTIONS: u64 = 16;

/// Values in a row.
const VALUES: u32 = 6;

/// Where the rows are.
const ROWS: u32 = 0x0400;

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

/// The `number`th case of single operators of a campaign.
pub(super) fn case(seed: Seed, campaign: u64, number: u64) -> Case {
    of_cells(seed, due(), campaign, number)
}

/// The case that takes its turn among these cells.
fn of_cells(seed: Seed, cells: &[Cell], campaign: u64, number: u64) -> Case {
    let bits = &mut Bits::new(seed.stream("operators").random());
    let count = cells.len() as u64;
    // Neighbours in the list are alike, so a campaign strides through it, by a step that meets every cell.
    let mut order = Bits::new(campaign ^ 0x6f70_6572_6174_6f72);
    let first = order.word() % count.max(1);
    let step = (0..).map(|_| order.word() % count.max(1)).find(|&step| coprime(step, count)).unwrap_or(1);
    let place = |turn: u64| (u128::from(first) + u128::from(turn) * u128::from(step)) % u128::from(count.max(1));
    let turns = number * FUNCTIONS..(number + 1) * FUNCTIONS;
    let Assembled { bytes, functions } = assemble(turns.filter_map(|turn| cells.get(place(turn) as usize)), bits);
    Case::new(bytes, runs(&functions, bits))
}

fn coprime(one: u64, other: u64) -> bool {
    if one == 0 { other <= 1 } else { coprime(other % one, one) }
}

/// All functions with all values; some of them directly, in a sequence; now and then with what they may trap on, or so
/// often that engines compile them again.
fn runs(functions: &[Vec<Range>], bits: &mut Bits) -> Vec<Run> {
    let all = |rounds: u32, gas: u64| Call { export: "all".into(), args: vec![Value::I32(rounds)], gas };
    let sequence = |calls| Run::Exports { start_gas: GAS, calls };
    let mut runs = vec![sequence(vec![all(1, GAS)])];
    let mut directly = (0..4).map(|_| direct(functions, false, bits)).collect::<Vec<_>>();
    directly.push(all(1, GAS));
    runs.push(sequence(directly));
    if bits.one_in(4) {
        runs.push(sequence((0..6).map(|_| direct(functions, true, bits)).collect()));
    }
    runs
}

/// A call of one of the functions, with values in their ranges or with any.
fn direct(functions: &[Vec<Range>], any: bool, bits: &mut Bits) -> Call {
    let index = bits.below(functions.len() as u32);
    let params = functions.get(index as usize).map(Vec::as_slice).unwrap_or_default();
    let place = Value::I32(8 * bits.below(VALUES));
    let args = params.iter().map(|param| {
        let ty = param.ty();
        let range = if any { Range::Any(ty) } else { *param };
        match ty {
            Type::I32 => Value::I32(range.value(bits) as u32),
            Type::I64 => Value::I64(range.value(bits)),
            Type::F32 => Value::F32(range.value(bits) as u32),
            Type::F64 => Value::F64(range.value(bits)),
            Type::FuncRef => Value::FuncRef(None),
            Type::ExternRef => Value::ExternRef(None),
        }
    });
    Call { export: format!("c{index}"), args: [place].into_iter().chain(args).collect(), gas: GAS }
}

/// The function that returns its argument.
fn identity(ty: Type) -> u32 {
    (0..).zip(IDENTITIES).find(|&(_, known)| known == ty).map_or(0, |(index, _)| index)
}

/// Values in memory, for operands that are loaded and for arguments: a row for each.
#[derive(Debug, Default)]
struct Rows {
    bytes: Vec<u8>,
}

impl Rows {
    /// Adds a row, and says where it is.
    fn add(&mut self, range: Range, bits: &mut Bits) -> u32 {
        let place = ROWS + self.bytes.len() as u32;
        for _ in 0..VALUES {
            self.bytes.extend(range.value(bits).to_le_bytes());
        }
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coverage::Coverage;
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
