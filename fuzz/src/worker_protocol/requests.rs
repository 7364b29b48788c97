//! A worker that is sent any stream answers the requests in it, in order, up to the first frame that is none.

use super::frames::{self, End};
use super::{Serve, hello};
use crate::{Depth, Finding};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use modal_harness::{CallableModule, Case, EngineLane, Lane, LaneFault, LaneId, Observation, Run};
use modal_wasm_runtime::EngineConfig;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most gas that all runs of a request may have together: with more it would only take longer.
const MOST_GAS: u64 = 1_000_000;

/// What a request is made of.
#[derive(Deserialize)]
struct Request {
    #[serde(rename = "id")]
    _id: u64,
    module: String,
    #[serde(rename = "modules", default)]
    _modules: BTreeMap<String, CallableModule>,
    #[serde(rename = "runs")]
    _runs: Vec<Run>,
}

/// Puts a stream to a worker.
pub(super) fn judge(serve: Serve, stream: &[u8]) -> Result<Depth, Finding> {
    let mut written = Vec::new();
    let mut lane = Frugal(EngineLane::new(EngineConfig::Wasmi), None);
    let served = serve(&hello(), &mut lane, &mut &*stream, &mut written);
    let (requests, end) = frames::read(stream);
    let whole = end == End::Whole;
    let (answers, complete) = frames::read(&written);
    let broken = |what: &str| Err(Finding::new(format!("a worker {what}: it was sent {}", stream.escape_ascii())));
    let Some((greeting, answers)) = answers.split_first().filter(|_| complete == End::Whole) else {
        return broken("wrote no whole frames");
    };
    if serde_json::from_slice(greeting).ok().as_ref() != Some(&hello()) {
        return broken("greets in another name");
    }
    // It gives up at the first frame that is no request, and at an end within one; it says so, and answers nothing more.
    let due = match (&served, requests.get(answers.len())) {
        (Ok(()), _) if !whole => return broken("takes half a frame for the end"),
        (Ok(()), _) => requests.len(),
        (Err(_), Some(next)) if is_request(next) => return broken("gives up in front of a request"),
        (Err(_), None) if whole => return broken("gives up although all was a request"),
        (Err(_), _) => requests.len().min(answers.len()),
    };
    if answers.len() != due {
        return broken(&format!("gives {} answers to {due} requests", answers.len()));
    }
    for (request, answer) in requests.iter().zip(answers) {
        let (Some(request), Some(answer)) = (object(request).filter(|_| is_request(request)), object(answer)) else {
            return broken("answers what is no request, or with what is no answer");
        };
        if request.get("id") != answer.get("id") {
            return broken("answers a request by the name of another");
        }
        let one = answer.get("observation").is_some() != answer.get("fault").is_some();
        let named = answer.get("fault").is_none_or(|it| it["kind"].as_str().is_some_and(|kind| !kind.is_empty()));
        if !one || !named {
            return broken("answers with neither an observation nor a fault that bears a name");
        }
    }
    Ok(if answers.is_empty() { Depth::Refused } else { Depth::Judged })
}

/// Whether a worker has to answer a frame.
fn is_request(frame: &[u8]) -> bool {
    let request = object(frame).and_then(|_| serde_json::from_slice::<Request>(frame).ok());
    request.is_some_and(|request| STANDARD.decode(request.module).is_ok())
}

fn object(frame: &[u8]) -> Option<Value> {
    serde_json::from_slice::<Value>(frame).ok().filter(Value::is_object)
}

/// A lane that takes no case with more gas than an input is worth.
struct Frugal(EngineLane, Option<LaneFault>);

impl Lane for Frugal {
    fn id(&self) -> &LaneId {
        self.0.id()
    }

    fn submit(&mut self, case: &Arc<Case>) {
        let gas = case.runs.iter().fold(0_u64, |sum, run| sum.saturating_add(gas(run)));
        self.1 = (gas > MOST_GAS).then(|| LaneFault::new("Usage", format!("{gas} gas is more than {MOST_GAS}")));
        if self.1.is_none() {
            self.0.submit(case);
        }
    }

    fn collect(&mut self) -> Result<Observation, LaneFault> {
        match self.1.take() {
            Some(fault) => Err(fault),
            None => self.0.collect(),
        }
    }
}

fn gas(run: &Run) -> u64 {
    match run {
        Run::Exports { start_gas, calls } => calls.iter().fold(*start_gas, |sum, call| sum.saturating_add(call.gas)),
        Run::Abi { gas, .. } => *gas,
    }
}
