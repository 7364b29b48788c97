//! The PostgreSQL server that the datastore is tested on, and the long form of the tests that kill it.

use crate::{debian, task};
use anyhow::bail;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

const PACKAGE: &str = "postgresql";
const FOLDER: &str = "/usr/lib/postgresql";

/// Leaves out the tests that need a server, if it says `off`; the tests read it too.
const VARIABLE: &str = "MODAL_POSTGRES_TESTS";

/// How often the tests kill a program; the tests read it.
const ROUNDS_VARIABLE: &str = "MODAL_CRASH_ROUNDS";

/// Sees to it that there is a server's program, and installs one if there is none. The tests start it themselves.
pub(crate) fn require() -> anyhow::Result<()> {
    if env::var(VARIABLE).is_ok_and(|value| value == "off") || is_installed() {
        return Ok(());
    }
    if debian::can_install() {
        eprintln!("no PostgreSQL server is installed: installing Debian's {PACKAGE}");
        debian::install(&[PACKAGE])?;
        if is_installed() {
            return Ok(());
        }
    }
    bail!(
        "failed to find a PostgreSQL server in PATH and {FOLDER}; set {VARIABLE}=off to leave out the tests that need \
         one, or run\n  apt-get install -y --no-install-recommends {PACKAGE}"
    );
}

/// Kills programs that commit as often as that, and judges what they leave.
pub(crate) fn crash(rounds: u64) -> anyhow::Result<()> {
    require()?;
    let mut cargo = task::cargo();
    cargo.args(["test", "--package", "modal-datastore", "--test", "datastore", "crash::", "--", "--nocapture"]);
    task::run(cargo.env(ROUNDS_VARIABLE, rounds.to_string()))
}

fn is_installed() -> bool {
    let in_path: Vec<PathBuf> = env::var_os("PATH").iter().flat_map(env::split_paths).collect();
    let debian = fs::read_dir(FOLDER).into_iter().flatten().flatten().map(|release| release.path().join("bin"));
    in_path.into_iter().chain(debian).any(|folder| has_server(&folder))
}

fn has_server(folder: &Path) -> bool {
    ["initdb", "pg_ctl", "psql"].iter().all(|program| folder.join(program).is_file())
}
