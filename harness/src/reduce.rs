//! A reduction makes a case as small as it gets while it stays what it is: the same bucket, usually.
//!
//! It is greedy and knows no chance: passes propose changes in a fixed order, from large cuts to single numbers, and a
//! change is kept if the case weighs less and the caller still wants it. Rounds of all passes go on until one changes
//! nothing. What is tried is a function of the case and of the caller's answers, so that the same input ends in the
//! same output, on any machine, however long it takes there.

mod flow;
mod pass;
mod sketch;
mod subject;
#[cfg(test)]
mod tests;
mod weight;

use crate::{CallableModule, Case, Run, digest};
use modal_wasm_meter::Meter;
use pass::{PASSES, Pass, Reach};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use subject::{Place, Subject};
use weight::{Weight, operators};

/// Candidates after which a reduction ends with what it has, unless told.
pub const DEFAULT_ATTEMPTS: u32 = 20_000;

/// Makes cases smaller.
pub struct Reducer<'a> {
    attempts: u32,
    watch: Option<&'a mut dyn FnMut(&ReductionProgress)>,
}

/// How far a reduction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReductionProgress {
    /// The candidates that the caller was asked about.
    pub attempts: u32,
    /// How many it may be asked about.
    pub most_attempts: u32,
    /// The size of the smallest case so far.
    pub size: CaseSize,
}

/// How large a case is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseSize {
    /// Bytes of its modules.
    pub bytes: usize,
    /// Operators in the bodies of their functions, without each body's last `end`.
    pub operators: usize,
    /// Modules: its own, and those that guests can call.
    pub modules: usize,
    /// Runs.
    pub runs: usize,
    /// Bytes of the inputs of runs by the ABI.
    pub input_bytes: usize,
}

/// What a reduction came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reduction {
    /// The smallest case that was found.
    pub case: Arc<Case>,
    /// The size of the case that was given.
    pub from: CaseSize,
    /// The size of the smallest.
    pub to: CaseSize,
    /// How many candidates the caller was asked about.
    pub attempts: u32,
    /// Whether no change is left to try; otherwise the attempts ran out.
    pub finished: bool,
}

/// Why nothing is reduced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("failed to reduce a case that is not wanted as it is: what is to be kept must hold for the case given")]
pub struct NotWanted;

impl Default for Reducer<'_> {
    fn default() -> Self {
        Self { attempts: DEFAULT_ATTEMPTS, watch: None }
    }
}

impl<'a> Reducer<'a> {
    /// Ends after so many candidates, however small the case is then.
    #[must_use]
    pub fn attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// Tells how far it is after every candidate.
    #[must_use]
    pub fn watch(self, watch: &'a mut dyn FnMut(&ReductionProgress)) -> Self {
        Self { watch: Some(watch), ..self }
    }

    /// Makes a case smaller as long as `keep` wants the smaller one.
    ///
    /// # Errors
    ///
    /// If `keep` does not want the case as it is given.
    pub fn run(self, case: &Arc<Case>, keep: impl FnMut(&Arc<Case>) -> bool) -> Result<Reduction, NotWanted> {
        let meter = Meter::default();
        let admits = |name: &String, bytes: &[u8]| (name.clone(), meter.meter(bytes).is_ok());
        let mut search = Search {
            reducer: self,
            admitted: meter.meter(&case.module).is_ok(),
            callable: case.modules.iter().map(|(name, module)| admits(name, &module.bytes)).collect(),
            meter,
            keep,
            best: Arc::clone(case),
            weight: Weight::of(case, None),
            size: CaseSize::of(case),
            attempts: 0,
            seen: BTreeSet::new(),
        };
        if !(search.keep)(case) {
            return Err(NotWanted);
        }
        let finished = search.rounds().is_ok();
        Ok(Reduction {
            from: CaseSize::of(case),
            to: search.size,
            case: search.best,
            attempts: search.attempts,
            finished,
        })
    }
}

impl CaseSize {
    /// The size of a case.
    #[must_use]
    pub fn of(case: &Case) -> Self {
        let modules = || [&case.module].into_iter().chain(case.modules.values().map(|module| &module.bytes));
        let input = |run: &Run| match run {
            Run::Exports { .. } => 0,
            Run::Abi { input, .. } => input.len(),
        };
        Self {
            bytes: modules().map(Vec::len).sum(),
            operators: modules().filter_map(|module| operators(module)).sum(),
            modules: modules().count(),
            runs: case.runs.len(),
            input_bytes: case.runs.iter().map(input).sum(),
        }
    }
}

/// The attempts have run out.
struct Spent;

struct Search<'a, K> {
    reducer: Reducer<'a>,
    meter: Meter,
    keep: K,
    /// Whether the meter admits the module that was given: then it has to admit every smaller one.
    admitted: bool,
    /// The same of each module that guests can call.
    callable: BTreeMap<String, bool>,
    best: Arc<Case>,
    weight: Weight,
    size: CaseSize,
    attempts: u32,
    /// What was tried, by digest: rounds propose much of it again.
    seen: BTreeSet<String>,
}

impl<K: FnMut(&Arc<Case>) -> bool> Search<'_, K> {
    fn rounds(&mut self) -> Result<(), Spent> {
        loop {
            let before = self.weight.sum;
            for pass in PASSES {
                self.pass(*pass)?;
            }
            if self.weight.sum == before {
                return Ok(());
            }
        }
    }

    fn pass(&mut self, pass: Pass) -> Result<(), Spent> {
        let places = match pass.reach {
            Reach::Case => 1,
            Reach::Module => Place::all(&self.best).count(),
        };
        (0..places).try_for_each(|place| self.pass_at(pass, place))
    }

    /// Tries the changes of a pass in order. After one is kept the list is made anew, and its like comes next.
    fn pass_at(&mut self, pass: Pass, place: usize) -> Result<(), Spent> {
        let mut number = 0;
        loop {
            let case = Arc::clone(&self.best);
            let Some(place) = Place::all(&case).nth(place) else { return Ok(()) };
            let subject = Subject::of(&case, place);
            let changes = pass.changes(&subject);
            loop {
                let Some(change) = changes.get(number) else { return Ok(()) };
                if let Some(candidate) = change()
                    && self.attempt(candidate)?
                {
                    break;
                }
                number += 1;
            }
        }
    }

    /// Whether a candidate is smaller and wanted; it is the best then.
    fn attempt(&mut self, candidate: Case) -> Result<bool, Spent> {
        let weight = Weight::of(&candidate, Some((&self.best, self.weight)));
        if weight.sum >= self.weight.sum || !self.is_admitted(&candidate) {
            return Ok(false);
        }
        let bytes = serde_json::to_vec(&candidate).expect("a case has only text keys and finite numbers");
        if !self.seen.insert(digest::hex(&bytes)) {
            return Ok(false);
        }
        if self.attempts == self.reducer.attempts {
            return Err(Spent);
        }
        self.attempts += 1;
        let candidate = Arc::new(candidate);
        let wanted = (self.keep)(&candidate);
        if wanted {
            self.size = CaseSize::of(&candidate);
            (self.best, self.weight) = (candidate, weight);
        }
        if let Some(watch) = &mut self.reducer.watch {
            let (attempts, most_attempts, size) = (self.attempts, self.reducer.attempts, self.size);
            watch(&ReductionProgress { attempts, most_attempts, size });
        }
        Ok(wanted)
    }

    /// Whether a case can be heard: every node it is uploaded to can invoke it, and the meter admits every module that
    /// took the place of one that it admits. The reference does not know the
    /// profile's limits, so a module that breaks one is seen differently for no reason.
    fn is_admitted(&self, candidate: &Case) -> bool {
        let may_be = |bytes: &[u8], best: &[u8]| bytes == best || self.meter.meter(bytes).is_ok();
        let callable = |(name, module): (&String, &CallableModule)| {
            let best = self.best.modules.get(name).map_or(&[][..], |best| &best.bytes);
            self.callable.get(name) != Some(&true) || may_be(&module.bytes, best)
        };
        // A node runs nothing else but invocations.
        let uploaded = candidate.upload.is_none_or(|upload| upload.fits(candidate));
        let own = !self.admitted || may_be(&candidate.module, &self.best.module);
        uploaded && own && candidate.modules.iter().all(callable)
    }
}
