//! A site is an operator in a function body, with the cells that it stands for.
//!
//! Bodies are read once, with a stack of where values come from, as a validator reads them with a stack of types.

use super::due::DECIDING;
use super::operator::{Arity, listed};
use super::{Cell, Context, Operand, Operands};
use std::collections::BTreeMap;
use wasmparser::{BlockType, CompositeInnerType, FunctionBody, Operator, Parser, Payload, TypeRef};

/// An operator in a body.
#[derive(Debug)]
pub(super) struct Site {
    operator: &'static str,
    operands: Operands,
    contexts: Vec<Context>,
}

impl Site {
    /// The cells that the site stands for.
    pub(super) fn cells(self) -> impl Iterator<Item = Cell> {
        let Self { operator, operands, contexts } = self;
        contexts.into_iter().map(move |context| Cell { operator, operands: operands.clone(), context })
    }
}

/// Parameters and results, by count.
type Counts = (usize, usize);

/// The sites of a valid module, by their operators' offsets in its bytes.
pub(super) fn sites(module: &[u8]) -> wasmparser::Result<BTreeMap<u32, Site>> {
    let mut types: Vec<Counts> = Vec::new();
    let mut functions: Vec<u32> = Vec::new();
    let mut imported = 0;
    let mut sites = BTreeMap::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::TypeSection(reader) => {
                for group in reader {
                    types.extend(group?.into_types().map(|ty| match ty.composite_type.inner {
                        CompositeInnerType::Func(ty) => (ty.params().len(), ty.results().len()),
                        CompositeInnerType::Array(_) | CompositeInnerType::Struct(_) | CompositeInnerType::Cont(_) => {
                            (0, 0)
                        }
                    }));
                }
            }
            Payload::ImportSection(reader) => {
                for import in reader.into_imports() {
                    if let TypeRef::Func(ty) = import?.ty {
                        functions.push(ty);
                    }
                }
                imported = functions.len();
            }
            Payload::FunctionSection(reader) => {
                for ty in reader {
                    functions.push(ty?);
                }
            }
            Payload::CodeSectionEntry(body) => {
                let ty = functions.get(imported).copied();
                imported += 1;
                let results = ty.and_then(|ty| types.get(ty as usize)).map_or(0, |counts| counts.1);
                Reader::new(&types, &functions, results).read(&body, &mut sites)?;
            }
            _ => {}
        }
    }
    Ok(sites)
}

/// A value on the stack: where it comes from.
#[derive(Clone, Copy, Debug)]
struct Value {
    kind: Operand,
    local: Option<u32>,
    /// The offset of the operator that left it.
    made_at: Option<u32>,
}

const UNKNOWN: Value = Value { kind: Operand::Computed, local: None, made_at: None };

impl Value {
    fn left_by(operator: &Operator<'_>, at: u32) -> Self {
        let local = match operator {
            Operator::LocalGet { local_index } => Some(*local_index),
            _ => None,
        };
        let kind = match operator {
            Operator::LocalGet { .. } => Operand::Local,
            Operator::TableGet { .. } => Operand::Load,
            Operator::I32Const { .. }
            | Operator::I64Const { .. }
            | Operator::F32Const { .. }
            | Operator::F64Const { .. }
            | Operator::RefNull { .. }
            | Operator::RefFunc { .. } => Operand::Constant,
            _ if listed(operator).snake.contains("_load") => Operand::Load,
            _ => Operand::Computed,
        };
        Self { kind, local, made_at: Some(at) }
    }
}

/// The kinds of values that one operator takes.
fn kinds(values: &[Value]) -> Operands {
    match values {
        [Value { local: Some(one), .. }, Value { local: Some(two), .. }] if one == two => Operands::SameLocal,
        _ => Operands::Of(values.iter().map(|value| value.kind).collect()),
    }
}

/// Notes a context of the operators that made some values.
fn note(values: &[Value], context: Context, sites: &mut BTreeMap<u32, Site>) {
    for value in values {
        if let Some(site) = value.made_at.and_then(|at| sites.get_mut(&at))
            && !site.contexts.contains(&context)
        {
            site.contexts.push(context);
        }
    }
}

/// An open block.
#[derive(Debug)]
struct Block {
    base: usize,
    params: usize,
    results: usize,
    /// A branch to it carries its parameters.
    is_loop: bool,
    place: Context,
    /// Whether no control reaches the block.
    unreached: bool,
    /// Whether no control reaches what follows in it.
    dead: bool,
}

struct Reader<'a> {
    types: &'a [Counts],
    functions: &'a [u32],
    stack: Vec<Value>,
    blocks: Vec<Block>,
}

impl<'a> Reader<'a> {
    fn new(types: &'a [Counts], functions: &'a [u32], results: usize) -> Self {
        let place = Context::Straight;
        let body = Block { base: 0, params: 0, results, is_loop: false, place, unreached: false, dead: false };
        Self { types, functions, stack: Vec::new(), blocks: vec![body] }
    }

    fn read(mut self, body: &FunctionBody<'_>, sites: &mut BTreeMap<u32, Site>) -> wasmparser::Result<()> {
        for operator in body.get_operators_reader()?.into_iter_with_offsets() {
            let (operator, offset) = operator?;
            // Code that is that far behind is beyond the profile's limit.
            self.operator(&operator, u32::try_from(offset).unwrap_or(u32::MAX), sites);
        }
        Ok(())
    }

    fn operator(&mut self, operator: &Operator<'_>, at: u32, sites: &mut BTreeMap<u32, Site>) {
        match *operator {
            Operator::Block { blockty } | Operator::Loop { blockty } | Operator::If { blockty } => {
                return self.open(operator, blockty, at, sites);
            }
            Operator::Else => {
                self.leave(sites);
                if let Some(block) = self.blocks.last_mut() {
                    block.dead = block.unreached;
                    let params = if block.dead { 0 } else { block.params };
                    self.stack.extend(std::iter::repeat_n(UNKNOWN, params));
                }
                return;
            }
            Operator::End => return self.end(sites),
            _ => {}
        }
        let Some(block) = self.blocks.last().filter(|block| !block.dead) else { return };
        let place = block.place;
        let (takes, leaves) = self.counts(operator);
        let taken = self.take(takes);
        let listed = listed(operator);
        let deciding = DECIDING.contains(&listed.name);
        let operands = match listed.arity {
            Arity::Fixed(..) => &taken[..],
            Arity::Custom if deciding => taken.last().map(std::slice::from_ref).unwrap_or_default(),
            Arity::Custom => &[],
        };
        sites.insert(at, Site { operator: listed.name, operands: kinds(operands), contexts: vec![place] });
        self.mark(operator, &taken, sites);
        match operator {
            // What is not carried away stays, and is what it was.
            Operator::BrIf { .. } => self.stack.extend_from_slice(&taken[..leaves]),
            Operator::Br { .. } | Operator::BrTable { .. } | Operator::Return | Operator::Unreachable => self.die(),
            _ => self.stack.extend(std::iter::repeat_n(Value::left_by(operator, at), leaves)),
        }
    }

    /// What an operator takes and leaves.
    fn counts(&self, operator: &Operator<'_>) -> Counts {
        let of_type = |index: u32| self.types.get(index as usize).copied().unwrap_or_default();
        match operator {
            Operator::Br { relative_depth } => (self.label(*relative_depth), 0),
            Operator::BrIf { relative_depth } => (self.label(*relative_depth) + 1, self.label(*relative_depth)),
            Operator::BrTable { targets } => (self.label(targets.default()) + 1, 0),
            Operator::Return => (self.blocks.first().map_or(0, |body| body.results), 0),
            Operator::Call { function_index } => {
                self.functions.get(*function_index as usize).map_or((0, 0), |&ty| of_type(ty))
            }
            Operator::CallIndirect { type_index, .. } => {
                let (params, results) = of_type(*type_index);
                (params + 1, results)
            }
            _ => match listed(operator).arity {
                Arity::Fixed(takes, leaves) => (takes, leaves),
                Arity::Custom => (0, 0),
            },
        }
    }

    /// How many values a branch of this depth carries.
    fn label(&self, depth: u32) -> usize {
        let block = self.blocks.len().checked_sub(1 + depth as usize).and_then(|index| self.blocks.get(index));
        block.map_or(0, |block| if block.is_loop { block.params } else { block.results })
    }

    /// Notes what takes the results of earlier operators.
    fn mark(&self, operator: &Operator<'_>, taken: &[Value], sites: &mut BTreeMap<u32, Site>) {
        let (others, last) = taken.split_at(taken.len().saturating_sub(1));
        match operator {
            Operator::Br { .. } | Operator::Return => note(taken, Context::Carried, sites),
            Operator::BrIf { .. } | Operator::BrTable { .. } => {
                note(last, Context::Condition, sites);
                note(others, Context::Carried, sites);
            }
            Operator::If { .. } | Operator::Select | Operator::TypedSelect { .. } => {
                note(last, Context::Condition, sites);
            }
            Operator::Call { .. } => note(taken, Context::Argument, sites),
            Operator::CallIndirect { .. } => note(others, Context::Argument, sites),
            Operator::TableSet { .. } => note(last, Context::Stored, sites),
            _ if listed(operator).snake.contains("store") => note(last, Context::Stored, sites),
            _ => {}
        }
    }

    fn open(&mut self, operator: &Operator<'_>, ty: BlockType, at: u32, sites: &mut BTreeMap<u32, Site>) {
        let (params, results) = match ty {
            BlockType::Empty => (0, 0),
            BlockType::Type(_) => (0, 1),
            BlockType::FuncType(index) => self.types.get(index as usize).copied().unwrap_or_default(),
        };
        let dead = self.blocks.last().is_none_or(|block| block.dead);
        let place = self.blocks.last().map_or(Context::Straight, |block| block.place);
        let mut inner = place;
        match operator {
            Operator::If { .. } => {
                inner = Context::Arm;
                if !dead {
                    let condition = self.take(1);
                    sites.insert(at, Site { operator: "If", operands: kinds(&condition), contexts: vec![place] });
                    self.mark(operator, &condition, sites);
                }
            }
            Operator::Loop { .. } if place == Context::Straight => inner = Context::Loop,
            _ => {}
        }
        let taken = if dead { Vec::new() } else { self.take(params) };
        note(&taken, Context::Boundary, sites);
        let is_loop = matches!(operator, Operator::Loop { .. });
        let base = self.stack.len();
        self.blocks.push(Block { base, params, results, is_loop, place: inner, unreached: dead, dead });
        if !dead {
            self.stack.extend(std::iter::repeat_n(UNKNOWN, params));
        }
    }

    /// Ends an arm or a block: what is on top leaves it.
    fn leave(&mut self, sites: &mut BTreeMap<u32, Site>) {
        let Some(block) = self.blocks.last() else { return };
        let (base, results, dead) = (block.base, block.results, block.dead);
        if !dead && self.blocks.len() > 1 {
            let left = self.take(results);
            note(&left, Context::Boundary, sites);
        }
        self.stack.truncate(base);
    }

    fn end(&mut self, sites: &mut BTreeMap<u32, Site>) {
        self.leave(sites);
        if let Some(block) = self.blocks.pop()
            && self.blocks.last().is_some_and(|block| !block.dead)
        {
            self.stack.extend(std::iter::repeat_n(UNKNOWN, block.results));
        }
    }

    /// Takes values off the stack of the innermost block, the topmost last.
    fn take(&mut self, count: usize) -> Vec<Value> {
        let base = self.blocks.last().map_or(0, |block| block.base);
        let present = count.min(self.stack.len().saturating_sub(base));
        let mut taken = vec![UNKNOWN; count - present];
        taken.extend(self.stack.drain(self.stack.len() - present..));
        taken
    }

    /// No control reaches what follows in the block.
    fn die(&mut self) {
        if let Some(block) = self.blocks.last_mut() {
            block.dead = true;
            self.stack.truncate(block.base);
        }
    }
}
