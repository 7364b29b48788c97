//! `--lanes`: which lanes, told how.

use super::{MessageFormat, Misuse, built};
use anyhow::{Context as _, bail};
use clap::Args;
use modal_harness::{Catalogue, ForeignLane, LaneDescription, LaneKind, LaneSet, WorkerCommand, WorkerLimits};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Which lanes, told how.
#[derive(Clone, Debug, Args)]
pub(super) struct LaneArguments {
    /// The lanes to run, separated by commas. The reference always runs.
    #[arg(long, value_delimiter = ',', default_values_t = LaneKind::DEFAULT.map(|lane| lane.to_string()), value_name = "LANES")]
    lanes: Vec<String>,
    /// One more lane: any program that speaks the worker protocol, started by these words. Repeat it for more.
    #[arg(long = "worker", value_name = "NAME=COMMAND")]
    foreign: Vec<ForeignLane>,
    #[command(flatten)]
    catalogue: CatalogueArguments,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    pub(super) message_format: MessageFormat,
}

/// Where the lanes that are not this project's own are described.
#[derive(Clone, Debug, Args)]
pub(super) struct CatalogueArguments {
    /// The file that describes more lanes; `harness/lanes.toml` unless told.
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
}

/// Lanes that were named: this project's, and others.
pub(super) struct ChosenLanes {
    pub(super) own: Vec<LaneKind>,
    pub(super) foreign: Vec<ForeignLane>,
}

impl CatalogueArguments {
    pub(super) fn read(&self) -> anyhow::Result<Catalogue> {
        let usual = || built::project().join("harness/lanes.toml");
        Ok(Catalogue::read(&self.catalogue.clone().unwrap_or_else(usual), built::places()?)?)
    }
}

impl LaneArguments {
    /// Lanes as a plan names them.
    pub(super) fn named(lanes: Vec<String>, foreign: Vec<ForeignLane>) -> Self {
        let catalogue = CatalogueArguments { catalogue: None };
        Self { lanes, foreign, catalogue, message_format: MessageFormat::Human }
    }

    /// The words that start lanes which are named by these words only.
    pub(super) fn workers(&self) -> BTreeMap<String, String> {
        let words = |lane: &ForeignLane| {
            let WorkerCommand { program, args, .. } = &lane.command;
            let words = std::iter::once(program).chain(args).map(|word| word.to_string_lossy().into_owned());
            words.collect::<Vec<_>>().join(" ")
        };
        self.foreign.iter().map(|lane| (lane.name.clone(), words(lane))).collect()
    }

    /// The lanes, none of them twice: a lane that agrees with itself would count as two.
    pub(super) fn chosen(&self) -> anyhow::Result<ChosenLanes> {
        for (index, lane) in self.lanes.iter().enumerate() {
            anyhow::ensure!(!self.lanes[..index].contains(lane), Misuse(format!("--lanes names {lane} twice")));
        }
        for (index, ForeignLane { name, .. }) in self.foreign.iter().enumerate() {
            let twice = self.lanes.contains(name) || self.foreign[..index].iter().any(|other| other.name == *name);
            anyhow::ensure!(!twice, Misuse(format!("--worker names {name} twice")));
        }
        let mut chosen = ChosenLanes { own: Vec::new(), foreign: Vec::new() };
        let mut catalogue = None;
        for name in &self.lanes {
            if let Some(own) = LaneKind::all().find(|lane| lane.to_string() == *name) {
                chosen.own.push(own);
                continue;
            }
            let catalogue = match &catalogue {
                Some(catalogue) => catalogue,
                None => catalogue.insert(self.catalogue.read()?),
            };
            chosen.foreign.push(described(catalogue, name)?);
        }
        chosen.foreign.extend(self.foreign.iter().cloned());
        Ok(chosen)
    }

    /// The lanes as words of a command line, with a space before each; nothing for the default lanes.
    pub(super) fn words(&self) -> String {
        let mut words = String::new();
        if self.lanes != LaneKind::DEFAULT.map(|lane| lane.to_string()) {
            words += &format!(" --lanes {}", self.lanes.join(","));
        }
        for (name, command) in self.workers() {
            words += &format!(" --worker '{name}={command}'");
        }
        if let Some(file) = &self.catalogue.catalogue {
            words += &format!(" --catalogue {}", file.display());
        }
        words
    }

    /// Opens the lanes, this project's engines in this process.
    pub(super) fn open(&self) -> anyhow::Result<LaneSet> {
        let ChosenLanes { own, foreign } = self.chosen()?;
        Ok(LaneSet::open(&own, &built::worker(&own)?)?.and_foreign(&foreign, WorkerLimits::default())?)
    }

    /// Opens the lanes, each in a process of its own, for cases of which nobody knows what they do to an engine.
    pub(super) fn open_apart(&self) -> anyhow::Result<LaneSet> {
        self.open_those(|_| true, WorkerLimits::default())
    }

    /// Opens the lanes whose names are wanted, each in a process of its own.
    pub(super) fn open_those(&self, wanted: impl Fn(&str) -> bool, limits: WorkerLimits) -> anyhow::Result<LaneSet> {
        let ChosenLanes { mut own, mut foreign } = self.chosen()?;
        own.retain(|lane| wanted(&lane.to_string()));
        foreign.retain(|lane| wanted(&lane.name));
        let lanes = LaneSet::open_apart(&own, &built::worker(&own)?, &built::own_worker()?, limits)?;
        Ok(lanes.and_foreign(&foreign, limits)?)
    }
}

/// A lane of the catalogue that can run.
fn described(catalogue: &Catalogue, name: &str) -> anyhow::Result<ForeignLane> {
    let lane = catalogue.lane(name).zip(catalogue.lanes().get(name));
    let Some((lane, description)) = lane else {
        let own = LaneKind::all().map(|lane| lane.to_string());
        let names = own.chain(catalogue.lanes().keys().cloned()).collect::<Vec<_>>().join(", ");
        return Err(Misuse(format!("no lane is called {name:?}; the lanes are {names}")).into());
    };
    let missing = description.missing();
    if !missing.is_empty() {
        bail!("lane {name} needs {}; {}", missing.join(" and "), remedy(name, description));
    }
    if catalogue.runs_sdk(name) {
        built::worker(&[LaneKind::Node]).context("the lane runs the SDK's worker")?;
    }
    Ok(lane)
}

/// What brings what a lane needs.
pub(super) fn remedy(name: &str, LaneDescription { install, hint, .. }: &LaneDescription) -> String {
    let installed = (!install.is_empty()).then(|| format!("`cargo conform lanes --install {name}` installs it"));
    match (installed, hint) {
        (Some(installed), Some(hint)) => format!("{installed}, {hint}"),
        (Some(installed), None) => installed,
        (None, Some(hint)) => hint.clone(),
        (None, None) => "install it yourself".into(),
    }
}
