//! A schedule prices what a module does.
//!
//! It is data: the meter writes these numbers into modules, the reference interpreter adds them up, and the two share
//! nothing else. `RULES.md` says when each of them is charged.

use std::fmt::Write as _;

/// The prices of operators, function entries, bulk work, instantiation and stack frames.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The schedule's name, part of every certificate.
    pub name: &'static str,
    /// Gas of an operator that [`Schedule::exceptions`] does not name.
    pub operator: u32,
    /// Gas of single operators, by their variant name in `wasmparser::Operator`, sorted.
    pub exceptions: &'static [(&'static str, u32)],
    /// Gas for entering a function of the module.
    pub function_entry: u32,
    /// Gas per byte of `memory.copy`, `memory.fill` and `memory.init`.
    pub memory_byte: u32,
    /// Gas per element of `table.copy`, `table.fill` and `table.init`.
    pub table_element: u32,
    /// Gas per page that `memory.grow` asks for.
    pub memory_grow_page: u32,
    /// Gas per element that `table.grow` asks for.
    pub table_grow_element: u32,
    /// Gas of instantiation.
    pub instantiation: InstantiationPrices,
    /// Prices and bounds of calls of other modules.
    pub composition: CompositionRule,
    /// Weights of stack frames.
    pub stack: StackRule,
}

/// What instantiation costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstantiationPrices {
    /// Gas per byte of an active data segment.
    pub data_byte: u32,
    /// Gas per element of an element segment of any mode.
    pub element: u32,
    /// Gas per constant-expression operator of global initialisers and segment offsets.
    pub const_operator: u32,
}

/// What calling another module costs, beside the gas that it uses, and what it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompositionRule {
    /// Gas of each `modal.call`: an instance takes V8 the time in which the slowest engine runs some thousand operators.
    pub call: u32,
    /// Gas per byte of the name, the arguments and the output, each time that it is copied.
    pub byte: u32,
    /// A caller keeps one part in so many of the gas that it has left.
    pub kept_part: u32,
    /// Calls that may be open at once.
    pub open_calls: u32,
    /// Words that an open call weighs, for the host's frames.
    pub words: u32,
}

/// How stack frames are weighed, in words of eight bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StackRule {
    /// Words of any frame, before its parameters, locals and operands.
    pub frame_words: u32,
    /// Words that all live frames may weigh together.
    pub limit_words: u32,
}

impl Schedule {
    /// The schedule `instr-1`: gas counts instructions.
    #[must_use]
    pub const fn instr_1() -> Self {
        Self {
            name: "instr-1",
            operator: 1,
            exceptions: &[
                ("Block", 0),
                ("Drop", 0),
                ("Else", 0),
                ("End", 0),
                ("Loop", 0),
                ("Nop", 0),
                ("Return", 0),
                ("Unreachable", 0),
            ],
            function_entry: 1,
            memory_byte: 1,
            table_element: 1,
            memory_grow_page: 128,
            table_grow_element: 1,
            instantiation: InstantiationPrices { data_byte: 1, element: 1, const_operator: 1 },
            composition: CompositionRule { call: 5_000, byte: 1, kept_part: 64, open_calls: 8, words: 1_024 },
            stack: StackRule { frame_words: 16, limit_words: 65_536 },
        }
    }

    /// The static gas of an operator, by its variant name in `wasmparser::Operator` (`"I32Add"`).
    #[must_use]
    pub fn static_gas(&self, operator: &str) -> u32 {
        match self.exceptions.binary_search_by_key(&operator, |&(name, _)| name) {
            Ok(found) => self.exceptions[found].1,
            Err(_) => self.operator,
        }
    }

    /// The SHA-256 of the schedule's canonical text, in lower hex.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut text = format!("schedule {}\noperator {}\n", self.name, self.operator);
        for (name, gas) in self.exceptions {
            let _ = writeln!(text, "operator {name} {gas}");
        }
        let InstantiationPrices { data_byte, element, const_operator } = self.instantiation;
        let CompositionRule { call, byte, kept_part, open_calls, words } = self.composition;
        let StackRule { frame_words, limit_words } = self.stack;
        let _ = writeln!(
            text,
            "function_entry {}\nmemory_byte {}\ntable_element {}\nmemory_grow_page {}\ntable_grow_element {}\n\
             instantiation data_byte {data_byte} element {element} const_operator {const_operator}\n\
             composition call {call} byte {byte} kept_part {kept_part} open_calls {open_calls} words {words}\n\
             stack frame_words {frame_words} limit_words {limit_words}",
            self.function_entry, self.memory_byte, self.table_element, self.memory_grow_page, self.table_grow_element,
        );
        crate::sha256_hex(text.as_bytes())
    }
}
