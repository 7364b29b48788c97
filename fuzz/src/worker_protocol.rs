//! The protocol between the harness and its workers takes any bytes, on either side.
//!
//! The first byte of an input says which side reads it and how: its lowest bit is set for the harness's side, the next one
//! if each line is a frame, whose length is then right; else the rest is the stream as it is. To the harness's side, a worker
//! that greets as it should is added in front if the third bit is set.

mod answers;
mod frames;
mod requests;

use crate::{Depth, Finding};
use modal_harness::{Hello, Lane, LaneFault, PROTOCOL, ProcessLane, WorkerCommand};
use std::cell::RefCell;
use std::io;
use tempfile::TempDir;

const HARNESS_SIDE: u8 = 1;
const FRAMED: u8 = 2;
const GREETED: u8 = 4;

/// The worker's side of the protocol, as [`modal_harness::serve`] is.
pub type Serve = fn(&Hello, &mut dyn Lane, &mut &[u8], &mut Vec<u8>) -> io::Result<()>;

/// The harness's side of the protocol, as [`ProcessLane::spawn`] is.
pub type Start = fn(&WorkerCommand) -> Result<Box<dyn Lane>, LaneFault>;

/// Puts a stream to a worker, or to the harness as if a worker had written it.
///
/// # Panics
///
/// If either side panics, waits for ever, answers otherwise than the stream says, or has a fault that bears no name.
pub fn worker_protocol(data: &[u8]) {
    thread_local!(static TARGET: RefCell<Option<WorkerProtocol>> = const { RefCell::new(None) });
    TARGET.with_borrow_mut(|target| Finding::panic_on(WorkerProtocol::sound, target, |it| it.judge(data)));
}

/// Both sides of the protocol.
pub struct WorkerProtocol {
    serve: Serve,
    start: Start,
    folder: TempDir,
}

impl WorkerProtocol {
    /// The harness and its own worker.
    ///
    /// # Errors
    ///
    /// If there is no folder for what a worker writes.
    pub fn sound() -> Result<Self, Finding> {
        let folder = tempfile::tempdir().map_err(|error| Finding::new(format!("no temporary folder: {error}")))?;
        Ok(Self {
            serve: |hello, lane, from, to| modal_harness::serve(hello, lane, from, to),
            start: |command| Ok(Box::new(ProcessLane::spawn("worker", command)?)),
            folder,
        })
    }

    /// With this worker, which may be broken on purpose.
    #[must_use]
    pub fn with_worker(self, serve: Serve) -> Self {
        Self { serve, ..self }
    }

    /// With this reader of a worker's output, which may be broken on purpose.
    #[must_use]
    pub fn with_reader(self, start: Start) -> Self {
        Self { start, ..self }
    }

    /// Judges an input.
    ///
    /// # Errors
    ///
    /// Which law is broken.
    pub fn judge(&mut self, data: &[u8]) -> Result<Depth, Finding> {
        let Some((&form, rest)) = data.split_first() else { return Ok(Depth::Refused) };
        let mut stream = Vec::new();
        if form & HARNESS_SIDE != 0 && form & GREETED != 0 {
            let hello = serde_json::to_vec(&hello()).map_err(|error| Finding::new(error.to_string()))?;
            frames::write(&mut stream, &hello);
        }
        if form & FRAMED != 0 {
            rest.split(|&byte| byte == b'\n').for_each(|frame| frames::write(&mut stream, frame));
        } else {
            stream.extend(rest);
        }
        if form & HARNESS_SIDE != 0 {
            answers::judge(self.start, &stream, self.folder.path())
        } else {
            requests::judge(self.serve, &stream)
        }
    }
}

fn hello() -> Hello {
    Hello { protocol: PROTOCOL, engine: "wasmi".into(), version: "0".into(), ..Hello::default() }
}

/// These requests as an input: each is a frame.
pub(crate) fn as_requests(frames: &[&str]) -> Vec<u8> {
    input(FRAMED, frames)
}

/// These answers as an input: each is a frame, behind a greeting.
pub(crate) fn as_answers(frames: &[&str]) -> Vec<u8> {
    input(FRAMED | HARNESS_SIDE | GREETED, frames)
}

fn input(form: u8, frames: &[&str]) -> Vec<u8> {
    [&[form], frames.join("\n").as_bytes()].concat()
}
