//! A pattern is operators in a row that an optimiser makes fewer of: one with a constant that changes nothing, or everything,
//! or may be done more cheaply; two that cancel or become one; a comparison that is turned round.
//!
//! Such rules are right for most values and wrong, where they are, at an edge: so operands are near the constant, its
//! opposites and the ends of the type. Arithmetic that makes an address is folded into the access. A campaign goes through all of them as it does through cells.

use super::address::Arithmetic;
use super::range::Range;
use super::specimen::{Act, Specimen, name_of};
use super::{PAGE, ROWS, ROWS_AT_LEAST, identity};
use crate::generate::bits::Bits;
use crate::generate::contract::constant;
use crate::generate::contract::operator::{Danger, FAMILIES, Family, LOADS, STORES, at};
use crate::generate::contract::types::Type;
use std::fmt;
use std::sync::OnceLock;
use wasm_encoder::{HeapType, Instruction};

/// What one function does with its operands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Pattern {
    /// An operator with a constant on one side.
    Constant { operator: Operator, constant: u64, left: bool },
    /// An operator on what another one leaves, each with a constant: the same one, if it is given.
    Twice { one: Operator, two: Operator, constant: Option<u64> },
    /// An operator on what a call returns.
    Called(Operator),
    /// A conversion of what another one leaves, to the same type or back.
    Converted(Operator, Operator),
    /// A comparison whose result is turned round.
    Negated(Operator),
    /// The size of a table, or of the memory, that has just grown.
    Grown { table: bool },
    /// An access to an address that is computed, behind a base or not.
    Addressed { arithmetic: Arithmetic, based: bool, store: bool },
}

/// A numeric operator.
#[derive(Clone, Copy, Debug)]
pub(super) struct Operator {
    family: &'static Family,
    instruction: &'static Instruction<'static>,
}

/// All patterns.
pub(super) fn patterns() -> &'static [Pattern] {
    static PATTERNS: OnceLock<Vec<Pattern>> = OnceLock::new();
    PATTERNS.get_or_init(|| {
        let constants = operators(2).flat_map(with_constants);
        let pairs = operators(2).flat_map(|one| {
            let next = operators(2).filter(move |two| one.can_repeat() && two.can_repeat() && one.ty() == two.ty());
            next.flat_map(move |two| twice(one, two))
        });
        let called = operators(1).map(Pattern::Called);
        let conversions = operators(1).flat_map(|one| {
            let next = operators(1).filter(move |two| one.family.result == two.ty() && two.family.result == one.ty());
            next.map(move |two| Pattern::Converted(one, two))
        });
        let comparisons = operators(2).filter(Operator::compares).map(Pattern::Negated);
        let grown = [false, true].map(|table| Pattern::Grown { table });
        let based = Arithmetic::ALL.into_iter().filter(|arithmetic| matches!(arithmetic, Arithmetic::Shl(_)));
        let computed = Arithmetic::ALL.into_iter().map(|arithmetic| (arithmetic, false));
        let computed = computed.chain(based.map(|arithmetic| (arithmetic, true)));
        let addressed = computed
            .flat_map(|(arithmetic, based)| [false, true].map(|store| Pattern::Addressed { arithmetic, based, store }));
        let others = called.chain(conversions).chain(comparisons).chain(grown).chain(addressed);
        constants.chain(pairs).chain(others).collect()
    })
}

/// Operators with so many operands that trap on no value but a divisor.
fn operators(operands: usize) -> impl Iterator<Item = Operator> {
    let families = FAMILIES.iter().filter(move |family| family.operands.len() == operands);
    families
        .filter(|family| family.danger != Danger::Truncation)
        .flat_map(|family| family.members.iter().map(move |instruction| Operator { family, instruction }))
}

fn with_constants(operator: Operator) -> Vec<Pattern> {
    let divides = operator.family.danger == Danger::Division;
    let sides = if divides { &[false][..] } else { &[false, true] };
    let constants = telling(operator);
    let of_side = |&left: &bool| {
        constants.iter().map(move |&constant| Pattern::Constant { operator, constant, left }).collect::<Vec<_>>()
    };
    sides.iter().flat_map(of_side).collect()
}

/// Operators that may cancel, with every constant for which they do; others with any.
fn twice(one: Operator, two: Operator) -> Vec<Pattern> {
    let integers = matches!(one.ty(), Type::I32 | Type::I64);
    if integers && one.shifts() == two.shifts() {
        telling(one).into_iter().map(|constant| Pattern::Twice { one, two, constant: Some(constant) }).collect()
    } else {
        vec![Pattern::Twice { one, two, constant: None }]
    }
}

/// The constants for which an operator is replaced by something else.
fn telling(operator: Operator) -> Vec<u64> {
    let name = name_of(operator.instruction);
    let ty = operator.ty();
    match ty {
        Type::F32 | Type::F64 => {
            let of = |value: f64| if ty == Type::F32 { u64::from((value as f32).to_bits()) } else { value.to_bits() };
            let values: &[f64] = match &name[3..] {
                "Add" | "Sub" | "Copysign" => &[0.0, -0.0],
                "Mul" => &[0.0, 1.0, -1.0, 2.0],
                "Div" => &[1.0, -1.0, 2.0],
                "Min" | "Max" => &[0.0, -0.0, f64::INFINITY, f64::NAN],
                _ => &[0.0, f64::INFINITY, f64::NAN],
            };
            values.iter().copied().map(of).collect()
        }
        Type::I32 | Type::I64 | Type::FuncRef | Type::ExternRef => {
            let bits = if ty == Type::I64 { 64 } else { 32 };
            let all = u64::MAX >> (64 - bits);
            let least = 1 << (bits - 1);
            match &name[3..] {
                "Add" | "Sub" | "Or" | "Xor" | "Eq" | "Ne" => vec![0, all, least],
                "Mul" => vec![0, 1, all, 8, least],
                "And" => vec![0, all, 0xff, all >> (bits / 2)],
                "Shl" | "ShrS" | "ShrU" | "Rotl" | "Rotr" => vec![0, bits - 8, bits - 1, bits],
                // The least number divided by minus one is none.
                "DivS" => vec![1, 8, 10, least],
                "DivU" | "RemS" | "RemU" => vec![1, 8, 10, all, least],
                _ => vec![0, 1, all, least, least - 1],
            }
        }
    }
}

impl Operator {
    fn ty(&self) -> Type {
        self.family.operands[0]
    }

    fn compares(&self) -> bool {
        let name = name_of(self.instruction);
        ["Eq", "Ne", "Lt", "Gt", "Le", "Ge"].iter().any(|comparison| name[3..].starts_with(comparison))
    }

    fn shifts(&self) -> bool {
        let name = name_of(self.instruction);
        ["Sh", "Rot"].iter().any(|shift| name[3..].starts_with(shift))
    }

    /// Whether it takes what it leaves, and no other value traps.
    fn can_repeat(&self) -> bool {
        self.family.danger == Danger::None && self.family.result == self.ty() && !self.compares()
    }
}

impl Pattern {
    /// The pattern's operands, and what is done with them.
    pub(super) fn specimen(self, bits: &mut Bits) -> Specimen {
        let make = |operands, before, after, result| Specimen {
            operands,
            act: Act::Pattern { before, after },
            result: Some(result),
        };
        match self {
            Self::Addressed { arithmetic, based, store } => addressed(arithmetic, based, store, bits),
            Self::Constant { operator: Operator { family, instruction }, constant, left } => {
                let ty = family.operands[0];
                let number = constant::instruction(ty, constant);
                let (before, mut after) = if left { (Some(number), Vec::new()) } else { (None, vec![number]) };
                after.push(instruction.clone());
                make(vec![Range::Near(ty, constant)], before, called(ty, after, bits), family.result)
            }
            Self::Twice { one, two, constant } => {
                let ty = one.ty();
                let first = constant.unwrap_or_else(|| bits.pick(&telling(one)));
                let second = constant.unwrap_or_else(|| bits.pick(&telling(two)));
                let number = |value| constant::instruction(ty, value);
                let after = vec![number(first), one.instruction.clone(), number(second), two.instruction.clone()];
                make(vec![Range::Near(ty, first)], None, called(ty, after, bits), ty)
            }
            Self::Called(Operator { family, instruction }) => {
                let ty = family.operands[0];
                let edge = edge(family, bits);
                let after = vec![Instruction::Call(identity(ty)), instruction.clone()];
                make(vec![Range::Near(ty, edge)], None, after, family.result)
            }
            Self::Converted(one, two) => {
                let ty = one.ty();
                let after = vec![one.instruction.clone(), two.instruction.clone()];
                let edge = edge(one.family, bits);
                make(vec![Range::Near(ty, edge)], None, called(ty, after, bits), ty)
            }
            Self::Negated(comparison) => {
                let ty = comparison.ty();
                let edge = bits.pick(&telling(comparison));
                let mut after = vec![comparison.instruction.clone(), Instruction::I32Eqz];
                after.extend(bits.one_in(3).then_some(Instruction::I32Eqz));
                make(vec![Range::Near(ty, edge), Range::Near(ty, edge)], None, after, Type::I32)
            }
            Self::Grown { table } => {
                let (before, after) = if table {
                    let none = Instruction::RefNull(HeapType::FUNC);
                    (Some(none), vec![Instruction::TableGrow(0), Instruction::Drop, Instruction::TableSize(0)])
                } else {
                    (None, vec![Instruction::MemoryGrow(0), Instruction::Drop, Instruction::MemorySize(0)])
                };
                make(vec![Range::between(0, 1)], before, after, Type::I32)
            }
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |operator: &Operator| name_of(operator.instruction);
        match self {
            Self::Constant { operator, constant, left: false } => write!(f, "x {} {constant:#x}", name(operator)),
            Self::Constant { operator, constant, left: true } => write!(f, "{constant:#x} {} x", name(operator)),
            Self::Twice { one, two, constant: None } => write!(f, "x {} _ {} _", name(one), name(two)),
            Self::Twice { one, two, constant: Some(constant) } => {
                write!(f, "x {} {constant:#x} {} {constant:#x}", name(one), name(two))
            }
            Self::Called(operator) => write!(f, "(call x) {}", name(operator)),
            Self::Converted(one, two) => write!(f, "x {} {}", name(one), name(two)),
            Self::Negated(comparison) => write!(f, "x {} y I32Eqz", name(comparison)),
            Self::Grown { table: false } => f.write_str("x MemoryGrow Drop MemorySize"),
            Self::Grown { table: true } => f.write_str("null x TableGrow Drop TableSize"),
            Self::Addressed { arithmetic, based, store } => {
                f.write_str(if *store { "store to x" } else { "load of x" })?;
                f.write_str(if *based { " + y" } else { "" })?;
                let (operator, constant) = arithmetic.operator();
                write!(f, " {}", name_of(&operator))?;
                constant.map_or(Ok(()), |constant| write!(f, " {constant:#x}"))
            }
        }
    }
}

/// An access to where there are values, or to where stores keep to.
fn addressed(arithmetic: Arithmetic, based: bool, store: bool, bits: &mut Bits) -> Specimen {
    /// Bytes that an index may be away from a base.
    const REACH: u32 = 64;
    /// Bytes that an access may have, and that arithmetic may lose.
    const WIDEST: u32 = 16;
    let access = if store { bits.pick(&STORES) } else { bits.pick(&LOADS) };
    let offset = bits.pick(&[0, 0, 1, 8]);
    let (first, last) = if store { (PAGE + WIDEST, 2 * PAGE) } else { (ROWS, ROWS + ROWS_AT_LEAST) };
    let (first, last) = (first - offset, last - offset - WIDEST);
    let mut operands = if based { vec![Range::between(first, last - REACH)] } else { Vec::new() };
    let (first, last) = if based { (WIDEST, REACH) } else { (first, last) };
    operands.push(Range::Address(arithmetic, first, last));
    let (operator, constant) = arithmetic.operator();
    let constant = constant.map(|constant| Instruction::I32Const(constant.cast_signed()));
    let mut after = constant.into_iter().chain([operator]).collect::<Vec<_>>();
    after.extend(based.then_some(Instruction::I32Add));
    if store {
        after.push(Range::Any(access.ty).constant(bits));
    }
    after.push((access.operator)(at(u64::from(offset), access.align)));
    Specimen { operands, act: Act::Pattern { before: None, after }, result: (!store).then_some(access.ty) }
}

/// A value at which an operator with one operand may go wrong.
fn edge(family: &Family, bits: &mut Bits) -> u64 {
    // Integers that a detour over 53 bits rounds to 24 otherwise, and their opposites.
    const ROUNDED_TWICE: [u64; 4] =
        [0x4000_0040_0000_0001, 0xbfff_ffbf_ffff_ffff, 0x0080_0000_8000_0001, 0xff7f_ffff_7fff_ffff];
    let rounds = family.operands == [Type::I64] && family.result == Type::F32;
    if rounds { bits.pick(&ROUNDED_TWICE) } else { constant::bits_of(family.operands[0], bits) }
}

/// What is done with a single operand, which a call returns now and then.
fn called(ty: Type, after: Vec<Instruction<'static>>, bits: &mut Bits) -> Vec<Instruction<'static>> {
    let call = bits.one_in(4).then(|| Instruction::Call(identity(ty)));
    call.into_iter().chain(after).collect()
}
