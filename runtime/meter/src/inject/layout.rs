//! A layout is where everything that the meter adds stands in the metered module: after everything of the original's.

use crate::Rejection;
use crate::original::Original;
use std::collections::BTreeMap;
use wasm_encoder::BlockType;
use wasmparser::ValType;

/// The indices of what the meter adds.
pub(super) struct Layout {
    pub(super) types: Types,
    pub(super) globals: Globals,
    pub(super) functions: Functions,
}

/// Types that are appended to the original's.
pub(super) struct Types {
    /// `[] -> []`.
    pub(super) nullary: u32,
    /// `[i32] -> []`.
    pub(super) unary: u32,
    /// `[] -> results` for each list of several results, in ascending order of the types' indices.
    results: BTreeMap<Vec<ValType>, u32>,
}

/// Globals that are appended to the original's.
pub(super) struct Globals {
    pub(super) gas: u32,
    pub(super) stack: u32,
    pub(super) stack_low: u32,
    pub(super) status: u32,
}

/// Functions that are appended to the original's.
pub(super) struct Functions {
    /// Sets the status to its parameter and traps.
    pub(super) stop: u32,
    /// Records that the stack is deeper than ever, or traps if it is too deep.
    pub(super) deepen: u32,
    /// Starts an instance.
    pub(super) start: u32,
}

impl Layout {
    pub(super) fn of(original: &Original<'_>) -> Result<Self, Rejection> {
        // The limits keep every count far below 2^32.
        let types = original.types.len() as u32;
        let globals = original.globals.len() as u32;
        let functions = original.functions.len() as u32;
        let mut results = BTreeMap::new();
        for body in &original.bodies {
            let list = original.function_type(body.function)?.results();
            if list.len() > 1 && !results.contains_key(list) {
                results.insert(list.to_vec(), types + 2 + results.len() as u32);
            }
        }
        Ok(Self {
            types: Types { nullary: types, unary: types + 1, results },
            globals: Globals { gas: globals, stack: globals + 1, stack_low: globals + 2, status: globals + 3 },
            functions: Functions { stop: functions, deepen: functions + 1, start: functions + 2 },
        })
    }
}

impl Types {
    /// The lists of several results, in the order of their types' indices.
    pub(super) fn result_lists(&self) -> Vec<&[ValType]> {
        let mut lists: Vec<_> = self.results.iter().collect();
        lists.sort_by_key(|&(_, index)| index);
        lists.into_iter().map(|(list, _)| list.as_slice()).collect()
    }

    /// The type of a block without parameters that leaves `results`.
    pub(super) fn block(&self, results: &[ValType]) -> Result<BlockType, Rejection> {
        match results {
            [] => Ok(BlockType::Empty),
            &[result] => Ok(BlockType::Result(value(result)?)),
            list => {
                let index = self.results.get(list).copied();
                let index = index.ok_or_else(|| Rejection::defect("a list of results has no type"))?;
                Ok(BlockType::FunctionType(index))
            }
        }
    }
}

/// A value type, as it is encoded.
pub(super) fn value(ty: ValType) -> Result<wasm_encoder::ValType, Rejection> {
    wasm_encoder::ValType::try_from(ty).map_err(Rejection::defect)
}
