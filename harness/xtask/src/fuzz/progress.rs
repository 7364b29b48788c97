//! Progress is what libFuzzer's log says now and then; the whole of it goes to a file.

use crate::task;
use anyhow::{Context, bail};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs libFuzzer's program to its end. Shows its events that count, and all that is no event: a panic, a stack, a report.
pub(super) fn run(command: &mut Command, log: &Path) -> anyhow::Result<()> {
    eprintln!("$ {}", task::text(command));
    let started = command.stderr(Stdio::piped()).spawn();
    let mut child = started.with_context(|| format!("failed to start `{}`", task::text(command)))?;
    let output = child.stderr.take().context("failed to read from libFuzzer: it has no output")?;
    let file = File::create(log).with_context(|| format!("failed to make {}", log.display()))?;
    let mut file = BufWriter::new(file);
    for line in BufReader::new(output).split(b'\n') {
        let line = line?;
        file.write_all(&line)?;
        file.write_all(b"\n")?;
        let line = String::from_utf8_lossy(&line);
        if is_shown(&line) {
            eprintln!("{line}");
        }
    }
    file.flush()?;
    let status = child.wait()?;
    if !status.success() {
        bail!("failed to fuzz to the end: {status}; the log is {}", log.display());
    }
    Ok(())
}

/// Whether a line is worth a person's time: single inputs and words of dictionaries are not.
fn is_shown(line: &str) -> bool {
    let event = line.strip_prefix('#').and_then(|rest| rest.split_whitespace().nth(1));
    match event {
        Some(event) => ["INITED", "pulse", "DONE"].contains(&event) || is_job(line),
        None => !line.starts_with('\t') && !line.starts_with("INFO: ") && !line.starts_with("Dictionary: "),
    }
}

/// Whether several processes report together, which they do a few times a minute.
fn is_job(line: &str) -> bool {
    line.contains(" oom/timeout/crash: ")
}

#[cfg(test)]
mod tests {
    use super::is_shown;

    #[test]
    fn single_inputs_are_not_shown() {
        let check = |line: &str, expect: bool| assert_eq!(is_shown(line), expect, "{line}");
        check("#2\tINITED cov: 9 ft: 9 corp: 1/1b exec/s: 0 rss: 30Mb", true);
        check("#512\tpulse  cov: 9 ft: 9 corp: 1/1b lim: 4 exec/s: 256 rss: 30Mb", true);
        check("#600\tDONE   cov: 9 ft: 9 corp: 1/1b lim: 4 exec/s: 300 rss: 30Mb", true);
        check("#77: cov: 9 ft: 9 corp: 1 exec/s: 12 oom/timeout/crash: 0/0/0 time: 9s job: 1 dft_time: 0", true);
        check("#5\tNEW    cov: 9 ft: 9 corp: 2/2b lim: 4 exec/s: 5 rss: 30Mb L: 1/1 MS: 1 ChangeBit-", false);
        check("#5\tREDUCE cov: 9 ft: 9 corp: 2/2b lim: 4 exec/s: 5 rss: 30Mb L: 1/1 MS: 1 ChangeBit-", false);
        check("INFO: Seed: 1", false);
        check("Dictionary: 12 entries", false);
        check("thread '<unnamed>' panicked at fuzz/src/finding.rs:5:9:", true);
        check("stat::number_of_executed_units: 600", true);
    }
}
