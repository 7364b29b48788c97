//! A contract is a generated guest that does real work: it loops, branches, calls, computes with every operator of the
//! profile, moves memory and tables, and as a rule ends without a trap.
//!
//! It is described by a genome, a flat list of genes for each function, which is read as a well-typed program whatever
//! its genes are. That makes contracts quick to draw and easy to shrink: genes are left out until what is left matters.

mod abi;
mod bait;
mod body;
mod call;
pub(super) mod constant;
mod control;
mod digest;
mod document;
mod draw;
mod genome;
mod memory;
mod module;
pub(super) mod operator;
mod plan;
mod shrink;
mod step;
mod table;
#[cfg(test)]
mod tests;
pub(super) mod types;

use super::bits::Bits;
use genome::Genome;
use plan::Plan;
use proptest::strategy::Strategy;
use std::fmt;
use types::Type;

/// A generated guest.
#[derive(Clone, PartialEq, Eq)]
pub struct Contract {
    genome: Genome,
}

/// A way for the host to call a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// An exported function, called with typed arguments.
    Export {
        /// The name of the export.
        name: String,
        /// Suggested arguments of one or more calls.
        args: Vec<Vec<Arg>>,
    },
    /// A method of the guest ABI, which the contract may break.
    Abi {
        /// The name of the method.
        method: String,
        /// Suggested inputs of one or more executions.
        inputs: Vec<String>,
    },
}

/// An argument; floats are given by their bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arg {
    /// An `i32`.
    I32(u32),
    /// An `i64`.
    I64(u64),
    /// The bits of an `f32`.
    F32(u32),
    /// The bits of an `f64`.
    F64(u64),
}

/// Any contract. Shrinks to fewer functions, fewer steps and simpler operands.
pub fn contracts() -> impl Strategy<Value = Contract> {
    shrink::Contracts
}

impl Contract {
    /// The contract of a seed.
    #[must_use]
    pub fn from_seed(seed: u64) -> Self {
        Self { genome: draw::genome(seed) }
    }

    /// The module's bytes, which are always valid under the profile.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        module::encode(&self.genome)
    }

    /// What the host can call, with arguments to try: exported functions in order, then the ABI method.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        let plan = Plan::new(&self.genome);
        let functions = self.genome.functions.iter().enumerate();
        let exported = functions.filter(|(position, function)| function.exported && plan.exportable(*position));
        let mut entries: Vec<Entry> = exported
            .map(|(position, function)| {
                let params = &plan.signatures[position].params;
                let bits = &mut Bits::new(u64::from(function.args));
                let calls = if params.is_empty() { 1 } else { 2 + bits.below(2) };
                let args = (0..calls).map(|_| params.iter().map(|&ty| Arg::some(ty, bits)).collect()).collect();
                Entry::Export { name: format!("f{position}"), args }
            })
            .collect();
        if let Some(abi) = &self.genome.abi {
            entries.push(Entry::Abi { method: abi.method_name().to_owned(), inputs: document::some(abi.inputs) });
        }
        entries
    }
}

impl Arg {
    fn some(ty: Type, bits: &mut Bits) -> Self {
        let value = constant::bits_of(ty, bits);
        match ty {
            Type::I32 | Type::FuncRef | Type::ExternRef => Self::I32(value as u32),
            Type::I64 => Self::I64(value),
            Type::F32 => Self::F32(value as u32),
            Type::F64 => Self::F64(value),
        }
    }
}

/// The entries and the module's text, and with `{:#?}` the genome too.
impl fmt::Debug for Contract {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            writeln!(f, "{:#?}", self.genome)?;
        }
        for entry in self.entries() {
            writeln!(f, "{entry:?}")?;
        }
        match wasmprinter::print_bytes(self.encode()) {
            Ok(text) => f.write_str(&text),
            Err(error) => write!(f, "failed to print the module: {error}"),
        }
    }
}
