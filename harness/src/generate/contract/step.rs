//! A step is what one gene adds to a body.

use super::body::{Body, FrameKind};
use super::constant;
use super::genome::{Gene, Kind, Role};
use super::operator::{self, Danger, Family};
use super::plan::Plan;
use super::types::{NUMBERS, Signatures, Type};
use crate::generate::bits::Bits;
use wasm_encoder::{BlockType, Function, HeapType, Instruction};

/// Builds the function at `position` of the plan's genome, and estimates the cost of a call of it.
pub(super) fn build(plan: &Plan<'_>, position: usize, costs: &[u64], signatures: &mut Signatures) -> (Function, u64) {
    let genes = &plan.genome.functions[position];
    let mut body = Body::new(plan, position, costs, signatures);
    let mut bits = Bits::new(u64::from(genes.args));
    if let Role::Recursive { depth, twice } = genes.role {
        body.begin_recursion(depth, twice, &mut bits);
    }
    for gene in &genes.code {
        body.step(*gene);
    }
    while body.frames.len() > 1 {
        body.close(&mut bits);
    }
    if genes.witness {
        body.witness();
    }
    let results = genes.results.clone();
    body.settle(&results, &mut bits);
    body.emit(&Instruction::End);
    let cost = body.cost;
    (body.finish(), cost)
}

impl Body<'_> {
    fn step(&mut self, Gene { kind, which, seed }: Gene) {
        let bits = &mut Bits::new(u64::from(seed));
        match kind {
            Kind::Nop => self.emit(&Instruction::Nop),
            // Most loops have a body.
            Kind::Close if self.opens_a_loop() && which % 8 != 0 => {}
            Kind::Close => self.close(bits),
            Kind::Constant => {
                let ty = NUMBERS[which as usize % NUMBERS.len()];
                self.apply(&constant::instruction(ty, constant::bits_of(ty, bits)), 0, &[ty]);
            }
            Kind::Get => self.get(which, bits),
            Kind::Set => self.set(which, bits),
            Kind::Drop => {
                if self.top().is_some() {
                    self.apply(&Instruction::Drop, 1, &[]);
                }
            }
            Kind::Number => {
                let (family, operator) = operator::numeric(which, |_| true);
                self.number(family, operator, true, bits);
            }
            Kind::Chain => {
                let top = self.top();
                let (family, operator) = operator::numeric(which, |family| {
                    top.is_none_or(|top| !top.is_number() || family.operands[0] == top)
                        && family.danger != Danger::Truncation
                });
                self.number(family, operator, true, bits);
            }
            Kind::Nan => self.nan(which, bits),
            Kind::Select => self.select(which, bits),
            Kind::Load => self.load(which, true, bits),
            Kind::Store => self.store(which, true, bits),
            Kind::MemorySize => self.memory_size(),
            Kind::MemoryGrow => self.memory_grow(which, bits),
            Kind::MemoryBulk => self.memory_bulk(which, true, bits),
            Kind::Table => self.table(which, true, bits),
            Kind::TableBulk => self.table_bulk(which, true, bits),
            Kind::Reference => self.reference(which, bits),
            Kind::Block => self.open_block(bits),
            Kind::If => self.open_if(bits),
            Kind::Loop => self.open_loop(bits),
            Kind::Switch => self.open_switch(bits),
            Kind::Branch => self.branch(which, bits),
            Kind::Return => self.return_early(bits),
            Kind::Call => self.call(which, bits),
            Kind::Indirect => self.call_indirect(which, bits),
            Kind::Recurse => self.recurse(which, bits),
            Kind::Hazard => self.hazard(which, bits),
            Kind::Compare => self.compare(which, bits),
            Kind::Copies => self.copies(which, bits),
            Kind::Keep => self.keep(which, bits),
            Kind::Surplus => self.surplus(which, bits),
            Kind::Narrow => self.narrow(which, bits),
            Kind::Edge => self.edge(which, bits),
            Kind::Fold => self.fold(which, bits),
            Kind::Spill => self.spill(which, bits),
        }
        self.tidy(bits);
        while let Some(dead) = self.frames.last_mut().and_then(|frame| frame.dead.as_mut()) {
            if let Some(left) = dead.checked_sub(1) {
                *dead = left;
                break;
            }
            self.close(bits);
        }
    }

    fn get(&mut self, which: u32, bits: &mut Bits) {
        let ty = NUMBERS[which as usize % NUMBERS.len()];
        let global = if which / 4 % 4 == 3 { self.global(ty, false, bits).map(Instruction::GlobalGet) } else { None };
        match global.or_else(|| self.local(ty, false, bits).map(Instruction::LocalGet)) {
            Some(operator) => self.apply(&operator, 0, &[ty]),
            None => self.push(ty, bits),
        }
    }

    fn set(&mut self, which: u32, bits: &mut Bits) {
        let ty = self.top().unwrap_or(NUMBERS[which as usize % NUMBERS.len()]);
        self.need(&[ty], bits);
        let (local, global) = (self.local(ty, true, bits), self.global(ty, true, bits));
        match (which / 4 % 4, local, global) {
            (0, _, Some(global)) | (_, None, Some(global)) => self.apply(&Instruction::GlobalSet(global), 1, &[]),
            (1, Some(local), _) => self.apply(&Instruction::LocalTee(local), 1, &[ty]),
            (_, Some(local), _) => self.apply(&Instruction::LocalSet(local), 1, &[]),
            (_, None, None) => self.apply(&Instruction::Drop, 1, &[]),
        }
    }

    /// A numeric operator on what is there or on new operands; guarded, it does not trap.
    pub(super) fn number(&mut self, family: &Family, operator: &Instruction<'_>, guarded: bool, bits: &mut Bits) {
        let operands = family.operands;
        match family.danger {
            Danger::Truncation if guarded => {
                // Small integers are converted, so that the float is in range.
                self.need(&[Type::I32], bits);
                self.emit_all(&[Instruction::I32Const(0x3fff >> bits.below(12)), Instruction::I32And]);
                let (convert, half, add) = if operands[0] == Type::F32 {
                    (Instruction::F32ConvertI32S, Instruction::F32Const(0.75.into()), Instruction::F32Add)
                } else {
                    (Instruction::F64ConvertI32S, Instruction::F64Const(0.75.into()), Instruction::F64Add)
                };
                self.apply(&convert, 1, operands);
                if bits.one_in(2) {
                    self.emit_all(&[half, add]);
                }
            }
            Danger::Division if guarded => {
                self.need(operands, bits);
                // Neither zero nor minus one.
                if operands[0] == Type::I64 {
                    let mask = i64::MAX >> bits.below(60);
                    self.emit_all(&[Instruction::I64Const(mask), Instruction::I64And]);
                    self.emit_all(&[Instruction::I64Const(1), Instruction::I64Or]);
                } else {
                    let mask = i32::MAX >> bits.below(28);
                    self.emit_all(&[Instruction::I32Const(mask), Instruction::I32And]);
                    self.emit_all(&[Instruction::I32Const(1), Instruction::I32Or]);
                }
            }
            Danger::None | Danger::Division | Danger::Truncation => self.need(operands, bits),
        }
        self.apply(operator, operands.len(), &[family.result]);
    }

    /// Makes a NaN in one of the ways there are, and shows its bits in one of the ways there are.
    fn nan(&mut self, which: u32, bits: &mut Bits) {
        let ty = if which.is_multiple_of(2) { Type::F32 } else { Type::F64 };
        let float = |single: u32, double: u64| {
            constant::instruction(ty, if ty == Type::F32 { u64::from(single) } else { double })
        };
        let single = ty == Type::F32;
        let either = |narrow: Instruction<'static>, wide: Instruction<'static>| if single { narrow } else { wide };
        let nan = constant::instruction(ty, constant::nan_bits(ty, bits));
        let infinity = float(0x7f80_0000, 0x7ff0_0000_0000_0000);
        let zero = float(0, 0);
        match which / 2 % 8 {
            0 => self.emit_all(&[zero.clone(), zero, either(Instruction::F32Div, Instruction::F64Div)]),
            1 => self.emit_all(&[infinity.clone(), infinity, either(Instruction::F32Sub, Instruction::F64Sub)]),
            2 => self.emit_all(&[zero, infinity, either(Instruction::F32Mul, Instruction::F64Mul)]),
            3 => {
                let minus = float(0xbf80_0000, 0xbff0_0000_0000_0000);
                self.emit_all(&[minus, either(Instruction::F32Sqrt, Instruction::F64Sqrt)]);
            }
            4 => self.emit_all(&[nan, zero, either(Instruction::F32Min, Instruction::F64Min)]),
            5 => {
                self.need(&[ty], bits);
                self.apply(&nan, 1, &[]);
                self.emit(&either(Instruction::F32Add, Instruction::F64Add));
            }
            6 => {
                let wide = Type::F64;
                let nan = constant::instruction(wide, constant::nan_bits(wide, bits));
                self.emit_all(&[nan, Instruction::F32DemoteF64]);
                if !single {
                    self.emit(&Instruction::F64PromoteF32);
                }
            }
            _ => self.emit(&nan),
        }
        self.stack.push(ty);
        match bits.below(6) {
            1 => {
                let to = if single { Type::I32 } else { Type::I64 };
                self.apply(&either(Instruction::I32ReinterpretF32, Instruction::I64ReinterpretF64), 1, &[to]);
            }
            2 => self.store(if single { 2 } else { 3 }, true, bits),
            3 => self.emit(&either(Instruction::F32Neg, Instruction::F64Neg)),
            4 => {
                self.push(ty, bits);
                self.apply(&either(Instruction::F32Copysign, Instruction::F64Copysign), 2, &[ty]);
            }
            5 => self.emit(&either(Instruction::F32Abs, Instruction::F64Abs)),
            _ => {}
        }
    }

    fn select(&mut self, which: u32, bits: &mut Bits) {
        let ty = match self.top() {
            Some(ty) if which % 8 < 5 => ty,
            Some(_) | None if which % 8 == 7 && !self.plan.tables.is_empty() => self.plan.tables[0].ty,
            Some(_) | None => NUMBERS[which as usize % NUMBERS.len()],
        };
        self.need(&[ty, ty], bits);
        if bits.one_in(2) {
            self.rare_condition(bits);
        } else {
            self.push(Type::I32, bits);
        }
        let typed = !ty.is_number() || (which / 8).is_multiple_of(3);
        let operator = if typed { Instruction::TypedSelect(ty.val()) } else { Instruction::Select };
        self.apply(&operator, 3, &[ty]);
    }

    fn reference(&mut self, which: u32, bits: &mut Bits) {
        let external = self.plan.tables.iter().any(|table| table.ty == Type::ExternRef) && bits.one_in(3);
        let ty = if external { Type::ExternRef } else { Type::FuncRef };
        match which % 4 {
            0 => self.push(ty, bits),
            1 => {
                let heap = if external { HeapType::EXTERN } else { HeapType::FUNC };
                self.apply(&Instruction::RefNull(heap), 0, &[ty]);
            }
            2 => {
                let tabled: Vec<usize> = self.plan.tabled().collect();
                if !tabled.is_empty() {
                    let function = self.plan.function(bits.pick(&tabled));
                    self.apply(&Instruction::RefFunc(function), 0, &[Type::FuncRef]);
                }
            }
            _ => {
                let ty = self.top().filter(|top| !top.is_number()).unwrap_or(ty);
                self.need(&[ty], bits);
                self.apply(&Instruction::RefIsNull, 1, &[Type::I32]);
            }
        }
    }

    /// Does something that may trap, on a rare condition as a rule.
    fn hazard(&mut self, which: u32, bits: &mut Bits) {
        let (which, variant, plain) = (which % 16, which / 16 % 256, (which / 4096).is_multiple_of(5));
        if !plain {
            self.rare_condition(bits);
            self.stack.pop();
            self.emit(&Instruction::If(BlockType::Empty));
            self.open(FrameKind::If { otherwise: false }, Vec::new(), Vec::new());
        }
        let stray_call = self.is_plain() && self.plan.dispatch.is_some();
        match which {
            7 | 8 if stray_call => self.stray_call(bits),
            9 if self.plan.genome.abort => self.emit(&Instruction::Call(0)),
            2 if self.plan.pages.is_some() => self.load(variant, false, bits),
            3 if self.plan.pages.is_some() => self.store(variant, false, bits),
            4 if self.plan.pages.is_some() => self.memory_bulk(variant, false, bits),
            5 if stray_call => self.table(variant % 2, false, bits),
            6 if stray_call => self.table_bulk(variant, false, bits),
            15 => {
                self.emit(&Instruction::Unreachable);
                self.dead(bits.below(2));
            }
            which => {
                let danger = if which % 3 == 0 { Danger::Truncation } else { Danger::Division };
                let (family, operator) = operator::numeric(variant, |family| family.danger == danger);
                if bits.one_in(4) && danger == Danger::Division {
                    // The quotient that does not fit.
                    let ty = family.result;
                    let least = if ty == Type::I32 { 1 << 31 } else { 1 << 63 };
                    self.apply(&constant::instruction(ty, least), 0, &[ty]);
                    self.apply(&constant::instruction(ty, u64::MAX), 0, &[ty]);
                }
                self.number(family, operator, false, bits);
            }
        }
        if !plain {
            self.close(bits);
        }
    }

    /// Stores locals where the host can see them.
    fn witness(&mut self) {
        if self.plan.pages.is_none() {
            return;
        }
        for (local, ty) in self.witnesses() {
            let offset = 0x8000 + u64::from(local) * 8 + self.position as u64 * 64;
            let store = match ty {
                Type::I32 => Instruction::I32Store(operator::at(offset, 2)),
                Type::I64 => Instruction::I64Store(operator::at(offset, 3)),
                Type::F32 => Instruction::F32Store(operator::at(offset, 2)),
                Type::F64 => Instruction::F64Store(operator::at(offset, 3)),
                Type::FuncRef | Type::ExternRef => continue,
            };
            self.emit_all(&[Instruction::I32Const(0), Instruction::LocalGet(local), store]);
        }
    }
}
