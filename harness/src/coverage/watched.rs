//! What a case executes is watched in the reference, which tells each operator that it comes to.

use super::Cell;
use super::site::sites;
use crate::{Case, Run};
use modal_wasm_meter::{Profile, Schedule};
use modal_wasm_reference::{Caller, Config, Host, Instance, Module, Moment, Outcome, Trap, Value, Watch};
use std::collections::BTreeSet;

/// The cells that a case's own runs by export execute. Modules that import anything but `env.abort` are left out, and
/// so are runs of which another is only a repetition: they execute nothing new.
pub(super) fn cells(case: &Case) -> BTreeSet<Cell> {
    let limits = Profile::modal_1().limits;
    let config = Config {
        schedule: Schedule::instr_1(),
        memory_pages: limits.memory_pages,
        table_elements: limits.table_elements,
    };
    // What is no module of the profile executes nothing.
    let Ok(module) = Module::decode(&case.module, &config) else { return BTreeSet::new() };
    if module.imports().iter().any(|import| import.module != "env") {
        return BTreeSet::new();
    }
    let Ok(mut sites) = sites(&case.module) else { return BTreeSet::new() };
    let mut seen = Seen { offsets: vec![false; case.module.len()] };
    let derived = case.relations.iter().map(crate::Relation::derived).collect::<Vec<_>>();
    for (_, run) in case.runs.iter().enumerate().filter(|(index, _)| !derived.contains(index)) {
        if let Run::Exports { start_gas, calls } = run {
            watch(&module, *start_gas, calls, &mut seen);
        }
    }
    let offsets = (0..).zip(&seen.offsets).filter(|(_, reached)| **reached);
    offsets.filter_map(|(offset, _)| sites.remove(&offset)).flat_map(super::site::Site::cells).collect()
}

fn watch(module: &Module, start_gas: u64, calls: &[crate::Call], seen: &mut Seen) {
    let Ok(mut instance) = Instance::new(module) else { return };
    instance.begin(start_gas);
    if !matches!(instance.start_watched(&mut Aborting, seen), Ok(Outcome::Returned(_))) {
        return;
    }
    for call in calls {
        instance.begin(call.gas);
        let args = call.args.iter().map(argument).collect::<Vec<_>>();
        // How a call ends is the judge's affair; what it did until then counts.
        let _ = instance.invoke_watched(&call.export, &args, &mut Aborting, seen);
    }
}

/// The offsets that were reached.
struct Seen {
    offsets: Vec<bool>,
}

impl Watch for Seen {
    fn operator(&mut self, moment: Moment<'_>) {
        if let Some(reached) = self.offsets.get_mut(moment.offset as usize) {
            *reached = true;
        }
    }
}

/// A host whose only function aborts.
struct Aborting;

impl Host for Aborting {
    fn call(&mut self, _: &str, _: &str, _: &[Value], _: &mut Caller<'_>) -> Result<Vec<Value>, Trap> {
        Err(Trap::GuestAbort)
    }
}

fn argument(value: &modal_wasm_runtime::Value) -> Value {
    match *value {
        modal_wasm_runtime::Value::I32(bits) => Value::I32(bits),
        modal_wasm_runtime::Value::I64(bits) => Value::I64(bits),
        modal_wasm_runtime::Value::F32(bits) => Value::F32(bits),
        modal_wasm_runtime::Value::F64(bits) => Value::F64(bits),
        modal_wasm_runtime::Value::FuncRef(index) => Value::FuncRef(index),
        modal_wasm_runtime::Value::ExternRef(number) => Value::ExternRef(number),
    }
}
