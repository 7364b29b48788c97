//! Pages with commands are what happens when these are typed: the examples', and the program's own.

use crate::support::{UPLOAD_LOGIC, UPLOAD_VALIDATOR, Workshop, program, read};
use snapbox::assert_data_eq;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a page's blocks of a kind say: each command, which goes on while a line ends with a backslash, and what it prints.
fn typed(page: &str, fence: &str) -> Vec<(String, String)> {
    let mut typed: Vec<(String, String)> = Vec::new();
    for block in page.split(&format!("```{fence}\n")).skip(1) {
        let mut lines = block.lines().take_while(|line| *line != "```");
        while let Some(line) = lines.next() {
            match (line.strip_prefix("$ "), typed.last_mut()) {
                (Some(command), _) => {
                    let mut command = command.to_owned();
                    while command.ends_with('\\') {
                        command = format!("{command}\n{}", lines.next().expect("the command goes on"));
                    }
                    typed.push((command, String::new()));
                }
                (None, Some((_, printed))) => printed.extend([line, "\n"]),
                (None, None) => panic!("{line} comes before any command"),
            }
        }
    }
    typed
}

/// Types a command in a folder, and returns what it prints.
fn run(command: &str, folder: &Path) -> String {
    let paths = env::var_os("PATH").unwrap_or_default();
    let paths = program().parent().map(Path::to_owned).into_iter().chain(env::split_paths(&paths));
    let output = Command::new("sh")
        .args([OsString::from("-c"), command.into()])
        .current_dir(folder)
        .env("PATH", env::join_paths(paths).expect("plain paths"))
        .output()
        .expect("a shell");
    assert!(output.status.success() && output.stderr.is_empty(), "{command}: {output:?}");
    String::from_utf8(output.stdout).expect("text")
}

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A copy of the corpus' modules, so that what pages make is elsewhere than the corpus.
fn stage() -> tempfile::TempDir {
    let stage = tempfile::tempdir().expect("a folder");
    let list = |folder: &Path| {
        let entries = fs::read_dir(project().join(folder)).expect("a folder");
        entries.map(|entry| folder.join(entry.expect("an entry").file_name())).collect::<Vec<_>>()
    };
    let examples = list(Path::new("corpus/examples")).into_iter().filter(|path| project().join(path).is_dir());
    for folder in examples.chain([PathBuf::from("corpus/guests")]) {
        fs::create_dir_all(stage.path().join(&folder)).expect("a folder");
        for file in list(&folder).into_iter().filter(|file| file.extension().is_some_and(|it| it == "wasm")) {
            fs::copy(project().join(&file), stage.path().join(&file)).expect("a copy");
        }
    }
    stage
}

#[test]
fn the_examples_print_what_their_pages_show() {
    let stage = stage();
    for name in ["uploading", "composition"] {
        let folder = Path::new("corpus/examples").join(name);
        let page = read(&project().join(&folder).join("README.md"));
        let own = format!("cargo xtask example {name}");
        let commands = typed(&page, "console").into_iter().filter(|(command, _)| *command != own).collect::<Vec<_>>();
        assert!(commands.len() >= 5, "{name}: {commands:?}");
        for (command, shown) in commands {
            let printed = run(&command, &stage.path().join(&folder));
            // An ellipsis stands for any lines, or for the rest of a word.
            let shown =
                shown.lines().map(|line| if line == "…" { "...\n".into() } else { line.replace('…', "[..]") + "\n" });
            assert_data_eq!(printed, shown.collect::<String>());
        }
    }
}

/// The project's brief has these two command lines word for word.
#[test]
fn the_brief_s_commands_are_on_the_page() {
    let page = read(&project().join("corpus/examples/uploading/README.md"));
    for command in [&UPLOAD_VALIDATOR[..], &UPLOAD_LOGIC] {
        assert!(page.contains(&format!("\n$ modal {}\n", command.join(" "))), "{command:?}");
    }
}

#[test]
fn the_commands_of_the_program_s_own_page_work() {
    let workshop = Workshop::with_modules();
    let commands = typed(&read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")), "text");
    assert!(commands.len() >= 6, "{commands:?}");
    for (command, _) in commands {
        run(&command, &workshop.path(""));
    }
}
