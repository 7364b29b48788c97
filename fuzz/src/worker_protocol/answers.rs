//! The harness takes from a worker's output what is an answer, and has a fault that bears a name for all the rest.

use super::Start;
use super::frames::{self, End};
use crate::{Depth, Finding};
use modal_harness::{Breakage, Case, Hello, LaneFault, Observation, PROTOCOL, Run, WorkerCommand};
use serde::Deserialize;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// Cases that are submitted, and so answers that are read.
const CASES: u64 = 3;

/// Every case has one run, which only starts an instance: so an answer can be too short, right, and too long.
const RUNS: usize = 1;

/// What an answer is made of.
#[derive(Deserialize)]
struct Answer {
    id: u64,
    #[serde(default)]
    observation: Option<Observation>,
    #[serde(default)]
    fault: Option<LaneFault>,
}

/// Has the harness read a stream as the output of a worker that ends behind it.
pub(super) fn judge(start: Start, stream: &[u8], folder: &Path) -> Result<Depth, Finding> {
    let file = folder.join("output");
    fs::write(&file, stream).map_err(|error| Finding::new(format!("the stream cannot be kept: {error}")))?;
    let command = WorkerCommand::new("cat", ["--".into(), file.into_os_string()]);
    let differs = |expected: String, found: String| {
        Err(Finding::new(format!("{expected} is due, not {found}: a worker wrote {}", stream.escape_ascii())))
    };
    let (frames, end) = frames::read(stream);
    let mut frames = frames.into_iter();
    let mut lane = match (start(&command), greeting(frames.next())) {
        (Ok(lane), Ok(())) => lane,
        (Err(fault), Err(expected)) if fault.kind == expected.name() => return Ok(Depth::Refused),
        (Err(fault), expected) => return differs(format!("{expected:?}"), fault.to_string()),
        (Ok(_), Err(expected)) => return differs(expected.name().to_owned(), "a greeting".to_owned()),
    };
    let run = Run::Exports { start_gas: 1, calls: Vec::new() };
    let case = Arc::new(Case::new(b"\0asm\x01\0\0\0".to_vec(), vec![run; RUNS]));
    (0..CASES).for_each(|_| lane.submit(&case));
    let mut given_up: Option<LaneFault> = None;
    for id in 0..CASES {
        let found = lane.collect();
        let expected = match &given_up {
            // A worker that has shown itself to be of no use is not listened to any more.
            Some(fault) => Err(fault.clone()),
            None => answer(frames.next(), end, id),
        };
        let same = match (&expected, &found) {
            (Ok(expected), Ok(found)) => expected == found,
            (Err(expected), Err(found)) => {
                expected.kind == found.kind && given_up.as_ref().is_none_or(|it| it == found)
            }
            (Ok(_), Err(_)) | (Err(_), Ok(_)) => false,
        };
        if !same {
            return differs(format!("{expected:?}"), format!("{found:?}"));
        }
        if let Err(fault) = found
            && Breakage::of(&fault).is_some()
        {
            given_up = Some(fault);
        }
    }
    Ok(Depth::Judged)
}

/// What is to be said of a worker that begins with this frame.
fn greeting(frame: Option<&[u8]>) -> Result<(), Breakage> {
    let hello = serde_json::from_slice::<Hello>(frame.ok_or(Breakage::Start)?).map_err(|_| Breakage::Protocol)?;
    if hello.protocol == PROTOCOL { Ok(()) } else { Err(Breakage::Protocol) }
}

/// What a frame answers to a request, or how the worker broke that did not write one.
fn answer(frame: Option<&[u8]>, end: End, id: u64) -> Result<Observation, LaneFault> {
    let broken = |breakage: Breakage| LaneFault::new(breakage.name(), "");
    let garbage = || broken(Breakage::Garbage);
    let frame = frame.ok_or_else(|| match end {
        // One that ends while it writes leaves half a frame.
        End::Whole | End::Cut => broken(Breakage::Exit),
        End::TooLong => garbage(),
    })?;
    let answer = serde_json::from_slice::<Answer>(frame).map_err(|_| garbage())?;
    match (answer.observation, answer.fault) {
        (Some(observation), None) if answer.id == id && is_due(&observation) => Ok(observation),
        // Names that begin so are for what others find in a worker.
        (None, Some(fault)) if answer.id == id && !fault.kind.starts_with("Worker") => Err(fault),
        (Some(_) | None, Some(_) | None) => Err(garbage()),
    }
}

fn is_due(observation: &Observation) -> bool {
    let runs = if observation.is_admitted() { RUNS } else { 0 };
    observation.runs.len() == runs && observation.answers.is_empty()
}
