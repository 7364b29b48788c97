//! A hunt goes after one bug, case by case, until a verdict other than agreement gives it away.

use crate::common::project;
use crate::score::bug::{Bug, Lie, Plant};
use crate::score::premetered::Premetered;
use crate::score::rewrite::{Fault, INVALID, rewrite};
use crate::score::site::Site;
use crate::score::stage::{Heard, now};
use crate::score::tamper::{Tampering, all_alike, one_observer};
use modal_harness::corpus::{CorpusCase, CorpusError, files};
use modal_harness::observation::Observation;
use modal_harness::oracle::{Evidence, Witness};
use modal_harness::{Case, EngineLane, Lane, LaneSet, Panel, Verdict, judge};
use modal_wasm_meter::{Meter, Profile, Schedule};
use modal_wasm_runtime::EngineConfig;
use std::collections::BTreeMap;
use std::sync::Arc;
use wasm_encoder::Instruction;

/// A bug that is being hunted.
pub(super) struct Hunt {
    pub(super) bug: Bug,
    pub(super) kill: Option<Kill>,
    /// The cases that were looked at.
    pub(super) cases: u64,
    /// The cases in which the bug changed code or a request; all of them where that cannot be told beforehand.
    pub(super) met: u64,
    /// The first case, counted from one, in which faulty code ran, if it was not noticed then.
    pub(super) ran: Option<u64>,
    pub(super) seconds: f64,
    /// The lane with the bug, opened when it is needed.
    lane: Option<Box<dyn Lane>>,
    /// A lane that traps where the bug is.
    trap: Option<EngineLane>,
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

/// What there is to see of a bug in a case.
enum Sight {
    /// The bug changes nothing in the case.
    Absent,
    /// All agree.
    Unnoticed,
    /// Somebody says so.
    Noticed(String),
}

/// What noticed a bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Killer {
    /// A generated case.
    Generated,
    /// A file of the corpus, after no generated case had.
    Corpus,
}

impl From<Verdict> for Sight {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Agree => Self::Unnoticed,
            Verdict::Diverge(_) | Verdict::Fault(_) => Self::Noticed(verdict.to_string()),
        }
    }
}

/// A meter whose modules count their rounds, with a fault in them or none.
pub(super) fn rewriting(meter: Meter, fault: Option<Fault>) -> Meter {
    meter.with_rewriting(move |metered| match &fault {
        Some(fault) => rewrite(&metered, Some(fault)).bytes,
        None => rewrite(&metered, None).bytes,
    })
}

impl Hunt {
    pub(super) fn new(bug: Bug) -> Self {
        let (kept, known) = (BTreeMap::new(), Vec::new());
        Self {
            bug,
            kill: None,
            cases: 0,
            met: 0,
            ran: None,
            seconds: 0.0,
            lane: None,
            trap: None,
            panel: None,
            kept,
            known,
        }
    }

    /// Looks at one more case.
    pub(super) fn look(&mut self, heard: &Heard) {
        let started = now();
        let sight = self.sight(heard);
        self.cases = heard.index + 1;
        self.seconds += started.elapsed().as_secs_f64() + heard.seconds;
        match sight {
            Sight::Absent => {}
            Sight::Unnoticed => {
                self.met += 1;
                if self.ran.is_none() && self.runs(heard) {
                    self.ran = Some(self.cases);
                }
            }
            Sight::Noticed(notice) => {
                self.met += 1;
                self.end(Killer::Generated, notice);
            }
        }
    }

    /// Looks at the corpus, if its cases can meet the bug.
    pub(super) fn look_at_the_corpus(&mut self) {
        let Some(lane) = self.broken_lane() else { return };
        let mut panel = panel_of(lane);
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
        (self.lane, self.trap, self.panel) = (None, None, None);
    }

    /// What there is to see of the bug in a case.
    fn sight(&mut self, heard: &Heard) -> Sight {
        let Heard { case, evidence, .. } = heard;
        let plant = self.bug.plant;
        match plant {
            Plant::Meter(_) | Plant::MeterForV8(_) | Plant::Rule(_) => self.on_every_lane(heard),
            Plant::Written(fault) if self.is_met(heard, fault) => self.on_every_lane(heard),
            Plant::Engine(fault) if self.is_met(heard, fault) => self.beside_a_sound_lane(heard, case, |_, _| {}),
            Plant::Written(_) | Plant::Engine(_) => Sight::Absent,
            Plant::Worker(_) => self.beside_a_sound_lane(heard, case, |_, _| {}),
            Plant::Hears(hear) => match hear(&mut self.kept, case) {
                Some(other) => self.beside_a_sound_lane(heard, &Arc::new(other), |_, _| {}),
                None => Sight::Absent,
            },
            Plant::HearsAndTells(hear, tell) => match hear(case) {
                Some(other) => self.beside_a_sound_lane(heard, &Arc::new(other), tell),
                None => Sight::Absent,
            },
            Plant::Tells(tell) => {
                let mut evidence = evidence.clone();
                evidence.lanes.truncate(2);
                if let Some(Witness { observation: Ok(seen), .. }) = evidence.lanes.last_mut() {
                    tell(seen);
                }
                judged(case, &evidence)
            }
            Plant::Bindings(lie) if !case.validations.is_empty() => {
                let mut evidence = evidence.clone();
                let observations = evidence.lanes.iter_mut().filter_map(|lane| lane.observation.as_mut().ok());
                for seen in observations.filter(|seen| !seen.answers.is_empty()) {
                    match lie {
                        Lie::Tells(tell) => tell(&mut seen.answers),
                        // The bindings of a sound form answer what the native form does.
                        Lie::Hears(hear) => {
                            let calls = case.validations.iter().filter_map(|validation| validation.input(case));
                            seen.answers = calls.map(|call| modal_wasm_validation::call(&hear(call))).collect();
                        }
                    }
                }
                judged(case, &evidence)
            }
            Plant::Guest(made) if !case.validations.is_empty() => {
                // Where limits were swept is the sound guest's affair.
                let runs = case.runs.iter().take(case.validations.len()).cloned().collect();
                let validations = case.validations.clone();
                let case = Arc::new(Case { validations, ..Case::new(made(), runs) });
                let wasmi = || -> Box<dyn Lane> { Box::new(EngineLane::new(EngineConfig::Wasmi)) };
                let panel = self.panel.get_or_insert_with(|| panel_of(wasmi()));
                panel.hear(&[case]).pop().map_or(Sight::Absent, |(_, verdict)| verdict.into())
            }
            Plant::Bindings(_) | Plant::Guest(_) => Sight::Absent,
            Plant::Nodes(lie) => {
                let mut evidence = evidence.clone();
                let Some(Ok(readings)) = &mut evidence.nodes else { return Sight::Absent };
                readings.iter_mut().for_each(|reading| lie(&mut reading.uploaded));
                judged(case, &evidence)
            }
            Plant::Judge(blind) => {
                let tamperings = one_observer(evidence).into_iter().chain(all_alike(case, evidence));
                let overlooked = tamperings.into_iter().find_map(|Tampering { what, evidence }| {
                    let mut blinded = (Case::clone(case), evidence.clone());
                    blind(&mut blinded.0, &mut blinded.1);
                    // Where the sound judge says nothing either, there was nothing to see.
                    let sound = judge(case, &evidence);
                    let overlooks = judge(&blinded.0, &blinded.1) == Verdict::Agree && sound != Verdict::Agree;
                    overlooks.then(|| format!("it overlooks {what}: {sound}"))
                });
                overlooked.map_or(Sight::Unnoticed, Sight::Noticed)
            }
        }
    }

    /// All lanes have the bug, and nodes would have it too: what is left are the reference, the fuel and the laws.
    fn on_every_lane(&mut self, heard: &Heard) -> Sight {
        let lanes = vec![self.observe(&heard.case)];
        judged(&heard.case, &Evidence { lanes, nodes: None, ..heard.evidence.clone() })
    }

    /// One lane has the bug: it observes a case, which may be another than it was given, and tells of that.
    fn beside_a_sound_lane(&mut self, heard: &Heard, observed: &Arc<Case>, tell: fn(&Case, &mut Observation)) -> Sight {
        let mut broken = self.observe(observed);
        if let Ok(seen) = &mut broken.observation {
            tell(&heard.case, seen);
        }
        let sound = heard.evidence.lanes.iter().take(1).cloned();
        let lanes = sound.chain([broken]).collect();
        judged(&heard.case, &Evidence { lanes, ..heard.evidence.clone() })
    }

    /// Whether faulty code runs in a case: a trap in its place would be noticed. What is not code is taken to run.
    fn runs(&mut self, heard: &Heard) -> bool {
        let (Plant::Written(fault) | Plant::Engine(fault)) = self.bug.plant else { return true };
        let lane = self.trap.get_or_insert_with(|| {
            let trap = move |site: &Site<'_>| {
                let code = fault(site)?;
                Some([vec![Instruction::Unreachable], code].concat())
            };
            let meter = Meter::default().with_rewriting(move |metered| rewrite(&metered, Some(&trap)).bytes);
            EngineLane::with_meter(EngineConfig::Wasmi, meter)
        });
        let trapped = Witness { lane: "trapping".into(), observation: lane.observe(&heard.case) };
        let sound = heard.evidence.lanes.iter().take(1).cloned();
        judge(&heard.case, &Evidence { lanes: sound.chain([trapped]).collect(), ..heard.evidence.clone() })
            != Verdict::Agree
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
                return rewrite(metered, Some(&fault)).sites > 0;
            }
            if let Some((_, met)) = self.known.iter().find(|(known, _)| known == metered) {
                return *met;
            }
            let met = rewrite(metered, Some(&fault)).sites > 0;
            self.known.push((Arc::clone(metered), met));
            met
        })
    }
}

/// Bytes of a module that takes long to rewrite. There is one in the main job, the validators' guest.
const LONG: usize = 100_000;

fn judged(case: &Case, evidence: &Evidence) -> Sight {
    judge(case, evidence).into()
}

fn panel_of(lane: Box<dyn Lane>) -> Panel {
    Panel::new(LaneSet::of(vec![lane])).expect("the oracles are set up")
}
