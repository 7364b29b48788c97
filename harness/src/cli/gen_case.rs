//! `gen`: prints the case of a seed.

use super::MessageFormat;
use super::exit::Exit;
use super::kind::KindArguments;
use anyhow::Context as _;
use clap::Args;
use modal_harness::Run;
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
            for (index, run) in case.runs.iter().enumerate() {
                match run {
                    Run::Exports { calls, .. } => {
                        for call in calls {
                            let args = call.args.iter().map(|arg| format!(" {arg}")).collect::<String>();
                            anstream::println!(";; run {index}: {}{args} under {} gas", call.export, call.gas);
                        }
                    }
                    Run::Abi { method, input, gas } => {
                        anstream::println!(";; run {index}: {method}({input:?}) by the ABI under {gas} gas");
                    }
                }
            }
            match generated.source {
                Source::Smith | Source::SmithCalm | Source::Contract => {
                    anstream::println!("{}", wasmprinter::print_bytes(&case.module)?);
                }
                Source::Composition | Source::Uploads => {
                    anstream::println!("{}", printed(&case.module));
                    for (name, module) in &case.modules {
                        // As the corpus writes it.
                        anstream::println!(";;@ {{ name = {name:?}, gas = {} }}", module.gas);
                        anstream::println!("{}", printed(&module.bytes));
                    }
                }
                Source::Validators => anstream::println!(";; of the module validators/dist/guest.wasm"),
            }
        }
        MessageFormat::Json => {
            let document = json!({"seed": generated.seed.to_string(), "source": generated.source, "case": case});
            anstream::println!("{}", serde_json::to_string_pretty(&document)?);
        }
    }
    Ok(Exit::Agree)
}

/// A module's text, or why it has none.
fn printed(module: &[u8]) -> String {
    wasmprinter::print_bytes(module).unwrap_or_else(|error| format!(";; the module cannot be printed: {error}"))
}
