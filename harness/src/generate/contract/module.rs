//! A module is a genome's binary form: its sections, in order.

use super::abi;
use super::constant;
use super::genome::{AbiGenes, Breach, Genome, SegmentMode};
use super::plan::Plan;
use super::step;
use super::types::{Signatures, Type};
use crate::generate::bits::Bits;
use std::borrow::Cow;
use wasm_encoder::{
    CodeSection, ConstExpr, DataCountSection, DataSection, ElementSection, Elements, EntityType, ExportKind,
    ExportSection, FunctionSection, GlobalSection, GlobalType, HeapType, ImportSection, MemorySection, MemoryType,
    Module, StartSection, TableSection, TableType,
};

/// Encodes a genome.
pub(super) fn encode(genome: &Genome) -> Vec<u8> {
    let plan = Plan::new(genome);
    let mut signatures = Signatures::default();
    let abort = signatures_of_imports(genome, &mut signatures);
    let mut functions = FunctionSection::new();
    for position in plan.order() {
        let signature = &plan.signatures[position];
        functions.function(signatures.index(&signature.params, &signature.results));
    }
    let mut costs = Vec::new();
    let mut bodies = Vec::new();
    for position in 0..genome.functions.len() {
        let (body, cost) = step::build(&plan, position, &costs, &mut signatures);
        bodies.push(body);
        costs.push(cost);
    }
    let mut code = CodeSection::new();
    for position in plan.order() {
        code.function(&bodies[position]);
    }
    let guest = genome.abi.as_ref().map(|genes| abi::build(&plan, genes, &costs, &mut signatures));
    for function in guest.iter().flat_map(|guest| &guest.functions) {
        functions.function(function.ty);
        code.function(&function.body);
    }

    let mut module = Module::new();
    module.section(&signatures.section());
    if let Some(ty) = abort {
        let mut imports = ImportSection::new();
        imports.import("env", "abort", EntityType::Function(ty));
        module.section(&imports);
    }
    module.section(&functions);
    tables(&plan, &mut module);
    memory(&plan, &mut module);
    globals(&plan, guest.as_ref().map(|guest| guest.heap), &mut module);
    exports(&plan, &mut module);
    start(&plan, &mut module);
    elements(&plan, &mut module);
    let data = data(&plan, guest.as_ref().and_then(|guest| guest.template));
    if !data.is_empty() {
        module.section(&DataCountSection { count: data.len() });
    }
    module.section(&code);
    if !data.is_empty() {
        module.section(&data);
    }
    module.finish()
}

fn signatures_of_imports(genome: &Genome, signatures: &mut Signatures) -> Option<u32> {
    genome.abort.then(|| signatures.index(&[], &[]))
}

fn tables(plan: &Plan<'_>, module: &mut Module) {
    let mut section = TableSection::new();
    for table in &plan.tables {
        section.table(TableType {
            element_type: table.ty.reference(),
            table64: false,
            minimum: u64::from(table.min),
            maximum: table.max.map(u64::from),
            shared: false,
        });
    }
    if !section.is_empty() {
        module.section(&section);
    }
}

fn memory(plan: &Plan<'_>, module: &mut Module) {
    if let Some(pages) = plan.pages {
        let slack = plan.genome.memory.as_ref().and_then(|memory| memory.slack);
        let mut section = MemorySection::new();
        section.memory(MemoryType {
            minimum: u64::from(pages),
            maximum: slack.map(|slack| u64::from((pages + slack).min(256))),
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        module.section(&section);
    }
}

fn globals(plan: &Plan<'_>, heap: Option<u32>, module: &mut Module) {
    let mut section = GlobalSection::new();
    let ty = |ty: Type, mutable| GlobalType { val_type: ty.val(), mutable, shared: false };
    for global in &plan.genome.globals {
        let bits = &mut Bits::new(u64::from(global.value));
        let value = match global.ty {
            Type::ExternRef => ConstExpr::ref_null(HeapType::EXTERN),
            Type::FuncRef => reference(plan, plan.tabled().nth(bits.below(4) as usize)),
            Type::I32 | Type::I64 | Type::F32 | Type::F64 => {
                constant::expression(global.ty, constant::bits_of(global.ty, bits), global.extended)
            }
        };
        section.global(ty(global.ty, global.mutable), &value);
    }
    if let Some(heap) = heap {
        section.global(ty(Type::I32, true), &ConstExpr::i32_const(heap as i32));
    }
    if !section.is_empty() {
        module.section(&section);
    }
}

/// A function reference, or null, as a constant expression.
fn reference(plan: &Plan<'_>, function: Option<usize>) -> ConstExpr {
    function
        .map_or_else(|| ConstExpr::ref_null(HeapType::FUNC), |position| ConstExpr::ref_func(plan.function(position)))
}

fn exports(plan: &Plan<'_>, module: &mut Module) {
    let genome = plan.genome;
    let mut section = ExportSection::new();
    let breach = genome.abi.as_ref().and_then(|abi| abi.breach);
    for (position, function) in genome.functions.iter().enumerate() {
        if function.exported && plan.exportable(position) {
            section.export(&format!("f{position}"), ExportKind::Func, plan.function(position));
        }
    }
    for (index, _) in (0..).zip(&genome.globals).filter(|(_, global)| global.exported) {
        section.export(&format!("g{index}"), ExportKind::Global, index);
    }
    for (index, _) in (0..).zip(&plan.tables).filter(|(_, table)| table.exported) {
        section.export(&format!("t{index}"), ExportKind::Table, index);
    }
    let visible = genome.memory.as_ref().is_some_and(|memory| memory.exported) || genome.abi.is_some();
    if plan.pages.is_some() && visible && breach != Some(Breach::MissingMemory) {
        section.export("memory", ExportKind::Memory, 0);
    }
    if let Some(abi) = &genome.abi {
        let alloc = plan.function(genome.functions.len());
        if breach != Some(Breach::MissingAlloc) {
            section.export("alloc", ExportKind::Func, alloc);
        }
        match breach {
            Some(Breach::MissingMethod) => {}
            Some(Breach::MethodKind) => {
                section.export(abi.method_name(), ExportKind::Memory, 0);
            }
            Some(_) | None => {
                section.export(abi.method_name(), ExportKind::Func, alloc + 1);
            }
        }
    }
    if !section.is_empty() {
        module.section(&section);
    }
}

fn start(plan: &Plan<'_>, module: &mut Module) {
    let fitting = |position: &usize| {
        let signature = plan.signatures.get(*position);
        signature.is_some_and(|signature| signature.params.is_empty() && signature.results.is_empty())
    };
    if let Some(position) = plan.genome.start.filter(fitting) {
        module.section(&StartSection { function_index: plan.function(position) });
    }
}

fn elements(plan: &Plan<'_>, module: &mut Module) {
    let mut section = ElementSection::new();
    for segment in &plan.elements {
        let items = if segment.expressions || segment.ty == Type::ExternRef {
            let null = || ConstExpr::ref_null(HeapType::EXTERN);
            let item = |&item| if segment.ty == Type::ExternRef { null() } else { reference(plan, item) };
            Elements::Expressions(segment.ty.reference(), segment.items.iter().map(item).collect())
        } else {
            let functions: Vec<u32> = segment.items.iter().flatten().map(|&item| plan.function(item)).collect();
            Elements::Functions(Cow::Owned(functions))
        };
        let at =
            constant::expression(Type::I32, u64::from(segment.offset), segment.mode == SegmentMode::ActiveExtended);
        match segment.mode {
            SegmentMode::Active | SegmentMode::ActiveExtended | SegmentMode::Beyond => {
                let first = segment.table == 0 && segment.ty == Type::FuncRef;
                section.active(if first { None } else { Some(segment.table) }, &at, items);
            }
            SegmentMode::Passive => {
                section.passive(items);
            }
            SegmentMode::Declared => {
                section.declared(items);
            }
        }
    }
    // Every function that code may refer to is declared.
    let declared: Vec<u32> = plan.tabled().map(|position| plan.function(position)).collect();
    if !declared.is_empty() {
        section.declared(Elements::Functions(Cow::Owned(declared)));
    }
    if !section.is_empty() {
        module.section(&section);
    }
}

fn data(plan: &Plan<'_>, template: Option<&[u8]>) -> DataSection {
    let mut section = DataSection::new();
    let size = plan.pages.unwrap_or(0) << 16;
    for segment in plan.genome.data.iter().take(plan.data as usize) {
        let bytes = segment.bytes.iter().copied();
        let room = size.saturating_sub(segment.bytes.len() as u32);
        let offset = match segment.mode {
            SegmentMode::Beyond => room + 1,
            SegmentMode::Passive | SegmentMode::Active | SegmentMode::ActiveExtended | SegmentMode::Declared => {
                segment.offset.min(room)
            }
        };
        let extended = segment.mode == SegmentMode::ActiveExtended;
        if segment.is_passive() {
            section.passive(bytes);
        } else {
            section.active(0, &constant::expression(Type::I32, u64::from(offset), extended), bytes);
        }
    }
    if let Some(template) = template {
        section.passive(template.iter().copied());
    }
    section
}

impl AbiGenes {
    /// The name that the method is exported by, or would be.
    pub(super) fn method_name(&self) -> &'static str {
        const NAMES: [&str; 4] = ["validate", "execute", "evaluate", "run"];
        NAMES[self.method as usize % NAMES.len()]
    }
}
