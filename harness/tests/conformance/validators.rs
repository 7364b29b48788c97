//! The validators in all their forms: golden calls are answered as written down on every lane, and whatever one form
//! gets wrong is noticed.

use crate::common::{guest, node, panel, project, with_room};
use crate::guests::golden_calls;
use crate::score::bug::Lie;
use crate::score::catalogue::validators::{LIES, WRONG_GUESTS};
use modal_harness::generate::{Guest, Kind};
use modal_harness::observation::{Outcome, TrapKind};
use modal_harness::{
    Case, EngineLane, Lane, LaneFault, LaneId, LaneKind, LaneSet, Observation, Panel, ProcessLane, Property, Run, Seed,
    Validation, Verdict, WorkerCommand,
};
use modal_wasm_runtime::EngineConfig;
use std::fs;
use std::sync::Arc;

/// A case that makes these calls.
fn case(guest: &[u8], calls: &[&str]) -> Case {
    let run = |call: &&str| Run::Abi { method: "evaluate".into(), input: (*call).to_owned(), gas: 10_000_000 };
    let validations = (0..calls.len()).map(|run| Validation { run, validator: "some".into() }).collect();
    Case { validations, ..Case::new(guest.to_vec(), calls.iter().map(run).collect()) }
}

#[test]
fn golden_calls_are_answered_as_written_down_in_every_form() {
    let golden = golden_calls();
    assert!(golden.len() >= 450, "{} golden calls are left", golden.len());
    let guest = guest();
    with_room(|| {
        let mut panel = panel();
        for golden in golden.chunks(32) {
            let calls = golden.iter().map(|(call, _)| call.as_str()).collect::<Vec<_>>();
            let (evidence, verdict) = panel.hear(&[Arc::new(case(&guest, &calls))]).pop().expect("an answer");
            assert_eq!(verdict, Verdict::Agree);
            let answers = golden.iter().map(|(_, answer)| answer.clone()).collect::<Vec<_>>();
            assert_eq!(evidence.native, Ok(answers.clone()));
            for witness in evidence.lanes.iter().chain([&evidence.reference]) {
                let seen = witness.observation.as_ref().expect("an observation");
                let outputs = seen.runs.iter().map(|run| &run.steps[0].outcome).collect::<Vec<_>>();
                assert_eq!(
                    outputs,
                    answers.iter().cloned().map(Outcome::Output).collect::<Vec<_>>().iter().collect::<Vec<_>>()
                );
                assert!(seen.answers == answers || seen.answers.is_empty(), "{}: {:?}", witness.lane, seen.answers);
                assert_eq!(seen.answers.is_empty(), witness.lane != "node");
            }
        }
    });
}

#[test]
fn a_guest_that_runs_out_of_gas_does_so_everywhere_and_the_other_forms_answer() {
    let call = format!(r#"{{"validator":"text_length_lt","args":["{}",5]}}"#, "x".repeat(1_000_000));
    let case = Arc::new(case(&guest(), &[&call]));
    with_room(|| {
        let (evidence, verdict) = panel().hear(&[case]).pop().expect("an answer");
        assert_eq!(verdict, Verdict::Agree);
        let answer = r#"{"valid":false,"gas_used":110,"errors":["Text length 1000000 is not below 5"]}"#;
        assert_eq!(evidence.native, Ok(vec![answer.to_owned()]));
        for witness in evidence.lanes.iter().chain([&evidence.reference]) {
            let seen = witness.observation.as_ref().expect("an observation");
            assert_eq!(seen.runs[0].steps[0].outcome, Outcome::Trapped(TrapKind::OutOfGas), "{}", witness.lane);
        }
    });
}

/// Generated cases after which something broken counts as not noticed.
const BUDGET: u64 = 100;

/// The first generated case of the validators on which a panel does not agree.
fn noticed(panel: &mut Panel, guest: Vec<u8>) -> Option<Verdict> {
    let kind = Kind::Validators(Guest::new(guest));
    (0..BUDGET).find_map(|index| {
        let generated = kind.generate(7, index).expect("a case");
        let case = panel.expand(generated.case, Seed::of_case(7, index));
        let verdict = panel.hear(&[Arc::new(case)]).pop().expect("an answer").1;
        (verdict != Verdict::Agree).then_some(verdict)
    })
}

fn wasmi() -> Box<dyn Lane> {
    Box::new(EngineLane::new(EngineConfig::Wasmi))
}

fn panel_of(lanes: Vec<Box<dyn Lane>>) -> Panel {
    Panel::new(LaneSet::of(lanes)).expect("the oracles are set up")
}

/// Checks that a panel noticed something broken: that a validator does not answer what its native form does, and where.
fn check_noticed(broken: &str, verdict: Option<Verdict>, field: &str) {
    let Some(Verdict::Diverge(divergence)) = verdict else { panic!("{broken}: {verdict:?}") };
    println!("{broken}: {}", divergence.to_string().chars().take(200).collect::<String>());
    assert_eq!(divergence.bucket.property, Property::Validators, "{broken}: {divergence}");
    assert!(divergence.bucket.field.starts_with(field), "{broken}: {divergence}");
}

/// The SDK's worker, whose validators lie. Its guests do not.
struct LyingBindings {
    lane: ProcessLane,
    lie: Lie,
}

impl Lane for LyingBindings {
    fn id(&self) -> &LaneId {
        self.lane.id()
    }

    fn submit(&mut self, case: &Arc<Case>) {
        self.lane.submit(case);
        if let Lie::Hears(hear) = self.lie {
            let calls = case.validations.iter().filter_map(|validation| validation.input(case)).map(hear);
            let calls = calls.collect::<Vec<_>>();
            let calls = calls.iter().map(String::as_str).collect::<Vec<_>>();
            // The same calls as this lane hears them, to a module that is of no interest.
            self.lane.submit(&Arc::new(self::case(b"\0asm\x01\0\0\0", &calls)));
        }
    }

    fn collect(&mut self) -> Result<Observation, LaneFault> {
        let mut seen = self.lane.collect()?;
        match self.lie {
            Lie::Hears(_) => seen.answers = self.lane.collect()?.answers,
            Lie::Tells(tell) => tell(&mut seen.answers),
        }
        Ok(seen)
    }
}

#[test]
fn every_lie_of_bindings_is_noticed() {
    let guest = guest();
    with_room(|| {
        for &(broken, lie, field) in LIES {
            let lane = ProcessLane::spawn("node", &node()).expect("a worker");
            let mut panel = panel_of(vec![wasmi(), Box::new(LyingBindings { lane, lie })]);
            check_noticed(broken, noticed(&mut panel, guest.clone()), field);
        }
    });
}

/// Every lane and the reference run the same guest and agree on it. That it is not the guest of these validators shows
/// by the native ones alone.
#[test]
fn every_wrong_guest_is_noticed() {
    with_room(|| {
        for (broken, guest) in WRONG_GUESTS {
            check_noticed(broken, noticed(&mut panel_of(vec![wasmi()]), guest()), "validations.guest");
        }
    });
}

#[test]
fn sound_forms_pass_what_the_broken_ones_must_not() {
    with_room(|| assert_eq!(noticed(&mut panel(), guest()), None));
}

/// A worker that runs this script in the project's folder, where the paths of its imports begin.
fn scripted(script: &str) -> WorkerCommand {
    let run = format!("cd '{}' && exec node --input-type=module --eval \"$0\"", project().display());
    WorkerCommand::new("sh", ["-c", &run, script])
}

/// A worker that has validators and does not answer every call is broken, and no lane at all.
#[test]
fn a_worker_that_answers_too_little_is_a_fault() {
    let script = "import { FrameReader, writeFrame } from './runtime/sdk/src/worker/frames.js';
        writeFrame(1, { protocol: 1, engine: 'node', version: '0', validators: true });
        const reader = new FrameReader(0);
        for (let request = reader.read(); request !== undefined; request = reader.read()) {
          const module = { rejected: { kind: 'decode', message: '' } };
          writeFrame(1, { id: request.id, observation: { module, runs: [], answers: request.calls.slice(1) } });
        }";
    let mut lane = ProcessLane::spawn("node", &scripted(script)).expect("a worker");
    let fault = lane.observe(&Arc::new(case(&[], &["one", "two"]))).expect_err("an answer is missing");
    assert_eq!(fault.to_string(), "WorkerGarbage: the worker's validators gave 1 answers to 2 calls");
}

/// Lanes are opened only if they are known to work, and the Node lane only if its validators do.
#[test]
fn a_node_lane_without_validators_is_not_opened() {
    let script = "import { loadMeter } from './runtime/sdk/src/node.js';
        import { FrameReader, writeFrame } from './runtime/sdk/src/worker/frames.js';
        import { NODE } from './runtime/sdk/src/worker/node.js';
        import { runOn } from './runtime/sdk/src/worker/platform.js';
        import { PreparedModules } from './runtime/sdk/src/worker/prepared.js';
        import { answer } from './runtime/sdk/src/worker/request.js';
        runOn(NODE);
        const means = { modules: new PreparedModules(await loadMeter()) };
        writeFrame(1, { protocol: 1, engine: 'node', version: '0' });
        const reader = new FrameReader(0);
        for (let request = reader.read(); request !== undefined; request = reader.read()) {
          writeFrame(1, answer(means, request));
        }";
    let fault = LaneSet::open(&[LaneKind::Node], &scripted(script)).err().expect("it is no lane");
    assert!(fault.to_string().starts_with("Smoke: lane node answers"), "{fault}");
}

#[test]
fn the_register_names_what_is_broken_here() {
    let register = fs::read_to_string(project().join("harness/REGISTER.md")).expect("the register");
    for broken in LIES.iter().map(|(broken, ..)| broken).chain(WRONG_GUESTS.iter().map(|(broken, _)| broken)) {
        assert!(register.contains(&format!("*{broken}*")), "no row names {broken}");
    }
}
