//! Broken on purpose: each treatment of the meter is switched off, on every lane alike, and the harness must notice;
//! and each way in which an adapter may lie about what it saw must be noticed too.
//!
//! The lanes agree with each other in these tests. What catches a broken meter is the reference, the fuel oracle or
//! the corpus.

use crate::common::{project, with_room};
use crate::score::catalogue::adapters::{LIES, Lie};
use crate::score::catalogue::composition::{WRONG_HOSTS, WRONG_RULES};
use crate::score::premetered::Premetered;
use modal_harness::corpus::{CorpusCase, CorpusError, files};
use modal_harness::generate::{Source, generate};
use modal_harness::{Case, EngineLane, Lane, LaneFault, LaneId, LaneSet, Observation, Panel, Property, Seed, Verdict};
use modal_wasm_meter::{Meter, Profile, Schedule, Treatment, Treatments};
use modal_wasm_runtime::EngineConfig;
use std::sync::Arc;

/// Generated cases after which a broken thing counts as not noticed.
const BUDGET: u64 = 400;

fn meter(treatments: Treatments) -> Meter {
    Meter::with_treatments(Profile::modal_1(), Schedule::instr_1(), treatments)
}

/// A panel with one lane.
fn panel_of(lane: impl Lane + 'static) -> Panel {
    Panel::new(LaneSet::of(vec![Box::new(lane)])).expect("the oracles are set up")
}

/// A panel whose one lane meters with these treatments.
///
/// wasmi is the quickest, and names every trap by itself. What the meter does because V8 does not is seen on V8 only.
fn panel_with(treatments: Treatments, on_v8: bool) -> Panel {
    if on_v8 {
        panel_of(Premetered::on_v8(meter(treatments), &[]))
    } else {
        panel_of(EngineLane::with_meter(EngineConfig::Wasmi, meter(treatments)))
    }
}

/// How something broken first shows.
#[derive(Debug, PartialEq, Eq)]
enum Notice {
    /// Observers differ, or one breaks a law.
    Diverges(Property),
    /// A lane cannot go on.
    Faults(&'static str),
    /// All agree on what a file of the corpus does not say.
    NotAsFiled,
}

/// What must be noticed when a treatment is gone.
fn due(treatment: Treatment) -> Notice {
    match treatment {
        Treatment::CanonicalNan
        | Treatment::StackHighWater
        | Treatment::OperandWeight
        | Treatment::EntryCost
        | Treatment::OperatorCost
        | Treatment::BulkCost
        | Treatment::BulkCostBeforeAct
        | Treatment::GrowCost
        | Treatment::InstantiationCost
        | Treatment::LoopCheck
        | Treatment::CallCheck
        | Treatment::BulkCheck
        | Treatment::InstantiationCheck
        | Treatment::MemoryCap
        | Treatment::TableCap
        | Treatment::ConversionTrapKind
        | Treatment::IndirectTrapKind
        | Treatment::SegmentsByStart
        | Treatment::SegmentsDropped => Notice::Diverges(Property::Reference),
        Treatment::StackLimit | Treatment::StackRestore => Notice::Faults("Counter"),
        Treatment::StartStripped => Notice::Faults("EngineInstantiate"),
        Treatment::ConstantFolding => Notice::Faults("EngineRejected"),
        Treatment::ImportList => Notice::Faults("UnknownImport"),
        Treatment::Features => Notice::Faults("EngineCompile"),
        Treatment::ReservedNames | Treatment::Limits => Notice::Faults("MeterDefect"),
    }
}

/// How a panel's fault first shows, in a generated case or else in the corpus, and in what words.
fn noticed(panel: &mut Panel) -> Option<(Notice, String)> {
    noticed_from(panel, |_| true)
}

/// The same, in generated cases from some sources only.
fn noticed_from(panel: &mut Panel, from: fn(Source) -> bool) -> Option<(Notice, String)> {
    let verdict = |verdict: &Verdict| match verdict {
        Verdict::Agree => Notice::NotAsFiled,
        Verdict::Diverge(divergence) => Notice::Diverges(divergence.bucket.property),
        Verdict::Fault(cause) => Notice::Faults(cause.fault.kind.clone().leak()),
    };
    let generated = (0..BUDGET).find_map(|index| {
        let seed = Seed::of_case(7, index);
        let generated = generate(seed).expect("a case");
        if !from(generated.source) {
            return None;
        }
        let case = panel.expand(generated.case, seed);
        let heard = panel.hear(&[Arc::new(case)]).pop()?.1;
        (heard != Verdict::Agree).then(|| (verdict(&heard), format!("after {} generated cases: {heard}", index + 1)))
    });
    let files = files(&project().join("corpus/cases")).expect("the corpus");
    generated.or_else(|| {
        files.iter().find_map(|path| {
            let error = CorpusCase::read(path).expect("a case of the corpus").check(panel).err()?;
            let notice = match &error {
                CorpusError::Verdict { verdict: heard, .. } => verdict(heard),
                CorpusError::Expectation { .. } => Notice::NotAsFiled,
                unreadable => panic!("{unreadable}"),
            };
            Some((notice, error.to_string()))
        })
    })
}

#[test]
fn the_sound_meter_passes_what_the_broken_ones_must_not() {
    with_room(|| {
        for on_v8 in [false, true] {
            assert_eq!(noticed(&mut panel_with(Treatments::all(), on_v8)), None);
        }
    });
}

#[test]
fn every_treatment_of_the_meter_is_missed_when_it_is_gone() {
    let wrong = with_room(|| {
        let mut wrong = Vec::new();
        for &treatment in Treatment::ALL {
            // wasmi names every trap by itself and knows extended constants; V8 shows what is done for V8.
            let on_v8 = matches!(
                treatment,
                Treatment::ConversionTrapKind | Treatment::IndirectTrapKind | Treatment::ConstantFolding
            );
            // wasm-smith's loops may have no end, which the check of loops alone puts to them.
            let ends = |source| !matches!(source, Source::Smith | Source::SmithCalm);
            let from = if treatment == Treatment::LoopCheck { ends } else { |_| true };
            let notice = noticed_from(&mut panel_with(Treatments::all().without(treatment), on_v8), from);
            let text = notice.as_ref().map_or("NOT NOTICED", |(_, text)| text);
            println!("without {}: {}", treatment.name(), shortened(text));
            if notice.as_ref().map(|(notice, _)| notice) != Some(&due(treatment)) {
                wrong.push(format!("{}: {:?} is due, not {}", treatment.name(), due(treatment), shortened(text)));
            }
        }
        wrong
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn shortened(text: &str) -> String {
    text.chars().take(200).collect()
}

#[test]
fn floats_that_cross_into_javascript_as_numbers_are_noticed() {
    let notice = with_room(|| noticed(&mut panel_of(Premetered::on_v8(meter(Treatments::all()), &["raw-floats"]))));
    let (notice, text) = notice.expect("a NaN loses its bits");
    assert_eq!(notice, Notice::Diverges(Property::Reference), "{text}");
    assert!(text.contains("0x7f") || text.contains("0xff"), "{text}");
}

#[test]
fn every_wrong_rule_of_composition_is_noticed() {
    let wrong = with_room(|| {
        let mut wrong = Vec::new();
        let mut check = |name: &str, panel: &mut Panel| {
            let notice = noticed(panel);
            let text = notice.as_ref().map_or("NOT NOTICED", |(_, text)| text);
            println!("a host that {name}: {}", shortened(text));
            if !matches!(notice, Some((Notice::Diverges(Property::Reference), _))) {
                wrong.push(format!("{name}: {}", shortened(text)));
            }
        };
        for (name, change) in WRONG_RULES {
            let mut schedule = Schedule::instr_1();
            change(&mut schedule.composition);
            let meter = Meter::new(Profile::modal_1(), schedule);
            check(name, &mut panel_of(EngineLane::with_meter(EngineConfig::Wasmi, meter)));
        }
        for (name, option) in WRONG_HOSTS {
            check(name, &mut panel_of(Premetered::on_v8(meter(Treatments::all()), &[option])));
        }
        wrong
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A sound lane whose observations are falsified on the way.
struct Lying {
    lane: EngineLane,
    lie: Lie,
}

impl Lane for Lying {
    fn id(&self) -> &LaneId {
        self.lane.id()
    }

    fn submit(&mut self, case: &Arc<Case>) {
        self.lane.submit(case);
    }

    fn collect(&mut self) -> Result<Observation, LaneFault> {
        let mut observation = self.lane.collect()?;
        (self.lie)(&mut observation);
        Ok(observation)
    }
}

#[test]
fn every_lie_of_an_adapter_is_noticed() {
    let believed = with_room(|| {
        LIES.iter()
            .filter(|(name, lie)| {
                let lane = Lying { lane: EngineLane::new(EngineConfig::Wasmi), lie: *lie };
                let sound = EngineLane::new(EngineConfig::Wasmi);
                let mut panel = Panel::new(LaneSet::of(vec![Box::new(sound), Box::new(lane)])).expect("the oracles");
                let notice = noticed(&mut panel);
                let text = notice.as_ref().map_or("NOT NOTICED", |(_, text)| text);
                println!("a lane that {name}: {}", shortened(text));
                !matches!(notice, Some((Notice::Diverges(_), _)))
            })
            .map(|(name, _)| *name)
            .collect::<Vec<_>>()
    });
    assert!(believed.is_empty(), "nothing notices lanes that: {believed:?}");
}

/// The register and these tests name the same treatments and lies.
#[test]
fn the_register_names_what_is_planted() {
    let register = std::fs::read_to_string(project().join("harness/REGISTER.md")).expect("the register");
    for treatment in Treatment::ALL {
        assert!(
            register.contains(&format!("`{}`", treatment.name())),
            "no row names the treatment {}",
            treatment.name()
        );
    }
    let wrong = WRONG_RULES.iter().map(|(name, _)| name).chain(WRONG_HOSTS.iter().map(|(name, _)| name));
    for lie in LIES.iter().map(|(lie, _)| lie).chain(wrong) {
        assert!(register.contains(&format!("*{lie}*")), "no row names the lie {lie}");
    }
}
