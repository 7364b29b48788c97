//! A configuration fixes everything about Wasmtime that could differ between two nodes.

use crate::engine::{Compiler, EngineConfig};
use crate::fault::Fault;
use crate::stack::{GUEST_STACK, NATIVE_STACK};
use std::sync::OnceLock;
use wasmtime::{Collector, Config, Engine, OptLevel, RegallocAlgorithm, Strategy};

/// The process's one engine of a configuration. Setting an engine up costs more than compiling a module.
pub(super) fn shared_engine(compiler: Compiler) -> Result<&'static Engine, Fault> {
    static ENGINES: [OnceLock<Result<Engine, Fault>>; 5] = [const { OnceLock::new() }; 5];
    let slot = match compiler {
        Compiler::Cranelift => &ENGINES[0],
        Compiler::CraneliftNone => &ENGINES[1],
        Compiler::CraneliftSinglePass => &ENGINES[2],
        Compiler::Winch => &ENGINES[3],
        Compiler::Pulley => &ENGINES[4],
    };
    slot.get_or_init(|| new_engine(compiler)).as_ref().map_err(Fault::clone)
}

fn new_engine(compiler: Compiler) -> Result<Engine, Fault> {
    config(compiler)
        .and_then(|config| Engine::new(&config))
        .map_err(|error| Fault::Setup { engine: EngineConfig::Wasmtime(compiler), reason: format!("{error:#}") })
}

fn config(compiler: Compiler) -> wasmtime::Result<Config> {
    let mut config = Config::new();
    features(&mut config);
    // Gas is in the bytes: the engine's own counters and clocks stay off, and so does its treatment of NaNs.
    config.consume_fuel(false).epoch_interruption(false).cranelift_nan_canonicalization(false);
    // No call is asynchronous, but the engine wants the two sizes in order.
    config.async_stack_size(NATIVE_STACK).max_wasm_stack(GUEST_STACK);
    // External references of the host are never freed before their store is.
    config.collector(Collector::Null);
    // Nobody reads positions in code or walks frames, metered modules have no active segments that an image could hold.
    config.wasm_backtrace_max_frames(None).generate_address_map(false).native_unwind_info(false);
    config.memory_init_cow(false);
    match compiler {
        Compiler::Cranelift => {
            config.strategy(Strategy::Cranelift).cranelift_opt_level(OptLevel::Speed);
        }
        Compiler::CraneliftNone => {
            config.strategy(Strategy::Cranelift).cranelift_opt_level(OptLevel::None);
        }
        Compiler::CraneliftSinglePass => {
            config.strategy(Strategy::Cranelift).cranelift_opt_level(OptLevel::None);
            config.cranelift_regalloc_algorithm(RegallocAlgorithm::SinglePass);
        }
        Compiler::Winch => {
            config.strategy(Strategy::Winch);
        }
        Compiler::Pulley => {
            config.strategy(Strategy::Cranelift).cranelift_opt_level(OptLevel::None);
            config.target("pulley64")?;
        }
    }
    Ok(config)
}

/// Lets in what the profile lets in, so that a module that passed the meter by mistake fails here.
fn features(config: &mut Config) {
    config
        .wasm_bulk_memory(true)
        .wasm_extended_const(true)
        .wasm_multi_value(true)
        .wasm_reference_types(true)
        .wasm_custom_page_sizes(false)
        .wasm_exceptions(false)
        .wasm_function_references(false)
        .wasm_gc(false)
        .wasm_memory64(false)
        .wasm_multi_memory(false)
        .wasm_relaxed_simd(false)
        .wasm_simd(false)
        .wasm_stack_switching(false)
        .wasm_tail_call(false)
        .wasm_wide_arithmetic(false);
}
