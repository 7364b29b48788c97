//! The lanes of a run, opened and shown to work.

use super::catalogue::check_name;
use super::opening::{Open, Opening};
use super::{Feature, Lane, LaneFault, LaneId, WorkerCommand, WorkerLimits};
use crate::{Case, Observation};
use modal_wasm_runtime::{Compiler, EngineConfig};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// The lanes of this project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LaneKind {
    /// One of the executor's engines, in this process unless lanes are kept apart.
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
    /// What it lacks, beside what its worker says that it lacks.
    pub lacks: BTreeSet<Feature>,
}

/// Open lanes, in the order in which they were named.
pub struct LaneSet {
    lanes: Vec<Open>,
}

/// What one lane made of a case: nothing, if it was not sent the case because it lacks a feature.
pub(crate) type Seen = Result<Result<Observation, LaneFault>, Feature>;

impl LaneKind {
    /// The lanes that run unless told otherwise: the engines of nodes and of JavaScript clients.
    pub const DEFAULT: [Self; 3] =
        [Self::Engine(EngineConfig::Wasmtime(Compiler::Cranelift)), Self::Engine(EngineConfig::Wasmi), Self::Node];

    /// Every lane.
    pub fn all() -> impl Iterator<Item = Self> {
        EngineConfig::ALL.into_iter().map(Self::Engine).chain([Self::Node])
    }

    pub(crate) fn opening(self, node: &WorkerCommand) -> Opening {
        match self {
            Self::Engine(config) => Opening::engine(config),
            Self::Node => Opening::node(node),
        }
    }
}

impl LaneSet {
    /// Opens lanes, the engines in this process, and runs the smoke test on each.
    pub fn open(kinds: &[LaneKind], node: &WorkerCommand) -> Result<Self, LaneFault> {
        let openings = kinds.iter().map(|kind| kind.opening(node)).collect::<Vec<_>>();
        Self::open_all(&openings, WorkerLimits::default())
    }

    /// Opens lanes, each in a process of its own, so that one that crashes or hangs is a fault of the case that did it.
    /// `own` starts a worker of one of the executor's engines if it is told the engine's name.
    pub fn open_apart(
        kinds: &[LaneKind],
        node: &WorkerCommand,
        own: &WorkerCommand,
        limits: WorkerLimits,
    ) -> Result<Self, LaneFault> {
        let openings = kinds.iter().map(|kind| kind.opening(node).in_a_process(own)).collect::<Vec<_>>();
        Self::open_all(&openings, limits)
    }

    /// The set with more lanes behind those that it has, opened and tested alike.
    pub fn and_foreign(mut self, lanes: &[ForeignLane], limits: WorkerLimits) -> Result<Self, LaneFault> {
        let openings = lanes.iter().map(Opening::foreign).collect::<Vec<_>>();
        self.lanes.extend(Self::open_all(&openings, limits)?.lanes);
        Ok(self)
    }

    pub(crate) fn open_all(openings: &[Opening], limits: WorkerLimits) -> Result<Self, LaneFault> {
        let lanes = openings.iter().map(|opening| opening.open(limits)).collect::<Result<_, _>>()?;
        Ok(Self { lanes })
    }

    /// A set of lanes that the caller has opened, as they are.
    #[must_use]
    pub fn of(lanes: Vec<Box<dyn Lane>>) -> Self {
        let lanes = lanes.into_iter().map(|lane| Open { lacks: lane.lacks().clone(), lane });
        Self { lanes: lanes.collect() }
    }

    /// What the lanes are.
    #[must_use]
    pub fn ids(&self) -> Vec<LaneId> {
        self.lanes.iter().map(|open| open.lane.id().clone()).collect()
    }

    /// The features that one lane or another lacks.
    #[must_use]
    pub fn lacks(&self) -> BTreeSet<Feature> {
        self.lanes.iter().flat_map(|open| open.lacks.iter().copied()).collect()
    }

    /// How many lanes have validators of their own.
    #[must_use]
    pub fn with_validators(&self) -> u64 {
        self.lanes.iter().filter(|open| open.lane.has_validators()).count() as u64
    }

    /// How often workers were replaced, by lane and cause.
    #[must_use]
    pub fn replaced(&self) -> BTreeMap<String, u64> {
        let of = |open: &Open| {
            let name = open.lane.id().name.clone();
            open.lane.replaced().into_iter().map(move |(cause, count)| (format!("{name}: {cause}"), count))
        };
        self.lanes.iter().flat_map(of).collect()
    }

    /// The lanes, each on its own.
    pub(crate) fn each(&mut self) -> impl Iterator<Item = &mut dyn Lane> {
        self.lanes.iter_mut().map(|open| open.lane.as_mut() as &mut dyn Lane)
    }

    /// Hands cases to every lane and collects what each saw of each, case by case and in the order of the lanes.
    pub(crate) fn observe(&mut self, cases: &[Arc<Case>]) -> Vec<Vec<Seen>> {
        let mut unsent = Vec::with_capacity(self.lanes.len());
        for Open { lane, lacks } in &mut self.lanes {
            let lacked = cases.iter().map(|case| Feature::first_needed(lacks, case)).collect::<Vec<_>>();
            let sent = cases.iter().zip(&lacked).filter(|(_, lacked)| lacked.is_none());
            sent.for_each(|(case, _)| lane.submit(case));
            unsent.push(lacked);
        }
        let mut seen = vec![Vec::with_capacity(self.lanes.len()); cases.len()];
        for (Open { lane, .. }, unsent) in self.lanes.iter_mut().zip(unsent) {
            for (seen, lacked) in seen.iter_mut().zip(unsent) {
                seen.push(lacked.map_or_else(|| Ok(lane.collect()), Err));
            }
        }
        seen
    }
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
        let mut words = command.split_whitespace();
        let program = words.next().ok_or_else(wrong)?;
        check_name(name)?;
        Ok(Self { name: name.to_owned(), command: WorkerCommand::new(program, words), lacks: BTreeSet::new() })
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
