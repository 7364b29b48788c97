//! Inputs are what a case's runs call, with what, under which gas limit.

use super::contract::{Arg, Entry};
use crate::case::{Call, Run};
use crate::{LaneFault, Seed};
use modal_wasm_meter::{ExportItem, Interface, Meter, ValueType};
use modal_wasm_runtime::Value;
use proptest::test_runner::TestRng;
use rand::RngExt as _;
use rand::seq::IndexedRandom as _;

/// Gas for a start: instantiation of every generated module fits.
pub(super) const START_GAS: u64 = 1_000_000;

/// Calls of a long sequence.
const LONG: usize = 12;

/// Runs of one case, before limits are swept.
const RUNS: usize = 3;

/// Chooses inputs from a seed.
pub(super) struct Inputs {
    random: TestRng,
}

impl Inputs {
    pub(super) fn new(seed: Seed) -> Self {
        Self { random: seed.stream("inputs") }
    }

    /// Runs for a module of which nothing is known but its exports.
    pub(super) fn for_module(&mut self, module: &[u8]) -> Result<Vec<Run>, LaneFault> {
        let interface: Interface = match Meter::default().meter(module) {
            Ok(metered) => metered.interface,
            // A rejected module is a case too: the lanes must reject it alike.
            Err(_) => return Ok(vec![Run::Exports { start_gas: START_GAS, calls: Vec::new() }]),
        };
        let functions = interface
            .exports
            .iter()
            .filter_map(|export| match &export.item {
                ExportItem::Function { params, .. } => Some((export.name.as_str(), params.as_slice())),
                ExportItem::Memory | ExportItem::Table { .. } | ExportItem::Global { .. } => None,
            })
            .collect::<Vec<_>>();
        if functions.is_empty() {
            return Ok(vec![Run::Exports { start_gas: START_GAS, calls: Vec::new() }]);
        }
        let mut runs = Vec::new();
        for run in 0..RUNS {
            // The last run is a sequence: what one call leaves behind, the next one finds.
            let length = if run + 1 == RUNS { self.random.random_range(1..4) } else { 1 };
            let mut calls = Vec::new();
            for _ in 0..length {
                if let Some(&(name, params)) = functions.choose(&mut self.random) {
                    let args = params.iter().map(|&ty| self.value(ty)).collect();
                    calls.push(Call { export: name.to_owned(), args, gas: self.gas() });
                }
            }
            runs.push(Run::Exports { start_gas: START_GAS, calls });
        }
        Ok(runs)
    }

    /// Runs for the entries that a contract offers.
    pub(super) fn for_contract(&mut self, entries: &[Entry]) -> Vec<Run> {
        let mut calls = Vec::new();
        let mut runs = Vec::new();
        for entry in entries {
            match entry {
                Entry::Export { name, args } => calls.extend(args.iter().map(|args| Call {
                    export: name.clone(),
                    args: args.iter().map(suggested).collect(),
                    gas: 200_000,
                })),
                Entry::Abi { method, inputs } => {
                    if let Some(input) = inputs.choose(&mut self.random) {
                        runs.push(Run::Abi { method: method.clone(), input: input.clone(), gas: START_GAS });
                    }
                }
            }
        }
        let alone = calls.sample(&mut self.random, RUNS - 1).cloned().collect::<Vec<_>>();
        runs.extend(alone.into_iter().map(|call| Run::Exports { start_gas: START_GAS, calls: vec![call] }));
        // What one call leaves behind, the next one finds; now and then over many of them.
        let sequence = if self.random.random_ratio(1, 8) {
            (0..LONG).filter_map(|_| calls.choose(&mut self.random).cloned()).collect()
        } else {
            calls.sample(&mut self.random, 3).cloned().collect()
        };
        runs.push(Run::Exports { start_gas: START_GAS, calls: sequence });
        runs
    }

    fn gas(&mut self) -> u64 {
        if self.random.random_ratio(1, 32) { 200_000 } else { 20_000 }
    }

    fn value(&mut self, ty: ValueType) -> Value {
        const I32: [u32; 8] = [0, 1, 2, 31, 65_535, 0x7fff_ffff, 0x8000_0000, u32::MAX];
        const I64: [u64; 8] = [0, 1, 2, 63, 0xffff_ffff, i64::MAX as u64, 1 << 63, u64::MAX];
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
        let special = self.random.random_ratio(2, 3);
        match ty {
            ValueType::I32 if special => Value::I32(self.pick(&I32)),
            ValueType::I32 => Value::I32(self.random.random()),
            ValueType::I64 if special => Value::I64(self.pick(&I64)),
            ValueType::I64 => Value::I64(self.random.random()),
            ValueType::F32 if special => Value::F32(self.pick(&F32)),
            ValueType::F32 => Value::F32(self.random.random()),
            ValueType::F64 if special => Value::F64(self.pick(&F64)),
            ValueType::F64 => Value::F64(self.random.random()),
            ValueType::FuncRef => Value::FuncRef(None),
            ValueType::ExternRef if special => Value::ExternRef(None),
            ValueType::ExternRef => Value::ExternRef(Some(self.random.random_range(0..16))),
        }
    }

    fn pick<T: Copy, const N: usize>(&mut self, values: &[T; N]) -> T {
        values[self.random.random_range(0..N)]
    }
}

fn suggested(arg: &Arg) -> Value {
    match *arg {
        Arg::I32(bits) => Value::I32(bits),
        Arg::I64(bits) => Value::I64(bits),
        Arg::F32(bits) => Value::F32(bits),
        Arg::F64(bits) => Value::F64(bits),
    }
}
