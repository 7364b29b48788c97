//! Helpers that turn WAT into instances.

use modal_wasm_meter::{Meter, Metered};
use modal_wasm_runtime::{Compiler, EngineConfig, GasLimit, Instance, Outcome, Trap, Value};

/// The configurations that take every module of the profile. Winch has no external references.
pub(crate) const ENGINES: [EngineConfig; 5] = [
    EngineConfig::Wasmtime(Compiler::Cranelift),
    EngineConfig::Wasmtime(Compiler::CraneliftNone),
    EngineConfig::Wasmtime(Compiler::CraneliftSinglePass),
    EngineConfig::Wasmtime(Compiler::Pulley),
    EngineConfig::Wasmi,
];

pub(crate) fn meter(wat: &str) -> Metered {
    let original = wat::parse_str(wat).unwrap_or_else(|error| panic!("{error}"));
    Meter::default().meter(&original).unwrap_or_else(|rejection| panic!("{rejection}"))
}

pub(crate) fn gas(limit: u64) -> GasLimit {
    GasLimit::new(limit).expect("tests use limits in range")
}

/// An instance that was started on a budget that is replaced afterwards.
pub(crate) fn started(engine: EngineConfig, metered: &Metered) -> Instance {
    let mut instance = instantiate(engine, metered);
    instance.begin(GasLimit::default());
    assert_eq!(instance.start(), Ok(Outcome::Completed(vec![])), "{engine}");
    instance
}

pub(crate) fn instantiate(engine: EngineConfig, metered: &Metered) -> Instance {
    let module = engine.compile(metered).unwrap_or_else(|fault| panic!("{fault}"));
    module.instantiate().unwrap_or_else(|fault| panic!("{fault}"))
}

pub(crate) fn values(text: &str) -> Vec<Value> {
    text.split_whitespace().map(|value| value.parse().unwrap_or_else(|error| panic!("{error}"))).collect()
}

pub(crate) fn completed(results: &str) -> Outcome {
    Outcome::Completed(values(results))
}

pub(crate) fn trapped(trap: Trap) -> Outcome {
    Outcome::Trapped(trap)
}

/// A guest that returns `answer`.
pub(crate) fn guest(answer: &str) -> Vec<u8> {
    let length = answer.len();
    let wat = format!(
        r#"(module
            (memory (export "memory") 1)
            (data (i32.const 0) "\{length:02x}\00\00\00{answer}")
            (func (export "alloc") (param i32) (result i32) (i32.const 100))
            (func (export "run") (param i32 i32) (result i32)
                (if (i32.eqz (local.get 1)) (then (unreachable))) (i32.const 0)))"#
    );
    wat::parse_str(wat).unwrap_or_else(|error| panic!("{error}"))
}
