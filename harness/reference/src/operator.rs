//! An instruction is an operator in the form in which the interpreter runs it.

use crate::access::{Load, Store};
use crate::numeric::Numeric;
use wasmparser::Operator;

/// An operation and the static gas of the operator it stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Instruction {
    pub(crate) op: Op,
    pub(crate) gas: u32,
}

// Four words of 32 bits: the interpreter's speed is that of reading instructions.
const _: () = assert!(size_of::<Instruction>() == 16);

/// An operation. Blocks are gone: branches know their target, and the height to bring their operands to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Op {
    /// Nothing but gas, for an operator that leaves no operation but has a price.
    Charge,
    /// A loop header: a checkpoint.
    Loop,
    Unreachable,
    /// A branch to the instruction `target` that keeps this many operands (the validator allows a thousand results at
    /// most) and moves them to the slot `height` of the frame.
    Br {
        keep: u16,
        target: u32,
        height: u32,
    },
    /// The same branch if the condition is not zero.
    BrIf {
        keep: u16,
        target: u32,
        height: u32,
    },
    /// A branch that moves nothing, if the condition is zero: `if`.
    BrUnless {
        target: u32,
    },
    /// Continues with one of the `1 + targets` branches that follow.
    BrTable {
        targets: u32,
    },
    Return {
        results: u32,
    },
    Call {
        function: u32,
    },
    CallIndirect {
        type_index: u32,
        table: u32,
    },
    Drop,
    Select,
    LocalGet(u32),
    LocalSet(u32),
    LocalTee(u32),
    GlobalGet(u32),
    GlobalSet(u32),
    /// A constant, in halves so that an instruction is aligned to 32 bits.
    Const {
        low: u32,
        high: u32,
    },
    RefIsNull,
    Numeric(Numeric),
    Load {
        load: Load,
        offset: u32,
    },
    Store {
        store: Store,
        offset: u32,
    },
    MemorySize,
    MemoryGrow,
    MemoryFill,
    MemoryCopy,
    MemoryInit {
        segment: u32,
    },
    DataDrop {
        segment: u32,
    },
    TableGet {
        table: u32,
    },
    TableSet {
        table: u32,
    },
    TableSize {
        table: u32,
    },
    TableGrow {
        table: u32,
    },
    TableFill {
        table: u32,
    },
    TableCopy {
        to: u32,
        from: u32,
    },
    TableInit {
        table: u32,
        segment: u32,
    },
    ElemDrop {
        segment: u32,
    },
}

impl Op {
    pub(crate) fn constant(slot: u64) -> Self {
        Self::Const { low: slot as u32, high: (slot >> 32) as u32 }
    }
}

macro_rules! operator_names {
    ($(@$proposal:ident $name:ident $({ $($field:ident: $kind:ty),* })? => $visit:ident ($($note:tt)*))*) => {
        /// The variant name of an operator, by which the schedule prices it.
        pub(crate) fn operator_name(operator: &Operator<'_>) -> &'static str {
            match operator {
                $(Operator::$name { .. } => stringify!($name),)*
                // The list is the decoder's own and complete; its enum is open for later releases only.
                _ => "an operator",
            }
        }
    };
}
wasmparser::for_each_operator!(operator_names);
