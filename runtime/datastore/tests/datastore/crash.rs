//! A program, or the server it talks to, may be killed at any time: what was acknowledged is there, and half of
//! nothing.
//!
//! `MODAL_CRASH_ROUNDS` says how often, in place of the usual number: `cargo xtask crash --rounds 10000`.

use crate::postgres::{self, Server};
use crate::support::{Choices, whole};
use crate::workload;
use modal_datastore::{PostgresStore, RedbStore, Store, StoreError, open};
use std::env;
use std::io::{BufRead as _, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

const ROUNDS_VARIABLE: &str = "MODAL_CRASH_ROUNDS";

/// Tells the program below where its store is.
const STORE_VARIABLE: &str = "MODAL_CRASH_STORE";

/// After this many rounds a new store is begun, which makes being killed while one is made a usual thing.
const ROUNDS_PER_STORE: u64 = 25;

fn rounds(usual: u64) -> u64 {
    let named = env::var(ROUNDS_VARIABLE).ok();
    named.map_or(usual, |rounds| rounds.parse().unwrap_or_else(|_| panic!("{ROUNDS_VARIABLE} is no number: {rounds}")))
}

/// The program that is killed: it commits numbered transactions for ever and says so after each of them.
#[test]
#[ignore = "the other tests here start it as a program of its own, and kill it"]
fn committer() {
    let store = env::var(STORE_VARIABLE).expect("the other tests here say where the store is");
    println!();
    let store = open(&store).unwrap_or_else(|error| panic!("{}", whole(&error)));
    let mut last = None;
    loop {
        match workload::commit_next(&*store) {
            Ok(number) if last.is_none_or(|last| number == last + 1) => {
                println!("committed {number}");
                last = Some(number);
            }
            Ok(number) => {
                println!(
                    "broken: {number} follows {last:?}, although what came in between is said not to have happened"
                );
                return;
            }
            Err(StoreError::UnknownOutcome { .. }) => {
                println!("unknown");
                last = None;
            }
            Err(error) => {
                println!("failed {}", whole(&error));
                sleep(Duration::from_millis(20));
            }
        }
    }
}

/// That program, running.
struct Committer {
    process: Child,
    lines: Lines<BufReader<ChildStdout>>,
    acknowledged: u64,
    failures: u64,
    unknown: u64,
}

impl Committer {
    fn start(store: &str) -> Self {
        let mut process = Command::new(env::current_exe().expect("this program has a path"))
            .args(["--exact", "crash::committer", "--ignored", "--nocapture"])
            .env(STORE_VARIABLE, store)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("this program can be started");
        let lines = BufReader::new(process.stdout.take().expect("standard output was asked for")).lines();
        Self { process, lines, acknowledged: 0, failures: 0, unknown: 0 }
    }

    /// Reads what the program says, up to the end or as many commits.
    fn read(&mut self, commits: u64) {
        let mut seen = 0;
        while seen < commits {
            let Some(Ok(line)) = self.lines.next() else { return };
            match line.split_once(' ') {
                Some(("committed", number)) => {
                    self.acknowledged = number.parse().unwrap_or(self.acknowledged);
                    seen += 1;
                }
                Some(("failed", _)) => self.failures += 1,
                _ if line == "unknown" => self.unknown += 1,
                _ => assert!(!line.starts_with("broken"), "{line}"),
            }
        }
    }

    /// Kills the program, and reads what it had said before.
    fn kill(mut self) -> Self {
        self.process.kill().expect("it was not waited for yet");
        self.read(u64::MAX);
        self.process.wait().expect("it was killed");
        self
    }
}

impl Drop for Committer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What rounds came to.
#[derive(Debug, Default)]
struct Tally {
    rounds: u64,
    acknowledged: u64,
    /// Commits that were there although nobody had said so.
    unacknowledged: u64,
}

impl Tally {
    /// Judges what a killed program left, and returns the number of the last transaction.
    fn judge(&mut self, store: &dyn Store, before: u64, killed: &Committer) -> u64 {
        let found = workload::check(store).unwrap_or_else(|text| panic!("round {}: {text}", self.rounds));
        let acknowledged = before.max(killed.acknowledged);
        assert!(found >= acknowledged, "round {}: {found} are left of {acknowledged} commits", self.rounds);
        assert!(found <= acknowledged + 1, "round {}: {found} are there after {acknowledged} commits", self.rounds);
        self.rounds += 1;
        self.acknowledged += acknowledged - before;
        self.unacknowledged += found - acknowledged;
        found
    }
}

#[test]
fn a_program_that_uses_redb_may_be_killed_at_any_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut tally = Tally::default();
    let mut last = 0;
    let mut unmade = 0;
    for round in 0..rounds(300) {
        let path = folder.path().join(format!("store-{}", round / ROUNDS_PER_STORE));
        let mut choices = Choices::new(round);
        let begun = round % ROUNDS_PER_STORE == 0;
        last = if begun { 0 } else { last };
        let mut committer = Committer::start(path.to_str().expect("a plain path"));
        // While a store is made, or after some commits and a little.
        let (commits, pause) =
            if begun { (0, choices.below(30_000)) } else { (choices.below(6), choices.below(3_000)) };
        committer.read(commits);
        sleep(Duration::from_micros(pause));
        let killed = committer.kill();
        if !Path::exists(&path) {
            assert_eq!(killed.acknowledged, 0, "round {round}: there is no store");
            unmade += 1;
        }
        let store = RedbStore::open(&path).unwrap_or_else(|error| panic!("round {round}: {}", whole(&error)));
        last = tally.judge(&store, last, &killed);
    }
    eprintln!("redb, the program killed: {tally:?}, {unmade} before there was a store, 0 lost, 0 half applied");
    assert!(tally.acknowledged > tally.rounds, "commits are made: {tally:?}");
}

#[test]
fn a_program_that_uses_postgres_may_be_killed_at_any_time() {
    let Some(address) = postgres::database() else { return };
    let store = PostgresStore::connect(&address).expect("a store");
    let mut tally = Tally::default();
    let mut last = 0;
    for round in 0..rounds(30) {
        let mut choices = Choices::new(round);
        let mut committer = Committer::start(&address);
        committer.read(choices.below(6));
        sleep(Duration::from_micros(choices.below(5_000)));
        let killed = committer.kill();
        // The server learns that the connection is gone when it next speaks on it, after a commit in progress.
        last = tally.judge(&store, last, &killed);
    }
    eprintln!("PostgreSQL, the program killed: {tally:?}, 0 lost, 0 half applied");
    assert!(tally.acknowledged > tally.rounds, "commits are made: {tally:?}");
}

#[test]
fn a_postgres_server_may_be_killed_at_any_time() {
    if postgres::is_off() {
        return;
    }
    let mut server = Server::start("-c fsync=on -c full_page_writes=on");
    let address = server.create_database();
    let mut tally = Tally::default();
    let (mut last, mut failures, mut unknown) = (0, 0, 0);
    for round in 0..rounds(300).div_ceil(75) {
        let mut choices = Choices::new(round);
        let mut committer = Committer::start(&address);
        committer.read(1 + choices.below(20));
        sleep(Duration::from_micros(choices.below(5_000)));
        // A crash of the server's, and what an administrator does in a hurry.
        server.kill(if round % 2 == 0 { "KILL" } else { "QUIT" });
        // The program goes on by itself.
        committer.read(5);
        let killed = committer.kill();
        let store = PostgresStore::connect(&address).unwrap_or_else(|error| panic!("{}", whole(&error)));
        last = tally.judge(&store, last, &killed);
        failures += killed.failures;
        unknown += killed.unknown;
    }
    eprintln!(
        "PostgreSQL, the server killed: {tally:?}, {failures} failures reported, {unknown} outcomes unknown, 0 lost, \
         0 half applied"
    );
    assert_eq!(unknown, 0, "a server that comes back is asked what it committed");
}
