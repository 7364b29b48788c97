//! A supervised lane is a lane whose workers may break: each is replaced, and the cases go on.

use super::process::NoWorker;
use super::{Breakage, Feature, Lane, LaneFault, LaneId, ProcessLane, WorkerCommand, WorkerLimits};
use crate::{Case, Observation};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// How often in a row a worker is started that does not start.
const STARTS: u32 = 3;

/// A worker, and how to start the next.
///
/// A worker that breaks has broken on the oldest case that it has not answered. If the machine may have broken it, that
/// case is given once more, alone, to the fresh worker, and only what that one does counts; otherwise the breakage is
/// the case's fault. The cases behind it are given to the fresh worker as if nothing had been.
pub struct SupervisedLane {
    id: LaneId,
    validators: bool,
    lacks: BTreeSet<Feature>,
    command: WorkerCommand,
    limits: WorkerLimits,
    worker: Result<ProcessLane, LaneFault>,
    failed_starts: u32,
    /// Submitted and not collected. The worker has been sent all of them.
    waiting: VecDeque<Arc<Case>>,
    replaced: BTreeMap<&'static str, u64>,
}

impl SupervisedLane {
    /// Starts the first worker.
    pub fn spawn(name: &str, command: &WorkerCommand, limits: WorkerLimits) -> Result<Self, LaneFault> {
        let mut replaced = BTreeMap::new();
        let worker = start(name, command, limits, &mut replaced)?;
        Ok(Self {
            id: worker.id().clone(),
            validators: worker.has_validators(),
            lacks: worker.lacks().clone(),
            command: command.clone(),
            limits,
            worker: Ok(worker),
            failed_starts: 0,
            waiting: VecDeque::new(),
            replaced,
        })
    }

    /// The number of the worker's process, if there is a worker.
    #[must_use]
    pub fn process_id(&self) -> Option<u32> {
        self.worker.as_ref().ok().map(ProcessLane::process_id)
    }

    /// Puts a fresh worker in the place of this one.
    fn replace(&mut self, breakage: Breakage) {
        *self.replaced.entry(breakage.name()).or_default() += 1;
        self.start();
    }

    fn start(&mut self) {
        let worker = start(&self.id.name, &self.command, self.limits, &mut self.replaced);
        let started = worker.and_then(|worker| {
            if worker.id() == &self.id {
                return Ok(worker);
            }
            let text = format!("the fresh worker is {}, not {}", worker.id().version, self.id.version);
            Err(Breakage::Changed.fault(text))
        });
        self.failed_starts = if started.is_ok() { 0 } else { self.failed_starts + 1 };
        // The old worker ends here.
        self.worker = started;
    }

    fn observe_again(&mut self, case: &Arc<Case>, first: &LaneFault) -> Result<Observation, LaneFault> {
        let again = self.worker.as_mut().map_err(|fault| fault.clone())?.observe(case);
        if let Err(fault) = &again
            && let Some(breakage) = Breakage::of(fault)
        {
            self.replace(breakage);
            let detail = format!("{}; the case was given to a fresh worker, after {first}", fault.detail);
            return Err(breakage.fault(detail));
        }
        again
    }
}

/// Starts a worker. One that is killed while it greets has its place taken by the next, as one has that is killed later.
fn start(
    name: &str,
    command: &WorkerCommand,
    limits: WorkerLimits,
    replaced: &mut BTreeMap<&'static str, u64>,
) -> Result<ProcessLane, LaneFault> {
    for _ in 1..STARTS {
        match ProcessLane::start(name, command, limits) {
            Err(NoWorker { greeting: Some(killed @ Breakage::Killed), .. }) => {
                *replaced.entry(killed.name()).or_default() += 1;
            }
            started => return started.map_err(|NoWorker { fault, .. }| fault),
        }
    }
    ProcessLane::spawn_under(name, command, limits)
}

impl Lane for SupervisedLane {
    fn id(&self) -> &LaneId {
        &self.id
    }

    fn lacks(&self) -> &BTreeSet<Feature> {
        &self.lacks
    }

    fn has_validators(&self) -> bool {
        self.validators
    }

    fn replaced(&self) -> BTreeMap<&'static str, u64> {
        self.replaced.clone()
    }

    fn submit(&mut self, case: &Arc<Case>) {
        if self.waiting.is_empty() && self.worker.as_ref().is_ok_and(ProcessLane::has_grown) {
            self.replace(Breakage::Memory);
        }
        if let Ok(worker) = &mut self.worker {
            worker.submit(case);
        }
        self.waiting.push_back(Arc::clone(case));
    }

    fn collect(&mut self) -> Result<Observation, LaneFault> {
        let case = self.waiting.pop_front().ok_or_else(|| LaneFault::new("Usage", "collected more than submitted"))?;
        let first = match &mut self.worker {
            Ok(worker) => worker.collect(),
            Err(fault) => Err(fault.clone()),
        };
        let Err(fault) = &first else { return first };
        let Some(breakage) = Breakage::of(fault) else { return first };
        if self.failed_starts >= STARTS {
            return first;
        }
        // A case that no worker was there for is given to the one that is there now, as one is that the machine broke.
        let given_again = self.worker.is_err() || breakage.may_be_the_machines();
        if self.worker.is_ok() {
            self.replace(breakage)
        } else {
            self.start()
        }
        let answer = if given_again { self.observe_again(&case, fault) } else { first };
        if let Ok(worker) = &mut self.worker {
            self.waiting.iter().for_each(|case| worker.submit(case));
        }
        answer
    }
}
