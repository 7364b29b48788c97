//! Requests as the harness sends them, and what a worker answers to them, whole and damaged.

use super::Inputs;
use super::modules::cases;
use crate::worker_protocol::{as_answers, as_requests};
use modal_harness::{Case, EngineLane, Lane as _, Observation};
use modal_wasm_runtime::EngineConfig;
use serde_json::json;
use std::path::Path;
use std::sync::Arc;

/// Longer modules say nothing more of the protocol.
const LONGEST: usize = 400;

/// Every input.
pub(super) fn all(corpus: &Path) -> anyhow::Result<Inputs> {
    let mut inputs = Inputs::new();
    let mut lane = EngineLane::new(EngineConfig::Wasmi);
    // One run is what the harness's side of the target asks for.
    let small = |case: &Case| case.module.len() <= LONGEST && case.runs.len() == 1;
    let mut observations = Vec::new();
    for topic in ["abi", "calls", "composition", "rejections", "traps"] {
        for case in cases(&corpus.join("cases").join(topic))?.into_iter().filter(small) {
            let mut request = serde_json::to_value(&case)?;
            request["id"] = json!(0);
            let request = request.to_string();
            let observation = lane.observe(&Arc::new(case))?;
            inputs.insert(as_requests(&[&request]));
            observations.push(observation);
        }
    }
    let answer = |id: usize, observation: &Observation| json!({"id": id, "observation": observation}).to_string();
    for some in observations.chunks(3) {
        let answers = some.iter().enumerate().map(|(id, observation)| answer(id, observation)).collect::<Vec<_>>();
        inputs.insert(as_answers(&answers.iter().map(String::as_str).collect::<Vec<_>>()));
    }
    let empty = r#"{"id":7,"module":"AGFzbQEAAAA=","runs":[{"kind":"exports","start_gas":1,"calls":[]}]}"#;
    inputs.insert(as_requests(&[empty, r#"{"id":8,"module":"","runs":[]}"#, empty]));
    inputs.insert(as_requests(&[empty, r#"{"id":"8"}"#, empty]));
    inputs.insert(as_requests(&[r#"{"id":1,"module":"?","runs":[]}"#]));
    inputs.insert(as_requests(&[r#"{"id":1,"module":"","runs":[{"kind":"abi","method":"f","input":"","gas":0}]}"#]));
    inputs.insert(as_answers(&[r#"{"id":0,"fault":{"kind":"EngineCompile","detail":"it is planted"}}"#]));
    inputs.insert(as_answers(&[r#"{"id":0,"fault":{"kind":"WorkerHang","detail":"it is none of its business"}}"#]));
    inputs.insert(as_answers(&[r#"{"id":0}"#]));
    inputs.insert(as_answers(&[r#"{"id":1,"fault":{"kind":"EngineCompile","detail":""}}"#]));
    inputs.insert(as_answers(&[]));
    // Streams that end within a frame, and one that announces more than either side takes.
    inputs.insert(b"\x00\x05\0\0\0{}".to_vec());
    inputs.insert(b"\x00\x05\0".to_vec());
    inputs.insert(b"\x00\xff\xff\xff\xff{}".to_vec());
    inputs.insert(b"\x05\xff\xff\xff\x0f{}".to_vec());
    inputs.insert(b"\x03{\"protocol\":2,\"engine\":\"\",\"version\":\"\"}".to_vec());
    let greeting =
        r#"{"protocol":1,"engine":"e","version":"1","flags":["-f"],"details":{"arch":"x64"},"lacks":["abi"]}"#;
    inputs.insert([b"\x03", greeting.as_bytes()].concat());
    Ok(inputs)
}
