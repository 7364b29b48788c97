//! Faults of engines that fold constants or merge operators: each is there behind certain operators only.

use crate::score::bug::{Bug, Class, Plant};
use crate::score::site::Site;
use wasm_encoder::Instruction as I;
use wasm_encoder::ValType::{F32, I32};
use wasmparser::Operator as Op;

const FOLDING: Class = Class::Folding;

pub(super) fn bugs() -> Vec<Bug> {
    vec![
        Bug::new(
            FOLDING,
            "i32.add of -1 adds 1",
            replaced!(Engine, site, Op::I32Add if site.right() == Some(-1) => [I::I32Sub]),
        ),
        Bug::new(
            FOLDING,
            "i64.add of a constant above 32 bits adds its low half",
            replaced!(Engine, site, Op::I64Add if site.right().is_some_and(wide) => [
                I::I64Const(32),
                I::I64Shl,
                I::I64Const(32),
                I::I64ShrS,
                I::I64Add,
            ]),
        ),
        Bug::new(
            FOLDING,
            "i32.add of two constants saturates",
            replaced!(Engine, site, Op::I32Add if both(site).is_some() => {
                let (left, right) = both(site)?;
                [I::Drop, I::Drop, I::I32Const((left as i32).saturating_add(right as i32))]
            }),
        ),
        Bug::new(
            FOLDING,
            "i32.sub of a local from itself gives one",
            replaced!(Engine, site, Op::I32Sub if itself(site) => [I::I32Sub, I::I32Const(1), I::I32Add]),
        ),
        Bug::new(
            FOLDING,
            "i64.xor of a local with itself gives the local",
            replaced!(Engine, site, Op::I64Xor if itself(site) => [I::I64And]),
        ),
        Bug::new(
            FOLDING,
            "i32.and of a local with itself gives zero",
            replaced!(Engine, site, Op::I32And if itself(site) => [I::I32Xor]),
        ),
        Bug::new(
            FOLDING,
            "i32.mul by a power of two shifts by one too much",
            replaced!(Engine, site, Op::I32Mul if site.right().is_some_and(power) => [I::I32Mul, I::I32Const(1), I::I32Shl]),
        ),
        Bug::new(
            FOLDING,
            "i32.mul by zero is the number",
            replaced!(Engine, site, Op::I32Mul if site.right() == Some(0) => [I::Drop]),
        ),
        Bug::new(
            FOLDING,
            "i32.and with 255 extends the sign",
            replaced!(Engine, site, Op::I32And if site.right() == Some(255) => [I::I32And, I::I32Extend8S]),
        ),
        Bug::new(
            FOLDING,
            "i32.rem_u by a power of two keeps a bit too many",
            replaced!(Engine, site, Op::I32RemU if site.right().is_some_and(power) => {
                let divisor = site.right()?;
                [I::Drop, I::I32Const((2 * divisor - 1) as i32), I::I32And]
            }),
        ),
        Bug::new(
            FOLDING,
            "i32.div_s by a power of two shifts",
            replaced!(Engine, site, Op::I32DivS if site.right().is_some_and(power) => {
                let divisor = site.right()?;
                [I::Drop, I::I32Const(divisor.trailing_zeros() as i32), I::I32ShrS]
            }),
        ),
        Bug::new(
            FOLDING,
            "i64.div_s by -1 gives the number",
            replaced!(Engine, site, Op::I64DivS if site.right() == Some(-1) => [I::Drop]),
        ),
        Bug::new(
            FOLDING,
            "i32.eqz of i32.eqz is left out",
            replaced!(Engine, site, Op::I32Eqz if matches!(site.ahead(1), Some(Op::I32Eqz)) || matches!(site.back(1), Some(Op::I32Eqz)) => []),
        ),
        Bug::new(FOLDING, "i32.eqz of a comparison of floats turns it round", Plant::Engine(turned)),
        Bug::new(
            FOLDING,
            "i32.eq of a constant takes the low half",
            replaced!(Engine, site, Op::I32Eq if site.right().is_some() => [
                I::I32Xor,
                I::I32Const(0xffff),
                I::I32And,
                I::I32Eqz,
            ]),
        ),
        Bug::new(
            FOLDING,
            "i32.wrap_i64 and i64.extend_i32_u are both left out",
            replaced!(Engine, site, Op::I32WrapI64 | Op::I64ExtendI32U if wrapped(site) => []),
        ),
        Bug::new(FOLDING, "i64.shr_u of i64.shl by one constant is left out with it", Plant::Engine(shifted)),
        Bug::new(
            FOLDING,
            "i32.shr_s of i32.shl by 24 shifts zeros in",
            replaced!(Engine, site, Op::I32ShrS if site.right() == Some(24) && matches!(site.back(2), Some(Op::I32Shl)) => [I::I32ShrU]),
        ),
        Bug::new(
            FOLDING,
            "i32.lt_u of zero is true",
            replaced!(Engine, site, Op::I32LtU if site.right() == Some(0) => [I::I32LeU]),
        ),
        Bug::new(
            FOLDING,
            "i32.gt_s of the largest number is true",
            replaced!(Engine, site, Op::I32GtS if site.right() == Some(i64::from(i32::MAX)) => [I::I32GeS]),
        ),
        Bug::new(
            FOLDING,
            "i32.add of an i32.const to an address merges into the offset without wrapping",
            replaced!(Engine, site, Op::I32Load { memarg } if matches!(site.back(1), Some(Op::I32Add)) && site.constant(2).is_some() => {
                let [address, _] = site.pair(I32);
                let added = u64::from(site.constant(2)? as u32);
                // As much as the offset takes of it; the rest would be out of bounds for any memory.
                let offset = (memarg.offset + added).min(u64::from(u32::MAX));
                [
                    I::I32Const(added as i32),
                    I::I32Sub,
                    I::LocalTee(address),
                    I::I32Load(crate::score::site::at(offset)),
                ]
            }),
        ),
        Bug::new(
            FOLDING,
            "f32.sub from zero negates",
            replaced!(Engine, site, Op::F32Sub if matches!(site.back(2), Some(Op::F32Const { value }) if value.bits() == 0) => {
                let [x, _] = site.pair(F32);
                [I::LocalSet(x), I::Drop, I::LocalGet(x), I::F32Neg]
            }),
        ),
        Bug::new(
            FOLDING,
            "f64.add of zero is left out",
            replaced!(Engine, site, Op::F64Add if matches!(site.back(1), Some(Op::F64Const { value }) if value.bits() == 0) => [I::Drop]),
        ),
        Bug::new(FOLDING, "f64.promote_f32 of f32.demote_f64 is left out with it", Plant::Engine(promoted)),
    ]
}

/// A constant that does not fit 32 bits.
fn wide(value: i64) -> bool {
    i64::from(value as i32) != value
}

/// A power of two above one, as an i32.
fn power(value: i64) -> bool {
    (2..=1 << 30).contains(&value) && value.count_ones() == 1
}

/// Both operands, if they are constants.
fn both(site: &Site<'_>) -> Option<(i64, i64)> {
    Some((site.constant(2)?, site.constant(1)?))
}

/// Whether both operands are one local.
fn itself(site: &Site<'_>) -> bool {
    site.local(1).is_some_and(|local| site.local(2) == Some(local)) && matches!(site.back(1), Some(Op::LocalGet { .. }))
}

fn wrapped(site: &Site<'_>) -> bool {
    match site.operator() {
        Op::I32WrapI64 => matches!(site.ahead(1), Some(Op::I64ExtendI32U)),
        _ => matches!(site.back(1), Some(Op::I32WrapI64)),
    }
}

/// `!(a < b)` becomes `a >= b`, which differs for NaNs.
fn turned(site: &Site<'_>) -> Option<Vec<I<'static>>> {
    let negated = matches!(site.ahead(1), Some(Op::I32Eqz));
    Some(vec![match site.operator() {
        Op::F32Lt if negated => I::F32Ge,
        Op::F32Gt if negated => I::F32Le,
        Op::F32Le if negated => I::F32Gt,
        Op::F32Ge if negated => I::F32Lt,
        Op::F64Lt if negated => I::F64Ge,
        Op::F64Gt if negated => I::F64Le,
        Op::F64Le if negated => I::F64Gt,
        Op::F64Ge if negated => I::F64Lt,
        Op::I32Eqz => match site.back(1)? {
            Op::F32Lt | Op::F32Gt | Op::F32Le | Op::F32Ge | Op::F64Lt | Op::F64Gt | Op::F64Le | Op::F64Ge => I::Nop,
            _ => return None,
        },
        _ => return None,
    }])
}

/// `(x << n) >> n` becomes `x`.
fn shifted(site: &Site<'_>) -> Option<Vec<I<'static>>> {
    let shifts = match site.operator() {
        Op::I64Shl => {
            site.constant(1).is_some()
                && site.ahead(1).is_some_and(|op| same(op, site.constant(1)))
                && matches!(site.ahead(2), Some(Op::I64ShrU))
        }
        Op::I64ShrU => {
            site.constant(1).is_some()
                && matches!(site.back(2), Some(Op::I64Shl))
                && site.constant(3) == site.constant(1)
        }
        _ => false,
    };
    shifts.then(|| vec![I::Drop])
}

fn same(op: &Op<'_>, constant: Option<i64>) -> bool {
    matches!(op, Op::I64Const { value } if Some(*value) == constant)
}

/// Both conversions are left out; between them the meter sees to NaNs, and that the type is another needs a way round.
fn promoted(site: &Site<'_>) -> Option<Vec<I<'static>>> {
    match site.operator() {
        Op::F32DemoteF64 if matches!(site.ahead(7), Some(Op::F64PromoteF32)) => {
            let kept = site.spare(wasm_encoder::ValType::F64, 0);
            Some(vec![I::LocalTee(kept), I::F32DemoteF64])
        }
        Op::F64PromoteF32 if matches!(site.back(7), Some(Op::F32DemoteF64)) => {
            let kept = site.spare(wasm_encoder::ValType::F64, 0);
            Some(vec![I::Drop, I::LocalGet(kept)])
        }
        _ => None,
    }
}
