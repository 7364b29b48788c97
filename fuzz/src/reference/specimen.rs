//! A specimen is an instance on the reference, and what can be seen of it that another engine shows as well.

use crate::Finding;
use modal_harness::Run;
use modal_wasm_reference::{ExternType, Instance, Module, NoHost, Outcome, Trap, Value};
use modal_wasm_runtime as runtime;
use std::collections::BTreeMap;
use std::fmt;

/// Gas of every step: enough for what inputs do, and little enough for an interpreter.
const GAS: u64 = 200_000;

/// What a step of a run came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    /// The results, or the trap.
    pub(super) ended: Result<Vec<String>, Stopped>,
    /// The bytes of the memory, if it is exported.
    pub(super) memory: Option<Vec<u8>>,
    /// The exported globals, by name.
    pub(super) globals: BTreeMap<String, String>,
}

/// Why a step did not complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stopped {
    /// By this trap.
    Trap(Trap),
    /// While it started: engines have no instance to show then, and not always a reason.
    Starting,
}

impl Seen {
    pub(super) fn completed(&self) -> bool {
        self.ended.is_ok()
    }

    /// What is seen of a start that trapped.
    pub(super) fn of_failed_start() -> Self {
        Self { ended: Err(Stopped::Starting), memory: None, globals: BTreeMap::new() }
    }
}

/// The memory is told by its size and where it first is not zero: two of them differ somewhere.
impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { ended, memory, globals } = self;
        let memory = memory.as_ref().map(|bytes| (bytes.len(), modal_wasm_meter::sha256_hex(bytes)));
        write!(f, "{ended:?} with memory {memory:?} and globals {globals:?}")
    }
}

/// An instance on the reference, under the calls of a run.
pub(super) struct Specimen<'a> {
    run: &'a Run,
    module: &'a Module,
    instance: Instance,
}

impl<'a> Specimen<'a> {
    pub(super) fn new(module: &'a Module, run: &'a Run) -> Result<Self, Finding> {
        let broken = |error| Finding::new(format!("the reference fails to {error}"));
        Ok(Self { run, module, instance: Instance::new(module).map_err(broken)? })
    }

    /// Makes a step of the run. There is nothing to compare if it lacks gas or stack, which are the reference's own.
    pub(super) fn step(&mut self, step: usize) -> Result<Option<Seen>, Finding> {
        self.instance.begin(GAS);
        let ended = match step.checked_sub(1) {
            None => self.instance.start(&mut NoHost),
            Some(index) => {
                let Run::Exports { calls, .. } = self.run else { return Ok(None) };
                let Some(call) = calls.get(index) else { return Ok(None) };
                let args = call.args.iter().map(argument).collect::<Vec<_>>();
                self.instance.invoke(&call.export, &args, &mut NoHost)
            }
        };
        let ended = ended.map_err(|error| Finding::new(format!("the reference fails to {error}")))?;
        let ended = match ended {
            Outcome::Returned(values) => Ok(values.iter().map(text).collect()),
            Outcome::Trapped(Trap::OutOfGas | Trap::CallStackExhausted) => return Ok(None),
            Outcome::Trapped(_) if step == 0 => return Ok(Some(Seen::of_failed_start())),
            Outcome::Trapped(trap) => Err(Stopped::Trap(trap)),
        };
        Ok(Some(Seen { ended, memory: self.memory(), globals: self.globals() }))
    }

    fn memory(&self) -> Option<Vec<u8>> {
        let exported = self.module.exports().any(|(_, item)| matches!(item, ExternType::Memory(_)));
        exported.then(|| self.instance.memory().map(<[u8]>::to_vec)).flatten()
    }

    fn globals(&self) -> BTreeMap<String, String> {
        let globals = self.module.exports().filter(|(_, item)| matches!(item, ExternType::Global { .. }));
        let value = |(name, _): (&str, ExternType)| {
            let index = self.module.export_index(name)?;
            Some((name.to_owned(), text(self.instance.globals().get(index as usize)?)))
        };
        globals.filter_map(value).collect()
    }
}

/// Values by their bits. Of functions there is only whether there is one: engines give them no common name.
fn text(value: &Value) -> String {
    match *value {
        Value::I32(bits) => format!("i32:{bits:08x}"),
        Value::I64(bits) => format!("i64:{bits:016x}"),
        Value::F32(bits) => format!("f32:{bits:08x}"),
        Value::F64(bits) => format!("f64:{bits:016x}"),
        Value::FuncRef(index) => format!("funcref:{}", index.is_some()),
        Value::ExternRef(number) => format!("externref:{number:?}"),
    }
}

fn argument(value: &runtime::Value) -> Value {
    match *value {
        runtime::Value::I32(bits) => Value::I32(bits),
        runtime::Value::I64(bits) => Value::I64(bits),
        runtime::Value::F32(bits) => Value::F32(bits),
        runtime::Value::F64(bits) => Value::F64(bits),
        runtime::Value::FuncRef(index) => Value::FuncRef(index),
        runtime::Value::ExternRef(number) => Value::ExternRef(number),
    }
}
