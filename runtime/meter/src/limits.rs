//! Limits keep a module below what every engine takes, and its compilation bounded.
//!
//! Each number is decided here, once, below the smallest of the engines' own: V8 11.3 (the oldest that lanes run),
//! wasmi 1.1 and wasmtime 48. The meter adds a little to a module; what it adds is named where it matters.

use crate::{Rejection, RejectionKind};
use std::fmt;

/// The most that a profile allows of everything that can be counted in a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the original. V8 takes 1 GiB; ours bounds the work of every lane.
    pub module_bytes: u32,
    /// Bytes of the metered module, checked after injection. V8 takes 1 GiB.
    pub metered_bytes: u32,
    /// Function types. Every engine takes 1,000,000; the meter adds two and one for each list of several results.
    pub types: u32,
    /// Imported functions. Every engine takes 100,000.
    pub imports: u32,
    /// Functions, imported ones included. Every engine takes 1,000,000; the meter adds three.
    pub functions: u32,
    /// Tables. V8 takes 100,000, wasmtime's store 10,000.
    pub tables: u32,
    /// Elements of one table: its declared minimum must not be above, and `table.grow` stops here. V8 takes
    /// 10,000,000.
    pub table_elements: u32,
    /// Pages of the memory: its declared minimum must not be above, and `memory.grow` stops here. Every engine takes
    /// 65,536.
    pub memory_pages: u32,
    /// Globals. Every engine takes 1,000,000; the meter adds four.
    pub globals: u32,
    /// Exports. Every engine takes 100,000; the meter adds six, and one for each table, global and function that a
    /// reference can point to.
    pub exports: u32,
    /// Element segments. Every engine takes 100,000. `modal:start` spends up to 30 bytes on an active one.
    pub element_segments: u32,
    /// Elements of all element segments together. V8 takes 10,000,000 in one.
    pub elements: u32,
    /// Data segments. Every engine takes 100,000. `modal:start` spends up to 30 bytes on an active one.
    pub data_segments: u32,
    /// Operators of one constant expression. No engine has a limit, and evaluation must not take a deep stack.
    pub constant_operators: u32,
    /// Gas of instantiation, so that a module can be started at all under the smallest gas limit that hosts use.
    pub instantiation_gas: u32,
    /// Parameters of one type. V8, wasmi and wasmtime take 1,000.
    pub params: u32,
    /// Results of one type. V8, wasmi and wasmtime take 1,000; every branch to a label copies as many.
    pub results: u32,
    /// Bytes of one function's body. V8 takes 7,654,321, of the metered body.
    pub body_bytes: u32,
    /// Bytes of one metered function's body, checked after injection. V8 takes 7,654,321.
    pub metered_body_bytes: u32,
    /// Parameters and locals of one function. V8 takes 50,000, wasmi 30,000; the meter adds three.
    pub locals: u32,
    /// Operands of one function that are live at once. With parameters and locals they have to fit into wasmi's 32,767
    /// registers; the meter adds four.
    pub operand_height: u32,
    /// Distinct constants of one function. wasmi keeps them in every frame: with 3,640 live frames they take at most
    /// 60 MB.
    pub constants: u32,
    /// Structures (`block`, `loop`, `if`) around one position. No engine has a limit below a body's bytes; the meter
    /// adds two.
    pub nesting: u32,
    /// Targets of one `br_table`, without the default. V8 takes 65,520.
    pub branch_targets: u32,
    /// Values that compilers carry over the control flow of the whole module: for each operator at which control may
    /// split or merge, the function's parameters, locals and operands, and the values of its type or, for each target
    /// of a `br_table`, of its label. Single-pass compilers copy as many (V8's takes up to 0.2 microseconds for one),
    /// optimising ones may. No engine has a limit, and without one the time of compilation grows with the square of a
    /// module's size.
    pub carried_values: u32,
}

impl Limits {
    /// The limits of profile `modal-1`.
    #[must_use]
    pub const fn modal_1() -> Self {
        Self {
            module_bytes: 4 << 20,
            metered_bytes: 16 << 20,
            types: 10_000,
            imports: 100,
            functions: 20_000,
            tables: 32,
            table_elements: 65_536,
            memory_pages: 256,
            globals: 10_000,
            exports: 10_000,
            element_segments: 2_000,
            elements: 131_072,
            data_segments: 10_000,
            constant_operators: 63,
            instantiation_gas: 3_000_000,
            params: 255,
            results: 64,
            body_bytes: 128 << 10,
            metered_body_bytes: 1 << 20,
            locals: 10_000,
            operand_height: 4_096,
            constants: 2_048,
            nesting: 4_096,
            branch_targets: 32_768,
            carried_values: 32_000_000,
        }
    }

    /// The number that `limit` stands for.
    #[must_use]
    pub const fn get(&self, limit: Limit) -> u32 {
        match limit {
            Limit::ModuleBytes => self.module_bytes,
            Limit::MeteredBytes => self.metered_bytes,
            Limit::Types => self.types,
            Limit::Imports => self.imports,
            Limit::Functions => self.functions,
            Limit::Tables => self.tables,
            Limit::TableElements => self.table_elements,
            Limit::MemoryPages => self.memory_pages,
            Limit::Globals => self.globals,
            Limit::Exports => self.exports,
            Limit::ElementSegments => self.element_segments,
            Limit::Elements => self.elements,
            Limit::DataSegments => self.data_segments,
            Limit::ConstantOperators => self.constant_operators,
            Limit::InstantiationGas => self.instantiation_gas,
            Limit::Params => self.params,
            Limit::Results => self.results,
            Limit::BodyBytes => self.body_bytes,
            Limit::MeteredBodyBytes => self.metered_body_bytes,
            Limit::Locals => self.locals,
            Limit::OperandHeight => self.operand_height,
            Limit::Constants => self.constants,
            Limit::Nesting => self.nesting,
            Limit::BranchTargets => self.branch_targets,
            Limit::CarriedValues => self.carried_values,
        }
    }

    /// Refuses `found` of what `limit` counts in `subject`, if that is too much.
    pub(crate) fn check(&self, limit: Limit, found: u64, subject: Subject) -> Result<(), Rejection> {
        let max = self.get(limit);
        if found > u64::from(max) {
            return Err(Rejection::new(
                RejectionKind::Limit,
                format!("{subject} has {found} {}, and the limit is {max}", limit.what()),
            ));
        }
        Ok(())
    }
}

macro_rules! limits {
    ($($(#[$doc:meta])* $limit:ident $what:literal)*) => {
        /// One of the [`Limits`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Limit {
            $($(#[$doc])* $limit,)*
        }

        impl Limit {
            /// Every limit.
            pub const ALL: &[Self] = &[$(Self::$limit,)*];

            /// What the limit counts, in plain words.
            #[must_use]
            pub const fn what(self) -> &'static str {
                match self {
                    $(Self::$limit => $what,)*
                }
            }
        }
    };
}

limits! {
    /// [`Limits::module_bytes`].
    ModuleBytes "bytes"
    /// [`Limits::metered_bytes`].
    MeteredBytes "bytes after metering"
    /// [`Limits::types`].
    Types "types"
    /// [`Limits::imports`].
    Imports "imports"
    /// [`Limits::functions`].
    Functions "functions"
    /// [`Limits::tables`].
    Tables "tables"
    /// [`Limits::table_elements`].
    TableElements "elements to start with"
    /// [`Limits::memory_pages`].
    MemoryPages "pages to start with"
    /// [`Limits::globals`].
    Globals "globals"
    /// [`Limits::exports`].
    Exports "exports"
    /// [`Limits::element_segments`].
    ElementSegments "element segments"
    /// [`Limits::elements`].
    Elements "elements in its segments"
    /// [`Limits::data_segments`].
    DataSegments "data segments"
    /// [`Limits::constant_operators`].
    ConstantOperators "operators in a constant expression"
    /// [`Limits::instantiation_gas`].
    InstantiationGas "gas to pay for instantiation"
    /// [`Limits::params`].
    Params "parameters"
    /// [`Limits::results`].
    Results "results"
    /// [`Limits::body_bytes`].
    BodyBytes "bytes of code"
    /// [`Limits::metered_body_bytes`].
    MeteredBodyBytes "bytes of code after metering"
    /// [`Limits::locals`].
    Locals "parameters and locals"
    /// [`Limits::operand_height`].
    OperandHeight "operands at once"
    /// [`Limits::constants`].
    Constants "distinct constants"
    /// [`Limits::nesting`].
    Nesting "nested structures"
    /// [`Limits::branch_targets`].
    BranchTargets "targets in a br_table"
    /// [`Limits::carried_values`].
    CarriedValues "values carried over its control flow"
}

/// What a limit is applied to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Subject {
    Module,
    Memory,
    Table(u32),
    Type(u32),
    Function(u32),
    /// `modal:start`.
    Start,
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Module => f.write_str("the module"),
            Self::Memory => f.write_str("the memory"),
            Self::Table(index) => write!(f, "table {index}"),
            Self::Type(index) => write!(f, "type {index}"),
            Self::Function(index) => write!(f, "function {index}"),
            Self::Start => f.write_str("the function that starts an instance"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Limits;

    /// What the meter adds to a module that is at its limits stays below the engines' limits.
    #[test]
    fn metered_modules_stay_below_the_engines_limits() {
        let limits = Limits::modal_1();
        assert!(limits.locals + limits.operand_height + 3 + 4 < 32_767, "wasmi's registers");
        assert!(limits.exports + limits.tables + limits.globals + limits.functions + 6 < 100_000, "V8's exports");
        assert!(limits.metered_body_bytes < 7_654_321, "V8's body");
        assert!(limits.branch_targets < 65_520, "V8's br_table");
        assert!(limits.params < 1_000 && limits.results < 1_000, "V8's signatures");
        assert!(limits.table_elements < 10_000_000, "V8's tables");
        let segments = limits.element_segments + limits.data_segments;
        let offset = 11 * limits.constant_operators;
        assert!(segments * 30 + offset < limits.metered_body_bytes, "the start function");
    }
}
