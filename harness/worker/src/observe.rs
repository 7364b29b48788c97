//! Observing a case gives all that the engine saw of it.

use crate::abi::{self, Ended};
use crate::engine::{Engine, Fault, Instance, Stop};
use crate::request::{Call, Request, Run};
use crate::run::Running;
use crate::state::state;
use crate::value::Value;
use modal_wasm_meter::{GasLimit, Interface, Meter, Rejection, Schedule, sha256_hex};
use serde_json::{Value as Json, json};

/// An engine and the meter in front of it.
pub(crate) struct Observer<E> {
    pub(crate) engine: E,
    meter: Meter,
    schedule: Schedule,
}

impl<E: Engine> Observer<E> {
    pub(crate) fn new(engine: E) -> Self {
        Self { engine, meter: Meter::default(), schedule: Schedule::instr_1() }
    }

    /// The observation of a case, as the protocol has it.
    pub(crate) fn observe(&mut self, Request { module, modules, runs, .. }: &Request) -> Result<Json, Fault> {
        if !modules.is_empty() {
            return Err(Fault::new("Usage", "this worker lacks composition"));
        }
        let metered = match self.meter.meter(module) {
            Ok(metered) => metered,
            Err(Rejection { kind, message }) => {
                let kind = kind.to_string();
                return Ok(json!({ "module": { "rejected": { "kind": kind, "message": message } }, "runs": [] }));
            }
        };
        let compiled = self.engine.compile(&metered.bytes)?;
        let runs = runs.iter().map(|run| Ok(json!({ "steps": self.run(&compiled, &metered.interface, run)? })));
        let runs = runs.collect::<Result<Vec<_>, Fault>>()?;
        Ok(json!({ "module": { "accepted": { "metered_sha256": sha256_hex(&metered.bytes) } }, "runs": runs }))
    }

    fn run(&mut self, module: &E::Module, interface: &Interface, run: &Run) -> Result<Vec<Json>, Fault> {
        match run {
            Run::Exports { start_gas, calls } => {
                let mut running = self.instantiate(module, interface)?;
                running.begin(*start_gas)?;
                let (ended, started) = outcome(running.start())?;
                let mut steps = vec![step(&mut running, ended)?];
                for Call { export, args, gas } in calls.iter().filter(|_| started) {
                    running.begin(*gas)?;
                    let args = args.iter().map(|arg| arg.parse()).collect::<Result<Vec<Value>, _>>();
                    let args = args.map_err(|error| Fault::new("Usage", error))?;
                    let (ended, _) = outcome(running.invoke(export, &args))?;
                    steps.push(step(&mut running, ended)?);
                }
                Ok(steps)
            }
            Run::Abi { method, input, gas } => {
                let limit = GasLimit::new(*gas).map_err(|error| Fault::new("Usage", error))?;
                if let Err(broken) = abi::check(interface, method) {
                    return Ok(vec![json!({
                        "outcome": { "violated": broken },
                        "gas_used": limit.get(), "gas_left": 0, "stack_high_water": 0, "host_calls": [],
                        "state": null,
                    })]);
                }
                let mut running = self.instantiate(module, interface)?;
                running.begin(*gas)?;
                let outcome = match abi::call(&mut running, method, input) {
                    Ok(output) => json!({ "output": output }),
                    Err(Ended::Trapped(trap)) => json!({ "trapped": trap }),
                    Err(Ended::Violated(broken)) => {
                        running.forfeit();
                        json!({ "violated": broken })
                    }
                    Err(Ended::Fault(fault)) => return Err(fault),
                };
                Ok(vec![step(&mut running, outcome)?])
            }
        }
    }

    fn instantiate<'a>(
        &mut self,
        module: &E::Module,
        interface: &'a Interface,
    ) -> Result<Running<'a, E::Instance>, Fault> {
        Ok(Running::new(self.engine.instantiate(module, interface)?, interface, &self.schedule))
    }
}

/// How a call ended, and whether it completed.
fn outcome(ended: Result<Vec<Value>, Stop>) -> Result<(Json, bool), Fault> {
    match ended {
        Ok(values) => Ok((json!({ "completed": texts(&values) }), true)),
        Err(Stop::Trap(trap)) => Ok((json!({ "trapped": trap }), false)),
        Err(Stop::Fault(fault)) => Err(fault),
    }
}

fn step<I: Instance>(running: &mut Running<'_, I>, outcome: Json) -> Result<Json, Fault> {
    let aborts = running.instance.take_aborts();
    let host_calls = aborts.iter().map(|args| json!({ "module": "env", "name": "abort", "args": texts(args) }));
    Ok(json!({
        "outcome": outcome,
        "gas_used": running.gas_used(),
        "gas_left": running.gas_left(),
        "stack_high_water": running.stack_high_water(),
        "host_calls": host_calls.collect::<Vec<_>>(),
        "state": state(&mut running.instance, running.interface)?,
    }))
}

fn texts(values: &[Value]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}
