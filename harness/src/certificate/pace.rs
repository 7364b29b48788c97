//! A pace is how long a lane takes over cases when it has them to itself.
//!
//! A campaign does not tell: its lanes work side by side on the same cores, and one in another process works while this one
//! waits for it. So lanes take turns here, one at a time and on one thread, over the same cases, several times, and a pace is
//! the median: of two lanes' paces over the same cases, the ratio is what one costs beside the other.

use crate::{Case, Lane, LaneFault, LaneSet};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Instant;

/// Cases that a lane is handed at a time, as in a run: a lane in another process works on some while it is handed others.
const CHUNK: usize = 32;

/// How long a lane takes over cases: to meter and compile them, to run them, and to tell what it saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Pace {
    /// The lane's name.
    pub lane: String,
    /// How many cases, the same of every lane.
    pub cases: u64,
    /// How many runs those cases have.
    pub executions: u64,
    /// What each pass over them took, in microseconds.
    pub passes: Vec<u64>,
}

impl Pace {
    /// What each lane takes over the cases, in so many passes after one that does not count.
    ///
    /// In each pass every lane has its turn, so that a machine that slows down does so for all of them. A case that one
    /// lane cannot be sent, because it lacks a feature, none is sent.
    ///
    /// # Errors
    ///
    /// If a lane has no observation of a case: what breaks has no pace.
    pub fn measure(lanes: &mut LaneSet, cases: &[Arc<Case>], passes: usize) -> Result<Vec<Self>, LaneFault> {
        let lacked = lanes.lacks();
        let for_all = |case: &&Arc<Case>| !lacked.iter().any(|feature| feature.is_needed(case));
        let cases = cases.iter().filter(for_all).cloned().collect::<Vec<_>>();
        let mut paces = Vec::new();
        for lane in lanes.each() {
            let (executions, _) = pass(lane, &cases)?;
            let lane = lane.id().name.clone();
            paces.push(Self { lane, cases: cases.len() as u64, executions, passes: Vec::with_capacity(passes) });
        }
        for _ in 0..passes {
            for (lane, pace) in lanes.each().zip(&mut paces) {
                pace.passes.push(pass(lane, &cases)?.1);
            }
        }
        Ok(paces)
    }

    /// The median of the passes, in microseconds: the lower of two in the middle, and nothing if there is none.
    #[must_use]
    pub fn median(&self) -> Option<u64> {
        let mut passes = self.passes.clone();
        passes.sort_unstable();
        passes.get(passes.len().saturating_sub(1) / 2).copied()
    }
}

/// Hands cases to a lane: how many runs it saw, and how many microseconds it took.
#[expect(clippy::disallowed_methods, reason = "a pace is a time; it goes in the sidecar and in no certificate")]
fn pass(lane: &mut dyn Lane, cases: &[Arc<Case>]) -> Result<(u64, u64), LaneFault> {
    let start = Instant::now();
    let mut executions = 0;
    for chunk in cases.chunks(CHUNK) {
        chunk.iter().for_each(|case| lane.submit(case));
        // Every case is collected, whatever comes of the others, so that the lane can go on.
        let seen = chunk.iter().map(|_| lane.collect()).collect::<Vec<_>>();
        for observation in seen {
            executions += observation?.runs.len() as u64;
        }
    }
    Ok((executions, u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::ModuleObservation;
    use crate::{LaneId, Observation};

    /// A lane that sees nothing of a case, and breaks on one of them.
    struct Stub {
        id: LaneId,
        breaks_at: Option<usize>,
        submitted: usize,
        collected: usize,
    }

    impl Stub {
        fn lane(name: &str, breaks_at: Option<usize>) -> Box<dyn Lane> {
            let id = LaneId { name: name.into(), version: String::new() };
            Box::new(Self { id, breaks_at, submitted: 0, collected: 0 })
        }
    }

    impl Lane for Stub {
        fn id(&self) -> &LaneId {
            &self.id
        }

        fn submit(&mut self, _: &Arc<Case>) {
            self.submitted += 1;
            assert!(self.submitted - self.collected <= CHUNK, "a lane is not handed more than it may hold");
        }

        fn collect(&mut self) -> Result<Observation, LaneFault> {
            self.collected += 1;
            if self.breaks_at == Some(self.collected) {
                return Err(LaneFault::new("Stub", "broken"));
            }
            let module = ModuleObservation::Accepted { metered_sha256: None };
            Ok(Observation { module, runs: Vec::new(), answers: Vec::new() })
        }
    }

    fn cases(count: usize) -> Vec<Arc<Case>> {
        (0..count).map(|_| Arc::new(Case::new(Vec::new(), Vec::new()))).collect()
    }

    #[test]
    fn every_lane_has_as_many_passes_over_the_same_cases() {
        let mut lanes = LaneSet::of(vec![Stub::lane("a", None), Stub::lane("b", None)]);
        let paces = Pace::measure(&mut lanes, &cases(70), 3).expect("stubs do not break");
        let told = paces.iter().map(|pace| (pace.lane.as_str(), pace.cases, pace.passes.len())).collect::<Vec<_>>();
        assert_eq!(told, [("a", 70, 3), ("b", 70, 3)]);
    }

    #[test]
    fn what_breaks_has_no_pace() {
        for breaks_at in [1, 70, 71, 280] {
            let mut lanes = LaneSet::of(vec![Stub::lane("a", None), Stub::lane("b", Some(breaks_at))]);
            let fault = Pace::measure(&mut lanes, &cases(70), 3).expect_err("one lane breaks");
            assert_eq!(fault.kind, "Stub", "at {breaks_at}");
        }
    }

    #[test]
    fn the_median_is_in_the_middle() {
        let median =
            |passes: &[u64]| Pace { lane: String::new(), cases: 0, executions: 0, passes: passes.to_vec() }.median();
        for (passes, middle) in [(&[][..], None), (&[7], Some(7)), (&[9, 1], Some(1)), (&[5, 1, 9], Some(5))] {
            assert_eq!(median(passes), middle, "{passes:?}");
        }
    }
}
