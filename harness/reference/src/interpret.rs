//! The interpreter runs instructions one by one and charges each.
//!
//! Frames are its own: no depth of guest calls uses the native stack.

mod bulk;

use crate::error::InvokeError;
use crate::host::{Caller, Host};
use crate::instance::{Instance, Stop};
use crate::memory::Memory;
use crate::module::FunctionCode;
use crate::operator::{Instruction, Op};
use crate::translate::NO_OPERATOR;
use crate::trap::Trap;
use crate::value::Value;
use crate::watch::{Moment, Watch};
use std::sync::Arc;

/// Where a function goes on when the function that it called has returned.
#[derive(Clone, Copy)]
struct Frame {
    body: u32,
    /// The next instruction.
    position: usize,
    /// The first slot.
    base: usize,
    /// The slots in use.
    height: usize,
}

impl Instance {
    /// Calls a function with arguments of the right types, for the host or as the start function.
    pub(crate) fn call<W: Watch>(
        &mut self,
        function: u32,
        args: &[Value],
        host: &mut dyn Host,
        watch: &mut W,
    ) -> Result<Vec<Value>, Stop> {
        let mut stack: Vec<u64> = args.iter().map(|value| value.to_slot()).collect();
        match self.parts.functions[function as usize].code {
            FunctionCode::Host { import } => self.call_host(function, import, args, host),
            FunctionCode::Body(body) => {
                self.run(body, &mut stack, host, watch)?;
                let results = &self.parts.function_type(function).results;
                Ok(results.iter().zip(stack).map(|(&result, slot)| Value::from_slot(result, slot)).collect())
            }
        }
    }

    /// Runs a body whose arguments are the first slots of the stack, until it has left its results there.
    fn run<W: Watch>(
        &mut self,
        body: u32,
        stack: &mut Vec<u64>,
        host: &mut dyn Host,
        watch: &mut W,
    ) -> Result<(), Stop> {
        let parts = Arc::clone(&self.parts);
        let mut callers: Vec<Frame> = Vec::new();
        let mut frame = self.enter(body, 0, stack)?;
        'frames: loop {
            let body = &parts.bodies[frame.body as usize];
            let code = body.code.as_slice();
            let slots = &mut stack[frame.base..frame.base + body.slots as usize];
            let Frame { mut position, mut height, .. } = frame;
            // A call of a function of the module, whose arguments are the topmost operands.
            macro_rules! call {
                ($function:expr) => {{
                    let function = $function;
                    match parts.functions[function as usize].code {
                        FunctionCode::Host { import } => {
                            let function_type = parts.function_type(function);
                            let base = height - function_type.params.len();
                            let params = function_type.params.iter().zip(&slots[base..height]);
                            let args: Vec<Value> =
                                params.map(|(&param, &slot)| Value::from_slot(param, slot)).collect();
                            let results = self.call_host(function, import, &args, host)?;
                            height = base;
                            for result in results {
                                slots[height] = result.to_slot();
                                height += 1;
                            }
                        }
                        FunctionCode::Body(callee) => {
                            height -= parts.bodies[callee as usize].params as usize;
                            let base = frame.base + height;
                            callers.push(Frame { position, height, ..frame });
                            frame = self.enter(callee, base, stack)?;
                            continue 'frames;
                        }
                    }
                }};
            }
            loop {
                let Instruction { op, gas } = code[position];
                if W::SEES && body.offsets[position] != NO_OPERATOR {
                    let (locals, operands) = slots[..height].split_at(body.locals as usize);
                    watch.operator(Moment {
                        function: body.function,
                        depth: callers.len(),
                        offset: body.offsets[position],
                        gas_used: self.budget.used,
                        locals,
                        operands,
                    });
                }
                self.budget.charge(u64::from(gas));
                position += 1;
                match op {
                    Op::Charge => {}
                    Op::Loop => self.budget.checkpoint()?,
                    Op::Unreachable => return Err(Trap::Unreachable.into()),
                    Op::Br { keep, target, height: to } => {
                        position = target as usize;
                        height = keep_operands(slots, height, keep, to);
                    }
                    Op::BrIf { keep, target, height: to } => {
                        height -= 1;
                        if slots[height] != 0 {
                            position = target as usize;
                            height = keep_operands(slots, height, keep, to);
                        }
                    }
                    Op::BrUnless { target } => {
                        height -= 1;
                        if slots[height] == 0 {
                            position = target as usize;
                        }
                    }
                    Op::BrTable { targets } => {
                        height -= 1;
                        position += slots[height].min(u64::from(targets)) as usize;
                    }
                    Op::Return { results } => {
                        let results = results as usize;
                        slots.copy_within(height - results..height, 0);
                        self.budget.leave(body.frame_words);
                        match callers.pop() {
                            None => return Ok(()),
                            Some(caller) => frame = Frame { height: caller.height + results, ..caller },
                        }
                        continue 'frames;
                    }
                    Op::Call { function } => {
                        self.budget.checkpoint()?;
                        call!(function);
                    }
                    Op::CallIndirect { type_index, table } => {
                        self.budget.checkpoint()?;
                        height -= 1;
                        let function = self.tables[table as usize].function(slots[height] as u32)?;
                        if parts.functions[function as usize].type_index != type_index {
                            return Err(Trap::BadSignature.into());
                        }
                        call!(function);
                    }
                    Op::Drop => height -= 1,
                    Op::Select => {
                        height -= 2;
                        if slots[height + 1] == 0 {
                            slots[height - 1] = slots[height];
                        }
                    }
                    Op::LocalGet(local) => {
                        slots[height] = slots[local as usize];
                        height += 1;
                    }
                    Op::LocalSet(local) => {
                        height -= 1;
                        slots[local as usize] = slots[height];
                    }
                    Op::LocalTee(local) => slots[local as usize] = slots[height - 1],
                    Op::GlobalGet(global) => {
                        slots[height] = self.globals[global as usize].to_slot();
                        height += 1;
                    }
                    Op::GlobalSet(global) => {
                        height -= 1;
                        let global = &mut self.globals[global as usize];
                        *global = Value::from_slot(global.value_type(), slots[height]);
                    }
                    Op::Const { low, high } => {
                        slots[height] = u64::from(high) << 32 | u64::from(low);
                        height += 1;
                    }
                    Op::RefIsNull => {
                        let null = Value::FuncRef(None).to_slot();
                        slots[height - 1] = u64::from(slots[height - 1] == null);
                    }
                    Op::Numeric(numeric) => height = numeric.apply(slots, height)?,
                    Op::Load { load, offset } => {
                        let address = slots[height - 1] as u32;
                        slots[height - 1] = self.memory_ref().read(load, address, offset)?;
                    }
                    Op::Store { store, offset } => {
                        height -= 2;
                        let address = slots[height] as u32;
                        let value = slots[height + 1];
                        self.memory_ref().write(store, address, offset, value)?;
                    }
                    Op::MemorySize => {
                        slots[height] = u64::from(self.memory_ref().pages());
                        height += 1;
                    }
                    Op::MemoryGrow
                    | Op::MemoryFill
                    | Op::MemoryCopy
                    | Op::MemoryInit { .. }
                    | Op::DataDrop { .. }
                    | Op::TableGet { .. }
                    | Op::TableSet { .. }
                    | Op::TableSize { .. }
                    | Op::TableGrow { .. }
                    | Op::TableFill { .. }
                    | Op::TableCopy { .. }
                    | Op::TableInit { .. }
                    | Op::ElemDrop { .. } => height = self.bulk(op, slots, height)?,
                }
            }
        }
    }

    /// Enters a body whose arguments are on the stack from `base` on.
    fn enter(&mut self, body: u32, base: usize, stack: &mut Vec<u64>) -> Result<Frame, Trap> {
        let code = &self.parts.bodies[body as usize];
        self.budget.enter(code.frame_words, &self.parts.config.schedule)?;
        let end = base + code.slots as usize;
        if stack.len() < end {
            stack.resize(end, 0);
        }
        let height = code.locals as usize;
        stack[base + code.params as usize..base + height].fill(0);
        Ok(Frame { body, position: 0, base, height })
    }

    fn call_host(
        &mut self,
        function: u32,
        import: u32,
        args: &[Value],
        host: &mut dyn Host,
    ) -> Result<Vec<Value>, Stop> {
        let import = &self.parts.imports[import as usize];
        let memory = self.memory.as_mut().map(|memory| memory.bytes.as_mut_slice()).unwrap_or_default();
        let mut caller = Caller { memory, budget: &mut self.budget, config: &self.parts.config };
        let results = host.call(&import.module, &import.name, args, &mut caller)?;
        let types = results.iter().map(|result| result.value_type());
        if types.eq(self.parts.function_type(function).results.iter().copied()) {
            Ok(results)
        } else {
            let (module, name) = (import.module.clone(), import.name.clone());
            Err(Stop::Error(InvokeError::HostResults { module, name }))
        }
    }

    fn memory_ref(&mut self) -> &mut Memory {
        self.memory.as_mut().expect("validation lets only modules with a memory use it")
    }
}

/// Moves the topmost operands, which a branch keeps, down to a slot, and gives the height after it.
fn keep_operands(slots: &mut [u64], height: usize, keep: u16, to: u32) -> usize {
    let (keep, to) = (usize::from(keep), to as usize);
    slots.copy_within(height - keep..height, to);
    to + keep
}
