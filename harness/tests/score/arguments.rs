//! What `cargo conform score` hands on.

use crate::score::bug::{Bug, Class};
use crate::score::catalogue::bugs;
use clap::{Parser, ValueEnum};
use std::collections::BTreeMap;

/// Plants bugs and counts the cases until each is noticed.
#[derive(Debug, Parser)]
#[command(name = "cargo conform score", bin_name = "cargo conform score")]
pub(crate) struct Arguments {
    /// The seed of the cases.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Cases after which a bug counts as not noticed.
    #[arg(long, default_value_t = 2000, value_name = "BUDGET")]
    pub(crate) cases: u64,
    /// Only the bugs of this class.
    #[arg(long, value_name = "NAME")]
    class: Option<Class>,
    /// Only the bugs with this in their names.
    #[arg(long, value_name = "NAME")]
    bug: Option<String>,
    /// Only the first so many bugs of each class.
    #[arg(long, value_name = "N")]
    per_class: Option<usize>,
    /// How many threads; the number of cores unless told.
    #[arg(long)]
    jobs: Option<u16>,
    /// List the bugs and run nothing.
    #[arg(long)]
    pub(crate) list: bool,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t = Form::Human, value_name = "FORMAT")]
    pub(crate) message_format: Form,
}

/// The form of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// Text.
    Human,
    /// One JSON document.
    Json,
}

impl Arguments {
    /// The bugs that are asked for.
    pub(crate) fn bugs(&self) -> Result<Vec<Bug>, String> {
        let of_class = |bug: &Bug| self.class.is_none_or(|class| bug.class == class);
        let named = |bug: &Bug| self.bug.as_ref().is_none_or(|name| bug.name.contains(name.as_str()));
        let bugs = bugs().into_iter().filter(|bug| of_class(bug) && named(bug)).collect::<Vec<_>>();
        let mut met = BTreeMap::<Class, usize>::new();
        let mut early = |bug: &Bug| {
            let met = met.entry(bug.class).or_default();
            *met += 1;
            self.per_class.is_none_or(|bugs| *met <= bugs)
        };
        let bugs = bugs.into_iter().filter(|bug| early(bug)).collect::<Vec<_>>();
        match (&self.bug, bugs.is_empty()) {
            (Some(name), true) => Err(format!("no bug has {name:?} in its name; --list shows all of them")),
            (Some(_), false) | (None, _) => Ok(bugs),
        }
    }

    /// Whether all bugs are asked for.
    pub(crate) fn whole(&self) -> bool {
        self.class.is_none() && self.bug.is_none() && self.per_class.is_none()
    }

    pub(crate) fn jobs(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        self.jobs.map_or_else(cores, usize::from).max(1)
    }
}
