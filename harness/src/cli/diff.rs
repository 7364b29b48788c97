//! `diff`: what two certifications do not have in common.

use super::MessageFormat;
use super::exit::Exit;
use clap::Args;
use modal_harness::certificate::{Change, Difference};
use modal_harness::report::Certification;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct DiffArguments {
    /// The folder of the first certification.
    before: PathBuf,
    /// The folder of the second.
    after: PathBuf,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    message_format: MessageFormat,
}

pub(super) fn run(arguments: &DiffArguments) -> anyhow::Result<Exit> {
    let (before, after) = (Certification::read(&arguments.before)?, Certification::read(&arguments.after)?);
    let difference = Difference::between((&before.conformance, &before.rows), (&after.conformance, &after.rows));
    match arguments.message_format {
        MessageFormat::Human => print(&difference),
        MessageFormat::Json => anstream::println!("{}", serde_json::to_string_pretty(&difference)?),
    }
    Ok(if difference.is_empty() { Exit::Agree } else { Exit::Diverge })
}

fn print(difference: &Difference) {
    let Difference { circumstances, new, fixed, changed, added, removed } = difference;
    for (name, before, after) in circumstances {
        anstream::println!("{name}: {before}");
        anstream::println!("{:>width$}  {after}", "->", width = name.len());
    }
    for (what, changes) in [("new", new), ("fixed", fixed), ("changed", changed)] {
        for Change { index, before, after, columns } in changes {
            anstream::println!("{what}: case {index} ({}): {before}", columns.join(", "));
            anstream::println!("{:>width$}  {after}", "->", width = what.len());
        }
    }
    anstream::println!(
        "{} new, {} fixed, {} changed, {} added, {} removed",
        new.len(),
        fixed.len(),
        changed.len(),
        added.len(),
        removed.len(),
    );
}
