//! Workers that break: each way is named, the worker is replaced, and what the machine does to one changes no verdict.

use crate::common::{guest, node, project, with_room};
use modal_harness::generate::{Guest, Kind};
use modal_harness::{
    Breakage, Call, Case, EngineLane, Finding, Lane as _, LaneKind, LaneSet, Listener, Panel, ProcessLane, Ran,
    Reducer, Repro, Run, RunConfig, Summary, SupervisedLane, Tally, Verdict, WorkerCommand, WorkerLimits, run,
};
use modal_wasm_runtime::EngineConfig;
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

/// The start of a worker of one of this project's engines, less its name.
fn own() -> WorkerCommand {
    WorkerCommand::new(env!("CARGO_BIN_EXE_modal-conform"), ["worker"])
}

/// A worker that is another one but for a fault.
fn with_fault(fault: &str, WorkerCommand { program, args, env }: WorkerCommand) -> WorkerCommand {
    let proxy = project().join("harness/tests/conformance/isolation/proxy.mjs");
    let words = [proxy.into(), fault.into(), program].into_iter().chain(args);
    WorkerCommand { env, ..WorkerCommand::new("node", words) }
}

fn wasmi() -> WorkerCommand {
    let mut command = own();
    command.args.push("wasmi".into());
    command
}

/// A case of one call under a gas limit; under 666 it is the one that a proxy does wrong.
fn case(gas: u64) -> Arc<Case> {
    let module = wat::parse_str("(module (func (export \"f\") (result i32) (i32.const 7)))").expect("a module");
    let call = Call { export: "f".into(), args: Vec::new(), gas };
    Arc::new(Case::new(module, vec![Run::Exports { start_gas: gas, calls: vec![call] }]))
}

const ODD: u64 = 666;

/// How often a worker was replaced, by cause.
type Replaced = &'static [(&'static str, u64)];

/// What each kind of broken worker is called, and how often it was replaced after it observed a sound case, the odd one
/// and another sound one.
#[rustfmt::skip]
const BROKEN: &[(&str, [&str; 3], Replaced)] = &[
    ("garbage", ["", "WorkerGarbage: expected ident at line 1 column 2", ""], &[("WorkerGarbage", 1)]),
    ("prints", ["", "WorkerGarbage: a frame of 1969382756 bytes, or the text \"debu\": a worker prints nothing but frames", ""], &[("WorkerGarbage", 1)]),
    ("too-long", ["", "WorkerGarbage: a frame of 4278190080 bytes", ""], &[("WorkerGarbage", 1)]),
    ("less-runs", ["", "WorkerGarbage: the worker observed 0 runs of 1", ""], &[("WorkerGarbage", 1)]),
    ("stale", ["", "WorkerGarbage: the worker answered request 0 instead of 1", ""], &[("WorkerGarbage", 1)]),
    ("another", ["", "WorkerGarbage: the worker answered request 2 instead of 1", ""], &[("WorkerGarbage", 1)]),
    ("twice", ["", "", "WorkerGarbage: the worker answered request 1 instead of 2"], &[("WorkerGarbage", 1)]),
    ("nothing", ["", "WorkerGarbage: an answer holds either an observation or a fault", ""], &[("WorkerGarbage", 1)]),
    ("forges", ["", "WorkerGarbage: the worker names a fault WorkerKilled, which others find in a worker", ""], &[("WorkerGarbage", 1)]),
    ("faults", ["", "EngineOddity: it is odd", ""], &[]),
    ("hangs", ["", "WorkerHang: no answer within 2s; the case was given to a fresh worker, after WorkerHang: no answer within 2s", ""], &[("WorkerHang", 2)]),
    ("crashes", ["", "WorkerExit: the worker ended with signal 11; it said: the engine has lost its way", ""], &[("WorkerExit", 1)]),
    ("exits", ["", "WorkerExit: the worker ended with code 3", ""], &[("WorkerExit", 1)]),
    ("killed", ["", "WorkerKilled: the worker ended with signal 9; the case was given to a fresh worker, after WorkerKilled: the worker ended with signal 9", ""], &[("WorkerKilled", 2)]),
    ("killed-while-writing", ["", "WorkerKilled: the worker ended with signal 9; the case was given to a fresh worker, after WorkerKilled: the worker ended with signal 9", ""], &[("WorkerKilled", 2)]),
    // Only the case behind suffers, and is given to the fresh worker.
    ("killed-after", ["", "", ""], &[("WorkerKilled", 1)]),
    ("leaks", ["", "", ""], &[("WorkerMemory", 1)]),
];

#[test]
fn every_way_to_break_is_named_and_the_cases_go_on() {
    let limits = WorkerLimits { patience: Duration::from_secs(2), resident: 400 << 20 };
    let mut wrong = Vec::new();
    for (fault, expected, replaced) in BROKEN {
        // Only a worker that hangs is short of time.
        let limits = if *fault == "hangs" {
            limits
        } else {
            WorkerLimits { resident: limits.resident, ..WorkerLimits::default() }
        };
        let lane = SupervisedLane::spawn("broken", &with_fault(fault, wasmi()), limits).expect("a worker");
        let sound = EngineLane::new(EngineConfig::Wasmi);
        let mut panel = Panel::new(LaneSet::of(vec![Box::new(sound), Box::new(lane)])).expect("the oracles");
        let cases = [case(100), case(ODD), case(101)];
        let seen = cases.map(|case| match with_room(|| panel.hear(&[case])).pop().expect("a verdict").1 {
            Verdict::Agree => String::new(),
            Verdict::Fault(cause) if cause.lane == "broken" => cause.fault.to_string(),
            verdict => panic!("{fault}: {verdict}"),
        });
        let counts =
            replaced.iter().map(|(name, count)| (format!("broken: {name}"), *count)).collect::<BTreeMap<_, _>>();
        if seen != *expected || panel.replaced() != counts {
            wrong.push(format!("{fault}: {seen:#?}, replaced {:?}", panel.replaced()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_worker_that_does_not_greet_is_not_opened() {
    let check = |script: &str, expect: &str| {
        let fault =
            ProcessLane::spawn("broken", &WorkerCommand::new("sh", ["-c", script])).err().expect("it is no lane");
        assert!(fault.to_string().starts_with(expect), "{script}: {fault}");
    };
    let frame = |text: &str| format!("printf '\\{:03o}\\0\\0\\0%s' '{text}'", text.len());
    check("exit 4", "WorkerStart: the worker of broken does not greet: WorkerExit: the worker ended with code 4");
    check("echo hello", "WorkerStart: the worker of broken does not greet: WorkerGarbage: a frame of 1819043176 bytes");
    check(&frame("[]"), "WorkerProtocol: the worker of broken does not greet as a worker does: ");
    let later = r#"{"protocol":2,"engine":7}"#;
    check(
        &frame(later),
        "WorkerProtocol: the worker of broken does not greet as a worker does: it speaks protocol 2, not 1",
    );
    let unknown = r#"{"protocol":1,"engine":"e","version":"1","lacks":["wings"]}"#;
    check(&frame(unknown), "WorkerProtocol: the worker of broken does not greet as a worker does: unknown variant");
    let missing =
        ProcessLane::spawn("broken", &WorkerCommand::new("/no/such/program", [""; 0])).err().expect("no lane");
    assert_eq!(Breakage::of(&missing), Some(Breakage::Start));
}

/// A worker whose replacements cannot be started is a fault of every case that is left, and is not tried for ever.
#[test]
fn a_worker_that_cannot_be_replaced_faults_every_case() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = folder.path().join("worker");
    fs::copy(env!("CARGO_BIN_EXE_modal-conform"), &program).expect("a copy");
    let command = WorkerCommand::new(&program, ["worker", "wasmi"]);
    let mut lane = SupervisedLane::spawn("gone", &command, WorkerLimits::default()).expect("a worker");
    fs::remove_file(&program).expect("the copy");
    kill(lane.process_id().expect("a process"));
    for _ in 0..6 {
        let fault = lane.observe(&case(100)).expect_err("there is no worker");
        assert_eq!(Breakage::of(&fault), Some(Breakage::Start), "{fault}");
    }
    // It is back, and too late: the run has said that the lane is gone.
    fs::copy(env!("CARGO_BIN_EXE_modal-conform"), &program).expect("a copy");
    assert!(lane.observe(&case(100)).is_err());
}

/// A worker in whose place another engine greets is of no use until one greets again as the first did.
#[test]
fn a_worker_that_is_replaced_by_another_engine_faults_every_case() {
    let folder = tempfile::tempdir().expect("a folder");
    let script = folder.path().join("worker");
    let is = |engine: &str| {
        let text = format!("exec '{}' worker {engine}", env!("CARGO_BIN_EXE_modal-conform"));
        fs::write(&script, text).expect("a script");
    };
    is("wasmi");
    let command = WorkerCommand::new("sh", [&script]);
    let mut lane = SupervisedLane::spawn("changing", &command, WorkerLimits::default()).expect("a worker");
    is("wasmtime");
    kill(lane.process_id().expect("a process"));
    for _ in 0..2 {
        let fault = lane.observe(&case(100)).expect_err("it is another engine");
        assert_eq!(Breakage::of(&fault), Some(Breakage::Changed), "{fault}");
        assert!(fault.detail.contains("the fresh worker is wasmtime") && fault.detail.contains("not wasmi"), "{fault}");
    }
    is("wasmi");
    assert!(lane.observe(&case(100)).is_ok(), "the case is given to the worker that is there now");
}

/// A worker that writes without an end is no trouble: it fills no memory, and is ended like one that does not end.
#[test]
fn a_worker_that_babbles_is_ended() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name);
    let frame = |text: &str| [&u32::try_from(text.len()).expect("it is short").to_le_bytes(), text.as_bytes()].concat();
    fs::write(place("hello"), frame(r#"{"protocol":1,"engine":"e","version":"1"}"#)).expect("a file");
    fs::write(place("babble"), frame(&" ".repeat(1 << 20))).expect("a file");
    let script = "cat \"$0/hello\"; while cat \"$0/babble\"; do echo >> \"$0/written\"; done";
    let command = WorkerCommand::new("sh", ["-c".as_ref(), script.as_ref(), folder.path().as_os_str()]);
    let lane = ProcessLane::spawn("babbler", &command).expect("it greets");
    let written = || fs::metadata(place("written")).map_or(0, |file| file.len());
    while written() == 0 {
        thread::sleep(Duration::from_millis(10));
    }
    thread::sleep(Duration::from_secs(2));
    let frames = written();
    let (sender, ended) = channel();
    thread::spawn(move || {
        drop(lane);
        sender.send(())
    });
    ended.recv_timeout(Duration::from_secs(30)).expect("it has some seconds to end");
    assert!(frames < 80, "{frames} frames of a mebibyte that nobody asked for");
}

fn kill(process: u32) {
    let killed = Command::new("kill").args(["-9", &process.to_string()]).status().expect("kill");
    assert!(killed.success());
}

/// Workers are killed at any moment of theirs: while they work ahead, between cases, after each other.
#[test]
fn cases_outlive_their_workers() {
    let mut lane = SupervisedLane::spawn("wasmi", &wasmi(), WorkerLimits::default()).expect("a worker");
    let mut kills = 0;
    for batch in 0..10 {
        let cases = (0..32).map(|index| case(100 + 32 * batch + index)).collect::<Vec<_>>();
        cases.iter().for_each(|case| lane.submit(case));
        for (index, case) in cases.iter().enumerate() {
            if (index * 7 + batch as usize).is_multiple_of(11) {
                kill(lane.process_id().expect("a process"));
                kills += 1;
            }
            let Run::Exports { start_gas, .. } = case.runs[0] else { unreachable!("the case has calls") };
            let seen = lane.collect().expect("an observation");
            assert_eq!(seen.runs[0].steps[1].gas_left, start_gas - 2, "each case has the answer that is its own");
        }
    }
    let replaced = lane.replaced();
    assert_eq!(replaced.keys().collect::<Vec<_>>(), [&"WorkerKilled"]);
    // A worker that is killed after it has answered everything is missed only by the next batch.
    assert!((1..=kills).contains(&replaced["WorkerKilled"]), "{kills} kills, {replaced:?}");
}

struct Silent;

impl Listener for Silent {
    fn done(&self, _: u64) {}
    fn found(&self, _: &Finding) {}
}

fn config(fresh: WorkerCommand, node: WorkerCommand, isolate: bool) -> RunConfig {
    RunConfig {
        seed: 11,
        first: 0,
        cases: 160,
        sample_every: RunConfig::sample_every(160),
        kind: Kind::All(Guest::new(guest())),
        lanes: LaneKind::DEFAULT.to_vec(),
        foreign: Vec::new(),
        isolate,
        limits: WorkerLimits::default(),
        jobs: 2,
        node,
        fresh,
        most_findings: 1,
    }
}

fn summary(config: &RunConfig) -> (Summary, Tally) {
    let Ran { mut summary, findings, .. } = run(config, &Silent).expect("the lanes open");
    let verdicts = findings.iter().map(|finding| finding.verdict.to_string()).collect::<Vec<_>>();
    assert!(verdicts.is_empty(), "{}", verdicts.join("\n"));
    let replaced = std::mem::take(&mut summary.replaced);
    (summary, replaced)
}

/// What a run reports does not depend on whether its lanes have processes of their own, nor on what the machine does to
/// those.
#[test]
fn a_run_whose_workers_are_killed_reports_the_same() {
    let (here, none) = summary(&config(own(), node(), false));
    assert_eq!(none, Tally::default());
    assert_eq!(here.agreed, 160);
    let (apart, none) = summary(&config(own(), node(), true));
    assert_eq!((&apart, none), (&here, Tally::default()));
    let killed = |command| with_fault("~killed-at-random", command);
    let (killed, replaced) = summary(&config(killed(own()), killed(node()), true));
    assert_eq!(killed, here);
    for lane in LaneKind::DEFAULT {
        let count = replaced.of(&format!("{lane}: WorkerKilled"));
        assert!(count >= 5, "{lane}: {replaced:?}");
    }
    assert_eq!(replaced.0.len(), LaneKind::DEFAULT.len(), "{replaced:?}");
}

/// That a worker is killed before it has greeted changes no verdict either: not of a worker that begins, not of one that
/// takes another's place, not of one in which cases are repeated.
#[test]
fn a_run_whose_workers_are_killed_while_they_greet_reports_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let early = ("KILLED_WHILE_GREETING".into(), folder.path().join("killed").into());
    let early = WorkerCommand { env: BTreeMap::from([early]), ..own() };
    // With one thread lanes are opened one after the other, so that of two starts in a row one is killed.
    let of = |fresh: WorkerCommand, isolate: bool| RunConfig {
        cases: 64,
        sample_every: RunConfig::sample_every(64),
        kind: Kind::Modules,
        lanes: vec![LaneKind::Engine(EngineConfig::Wasmi)],
        jobs: 1,
        ..config(fresh, node(), isolate)
    };
    let (here, none) = summary(&of(own(), false));
    assert_eq!((here.agreed, here.repeated_fresh, none), (64, 64, Tally::default()));
    // Only the worker in which cases are repeated is killed, before it has been sent anything.
    let (once, replaced) = summary(&of(with_fault("nothing", early.clone()), false));
    assert_eq!((once, replaced.of("wasmi: WorkerKilled")), (here.clone(), 1));
    let (often, replaced) = summary(&of(with_fault("~killed-at-random", early), true));
    assert_eq!(often, here);
    let killed = replaced.of("wasmi: WorkerKilled");
    assert!(replaced.0.len() == 1 && killed >= 6, "{replaced:?}");
}

/// A lane that crashes on some cases: each is a finding with its folder, and the rest of the run is as it is without.
#[test]
fn a_lane_that_crashes_is_set_aside_case_by_case() {
    struct Folders<'a>(&'a std::path::Path);
    impl Listener for Folders<'_> {
        fn done(&self, _: u64) {}
        fn found(&self, Finding { case, evidence, verdict, .. }: &Finding) {
            Repro::write(self.0, case, evidence, verdict).expect("a folder");
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let crashing = RunConfig {
        cases: 128,
        sample_every: RunConfig::sample_every(128),
        kind: Kind::Modules,
        lanes: vec![LaneKind::Engine(EngineConfig::Wasmi)],
        isolate: true,
        most_findings: 100,
        ..config(with_fault("~crashes", own()), node(), true)
    };
    let Ran { summary, findings, .. } = run(&crashing, &Folders(folder.path())).expect("the lane opens");
    let count = summary.aside.of("wasmi: WorkerExit") + summary.aside.of("wasmi in a fresh process: WorkerExit");
    assert!(count >= 3 && count == findings.len() as u64, "{:?}", summary.aside);
    assert_eq!((summary.set_aside(), summary.agreed), (count, 128 - count));
    assert!(summary.gaps(0).iter().any(|gap| gap.ends_with("of 128 cases executed")), "{:?}", summary.gaps(0));
    let folders = fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("an entry").path());
    let folders = folders.collect::<Vec<_>>();
    assert_eq!(folders.len() as u64, count);
    for folder in folders {
        assert!(folder.to_string_lossy().contains("fault-wasmi-WorkerExit"), "{}", folder.display());
        assert!(!Repro::read(&folder).expect("a repro").case.runs.is_empty());
    }
}

/// An engine that crashes on a case does so again when the case is read from its folder, and while it is made smaller.
#[test]
fn a_crash_is_played_again_and_reduced() {
    let wasmi = [LaneKind::Engine(EngineConfig::Wasmi)];
    let crashing = with_fault("crashes", own());
    let lanes = LaneSet::open_apart(&wasmi, &node(), &crashing, WorkerLimits::default()).expect("the lane opens");
    let mut panel = Panel::new(lanes).expect("the oracles");
    let mut hear = |case: &Arc<Case>| with_room(|| panel.hear(&[Arc::clone(case)]).pop().expect("a verdict"));
    let folder = tempfile::tempdir().expect("a folder");
    let runs = [100, 101, ODD, 102].map(|gas| case(gas).runs.clone()).concat();
    let found = Arc::new(Case::new(case(ODD).module.clone(), runs));
    let (evidence, verdict) = hear(&found);
    assert_eq!(verdict.symptom().expect("a fault").to_string(), "fault-wasmi-WorkerExit");
    let written = Repro::write(folder.path(), &found, &evidence, &verdict).expect("a folder");
    let read = Repro::read(&written.folder).expect("a repro").case;
    assert_eq!(hear(&read).1, verdict);
    let reduction = Reducer::default().run(&read, |case| hear(case).1 == verdict).expect("it crashes");
    let [Run::Exports { calls, .. }] = &reduction.case.runs[..] else { panic!("{:?}", reduction.case.runs) };
    assert_eq!(calls.iter().map(|call| call.gas).collect::<Vec<_>>(), [ODD]);
}

/// A module that costs Wasmtime some seconds of compiling, and everything else next to nothing: so many values are carried
/// through so many loops.
fn slow_to_compile() -> Vec<u8> {
    const VALUES: usize = 900;
    const LOOPS: usize = 90;
    let turn =
        |value| format!("(local.set {value} (i64.add (local.get {value}) (local.get {})))", (value + 1) % VALUES);
    let text = [
        "(module (func (export \"f\") (result i64) (local".to_owned(),
        " i64".repeat(VALUES) + ")",
        "(loop ".repeat(LOOPS),
        (0..VALUES).map(turn).collect(),
        "(br_if 0 (i32.wrap_i64 (local.get 0))))".repeat(LOOPS),
        (0..VALUES).map(|value| format!("(local.get {value})")).collect(),
        "(i64.add)".repeat(VALUES - 1) + "))",
    ];
    wat::parse_str(text.concat()).expect("a module")
}

/// The commands that take findings outlive what an engine does on them. Here the system ends every process that computes
/// for longer than a second, which only the engine does.
#[test]
fn an_engine_that_crashes_does_not_end_the_commands_that_take_findings() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().to_str().expect("a plain path");
    let call = Call { export: "f".into(), args: Vec::new(), gas: 100_000 };
    let case = Case::new(slow_to_compile(), vec![Run::Exports { start_gas: 1, calls: vec![call] }]);
    fs::write(folder.path().join("case.json"), case.to_json()).expect("a file");
    let crash = "WorkerExit: the worker ended with signal 24";
    let check = |args: &[&str], code: i32, parts: &[&str]| {
        let mut command = Command::new("sh");
        command.args(["-c", "ulimit -c 0; ulimit -S -t 1; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_modal-conform")]);
        let output = command.args(args).args(["--lanes", "wasmtime"]).output().expect("a shell");
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{args:?}:\n{text}");
        assert!(parts.iter().all(|part| text.contains(part)), "{args:?}:\n{text}");
    };
    check(&["replay", place], 106, &["fault on wasmtime", crash]);
    check(&["explain", place], 106, &["wasmtime broke and saw nothing", crash]);
    check(
        &["reduce", place, "--attempts", "1", "--out", place],
        0,
        &["fault-wasmtime-WorkerExit", "the tries ran out"],
    );
    check(&["corpus", "add", place, "--name", "slow", "--to", place], 0, &["the lanes do not agree", crash]);
    let kept = folder.path().join("slow.wat");
    check(&["corpus", kept.to_str().expect("a plain path")], 100, &[crash, "0 passed, 1 failed"]);
}
