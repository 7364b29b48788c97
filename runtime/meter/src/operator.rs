//! An operator, sorted by what the meter has to do about it.

use crate::Schedule;
use wasmparser::Operator;

/// The width of a float.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Float {
    F32,
    F64,
}

/// What a dynamic charge is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bulk {
    /// Bytes of `memory.copy`, `memory.fill` and `memory.init`.
    Memory,
    /// Elements of `table.copy`, `table.fill` and `table.init`.
    Table,
    /// Pages of `memory.grow`.
    MemoryGrow,
    /// Elements of `table.grow`.
    TableGrow,
}

impl Bulk {
    /// The kind of dynamic charge that `operator` makes from the i32 on top of its operands, if it makes one.
    pub(crate) fn of(operator: &Operator<'_>) -> Option<Self> {
        match operator {
            Operator::MemoryCopy { .. } | Operator::MemoryFill { .. } | Operator::MemoryInit { .. } => {
                Some(Self::Memory)
            }
            Operator::TableCopy { .. } | Operator::TableFill { .. } | Operator::TableInit { .. } => Some(Self::Table),
            Operator::MemoryGrow { .. } => Some(Self::MemoryGrow),
            Operator::TableGrow { .. } => Some(Self::TableGrow),
            _ => None,
        }
    }

    /// The price of one byte, page or element.
    pub(crate) const fn price(self, schedule: &Schedule) -> u32 {
        match self {
            Self::Memory => schedule.memory_byte,
            Self::Table => schedule.table_element,
            Self::MemoryGrow => schedule.memory_grow_page,
            Self::TableGrow => schedule.table_grow_element,
        }
    }
}

/// The width of the float that `operator` computes, if its NaNs have bits that engines choose.
pub(crate) fn computes_float(operator: &Operator<'_>) -> Option<Float> {
    use Operator as O;
    match operator {
        O::F32Add | O::F32Sub | O::F32Mul | O::F32Div | O::F32Sqrt | O::F32Min | O::F32Max => Some(Float::F32),
        O::F32Ceil | O::F32Floor | O::F32Trunc | O::F32Nearest | O::F32DemoteF64 => Some(Float::F32),
        O::F64Add | O::F64Sub | O::F64Mul | O::F64Div | O::F64Sqrt | O::F64Min | O::F64Max => Some(Float::F64),
        O::F64Ceil | O::F64Floor | O::F64Trunc | O::F64Nearest | O::F64PromoteF32 => Some(Float::F64),
        _ => None,
    }
}

/// The width of the float that `operator` converts to an integer, if it traps on a NaN.
pub(crate) fn traps_on_nan(operator: &Operator<'_>) -> Option<Float> {
    use Operator as O;
    match operator {
        O::I32TruncF32S | O::I32TruncF32U | O::I64TruncF32S | O::I64TruncF32U => Some(Float::F32),
        O::I32TruncF64S | O::I32TruncF64U | O::I64TruncF64S | O::I64TruncF64U => Some(Float::F64),
        _ => None,
    }
}

/// Whether control may split or merge at `operator`, in the original or in what the meter makes of it.
pub(crate) fn shapes_control(operator: &Operator<'_>) -> bool {
    use Operator as O;
    let own = matches!(
        operator,
        O::Block { .. }
            | O::Loop { .. }
            | O::If { .. }
            | O::Else
            | O::Br { .. }
            | O::BrIf { .. }
            | O::BrTable { .. }
            | O::Return
            | O::Call { .. }
            | O::CallIndirect { .. }
    );
    own || Bulk::of(operator).is_some() || traps_on_nan(operator).is_some()
}

/// The variant name of an operator, by which schedules price it.
pub(crate) fn name(operator: &Operator<'_>) -> &'static str {
    macro_rules! name {
        ($(@$proposal:ident $op:ident $({ $($arg:ident: $argty:ty),* })? => $visit:ident ($($ann:tt)*))*) => {
            match operator {
                $(Operator::$op { .. } => stringify!($op),)*
                // The enum is open to additions of the parser's; the meter is built with one release of it.
                _ => "Unknown",
            }
        };
    }
    wasmparser::for_each_operator!(name)
}

#[cfg(test)]
mod tests {
    use super::{Bulk, name};
    use crate::Schedule;
    use wasmparser::Operator;

    #[test]
    fn operators_are_priced_by_their_names() {
        let schedule = Schedule::instr_1();
        for (operator, expected_name, gas) in [
            (Operator::Nop, "Nop", 0),
            (Operator::End, "End", 0),
            (Operator::Return, "Return", 0),
            (Operator::I32Add, "I32Add", 1),
            (Operator::Call { function_index: 0 }, "Call", 1),
            (Operator::Br { relative_depth: 0 }, "Br", 1),
            (Operator::DataDrop { data_index: 0 }, "DataDrop", 1),
        ] {
            assert_eq!(name(&operator), expected_name);
            assert_eq!(schedule.static_gas(name(&operator)), gas, "{expected_name}");
        }
    }

    #[test]
    fn dynamic_prices_never_wrap_the_counter() {
        let schedule = Schedule::instr_1();
        for bulk in [Bulk::Memory, Bulk::Table, Bulk::MemoryGrow, Bulk::TableGrow] {
            // One charge stays below 2^40, so that no limit below 2^62 can be brought to wrap around.
            assert!(bulk.price(&schedule) <= 1 << 8, "{bulk:?}");
        }
    }
}
