//! A call graph is a case whose guest calls other modules, which call others in turn.
//!
//! Chains go past the deepest call, edges lead back, names lead nowhere, modules are refused, trap, break the ABI and run
//! out of what they were given; and most calls do what they should.

mod guest;

use crate::case::{Call, CallableModule, Run};
use crate::generate::contract::{self, Contract, Entry};
use crate::lane::{Lane as _, ReferenceLane};
use crate::{Case, LaneFault, Seed};
use guest::{Action, Breach, Copy, Ending, Guest, Words};
use modal_wasm_runtime::Value;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, TestRng, TestRunner};
use rand::RngExt as _;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Gas of the outermost calls.
const GAS: u64 = 600_000;

/// The case of a seed.
pub(super) fn case(seed: Seed) -> Result<Case, LaneFault> {
    let mut draw = Draw { random: seed.stream("composition"), count: 0, chain: false, contracts: BTreeMap::new() };
    let mut modules = BTreeMap::new();
    draw.chain = draw.one_in(6);
    draw.count = if draw.chain { draw.random.random_range(7..12) } else { draw.random.random_range(1..8) };
    for index in 0..draw.count {
        if !draw.chain && draw.one_in(6) {
            let contract = contract(seed, index)?;
            draw.contracts.insert(index, contract);
        }
    }
    for index in 0..draw.count {
        let refused = !draw.chain && draw.one_in(12);
        let bytes = match draw.contracts.get(&index) {
            Some(contract) => contract.encode(),
            None if refused => draw.refused(),
            None => draw.guest(Some(index)).encode(),
        };
        let gas = if !draw.chain && draw.one_in(4) { draw.random.random_range(200..6_000) } else { 200_000 };
        modules.insert(name(index), CallableModule { bytes, gas });
    }
    let root = draw.guest(None);
    let abi = |input: &str| Run::Abi { method: "execute".into(), input: input.into(), gas: GAS };
    let runs = vec![abi("{\"amount\":100}"), export(&[u64::MAX]), export(&[u64::MAX, 5_000]), abi("")];
    let mut case = Case { module: root.encode(), modules, runs, ..Case::default() };
    // The exact gas of the first call, and one less, as the limit that the caller sets.
    if let Some(used) = used(&case)? {
        case.runs.push(export(&[used, used - 1, used]));
        // And now and then as the module's own.
        if draw.one_in(4)
            && let Some(module) = root.first_callee().and_then(|index| case.modules.get_mut(&name(index)))
        {
            module.gas = used - u64::from(draw.one_in(2));
        }
    }
    Ok(case)
}

/// Calls of the root's first edge, each with this much gas for the module.
fn export(gas: &[u64]) -> Run {
    let call = |&gas| Call { export: "go".into(), args: vec![Value::I64(gas)], gas: GAS };
    Run::Exports { start_gas: GAS, calls: gas.iter().map(call).collect() }
}

/// What the module behind the root's first edge uses, if it completes. The reference knows.
fn used(case: &Case) -> Result<Option<u64>, LaneFault> {
    let alone = Arc::new(Case { runs: vec![export(&[u64::MAX])], ..case.clone() });
    let seen = ReferenceLane::default().observe(&alone)?;
    let called = seen.runs.first().and_then(|run| run.steps.get(1)?.host_calls.first()?.called.as_ref());
    // A budget of nothing is none, and one beyond the least limit is needed for one less.
    Ok(called.filter(|called| called.returned >= 0 && called.gas_used > 1).map(|called| called.gas_used))
}

fn name(index: u32) -> String {
    format!("/m{index}")
}

/// A guest that does real work and calls nothing.
fn contract(seed: Seed, index: u32) -> Result<Contract, LaneFault> {
    let rng = seed.stream(&format!("composition contract {index}"));
    let mut runner = TestRunner::new_with_rng(Config { failure_persistence: None, ..Config::default() }, rng);
    let tree =
        contract::contracts().new_tree(&mut runner).map_err(|reason| LaneFault::new("Generate", reason.to_string()))?;
    Ok(tree.current())
}

struct Draw {
    random: TestRng,
    count: u32,
    /// Whether each module calls the next, first of all, with all that it has.
    chain: bool,
    /// The modules that are contracts.
    contracts: BTreeMap<u32, Contract>,
}

impl Draw {
    fn one_in(&mut self, n: u32) -> bool {
        self.random.random_ratio(1, n)
    }

    /// A guest of the graph, or its root.
    fn guest(&mut self, index: Option<u32>) -> Guest {
        let root = index.is_none();
        let edges = if root { self.random.random_range(1..5) } else { self.random.random_range(0..3) };
        let mut actions = Vec::new();
        if self.chain {
            let next = Words::Given(name(index.map_or(0, |index| index + 1)).into_bytes());
            let copy = Copy::IfThere(guest::COPIES);
            actions.push(Action::Call { name: next, args: Words::Input, gas: u64::MAX, copy });
        }
        for _ in 0..edges {
            if self.one_in(4) {
                actions.push(Action::Burn(self.random.random_range(1..60)));
            }
            actions.push(self.call(index));
            if self.one_in(6) {
                actions.push(Action::Copy(self.place()));
            }
        }
        Guest {
            root,
            pages: self.random.random_range(1..4),
            elements: if self.one_in(5) { self.random.random_range(1..300) } else { 0 },
            locals: if self.one_in(6) { self.random.random_range(0..9_500) } else { 0 },
            start: if !self.chain && self.one_in(6) { vec![self.call(index)] } else { Vec::new() },
            alloc: if !self.chain && self.one_in(8) { vec![self.call(index)] } else { Vec::new() },
            actions,
            output: match self.random.random_range(0..12) {
                0 => self.random.random_range(30_000..120_000),
                1 | 2 => self.random.random_range(100..4_000),
                _ => self.random.random_range(0..20),
            },
            ending: if !self.chain && self.one_in(if root { 12 } else { 5 }) { self.ending() } else { Ending::Return },
            breach: if !root && !self.chain && self.one_in(16) { Some(self.breach()) } else { None },
        }
    }

    fn call(&mut self, from: Option<u32>) -> Action {
        let next = from.map_or(0, |index| index + 1);
        let to = match self.random.random_range(0..16) {
            // Onwards, so that graphs get deep.
            0..=8 => next.min(self.count - 1),
            9..=12 => self.random.random_range(0..self.count),
            // Back to itself, or nowhere.
            13 => from.unwrap_or(0),
            14 => self.count,
            _ => self.random.random_range(next.min(self.count - 1)..self.count),
        };
        let mut name = name(to).into_bytes();
        match self.random.random_range(0..14) {
            0 => name.extend(b"#execute"),
            1 => name.extend(b"#none"),
            2 => name.extend(b"#"),
            3 if self.one_in(3) => name.push(0xff),
            _ => {
                let entries = self.contracts.get(&to).map(Contract::entries).unwrap_or_default();
                let method = entries.iter().find_map(|entry| match entry {
                    Entry::Abi { method, .. } => Some(method),
                    Entry::Export { .. } => None,
                });
                name.extend(method.iter().flat_map(|method| format!("#{method}").into_bytes()));
            }
        }
        let args = match self.random.random_range(0..12) {
            0 => Words::Given(Vec::new()),
            1 => Words::Given(vec![b'x'; self.random.random_range(1..1_000)]),
            2 if self.one_in(3) => Words::Given(vec![0xc3, 0x28]),
            3 if self.one_in(3) => Words::At(self.edge(), self.random.random_range(0..40)),
            4 if self.one_in(6) => Words::At(0, u32::MAX),
            5 | 6 => Words::Given("{\"note\":\"✓\"}".into()),
            _ => Words::Input,
        };
        let name = if self.one_in(60) { Words::At(self.edge(), 3) } else { Words::Given(name) };
        let gas = match self.random.random_range(0..16) {
            0 => self.random.random_range(0..3),
            1 | 2 => self.random.random_range(100..3_000),
            3 => self.random.random_range(3_000..60_000),
            4 => 1 << 63,
            _ => u64::MAX,
        };
        let copy = match self.random.random_range(0..8) {
            0 => Copy::Never,
            1 => Copy::Always(self.place()),
            _ => Copy::IfThere(self.place()),
        };
        Action::Call { name, args, gas, copy }
    }

    /// An address for a result: nearly always one with room.
    fn place(&mut self) -> u32 {
        if self.one_in(24) { self.edge() } else { guest::COPIES + self.random.random_range(0..512) }
    }

    /// An address near the end of a memory.
    fn edge(&mut self) -> u32 {
        let pages = self.random.random_range(1..4_u32);
        (pages << 16).wrapping_add(self.random.random_range(0..12)).wrapping_sub(6)
    }

    fn ending(&mut self) -> Ending {
        const ENDINGS: [Ending; 9] = [
            Ending::Unreachable,
            Ending::DivideByZero,
            Ending::OutOfBounds,
            Ending::Abort,
            Ending::Spin,
            Ending::Recurse,
            Ending::ResultOutOfBounds,
            Ending::NotUtf8,
            Ending::TooLong,
        ];
        ENDINGS[self.random.random_range(0..ENDINGS.len())]
    }

    fn breach(&mut self) -> Breach {
        const BREACHES: [Breach; 5] =
            [Breach::NoMemory, Breach::NoAlloc, Breach::NoMethod, Breach::AllocSignature, Breach::AllocOutOfBounds];
        BREACHES[self.random.random_range(0..BREACHES.len())]
    }

    /// Bytes that the profile refuses, for reasons that do not depend on its limits.
    fn refused(&mut self) -> Vec<u8> {
        const REFUSED: [&[u8]; 4] = [
            b"",
            b"\0asm",
            // A section that ends early.
            b"\0asm\x01\0\0\0\x01\x04\x01\x60\0",
            // (module (global (export "modal:gas") i32 (i32.const 0)))
            b"\0asm\x01\0\0\0\x06\x06\x01\x7f\0\x41\0\x0b\x07\x0d\x01\x09modal:gas\x03\0",
        ];
        REFUSED[self.random.random_range(0..REFUSED.len())].to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::HostCall;
    use std::collections::BTreeSet;

    fn codes(calls: &[HostCall], found: &mut BTreeSet<i32>, depth: usize, deepest: &mut usize) {
        for called in calls.iter().filter_map(|call| call.called.as_ref()) {
            found.insert(called.returned.min(0));
            *deepest = (*deepest).max(depth);
            codes(&called.host_calls, found, depth + 1, deepest);
        }
    }

    /// The graphs meet every code and the deepest call, and the same seed means the same case.
    #[test]
    fn graphs_reach_every_outcome() {
        let (mut found, mut deepest) = (BTreeSet::new(), 0);
        for index in 0..400 {
            let seed = Seed::of_case(5, index);
            let made = case(seed).expect("a case");
            if index < 20 {
                assert_eq!(made, case(seed).expect("a case"));
            }
            let seen = ReferenceLane::default().observe(&Arc::new(made)).expect("the reference observes it");
            for step in seen.runs.iter().flat_map(|run| &run.steps) {
                codes(&step.host_calls, &mut found, 1, &mut deepest);
            }
        }
        assert_eq!(found, (-8..=0).collect());
        assert_eq!(deepest, 9);
    }
}
