//! A case as text: what is run, then the module and those that it can call.

use modal_harness::{CallableModule, Case, Run};
use std::fmt::Write as _;

/// The largest module, in bytes, whose text anyone reads.
const LARGEST_MODULE: usize = 64 << 10;

/// The runs as comments, and the modules in their text form.
pub(super) fn text(case: &Case) -> String {
    let mut text = String::new();
    for (index, run) in case.runs.iter().enumerate() {
        match run {
            Run::Exports { start_gas, calls } => {
                if calls.is_empty() {
                    let _ = writeln!(text, ";; run {index}: the start under {start_gas} gas");
                }
                for call in calls {
                    let args = call.args.iter().map(|arg| format!(" {arg}")).collect::<String>();
                    let _ = writeln!(text, ";; run {index}: {}{args} under {} gas", call.export, call.gas);
                }
            }
            Run::Abi { method, input, gas } => {
                let _ = writeln!(text, ";; run {index}: {method}({input:?}) by the ABI under {gas} gas");
            }
        }
    }
    text += &module(&case.module);
    for (name, CallableModule { bytes, gas }) in &case.modules {
        // As the corpus writes it.
        let _ = writeln!(text, ";;@ {{ name = {name:?}, gas = {gas} }}");
        text += &module(bytes);
    }
    text
}

fn module(bytes: &[u8]) -> String {
    if bytes.len() > LARGEST_MODULE {
        return format!(";; of a module of {} bytes\n", bytes.len());
    }
    wasmprinter::print_bytes(bytes).unwrap_or_else(|error| format!(";; the module cannot be printed: {error}\n"))
}
