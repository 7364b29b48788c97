//! A plan is what every function body may rely on: index spaces, signatures, and where tables hold what.

use super::genome::{Genome, Role, SegmentMode};
use super::types::{Signature, Type};

/// The parts of a module that bodies refer to.
#[derive(Debug)]
pub(super) struct Plan<'g> {
    pub(super) genome: &'g Genome,
    /// Signatures of the genome's functions, in its order.
    pub(super) signatures: Vec<Signature>,
    /// Pages of the memory at the start.
    pub(super) pages: Option<u32>,
    pub(super) tables: Vec<TablePlan>,
    /// The table that indirect calls go through, and runs of functions of one signature in it.
    pub(super) dispatch: Option<(u32, Vec<Group>)>,
    pub(super) elements: Vec<ElementPlan>,
    /// Data segments that bodies may use.
    pub(super) data: u32,
}

/// A table.
#[derive(Debug)]
pub(super) struct TablePlan {
    pub(super) ty: Type,
    pub(super) min: u32,
    pub(super) max: Option<u32>,
    pub(super) exported: bool,
}

/// Functions of one signature that stand side by side, a power of two of them with repetitions.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) base: u32,
    /// Positions in the genome.
    pub(super) members: Vec<usize>,
}

/// An element segment.
#[derive(Debug)]
pub(super) struct ElementPlan {
    pub(super) ty: Type,
    pub(super) mode: SegmentMode,
    pub(super) table: u32,
    pub(super) offset: u32,
    pub(super) expressions: bool,
    /// Positions in the genome, or null.
    pub(super) items: Vec<Option<usize>>,
}

impl<'g> Plan<'g> {
    /// Lays out a genome.
    pub(super) fn new(genome: &'g Genome) -> Self {
        let signatures = genome.functions.iter().map(|function| {
            let mut params = function.params.clone();
            if matches!(function.role, Role::Recursive { .. }) && params.first() != Some(&Type::I32) {
                params.insert(0, Type::I32);
            }
            Signature { params, results: function.results.clone() }
        });
        let pages = match (&genome.memory, &genome.abi) {
            (Some(memory), _) => Some(memory.pages.clamp(1, 4)),
            (None, Some(_)) => Some(1),
            (None, None) => None,
        };
        let mut plan = Self {
            genome,
            signatures: signatures.collect(),
            pages,
            tables: Vec::new(),
            dispatch: None,
            elements: Vec::new(),
            data: if pages.is_some() { genome.data.len() as u32 } else { 0 },
        };
        plan.lay_out_tables();
        plan
    }

    fn lay_out_tables(&mut self) {
        for table in &self.genome.tables {
            let ty = if table.external { Type::ExternRef } else { Type::FuncRef };
            self.tables.push(TablePlan { ty, min: table.size, max: None, exported: table.exported });
        }
        if let Some(dispatch) = self.tables.iter().position(|table| table.ty == Type::FuncRef) {
            let groups = self.groups();
            let items: Vec<_> = groups.iter().flat_map(|group| group.members.iter().copied().map(Some)).collect();
            let table = &mut self.tables[dispatch];
            table.min = table.min.max(items.len() as u32);
            let table = dispatch as u32;
            let (ty, mode) = (Type::FuncRef, SegmentMode::Active);
            self.elements.push(ElementPlan { ty, mode, table, offset: 0, expressions: false, items });
            self.dispatch = Some((table, groups));
        }
        for (genes, table) in self.genome.tables.iter().zip(&mut self.tables) {
            table.max = genes.slack.map(|slack| table.min + slack);
        }
        self.lay_out_elements();
    }

    fn groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for member in self.tabled() {
            match groups.iter_mut().find(|group| self.signatures[group.members[0]] == self.signatures[member]) {
                Some(group) => group.members.push(member),
                None => groups.push(Group { base: 0, members: vec![member] }),
            }
        }
        let mut base = 0;
        for group in &mut groups {
            let distinct = group.members.len();
            while !group.members.len().is_power_of_two() {
                group.members.push(group.members[group.members.len() - distinct]);
            }
            group.base = base;
            base += group.members.len() as u32;
        }
        groups
    }

    fn lay_out_elements(&mut self) {
        let tabled: Vec<usize> = self.tabled().collect();
        let dispatch = self.dispatch.as_ref().map(|&(table, _)| table);
        for genes in &self.genome.elements {
            let index = if self.tables.is_empty() { 0 } else { genes.table % self.tables.len() as u32 };
            let table = self.tables.get(index as usize);
            let (ty, min) = table.map_or((Type::FuncRef, 0), |table| (table.ty, table.min));
            let items: Vec<_> = genes
                .items
                .iter()
                .map(|&item| match tabled.len() {
                    _ if ty == Type::ExternRef || (genes.expressions && item % 4 == 3) => None,
                    0 => None,
                    count => Some(tabled[item as usize % count]),
                })
                .collect();
            let room = min.checked_sub(items.len() as u32);
            let (mode, offset) = match (genes.mode, room) {
                (SegmentMode::Active | SegmentMode::ActiveExtended, Some(room)) if dispatch != Some(index) => {
                    (genes.mode, room / 2)
                }
                (SegmentMode::Beyond, _) if table.is_some() => (SegmentMode::Active, min + 1),
                (SegmentMode::Declared, _) => (SegmentMode::Declared, 0),
                (SegmentMode::Active | SegmentMode::ActiveExtended | SegmentMode::Passive | SegmentMode::Beyond, _) => {
                    (SegmentMode::Passive, 0)
                }
            };
            let expressions = genes.expressions || items.contains(&None);
            self.elements.push(ElementPlan { ty, mode, table: index, offset, expressions, items });
        }
    }

    /// The functions that may be in tables: those that make no indirect calls but to themselves.
    pub(super) fn tabled(&self) -> impl Iterator<Item = usize> {
        let functions = self.genome.functions.iter().enumerate();
        functions.filter(|(_, function)| function.role != Role::Plain).map(|(position, _)| position)
    }

    /// The functions that the function at `caller` may call directly, so that no chain of calls comes back to it.
    pub(super) fn callees(&self, caller: usize) -> impl Iterator<Item = usize> {
        let plain = self.genome.functions.get(caller).is_none_or(|function| function.role == Role::Plain);
        let functions = self.genome.functions.iter().enumerate().take(caller);
        functions.filter(move |(_, function)| plain || function.role != Role::Plain).map(|(position, _)| position)
    }

    /// The index in the module of the function at `position` in the genome.
    pub(super) fn function(&self, position: usize) -> u32 {
        let count = self.genome.functions.len();
        let place = if self.genome.reversed && position < count { count - 1 - position } else { position };
        u32::from(self.genome.abort) + place as u32
    }

    /// The positions in the genome in the order of the module.
    pub(super) fn order(&self) -> Vec<usize> {
        let positions = 0..self.genome.functions.len();
        if self.genome.reversed { positions.rev().collect() } else { positions.collect() }
    }

    /// The globals of a type, or only those that can be written.
    pub(super) fn globals(&self, ty: Type, mutable: bool) -> Vec<u32> {
        let globals = self.genome.globals.iter().enumerate();
        let fitting = globals.filter(|(_, global)| global.ty == ty && (global.mutable || !mutable));
        fitting.map(|(index, _)| index as u32).collect()
    }

    /// Whether the host can call the function at `position` with numbers and be given numbers.
    pub(super) fn exportable(&self, position: usize) -> bool {
        let Signature { params, results } = &self.signatures[position];
        params.iter().chain(results).all(|ty| ty.is_number())
    }
}
