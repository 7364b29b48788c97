//! A run judges the cases of a seed range, on all cores.
//!
//! Each thread has lanes of its own and takes chunks of cases. What a run reports does not depend on how the chunks
//! fell: counts are summed and findings are sorted by case.

mod confirm;
mod summary;

pub use summary::{MutantSummary, NodeSummary, Summary, Tally, ValidatorSummary};

use crate::generate::Kind;
use crate::lane::{ForeignLane, LaneFault, LaneKind, LaneSet, Opening, WorkerCommand, WorkerLimits, guard};
use crate::oracle::{Evidence, Witness};
use crate::panel::Panel;
use crate::results::{Results, Row};
use crate::verdict::Cause;
use crate::{Case, Seed, Verdict};
use confirm::Sample;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
pub(crate) use summary::ending;

/// Cases that a thread takes at a time: enough to keep a worker process busy while this one works.
const CHUNK: u64 = 32;

/// The native stack of a thread that observes cases: room for every engine's frames under the stack limit.
pub const THREAD_STACK: usize = 64 << 20;

/// What to run.
#[derive(Clone, Debug)]
pub struct RunConfig {
    /// The campaign's seed.
    pub seed: u64,
    /// The number of the first case: a run is a slice of the cases that the seed stands for.
    pub first: u64,
    /// How many cases.
    pub cases: u64,
    /// One case in so many is repeated in fresh processes. Which ones depends on this and on their numbers alone.
    pub sample_every: u64,
    /// Of what kind.
    pub kind: Kind,
    /// The lanes, the reference aside, which is always there.
    pub lanes: Vec<LaneKind>,
    /// More lanes, which are not this project's.
    pub foreign: Vec<ForeignLane>,
    /// Whether the engines run in processes of their own instead of this one, so that one that crashes or hangs is a
    /// fault of the case that did it, and not the end of the run.
    pub isolate: bool,
    /// What workers may take of time and memory.
    pub limits: WorkerLimits,
    /// How many threads.
    pub jobs: usize,
    /// How the Node lane's worker is started.
    pub node: WorkerCommand,
    /// How the worker of one of the executor's engines is started, less the lane's name: to keep it apart, and to repeat
    /// a sample of cases in a fresh process.
    pub fresh: WorkerCommand,
    /// Stop taking new chunks after this many findings.
    pub most_findings: usize,
}

/// What a run comes to.
#[derive(Clone, Debug)]
pub struct Ran {
    /// What it did.
    pub summary: Summary,
    /// The cases that did not end in agreement, by number.
    pub findings: Vec<Finding>,
    /// What it says of every case.
    pub results: Results,
}

impl RunConfig {
    /// How often to sample, in a run of so many cases that stands for itself: some dozens are enough to see state that
    /// outlives a case, and few enough not to be waited for.
    #[must_use]
    pub fn sample_every(cases: u64) -> u64 {
        cases.div_ceil(confirm::SAMPLES).max(1)
    }

    fn openings(&self) -> Vec<Opening> {
        let own = self.lanes.iter().map(|lane| {
            let opening = lane.opening(&self.node);
            if self.isolate { opening.in_a_process(&self.fresh) } else { opening }
        });
        own.chain(self.foreign.iter().map(Opening::foreign)).collect()
    }
}

/// A case that did not end in agreement.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The case's number in the run.
    pub index: u64,
    /// The case's seed.
    pub seed: Seed,
    /// The case.
    pub case: Arc<Case>,
    /// What was seen of it.
    pub evidence: Evidence,
    /// What the oracles say: never [`Verdict::Agree`].
    pub verdict: Verdict,
}

/// What a run tells while it goes on, from any thread.
pub trait Listener: Sync {
    /// So many more cases are done.
    fn done(&self, cases: u64);

    /// A case did not end in agreement. Findings are told at once, so that a run that is ended early has not lost them.
    fn found(&self, finding: &Finding);
}

/// Runs cases and judges them.
///
/// # Errors
///
/// If a lane cannot be opened, or a thread cannot be started.
pub fn run(config: &RunConfig, listener: &dyn Listener) -> Result<Ran, LaneFault> {
    let next = AtomicU64::new(0);
    let stop = AtomicBool::new(false);
    let found = Mutex::new(Vec::new());
    let parts = std::thread::scope(|scope| {
        let threads = (0..config.jobs.max(1))
            .map(|_| {
                std::thread::Builder::new()
                    .stack_size(THREAD_STACK)
                    .spawn_scoped(scope, || {
                        // A thread that cannot work ends the run, and the others need not finish what nobody will see.
                        let mut worker = Worker::new(config).inspect_err(|_| stop.store(true, Ordering::Relaxed))?;
                        while !stop.load(Ordering::Relaxed) {
                            let first = next.fetch_add(CHUNK, Ordering::Relaxed);
                            if first >= config.cases {
                                break;
                            }
                            let last = config.cases.min(first + CHUNK);
                            let findings = worker.chunk(config.first + first..config.first + last);
                            findings.iter().for_each(|finding| listener.found(finding));
                            let mut found = found.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                            found.extend(findings);
                            if found.len() >= config.most_findings {
                                stop.store(true, Ordering::Relaxed);
                            }
                            drop(found);
                            listener.done(last - first);
                        }
                        Ok(worker)
                    })
                    .map_err(|error| LaneFault::new("Machine", format!("cannot start a thread: {error}")))
            })
            .collect::<Vec<_>>();
        threads
            .into_iter()
            .map(|thread| match thread?.join() {
                Ok(worker) => worker,
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect::<Result<Vec<_>, LaneFault>>()
    })?;
    let mut findings = found.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut summary = Summary::new(config.cases);
    let mut results = Results::default();
    let mut samples = Vec::new();
    for worker in parts {
        summary.lanes = worker.panel.lanes();
        summary.with_validators = worker.panel.with_validators();
        summary.add(&worker.summary);
        summary.replaced.add(&Tally(worker.panel.replaced()));
        results.rows.extend(worker.results.rows);
        results.counts.add(&worker.results.counts);
        samples.extend(worker.samples);
    }
    results.rows.sort_by_key(|row| row.index);
    samples.sort_by_key(|sample| sample.index);
    let unconfirmed = confirm::confirm(config, &samples, &mut summary, &mut results);
    unconfirmed.iter().for_each(|finding| listener.found(finding));
    findings.extend(unconfirmed);
    findings.sort_by_key(|finding| finding.index);
    Ok(Ran { summary, findings, results })
}

/// Judges these cases of a seed, one by one on lanes that stay open. None is repeated in fresh processes.
///
/// # Errors
///
/// If a lane cannot be opened, or the thread cannot be started.
pub(crate) fn judge_cases(config: &RunConfig, cases: &[u64]) -> Result<Vec<Row>, LaneFault> {
    std::thread::scope(|scope| {
        let judge = || {
            let mut worker = Worker::new(config)?;
            for &case in cases {
                worker.chunk(case..case + 1);
            }
            Ok(worker.results.rows)
        };
        let thread = std::thread::Builder::new().stack_size(THREAD_STACK).spawn_scoped(scope, judge);
        let thread = thread.map_err(|error| LaneFault::new("Machine", format!("cannot start a thread: {error}")))?;
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

struct Worker {
    seed: u64,
    kind: Kind,
    sample_every: u64,
    panel: Panel,
    summary: Summary,
    results: Results,
    samples: Vec<Sample>,
}

impl Worker {
    fn new(config: &RunConfig) -> Result<Self, LaneFault> {
        Ok(Self {
            seed: config.seed,
            kind: config.kind.clone(),
            sample_every: config.sample_every.max(1),
            panel: Panel::new(LaneSet::open_all(&config.openings(), config.limits)?)?,
            summary: Summary::new(0),
            results: Results::default(),
            samples: Vec::new(),
        })
    }

    fn chunk(&mut self, range: std::ops::Range<u64>) -> Vec<Finding> {
        let mut planned = Vec::new();
        let mut findings = Vec::new();
        for index in range {
            let seed = Seed::of_case(self.seed, index);
            match guard("GeneratorPanic", || self.kind.generate(self.seed, index)) {
                Ok(generated) => {
                    let case = self.panel.expand(generated.case, seed);
                    planned.push((index, seed, generated.source, Arc::new(case)));
                }
                Err(fault) => findings.push(self.not_generated(index, seed, fault)),
            }
        }
        let cases = planned.iter().map(|(_, _, _, case)| Arc::clone(case)).collect::<Vec<_>>();
        let heard = self.panel.hear(&cases);
        for ((index, seed, source, case), (evidence, verdict)) in planned.into_iter().zip(heard) {
            self.summary.record(source, &case, &evidence, &verdict);
            self.results.counts.record(&case, &evidence, &verdict);
            self.results.rows.push(Row::of(index, seed, source.to_string(), &case, &evidence, &verdict));
            if verdict != Verdict::Agree {
                findings.push(Finding { index, seed, case, evidence, verdict });
            } else if self.is_sampled(index) {
                self.samples.push(Sample::of(index, seed, &case, &evidence));
            }
        }
        findings
    }

    /// One case in so many is sampled, each time at another place among them, so that kinds of cases that take turns are
    /// all met.
    fn is_sampled(&self, index: u64) -> bool {
        index % self.sample_every == index / self.sample_every % self.sample_every
    }

    fn not_generated(&mut self, index: u64, seed: Seed, fault: LaneFault) -> Finding {
        self.summary.record_not_generated(&fault);
        self.results.counts.record_not_generated(self.panel.lanes().iter().map(|lane| lane.name.as_str()));
        let lane = "generator".to_owned();
        let reference = Witness { lane: lane.clone(), observation: Err(fault.clone()) };
        let finding = Finding {
            index,
            seed,
            case: Arc::new(Case::new(Vec::new(), Vec::new())),
            evidence: Evidence {
                lanes: Vec::new(),
                unsent: BTreeMap::new(),
                reference,
                fuel: None,
                native: Ok(Vec::new()),
                nodes: None,
                parent: None,
            },
            verdict: Verdict::Fault(Cause { lane, fault }),
        };
        let Finding { case, evidence, verdict, .. } = &finding;
        self.results.rows.push(Row::of(index, seed, String::new(), case, evidence, verdict));
        finding
    }
}
