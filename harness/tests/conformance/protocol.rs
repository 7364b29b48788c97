//! `PROTOCOL.md` is what is spoken: its examples are played, from either side, and its tables are those of the code.

use crate::common::{node, project};
use modal_harness::{Breakage, Case, Feature, Lane as _, PROTOCOL, ProcessLane, WorkerCommand, WorkerLimits};
use serde_json::Value;
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

/// The text for which any may stand.
const ANY: &str = "…";

fn document() -> String {
    fs::read_to_string(project().join("harness/PROTOCOL.md")).expect("the document")
}

/// The examples of a kind, in order.
fn examples(kind: &str) -> Vec<Value> {
    let fence = format!("```json {kind}\n");
    let document = document();
    let blocks = document.split(&fence).skip(1).map(|rest| rest.split("```").next().expect("a block's end"));
    blocks.map(|block| serde_json::from_str(block).expect("JSON")).collect()
}

fn framed(text: &str) -> Vec<u8> {
    let length = u32::try_from(text.len()).expect("a short text");
    [&length.to_le_bytes(), text.as_bytes()].concat()
}

fn frames(mut bytes: &[u8]) -> Vec<Value> {
    let mut frames = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk() {
        let (frame, rest) = rest.split_at(u32::from_le_bytes(*length) as usize);
        frames.push(serde_json::from_slice(frame).expect("JSON"));
        bytes = rest;
    }
    frames
}

/// Whether what was said is the example, where `…` is any text.
fn is_like(said: &Value, example: &Value) -> bool {
    match (said, example) {
        (Value::String(said), Value::String(example)) if example == ANY => !said.is_empty(),
        (Value::Array(said), Value::Array(example)) => {
            said.len() == example.len() && said.iter().zip(example).all(|(said, example)| is_like(said, example))
        }
        (Value::Object(said), Value::Object(example)) => {
            // A worker with validators may say that it had no calls to answer.
            let mut said = said.iter().filter(|(key, said)| *key != "answers" || **said != Value::Array(Vec::new()));
            example.keys().all(|key| said.clone().any(|(name, _)| name == key))
                && said.all(|(key, said)| example.get(key).is_some_and(|example| is_like(said, example)))
        }
        (said, example) => said == example,
    }
}

/// Plays the harness' side of the examples, all requests at once.
fn answers_of(WorkerCommand { program, args, .. }: &WorkerCommand) -> (Value, Vec<Value>) {
    let mut worker = Command::new(program)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the worker starts");
    let requests = examples("request").iter().flat_map(|request| framed(&request.to_string())).collect::<Vec<_>>();
    worker.stdin.take().expect("its input").write_all(&requests).expect("it reads");
    let mut output = Vec::new();
    worker.stdout.take().expect("its output").read_to_end(&mut output).expect("it writes");
    assert!(worker.wait().expect("it ends").success(), "the end of its input ends a worker");
    let mut frames = frames(&output);
    (frames.remove(0), frames)
}

#[test]
fn workers_answer_the_documents_requests_as_it_says() {
    let own = WorkerCommand::new(env!("CARGO_BIN_EXE_modal-conform"), ["worker", "wasmi"]);
    for command in [own, node()] {
        check_worker(&command);
    }
}

/// Checks that a worker greets and answers the document's requests as it says.
pub(crate) fn check_worker(command: &WorkerCommand) {
    let (hello, answers) = answers_of(command);
    let [example] = &examples("hello")[..] else { panic!("one greeting") };
    let members = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert!(members(&hello).iter().all(|member| members(example).contains(member)), "{hello}");
    assert_eq!(hello["protocol"], PROTOCOL);
    let expected = examples("answer");
    assert_eq!(answers.len(), expected.len());
    for (said, example) in answers.iter().zip(&expected) {
        assert!(is_like(said, example), "{command:?} says {said:#}, not {example:#}");
    }
}

/// A worker that says what the document says, whatever it is asked, and writes what it is asked to a file.
fn scripted(folder: &Path, said: &[u8]) -> WorkerCommand {
    fs::write(folder.join("said"), said).expect("a file");
    let script = "cat \"$0/said\"; exec cat > \"$0/asked\"";
    WorkerCommand::new("sh", ["-c".as_ref(), script.as_ref(), folder.as_os_str()])
}

#[test]
fn the_harness_asks_and_understands_as_the_document_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = examples("hello").into_iter().chain(examples("answer"));
    let said = said.flat_map(|value| framed(&value.to_string())).collect::<Vec<_>>();
    let mut lane = ProcessLane::spawn("example", &scripted(folder.path(), &said)).expect("it greets");
    assert_eq!(lane.id().version, "wasmi 1.1.0 --eager, arch x64");
    assert_eq!(lane.lacks(), &[Feature::Externref].into());
    let requests = examples("request");
    for request in &requests {
        lane.submit(&Arc::new(serde_json::from_value::<Case>(request.clone()).expect("a case")));
    }
    for answer in examples("answer") {
        match lane.collect() {
            Ok(observation) => {
                assert_eq!(serde_json::to_value(observation).expect("JSON"), answer["observation"]);
            }
            Err(fault) => assert_eq!(serde_json::to_value(fault).expect("JSON"), answer["fault"]),
        }
    }
    drop(lane);
    let asked = fs::read(folder.path().join("asked")).expect("what was asked");
    assert_eq!(frames(&asked), requests);
}

/// The names in the first column of the table below a heading's text.
fn column(title: &str) -> Vec<String> {
    let document = document();
    let (_, table) = document.split_once(title).expect("the table");
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    rows.filter_map(|row| Some(row.split('`').nth(1)?.to_owned())).collect()
}

#[test]
fn the_documents_lists_are_those_of_the_code() {
    let mut faults = column("| fault | the worker | what happens |");
    let mut known = Breakage::ALL.map(Breakage::name).to_vec();
    faults.sort_unstable();
    known.sort_unstable();
    assert_eq!(faults, known);
    let document = document();
    for feature in Feature::ALL {
        assert!(document.contains(&format!("`{feature}`")), "{feature}");
    }
    for breakage in Breakage::ALL {
        let row = document.lines().find(|line| line.starts_with(&format!("| `{}`", breakage.name()))).expect("a row");
        let again = row.contains("once more") || row.contains("how busy a machine is");
        assert_eq!(again, breakage.may_be_the_machines(), "{row}");
    }
    let patience = WorkerLimits::default().patience.as_secs();
    assert!(document.contains(&format!("did not answer within {patience} seconds")), "{patience}");
}
