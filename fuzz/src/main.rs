//! `modal-fuzz`: what can be done with fuzz targets on a stable compiler.

use anyhow::{Context as _, bail};
use clap::{Parser, Subcommand};
use modal_fuzz::{Target, seeds};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "modal-fuzz", about = "Replays inputs of fuzz targets, and makes their seeds.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List the targets.
    List,
    /// Put inputs to a target: files, or folders of them.
    Replay {
        /// The target.
        target: Target,
        /// Files, or folders of files.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
    },
    /// Make what a target's fuzzing begins with from the corpus.
    Seeds {
        /// The target.
        target: Target,
        /// The folder to write them to.
        folder: PathBuf,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::List => Target::ALL.iter().for_each(|target| println!("{target}")),
        Command::Replay { target, paths } => replay(target, &paths)?,
        Command::Seeds { target, folder } => {
            let count = seeds::write(&project(), target, &folder)?;
            println!("{count} seeds of {target}");
        }
    }
    Ok(())
}

/// The project that this was built from.
fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Puts each file to the target. One that breaks a law is a panic, which ends this.
fn replay(target: Target, paths: &[PathBuf]) -> anyhow::Result<()> {
    let mut replayed = 0;
    for path in paths {
        let files = if path.is_dir() {
            seeds::read(path)?.into_keys().map(|name| path.join(name)).collect()
        } else {
            vec![path.clone()]
        };
        for file in files {
            let input = fs::read(&file).with_context(|| format!("failed to read {}", file.display()))?;
            // Said before it happens: what breaks may take the process along.
            println!("{target} {} ({} bytes)", file.display(), input.len());
            target.run(&input);
            replayed += 1;
        }
    }
    if replayed == 0 {
        bail!("failed to find an input: the folders are empty");
    }
    println!("{replayed} inputs keep the laws");
    Ok(())
}
