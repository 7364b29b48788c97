//! What running a guest once costs when it is prepared already, beside Wasmtime alone; and what preparing it costs.
//!
//! `benches/README.md` says how to run this, and what came of it.

use modal_benches::{Bare, Comparison, Guest, Plan, Report, Table};
use modal_wasm_meter::Meter;
use modal_wasm_runtime::{DiskCache, Engine, EngineConfig, ModuleCache, WasmExecutor};
use std::path::Path;
use std::sync::Arc;
use std::thread;

/// A native stack that guests run on directly, as the threads of a program have that runs many.
const LARGE_STACK: usize = modal_wasm_runtime::NATIVE_STACK * 2;

/// The native stack of a thread that asks for none, on which each run is given one.
const SMALL_STACK: usize = 2 << 20;

fn main() -> anyhow::Result<()> {
    let plan = Plan::from_args();
    let guests = Guest::examples()?;
    let mut report = Report::new("execute");
    report.tables.push(on_stack(LARGE_STACK, || warm("warm run", &guests, plan))?);
    report.tables.push(on_stack(SMALL_STACK, || warm("warm run, thread of 2 MiB", &guests, plan))?);
    report.tables.push(on_stack(LARGE_STACK, || prepare(&guests, plan))?);
    if plan.measures() {
        println!("\n{report}");
        println!("{}", report.write(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("benches"))?.display());
    }
    Ok(())
}

/// Runs `body` on a thread with a stack of so many bytes.
fn on_stack<T: Send>(bytes: usize, body: impl FnOnce() -> anyhow::Result<T> + Send) -> anyhow::Result<T> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(bytes).spawn_scoped(scope, body)?;
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// Runs of a guest that was prepared before, each on an instance of its own.
fn warm(title: &'static str, guests: &[Guest], plan: Plan) -> anyhow::Result<Table> {
    let mut criterion = Plan::criterion();
    let mut rows = Vec::new();
    for guest in guests {
        let metered = Meter::default().meter(&guest.module)?;
        let (original, bare) = (Bare::original(guest)?, Bare::metered(guest, &metered)?);
        let mut executor = WasmExecutor::try_new(guest.gas)?;
        let mut preparing = WasmExecutor::try_new(guest.gas)?.with_cache(Arc::clone(executor.cache()));
        let mut wasmi = WasmExecutor::try_new(guest.gas)?.with_engine(Engine::Wasmi);
        let prepared = executor.cache().prepare(executor.engine(), &guest.module)?;

        // All of them do the same.
        let expected = original.run()?;
        assert_eq!(bare.run()?, expected, "{}", guest.name);
        for executor in [&mut executor, &mut wasmi] {
            let execution = executor.execute(&guest.module, &guest.method, &guest.input)?;
            assert_eq!(execution.output().map(str::as_bytes), Some(&*expected), "{}", guest.name);
        }
        let mut comparison = Comparison::default()
            .with("bare, metered", || drop(bare.run()))
            .with("bare, original", || drop(original.run()))
            .with("execute", || drop(executor.execute(&guest.module, &guest.method, &guest.input)))
            .with("execute_prepared", || drop(preparing.execute_prepared(&prepared, &guest.method, &guest.input)))
            .with("execute on wasmi", || drop(wasmi.execute(&guest.module, &guest.method, &guest.input)));
        comparison.criterion(&mut criterion, &format!("{title}/{}", guest.name));
        rows.push((subject(guest), comparison.measure(plan)));
    }
    criterion.final_summary();
    Ok(Table { title, rows })
}

/// Preparations of a guest that no memory knows.
fn prepare(guests: &[Guest], plan: Plan) -> anyhow::Result<Table> {
    let mut criterion = Plan::criterion();
    let mut rows = Vec::new();
    for guest in guests {
        let folder = tempfile::tempdir()?;
        let disk = DiskCache::open(folder.path().join("cache"))?;
        let fresh = || ModuleCache::default().with_disk(disk.clone());
        fresh().prepare(EngineConfig::default(), &guest.module)?;
        let loaded = fresh();
        loaded.prepare(EngineConfig::default(), &guest.module)?;
        assert_eq!(loaded.statistics().disk.hits, 1, "{} is on the disk", guest.name);

        let mut comparison = Comparison::default()
            .with("cold", || drop(ModuleCache::default().prepare(EngineConfig::default(), &guest.module)))
            .with("from disk", || drop(fresh().prepare(EngineConfig::default(), &guest.module)))
            .with("metering alone", || drop(Meter::default().meter(&guest.module)))
            .with("cold on wasmi", || drop(ModuleCache::default().prepare(EngineConfig::Wasmi, &guest.module)));
        comparison.criterion(&mut criterion, &format!("preparation/{}", guest.name));
        rows.push((subject(guest), comparison.measure(plan)));
    }
    criterion.final_summary();
    Ok(Table { title: "preparation", rows })
}

fn subject(guest: &Guest) -> String {
    format!("{}, {} bytes", guest.name, guest.module.len())
}
