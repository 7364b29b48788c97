//! Bulk operators work on a whole memory, table or segment, and some cost by the length of what they do.

use crate::constant::ConstExpr;
use crate::instance::Instance;
use crate::operator::Op;
use crate::slot::ToSlot;
use crate::table::Table;
use crate::trap::Trap;
use crate::value::Value;

/// The operands of a frame, taken from the top.
struct Operands<'s> {
    slots: &'s mut [u64],
    height: usize,
}

impl Operands<'_> {
    fn pop(&mut self) -> u64 {
        self.height -= 1;
        self.slots[self.height]
    }

    fn pop_32(&mut self) -> u32 {
        self.pop() as u32
    }

    fn push(&mut self, value: impl ToSlot) {
        self.slots[self.height] = value.to_slot();
        self.height += 1;
    }
}

impl Instance {
    /// Runs an operator and gives the height after it.
    #[inline(never)]
    pub(super) fn bulk(&mut self, op: Op, slots: &mut [u64], height: usize) -> Result<usize, Trap> {
        let schedule = &self.parts.config.schedule;
        let mut operands = Operands { slots, height };
        match op {
            Op::MemoryGrow => {
                let delta = operands.pop_32();
                self.charge_length(delta, schedule.memory_grow_page)?;
                operands.push(self.memory_ref().grow(delta));
            }
            Op::MemoryFill => {
                let (length, byte, to) = (operands.pop_32(), operands.pop() as u8, operands.pop_32());
                self.charge_length(length, schedule.memory_byte)?;
                self.memory_ref().fill(to, byte, length)?;
            }
            Op::MemoryCopy => {
                let (length, from, to) = (operands.pop_32(), operands.pop_32(), operands.pop_32());
                self.charge_length(length, schedule.memory_byte)?;
                self.memory_ref().copy(to, from, length)?;
            }
            Op::MemoryInit { segment } => {
                let (length, from, to) = (operands.pop_32(), operands.pop_32(), operands.pop_32());
                self.charge_length(length, schedule.memory_byte)?;
                self.memory_init(segment, to, from, length)?;
            }
            Op::DataDrop { segment } => self.dropped_data[segment as usize] = true,
            Op::TableGet { table } => {
                let index = operands.pop_32();
                operands.push(self.tables[table as usize].get(index)?.to_slot());
            }
            Op::TableSet { table } => {
                let (element, index) = (operands.pop(), operands.pop_32());
                self.tables[table as usize].set(index, element)?;
            }
            Op::TableSize { table } => operands.push(self.tables[table as usize].size()),
            Op::TableGrow { table } => {
                let (delta, element) = (operands.pop_32(), operands.pop());
                self.charge_length(delta, schedule.table_grow_element)?;
                operands.push(self.tables[table as usize].grow(delta, element));
            }
            Op::TableFill { table } => {
                let (length, element, to) = (operands.pop_32(), operands.pop(), operands.pop_32());
                self.charge_length(length, schedule.table_element)?;
                self.tables[table as usize].fill(to, element, length)?;
            }
            Op::TableCopy { to: to_table, from: from_table } => {
                let (length, from, to) = (operands.pop_32(), operands.pop_32(), operands.pop_32());
                self.charge_length(length, schedule.table_element)?;
                let elements = Table::copy_out(&self.tables[from_table as usize].elements, from, length)?;
                self.tables[to_table as usize].copy_in(to, &elements)?;
            }
            Op::TableInit { table, segment } => {
                let (length, from, to) = (operands.pop_32(), operands.pop_32(), operands.pop_32());
                self.charge_length(length, schedule.table_element)?;
                self.table_init(table, segment, to, from, length)?;
            }
            Op::ElemDrop { segment } => self.dropped_elements[segment as usize] = true,
            Op::Charge
            | Op::Loop
            | Op::Unreachable
            | Op::Br { .. }
            | Op::BrIf { .. }
            | Op::BrUnless { .. }
            | Op::BrTable { .. }
            | Op::Return { .. }
            | Op::Call { .. }
            | Op::CallIndirect { .. }
            | Op::Drop
            | Op::Select
            | Op::LocalGet(_)
            | Op::LocalSet(_)
            | Op::LocalTee(_)
            | Op::GlobalGet(_)
            | Op::GlobalSet(_)
            | Op::Const { .. }
            | Op::RefIsNull
            | Op::Numeric(_)
            | Op::Load { .. }
            | Op::Store { .. }
            | Op::MemorySize => unreachable!("{op:?} is no bulk operator"),
        }
        Ok(operands.height)
    }

    /// Copies from a data segment, which is empty once it is dropped, to the memory.
    pub(crate) fn memory_init(&mut self, segment: u32, to: u32, from: u32, length: u32) -> Result<(), Trap> {
        let bytes = match self.dropped_data[segment as usize] {
            true => &[],
            false => self.parts.data[segment as usize].bytes.as_slice(),
        };
        let memory = self.memory.as_mut().expect("validation lets only modules with a memory use it");
        memory.init(bytes, to, from, length)
    }

    /// Copies from an element segment, which is empty once it is dropped, to a table.
    pub(crate) fn table_init(&mut self, table: u32, segment: u32, to: u32, from: u32, length: u32) -> Result<(), Trap> {
        let plan = &self.parts.elements[segment as usize];
        let items = match self.dropped_elements[segment as usize] {
            true => &[],
            false => plan.items.as_slice(),
        };
        let items = items.get(from as usize..from as usize + length as usize).ok_or(Trap::TableOutOfBounds)?;
        let value = |item: &ConstExpr| Value::from_slot(plan.element_type, item.evaluate(&self.globals));
        let elements: Vec<Value> = items.iter().map(value).collect();
        self.tables[table as usize].copy_in(to, &elements)
    }

    fn charge_length(&mut self, length: u32, price: u32) -> Result<(), Trap> {
        self.budget.charge(u64::from(length) * u64::from(price));
        self.budget.checkpoint()
    }
}
