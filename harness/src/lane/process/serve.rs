//! The worker's side of the protocol, for lanes written in Rust.

use super::frame::{FrameError, message, read_frame, write_frame};
use super::{Hello, Response};
use crate::lane::Lane;
use crate::{CallableModule, Case, Run};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::sync::Arc;

#[derive(Deserialize)]
struct Request {
    id: u64,
    #[serde(with = "crate::base64_bytes")]
    module: Vec<u8>,
    #[serde(default)]
    modules: BTreeMap<String, CallableModule>,
    runs: Vec<Run>,
}

/// Greets, then answers cases with what the lane observes until the input ends.
pub fn serve(hello: &Hello, lane: &mut dyn Lane, from: &mut impl Read, to: &mut impl Write) -> io::Result<()> {
    write_frame(to, &serde_json::to_vec(hello)?)?;
    to.flush()?;
    while let Some(frame) = next(from)? {
        let Request { id, module, modules, runs } = message(&frame)?;
        let case = Arc::new(Case { modules, ..Case::new(module, runs) });
        let (observation, fault) = match lane.observe(&case) {
            Ok(observation) => (Some(observation), None),
            Err(fault) => (None, Some(fault)),
        };
        write_frame(to, &serde_json::to_vec(&Response { id, observation, fault })?)?;
        to.flush()?;
    }
    Ok(())
}

fn next(from: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    read_frame(from).map_err(|error| match error {
        FrameError::Pipe(error) => error,
        FrameError::Cut | FrameError::TooLong(_) => io::Error::new(io::ErrorKind::InvalidData, error.to_string()),
    })
}
