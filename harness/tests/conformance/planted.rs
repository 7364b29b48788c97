//! Broken on purpose: each treatment of the meter is switched off, on every lane alike, and the harness must notice;
//! and each way in which an adapter may lie about what it saw must be noticed too.
//!
//! The lanes agree with each other in these tests. What catches a broken meter is the reference, the fuel oracle or
//! the corpus.

use crate::common::{project, with_room};
use modal_harness::corpus::{CorpusCase, CorpusError, files};
use modal_harness::generate::{Source, generate};
use modal_harness::observation::{ModuleObservation, Outcome, RunObservation, Step, TrapKind};
use modal_harness::{
    CallableModule, Case, EngineLane, Lane, LaneFault, LaneId, LaneSet, Observation, Panel, ProcessLane, Property,
    Seed, Verdict, WorkerCommand,
};
use modal_wasm_meter::{CompositionRule, Meter, Metered, Profile, Rejection, Schedule, Treatment, Treatments};
use modal_wasm_runtime::EngineConfig;
use serde_json::json;
use std::collections::VecDeque;
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

type WrongRule = fn(&mut CompositionRule);

/// Numbers of the schedule that hosts apply, each changed on every lane alike. The reference keeps the right ones.
const WRONG_RULES: &[(&str, WrongRule)] = &[
    ("charges nothing for a call", |rule| rule.call = 0),
    ("charges nothing for bytes that it copies", |rule| rule.byte = 0),
    ("keeps nothing for the caller", |rule| rule.kept_part = u32::MAX),
    ("allows one open call too many", |rule| rule.open_calls += 1),
    ("allows one open call too few", |rule| rule.open_calls -= 1),
    ("weighs nothing for an open call", |rule| rule.words = 0),
];

/// What a host can do wrong beside that: options of the planted worker.
const WRONG_HOSTS: &[(&str, &str)] = &[
    ("charges nothing for what a module used", "free-callees"),
    ("charges a module that trapped less than its budget", "cheap-traps"),
    ("sees no cycle", "no-cycles"),
    ("gives each module a stack of its own", "own-stacks"),
    ("keeps a result for the next budget", "stale-results"),
    ("charges nothing for what an instance starts with", "free-instances"),
];

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

/// The SDK's worker on modules that a meter of this test's metered.
struct Premetered {
    meter: Meter,
    lane: ProcessLane,
    waiting: VecDeque<Option<Rejection>>,
}

impl Premetered {
    fn on_v8(meter: Meter, options: &[&str]) -> Self {
        let script = project().join("harness/tests/conformance/planted/worker.mjs");
        let args = std::iter::once(script.into()).chain(options.iter().map(Into::into)).collect();
        let lane = ProcessLane::spawn("node", &WorkerCommand { program: "node".into(), args }).expect("a worker");
        Self { meter, lane, waiting: VecDeque::new() }
    }
}

impl Lane for Premetered {
    fn id(&self) -> &LaneId {
        self.lane.id()
    }

    fn submit(&mut self, case: &Arc<Case>) {
        let metered = self.meter.meter(&case.module);
        if metered.is_ok() {
            let module = container(&metered);
            let callable = |(name, module): (&String, &CallableModule)| {
                let bytes = container(&self.meter.meter(&module.bytes));
                (name.clone(), CallableModule { bytes, gas: module.gas })
            };
            let modules = case.modules.iter().map(callable).collect();
            self.lane.submit(&Arc::new(Case { modules, ..Case::new(module, case.runs.clone()) }));
        }
        self.waiting.push_back(metered.err());
    }

    fn collect(&mut self) -> Result<Observation, LaneFault> {
        match self.waiting.pop_front().expect("a case") {
            None => self.lane.collect(),
            Some(Rejection { kind, message }) => {
                let module = ModuleObservation::Rejected { kind: kind.to_string(), message };
                Ok(Observation::new(module, Vec::new()))
            }
        }
    }
}

/// A metered module and what is known of it, or its rejection, as the worker takes them.
fn container(metered: &Result<Metered, Rejection>) -> Vec<u8> {
    let (about, bytes) = match metered {
        Ok(Metered { bytes, sha256, original_sha256, interface, stack_limit_words, schedule }) => {
            let rule = schedule.composition;
            let constants = json!({
                "stack_limit_words": stack_limit_words,
                "call_gas": rule.call,
                "copied_byte_gas": rule.byte,
                "kept_part": rule.kept_part,
                "open_calls": rule.open_calls,
                "call_words": rule.words,
                "page_gas": schedule.memory_grow_page,
                "table_element_gas": schedule.table_grow_element,
            });
            let about = json!({
                "sha256": sha256,
                "original_sha256": original_sha256,
                "interface": interface,
                "constants": constants,
            });
            (about, bytes.as_slice())
        }
        Err(Rejection { kind, message }) => (json!({"rejected": {"kind": kind, "message": message}}), &[][..]),
    };
    let about = about.to_string();
    let length = u32::try_from(about.len()).expect("a short text").to_le_bytes();
    [&length[..], about.as_bytes(), bytes].concat()
}

type Lie = fn(&mut Observation);

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

fn steps(observation: &mut Observation) -> impl Iterator<Item = &mut Step> {
    observation.runs.iter_mut().flat_map(|run| &mut run.steps)
}

/// Ways in which an adapter may fail to tell what happened.
const LIES: &[(&str, Lie)] = &[
    ("answers constants", |seen| {
        for step in steps(seen) {
            step.outcome = Outcome::Completed(vec!["i32:0x00000000".into()]);
            (step.gas_used, step.gas_left) = (0, 0);
        }
    }),
    ("answers nothing", |seen| seen.runs.clear()),
    ("leaves out the last step", |seen| {
        for run in &mut seen.runs {
            run.steps.pop();
        }
    }),
    ("repeats the first run", |seen| {
        if let Some(first) = seen.runs.first().cloned() {
            seen.runs.iter_mut().for_each(|run| *run = RunObservation { steps: first.steps.clone() });
        }
    }),
    ("says every trap is an unreachable", |seen| {
        for step in steps(seen) {
            if let Outcome::Trapped(kind) = &mut step.outcome {
                *kind = TrapKind::Unreachable;
            }
        }
    }),
    ("charges a trap only what it used", |seen| {
        for step in steps(seen) {
            if !step.outcome.completed() {
                step.gas_used -= 1;
                step.gas_left += 1;
            }
        }
    }),
    ("counts a unit too much", |seen| {
        for step in steps(seen).filter(|step| step.gas_left > 0) {
            step.gas_used += 1;
            step.gas_left -= 1;
        }
    }),
    ("rounds gas to a float's 24 bits", |seen| {
        for step in steps(seen) {
            let limit = step.gas_used + step.gas_left;
            step.gas_used = step.gas_used as f32 as u64 & !1;
            step.gas_left = limit - step.gas_used;
        }
    }),
    ("forgets the high-water", |seen| steps(seen).for_each(|step| step.stack_high_water = 0)),
    ("quiets NaNs at the boundary", |seen| {
        for step in steps(seen) {
            if let Outcome::Completed(values) = &mut step.outcome {
                for value in
                    values.iter_mut().filter(|value| value.starts_with("f32:0x7f8") || value.starts_with("f32:0xff"))
                {
                    *value = "f32:0x7fc00000".into();
                }
            }
        }
    }),
    ("leaves out the memory", |seen| {
        steps(seen).filter_map(|step| step.state.as_mut()).for_each(|state| state.memory = None);
    }),
    ("looks at the memory's size only", |seen| {
        let memories = steps(seen).filter_map(|step| step.state.as_mut()?.memory.as_mut());
        memories.for_each(|memory| memory.sha256 = "0".repeat(64));
    }),
    ("leaves out the globals", |seen| {
        steps(seen).filter_map(|step| step.state.as_mut()).for_each(|state| state.globals.clear());
    }),
    ("leaves out the tables", |seen| {
        steps(seen).filter_map(|step| step.state.as_mut()).for_each(|state| state.tables.clear());
    }),
    ("hides calls to the host", |seen| steps(seen).for_each(|step| step.host_calls.clear())),
    ("hides what called modules came to", |seen| {
        steps(seen).flat_map(|step| &mut step.host_calls).for_each(|call| call.called = None);
    }),
    ("hides what called modules called", |seen| {
        let calls = steps(seen).flat_map(|step| &mut step.host_calls).filter_map(|call| call.called.as_mut());
        calls.for_each(|called| called.host_calls.clear());
    }),
    ("changes when it is repeated", |seen| {
        // Cases repeat their first run right after their own; the lie leaves the first one alone.
        if let [_, .., last] = &mut seen.runs[..]
            && let Some(step) = last.steps.last_mut()
        {
            step.stack_high_water += 1;
        }
    }),
    ("meters to other bytes", |seen| {
        if let ModuleObservation::Accepted { metered_sha256: Some(hash) } = &mut seen.module {
            hash.replace_range(..1, if hash.starts_with('0') { "1" } else { "0" });
        }
    }),
    ("calls a rejection something else", |seen| {
        if let ModuleObservation::Rejected { kind, .. } = &mut seen.module {
            *kind = "invalid".into();
        }
    }),
];

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
