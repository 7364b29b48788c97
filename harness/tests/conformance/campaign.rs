//! A campaign leaves the same bytes however it is cut, killed and repeated, and says so when it does not.

mod merging;
mod s3;

use crate::common::project;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

/// A campaign of five chunks, the last of them short.
const CAMPAIGN: [&str; 14] = [
    "--seed",
    "5",
    "--cases",
    "72",
    "--chunk",
    "16",
    "--sample-every",
    "8",
    "--kind",
    "modules",
    "--lanes",
    "wasmtime,wasmi",
    "--message-format",
    "json",
];

/// `cargo conform campaign`, with a store and nothing of an engine's environment.
fn command(store: &str, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_modal-conform"));
    command.arg("campaign").args(args).env("MODAL_STORE", store).current_dir(project());
    for variable in ["SHARD_INDEX", "SHARD_COUNT", "SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX", "MODAL_CAMPAIGN"] {
        command.env_remove(variable);
    }
    command
}

fn ended(command: &mut Command) -> (Option<i32>, String) {
    let Output { status, stdout, stderr } = command.output().expect("the program");
    (status.code(), String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr))
}

/// Runs a command and compares how it ends and parts of what it prints.
fn check(store: &str, args: &[&str], code: i32, parts: &[&str]) -> String {
    let (ended, text) = ended(&mut command(store, args));
    assert_eq!(ended, Some(code), "{args:?}:\n{text}");
    for part in parts {
        assert!(text.contains(part), "{args:?} does not print {part:?}:\n{text}");
    }
    text
}

/// Plans the campaign and answers its name.
fn plan(store: &str) -> String {
    let output = command(store, &[&["plan"], &CAMPAIGN[..]].concat()).output().expect("the program");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON and nothing else");
    assert_eq!(document["chunks"], 5);
    document["campaign"].as_str().expect("a name").to_owned()
}

/// A folder that a campaign is kept in.
struct Kept(tempfile::TempDir);

impl Kept {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn store(&self) -> &str {
        self.0.path().to_str().expect("a plain path")
    }

    /// Every file of the store but what is said of attempts.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(self.0.path(), "", &mut files);
        files.retain(|name, _| !name.contains("/attempts/"));
        files
    }
}

fn collect(folder: &Path, under: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = format!("{under}/{}", path.file_name().expect("a name").to_string_lossy());
        if path.is_dir() {
            collect(&path, &name, files);
        } else {
            files.insert(name, fs::read(&path).expect("a file"));
        }
    }
}

/// The campaign, run in one piece and merged.
fn whole() -> Kept {
    let kept = Kept::new();
    plan(kept.store());
    check(kept.store(), &["run"], 0, &["shard 0/1: 5 chunks stored, 0 there before"]);
    check(
        kept.store(),
        &["merge", "--sample", "3"],
        0,
        &["72 cases in 5 chunks, 3 judged again", "agree on all 72 cases"],
    );
    kept
}

#[test]
fn any_number_of_shards_in_any_order_leaves_the_same_bytes() {
    let one = whole();
    let cuts: [&[&str]; 2] = [&["1/2", "0/2", "1/2"], &["6/7", "3/7", "0/7", "5/7", "1/7", "4/7", "2/7", "3/7"]];
    for cut in cuts {
        let kept = Kept::new();
        plan(kept.store());
        for (position, shard) in cut.iter().enumerate() {
            // The same shard twice: the second time all of it is run again, and compared.
            let again = if position + 1 == cut.len() { &["--again"][..] } else { &[] };
            let jobs = if position % 2 == 0 { "1" } else { "2" };
            // Of seven shards two have nothing to do.
            let code = if matches!(*shard, "5/7" | "6/7") { 4 } else { 0 };
            check(kept.store(), &[&["run", "--jobs", jobs, "--shard", shard], again].concat(), code, &[]);
        }
        check(kept.store(), &["merge", "--sample", "3"], 0, &["agree on all 72 cases"]);
        check(kept.store(), &["status"], 0, &["5 of 5 chunks, 72 of 72 cases, 100 %", "merged"]);
        let (left, right) = (one.files(), kept.files());
        assert_eq!(left.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>(), "{cut:?}");
        assert!(left == right, "{cut:?} leaves other bytes");
    }
    // The results are those of `run`, too: the same cases, the same sample, the same root.
    let index = one.files().into_iter().find(|(name, _)| name.ends_with("merged/index.json")).expect("an index").1;
    let index: Value = serde_json::from_slice(&index).expect("JSON");
    assert_eq!((&index["root"]["rows"], &index["summary"]["agreed"]), (&Value::from(72), &Value::from(72)));
    assert_eq!(index["counts"]["wasmi"]["lanes"]["expected"], 72);
}

/// Kills a program that it started, if the test ends before it.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_worker_that_is_killed_loses_no_more_than_the_chunk_that_it_was_at() {
    let kept = Kept::new();
    plan(kept.store());
    let mut run = command(kept.store(), &["run", "--jobs", "1"]);
    let mut run = Killed(run.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program"));
    let done = |kept: &Kept| kept.files().keys().filter(|name| name.ends_with("/chunk.json")).count();
    while done(&kept) == 0 {
        assert_eq!(run.0.try_wait().expect("a process"), None, "it ends before it has stored a chunk");
        std::thread::sleep(Duration::from_millis(20));
    }
    run.0.kill().expect("it runs");
    run.0.wait().expect("it ends");
    let before = done(&kept);
    let status = check(kept.store(), &["status"], 106, &["attempts"]);
    assert!(status.contains(&format!("{before} of 5 chunks")), "{status}");
    check(kept.store(), &["merge"], 106, &["of 5 chunks are missing"]);
    check(kept.store(), &["run"], 0, &[&format!("{} chunks stored, {before} there before", 5 - before)]);
    check(kept.store(), &["merge", "--sample", "3"], 0, &["agree on all 72 cases"]);
    assert!(kept.files() == whole().files(), "it leaves other bytes");
}

#[test]
fn engines_tell_a_worker_its_shard_by_the_environment() {
    let kept = Kept::new();
    let name = plan(kept.store());
    let check = |variables: &[(&str, &str)], code: i32, part: &str| {
        let mut command = command(kept.store(), &["run", "--campaign", &name[..8]]);
        command.envs(variables.iter().copied());
        let (ended, text) = ended(&mut command);
        assert!(ended == Some(code) && text.contains(part), "{variables:?}: {ended:?}\n{text}");
    };
    let slurm = [("SLURM_ARRAY_TASK_ID", "1"), ("SLURM_ARRAY_TASK_COUNT", "5")];
    check(&slurm, 0, "shard 1/5: 1 chunks stored");
    check(&[("JOB_COMPLETION_INDEX", "2"), ("SHARD_COUNT", "5")], 0, "shard 2/5: 1 chunks stored");
    check(&[("SHARD_INDEX", "1"), ("SHARD_COUNT", "5")], 0, "shard 1/5: 0 chunks stored, 1 there before");
    check(&[("SHARD_INDEX", "5"), ("SHARD_COUNT", "5")], 2, "5/5 is no shard");
}

#[test]
fn what_is_not_as_planned_does_no_work() {
    let kept = Kept::new();
    check(kept.store(), &["run"], 96, &["failed to find a campaign in", "`cargo conform campaign plan` makes one"]);
    check(kept.store(), &["plan", "--cases", "0"], 2, &["no cases"]);
    check(kept.store(), &["plan", "--cases", "9", "--chunk", "12"], 2, &["a chunk of 12 cases is none"]);
    let name = plan(kept.store());
    check(kept.store(), &["run", "--campaign", "xyz"], 96, &["a campaign whose name begins with \"xyz\""]);
    // Another guest, told by the plan's digests; the folder has the name of that plan.
    let file = kept.0.path().join(format!("campaigns/{name}/campaign.json"));
    let text = fs::read_to_string(&file).expect("the plan");
    let plan: Value = serde_json::from_str(&text).expect("JSON");
    let guest = plan["inputs"]["guest"].as_str().expect("a digest");
    let other = text.replace(guest, &"0".repeat(64));
    let sum = modal_harness::results::Sha256Sum::of(other.as_bytes());
    fs::create_dir(kept.0.path().join(format!("campaigns/{sum}"))).expect("a folder");
    fs::write(kept.0.path().join(format!("campaigns/{sum}/campaign.json")), &other).expect("a file");
    let sum = sum.to_string();
    check(kept.store(), &["run"], 96, &["failed to choose among campaigns", &name, &sum]);
    let planned = format!("guest was planned as {} and is {guest}", "0".repeat(64));
    check(kept.store(), &["run", "--campaign", &sum], 96, &["failed to work on the campaign", &planned]);
    // A plan that was changed is none.
    fs::write(&file, other).expect("a file");
    check(kept.store(), &["run", "--campaign", &name], 96, &["campaign.json is not its plan", &sum]);
}

#[test]
fn the_commands_of_the_description_are_commands() {
    let text = fs::read_to_string(project().join("harness/CAMPAIGNS.md")).expect("the description");
    let commands = text.lines().filter_map(|line| line.strip_prefix("$ cargo conform campaign "));
    let mut seen = 0;
    for line in commands {
        let args = line.split('#').next().unwrap_or_default().split_whitespace().chain(["--help"]);
        check("unused", &args.collect::<Vec<_>>(), 0, &["Usage: cargo conform campaign"]);
        seen += 1;
    }
    assert_eq!(seen, 4, "commands");
}
