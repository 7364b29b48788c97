//! A campaign against bugs: cases in their order, and for each bug a hunt through them.

use crate::common::with_room;
use crate::score::bug::{Bug, Class};
use crate::score::hunt::{Hunt, Kill};
use crate::score::stage::Stage;
use modal_harness::Verdict;
use std::sync::{Mutex, PoisonError};

/// Cases that are heard before bugs are hunted in them.
const CHUNK: u64 = 32;

/// What is scored.
pub(crate) struct Plan {
    /// The campaign's seed.
    pub(crate) seed: u64,
    /// Cases after which a bug counts as not noticed.
    pub(crate) cases: u64,
    /// How many threads.
    pub(crate) jobs: usize,
    pub(crate) bugs: Vec<Bug>,
}

/// What became of every bug, and of none.
pub(crate) struct Score {
    pub(crate) results: Vec<Result>,
    /// The cases that the sound lanes ran: at least as many as were used up for any bug.
    pub(crate) sound_cases: u64,
    /// What sound lanes were blamed for.
    pub(crate) false_alarms: Vec<String>,
}

/// What became of one bug.
pub(crate) struct Result {
    pub(crate) class: Class,
    pub(crate) name: &'static str,
    /// How it was noticed, if it was.
    pub(crate) kill: Option<Kill>,
    /// The generated cases that were used up.
    pub(crate) cases: u64,
    /// The cases among them in which the bug could show.
    pub(crate) met: u64,
    /// The first case, counted from one, in which the bug was at work and nobody noticed.
    pub(crate) ran: Option<u64>,
    /// What these cases take on one thread, with the bug's own lane.
    pub(crate) seconds: f64,
}

/// Hears of progress.
pub(crate) trait Watch: Sync {
    /// So many cases are done, and so many bugs are left.
    fn done(&self, cases: u64, alive: usize);
}

/// Hunts every bug of a plan.
pub(crate) fn run(plan: Plan, watch: &dyn Watch) -> Score {
    let jobs = plan.jobs.max(1);
    let mut stages = in_parallel(jobs, vec![plan.seed; jobs], Stage::new);
    let mut hunts = plan.bugs.into_iter().map(Hunt::new).collect::<Vec<_>>();
    let (mut next, mut false_alarms) = (0, Vec::new());
    while next < plan.cases && alive(&hunts) > 0 {
        let first = next;
        next = plan.cases.min(first + CHUNK * jobs as u64);
        let shares = stages.iter_mut().zip((first..next).step_by(CHUNK as usize));
        let shares = shares.map(|(stage, first)| (stage, first..next.min(first + CHUNK))).collect();
        let heard =
            in_parallel(jobs, shares, |(stage, range)| stage.hear(range)).into_iter().flatten().collect::<Vec<_>>();
        let blamed = heard.iter().filter(|heard| heard.verdict != Verdict::Agree);
        false_alarms.extend(blamed.map(|heard| format!("case {}: {}", heard.index, heard.verdict)));
        let hunted = hunts.iter_mut().filter(|hunt| hunt.kill.is_none()).collect();
        in_parallel(jobs, hunted, |hunt: &mut Hunt| {
            for heard in &heard {
                if hunt.kill.is_none() {
                    hunt.look(heard);
                }
            }
        });
        watch.done(next, alive(&hunts));
    }
    let survivors = hunts.iter_mut().filter(|hunt| hunt.kill.is_none()).collect();
    in_parallel(jobs, survivors, Hunt::look_at_the_corpus);
    Score { results: hunts.into_iter().map(Result::from).collect(), sound_cases: next, false_alarms }
}

fn alive(hunts: &[Hunt]) -> usize {
    hunts.iter().filter(|hunt| hunt.kill.is_none()).count()
}

/// Does work on some threads, with the native stack that lanes need, and gives what came of it in the items' order.
fn in_parallel<T: Send, R: Send>(threads: usize, items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let queue = Mutex::new(items.into_iter().enumerate());
    let done = Mutex::new(Vec::new());
    let take = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                with_room(|| {
                    while let Some((place, item)) = take() {
                        let result = work(item);
                        done.lock().unwrap_or_else(PoisonError::into_inner).push((place, result));
                    }
                });
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}

impl From<Hunt> for Result {
    fn from(Hunt { bug, kill, cases, met, ran, seconds, .. }: Hunt) -> Self {
        Self { class: bug.class, name: bug.name, kill, cases, met, ran, seconds }
    }
}
