//! A branch carries values to its label, and leaves behind what else is on the stack.

use crate::score::rewrite::Shape;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use wasm_encoder::ValType;
use wasm_encoder::reencode::{Reencode as _, RoundtripReencoder};
use wasmparser::{BlockType, FrameKind, FuncValidator, FunctionBody, Operator, ValidatorResources};

/// What there is on the stack for a branch that can be reached, below its condition or index.
#[derive(Debug)]
pub(crate) struct Branch {
    /// The types of the values that it carries; the last one is on top.
    pub(crate) carried: Vec<ValType>,
    /// The type of the operand right below these, if it is of the branch's own block: a surplus one, which does not arrive.
    pub(crate) surplus: Option<ValType>,
}

/// The branches of a function. They are found when a fault first asks for one, since most faults never do.
pub(super) struct Branches<'a> {
    pub(super) shape: &'a Shape,
    pub(super) body: &'a FunctionBody<'a>,
    pub(super) operators: &'a [Operator<'a>],
    /// At the function's start.
    pub(super) validator: FuncValidator<ValidatorResources>,
    pub(super) found: OnceCell<BTreeMap<usize, Branch>>,
}

impl Branches<'_> {
    /// The branch that is a function's operator of this number.
    pub(super) fn at(&self, at: usize) -> Option<&Branch> {
        self.found.get_or_init(|| self.find().expect("metered modules are valid")).get(&at)
    }

    fn find(&self) -> Result<BTreeMap<usize, Branch>, wasmparser::Error> {
        let mut validator = self.validator.clone();
        validator.read_locals(&mut self.body.get_binary_reader())?;
        let mut found = BTreeMap::new();
        for (at, operator) in self.operators.iter().enumerate() {
            found.extend(self.branch(&validator, operator).map(|branch| (at, branch)));
            // Where errors would be said to be.
            validator.op(self.body.range().start, operator)?;
        }
        Ok(found)
    }

    /// What an operator is as a branch, given the stack before it.
    fn branch(&self, before: &FuncValidator<ValidatorResources>, operator: &Operator<'_>) -> Option<Branch> {
        let (label, decides) = match operator {
            Operator::Br { relative_depth } => (*relative_depth, 0),
            Operator::BrIf { relative_depth } => (*relative_depth, 1),
            Operator::BrTable { targets } => (targets.default(), 1),
            _ => return None,
        };
        let own = before.get_control_frame(0).filter(|own| !own.unreachable)?;
        let target = before.get_control_frame(label as usize)?;
        let types = match (target.block_type, target.kind) {
            (BlockType::Empty, _) | (BlockType::Type(_), FrameKind::Loop) => Vec::new(),
            (BlockType::Type(ty), _) => vec![ty],
            (BlockType::FuncType(ty), kind) => {
                let ty = self.shape.types.get(ty as usize)?;
                if kind == FrameKind::Loop { ty.params().to_vec() } else { ty.results().to_vec() }
            }
        };
        let encoded = |ty| RoundtripReencoder.val_type(ty).ok();
        let carried = types.into_iter().map(encoded).collect::<Option<Vec<_>>>()?;
        let taken = carried.len() + decides;
        let is_surplus = before.operand_stack_height() as usize > own.height + taken;
        let surplus = if is_surplus { before.get_operand_type(taken).flatten().and_then(encoded) } else { None };
        Some(Branch { carried, surplus })
    }
}
