//! A hunt goes after one bug, case by case, until a verdict other than agreement gives it away.

use crate::common::project;
use crate::score::bug::{Bug, Lie, Plant};
use crate::score::premetered::Premetered;
use crate::score::rewrite::{Fault, INVALID, rewrite};
use crate::score::stage::{Heard, now};
use crate::score::tamper::{all_alike, one_observer};
use modal_harness::corpus::{CorpusCase, CorpusError, files};
use modal_harness::oracle::{Evidence, Witness};
use modal_harness::{Case, EngineLane, Lane, LaneSet, Panel, Verdict, judge};
use modal_wasm_meter::{Meter, Profile, Schedule};
use modal_wasm_runtime::EngineConfig;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A bug that is being hunted.
pub(super) struct Hunt {
    pub(super) bug: Bug,
    pub(super) kill: Option<Kill>,
    /// The cases that were looked at.
    pub(super) cases: u64,
    /// The cases in which the bug changed code or a request; all of them where that cannot be told beforehand.
    pub(super) met: u64,
    pub(super) seconds: f64,
    /// The lane with the bug, opened when it is needed.
    lane: Option<Box<dyn Lane>>,
    /// The panel of a guest that is wrong.
    panel: Option<Panel>,
    kept: BTreeMap<Vec<u8>, Vec<u8>>,
    /// Whether the fault is in a module that was asked for before: long modules come again.
    known: Vec<(Arc<[u8]>, bool)>,
}

/// How a bug was noticed.
#[derive(Clone, Debug)]
pub(crate) struct Kill {
    pub(crate) by: Killer,
    /// What was said.
    pub(crate) notice: String,
}

/// What noticed a bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Killer {
    /// A generated case.
    Generated,
    /// A file of the corpus, after no generated case had.
    Corpus,
}

/// A meter whose modules count their rounds, with a fault in them or none.
pub(super) fn rewriting(meter: Meter, fault: Option<Fault>) -> Meter {
    meter.with_rewriting(move |metered| rewrite(&metered, fault).bytes)
}

impl Hunt {
    pub(super) fn new(bug: Bug) -> Self {
        let (kept, known) = (BTreeMap::new(), Vec::new());
        Self { bug, kill: None, cases: 0, met: 0, seconds: 0.0, lane: None, panel: None, kept, known }
    }

    /// Looks at one more case.
    pub(super) fn look(&mut self, heard: &Heard) {
        let started = now();
        let verdict = self.verdict(heard);
        self.cases = heard.index + 1;
        self.seconds += started.elapsed().as_secs_f64() + heard.seconds;
        self.met += u64::from(verdict.is_some());
        if let Some(verdict) = verdict.filter(|verdict| *verdict != Verdict::Agree) {
            self.end(Killer::Generated, verdict.to_string());
        }
    }

    /// Looks at the corpus, if its cases can meet the bug.
    pub(super) fn look_at_the_corpus(&mut self) {
        let Some(lane) = self.broken_lane() else { return };
        let mut panel = Panel::new(LaneSet::of(vec![lane])).expect("the oracles are set up");
        for path in files(&project().join("corpus/cases")).expect("the corpus") {
            let case = CorpusCase::read(&path).expect("a case of the corpus");
            match case.check(&mut panel) {
                Ok(_) => {}
                Err(error @ (CorpusError::Verdict { .. } | CorpusError::Expectation { .. })) => {
                    return self.end(Killer::Corpus, error.to_string());
                }
                Err(unreadable) => panic!("{unreadable}"),
            }
        }
    }

    fn end(&mut self, by: Killer, notice: String) {
        assert!(!notice.contains(INVALID), "{}: {notice}", self.bug.name);
        self.kill = Some(Kill { by, notice });
        // Its worker ends with the lane.
        (self.lane, self.panel) = (None, None);
    }

    /// What the judge says of a case with the bug in it; nothing if the bug changes nothing in the case.
    fn verdict(&mut self, heard: &Heard) -> Option<Verdict> {
        let Heard { case, evidence, .. } = heard;
        let judged = |lanes: Vec<Witness>| Some(judge(case, &Evidence { lanes, ..evidence.clone() }));
        match self.bug.plant {
            Plant::Meter(_) | Plant::MeterForV8(_) | Plant::Rule(_) => {
                let lanes = vec![self.observe(case)];
                // Nodes would have the same meter.
                Some(judge(case, &Evidence { lanes, nodes: None, ..evidence.clone() }))
            }
            Plant::Written(fault) => {
                if !self.is_met(heard, fault) {
                    return None;
                }
                let lanes = vec![self.observe(case)];
                Some(judge(case, &Evidence { lanes, nodes: None, ..evidence.clone() }))
            }
            Plant::Engine(fault) => {
                if !self.is_met(heard, fault) {
                    return None;
                }
                let sound = evidence.lanes.first()?.clone();
                judged(vec![sound, self.observe(case)])
            }
            Plant::Worker(_) => {
                let sound = evidence.lanes.first()?.clone();
                judged(vec![sound, self.observe(case)])
            }
            Plant::Tells(tell) => {
                let [sound, lying] = sound_pair(evidence)?;
                let observation = lying.observation.map(|mut seen| {
                    tell(&mut seen);
                    seen
                });
                judged(vec![sound, Witness { observation, ..lying }])
            }
            Plant::Hears(hear) => {
                let other = hear(&mut self.kept, case)?;
                let [sound, _] = sound_pair(evidence)?;
                judged(vec![sound, self.observe(&Arc::new(other))])
            }
            Plant::HearsAndTells(hear, tell) => {
                let other = hear(case)?;
                let [sound, _] = sound_pair(evidence)?;
                let Witness { lane, observation } = self.observe(&Arc::new(other));
                let observation = observation.map(|mut seen| {
                    tell(case, &mut seen);
                    seen
                });
                judged(vec![sound, Witness { lane, observation }])
            }
            Plant::Bindings(lie) => {
                if case.validations.is_empty() {
                    return None;
                }
                let mut evidence = evidence.clone();
                for seen in evidence.lanes.iter_mut().filter_map(|lane| lane.observation.as_mut().ok()) {
                    if seen.answers.is_empty() {
                        continue;
                    }
                    match lie {
                        Lie::Tells(tell) => tell(&mut seen.answers),
                        // The bindings of a sound form answer what the native form does.
                        Lie::Hears(hear) => {
                            let calls = case.validations.iter().filter_map(|validation| validation.input(case));
                            seen.answers = calls.map(|call| modal_wasm_validation::call(&hear(call))).collect();
                        }
                    }
                }
                Some(judge(case, &evidence))
            }
            Plant::Guest(made) => {
                if case.validations.is_empty() {
                    return None;
                }
                let panel = self.panel.get_or_insert_with(|| {
                    let lane: Box<dyn Lane> = Box::new(EngineLane::new(EngineConfig::Wasmi));
                    Panel::new(LaneSet::of(vec![lane])).expect("the oracles are set up")
                });
                // Where limits were swept is the sound guest's affair.
                let runs = case.runs.iter().take(case.validations.len()).cloned().collect();
                let validations = case.validations.clone();
                let case = Case { validations, ..Case::new(made(), runs) };
                Some(panel.hear(&[Arc::new(case)]).pop()?.1)
            }
            Plant::Nodes(lie) => {
                let mut evidence = evidence.clone();
                let Some(Ok(readings)) = &mut evidence.nodes else { return None };
                readings.iter_mut().for_each(|reading| lie(&mut reading.uploaded));
                Some(judge(case, &evidence))
            }
            Plant::Judge(blind) => {
                let tamperings = one_observer(evidence).into_iter().chain(all_alike(case, evidence));
                let fooled = tamperings.into_iter().find(|tampering| {
                    let (mut case, mut evidence) = (Case::clone(case), tampering.evidence.clone());
                    blind(&mut case, &mut evidence);
                    judge(&case, &evidence) == Verdict::Agree
                        && judge(&heard.case, &tampering.evidence) != Verdict::Agree
                });
                // The notice is what a judge that sees says.
                Some(fooled.map_or(Verdict::Agree, |tampering| judge(case, &tampering.evidence)))
            }
        }
    }

    fn observe(&mut self, case: &Arc<Case>) -> Witness {
        if self.lane.is_none() {
            self.lane = self.broken_lane();
        }
        let lane = self.lane.as_mut().expect("a bug that is observed is in a lane");
        Witness { lane: "broken".into(), observation: lane.observe(case) }
    }

    /// A lane with the bug in it, if that is where it is.
    fn broken_lane(&self) -> Option<Box<dyn Lane>> {
        let wasmi =
            |meter| -> Option<Box<dyn Lane>> { Some(Box::new(EngineLane::with_meter(EngineConfig::Wasmi, meter))) };
        let v8 =
            |meter, options: &[&str]| -> Option<Box<dyn Lane>> { Some(Box::new(Premetered::on_v8(meter, options))) };
        match self.bug.plant {
            // The rounds are counted, since a meter without checks lets loops go on for ever.
            Plant::Meter(make) => wasmi(rewriting(make(), None)),
            Plant::MeterForV8(make) => v8(make(), &[]),
            Plant::Rule(change) => {
                let mut schedule = Schedule::instr_1();
                change(&mut schedule.composition);
                wasmi(Meter::new(Profile::modal_1(), schedule))
            }
            Plant::Written(fault) | Plant::Engine(fault) => wasmi(rewriting(Meter::default(), Some(fault))),
            Plant::Worker(option) => v8(Meter::default(), &[option]),
            Plant::Hears(_) | Plant::HearsAndTells(..) => wasmi(Meter::default()),
            Plant::Tells(_) | Plant::Bindings(_) | Plant::Guest(_) | Plant::Nodes(_) | Plant::Judge(_) => None,
        }
    }

    /// Whether a fault is anywhere in the modules of a case.
    fn is_met(&mut self, heard: &Heard, fault: Fault) -> bool {
        heard.metered.iter().any(|metered| {
            if metered.len() < LONG {
                return rewrite(metered, Some(fault)).sites > 0;
            }
            if let Some((_, met)) = self.known.iter().find(|(known, _)| known == metered) {
                return *met;
            }
            let met = rewrite(metered, Some(fault)).sites > 0;
            self.known.push((Arc::clone(metered), met));
            met
        })
    }
}

/// Bytes of a module that takes long to rewrite. There is one in the main job, the validators' guest.
const LONG: usize = 100_000;

/// Two sound lanes: Wasmtime and wasmi.
fn sound_pair(evidence: &Evidence) -> Option<[Witness; 2]> {
    match &evidence.lanes[..] {
        [first, second, ..] => Some([first.clone(), second.clone()]),
        _ => None,
    }
}
