//! A cluster of Slurm on this machine: munged, slurmctld and a slurmd for each node, on loopback ports of their own.

use crate::task;
use anyhow::{Context as _, bail};
use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::Read as _;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// The nodes, each with one processor.
pub(super) const NODES: [&str; 2] = ["n1", "n2"];

/// Tells the processes of a node, its slurmd's and its tasks', from all others on this machine.
const MARK: &str = "MODAL_SLURM_TEST_NODE";

/// Half seconds that daemons have to come up.
const PATIENCE: u32 = 120;

/// The daemons of a cluster. They end with it.
pub(super) struct Cluster {
    folder: PathBuf,
    daemons: BTreeMap<&'static str, Child>,
}

impl Cluster {
    /// Starts the daemons and waits until every node is idle.
    pub(super) fn start(folder: &Path) -> anyhow::Result<Self> {
        for name in ["munge", "state", "n1", "n2", "log"] {
            let path = folder.join(name);
            fs::create_dir_all(&path).with_context(|| format!("failed to make {}", path.display()))?;
        }
        fs::set_permissions(folder.join("munge"), fs::Permissions::from_mode(0o700))?;
        let mut cluster = Self { folder: folder.to_owned(), daemons: BTreeMap::new() };
        cluster.start_munge()?;
        fs::write(cluster.configuration(), cluster.settings()?)?;
        cluster.daemon("slurmctld", Command::new("slurmctld").arg("-D").arg("-f").arg(cluster.configuration()))?;
        for node in NODES {
            let configuration = cluster.configuration();
            let mut slurmd = Command::new("slurmd");
            cluster
                .daemon(node, slurmd.args(["-D", "-N", node, "-f"]).arg(configuration).env(MARK, cluster.mark(node)))?;
        }
        for _ in 0..PATIENCE {
            let idle =
                task::output(cluster.client("sinfo").args(["--noheader", "--Node", "--states=idle", "--format=%N"]));
            if idle.is_some_and(|idle| idle.lines().count() == NODES.len()) {
                return Ok(cluster);
            }
            sleep(Duration::from_millis(500));
        }
        bail!("failed to start a cluster of Slurm; {} has the logs", folder.join("log").display())
    }

    /// A program that talks to the cluster.
    pub(super) fn client(&self, program: &str) -> Command {
        let mut client = Command::new(program);
        client.env("SLURM_CONF", self.configuration()).current_dir(task::root());
        client
    }

    /// Kills a node as a power failure would: its daemon and all that it runs, at once and without a word to the cluster.
    pub(super) fn kill(&mut self, node: &'static str) -> anyhow::Result<()> {
        let mut slurmd = self.daemons.remove(node).context("the node runs")?;
        // Its daemon first: it must not tell of the others' end.
        slurmd.kill()?;
        slurmd.wait()?;
        let daemons = [format!("{MARK}={}", self.mark(node))];
        let tasks = [format!("SLURMD_NODENAME={node}"), format!("SLURM_CONF={}", self.configuration().display())];
        for _ in 0..PATIENCE {
            // What watches over a task would tell of its end, so it goes first. Its title has taken its environment's place:
            // it is known by the task, whose parent it is.
            let tasks = marked(&tasks);
            let watchers = tasks.iter().filter_map(|task| watcher(task)).collect::<Vec<_>>();
            let all = [watchers, marked(&daemons), tasks].concat();
            if all.is_empty() {
                return Ok(());
            }
            // What is gone by now needs no signal.
            task::output(Command::new("kill").arg("-KILL").args(all));
            sleep(Duration::from_millis(50));
        }
        bail!("failed to kill node {node}")
    }

    /// What a daemon has logged.
    pub(super) fn log(&self, daemon: &str) -> anyhow::Result<String> {
        let path = self.folder.join("log").join(daemon);
        fs::read_to_string(&path).with_context(|| format!("failed to read {}", path.display()))
    }

    fn start_munge(&mut self) -> anyhow::Result<()> {
        let munge = self.folder.join("munge");
        let key = munge.join("key");
        let mut secret = [0; 128];
        fs::File::open("/dev/urandom").and_then(|mut random| random.read_exact(&mut secret))?;
        fs::write(&key, secret)?;
        fs::set_permissions(&key, fs::Permissions::from_mode(0o400))?;
        let mut munged = Command::new("munged");
        munged.args(["--foreground", "--force", "--num-threads=2"]);
        for (option, file) in [("key", "key"), ("seed", "seed"), ("pid", "pid"), ("log", "log")] {
            munged.arg(format!("--{option}-file={}", munge.join(file).display()));
        }
        self.daemon("munged", munged.arg(format!("--socket={}", munge.join("socket").display())))?;
        for _ in 0..PATIENCE {
            if munge.join("socket").exists() {
                return Ok(());
            }
            sleep(Duration::from_millis(500));
        }
        bail!("failed to start munged; {} tells why", munge.join("log").display())
    }

    fn daemon(&mut self, name: &'static str, command: &mut Command) -> anyhow::Result<()> {
        let path = env::var("PATH").unwrap_or_default();
        let log = fs::File::create(self.folder.join("log").join(format!("{name}.out")))?;
        let command = command.env("PATH", format!("{path}:/usr/sbin")).stdin(Stdio::null());
        let daemon = command.stdout(log.try_clone()?).stderr(log).spawn();
        self.daemons.insert(name, daemon.with_context(|| format!("failed to start {name}"))?);
        Ok(())
    }

    fn configuration(&self) -> PathBuf {
        self.folder.join("slurm.conf")
    }

    fn mark(&self, node: &str) -> String {
        format!("{}:{node}", self.folder.display())
    }

    fn settings(&self) -> anyhow::Result<String> {
        let folder = self.folder.display();
        let host = task::output(Command::new("hostname").arg("-s")).context("failed to learn this machine's name")?;
        let user = task::output(Command::new("id").arg("-un")).context("failed to learn this user's name")?;
        // All are taken before one is given back, so that no two are the same.
        let listeners = (0..=NODES.len()).map(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)));
        let listeners = listeners.collect::<std::io::Result<Vec<_>>>()?;
        let ports = listeners.iter().map(|listener| Ok(listener.local_addr()?.port()));
        let ports = ports.collect::<std::io::Result<Vec<_>>>()?;
        let nodes = NODES.iter().zip(&ports[1..]).map(|(node, port)| {
            format!("NodeName={node} NodeHostname={host} NodeAddr=127.0.0.1 Port={port} CPUs=1 RealMemory=1000\n")
        });
        let nodes = nodes.collect::<String>();
        let control = ports[0];
        Ok(format!(
            "ClusterName=conform
SlurmctldHost={host}(127.0.0.1)
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
# A task that is queued again waits until the credential of its first start has ended.
AuthInfo=socket={folder}/munge/socket,cred_expire=5
CryptoType=crypto/munge
SlurmctldPort={control}
StateSaveLocation={folder}/state
SlurmctldPidFile={folder}/slurmctld.pid
SlurmctldLogFile={folder}/log/slurmctld
SlurmdLogFile={folder}/log/%n
SlurmdPidFile={folder}/%n.pid
SlurmdSpoolDir={folder}/%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=batch_sched_delay=1,bf_interval=2,sched_interval=2
# A node that says nothing for so long is down, and its tasks are queued again.
SlurmdTimeout=10
KillWait=1
JobRequeue=1
{nodes}PartitionName=all Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
"
        ))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let nodes = NODES.into_iter().filter(|node| self.daemons.contains_key(node)).collect::<Vec<_>>();
        for node in nodes {
            if let Err(error) = self.kill(node) {
                eprintln!("{error:#}");
            }
        }
        for daemon in self.daemons.values_mut() {
            // What has ended by itself is as well.
            let _ = daemon.kill();
            let _ = daemon.wait();
        }
    }
}

/// The parent of a process, if it is what watches over a task.
fn watcher(process: &str) -> Option<String> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let parent = status.lines().find_map(|line| line.strip_prefix("PPid:"))?.trim().to_owned();
    let name = fs::read_to_string(format!("/proc/{parent}/comm")).ok()?;
    (name.trim() == "slurmstepd").then_some(parent)
}

/// The processes that have all of this in their environment.
fn marked(marks: &[String]) -> Vec<String> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let names = processes.filter_map(|process| process.file_name().into_string().ok());
    let numbers = names.filter(|name| name.bytes().all(|byte| byte.is_ascii_digit()));
    let has = |process: &String| {
        let environment = fs::read(format!("/proc/{process}/environ")).unwrap_or_default();
        let variables = environment.split(|&byte| byte == 0).collect::<Vec<_>>();
        marks.iter().all(|mark| variables.contains(&mark.as_bytes()))
    };
    numbers.filter(has).collect()
}
