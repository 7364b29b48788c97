//! What is in use: what the exports, the start and the segments of a sketch reach.

use super::{Constant, Element, ElementMode, Items, Op, Sketch};
use std::collections::BTreeSet;
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode};
use wasmparser::{ExternalKind, Operator};

/// The indices that were met.
#[derive(Default)]
struct Met {
    functions: BTreeSet<u32>,
    tables: BTreeSet<u32>,
    globals: BTreeSet<u32>,
    elements: BTreeSet<u32>,
    data: BTreeSet<u32>,
    memory: bool,
    /// The functions that a `ref.func` names, which has to be declared.
    referenced: BTreeSet<u32>,
}

/// Every index of an operator passes through here on its way to a new one: these stay and are noted.
impl Reencode for Met {
    type Error = Infallible;

    fn function_index(&mut self, index: u32) -> Result<u32, Error> {
        self.functions.insert(index);
        Ok(index)
    }

    fn table_index(&mut self, index: u32) -> Result<u32, Error> {
        self.tables.insert(index);
        Ok(index)
    }

    fn global_index(&mut self, index: u32) -> Result<u32, Error> {
        self.globals.insert(index);
        Ok(index)
    }

    fn element_index(&mut self, index: u32) -> Result<u32, Error> {
        self.elements.insert(index);
        Ok(index)
    }

    fn data_index(&mut self, index: u32) -> Result<u32, Error> {
        self.data.insert(index);
        Ok(index)
    }

    fn memory_index(&mut self, index: u32) -> Result<u32, Error> {
        self.memory = true;
        Ok(index)
    }
}

impl Sketch<'_> {
    /// Leaves out whatever is not in use.
    pub(in crate::reduce) fn retain_used(&mut self) {
        let mut met = Met::default();
        for export in &self.exports {
            match export.kind {
                ExternalKind::Func | ExternalKind::FuncExact => drop(met.functions.insert(export.index)),
                ExternalKind::Table => drop(met.tables.insert(export.index)),
                ExternalKind::Global => drop(met.globals.insert(export.index)),
                ExternalKind::Memory => met.memory = true,
                ExternalKind::Tag => {}
            }
        }
        met.functions.extend(self.start);
        // Active segments do something whoever reads it; passive ones are reached by operators.
        let active = |index: usize| {
            let mode = self.elements.get(index).and_then(Option::as_ref).map(|element| &element.mode);
            matches!(mode, Some(ElementMode::Active { .. }))
        };
        met.elements.extend((0..).zip(0..self.elements.len()).filter(|(_, at)| active(*at)).map(|(index, _)| index));
        let placed = |data: &Option<super::Data<'_>>| data.as_ref().is_some_and(|data| data.offset.is_some());
        met.data.extend((0..).zip(&self.data).filter(|(_, data)| placed(data)).map(|(index, _)| index));
        loop {
            self.follow(&mut met);
            let before = met.elements.len();
            met.elements.extend(self.declarations(&met.referenced));
            if met.elements.len() == before {
                break;
            }
        }
        let unless = |present: bool, used: bool| present && !used;
        let first = self.imports.len();
        for (at, import) in self.imports.iter_mut().enumerate() {
            if unless(import.is_some(), met.functions.contains(&number(at))) {
                *import = None;
            }
        }
        for (at, function) in self.functions.iter_mut().enumerate() {
            if unless(function.is_some(), met.functions.contains(&number(first + at))) {
                *function = None;
            }
        }
        retain(&mut self.tables, &met.tables);
        retain(&mut self.globals, &met.globals);
        retain(&mut self.elements, &met.elements);
        retain(&mut self.data, &met.data);
        self.memory = self.memory.filter(|_| met.memory);
    }

    /// The segments that are not applied and name one of these functions.
    fn declarations(&self, functions: &BTreeSet<u32>) -> Vec<u32> {
        let names = |operator: &Operator<'_>| matches!(operator, Operator::RefFunc { function_index } if functions.contains(function_index));
        let declares = |element: &Element<'_>| match (&element.mode, &element.items) {
            (ElementMode::Active { .. }, _) => false,
            (ElementMode::Passive | ElementMode::Declared, Items::Functions(named)) => {
                named.iter().any(|index| functions.contains(index))
            }
            (ElementMode::Passive | ElementMode::Declared, Items::Expressions(_, items)) => {
                items.iter().flatten().any(names)
            }
        };
        let elements = (0..).zip(&self.elements);
        elements.filter(|(_, element)| element.as_ref().is_some_and(declares)).map(|(index, _)| index).collect()
    }

    /// Goes through what was met until nothing new is.
    fn follow(&self, met: &mut Met) {
        let (mut functions, mut globals, mut elements) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        loop {
            let new_functions = met.functions.difference(&functions).copied().collect::<Vec<_>>();
            let new_globals = met.globals.difference(&globals).copied().collect::<Vec<_>>();
            let new_elements = met.elements.difference(&elements).copied().collect::<Vec<_>>();
            if new_functions.is_empty() && new_globals.is_empty() && new_elements.is_empty() {
                break;
            }
            for &index in &new_functions {
                let function = self.own(index).and_then(|own| self.functions.get(own)?.as_ref());
                for op in function.iter().flat_map(|function| &function.body) {
                    if let Op::Plain(operator) = op {
                        met.operator(operator);
                    }
                }
            }
            for &index in &new_globals {
                let global = self.globals.get(index as usize).and_then(Option::as_ref);
                global.iter().for_each(|global| met.constant(&global.init));
            }
            for &index in &new_elements {
                let Some(element) = self.elements.get(index as usize).and_then(Option::as_ref) else { continue };
                if let ElementMode::Active { table, offset } = &element.mode {
                    met.tables.insert(*table);
                    met.constant(offset);
                }
                match &element.items {
                    Items::Functions(functions) => met.functions.extend(functions),
                    Items::Expressions(_, items) => items.iter().for_each(|item| met.constant(item)),
                }
            }
            functions.extend(new_functions);
            globals.extend(new_globals);
            elements.extend(new_elements);
        }
        for data in self.data.iter().flatten() {
            if let Some(offset) = &data.offset {
                met.memory = true;
                met.constant(offset);
            }
        }
    }
}

impl Met {
    fn operator(&mut self, operator: &Operator<'_>) {
        if let Operator::RefFunc { function_index } = operator {
            self.referenced.insert(*function_index);
        }
        // Nothing can go wrong: every index stays what it is.
        let _ = self.instruction(operator.clone());
    }

    fn constant(&mut self, constant: &Constant<'_>) {
        constant.iter().for_each(|operator| self.operator(operator));
    }
}

fn retain<T>(parts: &mut [Option<T>], used: &BTreeSet<u32>) {
    for (at, part) in parts.iter_mut().enumerate() {
        if !used.contains(&number(at)) {
            *part = None;
        }
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).expect("a module has fewer parts than an index can name")
}
