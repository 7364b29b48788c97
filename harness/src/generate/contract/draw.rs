//! A draw makes a random genome from a seed.
//!
//! Each draw favours some kinds of genes and leaves others out (a swarm), so that contracts differ more from each other
//! than samples of one distribution would.

use super::genome::{
    AbiGenes, Breach, DataGenes, Digest, ElementGenes, FunctionGenes, Gene, Genome, GlobalGenes, Kind, MemoryGenes,
    Role, SegmentMode, TableGenes,
};
use super::types::{NUMBERS, Type};
use crate::generate::bits::Bits;

/// The genome of a seed.
pub(super) fn genome(seed: u64) -> Genome {
    // The seed zero stands for simple choices only, which would always be the same contract.
    let bits = &mut Bits::new(seed ^ 0x6d6f_6461_6c5f_7631);
    let swarm = Swarm::draw(bits);
    let mut genome = Genome { reversed: bits.one_in(3), abort: bits.one_in(6), ..Genome::default() };
    if swarm.memory {
        let slack = if bits.one_in(3) { None } else { Some(bits.pick(&[0, 1, 2, 3, 8, 64, 252])) };
        genome.memory = Some(MemoryGenes { pages: 1 + bits.below(8) / 2 % 4, slack, exported: bits.percent(70) });
        for _ in 0..bits.below(4) {
            genome.data.push(data(bits));
        }
    }
    for _ in 0..bits.below(6) {
        let ty = if swarm.references && bits.one_in(5) { swarm.reference(bits) } else { bits.pick(&swarm.palette) };
        let (mutable, exported, extended) = (!bits.one_in(4), bits.one_in(3), bits.one_in(4));
        genome.globals.push(GlobalGenes { ty, mutable, exported, extended, value: bits.word() as u32 });
    }
    if swarm.tables {
        for index in 0..1 + bits.below(3) {
            let slack = if bits.one_in(2) { None } else { Some(bits.below(20)) };
            let external = swarm.external && (index > 0 || bits.one_in(12)) && bits.one_in(2);
            genome.tables.push(TableGenes { external, size: bits.below(17), slack, exported: bits.one_in(3) });
        }
        for _ in 0..bits.below(4) {
            let mode = mode(bits);
            let items = (0..bits.below(7)).map(|_| bits.below(16)).collect();
            let (table, expressions) = (bits.below(3), bits.one_in(2));
            genome.elements.push(ElementGenes { mode, table, expressions, items });
        }
    }
    let functions = 1 + bits.below(4) + bits.below(3);
    for position in 0..functions {
        genome.functions.push(swarm.function(position + 1 == functions, bits));
    }
    if bits.one_in(7) {
        genome.start = genome.functions.iter().position(|function| function.role == Role::Plain);
        if let Some(start) = genome.start.and_then(|start| genome.functions.get_mut(start)) {
            start.params.clear();
            start.results.clear();
            start.code.retain(|gene| gene.kind != Kind::Hazard || gene.seed % 32 == 0);
        }
    }
    if bits.percent(22) {
        genome.abi = Some(abi(bits));
    }
    genome
}

fn data(bits: &mut Bits) -> DataGenes {
    let length = bits.below(40) * bits.below(5);
    let bytes = if bits.one_in(3) {
        (0..length).map(|_| bits.word() as u8).collect()
    } else {
        b"{\"amount\":100,\"to\":\"\xc3\xa9\"}\0\x7f\xff".iter().copied().cycle().take(length as usize).collect()
    };
    DataGenes { mode: mode(bits), offset: bits.below(0x1000) << bits.below(5), bytes }
}

fn mode(bits: &mut Bits) -> SegmentMode {
    match bits.below(200) {
        0..=79 => SegmentMode::Passive,
        80..=139 => SegmentMode::Active,
        140..=179 => SegmentMode::ActiveExtended,
        180..=198 => SegmentMode::Declared,
        _ => SegmentMode::Beyond,
    }
}

fn abi(bits: &mut Bits) -> AbiGenes {
    const DIGESTS: [Digest; 6] = [Digest::Fnv, Digest::Djb, Digest::Crc, Digest::Rotate, Digest::Braces, Digest::Float];
    const BREACHES: [Breach; 14] = [
        Breach::ResultOutOfBounds,
        Breach::LengthStraddlesEnd,
        Breach::LengthOutOfBounds,
        Breach::NotUtf8,
        Breach::TooLong,
        Breach::Empty,
        Breach::AllocOutOfBounds,
        Breach::AllocTraps,
        Breach::MissingMemory,
        Breach::MissingAlloc,
        Breach::MissingMethod,
        Breach::AllocSignature,
        Breach::MethodSignature,
        Breach::MethodKind,
    ];
    AbiGenes {
        method: bits.below(8) / 2,
        digest: bits.pick(&DIGESTS),
        helper: bits.percent(70).then(|| bits.below(8)),
        terse: bits.one_in(12),
        segment: bits.one_in(2),
        high: bits.one_in(4),
        breach: bits.one_in(8).then(|| bits.pick(&BREACHES)),
        inputs: bits.word() as u32,
    }
}

/// What one contract favours.
#[derive(Debug)]
struct Swarm {
    memory: bool,
    tables: bool,
    references: bool,
    /// Whether there is `externref`, which not every engine knows.
    external: bool,
    /// Types, the favoured ones more than once.
    palette: Vec<Type>,
    /// Kinds and their weights.
    kinds: Vec<(Kind, u32)>,
    total: u32,
    /// Numeric operators that most numeric genes are drawn from.
    focus: Option<[u32; 8]>,
    /// Genes in a function, about.
    length: u32,
}

/// Kinds, their usual weights, and how many in a hundred contracts have them at all.
const KINDS: [(Kind, u32, u32); 36] = [
    (Kind::Nop, 1, 50),
    (Kind::Close, 27, 100),
    (Kind::Constant, 8, 100),
    (Kind::Get, 16, 100),
    (Kind::Set, 24, 100),
    (Kind::Drop, 2, 60),
    (Kind::Number, 26, 90),
    (Kind::Chain, 44, 100),
    (Kind::Nan, 5, 45),
    (Kind::Select, 5, 60),
    (Kind::Load, 10, 85),
    (Kind::Store, 12, 90),
    (Kind::MemorySize, 1, 40),
    (Kind::MemoryGrow, 1, 35),
    (Kind::MemoryBulk, 5, 50),
    (Kind::Table, 6, 60),
    (Kind::TableBulk, 4, 50),
    (Kind::Reference, 3, 50),
    (Kind::Block, 7, 70),
    (Kind::If, 9, 85),
    (Kind::Loop, 11, 85),
    (Kind::Switch, 3, 50),
    (Kind::Branch, 8, 75),
    (Kind::Return, 2, 50),
    (Kind::Call, 7, 85),
    (Kind::Indirect, 5, 70),
    (Kind::Recurse, 1, 60),
    (Kind::Hazard, 14, 65),
    (Kind::Compare, 10, 60),
    (Kind::Copies, 6, 50),
    (Kind::Keep, 8, 60),
    (Kind::Surplus, 5, 50),
    (Kind::Narrow, 5, 40),
    (Kind::Edge, 4, 35),
    (Kind::Fold, 6, 50),
    (Kind::Spill, 1, 35),
];

impl Swarm {
    fn draw(bits: &mut Bits) -> Self {
        let mut kinds = Vec::with_capacity(KINDS.len());
        let baited = if bits.one_in(3) { 3 } else { 1 };
        for (kind, weight, share) in KINDS {
            if bits.below(100) < share {
                // Half to double the usual weight, and more of bait in some.
                let weight = if kind.is_bait() { baited * weight } else { weight };
                kinds.push((kind, (weight * (2 + bits.below(7))).div_ceil(4)));
            }
        }
        let total = kinds.iter().map(|&(_, weight)| weight).sum();
        let mut palette = NUMBERS.to_vec();
        for _ in 0..bits.below(4) {
            palette.push(bits.pick(&NUMBERS));
        }
        if bits.one_in(6) {
            palette.retain(|ty| matches!(ty, Type::I32 | Type::I64));
        }
        Self {
            memory: bits.percent(88),
            tables: bits.percent(55),
            references: bits.percent(40),
            external: bits.percent(25),
            palette,
            kinds,
            total,
            focus: bits.one_in(3).then(|| std::array::from_fn(|_| bits.below(1 << 16))),
            length: 5 + bits.below(28) + bits.below(16),
        }
    }

    fn reference(&self, bits: &mut Bits) -> Type {
        if self.external && bits.one_in(2) { Type::ExternRef } else { Type::FuncRef }
    }

    fn types(&self, most: u32, references: bool, bits: &mut Bits) -> Vec<Type> {
        let count = bits.below(most + 1);
        let one = |bits: &mut Bits| {
            if references && self.references && bits.one_in(8) {
                self.reference(bits)
            } else {
                bits.pick(&self.palette)
            }
        };
        (0..count).map(|_| one(bits)).collect()
    }

    fn function(&self, last: bool, bits: &mut Bits) -> FunctionGenes {
        let exported = last || bits.percent(45);
        let role = match bits.below(20) {
            _ if last => Role::Plain,
            0..=6 => Role::Plain,
            7..=15 => Role::Leaf,
            16..=17 => Role::Recursive { depth: 1 + bits.below(4), twice: true },
            _ => Role::Recursive { depth: if bits.one_in(40) { 16 } else { 1 + bits.below(6) }, twice: false },
        };
        // Few signatures among functions in tables, so that they share groups.
        let shared = role == Role::Leaf && bits.percent(60);
        let params =
            if shared { self.palette[..bits.below(2) as usize].to_vec() } else { self.types(3, !exported, bits) };
        let results = if shared { self.palette[..1].to_vec() } else { self.types(2, !exported, bits) };
        let length = 2 + bits.below(self.length) + self.length / 2;
        let mut code: Vec<Gene> = (0..length).map(|_| self.gene(bits)).collect();
        if matches!(role, Role::Recursive { .. }) {
            code.push(Gene { kind: Kind::Recurse, which: bits.word() as u32 % 8, seed: bits.word() as u32 });
        }
        FunctionGenes {
            role,
            exported,
            witness: bits.percent(40),
            args: bits.word() as u32,
            params,
            results,
            locals: self.types(7, true, bits),
            code,
        }
    }

    fn gene(&self, bits: &mut Bits) -> Gene {
        let mut at = bits.below(self.total);
        let mut kind = Kind::Nop;
        for &(candidate, weight) in &self.kinds {
            if at < weight {
                kind = candidate;
                break;
            }
            at -= weight;
        }
        let mut which = bits.below(1 << 16);
        if let Some(focus) = self.focus.filter(|_| matches!(kind, Kind::Number | Kind::Chain) && bits.percent(60)) {
            which = bits.pick(&focus);
        }
        Gene { kind, which, seed: bits.word() as u32 }
    }
}
