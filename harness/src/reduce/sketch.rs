//! A sketch is a module taken apart, so that parts of it can be left out or changed and the rest put together again.
//!
//! Parts keep their indices while others go: what is left out is `None`, and a sketch that still names it makes no
//! module.

mod decode;
mod encode;
mod uses;

use std::borrow::Cow;
use std::ops::Range;
use wasmparser::{
    BlockType, ExternalKind, FuncType, GlobalType, MemArg, MemoryType, Operator, RefType, TableType, ValType,
};

/// A module of the profile, in parts. Custom sections are not among them.
#[derive(Clone)]
pub(super) struct Sketch<'a> {
    /// The types that other parts name. The module that is put together has those that are used, each once.
    pub(super) types: Vec<FuncType>,
    /// Imported functions; their indices come before those of the module's own.
    pub(super) imports: Vec<Option<Import<'a>>>,
    pub(super) functions: Vec<Option<Function<'a>>>,
    pub(super) tables: Vec<Option<TableType>>,
    pub(super) memory: Option<MemoryType>,
    pub(super) globals: Vec<Option<Global<'a>>>,
    pub(super) exports: Vec<Export>,
    pub(super) start: Option<u32>,
    pub(super) elements: Vec<Option<Element<'a>>>,
    pub(super) data: Vec<Option<Data<'a>>>,
}

#[derive(Clone)]
pub(super) struct Import<'a> {
    pub(super) module: &'a str,
    pub(super) name: &'a str,
    pub(super) ty: u32,
}

#[derive(Clone)]
pub(super) struct Function<'a> {
    pub(super) ty: u32,
    /// The locals that are no parameters.
    pub(super) locals: Vec<ValType>,
    /// The operators, the body's `end` among them.
    pub(super) body: Vec<Op<'a>>,
}

/// An operator. The decoder's form of a branch table cannot be changed, so it has one of its own.
#[derive(Clone, PartialEq)]
pub(super) enum Op<'a> {
    Plain(Operator<'a>),
    BrTable { targets: Vec<u32>, default: u32 },
}

#[derive(Clone)]
pub(super) struct Global<'a> {
    pub(super) ty: GlobalType,
    pub(super) init: Constant<'a>,
}

/// A constant expression without its `end`.
pub(super) type Constant<'a> = Vec<Operator<'a>>;

#[derive(Clone)]
pub(super) struct Export {
    pub(super) name: String,
    pub(super) kind: ExternalKind,
    pub(super) index: u32,
}

#[derive(Clone)]
pub(super) struct Element<'a> {
    pub(super) mode: ElementMode<'a>,
    pub(super) items: Items<'a>,
}

#[derive(Clone)]
pub(super) enum ElementMode<'a> {
    Passive,
    Declared,
    Active { table: u32, offset: Constant<'a> },
}

#[derive(Clone)]
pub(super) enum Items<'a> {
    Functions(Vec<u32>),
    Expressions(RefType, Vec<Constant<'a>>),
}

#[derive(Clone)]
pub(super) struct Data<'a> {
    /// Where an active segment goes.
    pub(super) offset: Option<Constant<'a>>,
    pub(super) bytes: Cow<'a, [u8]>,
}

impl<'a> Sketch<'a> {
    /// The type of a function by its index, imported ones first.
    pub(super) fn function_type(&self, index: u32) -> Option<&FuncType> {
        let index = index as usize;
        let ty = match index.checked_sub(self.imports.len()) {
            None => self.imports.get(index)?.as_ref()?.ty,
            Some(own) => self.functions.get(own)?.as_ref()?.ty,
        };
        self.types.get(ty as usize)
    }

    /// The index by which a function of the module's own is named.
    pub(super) fn index_of(&self, own: usize) -> u32 {
        u32::try_from(self.imports.len() + own).expect("a module has fewer functions than an index can name")
    }

    /// The module's own function that an index names.
    pub(super) fn own(&self, index: u32) -> Option<usize> {
        (index as usize).checked_sub(self.imports.len())
    }

    /// Every function that is there, with its place among the module's own.
    pub(super) fn bodies(&self) -> impl Iterator<Item = (usize, &Function<'a>)> {
        self.functions.iter().enumerate().filter_map(|(own, function)| Some((own, function.as_ref()?)))
    }

    /// The number of a type, which is added if it is new.
    pub(super) fn type_number(&mut self, ty: FuncType) -> u32 {
        let at = self.types.iter().position(|known| *known == ty).unwrap_or_else(|| {
            self.types.push(ty);
            self.types.len() - 1
        });
        u32::try_from(at).expect("a module has fewer types than an index can name")
    }

    /// The parameters and results of a block.
    pub(super) fn block_type(&self, ty: BlockType) -> FuncType {
        match ty {
            BlockType::Empty => FuncType::new([], []),
            BlockType::Type(ty) => FuncType::new([], [ty]),
            BlockType::FuncType(ty) => self.types.get(ty as usize).cloned().unwrap_or_else(|| FuncType::new([], [])),
        }
    }

    /// The shortest way to name the parameters and results of a block.
    pub(super) fn name_block_type(&mut self, ty: FuncType) -> BlockType {
        match (ty.params(), ty.results()) {
            ([], []) => BlockType::Empty,
            ([], &[only]) => BlockType::Type(only),
            (_, _) => BlockType::FuncType(self.type_number(ty)),
        }
    }
}

impl<'a> Function<'a> {
    /// Replaces runs of operators, which do not overlap.
    pub(super) fn replace(&mut self, mut runs: Vec<(Range<usize>, Vec<Op<'a>>)>) -> Option<()> {
        runs.sort_by_key(|(run, _)| (run.start, run.end));
        if runs.windows(2).any(|pair| pair[0].0.end > pair[1].0.start) {
            return None;
        }
        for (run, with) in runs.into_iter().rev() {
            self.body.get(run.clone())?;
            self.body.splice(run, with);
        }
        Some(())
    }
}

impl Op<'_> {
    /// The type of the block that the operator begins.
    pub(super) fn begins(&self) -> Option<BlockType> {
        match self {
            Self::Plain(Operator::Block { blockty } | Operator::Loop { blockty } | Operator::If { blockty }) => {
                Some(*blockty)
            }
            Self::Plain(_) | Self::BrTable { .. } => None,
        }
    }

    /// The labels that the operator branches to.
    pub(super) fn labels_mut(&mut self) -> Vec<&mut u32> {
        match self {
            Self::BrTable { targets, default } => targets.iter_mut().chain([default]).collect(),
            Self::Plain(Operator::Br { relative_depth } | Operator::BrIf { relative_depth }) => vec![relative_depth],
            Self::Plain(_) => Vec::new(),
        }
    }
}

/// The operator that makes a value of a type, as plain a one as there is. A vector has none in the profile.
pub(super) fn zero(ty: ValType) -> Option<Operator<'static>> {
    Some(match ty {
        ValType::I32 => Operator::I32Const { value: 0 },
        ValType::I64 => Operator::I64Const { value: 0 },
        ValType::F32 => Operator::F32Const { value: 0.0_f32.into() },
        ValType::F64 => Operator::F64Const { value: 0.0_f64.into() },
        ValType::Ref(ty) => Operator::RefNull { hty: ty.heap_type() },
        ValType::V128 => return None,
    })
}

/// The address part of a memory access.
pub(super) fn memarg<'o>(operator: &'o mut Operator<'_>) -> Option<&'o mut MemArg> {
    match operator {
        Operator::I32Load { memarg }
        | Operator::I64Load { memarg }
        | Operator::F32Load { memarg }
        | Operator::F64Load { memarg }
        | Operator::I32Load8S { memarg }
        | Operator::I32Load8U { memarg }
        | Operator::I32Load16S { memarg }
        | Operator::I32Load16U { memarg }
        | Operator::I64Load8S { memarg }
        | Operator::I64Load8U { memarg }
        | Operator::I64Load16S { memarg }
        | Operator::I64Load16U { memarg }
        | Operator::I64Load32S { memarg }
        | Operator::I64Load32U { memarg }
        | Operator::I32Store { memarg }
        | Operator::I64Store { memarg }
        | Operator::F32Store { memarg }
        | Operator::F64Store { memarg }
        | Operator::I32Store8 { memarg }
        | Operator::I32Store16 { memarg }
        | Operator::I64Store8 { memarg }
        | Operator::I64Store16 { memarg }
        | Operator::I64Store32 { memarg } => Some(memarg),
        // The decoder's enum is open; an access of another proposal keeps its address.
        _ => None,
    }
}
