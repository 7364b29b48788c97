//! `worker LANE`: one of this program's own lanes as a process.

use super::exit::Exit;
use anyhow::{Context as _, anyhow, bail};
use clap::Args;
use modal_harness::{Hello, LaneKind, PROTOCOL, THREAD_STACK, WorkerCommand, serve};
use std::collections::BTreeMap;
use std::io::{self, BufReader, BufWriter};

#[derive(Debug, Args)]
pub(super) struct WorkerArguments {
    /// The lane.
    lane: LaneKind,
}

pub(super) fn run(arguments: &WorkerArguments) -> anyhow::Result<Exit> {
    if arguments.lane == LaneKind::Node {
        bail!("the Node lane's worker is the SDK's own");
    }
    let nothing = WorkerCommand { program: "false".into(), args: Vec::new() };
    let serving = std::thread::Builder::new()
        .stack_size(THREAD_STACK)
        .spawn({
            let kind = arguments.lane;
            move || -> anyhow::Result<()> {
                let mut lane = kind.open(&nothing)?;
                let hello = Hello {
                    protocol: PROTOCOL,
                    engine: kind.to_string(),
                    version: lane.id().version.clone(),
                    details: BTreeMap::new(),
                };
                serve(&hello, lane.as_mut(), &mut BufReader::new(io::stdin()), &mut BufWriter::new(io::stdout()))?;
                Ok(())
            }
        })
        .context("cannot start a thread")?;
    serving.join().map_err(|_| anyhow!("the lane panicked"))??;
    Ok(Exit::Agree)
}
