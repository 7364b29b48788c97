//! Guests that call other modules, through the executor.

use crate::support::gas;
use modal_wasm_runtime::{
    CallCode, Compiler, EngineConfig, GasLimit, ModuleCache, ModuleRegistry, Modules, WasmExecutor,
};
use std::num::NonZeroUsize;
use std::sync::Arc;

/// Every configuration; nothing here needs external references.
const ENGINES: [EngineConfig; 6] = EngineConfig::ALL;

/// A guest that calls the module that its input names, and returns the result, or its code as a digit.
const CALLER: &str = r#"(module
    (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
    (import "modal" "result" (func $result (param i32)))
    (memory (export "memory") 1)
    (func (export "alloc") (param i32) (result i32) (i32.const 1024))
    (func (export "execute") (param $at i32) (param $length i32) (result i32)
        (local $code i32)
        (local.set $code
            (call $call (local.get $at) (local.get $length) (local.get $at) (local.get $length) (i64.const -1)))
        (call $result (i32.const 4))
        (if (i32.lt_s (local.get $code) (i32.const 0))
            (then
                (i32.store8 (i32.const 4) (i32.sub (i32.const 48) (local.get $code)))
                (local.set $code (i32.const 1))))
        (i32.store (i32.const 0) (local.get $code))
        (i32.const 0)))"#;

/// A guest that returns this text of one digit's length.
fn saying(text: &str) -> Vec<u8> {
    let length = text.len();
    assemble(&format!(
        r#"(module
            (memory (export "memory") 1)
            (data (i32.const 0) "\0{length}\00\00\00{text}")
            (func (export "alloc") (param i32) (result i32) (i32.const 1024))
            (func (export "execute") (param i32 i32) (result i32) (i32.const 0)))"#
    ))
}

fn assemble(text: &str) -> Vec<u8> {
    wat::parse_str(text).unwrap_or_else(|error| panic!("{error}"))
}

fn modules() -> Modules {
    Modules::new()
        .with("/tax", &saying("19 %"), GasLimit::default())
        .with("/poor", &saying("nothing"), gas(10))
        .with("/bad", b"no module", GasLimit::default())
        .with("/self", &assemble(CALLER), GasLimit::default())
}

#[test]
fn a_guest_calls_the_modules_that_are_passed_in() {
    let caller = assemble(CALLER);
    for engine in ENGINES {
        let mut executor = WasmExecutor::new(1_000_000).with_engine(engine).with_modules(modules());
        let mut check = |name: &str, expect: &str| {
            let execution = executor.execute(&caller, "execute", name).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(execution.output(), Some(expect), "{name} on {engine}");
            execution.gas_used
        };
        let code = |code: CallCode| (-code.code()).to_string();
        check("/tax", "19 %");
        check("/tax#execute", "19 %");
        check("/tax#none", &code(CallCode::BrokeTheAbi));
        check("/poor", &code(CallCode::OutOfGas));
        check("/bad", &code(CallCode::Rejected));
        check("/self", &code(CallCode::Cycle));
        check("/nowhere", &code(CallCode::NotFound));
        executor.set_modules(Modules::new());
        let execution = executor.execute(&caller, "execute", "/tax").expect("an execution");
        assert_eq!(execution.output(), Some(code(CallCode::NotFound).as_str()), "{engine}");
    }
}

#[test]
fn an_execution_is_equal_on_every_engine() {
    let caller = assemble(CALLER);
    for name in ["/tax", "/poor", "/bad", "/self", "/tax#none", "/nowhere"] {
        let mut seen = ENGINES.map(|engine| {
            let mut executor = WasmExecutor::new(1_000_000).with_engine(engine).with_modules(modules());
            let execution = executor.execute(&caller, "execute", name).unwrap_or_else(|error| panic!("{error}"));
            (execution.outcome, execution.gas_used, execution.stack_high_water)
        });
        seen.sort_by_key(|(_, gas, _)| *gas);
        assert_eq!(seen.first(), seen.last(), "{name}");
    }
}

#[test]
fn a_module_is_prepared_once_however_often_it_is_called() {
    let cache = Arc::new(ModuleCache::new(NonZeroUsize::new(8).expect("not 0")));
    let executor = WasmExecutor::new(1_000_000).with_engine(EngineConfig::Wasmtime(Compiler::CraneliftNone));
    let mut executor = executor.with_modules(modules()).with_cache(Arc::clone(&cache));
    let caller = assemble(CALLER);
    for _ in 0..3 {
        executor.execute(&caller, "execute", "/tax").expect("an execution");
    }
    assert_eq!(executor.modules(), &modules());
    let statistics = cache.statistics();
    // The caller and the module are missed once, and the module is not asked for again.
    assert_eq!((statistics.misses, statistics.hits, statistics.modules), (2, 2, 2));
}

#[test]
fn a_registry_gives_its_modules_as_they_are() {
    let mut registry = ModuleRegistry::new(Arc::default(), EngineConfig::Wasmi);
    let tax = saying("19 %");
    registry.register("/tax", &tax, &modal_wasm_meter::sha256_hex(&tax), gas(5_000)).expect("a module");
    let before = registry.modules();
    registry.unregister("/tax");
    assert_eq!(before.names().collect::<Vec<_>>(), ["/tax"]);
    assert_eq!(before.get("/tax").map(|module| (module.bytes.to_vec(), module.gas_limit)), Some((tax, gas(5_000))));
    assert_eq!(registry.modules(), Modules::new());
}
