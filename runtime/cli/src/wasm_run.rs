//! `wasm-run`: runs a method of a module.

use crate::arguments::RunArguments;
use crate::call::{Call, CallTree, calls};
use crate::code_cache;
use crate::contract_directory::ContractDirectory;
use crate::error::Error;
use crate::exit::Exit;
use crate::module_argument::module_name;
use crate::module_source::{ModuleSource, Runnable};
use crate::report::{self, Report, Table};
use crate::wasm_file;
use modal_wasm_runtime::abi::{self, AbiError, AbiOutcome, MAX_INPUT_BYTES};
use modal_wasm_runtime::{Composition, EngineConfig, GasLimit, Modules, PrepareError};
use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};
use std::fmt;
use std::fs::File;
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;
use std::sync::Arc;

/// The module to run, wherever it comes from.
struct Subject {
    /// The module as a person knows it.
    module: String,
    /// Where it is from: `file`, `commits` or `datastore`.
    source: &'static str,
    /// The module with its own gas limit, or the default one.
    runnable: Runnable,
}

/// What came of a run.
struct Ran {
    module: String,
    source: &'static str,
    method: String,
    outcome: AbiOutcome,
    gas_used: u64,
    gas_left: u64,
    gas_limit: GasLimit,
    stack_high_water: u32,
    /// The calls of other modules, in order.
    calls: Vec<Call>,
    engine: EngineConfig,
    sha256: String,
    metered_sha256: String,
}

pub(crate) fn run(arguments: &RunArguments) -> Result<Box<dyn Report>, Error> {
    let gas_limit = arguments.gas_limit.map(GasLimit::new).transpose()?;
    let Subject { module, source, runnable } = subject(arguments)?;
    let gas_limit = gas_limit.unwrap_or(runnable.gas_limit);
    let input = match &arguments.args_file {
        Some(file) => read_input(file)?,
        None => arguments.args.clone(),
    };
    let (method, engine) = (arguments.method.clone(), arguments.engine);
    let broke = |source| Error::Fault { module: module.clone(), source };
    let cache = code_cache::open(&arguments.cache)?;
    let prepared = cache.prepare(engine, &runnable.wasm_bytes).map_err(|error| match error {
        PrepareError::Rejected(rejection) => Error::Rejected { module: module.clone(), rejection },
        PrepareError::Fault(fault) => broke(fault),
    })?;
    let composition = Arc::new(Composition::new(cache, engine, runnable.modules));
    let mut instance = prepared.module.instantiate_with(&composition).map_err(broke)?;
    let outcome = abi::call(&mut instance, &method, &input, gas_limit).map_err(|error| match error {
        AbiError::InputTooLong { bytes } => Error::InputTooLong { bytes, limit: MAX_INPUT_BYTES },
        AbiError::Fault(fault) => broke(fault),
    })?;
    Ok(Box::new(Ran {
        source,
        method,
        outcome,
        gas_used: instance.gas_used(),
        gas_left: instance.gas_left(),
        gas_limit,
        stack_high_water: instance.stack_high_water(),
        calls: calls(instance.host_calls()),
        engine,
        sha256: prepared.sha256.clone(),
        metered_sha256: prepared.metered_sha256.clone(),
        module,
    }))
}

fn subject(arguments: &RunArguments) -> Result<Subject, Error> {
    if let Some(file) = &arguments.module.wasm_file {
        let (module, wasm_bytes) = (file.display().to_string(), wasm_file::read(file)?);
        let runnable = Runnable { wasm_bytes, gas_limit: GasLimit::default(), modules: Modules::new() };
        return Ok(Subject { module, source: "file", runnable });
    }
    let name = module_name(arguments.module.module_name.as_deref().unwrap_or_default())?;
    let directory = ContractDirectory::find(&arguments.directory.dir)?;
    let source = ModuleSource::new(&directory, arguments.datastore.datastore.as_deref())?;
    Ok(Subject { module: name.path(), source: source.word(), runnable: source.runnable(&name)? })
}

/// Reads what a method is given. What is longer than any input is not read to its end.
fn read_input(file: &Path) -> Result<String, Error> {
    let mut input = Vec::new();
    let read = File::open(file).and_then(|file| file.take(MAX_INPUT_BYTES as u64 + 1).read_to_end(&mut input));
    read.map_err(Error::io("read", file))?;
    if input.len() > MAX_INPUT_BYTES {
        return Err(Error::InputFileTooLong { file: file.to_owned(), limit: MAX_INPUT_BYTES });
    }
    String::from_utf8(input).map_err(|error| Error::io("read", file)(io::Error::new(ErrorKind::InvalidData, error)))
}

impl Report for Ran {
    fn exit(&self) -> Exit {
        match self.outcome {
            AbiOutcome::Output(_) => Exit::Done,
            AbiOutcome::Trapped(_) => Exit::Trapped,
            AbiOutcome::Violated(_) => Exit::Violated,
        }
    }

    fn to_json(&self) -> serde_json::Result<String> {
        report::json(self)
    }
}

impl Serialize for Ran {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("module", &self.module)?;
        map.serialize_entry("source", self.source)?;
        map.serialize_entry("method", &self.method)?;
        match &self.outcome {
            AbiOutcome::Output(output) => {
                map.serialize_entry("outcome", "completed")?;
                map.serialize_entry("output", output)?;
            }
            AbiOutcome::Trapped(trap) => {
                map.serialize_entry("outcome", "trapped")?;
                map.serialize_entry("trap", trap.name())?;
            }
            AbiOutcome::Violated(violation) => {
                map.serialize_entry("outcome", "violated")?;
                map.serialize_entry("violation", &violation.to_string())?;
            }
        }
        map.serialize_entry("gas_used", &self.gas_used)?;
        map.serialize_entry("gas_left", &self.gas_left)?;
        map.serialize_entry("gas_limit", &self.gas_limit.get())?;
        map.serialize_entry("stack_high_water", &self.stack_high_water)?;
        map.serialize_entry("engine", &self.engine)?;
        map.serialize_entry("engine_version", self.engine.engine().version())?;
        map.serialize_entry("sha256", &self.sha256)?;
        map.serialize_entry("metered_sha256", &self.metered_sha256)?;
        map.serialize_entry("calls", &self.calls)?;
        map.end()
    }
}

impl fmt::Display for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { module, method, outcome, gas_used, gas_limit, stack_high_water, calls, engine, sha256, .. } = self;
        match outcome {
            AbiOutcome::Output(output) => {
                writeln!(f, "{module}: {method} completed")?;
                Table(&[("output", output.clone())]).fmt(f)?;
            }
            AbiOutcome::Trapped(trap) => {
                writeln!(f, "{module}: {method} trapped with {trap}: a failed run consumes its limit")?
            }
            AbiOutcome::Violated(violation) => {
                writeln!(
                    f,
                    "{module}: {method} broke the guest ABI with {violation}: a failed run consumes its limit"
                )?;
            }
        }
        let rows = [
            ("gas", format!("{gas_used} of {gas_limit}")),
            ("stack", format!("{stack_high_water} words")),
            ("engine", format!("{engine} {}", engine.engine().version())),
            ("sha256", sha256.clone()),
        ];
        Table(&rows).fmt(f)?;
        CallTree(calls).fmt(f)
    }
}
