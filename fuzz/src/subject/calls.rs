//! The calls that are made of a module of which nothing is known but its interface.

use arbitrary::Unstructured;
use modal_harness::{Call, Run};
use modal_wasm_meter::{ExportItem, Interface, ValueType};
use modal_wasm_runtime::Value;

/// Gas of a start: more than the instantiation of any module of an input costs.
const START_GAS: u64 = 200_000;

/// Gas of a call. Loops without an end use it up, and a reference that interprets them takes its time.
const CALL_GAS: u64 = 20_000;

/// The most calls of one instance.
const CALLS: usize = 4;

/// A run that only starts an instance.
pub(super) fn start_only() -> Vec<Run> {
    vec![Run::Exports { start_gas: START_GAS, calls: Vec::new() }]
}

/// Calls one after the other on one instance, then the first function alone, then an execution by the ABI if there is an
/// allocator.
pub(super) fn of(interface: &Interface, plan: &mut Unstructured<'_>) -> Vec<Run> {
    let mut functions = Vec::new();
    let mut has_allocator = false;
    for export in &interface.exports {
        match &export.item {
            ExportItem::Function { params, .. } => {
                has_allocator |= export.name == "alloc";
                functions.push((export.name.as_str(), params.as_slice()));
            }
            ExportItem::Memory | ExportItem::Table { .. } | ExportItem::Global { .. } => {}
        }
    }
    let first = usize::from(plan.arbitrary::<u8>().unwrap_or_default()) % functions.len().max(1);
    let calls = functions.iter().cycle().skip(first).take(functions.len().min(CALLS));
    let calls = calls.map(|&(name, params)| call(name, params, plan)).collect::<Vec<_>>();
    let alone = calls.first().map(|first| Run::Exports { start_gas: START_GAS, calls: vec![first.clone()] });
    let mut runs = vec![Run::Exports { start_gas: START_GAS, calls }];
    runs.extend(alone);
    if has_allocator {
        let method = functions.iter().find(|(name, _)| *name != "alloc").map_or("execute", |(name, _)| name);
        runs.push(Run::Abi { method: method.to_owned(), input: r#"{"amount":100}"#.to_owned(), gas: START_GAS });
    }
    runs
}

fn call(export: &str, params: &[ValueType], plan: &mut Unstructured<'_>) -> Call {
    let args = params.iter().map(|&ty| value(ty, plan.arbitrary().unwrap_or_default())).collect();
    Call { export: export.to_owned(), args, gas: CALL_GAS }
}

/// An argument: one of those that arithmetic treats in a way of their own, as a rule.
fn value(ty: ValueType, choice: u8) -> Value {
    let choice = usize::from(choice);
    let small = choice as u32;
    match ty {
        ValueType::I32 => Value::I32(*I32.get(choice % 16).unwrap_or(&small)),
        ValueType::I64 => Value::I64(*I64.get(choice % 16).unwrap_or(&small.into())),
        ValueType::F32 => Value::F32(*F32.get(choice % 16).unwrap_or(&(small as f32).to_bits())),
        ValueType::F64 => Value::F64(*F64.get(choice % 16).unwrap_or(&f64::from(small).to_bits())),
        ValueType::FuncRef => Value::FuncRef(None),
        ValueType::ExternRef => Value::ExternRef((small % 4).checked_sub(1)),
    }
}

const I32: [u32; 8] = [0, 1, 2, 31, 65_535, 0x7fff_ffff, 0x8000_0000, u32::MAX];
const I64: [u64; 8] = [0, 1, 2, 63, 0xffff_ffff, i64::MAX as u64, 1 << 63, u64::MAX];
/// Zeros, ones, infinities, NaNs of several kinds and the edge of the integers.
const F32: [u32; 10] = [
    0,
    0x8000_0000,
    0x3f80_0000,
    0xbf80_0000,
    0x7f80_0000,
    0xff80_0000,
    0x7fc0_0000,
    0xffc1_2345,
    0x7fa0_0001,
    0x4f00_0000,
];
const F64: [u64; 10] = [
    0,
    1 << 63,
    0x3ff0_0000_0000_0000,
    0xbff0_0000_0000_0000,
    0x7ff0_0000_0000_0000,
    0xfff0_0000_0000_0000,
    0x7ff8_0000_0000_0000,
    0xfff8_1234_5678_9abc,
    0x7ff4_0000_0000_0001,
    0x43e0_0000_0000_0000,
];
