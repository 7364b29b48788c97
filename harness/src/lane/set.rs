//! The lanes of a run, opened and shown to work.

use super::{EngineLane, Lane, LaneFault, LaneId, ProcessLane, WorkerCommand};
use crate::observation::Outcome;
use crate::{Call, Case, Observation, Run, Validation};
use modal_wasm_runtime::{Compiler, EngineConfig, Value};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// The lanes that can be named on a command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LaneKind {
    /// One of the executor's engines, in this process.
    Engine(EngineConfig),
    /// The JS SDK in a Node process.
    Node,
}

/// A lane that is not this project's: another engine, or another release of one, behind the worker protocol.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ForeignLane {
    /// The lane's name.
    pub name: String,
    /// How its worker is started.
    pub command: WorkerCommand,
}

/// Open lanes, in the order in which they were named.
pub struct LaneSet {
    lanes: Vec<Member>,
}

struct Member {
    lane: Box<dyn Lane>,
    /// How the lane is opened again if its worker dies.
    again: Option<Opening>,
}

enum Opening {
    Known(LaneKind, WorkerCommand),
    Foreign(ForeignLane),
}

impl Opening {
    fn open(&self) -> Result<Box<dyn Lane>, LaneFault> {
        Ok(match self {
            Self::Known(kind, node) => kind.open(node)?,
            Self::Foreign(ForeignLane { name, command }) => Box::new(ProcessLane::spawn(name, command)?),
        })
    }
}

impl LaneKind {
    /// The lanes that run unless told otherwise: the engines of nodes and of JavaScript clients.
    pub const DEFAULT: [Self; 3] =
        [Self::Engine(EngineConfig::Wasmtime(Compiler::Cranelift)), Self::Engine(EngineConfig::Wasmi), Self::Node];

    /// Every lane.
    pub fn all() -> impl Iterator<Item = Self> {
        EngineConfig::ALL.into_iter().map(Self::Engine).chain([Self::Node])
    }

    /// Opens the lane: an engine in this process, or the worker that `node` starts.
    pub fn open(self, node: &WorkerCommand) -> Result<Box<dyn Lane>, LaneFault> {
        Ok(match self {
            Self::Engine(config) => Box::new(EngineLane::new(config)),
            Self::Node => Box::new(ProcessLane::spawn("node", node)?),
        })
    }
}

impl LaneSet {
    /// Opens lanes and runs the smoke test on each.
    pub fn open(kinds: &[LaneKind], node: &WorkerCommand) -> Result<Self, LaneFault> {
        Self { lanes: Vec::new() }.and(kinds.iter().map(|&kind| Opening::Known(kind, node.clone())))
    }

    /// The set with more lanes behind those that it has, opened and tested alike.
    pub fn and_foreign(self, lanes: &[ForeignLane]) -> Result<Self, LaneFault> {
        self.and(lanes.iter().cloned().map(Opening::Foreign))
    }

    fn and(mut self, openings: impl Iterator<Item = Opening>) -> Result<Self, LaneFault> {
        for opening in openings {
            let mut lane = opening.open()?;
            smoke(&opening, lane.as_mut())?;
            self.lanes.push(Member { lane, again: Some(opening) });
        }
        Ok(self)
    }

    /// A set of lanes that the caller has opened, as they are.
    #[must_use]
    pub fn of(lanes: Vec<Box<dyn Lane>>) -> Self {
        Self { lanes: lanes.into_iter().map(|lane| Member { lane, again: None }).collect() }
    }

    /// What the lanes are.
    #[must_use]
    pub fn ids(&self) -> Vec<LaneId> {
        self.lanes.iter().map(|member| member.lane.id().clone()).collect()
    }

    /// Hands cases to every lane and collects what each saw of each, case by case.
    ///
    /// A worker that dies has a fault for the case it died on; a new one takes the rest.
    pub fn observe(&mut self, cases: &[Arc<Case>]) -> Vec<Vec<Result<Observation, LaneFault>>> {
        for Member { lane, .. } in &mut self.lanes {
            cases.iter().for_each(|case| lane.submit(case));
        }
        let mut seen = vec![Vec::with_capacity(self.lanes.len()); cases.len()];
        for Member { lane, again } in &mut self.lanes {
            for (index, seen) in seen.iter_mut().enumerate() {
                let answer = lane.collect();
                if let Err(fault) = &answer
                    && fault.kind.starts_with("Worker")
                    && let Some(opening) = again
                    && let Ok(fresh) = opening.open()
                {
                    *lane = fresh;
                    cases[index + 1..].iter().for_each(|case| lane.submit(case));
                }
                seen.push(answer);
            }
        }
        seen
    }
}

/// Runs a case whose outcome is known on a lane. A lane that does nothing, or always the same, fails.
fn smoke(opening: &Opening, lane: &mut dyn Lane) -> Result<(), LaneFault> {
    const CALL: &str = r#"{"validator":"amount_in_range","args":[7,1,5]}"#;
    const ANSWER: &str = r#"{"valid":false,"gas_used":130,"errors":["Amount 7 is above maximum 5"]}"#;
    const FIBONACCI: &str = r#"(module (func $f (export "f") (param i32) (result i32)
        (if (result i32) (i32.lt_u (local.get 0) (i32.const 2)) (then (local.get 0))
          (else (i32.add (call $f (i32.sub (local.get 0) (i32.const 1)))
                         (call $f (i32.sub (local.get 0) (i32.const 2))))))))"#;
    let module = wat::parse_str(FIBONACCI).map_err(|error| LaneFault::new("Smoke", error.to_string()))?;
    let call = |n: u32| Call { export: "f".into(), args: vec![Value::I32(n)], gas: 100_000 };
    let runs = vec![
        Run::Exports { start_gas: 1, calls: vec![call(10), call(1)] },
        Run::Abi { method: "f".into(), input: CALL.into(), gas: 1 },
    ];
    let validations = vec![Validation { run: 1, validator: "amount_in_range".into() }];
    let seen = lane.observe(&Arc::new(Case { validations, ..Case::new(module, runs) }))?;
    let answers = match opening {
        Opening::Known(LaneKind::Engine(_), _) => &[][..],
        Opening::Known(LaneKind::Node, _) => &[ANSWER],
        // Whether a program that is not this project's has validators is its own affair.
        Opening::Foreign(_) if seen.answers.is_empty() => &[],
        Opening::Foreign(_) => &[ANSWER],
    };
    if seen.answers != answers {
        let text = format!("lane {} answers {CALL} with {:?}, not {answers:?}", lane.id().name, seen.answers);
        return Err(LaneFault::new("Smoke", text));
    }
    let steps = seen.runs.first().map_or(&[][..], |run| &run.steps);
    // f(n) costs 6 for n < 2 (entry, get, const, lt, if, get), else 14 and its two calls: 89 leaves and 88 others.
    let expected =
        [(Vec::new(), 0), (vec!["i32:0x00000037".to_owned()], 1_766), (vec!["i32:0x00000001".to_owned()], 6)];
    let right = steps.len() == expected.len()
        && steps
            .iter()
            .zip(&expected)
            .all(|(step, (values, gas))| step.outcome == Outcome::Completed(values.clone()) && step.gas_used == *gas);
    if right {
        return Ok(());
    }
    let shown = steps.iter().map(|step| format!("{} for {} gas", step.outcome, step.gas_used)).collect::<Vec<_>>();
    Err(LaneFault::new("Smoke", format!("lane {} computes f(10), f(1) as {}", lane.id().name, shown.join("; "))))
}

impl fmt::Display for LaneKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Engine(config) => config.name(),
            Self::Node => "node",
        })
    }
}

impl FromStr for ForeignLane {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("{text:?} is not NAME=COMMAND, a lane's name and the words that start its worker");
        let (name, command) = text.split_once('=').ok_or_else(wrong)?;
        let mut words = command.split_whitespace().map(Into::into);
        let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_'));
        let program = words.next().filter(|_| plain && !name.is_empty()).ok_or_else(wrong)?;
        if LaneKind::all().any(|kind| kind.to_string() == name) || name == "reference" {
            return Err(format!("{name:?} is a lane of this project"));
        }
        Ok(Self { name: name.to_owned(), command: WorkerCommand { program, args: words.collect() } })
    }
}

impl FromStr for LaneKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::all().find(|kind| kind.to_string() == text).ok_or_else(|| {
            let names = Self::all().map(|kind| kind.to_string()).collect::<Vec<_>>().join(", ");
            format!("no lane is called {text:?}; the lanes are {names}")
        })
    }
}
