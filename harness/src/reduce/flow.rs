//! A flow is the types of the operands before each operator of a body, and the blocks that the operators are in.

use super::sketch::{Function, Op, Sketch};
use wasmparser::{FuncValidator, Operator, Parser, Payload, ValType, ValidPayload, Validator, WasmModuleResources};

/// What is known of each position of a body: before each operator, and no further.
pub(super) struct Flow {
    positions: Vec<Position>,
}

struct Position {
    /// The operands, or none where the position is unreachable.
    operands: Option<Vec<ValType>>,
    /// The operands of the blocks around the innermost one.
    below: Vec<ValType>,
    /// The results of the innermost block.
    results: Vec<ValType>,
    /// How many blocks are open, the body among them.
    depth: u32,
}

impl Flow {
    /// The flows of a module's own functions, in their order.
    pub(super) fn of_all(module: &[u8], sketch: &Sketch<'_>) -> Option<Vec<Self>> {
        let mut validator = Validator::new();
        let mut flows = Vec::new();
        for payload in Parser::new(0).parse_all(module) {
            let payload = payload.ok()?;
            if let (ValidPayload::Func(function, _), Payload::CodeSectionEntry(body)) =
                (validator.payload(&payload).ok()?, &payload)
            {
                let mut validator = function.into_validator(Default::default());
                validator.read_locals(&mut body.get_binary_reader()).ok()?;
                let mut positions = Vec::new();
                for operator in body.get_operators_reader().ok()?.into_iter_with_offsets() {
                    let (operator, offset) = operator.ok()?;
                    positions.push(Position::now(&validator, sketch)?);
                    validator.op(offset, &operator).ok()?;
                }
                flows.push(Self { positions });
            }
        }
        Some(flows)
    }

    /// The operands before an operator, if control gets there.
    pub(super) fn operands(&self, at: usize) -> Option<&[ValType]> {
        self.positions.get(at)?.operands.as_deref()
    }

    /// How many blocks are open before an operator, the body among them.
    pub(super) fn depth(&self, at: usize) -> u32 {
        self.positions.get(at).map_or(0, |position| position.depth)
    }

    /// Whether a run of operators leaves every block that it is in, and ends every block that it begins.
    pub(super) fn is_balanced(&self, function: &Function<'_>, from: usize, to: usize) -> bool {
        let depth = self.depth(from);
        let inside = |at: usize| match &function.body[at] {
            // These two belong to the block that they end.
            Op::Plain(Operator::End | Operator::Else) => self.depth(at) > depth,
            Op::Plain(_) | Op::BrTable { .. } => self.depth(at) >= depth,
        };
        to < self.positions.len() && self.depth(to) == depth && (from..to).all(inside)
    }

    /// The operators with which a balanced run can be replaced by as little as its neighbours allow: operands that it
    /// takes and does not leave are dropped, values that it leaves and does not take are zero.
    pub(super) fn stand_in(&self, function: &Function<'_>, from: usize, to: usize) -> Option<Vec<Op<'static>>> {
        let Some(before) = self.operands(from) else {
            // What is never reached needs no operands.
            return Some(Vec::new());
        };
        let position = self.positions.get(to)?;
        let ends = matches!(function.body.get(to), Some(Op::Plain(Operator::End | Operator::Else)));
        let after = match &position.operands {
            Some(after) => after.clone(),
            None if ends => [&position.below[..], &position.results[..]].concat(),
            None => return Some(vec![Op::Plain(Operator::Unreachable)]),
        };
        let kept = before.iter().zip(&after).take_while(|(before, after)| before == after).count();
        let drops = before[kept..].iter().map(|_| Some(Op::Plain(Operator::Drop)));
        let zeros = after[kept..].iter().map(|&ty| super::sketch::zero(ty).map(Op::Plain));
        drops.chain(zeros).collect()
    }

    /// Where the shortest run begins that ends before `to` and leaves one value more than it finds, and that value's
    /// type.
    pub(super) fn value(&self, function: &Function<'_>, to: usize) -> Option<(usize, ValType)> {
        let after = self.operands(to)?;
        let (&ty, rest) = after.split_last()?;
        let mut from = to;
        while from > 0 {
            from -= 1;
            if self.depth(from) < self.depth(to) {
                return None;
            }
            if self.depth(from) == self.depth(to) {
                let before = self.operands(from)?;
                if before.len() < rest.len() {
                    return None;
                }
                if before == rest && self.is_balanced(function, from, to) {
                    return Some((from, ty));
                }
            }
        }
        None
    }
}

impl Flow {
    /// The run that made the topmost operand before an operator, however far behind it lies by then.
    pub(super) fn maker(&self, function: &Function<'_>, at: usize) -> Option<(usize, usize)> {
        self.maker_below(function, at, 0)
    }

    /// The run that made the operand with so many on top of it.
    pub(super) fn maker_below(&self, function: &Function<'_>, at: usize, on_top: usize) -> Option<(usize, usize)> {
        let height = self.operands(at)?.len().checked_sub(on_top)?;
        let depth = self.depth(at);
        let mut made = at;
        for to in (0..=at).rev() {
            match self.operands(to) {
                // Blocks that lie between end as high as they began, and do not reach below.
                _ if self.depth(to) > depth => {}
                Some(operands) if self.depth(to) == depth && operands.len() >= height => {
                    if operands.len() == height {
                        made = to;
                    }
                }
                _ => break,
            }
        }
        // The first position from which on the operand stays: what ends there has made it.
        let (from, _) = self.value(function, made)?;
        Some((from, made))
    }
}

impl Position {
    fn now<T: WasmModuleResources>(validator: &FuncValidator<T>, sketch: &Sketch<'_>) -> Option<Self> {
        let frame = validator.get_control_frame(0)?;
        let height = validator.operand_stack_height() as usize;
        let all = (0..height).rev().map(|depth| validator.get_operand_type(depth).flatten()).collect::<Vec<_>>();
        let below = all.get(..frame.height)?.iter().copied().collect::<Option<Vec<_>>>();
        Some(Self {
            operands: if frame.unreachable { None } else { all.into_iter().collect() },
            // Below a block that is reached there are only values of known types; elsewhere they do not matter.
            below: below.unwrap_or_default(),
            results: sketch.block_type(frame.block_type).results().to_vec(),
            depth: validator.control_stack_height(),
        })
    }
}
