//! `lanes`: which lanes there are, what they are, and whether they can run here.

use super::exit::Exit;
use super::lane_arguments::{CatalogueArguments, remedy};
use super::{MessageFormat, Misuse, built};
use anyhow::{Context as _, bail};
use clap::Args;
use modal_harness::{Catalogue, Feature, ForeignLane, LaneDescription, LaneKind, LaneSet, WorkerLimits};
use serde::Serialize;
use std::collections::BTreeSet;
use std::process::{Command, Stdio};

#[derive(Debug, Args)]
pub(super) struct LanesArguments {
    /// The lanes, separated by commas; all of them unless told.
    #[arg(long, value_delimiter = ',', value_name = "LANES")]
    lanes: Vec<String>,
    /// Install what these lanes need, as the catalogue says, before they are listed.
    #[arg(long, value_delimiter = ',', value_name = "LANES")]
    install: Vec<String>,
    /// One more lane: any program that speaks the worker protocol, started by these words. Repeat it for more.
    #[arg(long = "worker", value_name = "NAME=COMMAND")]
    foreign: Vec<ForeignLane>,
    #[command(flatten)]
    catalogue: CatalogueArguments,
    /// For people or for programs.
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    message_format: MessageFormat,
}

/// What there is to say of a lane.
#[derive(Serialize)]
struct Listing {
    name: String,
    about: String,
    /// The engine's version and configuration, of a lane that can run.
    version: Option<String>,
    lacks: BTreeSet<Feature>,
    /// Why the lane cannot run here, and what to do, of one that cannot.
    unavailable: Option<String>,
}

pub(super) fn run(arguments: &LanesArguments) -> anyhow::Result<Exit> {
    let catalogue = arguments.catalogue.read()?;
    for name in &arguments.install {
        install(&catalogue, name)?;
    }
    let all = || LaneKind::all().map(|lane| lane.to_string()).chain(catalogue.lanes().keys().cloned());
    for (index, name) in arguments.lanes.iter().enumerate() {
        if arguments.lanes[..index].contains(name) {
            return Err(Misuse(format!("--lanes names {name} twice")).into());
        }
        if !all().any(|known| known == *name) {
            return Err(unknown(name, all()).into());
        }
    }
    for (index, ForeignLane { name, .. }) in arguments.foreign.iter().enumerate() {
        let twice =
            all().any(|known| known == *name) || arguments.foreign[..index].iter().any(|other| other.name == *name);
        if twice {
            return Err(Misuse(format!("--worker names {name} twice")).into());
        }
    }
    let wanted = |name: &String| match &arguments.lanes[..] {
        [] => arguments.install.is_empty() || arguments.install.contains(name),
        lanes => lanes.contains(name),
    };
    let known = all().filter(wanted).map(|name| list(&catalogue, name));
    let foreign = arguments.foreign.iter().map(|lane| {
        let words = std::iter::once(&lane.command.program).chain(&lane.command.args);
        let about = words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ");
        Listing::of(lane.name.clone(), about, open_foreign(lane))
    });
    let listings = known.chain(foreign).collect::<Vec<_>>();
    match arguments.message_format {
        MessageFormat::Human => listings.iter().for_each(Listing::print),
        MessageFormat::Json => anstream::println!("{}", serde_json::to_string_pretty(&listings)?),
    }
    Ok(Exit::Agree)
}

fn unknown(name: &str, names: impl Iterator<Item = String>) -> Misuse {
    Misuse(format!("no lane is called {name:?}; the lanes are {}", names.collect::<Vec<_>>().join(", ")))
}

/// Opens the lane, which passes its smoke test or cannot run.
fn list(catalogue: &Catalogue, name: String) -> Listing {
    let own = LaneKind::all().find(|lane| lane.to_string() == name);
    let (about, opened) = match (own, catalogue.lanes().get(&name)) {
        (Some(own), _) => {
            let opened = built::worker(&[own]).and_then(|node| Ok(LaneSet::open(&[own], &node)?));
            (about(own), opened.map_err(|error| format!("{error:#}")))
        }
        (None, Some(description)) => (description.about.clone(), open(catalogue, &name, description)),
        (None, None) => (String::new(), Err("the catalogue does not have it".to_owned())),
    };
    Listing::of(name, about, opened)
}

fn about(own: LaneKind) -> String {
    match own {
        LaneKind::Engine(config) => format!("{} as nodes have it, in this configuration", config.engine()),
        LaneKind::Node => "the JavaScript SDK on the Node that is installed".into(),
    }
}

fn open(catalogue: &Catalogue, name: &str, description: &LaneDescription) -> Result<LaneSet, String> {
    let missing = description.missing();
    if !missing.is_empty() {
        return Err(format!("{} is missing; {}", missing.join(" and "), remedy(name, description)));
    }
    open_foreign(&catalogue.lane(name).ok_or("it has no command")?)
}

fn open_foreign(lane: &ForeignLane) -> Result<LaneSet, String> {
    LaneSet::of(Vec::new())
        .and_foreign(std::slice::from_ref(lane), WorkerLimits::default())
        .map_err(|fault| fault.to_string())
}

fn install(catalogue: &Catalogue, name: &str) -> anyhow::Result<()> {
    let Some(description) = catalogue.lanes().get(name) else {
        return Err(unknown(name, catalogue.lanes().keys().cloned()).into());
    };
    let Some((program, args)) = description.install.split_first() else {
        bail!("the catalogue does not say how to install {name}; {}", remedy(name, description));
    };
    let folder = catalogue.folder(name);
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    anstream::eprintln!("{}", description.install.join(" "));
    let status = Command::new(program)
        .args(args)
        .current_dir(built::project())
        // Standard output belongs to the list.
        .stdout(Stdio::null())
        .status()
        .with_context(|| format!("cannot start {program} to install {name}"))?;
    if !status.success() {
        bail!("{program} did not install {name}: {status}");
    }
    Ok(())
}

impl Listing {
    fn of(name: String, about: String, opened: Result<LaneSet, String>) -> Self {
        let (version, lacks, unavailable) = match opened {
            Ok(lanes) => (lanes.ids().pop().map(|id| id.version), lanes.lacks(), None),
            Err(reason) => (None, BTreeSet::new(), Some(reason)),
        };
        Self { name, about, version, lacks, unavailable }
    }

    fn print(&self) {
        let Self { name, about, version, lacks, unavailable } = self;
        anstream::println!("{name:<22} {about}");
        // The version comes first, then what else identifies the engine.
        for line in version.iter().flat_map(|version| version.splitn(2, ", ")) {
            anstream::println!("{:<22}   {}", "", with_short_digests(line));
        }
        for feature in lacks {
            anstream::println!("{:<22}   lacks {feature}", "");
        }
        if let Some(reason) = unavailable {
            anstream::println!("{:<22}   cannot run here: {reason}", "");
        }
    }
}

/// The text with no more of a digest than people compare. Programs read the whole.
fn with_short_digests(text: &str) -> String {
    const SHOWN: usize = 12;
    let is_digest = |word: &str| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let words = text.split_inclusive(|c: char| !c.is_ascii_alphanumeric());
    words
        .map(|word| {
            let bare = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
            let rest = &word[bare.len()..];
            if is_digest(bare) { format!("{}…{rest}", &bare[..SHOWN]) } else { word.to_owned() }
        })
        .collect()
}
