//! An opening is how a lane is opened: in this process or behind a worker.

use super::smoke::smoke;
use super::{EngineLane, Feature, ForeignLane, Lane, LaneFault, SupervisedLane, WorkerCommand, WorkerLimits};
use modal_wasm_runtime::EngineConfig;
use std::collections::BTreeSet;

/// How a lane is opened, as often as it is wanted.
#[derive(Clone, Debug)]
pub(crate) struct Opening {
    pub(crate) name: String,
    way: Way,
    /// Whether the lane must have validators of its own, if that is known.
    validators: Option<bool>,
    /// What the lane lacks beside what its worker says that it lacks.
    lacks: BTreeSet<Feature>,
}

#[derive(Clone, Debug)]
enum Way {
    Engine(EngineConfig),
    Worker(WorkerCommand),
}

/// An open lane, and what cases it is not sent.
pub(crate) struct Open {
    pub(crate) lane: Box<dyn Lane>,
    pub(crate) lacks: BTreeSet<Feature>,
}

impl Opening {
    /// One of the executor's engines, in this process.
    pub(crate) fn engine(config: EngineConfig) -> Self {
        let name = config.name().to_owned();
        Self { name, way: Way::Engine(config), validators: Some(false), lacks: BTreeSet::new() }
    }

    /// The JS SDK in a Node process.
    pub(crate) fn node(command: &WorkerCommand) -> Self {
        let way = Way::Worker(command.clone());
        Self { name: "node".into(), way, validators: Some(true), lacks: BTreeSet::new() }
    }

    /// A lane that is described by its worker's command.
    pub(crate) fn foreign(ForeignLane { name, command, lacks }: &ForeignLane) -> Self {
        // Whether a program that is not this project's has validators is its own affair.
        Self { name: name.clone(), way: Way::Worker(command.clone()), validators: None, lacks: lacks.clone() }
    }

    /// The same lane behind a worker, which `own` starts if it is told the name of a lane of this project.
    pub(crate) fn in_a_process(mut self, own: &WorkerCommand) -> Self {
        if let Way::Engine(_) = self.way {
            let mut command = own.clone();
            command.args.push(self.name.clone().into());
            self.way = Way::Worker(command);
        }
        self
    }

    /// Opens the lane and runs the smoke test on it.
    pub(crate) fn open(&self, limits: WorkerLimits) -> Result<Open, LaneFault> {
        let mut lane: Box<dyn Lane> = match &self.way {
            Way::Engine(config) => Box::new(EngineLane::new(*config)),
            Way::Worker(command) => Box::new(SupervisedLane::spawn(&self.name, command, limits)?),
        };
        smoke(self.validators, lane.as_mut())?;
        let lacks = self.lacks.union(lane.lacks()).copied().collect();
        Ok(Open { lane, lacks })
    }
}
