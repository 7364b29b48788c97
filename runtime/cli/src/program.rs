//! The program reads arguments, runs a command and prints what comes of it.

use crate::arguments::{Arguments, Command, ContractCommand};
use crate::error::Error;
use crate::exit::Exit;
use crate::report::{Output, Report, printable};
use crate::{create, pages, process, wasm_list, wasm_run, wasm_show, wasm_upload};
use clap::Parser as _;
use clap::error::{ContextKind, ErrorKind};
use std::ffi::OsString;
use std::io::{self, Write as _};

/// Runs the command that `arguments` name, the program's own name being the first of them. The result goes to standard
/// output, an error to standard error; either is text, or one JSON document where the arguments ask for it.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments = arguments.into_iter().collect::<Vec<_>>();
    let output = asked_for(&arguments);
    match Arguments::try_parse_from(arguments) {
        Ok(arguments) => settle(arguments.output(), execute(&arguments)),
        Err(error) => refuse(output, &error),
    }
}

fn execute(arguments: &Arguments) -> Result<Box<dyn Report>, Error> {
    match &arguments.command {
        Command::Contract(ContractCommand::Create(arguments)) => create::run(arguments),
        Command::Contract(ContractCommand::WasmUpload(arguments)) => wasm_upload::run(arguments),
        Command::Contract(ContractCommand::WasmList(arguments)) => wasm_list::run(arguments),
        Command::Contract(ContractCommand::WasmShow(arguments)) => wasm_show::run(arguments),
        Command::Contract(ContractCommand::WasmRun(arguments)) => wasm_run::run(arguments),
        Command::Contract(ContractCommand::Process(arguments)) => process::run(arguments),
        Command::Completions(arguments) => Ok(pages::completions(arguments.shell)),
        Command::Man(arguments) => pages::manual(arguments.dir.as_deref()),
    }
}

fn settle(output: Output, result: Result<Box<dyn Report>, Error>) -> Exit {
    let error = match result {
        Ok(report) => match print(output, report.as_ref()) {
            // Whoever reads has read enough, as `head` does; that is no error of the command's.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return report.exit(),
            Err(source) => Error::Print { source },
            Ok(()) => return report.exit(),
        },
        Err(error) => error,
    };
    complain(output, &error);
    error.exit()
}

fn print(output: Output, report: &dyn Report) -> io::Result<()> {
    let mut stdout = anstream::stdout().lock();
    match output {
        Output::Text => stdout.write_all(printable(&report.to_string()).as_bytes())?,
        Output::Json => stdout.write_all(report.to_json()?.as_bytes())?,
    }
    stdout.flush()
}

fn complain(output: Output, error: &Error) {
    let text = match output {
        Output::Text => error.to_text(),
        Output::Json => format!("{:#}\n", error.to_json()),
    };
    // If standard error is gone, the exit is all that is left to say.
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// Prints what clap says: help and version, or an error in the form that was asked for.
fn refuse(output: Output, error: &clap::Error) -> Exit {
    match (error.kind(), output) {
        (ErrorKind::DisplayHelp | ErrorKind::DisplayVersion, _) => {
            let _ = error.print();
            Exit::Done
        }
        (_, Output::Text) => {
            let _ = error.print();
            Exit::Usage
        }
        (_, Output::Json) => {
            complain(output, &usage(error));
            Exit::Usage
        }
    }
}

/// clap's error as one of ours: its first paragraph is what is wrong, and the rest is what to do.
fn usage(error: &clap::Error) -> Error {
    let text = error.render().to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    let message = text.split("\n\n").next().unwrap_or(text);
    let message = message.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let usage = error.get(ContextKind::Usage).map(|usage| usage.to_string().replace('\n', " "));
    let help = usage.unwrap_or_default();
    let help = if help.is_empty() { "modal --help lists what there is".to_owned() } else { help };
    Error::Usage { message, help }
}

/// The form that arguments ask for which clap does not take.
fn asked_for(arguments: &[OsString]) -> Output {
    let json = arguments.iter().any(|argument| argument == "--output=json")
        || arguments.windows(2).any(|pair| pair[0] == "--output" && pair[1] == "json");
    if json { Output::Json } else { Output::Text }
}
