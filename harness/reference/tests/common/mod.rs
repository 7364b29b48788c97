//! What the tests of gas, stack and instantiation share.

use modal_wasm_reference::{Caller, Config, Host, Instance, Module, Outcome, Schedule, Trap, Value};

/// The host of the tests: `env.abort` traps, and every other function takes down its arguments.
#[derive(Default)]
pub(crate) struct Log(pub(crate) Vec<Vec<Value>>);

impl Host for Log {
    fn call(&mut self, _: &str, name: &str, args: &[Value], _: &mut Caller<'_>) -> Result<Vec<Value>, Trap> {
        if name == "abort" {
            return Err(Trap::GuestAbort);
        }
        self.0.push(args.to_vec());
        Ok(Vec::new())
    }
}

/// The caps of the profile.
pub(crate) fn config() -> Config {
    Config { schedule: Schedule::instr_1(), memory_pages: 256, table_elements: 10_000 }
}

/// The module of these fields.
pub(crate) fn module(fields: &str) -> Module {
    let bytes = wat::parse_str(format!("(module {fields})")).unwrap_or_else(|error| panic!("{error}"));
    Module::decode(&bytes, &config()).unwrap_or_else(|error| panic!("failed to {error}: {error:?}: {fields}"))
}

/// A started instance of a module.
pub(crate) fn started(module: &Module) -> Instance {
    let mut instance = Instance::new(module).expect("it imports functions only");
    instance.begin(u64::from(u32::MAX));
    let outcome = instance.start(&mut Log::default());
    assert_eq!(outcome, Ok(Outcome::Returned(Vec::new())));
    instance
}

/// A started instance of the module of these fields.
pub(crate) fn instance(fields: &str) -> Instance {
    started(&module(fields))
}
