//! A process lane is a worker program that observes cases sent over its standard input.
//!
//! Frames are a little-endian u32 length and that many bytes of JSON. The worker greets with a [`Hello`] and then
//! answers each request in order. Requests are pipelined: a thread writes while the worker works.

mod frame;
mod serve;

pub use serve::serve;

use super::{Lane, LaneFault, LaneId};
use crate::{CallableModule, Case, Observation, Run};
use frame::{read_frame, write_frame};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};
use std::ffi::OsString;
use std::io::{BufReader, BufWriter, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// How long a worker may think about one case. Cases are bounded by gas, so only a hang takes this long.
const PATIENCE: Duration = Duration::from_secs(60);

/// The protocol's version.
pub const PROTOCOL: u32 = 1;

/// How to start a worker.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WorkerCommand {
    /// The program.
    pub program: OsString,
    /// Its arguments.
    pub args: Vec<OsString>,
}

/// A worker's greeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The protocol that the worker speaks.
    pub protocol: u32,
    /// The engine's name.
    pub engine: String,
    /// The engine's version.
    pub version: String,
    /// What else identifies it, the meter's digest among it.
    #[serde(default)]
    pub details: BTreeMap<String, String>,
    /// Whether the worker has validators of its own, outside of any guest.
    #[serde(default)]
    pub validators: bool,
}

/// A worker process and the cases that it has been sent.
pub struct ProcessLane {
    id: LaneId,
    child: Child,
    requests: Option<Sender<Vec<u8>>>,
    responses: Receiver<Result<Vec<u8>, LaneFault>>,
    next_submitted: u64,
    next_collected: u64,
    /// Whether the worker answers validations, and how many in each case that it was sent and has not answered.
    validators: bool,
    due: VecDeque<usize>,
    broken: Option<LaneFault>,
}

#[derive(Serialize)]
struct Request<'a> {
    id: u64,
    #[serde(with = "crate::base64_bytes")]
    module: &'a [u8],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    modules: &'a BTreeMap<String, CallableModule>,
    runs: &'a [Run],
    /// The calls that the worker's own validators are to answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    calls: Vec<&'a str>,
}

#[derive(Serialize, Deserialize)]
struct Response {
    id: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    observation: Option<Observation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fault: Option<LaneFault>,
}

impl ProcessLane {
    /// Starts a worker and waits for its greeting.
    pub fn spawn(name: &str, command: &WorkerCommand) -> Result<Self, LaneFault> {
        let mut child = Command::new(&command.program)
            .args(&command.args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| {
                LaneFault::new("WorkerStart", format!("cannot start {}: {error}", command.program.to_string_lossy()))
            })?;
        let (requests, to_write) = channel::<Vec<u8>>();
        let (answered, responses) = channel();
        let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(LaneFault::new("WorkerStart", "the worker has no standard input and output"));
        };
        std::thread::spawn(move || {
            let mut stdin = BufWriter::new(stdin);
            while let Ok(frame) = to_write.recv() {
                // A worker that died is reported by the reader, which sees its output end.
                if write_frame(&mut stdin, &frame).and_then(|()| stdin.flush()).is_err() {
                    break;
                }
            }
        });
        std::thread::spawn(move || {
            let mut stdout = BufReader::new(stdout);
            loop {
                let frame = match read_frame(&mut stdout) {
                    Ok(Some(frame)) => Ok(frame),
                    Ok(None) => Err(LaneFault::new("WorkerExit", "the worker ended")),
                    Err(error) => Err(LaneFault::new("WorkerGarbage", error.to_string())),
                };
                let last = frame.is_err();
                if answered.send(frame).is_err() || last {
                    break;
                }
            }
        });
        let mut lane = Self {
            id: LaneId { name: name.to_owned(), version: String::new() },
            child,
            requests: Some(requests),
            responses,
            next_submitted: 0,
            next_collected: 0,
            validators: false,
            due: VecDeque::new(),
            broken: None,
        };
        let hello: Hello = lane.receive().map_err(|fault| lane.give_up(fault))?;
        if hello.protocol != PROTOCOL {
            let text = format!("the worker speaks protocol {}, not {PROTOCOL}", hello.protocol);
            return Err(lane.give_up(LaneFault::new("WorkerProtocol", text)));
        }
        let details = hello.details.iter().map(|(key, value)| format!(", {key} {value}")).collect::<String>();
        lane.id.version = format!("{} {}{details}", hello.engine, hello.version);
        lane.validators = hello.validators;
        Ok(lane)
    }

    /// Remembers that the worker is of no use any more: it answers nothing, and is ended instead of waited for.
    fn give_up(&mut self, fault: LaneFault) -> LaneFault {
        self.broken = Some(fault.clone());
        fault
    }

    fn receive<T: serde::de::DeserializeOwned>(&mut self) -> Result<T, LaneFault> {
        let frame = match self.responses.recv_timeout(PATIENCE) {
            Ok(frame) => frame?,
            Err(RecvTimeoutError::Timeout) => {
                return Err(LaneFault::new("WorkerHang", format!("no answer within {} s", PATIENCE.as_secs())));
            }
            Err(RecvTimeoutError::Disconnected) => return Err(LaneFault::new("WorkerExit", "the worker ended")),
        };
        serde_json::from_slice(&frame).map_err(|error| LaneFault::new("WorkerGarbage", error.to_string()))
    }

    fn answer(&mut self) -> Result<Observation, LaneFault> {
        let response: Response = self.receive()?;
        if response.id != self.next_collected {
            return Err(LaneFault::new(
                "WorkerGarbage",
                format!("the worker answered request {} instead of {}", response.id, self.next_collected),
            ));
        }
        let due = self.due.pop_front().unwrap_or_default();
        match (response.observation, response.fault) {
            (Some(observation), None) if observation.answers.len() != due => Err(LaneFault::new(
                "WorkerGarbage",
                format!("the worker's validators gave {} answers to {due} calls", observation.answers.len()),
            )),
            (Some(observation), None) => Ok(observation),
            (None, Some(fault)) => Err(fault),
            (Some(_), Some(_)) | (None, None) => {
                Err(LaneFault::new("WorkerGarbage", "an answer holds either an observation or a fault"))
            }
        }
    }
}

impl Lane for ProcessLane {
    fn id(&self) -> &LaneId {
        &self.id
    }

    fn submit(&mut self, case: &Arc<Case>) {
        let calls = if self.validators { &case.validations[..] } else { &[] };
        let calls = calls.iter().filter_map(|validation| validation.input(case)).collect::<Vec<_>>();
        self.due.push_back(calls.len());
        let Case { module, modules, runs, .. } = case.as_ref();
        let request = Request { id: self.next_submitted, module, modules, runs, calls };
        self.next_submitted += 1;
        let frame = serde_json::to_vec(&request).expect("a case has only text keys and finite numbers");
        if let Some(requests) = &self.requests {
            // If the writer is gone the worker is, and `collect` says so.
            let _ = requests.send(frame);
        }
    }

    fn collect(&mut self) -> Result<Observation, LaneFault> {
        if let Some(fault) = &self.broken {
            return Err(fault.clone());
        }
        let answer = self.answer();
        self.next_collected += 1;
        answer.map_err(|fault| if fault.kind.starts_with("Worker") { self.give_up(fault) } else { fault })
    }
}

impl Drop for ProcessLane {
    fn drop(&mut self) {
        // Closing its input ends a healthy worker; one that hangs is ended.
        self.requests = None;
        if self.broken.is_some() {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}
