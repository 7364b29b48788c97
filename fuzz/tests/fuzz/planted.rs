//! Broken on purpose: each target finds what is planted for it, in its seeds or in a few hundred generated inputs.

use crate::inputs::{generated, of_seeds};
use modal_datastore::{MemoryStore, Snapshot, Store, StoreError, Transaction};
use modal_fuzz::{
    Depth, Differential, Finding, GuestAbi, Metering, Originals, Serve, Start, Target, Uploads, Validators,
    WorkerProtocol,
};
use modal_harness::observation::{AbiRule, Outcome};
use modal_harness::{Breakage, Case, EngineLane, Lane, LaneFault, LaneId, Observation, ProcessLane};
use modal_wasm_meter::{Meter, Profile, Schedule, Treatment, Treatments};
use modal_wasm_reference::Config;
use modal_wasm_runtime::EngineConfig;
use std::io;
use std::sync::Arc;

/// Generated inputs after which something broken counts as not found.
const BUDGET: u64 = 300;

/// Judges the seeds, then generated inputs, until something is found, whose text must have this part.
fn check(target: Target, planted: &str, expect: &str, mut judge: impl FnMut(&[u8]) -> Result<Depth, Finding>) {
    let inputs = of_seeds(target).into_iter().chain(generated(target, BUDGET));
    let found = inputs.enumerate().find_map(|(index, input)| {
        let finding = stacker::maybe_grow(48 << 20, 64 << 20, || judge(&input)).err()?;
        Some((index, finding.to_string()))
    });
    let (index, finding) = found.unwrap_or_else(|| panic!("{target} does not find {planted}"));
    println!("{target} finds {planted} after {} inputs: {finding:.160}", index + 1);
    assert!(finding.contains(expect), "{target} finds something else than {planted}: {finding}");
}

fn meter_without(treatment: Treatment) -> Meter {
    Meter::with_treatments(Profile::modal_1(), Schedule::instr_1(), Treatments::all().without(treatment))
}

fn broken_wasmi(treatment: Treatment) -> Box<dyn Lane> {
    Box::new(EngineLane::with_meter(EngineConfig::Wasmi, meter_without(treatment)))
}

fn sound_wasmi() -> Box<dyn Lane> {
    Box::new(EngineLane::new(EngineConfig::Wasmi))
}

#[test]
fn differential_finds_lanes_that_differ_from_the_reference_and_from_each_other() {
    for treatment in [Treatment::EntryCost, Treatment::OperandWeight, Treatment::BulkCost, Treatment::SegmentsByStart] {
        let mut alike = Differential::of(vec![broken_wasmi(treatment)]).expect("a target");
        check(Target::Differential, treatment.name(), "[reference/wasmi-reference/", |data| alike.judge(data));
    }
    let mut apart = Differential::of(vec![sound_wasmi(), broken_wasmi(Treatment::CanonicalNan)]).expect("a target");
    check(Target::Differential, "one lane without a treatment", "[lanes/", |data| apart.judge(data));
}

#[test]
fn meter_finds_treatments_that_are_gone() {
    for (treatment, expect) in [
        (Treatment::CallCheck, "[reference/"),
        (Treatment::OperatorCost, "[reference/"),
        (Treatment::CanonicalNan, "[reference/"),
        (Treatment::MemoryCap, "[reference/"),
        (Treatment::StackRestore, "Counter"),
        (Treatment::ReservedNames, "the meter blames itself"),
        (Treatment::Features, "EngineCompile"),
    ] {
        let mut target = Metering::of(meter_without(treatment));
        check(Target::Meter, treatment.name(), expect, |data| target.judge(data));
    }
}

#[test]
fn reference_finds_wrong_caps() {
    let mut target = Originals::of(Config { schedule: Schedule::instr_1(), memory_pages: 1, table_elements: 10_000 });
    check(Target::Reference, "a cap of one page", "the reference has", |data| target.judge(data));
}

#[test]
fn validators_find_a_native_form_that_answers_otherwise() {
    type Native = fn(&str) -> String;
    let planted: [(&str, &str, Native); 3] = [
        ("gas of its own", "natively the answer is", |input| {
            modal_wasm_validation::call(input).replace("\"gas_used\":1", "\"gas_used\":2")
        }),
        ("no form", "no answer of a known form", |input| {
            modal_wasm_validation::call(input).replace("\"error\":", "\"failure\":")
        }),
        ("valid with errors", "no validator's answer", |input| {
            modal_wasm_validation::call(input).replace("\"valid\":false", "\"valid\":true")
        }),
    ];
    for (name, expect, native) in planted {
        let mut target = Validators::of(native);
        check(Target::Validators, name, expect, |data| target.judge(data));
    }
}

#[test]
fn upload_finds_stores_that_keep_refused_commits_or_forget() {
    let mut keeping = Uploads::on(|| Arc::new(Careless { store: MemoryStore::new(), keeps: true }));
    check(Target::Upload, "a store that keeps refused commits", "refused commit changed", |data| keeping.judge(data));
    let mut forgetting = Uploads::on(|| Arc::new(Careless { store: MemoryStore::new(), keeps: false }));
    check(Target::Upload, "a store that forgets", "is not kept", |data| forgetting.judge(data));
}

/// A store that keeps what a transaction wrote before it gave up, or forgets what it committed.
struct Careless {
    store: MemoryStore,
    keeps: bool,
}

impl Store for Careless {
    fn read(&self, work: &mut dyn FnMut(&dyn Snapshot) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.store.read(work)
    }

    fn transact(&self, work: &mut dyn FnMut(&mut dyn Transaction) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let mut outcome = Ok(());
        let done = self.store.transact(&mut |transaction| {
            outcome = work(transaction);
            if self.keeps { Ok(()) } else { Err(StoreError::Aborted) }
        });
        match done {
            Ok(()) | Err(StoreError::Aborted) => outcome,
            Err(error) => Err(error),
        }
    }
}

#[test]
fn abi_finds_lanes_that_confuse_its_rules() {
    let mut lying = GuestAbi::of(vec![Box::new(Confused(EngineLane::new(EngineConfig::Wasmi)))]);
    check(Target::Abi, "one rule for another", "[reference/", |data| lying.judge(data));
    let mut metered = GuestAbi::of(vec![broken_wasmi(Treatment::SegmentsByStart)]);
    check(Target::Abi, "segments that are there too soon", "[reference/", |data| metered.judge(data));
}

/// A lane that takes a result outside the memory for one that is too long.
struct Confused(EngineLane);

impl Lane for Confused {
    fn id(&self) -> &LaneId {
        self.0.id()
    }

    fn submit(&mut self, case: &Arc<Case>) {
        self.0.submit(case);
    }

    fn collect(&mut self) -> Result<Observation, LaneFault> {
        let mut seen = self.0.collect()?;
        for step in seen.runs.iter_mut().flat_map(|run| &mut run.steps) {
            if let Outcome::Violated(violation) = &mut step.outcome
                && violation.rule == AbiRule::ResultOutOfBounds
            {
                violation.rule = AbiRule::OutputTooLong;
            }
        }
        Ok(seen)
    }
}

#[test]
fn worker_protocol_finds_workers_that_answer_amiss() {
    let planted: [(&str, &[&str], Serve); 4] = [
        ("a worker that hides errors", &["takes half a frame for the end", "answers to"], |hello, lane, from, to| {
            // The end of the stream, wherever it comes.
            modal_harness::serve(hello, lane, from, to).or(Ok(()))
        }),
        ("a worker that gives up after an answer", &["gives up in front of a request"], |hello, lane, from, to| {
            let served = modal_harness::serve(hello, lane, from, to);
            let enough = frame(&to[..]) + frame(&to[frame(&to[..])..]);
            if enough == to.len() {
                return served;
            }
            to.truncate(enough);
            Err(io::Error::other("that was enough"))
        }),
        ("another request's name", &["by the name of another"], |hello, lane, from, to| {
            let served = modal_harness::serve(hello, lane, from, to);
            replace(to, b"\"id\":7", b"\"id\":8");
            served
        }),
        ("an answer that is cut", &["wrote no whole frames"], |hello, lane, from, to| {
            let served = modal_harness::serve(hello, lane, from, to);
            to.pop();
            served
        }),
    ];
    for (name, expect, serve) in planted {
        let target = WorkerProtocol::sound().expect("a target").with_worker(serve);
        check_protocol(name, expect, target);
    }
}

#[test]
fn worker_protocol_finds_readers_that_take_what_is_no_answer() {
    let planted: [(&str, &[&str], Start); 2] = [
        ("garbage that passes for an end", &["\"WorkerGarbage\", detail: \"\" }) is due"], |command| {
            Ok(Box::new(Misreading { lane: ProcessLane::spawn("worker", command)?, misread: as_end }))
        }),
        ("an end that passes for a fault", &["\"WorkerExit\", detail: \"\" }) is due"], |command| {
            Ok(Box::new(Misreading { lane: ProcessLane::spawn("worker", command)?, misread: as_fault }))
        }),
    ];
    for (name, expect, start) in planted {
        let target = WorkerProtocol::sound().expect("a target").with_reader(start);
        check_protocol(name, expect, target);
    }
}

/// A reader of a worker's output that takes one breakage for something else.
struct Misreading {
    lane: ProcessLane,
    misread: fn(LaneFault) -> LaneFault,
}

fn as_end(fault: LaneFault) -> LaneFault {
    let garbage = Breakage::of(&fault) == Some(Breakage::Garbage);
    if garbage { LaneFault::new(Breakage::Exit.name(), fault.detail) } else { fault }
}

fn as_fault(fault: LaneFault) -> LaneFault {
    let end = Breakage::of(&fault) == Some(Breakage::Exit);
    if end { LaneFault::new("Usage", fault.detail) } else { fault }
}

impl Lane for Misreading {
    fn id(&self) -> &LaneId {
        self.lane.id()
    }

    fn submit(&mut self, case: &Arc<Case>) {
        self.lane.submit(case);
    }

    fn collect(&mut self) -> Result<Observation, LaneFault> {
        self.lane.collect().map_err(self.misread)
    }
}

fn check_protocol(planted: &str, expect: &[&str], mut target: WorkerProtocol) {
    check(Target::WorkerProtocol, planted, "a worker ", |data| {
        target.judge(data).inspect_err(|finding| {
            let text = finding.to_string();
            assert!(expect.iter().any(|part| text.contains(part)), "{text}");
        })
    });
}

/// The bytes of the first of some frames: none if there is none.
fn frame(stream: &[u8]) -> usize {
    stream.first_chunk().map_or(0, |length| 4 + u32::from_le_bytes(*length) as usize)
}

/// Puts other bytes of the same length in place of some.
fn replace(bytes: &mut [u8], from: &[u8], to: &[u8]) {
    let place = bytes.windows(from.len()).position(|window| window == from);
    if let Some(place) = place {
        bytes[place..place + to.len()].copy_from_slice(to);
    }
}
