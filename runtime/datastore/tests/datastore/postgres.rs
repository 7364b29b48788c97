//! A PostgreSQL server of the tests' own, on this machine, that ends when the test program does, however that ends.

use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};
use tempfile::TempDir;

/// Says that the tests which need a server are not to be run: `off`.
const VARIABLE: &str = "MODAL_POSTGRES_TESTS";

/// Runs the server until its input ends. A line on it names the signal that the server is to be killed by, after which
/// it is started again; "up" says that it takes connections.
const SUPERVISOR: &str = r#"
    up() {
        tries=0
        until "$1/pg_ctl" -D "$2/data" -l "$2/log" -w -o "-k $2 -c listen_addresses='' -c fsync=off $3" start >/dev/null 2>&1
        do
            tries=$((tries + 1))
            [ $tries -lt 100 ] || { cat "$2/log"; exit 1; }
            sleep 0.1
        done
        echo up
    }
    "$1/initdb" -D "$2/data" -U modal -A trust -E UTF8 --locale=C --no-sync >"$2/log" 2>&1 || { cat "$2/log"; exit 1; }
    up "$@"
    while read -r signal; do
        kill -"$signal" "$(head -n 1 "$2/data/postmaster.pid")"
        up "$@"
    done
    "$1/pg_ctl" -D "$2/data" -m immediate -w stop >/dev/null 2>&1
    rm -rf "$2"
"#;

/// A server.
pub(crate) struct Server {
    bin: PathBuf,
    folder: TempDir,
    supervisor: Child,
    commands: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    databases: u32,
}

/// A new database on the server that the tests of this program share; nothing if they are not to be run.
pub(crate) fn database() -> Option<String> {
    static SERVER: OnceLock<Mutex<Server>> = OnceLock::new();
    if is_off() {
        return None;
    }
    let server = SERVER.get_or_init(|| Mutex::new(Server::start("")));
    Some(server.lock().unwrap_or_else(PoisonError::into_inner).create_database())
}

/// Whether somebody wanted the tests left out that need a server. It is said where it is seen.
pub(crate) fn is_off() -> bool {
    let off = env::var(VARIABLE).is_ok_and(|value| value == "off");
    if off {
        eprintln!("NOT RUN: {VARIABLE}=off, so nothing was shown of PostgreSQL");
    }
    off
}

impl Server {
    /// Starts a server with more options for `postgres`.
    pub(crate) fn start(options: &str) -> Self {
        let bin = find_programs().unwrap_or_else(|| {
            panic!(
                "failed to find a PostgreSQL server in PATH and /usr/lib/postgresql: run `cargo xtask test` once, \
                 or\n  apt-get install -y --no-install-recommends postgresql\n\
                 or set {VARIABLE}=off to leave out the tests that need one"
            )
        });
        let folder = tempfile::Builder::new().prefix("modal-postgres-").tempdir().expect("a folder for the server");
        let mut command = Command::new("sh");
        command.args(["-c", SUPERVISOR, "sh"]).arg(&bin).arg(folder.path()).arg(options);
        // The server refuses to be run by root.
        if user_id(None) == Some(0) {
            let user = ["postgres", "nobody"].iter().find_map(|name| user_id(Some(name))).expect("a user but root");
            chown(folder.path(), Some(user), Some(user)).expect("root may give a folder away");
            command.uid(user).gid(user);
        }
        // A group of its own: what ends the test program's group is to leave the supervisor the time to tidy up.
        command.process_group(0).current_dir(folder.path());
        let mut supervisor = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell to run the server");
        let commands = supervisor.stdin.take();
        let answers = BufReader::new(supervisor.stdout.take().expect("standard output was asked for"));
        let mut server = Self { bin, folder, supervisor, commands, answers, databases: 0 };
        server.wait_until_up();
        server
    }

    fn wait_until_up(&mut self) {
        let mut answer = String::new();
        while answer.lines().next_back() != Some("up") {
            let read = self.answers.read_line(&mut answer).expect("the supervisor's answer");
            assert!(read > 0, "failed to start a PostgreSQL server: {answer}");
        }
    }

    /// Kills the server with a signal and starts it again.
    pub(crate) fn kill(&mut self, signal: &str) {
        let commands = self.commands.as_mut().expect("the server runs");
        writeln!(commands, "{signal}").and_then(|()| commands.flush()).expect("the supervisor listens");
        self.wait_until_up();
    }

    /// Makes a database and returns its address.
    pub(crate) fn create_database(&mut self) -> String {
        let name = format!("test_{}", self.databases);
        self.databases += 1;
        let address = |name: &str| {
            let folder = self.folder.path().to_str().expect("a plain path").replace('/', "%2F");
            format!("postgres://modal@{folder}/{name}")
        };
        sql(&self.bin, &address("postgres"), &format!("CREATE DATABASE {name}"));
        address(&name)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.commands.take());
        let _ = self.supervisor.wait();
    }
}

/// Runs SQL, behind the store's back, and returns what it prints.
pub(crate) fn execute(address: &str, statement: &str) -> String {
    sql(&find_programs().expect("the server's programs"), address, statement)
}

fn sql(bin: &Path, address: &str, statement: &str) -> String {
    let psql = Command::new(bin.join("psql"))
        .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", address, "-c", statement])
        .output()
        .expect("psql stands beside the server");
    let said = String::from_utf8_lossy(&psql.stderr).into_owned();
    assert!(psql.status.success(), "{statement}: {said}");
    String::from_utf8_lossy(&psql.stdout).trim_end().to_owned()
}

/// The folder of the newest server that is installed.
fn find_programs() -> Option<PathBuf> {
    let in_path = env::var_os("PATH").into_iter().flat_map(|path| env::split_paths(&path).collect::<Vec<_>>());
    let mut debian: Vec<_> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some((entry.as_ref().ok()?.file_name().to_str()?.parse::<u32>().ok()?, entry.ok()?.path())))
        .collect();
    debian.sort();
    let debian = debian.into_iter().rev().map(|(_, folder)| folder.join("bin"));
    in_path.chain(debian).find(|folder| ["initdb", "pg_ctl", "psql"].iter().all(|name| folder.join(name).is_file()))
}

/// The number of a user, or of this one.
fn user_id(name: Option<&str>) -> Option<u32> {
    let id = Command::new("id").arg("-u").args(name).stderr(Stdio::null()).output().ok()?;
    String::from_utf8(id.stdout).ok()?.trim().parse().ok()
}
