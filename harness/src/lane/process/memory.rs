//! The memory that a worker holds, where the system says so: on Linux.

use std::fs;

/// The bytes that a process holds in memory, and those of its own that all processes hold which it started: a browser is many.
pub(super) fn resident(process: u32) -> Option<u64> {
    let own = bytes(process, "VmRSS:")?;
    // What processes share, programs most of all, is not counted once for each.
    let started = started_by(process).into_iter().filter_map(|process| bytes(process, "RssAnon:"));
    Some(started.fold(own, u64::saturating_add))
}

/// The processes that a process started, that these started, and so on. Those that end meanwhile may be left out.
fn started_by(process: u32) -> Vec<u32> {
    let mut found = children(process);
    let mut looked_at = 0;
    while let Some(&next) = found.get(looked_at) {
        looked_at += 1;
        found.extend(children(next));
    }
    found
}

fn children(process: u32) -> Vec<u32> {
    let threads = fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten();
    let lists = threads.filter_map(|thread| fs::read_to_string(thread.ok()?.path().join("children")).ok());
    lists.flat_map(|list| list.split_whitespace().filter_map(|child| child.parse().ok()).collect::<Vec<_>>()).collect()
}

/// What the system says of a process under a name.
fn bytes(process: u32, name: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let kibibytes = status.lines().find_map(|line| line.strip_prefix(name)?.trim().strip_suffix(" kB"))?;
    Some(kibibytes.trim().parse::<u64>().ok()?.saturating_mul(1024))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::io::{BufRead as _, BufReader};
    use std::process::{Command, Stdio};

    #[test]
    fn what_a_process_started_is_its_memory_too() {
        // A child of a child holds so many bytes until its input ends.
        let held = |bytes: u32| {
            let script = format!("x=$(head -c {bytes} /dev/zero | tr '\\0' x); echo ready; read y");
            let mut process = Command::new("sh")
                .args(["-c", "sh -c 'sh -c \"$0\"; true' \"$0\"; true", &script])
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .expect("a shell");
            let mut line = String::new();
            BufReader::new(process.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
            assert_eq!(line, "ready\n");
            let held = resident(process.id()).expect("the system says so");
            drop(process.stdin.take());
            process.wait().expect("it ends");
            held
        };
        let (little, much) = (held(1), held(50_000_000));
        assert!(much > little + 50_000_000, "{little}, and {much} with 50,000,000 bytes more");
    }
}
