//! Manuals, completion scripts, help.

use crate::support::{Workshop, program, read};
use snapbox::str;
use std::process::{Command, Stdio};

#[test]
fn help_lists_commands_and_exits() {
    let workshop = Workshop::new();
    workshop
        .modal(&["--help"])
        .success()
        .stdout_eq(str![[r#"
Makes contracts, uploads WebAssembly modules to them, runs and processes them

Usage: modal <COMMAND>

Commands:
  contract     Works on a contract
  completions  Prints a script that completes commands in a shell
  man          Prints the manual, or writes a page for each command
  help         Print this message or the help of the given subcommand(s)

Options:
  -h, --help
          Print help (see a summary with '-h')

  -V, --version
          Print version

Exit codes:
  0  done
  1  a file, a directory or a datastore is missing, cannot be used, or holds what it should not
  2  the command line asks for what cannot be
  3  a module was refused before it ran
  4  a module ran and trapped
  5  a module broke the guest ABI
  6  a commit breaks a rule of contracts
  7  an engine or the machine broke

"#]])
        .stderr_eq("");
    workshop.modal(&["contract", "--help"]).success().stdout_eq(str![[r#"
Works on a contract

Usage: modal contract <COMMAND>

Commands:
  create       Makes a contract in a directory
  wasm-upload  Uploads a module: commits it to the contract
  wasm-list    Lists the contract's modules
  wasm-show    Shows a module of the contract: what it is, what it exports, how it came to be
  wasm-run     Runs a method of a module, of the contract or in a file
  process      Processes the contract's commits into a datastore
  help         Print this message or the help of the given subcommand(s)

Options:
  -h, --help  Print help

"#]]);
    workshop.modal(&["contract", "wasm-upload", "-h"]).success().stdout_eq(str![[r#"
Uploads a module: commits it to the contract

Usage: modal contract wasm-upload [OPTIONS] --wasm-file <FILE> --module-name <NAME>

Options:
      --dir <DIR>           The contract's directory, or one within it [default: .]
      --wasm-file <FILE>    The module to upload
      --module-name <NAME>  The module's name: `validator` and `/validator.wasm` are the same, and so are `custom/logic` and `/custom/logic.wasm`
      --gas-limit <GAS>     The gas that a run of the module is given [default: 10000000]
      --output <FORMAT>     For people or for programs [default: text] [possible values: text, json]
  -h, --help                Print help (see more with '--help')

"#]]);
    workshop.modal(&["contract", "wasm-run", "-h"]).success().stdout_eq(str![[r#"
Runs a method of a module, of the contract or in a file

Usage: modal contract wasm-run [OPTIONS] --method <METHOD> <--module-name <NAME>|--wasm-file <FILE>>

Options:
      --dir <DIR>                The contract's directory, or one within it [default: .]
      --module-name <NAME>       The module of the contract
      --wasm-file <FILE>         A module in a file; no contract is needed, and there are no other modules for it to call
      --method <METHOD>          The method to call
      --args <JSON>              What the method is given [default: {}]
      --args-file <FILE>         A file that holds what the method is given
      --engine <ENGINE>          The engine to run on [default: wasmtime] [possible values: wasmtime, wasmtime-none, wasmtime-single-pass, wasmtime-winch, wasmtime-pulley, wasmi]
      --cache <FOLDER>           A folder of yours alone in which compiled code is kept, so that a module is compiled once. Made if it is not there
      --gas-limit <GAS>          The gas that the run is given. By default, the module's own limit
      --datastore[=<DATASTORE>]  Look into a datastore instead of the commits: into the contract's own file, or with `=` into another file or a PostgreSQL server (postgres://…)
      --output <FORMAT>          For people or for programs [default: text] [possible values: text, json]
  -h, --help                     Print help (see more with '--help')

"#]]);
    workshop.modal(&["--version"]).success().stdout_eq(str![[r#"
modal [VERSION]

"#]]);
}

#[test]
fn there_is_a_completion_script_for_each_shell() {
    let workshop = Workshop::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = workshop.modal(&["completions", shell]).success();
        let script = String::from_utf8_lossy(&output.get_output().stdout).into_owned();
        assert!(script.contains("wasm-upload") && script.contains("module-name"), "{shell}: {script}");
    }
}

#[test]
fn there_is_a_page_for_each_command() {
    let workshop = Workshop::new();
    workshop.modal(&["man", "--dir", "man"]).success().stdout_eq(str![[r#"
Wrote the manual to man

"#]]);
    let pages = workshop.files("man").into_iter().map(|(path, _)| path);
    let names = pages.filter_map(|path| Some(path.file_name()?.to_str()?.to_owned() + "\n")).collect::<String>();
    snapbox::assert_data_eq!(
        names,
        str![[r#"
modal-completions.1
modal-contract-create.1
modal-contract-process.1
modal-contract-wasm-list.1
modal-contract-wasm-run.1
modal-contract-wasm-show.1
modal-contract-wasm-upload.1
modal-contract.1
modal-man.1
modal.1

"#]]
    );
    assert!(read(&workshop.path("man/modal-contract-wasm-upload.1")).contains("module\\-name"));
    assert!(
        read(&workshop.path("man/modal-contract-wasm-run.1")).contains("can call the contract\\*(Aqs other modules")
    );
    let first = workshop.modal(&["man"]).success();
    assert_eq!(String::from_utf8_lossy(&first.get_output().stdout), read(&workshop.path("man/modal.1")));
}

/// The README says what `--help` says.
#[test]
fn exit_codes_are_documented() {
    let readme = read(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"));
    for exit in modal_cli::Exit::ALL {
        let row = format!("| {} | {} |\n", exit.code(), exit.meaning());
        assert!(readme.contains(&row), "{row}");
    }
}

/// Colours are for terminals, and for whoever insists; NO_COLOR has the last word.
#[test]
fn colours_are_left_out_where_nobody_sees_them() {
    let check = |name: Option<&str>, colours: bool| {
        let mut command = Command::new(program());
        command.args(["contract", "wasm-list", "--dir", "/"]).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        if let Some(name) = name {
            command.env(name, "1");
        }
        let stderr = command.output().expect("the program").stderr;
        assert_eq!(stderr.contains(&0x1b), colours, "{name:?}");
    };
    check(None, false);
    check(Some("NO_COLOR"), false);
    check(Some("CLICOLOR_FORCE"), true);
}

/// `modal … | head` is no error.
#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut child = Command::new(program())
        .args(["completions", "bash"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("an end");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &[][..]));
}
