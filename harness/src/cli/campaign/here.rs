//! What there is here of what a campaign follows from, and how its lanes are opened.

use super::super::kind::KindName;
use super::super::lane_arguments::ChosenLanes;
use super::super::{built, run};
use anyhow::{Context as _, anyhow};
use clap::ValueEnum as _;
use modal_harness::campaign::{CampaignError, Plan, PlannedLane};
use modal_harness::generate::Kind;
use modal_harness::results::Sha256Sum;
use modal_harness::{ForeignLane, RunConfig, WorkerLimits};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Files and folders of the project that results follow from, by what a plan calls them. This program is another.
const INPUTS: [(&str, &str); 5] = [
    ("Cargo.lock", "Cargo.lock"),
    ("guest", "validators/dist/guest.wasm"),
    ("lanes", "harness/lanes.toml"),
    ("sdk", "runtime/sdk/src"),
    ("sdk-wasm", "runtime/sdk/dist"),
];

/// The digests of what results follow from.
pub(super) fn inputs() -> anyhow::Result<BTreeMap<String, Sha256Sum>> {
    let mut inputs = BTreeMap::new();
    for (name, path) in INPUTS {
        let path = built::project().join(path);
        let sum = sum(&path).with_context(|| format!("failed to read {}, which campaigns pin", path.display()))?;
        inputs.insert(name.to_owned(), sum);
    }
    let program = built::this_program().and_then(std::fs::read).context("failed to read this program")?;
    inputs.insert("harness".to_owned(), Sha256Sum::of(&program));
    Ok(inputs)
}

/// Whether what is here is what was planned.
pub(in super::super) fn check(plan: &Plan) -> anyhow::Result<()> {
    let here = inputs()?;
    for (name, planned) in &plan.inputs {
        let shown = here.get(name).map_or_else(|| "not known".to_owned(), ToString::to_string);
        if shown != planned.to_string() {
            let (name, planned) = (name.clone(), planned.to_string());
            return Err(CampaignError::NotAsPlanned { name, planned, here: shown }.into());
        }
    }
    Ok(())
}

/// How the plan's cases are run here, in engines that are kept apart. Nothing is built: what is here was held against the plan.
pub(super) fn config(plan: &Plan, chosen: ChosenLanes, jobs: Option<u16>) -> anyhow::Result<RunConfig> {
    let ChosenLanes { own, foreign } = chosen;
    Ok(RunConfig {
        seed: plan.seed,
        first: plan.first,
        cases: plan.cases,
        sample_every: plan.sample_every,
        kind: kind(plan)?,
        lanes: own,
        foreign,
        isolate: true,
        limits: WorkerLimits::default(),
        jobs: match jobs {
            Some(jobs) => usize::from(jobs),
            None => run::cores(),
        },
        node: built::node_worker(),
        fresh: built::own_worker()?,
        most_findings: usize::MAX,
    })
}

/// A plan's lanes, as a command line names them: their names, and those that are no lane of this project's or its catalogue.
pub(super) fn lanes_of(plan: &Plan) -> anyhow::Result<(Vec<String>, Vec<ForeignLane>)> {
    let (mut names, mut foreign) = (Vec::new(), Vec::new());
    for PlannedLane { id, worker } in &plan.lanes {
        match worker {
            None => names.push(id.name.clone()),
            Some(words) => {
                let lane = format!("{}={words}", id.name).parse().map_err(|reason: String| anyhow!(reason))?;
                foreign.push(lane);
            }
        }
    }
    Ok((names, foreign))
}

fn kind(plan: &Plan) -> anyhow::Result<Kind> {
    let name = KindName::from_str(&plan.kind, false)
        .map_err(|reason| anyhow!("failed to use the plan's kind of cases: {reason}"))?;
    name.with_guest(built::guest_as_it_is)
}

/// SHA-256 of a file; of a folder, that of its files' names and sums in order.
fn sum(path: &Path) -> std::io::Result<Sha256Sum> {
    if !path.is_dir() {
        return Ok(Sha256Sum::of(&std::fs::read(path)?));
    }
    let entries = std::fs::read_dir(path)?.map(|entry| Ok(entry?.path()));
    let mut entries = entries.collect::<std::io::Result<Vec<PathBuf>>>()?;
    entries.sort_unstable();
    let mut list = String::new();
    for entry in entries {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        list += &format!("{}  {name}\n", sum(&entry)?);
    }
    Ok(Sha256Sum::of(list.as_bytes()))
}
