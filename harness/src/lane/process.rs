//! A process lane is a worker program that observes cases sent over its standard input.
//!
//! `harness/PROTOCOL.md` describes what is said. Requests are pipelined: a thread writes while the worker works.

mod breakage;
mod child;
mod command;
mod frame;
mod hello;
mod memory;
mod serve;

pub use breakage::Breakage;
pub use command::WorkerCommand;
pub use hello::{Hello, PROTOCOL};
pub use serve::serve;

use super::{Feature, Lane, LaneFault, LaneId};
use crate::{CallableModule, Case, Observation, Run};
use child::Child;
use frame::message;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

/// How long a worker may take to greet: a JavaScript engine loads the meter, another machine may be asleep.
const PATIENCE_TO_START: Duration = Duration::from_secs(60);

/// What a worker may take of time and memory. Neither is part of a result: what exceeds them is a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkerLimits {
    /// How long it may think about one case.
    pub patience: Duration,
    /// How many bytes of memory it may hold between batches of cases; it is replaced if it holds more.
    pub resident: u64,
}

impl Default for WorkerLimits {
    fn default() -> Self {
        // Cases are bounded by gas, so only a hang takes this long; and a worker that compiled some thousand modules
        // holds a quarter of this, the largest of the engines among them.
        Self { patience: Duration::from_secs(60), resident: 2 << 30 }
    }
}

/// A worker process and the cases that it has been sent.
pub struct ProcessLane {
    id: LaneId,
    child: Child,
    limits: WorkerLimits,
    next_submitted: u64,
    next_collected: u64,
    /// Whether the worker answers validations.
    validators: bool,
    lacks: BTreeSet<Feature>,
    /// What is due for each case that it was sent and has not answered.
    due: VecDeque<Due>,
    broken: Option<LaneFault>,
}

/// Why there is no worker.
pub(super) struct NoWorker {
    pub(super) fault: LaneFault,
    /// How the process broke that was to greet, if there was one.
    pub(super) greeting: Option<Breakage>,
}

/// How many of what an observation has.
struct Due {
    runs: usize,
    answers: usize,
}

#[derive(Serialize)]
struct Request<'a> {
    id: u64,
    #[serde(with = "crate::base64_bytes")]
    module: &'a [u8],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    modules: &'a BTreeMap<String, CallableModule>,
    runs: &'a [Run],
    /// The calls that the worker's own validators are to answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    calls: Vec<&'a str>,
}

#[derive(Serialize, Deserialize)]
struct Response {
    id: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    observation: Option<Observation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fault: Option<LaneFault>,
}

impl ProcessLane {
    /// Starts a worker under the usual limits and waits for its greeting.
    pub fn spawn(name: &str, command: &WorkerCommand) -> Result<Self, LaneFault> {
        Self::spawn_under(name, command, WorkerLimits::default())
    }

    /// Starts a worker and waits for its greeting.
    pub fn spawn_under(name: &str, command: &WorkerCommand, limits: WorkerLimits) -> Result<Self, LaneFault> {
        Self::start(name, command, limits).map_err(|NoWorker { fault, .. }| fault)
    }

    pub(super) fn start(name: &str, command: &WorkerCommand, limits: WorkerLimits) -> Result<Self, NoWorker> {
        let mut child = Child::spawn(command)?;
        let greeting = child.receive(PATIENCE_TO_START).map_err(|fault| {
            child.kill();
            let text = format!("the worker of {name} does not greet: {fault}");
            NoWorker { fault: Breakage::Start.fault(text), greeting: Breakage::of(&fault) }
        })?;
        // The version comes first: another version's greeting may have another form.
        #[derive(Deserialize)]
        struct Version {
            protocol: u32,
        }
        let hello = message::<Version>(&greeting).map_err(|error| error.to_string()).and_then(|version| {
            if version.protocol != PROTOCOL {
                return Err(format!("it speaks protocol {}, not {PROTOCOL}", version.protocol));
            }
            message::<Hello>(&greeting).map_err(|error| error.to_string())
        });
        let hello = hello.map_err(|reason| {
            child.kill();
            Breakage::Protocol.fault(format!("the worker of {name} does not greet as a worker does: {reason}"))
        })?;
        Ok(Self {
            id: LaneId { name: name.to_owned(), version: hello.version() },
            child,
            limits,
            next_submitted: 0,
            next_collected: 0,
            validators: hello.validators,
            lacks: hello.lacks,
            due: VecDeque::new(),
            broken: None,
        })
    }

    /// The process' number.
    #[must_use]
    pub fn process_id(&self) -> u32 {
        self.child.id()
    }

    /// Whether the worker holds more memory than it may. A system that does not say how much it holds says no.
    pub(super) fn has_grown(&self) -> bool {
        self.child.resident().is_some_and(|bytes| bytes > self.limits.resident)
    }

    fn answer(&mut self) -> Result<Observation, LaneFault> {
        let garbage = |detail: String| Breakage::Garbage.fault(detail);
        let id = self.next_collected;
        self.next_collected += 1;
        let due = self.due.pop_front().ok_or_else(|| LaneFault::new("Usage", "collected more cases than submitted"))?;
        let frame = self.child.receive(self.limits.patience)?;
        let response: Response = message(&frame).map_err(|error| garbage(error.to_string()))?;
        if response.id != id {
            return Err(garbage(format!("the worker answered request {} instead of {id}", response.id)));
        }
        match (response.observation, response.fault) {
            (Some(observation), None) => {
                due.is_met(&observation).map_err(garbage)?;
                Ok(observation)
            }
            (None, Some(fault)) if fault.kind.starts_with(Breakage::PREFIX) => {
                Err(garbage(format!("the worker names a fault {}, which others find in a worker", fault.kind)))
            }
            (None, Some(fault)) => Err(fault),
            (Some(_), Some(_)) | (None, None) => {
                Err(garbage("an answer holds either an observation or a fault".to_owned()))
            }
        }
    }
}

impl From<LaneFault> for NoWorker {
    fn from(fault: LaneFault) -> Self {
        Self { fault, greeting: None }
    }
}

impl Due {
    fn is_met(&self, observation: &Observation) -> Result<(), String> {
        let runs = if observation.is_admitted() { self.runs } else { 0 };
        if observation.runs.len() != runs {
            return Err(format!("the worker observed {} runs of {runs}", observation.runs.len()));
        }
        if observation.answers.len() != self.answers {
            let (given, calls) = (observation.answers.len(), self.answers);
            return Err(format!("the worker's validators gave {given} answers to {calls} calls"));
        }
        Ok(())
    }
}

impl Lane for ProcessLane {
    fn id(&self) -> &LaneId {
        &self.id
    }

    fn lacks(&self) -> &BTreeSet<Feature> {
        &self.lacks
    }

    fn has_validators(&self) -> bool {
        self.validators
    }

    fn submit(&mut self, case: &Arc<Case>) {
        let calls = if self.validators { &case.validations[..] } else { &[] };
        let calls = calls.iter().filter_map(|validation| validation.input(case)).collect::<Vec<_>>();
        let Case { module, modules, runs, .. } = case.as_ref();
        self.due.push_back(Due { runs: runs.len(), answers: calls.len() });
        let request = Request { id: self.next_submitted, module, modules, runs, calls };
        self.next_submitted += 1;
        self.child.send(serde_json::to_vec(&request).expect("a case has only text keys and finite numbers"));
    }

    fn collect(&mut self) -> Result<Observation, LaneFault> {
        if let Some(fault) = &self.broken {
            return Err(fault.clone());
        }
        self.answer().inspect_err(|fault| {
            if Breakage::of(fault).is_some() {
                // It answers nothing any more, and is not waited for.
                self.child.kill();
                self.broken = Some(fault.clone());
            }
        })
    }
}
