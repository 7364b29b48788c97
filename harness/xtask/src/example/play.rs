//! Playing an example is running the commands of its page, as they stand there, in a copy of its folder.

use crate::task;
use anyhow::{Context, bail};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What pages lead to from an example's folder.
const BESIDE: &str = "corpus/guests";

/// Runs the commands of `modal` on an example's page, and those between them, and shows what they print. They run in
/// `examples/played` of the target folder, which has the corpus' modules and is made anew each time. That they print what
/// the page says is a test of the command line's.
pub(super) fn play(name: &str) -> anyhow::Result<()> {
    // Together with the harness, for the engines are built already with what it asks of them.
    task::run(task::cargo().args(["build", "--quiet", "--package", "modal-harness", "--package", "modal"]))?;
    let path = task::target_folder().join("debug");
    let path = env::join_paths([path].into_iter().chain(env::split_paths(&env::var_os("PATH").unwrap_or_default())))?;
    let folder = stage(name)?;
    eprintln!("in {}:", folder.display());
    let page = task::root().join("corpus/examples").join(name).join("README.md");
    let page = fs::read_to_string(&page).with_context(|| format!("failed to read {}", page.display()))?;
    let commands = commands(&page);
    if commands.is_empty() {
        bail!("failed to find a command on the page of {name}");
    }
    for command in commands {
        println!("$ {command}");
        task::run(Command::new("sh").args(["-c", &command]).current_dir(&folder).env("PATH", &path))?;
    }
    Ok(())
}

/// The commands in a page's `console` blocks, but for those of cargo, which begin with `$` and go on while a line ends with
/// a backslash.
fn commands(page: &str) -> Vec<String> {
    let mut commands = Vec::new();
    for block in page.split("```console\n").skip(1) {
        let mut lines = block.lines().take_while(|line| *line != "```");
        while let Some(line) = lines.next() {
            let Some(command) = line.strip_prefix("$ ") else { continue };
            let mut command = command.to_owned();
            while command.ends_with('\\') {
                command = format!("{command}\n{}", lines.next().unwrap_or_default());
            }
            if !command.starts_with("cargo ") {
                commands.push(command);
            }
        }
    }
    commands
}

/// Makes a folder with the examples' and other modules of the corpus, and returns the example's in it.
fn stage(name: &str) -> anyhow::Result<PathBuf> {
    let stage = task::target_folder().join("examples/played");
    if stage.exists() {
        fs::remove_dir_all(&stage).with_context(|| format!("failed to remove {}", stage.display()))?;
    }
    copy_modules(Path::new(BESIDE), &stage)?;
    let examples = Path::new("corpus/examples");
    for example in list(&task::root().join(examples))? {
        if example.is_dir() {
            copy_modules(&examples.join(example.file_name().unwrap_or_default()), &stage)?;
        }
    }
    Ok(stage.join(examples).join(name))
}

/// Copies the modules of a folder of the workspace to the same place on the stage.
fn copy_modules(folder: &Path, stage: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(stage.join(folder)).with_context(|| format!("failed to create {}", stage.display()))?;
    for file in list(&task::root().join(folder))? {
        if file.extension().is_some_and(|extension| extension == "wasm") {
            let bytes = fs::read(&file).with_context(|| format!("failed to read {}", file.display()))?;
            task::write_changed(&stage.join(folder).join(file.file_name().unwrap_or_default()), &bytes)?;
        }
    }
    Ok(())
}

fn list(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = folder.read_dir().with_context(|| format!("failed to list {}", folder.display()))?;
    entries.map(|entry| Ok(entry?.path())).collect()
}

#[cfg(test)]
mod tests {
    use super::commands;

    #[test]
    fn commands_are_those_of_console_blocks() {
        let page =
            "$ no\n```console\n$ a 'b'\nprinted\n$ cargo xtask\n```\n```sh\n$ no\n```\n```console\n$ c \\\n  d\n```\n";
        assert_eq!(commands(page), ["a 'b'", "c \\\n  d"]);
    }
}
