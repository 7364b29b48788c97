//! A genome is the compact, flat description that a contract is built from.
//!
//! Every genome means a valid module: a gene that does not fit where it stands is bent until it does, or does nothing.
//! So any gene may be removed and any number made smaller, which is all that shrinking does.

use super::types::Type;

/// All of a contract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Genome {
    /// Functions come last first, so that calls point forward.
    pub(super) reversed: bool,
    /// Whether `env.abort` is imported.
    pub(super) abort: bool,
    pub(super) memory: Option<MemoryGenes>,
    pub(super) globals: Vec<GlobalGenes>,
    pub(super) tables: Vec<TableGenes>,
    pub(super) data: Vec<DataGenes>,
    pub(super) elements: Vec<ElementGenes>,
    pub(super) functions: Vec<FunctionGenes>,
    /// The function, if it takes and leaves nothing, that runs at the start.
    pub(super) start: Option<usize>,
    pub(super) abi: Option<AbiGenes>,
}

/// The memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MemoryGenes {
    /// Pages at the start, from one to four.
    pub(super) pages: u32,
    /// Pages that it may grow by, if that is declared.
    pub(super) slack: Option<u32>,
    pub(super) exported: bool,
}

/// A global.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GlobalGenes {
    pub(super) ty: Type,
    pub(super) mutable: bool,
    pub(super) exported: bool,
    /// Whether an integer is spelt as an extended constant expression.
    pub(super) extended: bool,
    /// Stands for the initial value.
    pub(super) value: u32,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TableGenes {
    pub(super) external: bool,
    /// Elements at the start.
    pub(super) size: u32,
    /// Elements that it may grow by, if that is declared.
    pub(super) slack: Option<u32>,
    pub(super) exported: bool,
}

/// How a segment is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SegmentMode {
    Passive,
    Active,
    /// Active with an extended constant expression for its offset.
    ActiveExtended,
    /// Active and past the end, so that the start traps.
    Beyond,
    /// Only declared; data segments take it as passive.
    Declared,
}

/// A data segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DataGenes {
    pub(super) mode: SegmentMode,
    pub(super) offset: u32,
    pub(super) bytes: Vec<u8>,
}

impl DataGenes {
    /// Whether the segment still holds its bytes after the start.
    pub(super) const fn is_passive(&self) -> bool {
        match self.mode {
            SegmentMode::Passive | SegmentMode::Declared => true,
            SegmentMode::Active | SegmentMode::ActiveExtended | SegmentMode::Beyond => false,
        }
    }
}

/// An element segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ElementGenes {
    pub(super) mode: SegmentMode,
    pub(super) table: u32,
    /// Items are constant expressions, and some of them null.
    pub(super) expressions: bool,
    pub(super) items: Vec<u32>,
}

/// A function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FunctionGenes {
    pub(super) role: Role,
    pub(super) exported: bool,
    /// Whether it stores its locals where the host can see them before it returns.
    pub(super) witness: bool,
    /// Stands for the arguments that the host calls it with.
    pub(super) args: u32,
    pub(super) params: Vec<Type>,
    pub(super) results: Vec<Type>,
    pub(super) locals: Vec<Type>,
    pub(super) code: Vec<Gene>,
}

/// What a function may call, so that every call ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Calls functions before it, directly or through a table; is in no table itself.
    Plain,
    /// Calls leaves before it directly; may be in tables.
    Leaf,
    /// A leaf with a first parameter `i32`, of which it takes `depth` bits, that may call itself with one less.
    Recursive { depth: u32, twice: bool },
}

/// A step of a function body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gene {
    pub(super) kind: Kind,
    /// Which of the kind's variants.
    pub(super) which: u32,
    /// Stands for the small choices.
    pub(super) seed: u32,
}

/// What a gene does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Does nothing, as the operator `nop`.
    Nop,
    /// Ends the innermost block, arm or loop.
    Close,
    /// Pushes a constant.
    Constant,
    /// Pushes a local or global.
    Get,
    /// Moves the top into a local or global, or copies it there.
    Set,
    Drop,
    /// Any numeric operator.
    Number,
    /// A numeric operator that takes the top.
    Chain,
    /// Makes a NaN and shows its bits.
    Nan,
    Select,
    Load,
    Store,
    MemorySize,
    MemoryGrow,
    /// Copies, fills, initialises, drops.
    MemoryBulk,
    /// Reads and writes elements, sizes, grows.
    Table,
    /// Copies, fills, initialises, drops.
    TableBulk,
    Reference,
    Block,
    If,
    Loop,
    /// A `br_table` over arms that fall through.
    Switch,
    Branch,
    Return,
    Call,
    Indirect,
    Recurse,
    /// Something that may trap.
    Hazard,
    /// A comparison that is decided on.
    Compare,
    /// Values that move between locals.
    Copies,
    /// Values of locals under a structure in which they are written.
    Keep,
    /// A branch that leaves values behind.
    Surplus,
    /// A chain of narrow arithmetic.
    Narrow,
    /// A chain of floats at their edges.
    Edge,
    /// An access whose address is put together.
    Fold,
    /// More values than there are registers.
    Spill,
}

impl Kind {
    /// Whether it makes a whole pattern that optimisers look for.
    pub(super) const fn is_bait(self) -> bool {
        use Kind::{Compare, Copies, Edge, Fold, Keep, Narrow, Spill, Surplus};
        matches!(self, Compare | Copies | Edge | Fold | Keep | Narrow | Spill | Surplus)
    }
}

/// The guest ABI: `alloc`, a method, and what they do wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AbiGenes {
    /// The name of the method.
    pub(super) method: u32,
    /// The work done for each byte of input.
    pub(super) digest: Digest,
    /// A function that is called every few bytes.
    pub(super) helper: Option<u32>,
    /// The result is an empty object, whatever was computed.
    pub(super) terse: bool,
    /// The template is copied from a passive segment instead of stored as constants.
    pub(super) segment: bool,
    /// Allocation begins just before the end of the memory, so that it has to grow.
    pub(super) high: bool,
    pub(super) breach: Option<Breach>,
    /// Stands for the inputs.
    pub(super) inputs: u32,
}

/// What a method computes from its input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Digest {
    Fnv,
    Djb,
    Crc,
    Rotate,
    Braces,
    Float,
}

/// How a contract breaks the ABI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Breach {
    ResultOutOfBounds,
    LengthStraddlesEnd,
    LengthOutOfBounds,
    NotUtf8,
    TooLong,
    Empty,
    AllocOutOfBounds,
    AllocTraps,
    MissingMemory,
    MissingAlloc,
    MissingMethod,
    AllocSignature,
    MethodSignature,
    MethodKind,
}
