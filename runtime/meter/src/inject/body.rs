//! A metered body is the original's operators with the meter's code between them.
//!
//! Static prices are added up over straight-line code and charged together, before every operator at which control may
//! split or merge, so that the gas is exact at every checkpoint and wherever two paths meet.

use super::code;
use super::layout::Layout;
use crate::operator::{self, Bulk, Float};
use crate::original::Body;
use crate::reachability::Reachability;
use crate::treatment::Treatment;
use crate::{Meter, Rejection};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{Encode, InstructionSink};
use wasmparser::{Operator, ValType};

/// The code of one function, without its frame.
pub(super) struct MeteredBody {
    /// The encoded operators, without the last `end`.
    pub(super) code: Vec<u8>,
    /// The types of the locals that the meter needs behind the original's.
    pub(super) scratch: Vec<ValType>,
}

impl MeteredBody {
    pub(super) fn write(body: &Body<'_>, layout: &Layout, meter: &Meter) -> Result<Self, Rejection> {
        let entry = if meter.treats(Treatment::EntryCost) { meter.schedule().function_entry } else { 0 };
        let mut writer = Writer {
            meter,
            layout,
            code: Vec::new(),
            first_scratch: body.locals,
            scratch: Vec::new(),
            pending: entry.into(),
            nesting: 0,
        };
        let mut position = Reachability::Live;
        let mut operators = body.code.get_operators_reader().map_err(Rejection::defect)?;
        while !operators.eof() {
            let operator = operators.read().map_err(Rejection::defect)?;
            let after = position.after(&operator);
            if position.acts(&operator) {
                writer.operator(operator, position.is_live())?;
            }
            position = after;
        }
        Ok(Self { code: writer.code, scratch: writer.scratch })
    }
}

struct Writer<'m> {
    meter: &'m Meter,
    layout: &'m Layout,
    code: Vec<u8>,
    /// The number of the original's parameters and locals.
    first_scratch: u32,
    scratch: Vec<ValType>,
    /// Gas that has been spent and not been charged.
    pending: u64,
    /// The structures that are open: also the label of the function itself.
    nesting: u32,
}

impl Writer<'_> {
    /// Writes an operator that acts. `live` is whether the position before it is reachable.
    fn operator(&mut self, operator: Operator<'_>, live: bool) -> Result<(), Rejection> {
        if live {
            self.pending += u64::from(self.static_gas(&operator));
        }
        match operator {
            // A trap consumes the whole limit, whatever has been charged.
            Operator::Unreachable => self.pending = 0,
            Operator::Block { .. } => self.nesting += 1,
            Operator::Loop { .. } => {
                self.nesting += 1;
                self.charge();
                self.copy(operator)?;
                self.check_gas(Treatment::LoopCheck);
                return Ok(());
            }
            Operator::If { .. } => {
                self.nesting += 1;
                self.charge();
            }
            Operator::Else | Operator::Br { .. } | Operator::BrIf { .. } | Operator::BrTable { .. } => self.charge(),
            Operator::Return => {
                self.charge();
                let function = self.nesting;
                self.sink().br(function);
                return Ok(());
            }
            Operator::End => {
                self.charge();
                // The last one belongs to the frame.
                let Some(nesting) = self.nesting.checked_sub(1) else { return Ok(()) };
                self.nesting = nesting;
            }
            Operator::Call { .. } => {
                self.charge();
                self.check_gas(Treatment::CallCheck);
            }
            Operator::CallIndirect { table_index, .. } => {
                self.charge();
                self.check_gas(Treatment::CallCheck);
                if self.meter.treats(Treatment::IndirectTrapKind) {
                    let index = self.scratch(ValType::I32);
                    code::check_callee(&mut InstructionSink::new(&mut self.code), self.layout, table_index, index);
                }
            }
            _ => return self.plain(operator),
        }
        self.copy(operator)
    }

    /// Writes an operator that leaves control alone.
    fn plain(&mut self, operator: Operator<'_>) -> Result<(), Rejection> {
        if let Some(bulk) = Bulk::of(&operator) {
            return self.bulk(operator, bulk);
        }
        if let Some(width) = operator::traps_on_nan(&operator)
            && self.meter.treats(Treatment::ConversionTrapKind)
        {
            let float = self.scratch(value_type(width));
            code::check_convertible(&mut InstructionSink::new(&mut self.code), self.layout, width, float);
        }
        let computes = operator::computes_float(&operator);
        self.copy(operator)?;
        if let Some(width) = computes
            && self.meter.treats(Treatment::CanonicalNan)
        {
            let float = self.scratch(value_type(width));
            code::canonicalise(&mut self.sink(), width, float);
        }
        Ok(())
    }

    /// Writes an operator that is charged by the number on top of its operands.
    fn bulk(&mut self, operator: Operator<'_>, bulk: Bulk) -> Result<(), Rejection> {
        let cost = match bulk {
            Bulk::Memory | Bulk::Table => Treatment::BulkCost,
            Bulk::MemoryGrow | Bulk::TableGrow => Treatment::GrowCost,
        };
        let price = if self.meter.treats(cost) { bulk.price(self.meter.schedule()) } else { 0 };
        let length = self.scratch(ValType::I32);
        self.sink().local_tee(length);
        let acts_first = !self.meter.treats(Treatment::BulkCostBeforeAct);
        if acts_first {
            self.copy(operator.clone())?;
        }
        let pending = std::mem::take(&mut self.pending);
        let layout = self.layout;
        code::charge_by_length(&mut self.sink(), layout, pending, price, length);
        self.check_gas(Treatment::BulkCheck);
        if acts_first { Ok(()) } else { self.copy(operator) }
    }

    /// Writes an operator as it is.
    fn copy(&mut self, operator: Operator<'_>) -> Result<(), Rejection> {
        RoundtripReencoder.instruction(operator).map_err(Rejection::defect)?.encode(&mut self.code);
        Ok(())
    }

    /// Charges what is pending.
    fn charge(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        let layout = self.layout;
        code::charge(&mut self.sink(), layout, pending);
    }

    fn check_gas(&mut self, checkpoint: Treatment) {
        if self.meter.treats(checkpoint) {
            let layout = self.layout;
            code::check_gas(&mut self.sink(), layout);
        }
    }

    fn static_gas(&self, operator: &Operator<'_>) -> u32 {
        if !self.meter.treats(Treatment::OperatorCost) && matches!(operator, Operator::I32Xor) {
            return 0;
        }
        self.meter.schedule().static_gas(operator::name(operator))
    }

    /// The local of type `ty` that the meter may overwrite.
    fn scratch(&mut self, ty: ValType) -> u32 {
        let place = self.scratch.iter().position(|&used| used == ty).unwrap_or_else(|| {
            self.scratch.push(ty);
            self.scratch.len() - 1
        });
        // There are at most three of them.
        self.first_scratch + place as u32
    }

    fn sink(&mut self) -> InstructionSink<'_> {
        InstructionSink::new(&mut self.code)
    }
}

fn value_type(width: Float) -> ValType {
    match width {
        Float::F32 => ValType::F32,
        Float::F64 => ValType::F64,
    }
}
