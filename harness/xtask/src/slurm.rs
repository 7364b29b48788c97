//! A campaign on Slurm, tested: an array on two nodes, with one task queued again and one node killed, leaves the bytes that one
//! process leaves, and the certificate made of it is that of a certification in one process.

mod cluster;

use crate::{certification, debian, guests, sdk, task};
use anyhow::{Context as _, bail, ensure};
use cluster::{Cluster, NODES};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

const PACKAGES: [&str; 4] = ["munge", "slurm-client", "slurmctld", "slurmd"];

/// A campaign of eight chunks, of which each takes some seconds: long enough to be interrupted. It samples as often as a
/// certification of so many cases does.
const CAMPAIGN: [&str; 10] =
    ["--seed", SEED, "--cases", CASES, "--chunk", "128", "--sample-every", "16", "--lanes", LANES];

const SEED: &str = "1";
const CASES: &str = "1024";
const LANES: &str = "wasmtime,wasmi";

const SHARDS: &str = "4";

/// How often it is asked whether something has happened, and how long it takes at most: ten minutes.
const POLL: Duration = Duration::from_millis(250);
const POLLS: u32 = 2_400;

/// Whether Slurm is there; it is installed where it may be.
fn require() -> anyhow::Result<()> {
    if is_installed() {
        return Ok(());
    }
    if debian::can_install() {
        eprintln!("Slurm is not installed: installing Debian's {}", PACKAGES.join(", "));
        debian::install(&PACKAGES)?;
    }
    ensure!(
        is_installed(),
        "failed to find munged, slurmctld, slurmd and sbatch; run\n  apt-get install -y --no-install-recommends {}",
        PACKAGES.join(" ")
    );
    Ok(())
}

fn is_installed() -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into()]).collect::<Vec<PathBuf>>();
    ["munged", "slurmctld", "slurmd", "sbatch"].iter().all(|name| folders.iter().any(|it| it.join(name).is_file()))
}

/// Runs the campaign in one process and on a cluster, and compares every byte.
pub(crate) fn test() -> anyhow::Result<()> {
    require()?;
    sdk::build()?;
    guests::build()?;
    task::run(task::cargo().args(["build", "--quiet", "--package", "modal-harness"]))?;
    let folder = task::target_folder().join("slurm");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("failed to remove {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("failed to make {}", folder.display()))?;
    // A certification builds tests, and with them this program anew, with other features; the plan pins its digest.
    let conform = folder.join("modal-conform");
    fs::copy(task::target_folder().join("debug/modal-conform"), &conform).context("failed to copy modal-conform")?;
    let (one, many) = (folder.join("one"), folder.join("many"));
    let campaign = |command: &str, store: &Path| {
        let mut conform = Command::new(&conform);
        conform.args(["campaign", command, "--store"]).arg(store).current_dir(task::root());
        conform
    };
    eprintln!("=== one process");
    task::run(campaign("plan", &one).args(CAMPAIGN))?;
    task::run(campaign("run", &one).args(["--jobs", "2"]))?;
    task::run(&mut campaign("merge", &one))?;

    eprintln!("=== two nodes");
    task::run(campaign("plan", &many).args(CAMPAIGN))?;
    let name = only_name(&many.join("campaigns"))?;
    ensure!(name == only_name(&one.join("campaigns"))?, "failed to plan the same campaign twice");
    let mut cluster = Cluster::start(&folder.join("cluster"))?;
    let log = folder.join("tasks-%A-%a.log");
    let mut submit = cluster.client("harness/campaign/slurm/submit");
    submit.arg(&many).args([&name, SHARDS]).arg(format!("--output={}", log.display())).env("MODAL_CONFORM", &conform);
    let jobs = said(&mut submit)?;
    let (array, merge) = jobs.trim().split_once(' ').context("submit prints two numbers")?;
    eprintln!("array {array}, merge {merge}");

    // Both nodes are at a chunk: one task is queued again, and the other's node dies.
    let running = wait_for("a task on each node at work", || {
        let running = running(&cluster)?;
        let begun = attempts(&many)?.len() >= NODES.len();
        Ok((running.len() == NODES.len() && begun).then_some(running))
    })?;
    let (requeued, killed) = (&running[NODES[0]], &running[NODES[1]]);
    eprintln!("task {requeued} is queued again; node {} dies with task {killed}", NODES[1]);
    task::run(cluster.client("scontrol").args(["requeue", requeued]))?;
    cluster.kill(NODES[1])?;

    wait_for("the end of all jobs", || {
        Ok(said(cluster.client("squeue").arg("--noheader"))?.trim().is_empty().then_some(()))
    })?;
    let ended = said(cluster.client("scontrol").args(["--oneliner", "show", "job", merge]))?;
    ensure!(ended.contains("JobState=COMPLETED") && ended.contains("ExitCode=0:0"), "the merge failed: {ended}");

    let log = cluster.log("slurmctld")?;
    for event in [format!("Requeuing JobId={requeued}("), format!("due to failure of node {}", NODES[1])] {
        let line = log.lines().find(|line| line.contains(&event));
        eprintln!("{}", line.with_context(|| format!("failed to find {event:?} in the log of slurmctld"))?);
    }
    let made = attempts(&many)?.len();
    eprintln!("{made} attempts at 8 chunks");
    ensure!(made > 8, "failed to interrupt an attempt: every chunk was made at once");
    task::run(&mut campaign("status", &many))?;
    compare(&one, &many)?;
    drop(cluster);
    certify(&conform, &folder, &many)?;
    eprintln!("{}", fs::read_to_string(folder.join(format!("tasks-{merge}-4294967294.log"))).unwrap_or_default());
    println!(
        "Slurm: {name} has the same bytes and certificate from one process and from an array with a task queued again and a node killed"
    );
    Ok(())
}

/// Certifies what the cluster made and what one process makes, and compares.
fn certify(conform: &Path, folder: &Path, store: &Path) -> anyhow::Result<()> {
    let certify = |out: &Path| {
        let mut certify = Command::new(conform);
        certify.args(["certify", "--profile", "quick", "--lanes", LANES, "--out"]).arg(out).current_dir(task::root());
        certify
    };
    let [one, many] = ["certified-by-one", "certified-by-many"].map(|name| folder.join(name));
    eprintln!("=== a certificate of what one process judges");
    task::run(certify(&one).args(["--seed", SEED, "--cases", CASES]))?;
    eprintln!("=== a certificate of what the cluster judged");
    task::run(certify(&many).arg("--store").arg(store))?;
    certification::compare(&one, &many)
}

/// The tasks that run, by node.
fn running(cluster: &Cluster) -> anyhow::Result<BTreeMap<String, String>> {
    let text = said(cluster.client("squeue").args(["--noheader", "--states=RUNNING", "--format=%N %F_%K"]))?;
    Ok(text
        .lines()
        .filter_map(|line| line.trim().split_once(' '))
        .map(|(node, task)| (node.into(), task.into()))
        .collect())
}

/// The files of a store that tell of attempts.
fn attempts(store: &Path) -> anyhow::Result<Vec<String>> {
    Ok(files(store)?.into_keys().filter(|name| name.contains("/attempts/")).collect())
}

/// Every byte of two stores that is not told of attempts has to be the same.
fn compare(one: &Path, many: &Path) -> anyhow::Result<()> {
    let [mut one, mut many] = [files(one)?, files(many)?];
    for files in [&mut one, &mut many] {
        files.retain(|name, _| !name.contains("/attempts/"));
    }
    let other = one.keys().chain(many.keys()).find(|name| one.get(*name) != many.get(*name));
    if let Some(name) = other {
        bail!("{name} is another, or only in one of the stores");
    }
    ensure!(one.keys().any(|name| name.ends_with("/merged/index.json")), "failed to merge");
    eprintln!("{} files are the same", one.len());
    Ok(())
}

fn files(folder: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).with_context(|| format!("failed to read {}", next.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
            // What is being written has another name until it is whole.
            if let Ok(bytes) = fs::read(&path) {
                files.insert(name, bytes);
            }
        }
    }
    Ok(files)
}

fn only_name(folder: &Path) -> anyhow::Result<String> {
    let mut entries = fs::read_dir(folder).with_context(|| format!("failed to read {}", folder.display()))?;
    let entry = entries.next().with_context(|| format!("{} is empty", folder.display()))??;
    Ok(entry.file_name().to_string_lossy().into_owned())
}

fn said(command: &mut Command) -> anyhow::Result<String> {
    let output = command.output().with_context(|| format!("failed to start `{}`", task::text(command)))?;
    let error = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "failed to run `{}`: {error}", task::text(command));
    Ok(String::from_utf8(output.stdout)?)
}

/// Asks until there is an answer.
fn wait_for<T>(what: &str, mut ask: impl FnMut() -> anyhow::Result<Option<T>>) -> anyhow::Result<T> {
    for _ in 0..POLLS {
        if let Some(answer) = ask()? {
            return Ok(answer);
        }
        sleep(POLL);
    }
    bail!("failed to see {what} within {} s", POLL.as_secs_f64() * f64::from(POLLS))
}
