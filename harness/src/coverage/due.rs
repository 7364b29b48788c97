//! What is due: every operator of the profile with every kind of operand in every context that can be.

use super::operator::{Arity, Listed, of_the_profile};
use super::{Cell, Context, Operand, Operands};
use std::sync::OnceLock;

/// Operators that leave nothing to execute, or end the call, and one that no valid module has.
const NOT_DUE: [&str; 7] = ["Unreachable", "Nop", "Block", "Loop", "Else", "End", "TypedSelectMulti"];

/// Operators that decide on one operand, whatever else they take.
pub(super) const DECIDING: [&str; 4] = ["If", "BrIf", "BrTable", "CallIndirect"];

/// The cells that are due, in the decoder's order of operators.
#[must_use]
pub fn due() -> &'static [Cell] {
    static DUE: OnceLock<Vec<Cell>> = OnceLock::new();
    DUE.get_or_init(|| of_the_profile().filter(|listed| !NOT_DUE.contains(&listed.name)).flat_map(cells).collect())
}

fn cells(listed: Listed) -> Vec<Cell> {
    let contexts = contexts(listed);
    let of_operands = |operands: Operands| {
        let cell = move |context| Cell { operator: listed.name, operands: operands.clone(), context };
        contexts.clone().into_iter().map(cell).collect::<Vec<_>>()
    };
    operands(listed).into_iter().flat_map(of_operands).collect()
}

/// Every kind in every position; of three operands two kinds, or all loaded.
fn operands(listed: Listed) -> Vec<Operands> {
    use Operand::{Constant, Load, Local};
    let kinds = [Constant, Local, Load];
    let takes = match listed.arity {
        Arity::Fixed(takes, _) => takes,
        Arity::Custom => usize::from(DECIDING.contains(&listed.name)),
    };
    match takes {
        0 => vec![Operands::of(&[])],
        1 => kinds.iter().map(|&one| Operands::of(&[one])).collect(),
        2 => {
            let pairs = kinds.iter().flat_map(|&one| kinds.map(|two| Operands::of(&[one, two])));
            // What takes one type twice can take one local twice.
            pairs.chain(takes_one_type_twice(listed).then_some(Operands::SameLocal)).collect()
        }
        _ => {
            let two = [Constant, Local];
            let mixed = two.iter().flat_map(|&a| two.iter().flat_map(move |&b| two.map(|c| Operands::of(&[a, b, c]))));
            mixed.chain([Operands::of(&[Load; 3])]).collect()
        }
    }
}

fn takes_one_type_twice(Listed { name, snake, .. }: Listed) -> bool {
    !snake.contains("store") && !snake.contains("table") || name.starts_with("I32Store")
}

fn contexts(listed: Listed) -> Vec<Context> {
    let uses = match listed.arity {
        Arity::Fixed(_, 1) => Context::USES.to_vec(),
        Arity::Fixed(..) | Arity::Custom => Vec::new(),
    };
    let fits = |context: &Context| *context != Context::Condition || leaves_an_i32(listed);
    Context::PLACES.into_iter().chain(uses).filter(fits).collect()
}

/// Whether the operator's result is an `i32` or can be one.
fn leaves_an_i32(Listed { name, snake, .. }: Listed) -> bool {
    const OTHERS: [&str; 10] = [
        "RefIsNull",
        "MemorySize",
        "MemoryGrow",
        "TableSize",
        "TableGrow",
        "LocalGet",
        "LocalTee",
        "GlobalGet",
        "Select",
        "TypedSelect",
    ];
    const COMPARISONS: [&str; 7] = ["eqz", "eq", "ne", "lt", "gt", "le", "ge"];
    let compares = snake.split('_').any(|word| COMPARISONS.contains(&word));
    snake.starts_with("visit_i32_") || compares || OTHERS.contains(&name)
}
