//! A child is the process of a worker: its pipes, its last words and its end.

use super::breakage::Breakage;
use super::command::WorkerCommand;
use super::frame::{FrameError, read_frame, write_frame};
use super::memory::resident;
use crate::LaneFault;
use std::io::{self, BufReader, BufWriter, Read as _, Write as _};
use std::process::{Child as Process, ChildStderr, ChildStdin, ChildStdout, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long a worker whose input has ended, or whose output has, may take to end.
const GRACE: Duration = Duration::from_secs(5);

/// How many frames of a worker are kept that nobody has asked for yet: more than a batch of cases has. One that writes
/// more waits, and fills no memory of this process.
const AHEAD: usize = 64;

/// How many bytes of what a worker wrote to its standard error a fault shows.
const LAST_WORDS: usize = 600;

/// The signals by which others end a process: hang-up, interrupt, kill and terminate.
const FROM_OUTSIDE: [i32; 4] = [1, 2, 9, 15];

/// A worker's process. Threads write to it and read from it, so that requests can be pipelined.
pub(super) struct Child {
    process: Process,
    requests: Option<Sender<Vec<u8>>>,
    responses: Receiver<Result<Option<Vec<u8>>, FrameError>>,
    last_words: Arc<Mutex<Vec<u8>>>,
    /// Ends with the worker's standard error.
    silent: Receiver<()>,
    ended: bool,
}

impl Child {
    pub(super) fn spawn(command: &WorkerCommand) -> Result<Self, LaneFault> {
        let program = command.program.to_string_lossy();
        let fault = |reason: String| Breakage::Start.fault(format!("cannot start {program}: {reason}"));
        let mut process = command
            .command()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| fault(error.to_string()))?;
        let (Some(stdin), Some(stdout), Some(stderr)) =
            (process.stdin.take(), process.stdout.take(), process.stderr.take())
        else {
            return Err(fault("it has no standard input, output and error".into()));
        };
        let last_words = Arc::default();
        Ok(Self {
            process,
            requests: Some(writer(stdin)),
            responses: reader(stdout),
            silent: listener(stderr, Arc::clone(&last_words)),
            last_words,
            ended: false,
        })
    }

    /// Sends a frame, as soon as the worker takes it.
    pub(super) fn send(&self, frame: Vec<u8>) {
        if let Some(requests) = &self.requests {
            // If the writer is gone the worker is, and `receive` says so.
            let _ = requests.send(frame);
        }
    }

    /// The next frame that the worker writes.
    pub(super) fn receive(&mut self, patience: Duration) -> Result<Vec<u8>, LaneFault> {
        match self.responses.recv_timeout(patience) {
            Ok(Ok(Some(frame))) => Ok(frame),
            Ok(Ok(None)) | Err(RecvTimeoutError::Disconnected) => Err(self.end()),
            // A worker that is ended while it writes leaves half a frame.
            Ok(Err(FrameError::Cut)) => Err(self.end()),
            Ok(Err(error @ (FrameError::TooLong(_) | FrameError::Pipe(_)))) => {
                Err(self.with_last_words(Breakage::Garbage, error.to_string()))
            }
            Err(RecvTimeoutError::Timeout) => {
                Err(self.with_last_words(Breakage::Hang, format!("no answer within {patience:?}")))
            }
        }
    }

    /// The bytes of memory that the worker holds, where the system says so.
    pub(super) fn resident(&self) -> Option<u64> {
        resident(self.process.id())
    }

    pub(super) fn id(&self) -> u32 {
        self.process.id()
    }

    /// Ends the worker without asking it.
    pub(super) fn kill(&mut self) {
        let _ = self.process.kill();
    }

    /// How a worker ended that closed its output.
    fn end(&mut self) -> LaneFault {
        self.ended = true;
        // It closes its pipes first. One that goes on without them is ended, which is not its own end.
        let status = match self.wait() {
            Some(status) => status,
            None => {
                return self.with_last_words(Breakage::Exit, "the worker closed its output and went on".into());
            }
        };
        let (breakage, how) = match signal(status) {
            Some(signal) if FROM_OUTSIDE.contains(&signal) => (Breakage::Killed, format!("signal {signal}")),
            Some(signal) => (Breakage::Exit, format!("signal {signal}")),
            None => (Breakage::Exit, status.code().map_or_else(|| "no code".into(), |code| format!("code {code}"))),
        };
        self.with_last_words(breakage, format!("the worker ended with {how}"))
    }

    /// Waits for the process to end, for a while.
    fn wait(&mut self) -> Option<ExitStatus> {
        const STEP: Duration = Duration::from_millis(10);
        for _ in 0..GRACE.as_millis() / STEP.as_millis() {
            if let Ok(Some(status)) = self.process.try_wait() {
                return Some(status);
            }
            std::thread::sleep(STEP);
        }
        None
    }

    fn with_last_words(&self, breakage: Breakage, detail: String) -> LaneFault {
        if self.ended {
            // Its last words come through a pipe of their own.
            let _ = self.silent.recv_timeout(GRACE);
        }
        let words = self.last_words.lock().unwrap_or_else(PoisonError::into_inner);
        let words = String::from_utf8_lossy(&words).trim().to_owned();
        breakage.fault(if words.is_empty() { detail } else { format!("{detail}; it said: {words}") })
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // Closing its input ends a healthy worker. What it still writes is nobody's: the reader throws it away.
        self.requests = None;
        self.responses = channel().1;
        if self.wait().is_none() {
            self.kill();
            let _ = self.process.wait();
        }
    }
}

fn writer(stdin: ChildStdin) -> Sender<Vec<u8>> {
    let (requests, to_write) = channel::<Vec<u8>>();
    std::thread::spawn(move || {
        let mut stdin = BufWriter::new(stdin);
        while let Ok(frame) = to_write.recv() {
            // A worker that died is reported by the reader, which sees its output end.
            if write_frame(&mut stdin, &frame).and_then(|()| stdin.flush()).is_err() {
                break;
            }
        }
    });
    requests
}

fn reader(stdout: ChildStdout) -> Receiver<Result<Option<Vec<u8>>, FrameError>> {
    let (read, responses) = sync_channel(AHEAD);
    std::thread::spawn(move || {
        let mut stdout = BufReader::new(stdout);
        loop {
            let frame = read_frame(&mut stdout);
            let last = !matches!(frame, Ok(Some(_)));
            if read.send(frame).is_err() {
                // A worker that is ending is not kept waiting by what it writes.
                let _ = io::copy(&mut stdout, &mut io::sink());
                break;
            }
            if last {
                break;
            }
        }
    });
    responses
}

/// Keeps the end of what the worker writes to its standard error.
fn listener(mut stderr: ChildStderr, last_words: Arc<Mutex<Vec<u8>>>) -> Receiver<()> {
    let (speaking, silent) = channel::<()>();
    std::thread::spawn(move || {
        // Dropped when there is no more to read, which is what is waited for.
        let _speaking = speaking;
        let mut buffer = [0; 1024];
        while let Ok(count @ 1..) = stderr.read(&mut buffer) {
            let mut words = last_words.lock().unwrap_or_else(PoisonError::into_inner);
            words.extend_from_slice(&buffer[..count]);
            let beyond = words.len().saturating_sub(LAST_WORDS);
            words.drain(..beyond);
        }
    });
    silent
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}
