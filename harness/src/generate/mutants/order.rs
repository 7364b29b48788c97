//! Order is what a rewriting has to keep: writes among each other, and reads between the writes that they stand between.
//!
//! wasm-mutate writes a block of straight code anew from the values that flow through it, and there lets a read of a local
//! or of the memory come after a write of it that it came before. Such a mutant means something else, so it is told here,
//! and is no mutant.

use std::collections::BTreeMap;
use wasmparser::{FunctionBody, Operator, Parser, Payload, Result};

/// What stands between two writes, and the second of them.
#[derive(Debug, Default, PartialEq, Eq)]
struct Stretch {
    /// Reads, whose order among each other does not matter, by how many there are.
    reads: BTreeMap<String, u32>,
    /// What may trap, in order: another trap would come first.
    traps: Vec<String>,
    write: String,
}

/// Whether a rewriting keeps the order in every function, or rewrites its structure, which wasm-mutate does by other means.
pub(super) fn is_kept(before: &[u8], after: &[u8]) -> bool {
    match (bodies(before), bodies(after)) {
        (Ok(before), Ok(after)) => {
            before.len() <= after.len() && before.iter().zip(&after).all(|(one, two)| one.is_kept_by(two))
        }
        _ => false,
    }
}

/// The order of a function's operators.
#[derive(Debug, Default, PartialEq, Eq)]
struct Body {
    structure: Vec<String>,
    stretches: Vec<Stretch>,
}

impl Body {
    fn is_kept_by(&self, other: &Self) -> bool {
        self.structure != other.structure || self.stretches == other.stretches
    }
}

fn bodies(module: &[u8]) -> Result<Vec<Body>> {
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::CodeSectionEntry(body) = payload? {
            bodies.push(of(&body)?);
        }
    }
    Ok(bodies)
}

fn of(body: &FunctionBody<'_>) -> Result<Body> {
    let mut made = Body::default();
    let mut stretch = Stretch::default();
    for operator in body.get_operators_reader()? {
        let operator = operator?;
        let text = format!("{operator:?}");
        match effect(&operator, &text) {
            Effect::None => {}
            Effect::Reads => *stretch.reads.entry(text).or_default() += 1,
            Effect::Traps => stretch.traps.push(text),
            Effect::Writes => {
                stretch.write = text;
                made.stretches.push(std::mem::take(&mut stretch));
            }
            Effect::Structure => {
                made.structure.push(text);
                made.stretches.push(std::mem::take(&mut stretch));
            }
        }
    }
    Ok(made)
}

/// What an operator does beside taking and leaving values.
enum Effect {
    None,
    Reads,
    /// It may trap, or reads what only writes in order may change.
    Traps,
    Writes,
    Structure,
}

fn effect(operator: &Operator<'_>, text: &str) -> Effect {
    let name = text.split([' ', '{']).next().unwrap_or_default();
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    match operator {
        Operator::LocalGet { .. }
        | Operator::GlobalGet { .. }
        | Operator::MemorySize { .. }
        | Operator::TableSize { .. } => Effect::Reads,
        Operator::Block { .. }
        | Operator::Loop { .. }
        | Operator::If { .. }
        | Operator::Else
        | Operator::End
        | Operator::Br { .. }
        | Operator::BrIf { .. }
        | Operator::BrTable { .. }
        | Operator::Return
        | Operator::Unreachable => Effect::Structure,
        Operator::TableGet { .. } => Effect::Traps,
        // Truncations to the nearest integer in range do not trap, and those to a float are none.
        _ if has(&["Load", "Div", "Rem"]) || (has(&["Trunc"]) && name.starts_with('I') && !has(&["Sat"])) => {
            Effect::Traps
        }
        _ if has(&["Set", "Tee", "Store", "Call", "Grow", "Fill", "Copy", "Init", "Drop"])
            && !has(&["Copysign"])
            && name != "Drop" =>
        {
            Effect::Writes
        }
        _ => Effect::None,
    }
}

#[cfg(test)]
mod tests {
    use super::is_kept;

    fn check(before: &str, after: &str, kept: bool) {
        let module = |body: &str| {
            let text = format!("(module (memory 1) (func (param i32 i32) (result i32) (local i64) {body}))");
            wat::parse_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
        };
        assert_eq!(is_kept(&module(before), &module(after)), kept, "{before} as {after}");
    }

    #[test]
    fn reads_stay_between_their_writes() {
        let swap = "local.get 0 local.get 1 local.set 0 local.set 1 local.get 0";
        check(swap, swap, true);
        check(swap, "local.get 1 local.set 0 local.get 0 local.set 1 local.get 0", false);
        let read = "i32.const 0 i32.load i32.const 0 i32.const 7 i32.store";
        check(read, "i32.const 0 i32.const 7 i32.store i32.const 0 i32.load", false);
        let sum = "local.get 0 local.get 1 i32.add";
        check(sum, "local.get 1 local.get 0 i32.add", true);
        check(sum, "local.get 0 local.get 1 i32.add i32.const 0 i32.or", true);
        check("local.get 0 i32.const 1 i32.div_s", "local.get 0", false);
        let two = "local.get 0 local.get 1 i32.div_s local.get 1 i32.load i32.add";
        check(two, "local.get 1 i32.load local.get 0 local.get 1 i32.div_s i32.add", false);
        let arms = "local.get 0 if (result i32) local.get 1 else i32.const 1 end";
        check(arms, "local.get 0 i32.eqz if (result i32) i32.const 1 else local.get 1 end", false);
        check(arms, "block (result i32) local.get 0 if (result i32) local.get 1 else i32.const 1 end end", true);
    }
}
