//! `modal-conform`: generates cases, runs them on every lane and judges what the lanes see.

mod cli;

use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    cli::Arguments::parse().run()
}
