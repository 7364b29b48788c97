//! `exec`: runs any module on every lane and shows what each sees, side by side.

use super::exit::Exit;
use super::show::show;
use super::{LaneArguments, Misuse};
use anyhow::Context as _;
use clap::Args;
use modal_harness::oracle::Evidence;
use modal_harness::{Call, CallableModule, Case, Panel, Run, Verdict};
use modal_wasm_meter::{ExportItem, Meter, ValueType};
use modal_wasm_runtime::{DEFAULT_GAS_LIMIT, GasLimit, Value};
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Debug, Args)]
pub(super) struct ExecArguments {
    /// The module, in binary or text form.
    module: PathBuf,
    /// The export to call.
    #[arg(long)]
    entry: String,
    /// An argument (`i32:5`, `i64:-1`, `f32:1.5`, `f64:0x7ff8000000000000`, `externref:null`); repeat it for more.
    #[arg(long = "arg", value_name = "TYPE:VALUE", conflicts_with = "input")]
    args: Vec<Value>,
    /// Call the entry by the guest ABI with this text instead.
    #[arg(long, value_name = "JSON")]
    input: Option<String>,
    /// A module that the guest can call by this name; repeat it for more.
    #[arg(long = "module", value_name = "NAME=FILE", value_parser = callable)]
    modules: Vec<(String, PathBuf)>,
    /// The gas limit of the start and of the call.
    #[arg(long, default_value_t = DEFAULT_GAS_LIMIT, value_parser = gas_limit)]
    gas: u64,
    #[command(flatten)]
    lanes: LaneArguments,
}

pub(super) fn run(arguments: &ExecArguments) -> anyhow::Result<Exit> {
    let module = read(&arguments.module)?;
    let modules = arguments
        .modules
        .iter()
        .map(|(name, path)| Ok((name.clone(), CallableModule { bytes: read(path)?, gas: DEFAULT_GAS_LIMIT })))
        .collect::<anyhow::Result<_>>()?;
    let gas = arguments.gas;
    if let Some(problem) = misuse(&module, arguments) {
        return Err(Misuse(problem).into());
    }
    let run = match &arguments.input {
        Some(input) => Run::Abi { method: arguments.entry.clone(), input: input.clone(), gas },
        None => {
            let call = Call { export: arguments.entry.clone(), args: arguments.args.clone(), gas };
            Run::Exports { start_gas: gas, calls: vec![call] }
        }
    };
    let case = Arc::new(Case { modules, ..Case::new(module, vec![run]) });
    let (evidence, verdict) = hear(&mut Panel::new(arguments.lanes.open_apart()?)?, &case)?;
    show(&case, &evidence, &verdict, arguments.lanes.message_format)
}

/// A module in binary or text form.
fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(wat::parse_bytes(&bytes).with_context(|| format!("cannot parse {}", path.display()))?.into_owned())
}

fn callable(text: &str) -> Result<(String, PathBuf), String> {
    let (name, path) = text.split_once('=').ok_or("a module is given as NAME=FILE")?;
    Ok((name.to_owned(), path.into()))
}

fn gas_limit(text: &str) -> Result<u64, String> {
    let gas = text.parse::<u64>().map_err(|error| error.to_string())?;
    GasLimit::new(gas).map(GasLimit::get).map_err(|error| error.to_string())
}

/// What is wrong with the entry or its arguments. A module that is rejected is not looked into: the lanes say why.
fn misuse(module: &[u8], arguments: &ExecArguments) -> Option<String> {
    let interface = Meter::default().meter(module).ok()?.interface;
    let functions = interface.exports.iter().filter_map(|export| match &export.item {
        ExportItem::Function { params, .. } => Some((&export.name, params)),
        ExportItem::Memory | ExportItem::Table { .. } | ExportItem::Global { .. } => None,
    });
    // What is missing for the ABI is a violation, which is an outcome.
    if arguments.input.is_some() {
        return None;
    }
    let list = |types: &[ValueType]| types.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let mut names = Vec::new();
    for (name, params) in functions {
        if *name == arguments.entry {
            let given = arguments.args.iter().map(|arg| arg.value_type()).collect::<Vec<_>>();
            return (given != *params).then(|| format!("{name:?} takes ({}), not ({})", list(params), list(&given)));
        }
        names.push(format!("{name:?}"));
    }
    Some(format!("no function {:?} is exported; there is {}", arguments.entry, names.join(", ")))
}

/// Has a panel hear one case.
pub(super) fn hear(panel: &mut Panel, case: &Arc<Case>) -> anyhow::Result<(Evidence, Verdict)> {
    panel.hear(&[Arc::clone(case)]).pop().context("the panel gave no answer")
}
