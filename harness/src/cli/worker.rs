//! `worker LANE`: one of this program's own lanes as a process.

use super::exit::Exit;
use anyhow::{Context as _, anyhow, bail};
use clap::Args;
use modal_harness::{EngineLane, Hello, LaneKind, PROTOCOL, THREAD_STACK, serve};
use std::io::{self, BufReader, BufWriter};

#[derive(Debug, Args)]
pub(super) struct WorkerArguments {
    /// The lane.
    lane: LaneKind,
}

pub(super) fn run(arguments: &WorkerArguments) -> anyhow::Result<Exit> {
    let LaneKind::Engine(config) = arguments.lane else {
        bail!("the Node lane's worker is the SDK's own");
    };
    let hello = Hello {
        protocol: PROTOCOL,
        engine: config.engine().to_string(),
        version: config.engine().version().to_owned(),
        lacks: EngineLane::lacked_by(config),
        ..Hello::default()
    };
    let serving = std::thread::Builder::new()
        .stack_size(THREAD_STACK)
        .spawn(move || {
            let mut lane = EngineLane::new(config);
            serve(&hello, &mut lane, &mut BufReader::new(io::stdin()), &mut BufWriter::new(io::stdout()))
        })
        .context("cannot start a thread")?;
    serving.join().map_err(|_| anyhow!("the lane panicked"))??;
    Ok(Exit::Agree)
}
