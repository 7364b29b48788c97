//! A table is a vector of references that indirect calls go through.

use crate::trap::Trap;
use crate::types::ValueType;
use crate::value::Value;

/// A table of an instance.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) elements: Vec<Value>,
    element_type: ValueType,
    maximum: u32,
}

impl Table {
    pub(crate) fn new(element_type: ValueType, size: u32, maximum: u32) -> Self {
        Self { elements: vec![Value::zero(element_type); size as usize], element_type, maximum }
    }

    pub(crate) fn size(&self) -> u32 {
        self.elements.len() as u32
    }

    /// Grows by `delta` elements and gives the size before; beyond the maximum nothing happens and it gives -1.
    pub(crate) fn grow(&mut self, delta: u32, element: u64) -> u32 {
        let before = self.size();
        match before.checked_add(delta) {
            Some(size) if size <= self.maximum => {
                self.elements.resize(size as usize, Value::from_slot(self.element_type, element));
                before
            }
            Some(_) | None => u32::MAX,
        }
    }

    pub(crate) fn get(&self, index: u32) -> Result<Value, Trap> {
        self.elements.get(index as usize).copied().ok_or(Trap::TableOutOfBounds)
    }

    pub(crate) fn set(&mut self, index: u32, element: u64) -> Result<(), Trap> {
        let place = self.elements.get_mut(index as usize).ok_or(Trap::TableOutOfBounds)?;
        *place = Value::from_slot(self.element_type, element);
        Ok(())
    }

    /// The function at an index that an indirect call names; its signature is still to be checked.
    pub(crate) fn function(&self, index: u32) -> Result<u32, Trap> {
        match self.get(index)? {
            Value::FuncRef(Some(function)) => Ok(function),
            Value::FuncRef(None) => Err(Trap::IndirectCallToNull),
            Value::I32(_) | Value::I64(_) | Value::F32(_) | Value::F64(_) | Value::ExternRef(_) => {
                unreachable!("validation lets indirect calls go through tables of functions only")
            }
        }
    }

    pub(crate) fn fill(&mut self, to: u32, element: u64, length: u32) -> Result<(), Trap> {
        let element = Value::from_slot(self.element_type, element);
        self.slice(to, length)?.fill(element);
        Ok(())
    }

    /// The elements that `table.copy` and `table.init` move.
    pub(crate) fn copy_out(elements: &[Value], from: u32, length: u32) -> Result<Vec<Value>, Trap> {
        let from = from as usize;
        elements.get(from..from + length as usize).map(<[Value]>::to_vec).ok_or(Trap::TableOutOfBounds)
    }

    pub(crate) fn copy_in(&mut self, to: u32, elements: &[Value]) -> Result<(), Trap> {
        self.slice(to, elements.len() as u32)?.copy_from_slice(elements);
        Ok(())
    }

    fn slice(&mut self, start: u32, length: u32) -> Result<&mut [Value], Trap> {
        let start = start as usize;
        self.elements.get_mut(start..start + length as usize).ok_or(Trap::TableOutOfBounds)
    }
}
