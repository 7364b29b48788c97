//! Caches, registries and the executor's totals.

use crate::support::guest;
use modal_wasm_meter::sha256_hex;
use modal_wasm_runtime::{
    CacheStatistics, Compiler, Engine, EngineConfig, GasLimit, GasMetrics, ModuleCache, ModuleRegistry, PrepareError,
    RegisterError, WasmExecutor,
};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;

fn cache(capacity: usize) -> ModuleCache {
    ModuleCache::new(NonZeroUsize::new(capacity).expect("tests use caches that hold something"))
}

#[test]
fn the_same_bytes_are_prepared_once() {
    let mut executor = WasmExecutor::new(1000).with_engine(Engine::Wasmi);
    for answer in ["one", "two", "one", "one"] {
        let execution = executor.execute(&guest(answer), "run", "x").unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(execution.output(), Some(answer));
        assert_eq!(execution.sha256, sha256_hex(&guest(answer)));
    }
    let statistics = CacheStatistics { hits: 2, misses: 2, evictions: 0, modules: 2, ..CacheStatistics::default() };
    assert_eq!(executor.cache().statistics(), statistics);
}

#[test]
fn the_least_recently_used_module_makes_room() {
    let cache = cache(2);
    let hits = |answer: &str| {
        let before = cache.statistics().hits;
        cache.prepare(EngineConfig::Wasmi, &guest(answer)).unwrap_or_else(|error| panic!("{error}"));
        cache.statistics().hits - before
    };
    assert_eq!([hits("a"), hits("b"), hits("a"), hits("c")], [0, 0, 1, 0]);
    // "b" made room for "c", because "a" was used after it.
    assert_eq!([hits("a"), hits("c"), hits("b"), hits("a")], [1, 1, 0, 0]);
    assert_eq!(
        cache.statistics(),
        CacheStatistics { hits: 3, misses: 5, evictions: 3, modules: 2, ..CacheStatistics::default() }
    );
}

/// Modules of one length, each known by all of its bytes, whichever of them was asked for last.
#[test]
fn modules_of_one_length_are_told_apart() {
    let cache = Arc::new(cache(2));
    let mut executor = WasmExecutor::new(1000).with_engine(Engine::Wasmi).with_cache(Arc::clone(&cache));
    for answer in ["a", "a", "b", "a", "b", "b", "c", "a", "c", "b"] {
        let original = guest(answer);
        assert_eq!(original.len(), guest("a").len());
        let execution = executor.execute(&original, "run", "x").unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((execution.output(), &execution.sha256), (Some(answer), &sha256_hex(&original)));
    }
    // "c", "a" and the last "b" each make room: there are two places.
    assert_eq!(
        cache.statistics(),
        CacheStatistics { hits: 5, misses: 5, evictions: 3, modules: 2, ..CacheStatistics::default() }
    );
}

#[test]
fn engines_do_not_share_code() {
    let cache = cache(10);
    for engine in [EngineConfig::Wasmi, EngineConfig::default(), EngineConfig::Wasmtime(Compiler::CraneliftNone)] {
        let prepared = cache.prepare(engine, &guest("a")).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(prepared.module.engine(), engine);
    }
    assert_eq!(cache.statistics(), CacheStatistics { misses: 3, modules: 3, ..CacheStatistics::default() });
}

#[test]
fn a_refused_module_is_not_kept() {
    let cache = cache(2);
    for _ in 0..2 {
        assert!(matches!(cache.prepare(EngineConfig::Wasmi, b"no wasm"), Err(PrepareError::Rejected(_))));
    }
    assert_eq!(cache.statistics(), CacheStatistics { misses: 2, ..CacheStatistics::default() });
}

#[test]
fn threads_share_a_cache() {
    let cache = Arc::new(cache(4));
    let run = |engine: Engine| {
        let mut executor = WasmExecutor::new(1000).with_engine(engine).with_cache(Arc::clone(&cache));
        for turn in 0..20 {
            let answer = ["a", "b", "c"][turn % 3];
            let execution = executor.execute(&guest(answer), "run", "x").unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(execution.output(), Some(answer));
        }
    };
    thread::scope(|scope| {
        for engine in [Engine::Wasmi, Engine::Wasmtime, Engine::Wasmi] {
            scope.spawn(move || run(engine));
        }
    });
    let statistics = cache.statistics();
    assert_eq!(statistics.hits + statistics.misses, 60);
    assert_eq!(statistics.modules, 4);
}

#[test]
fn a_registry_knows_what_it_verified() {
    let cache = Arc::new(cache(1));
    let mut registry = ModuleRegistry::new(Arc::clone(&cache), Engine::Wasmi);
    assert!(registry.is_empty());
    let (one, two) = (guest("one"), guest("two"));
    let (expected, found) = (sha256_hex(&two), sha256_hex(&one));

    let error =
        registry.register("/a", &one, &expected, GasLimit::default()).expect_err("the hash is another module's");
    let text = format!("failed to verify module `/a`: its SHA-256 is {found}, expected {expected}");
    assert_eq!(error.to_string(), text);
    let error = registry.register("/a", b"no wasm", &sha256_hex(b"no wasm"), GasLimit::default());
    assert!(matches!(error, Err(RegisterError::Prepare(PrepareError::Rejected(_)))));
    assert!(registry.is_empty());

    for (name, bytes) in [("/b", &two), ("/a", &one)] {
        let prepared = registry.register(name, bytes, &sha256_hex(bytes), GasLimit::default());
        assert_eq!(prepared.map(|prepared| prepared.sha256.clone()), Ok(sha256_hex(bytes)));
    }
    assert_eq!(registry.names().collect::<Vec<_>>(), ["/a", "/b"]);
    assert_eq!(registry.get("/b").map(|module| &*module.bytes), Some(&two[..]));

    // The cache holds one module; the other one is prepared again when it is asked for.
    let misses = cache.statistics().misses;
    let prepared = registry.prepare("/b").unwrap_or_else(|error| panic!("{error}")).expect("it is registered");
    assert_eq!(cache.statistics().misses, misses + 1);
    let execution = WasmExecutor::new(1000).execute_prepared(&prepared, "run", "x");
    assert_eq!(execution.unwrap_or_else(|error| panic!("{error}")).output(), Some("two"));

    assert!(registry.contains("/a"));
    assert_eq!(registry.unregister("/a").map(|module| module.sha256), Some(found));
    assert_eq!((registry.contains("/a"), registry.len()), (false, 1));
    assert!(registry.unregister("/a").is_none());
    assert_eq!(registry.prepare("/a").map(|module| module.is_some()), Ok(false));
}

#[test]
fn totals_count_every_execution() {
    let mut executor = WasmExecutor::new(1000).with_engine(Engine::Wasmi);
    let bytes = guest("ok");
    let used = executor.execute(&bytes, "run", "x").unwrap_or_else(|error| panic!("{error}")).gas_used;
    // An empty input makes this guest trap, another method it does not have.
    for (method, input) in [("run", ""), ("walk", "x")] {
        let execution = executor.execute(&bytes, method, input).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(execution.gas_used, 1000);
    }
    let totals = GasMetrics {
        completed: 1,
        trapped: 1,
        violated: 1,
        gas_used: used + 2000,
        gas_used_max: 1000,
        gas_limits: 3000,
    };
    assert_eq!(executor.gas_metrics(), totals);
    assert_eq!(totals.executions(), 3);
}
