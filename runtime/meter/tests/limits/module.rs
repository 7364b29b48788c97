//! Modules that have exactly as much of what a limit counts as is asked for.

use modal_wasm_meter::Limit;
use std::fmt::Write as _;

/// A module that has exactly `count` of what `limit` counts, as far as the other limits allow.
pub(crate) fn module(limit: Limit, count: u32) -> Vec<u8> {
    let n = count as usize;
    let text = match limit {
        Limit::ModuleBytes => return padded(n),
        Limit::MeteredBytes | Limit::MeteredBodyBytes => unreachable!("a test of their own lowers them"),
        Limit::Types => "(type (func))".repeat(n),
        Limit::Imports => r#"(import "env" "abort" (func))"#.repeat(n),
        Limit::Functions => "(func)".repeat(n),
        Limit::Tables => "(table 0 funcref)".repeat(n),
        Limit::TableElements => format!("(table {n} funcref)"),
        Limit::MemoryPages => format!("(memory {n})"),
        Limit::Globals => "(global i32 (i32.const 0))".repeat(n),
        Limit::Exports => (0..n).fold("(func)".to_owned(), |mut text, i| {
            write!(text, "(export \"{i}\" (func 0))").expect("strings take writes");
            text
        }),
        Limit::ElementSegments => format!("(func) {}", "(elem func 0)".repeat(n)),
        Limit::Elements => format!("(func) (elem func{}) (elem func 0 0)", " 0".repeat(n - 2)),
        Limit::DataSegments => "(data \"\")".repeat(n),
        // Every operator of the profile is a constant or takes two operands, so the number of them is odd.
        Limit::ConstantOperators => {
            format!("(global i32 {}{})", "(i32.const 1)".repeat(n / 2 + 1), "i32.add ".repeat(n / 2))
        }
        Limit::InstantiationGas => format!("(memory 46) (data (i32.const 0) \"{}\")", "a".repeat(n - 1)),
        Limit::Params => format!("(type (func (param{})))", " i32".repeat(n)),
        Limit::Results => format!("(type (func (result{})))", " i32".repeat(n)),
        // One byte of locals, one of `end`.
        Limit::BodyBytes => format!("(func {})", "nop ".repeat(n - 2)),
        Limit::Locals => format!("(func (param i32) (local{}))", " i64".repeat(n - 1)),
        Limit::OperandHeight => format!("(func {} unreachable)", "i32.const 0 ".repeat(n)),
        Limit::Constants => {
            format!("(func {})", (0..n).fold(String::new(), |text, i| text + &format!("(drop (i32.const {i}))")))
        }
        Limit::Nesting => format!("(func {} {})", "block ".repeat(n), "end ".repeat(n)),
        Limit::BranchTargets => format!("(func (br_table 0 {} (i32.const 0)))", "0 ".repeat(n)),
        Limit::CarriedValues => carried(n),
    };
    wat::parse_str(format!("(module {text})")).expect("the module is well-formed text")
}

/// A module of `n` bytes, most of them in a custom section.
fn padded(n: usize) -> Vec<u8> {
    let mut bytes = b"\0asm\x01\0\0\0\0".to_vec();
    let contents = n - bytes.len() - 5;
    // The size in five bytes, whatever it is, and a name of no bytes.
    bytes.extend((0..5).map(|i| (contents >> (7 * i)) as u8 & 0x7f | if i < 4 { 0x80 } else { 0 }));
    bytes.resize(n, 0);
    bytes
}

/// A module whose control flow carries `n` values: as many blocks as possible among 10,000 locals, then the rest.
fn carried(n: usize) -> String {
    let per_function = 10_000 * 3_000;
    let mut text = String::new();
    let mut left = n;
    while left > 0 {
        let values = left.min(per_function);
        let (blocks, rest) = (values / 10_000, values % 10_000);
        write!(text, "(func (local{}) {})", " i32".repeat(10_000), "block end ".repeat(blocks)).expect("strings");
        if rest > 0 {
            write!(text, "(func (local{}) block end)", " i32".repeat(rest)).expect("strings take writes");
        }
        left -= values;
    }
    text
}
