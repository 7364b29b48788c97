//! `gen`: prints the case of a seed.

use super::exit::Exit;
use super::kind::KindArguments;
use super::{MessageFormat, case_text};
use anyhow::Context as _;
use clap::Args;
use modal_harness::generate::Source;
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct GenArguments {
    /// The campaign's seed, as `run` takes it.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The case's number in the campaign.
    #[arg(long, default_value_t = 0)]
    index: u64,
    #[command(flatten)]
    kind: KindArguments,
    /// Also write the module's bytes to this file.
    #[arg(long, value_name = "FILE")]
    wasm: Option<PathBuf>,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    message_format: MessageFormat,
}

pub(super) fn run(arguments: &GenArguments) -> anyhow::Result<Exit> {
    let generated = arguments.kind.kind()?.generate(arguments.seed, arguments.index)?;
    let case = &generated.case;
    if let Some(path) = &arguments.wasm {
        std::fs::write(path, &case.module).with_context(|| format!("cannot write {}", path.display()))?;
    }
    match arguments.message_format {
        MessageFormat::Human => {
            anstream::println!(";; seed {} from {}", generated.seed, generated.source);
            anstream::print!("{}", case_text::text(case));
            if generated.source == Source::Validators {
                anstream::println!(";; which is validators/dist/guest.wasm");
            }
        }
        MessageFormat::Json => {
            let document = json!({"seed": generated.seed.to_string(), "source": generated.source, "case": case});
            anstream::println!("{}", serde_json::to_string_pretty(&document)?);
        }
    }
    Ok(Exit::Agree)
}
