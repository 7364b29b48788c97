//! The bare way is Wasmtime alone: what a program pays that knows this one module and needs no determinism.

use crate::guest::Guest;
use anyhow::anyhow;
use modal_wasm_meter::{Metered, names};
use wasmtime::error::Context as _;
use wasmtime::{Engine, Instance, InstancePre, Linker, Module, Result, Store, TypedFunc, Val};

/// A module that is linked before, and instantiated and called through typed functions.
pub struct Bare {
    pre: InstancePre<()>,
    /// What a metered module's counters are set to; the original has none.
    counters: Option<[(&'static str, Val); 3]>,
    method: String,
    input: String,
}

impl Bare {
    /// The guest's original module, in Wasmtime's own configuration.
    ///
    /// # Errors
    ///
    /// If Wasmtime does not take it.
    pub fn original(guest: &Guest) -> anyhow::Result<Self> {
        Self::new(guest, &guest.module, None).map_err(plain)
    }

    /// The guest's metered module, in the same configuration.
    ///
    /// # Errors
    ///
    /// If Wasmtime does not take it.
    pub fn metered(guest: &Guest, metered: &Metered) -> anyhow::Result<Self> {
        let words = i32::try_from(metered.stack_limit_words)?;
        let gas = i64::try_from(guest.gas)?;
        let counters =
            [(names::GAS, Val::I64(gas)), (names::STACK, Val::I32(words)), (names::STACK_LOW, Val::I32(words))];
        Self::new(guest, &metered.bytes, Some(counters)).map_err(plain)
    }

    fn new(guest: &Guest, bytes: &[u8], counters: Option<[(&'static str, Val); 3]>) -> Result<Self> {
        let engine = Engine::default();
        let module = Module::from_binary(&engine, bytes)?;
        let mut linker = Linker::new(&engine);
        linker.define_unknown_imports_as_traps(&module)?;
        let pre = linker.instantiate_pre(&module)?;
        Ok(Self { pre, counters, method: guest.method.clone(), input: guest.input.clone() })
    }

    /// Instantiates the module, passes the input and takes the output, which is not checked to be text.
    ///
    /// # Errors
    ///
    /// If the guest traps or breaks the ABI.
    pub fn run(&self) -> anyhow::Result<Vec<u8>> {
        self.instantiate().map_err(plain)
    }

    fn instantiate(&self) -> Result<Vec<u8>> {
        let mut store = Store::new(self.pre.module().engine(), ());
        let instance = self.pre.instantiate(&mut store)?;
        if let Some(counters) = &self.counters {
            for (name, value) in counters {
                let global = instance.get_global(&mut store, name).context("failed to find a counter")?;
                global.set(&mut store, *value)?;
            }
            let start: TypedFunc<(), ()> = instance.get_typed_func(&mut store, names::START)?;
            start.call(&mut store, ())?;
        }
        self.call(&mut store, &instance)
    }

    fn call(&self, store: &mut Store<()>, instance: &Instance) -> Result<Vec<u8>> {
        let memory = instance.get_memory(&mut *store, "memory").context("failed to find the memory")?;
        let alloc: TypedFunc<u32, u32> = instance.get_typed_func(&mut *store, "alloc")?;
        let method: TypedFunc<(u32, u32), u32> = instance.get_typed_func(&mut *store, &self.method)?;
        let length = u32::try_from(self.input.len())?;
        let pointer = alloc.call(&mut *store, length)?;
        memory.write(&mut *store, pointer as usize, self.input.as_bytes())?;
        let result = method.call(&mut *store, (pointer, length))? as usize;
        let mut length = [0; 4];
        memory.read(&*store, result, &mut length)?;
        let mut output = vec![0; u32::from_le_bytes(length) as usize];
        memory.read(&*store, result + length.len(), &mut output)?;
        Ok(output)
    }
}

fn plain(error: wasmtime::Error) -> anyhow::Error {
    anyhow!("failed to run a guest on Wasmtime alone: {error:#}")
}
