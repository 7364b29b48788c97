//! Serving is greeting, then answering each request, until the input ends.

use crate::engine::{About, Engine};
use crate::frame;
use crate::observe::Observer;
use crate::request::Request;
use serde_json::json;
use std::io::{self, BufReader, BufWriter};

/// The protocol's version.
const PROTOCOL: u32 = 1;

/// The native stack of the thread that observes: room for every engine's frames under the profile's stack limit.
const THREAD_STACK: usize = 64 << 20;

/// What a worker of this crate never has.
const COMPOSITION: &str = "composition";

/// Serves an engine over standard input and output until the input ends.
///
/// # Errors
///
/// If the input is not of the protocol, or the output cannot be written.
pub fn serve<E: Engine>(open: impl FnOnce() -> E + Send) -> io::Result<()> {
    std::thread::scope(|scope| {
        let serving =
            std::thread::Builder::new().stack_size(THREAD_STACK).spawn_scoped(scope, || answer_all(open()))?;
        serving.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn answer_all<E: Engine>(engine: E) -> io::Result<()> {
    let (mut from, mut to) = (BufReader::new(io::stdin()), BufWriter::new(io::stdout()));
    let About { engine: name, version, flags, mut lacks } = engine.about();
    lacks.push(COMPOSITION.into());
    let details = json!({ "meter": modal_wasm_meter::VERSION });
    let hello = json!({
        "protocol": PROTOCOL, "engine": name, "version": version, "flags": flags, "details": details, "lacks": lacks,
    });
    frame::write(&mut to, &serde_json::to_vec(&hello)?)?;
    let mut observer = Observer::new(engine);
    while let Some(bytes) = frame::read(&mut from)? {
        let request: Request = frame::message(&bytes)?;
        let answer = match observer.observe(&request) {
            Ok(observation) => json!({ "id": request.id, "observation": observation }),
            Err(fault) => json!({ "id": request.id, "fault": fault }),
        };
        frame::write(&mut to, &serde_json::to_vec(&answer)?)?;
    }
    Ok(())
}
