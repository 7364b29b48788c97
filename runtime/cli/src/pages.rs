//! Pages are what a person installs beside the program: manuals and completion scripts, made from the arguments themselves.

use crate::arguments::Arguments;
use crate::error::Error;
use crate::report::{Plain, Report};
use clap::CommandFactory as _;
use clap_complete::Shell;
use std::fs;
use std::path::Path;

/// The script that completes commands in a shell.
pub(crate) fn completions(shell: Shell) -> Box<dyn Report> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "modal", &mut script);
    Box::new(Plain(String::from_utf8_lossy(&script).into_owned()))
}

/// The first page of the manual; or, written to a directory, all of them: `modal.1`, `modal-contract.1`, ….
pub(crate) fn manual(directory: Option<&Path>) -> Result<Box<dyn Report>, Error> {
    let Some(directory) = directory else {
        let mut page = Vec::new();
        // As the pages in files are made.
        let mut command = Arguments::command().disable_help_subcommand(true);
        command.build();
        clap_mangen::Man::new(command).render(&mut page).map_err(|source| Error::Print { source })?;
        return Ok(Box::new(Plain(String::from_utf8_lossy(&page).into_owned())));
    };
    fs::create_dir_all(directory).map_err(Error::io("make the directory", directory))?;
    clap_mangen::generate_to(Arguments::command(), directory).map_err(Error::io("write the manual to", directory))?;
    Ok(Box::new(Plain(format!("Wrote the manual to {}\n", directory.display()))))
}
