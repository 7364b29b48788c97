//! The catalogue describes lanes that are not this project's own: what starts each, and what it needs for that.
//!
//! It is a file (`harness/lanes.toml`), so that a lane joins by a description and a program, without a change here.

use super::{Feature, ForeignLane, LaneKind, ReferenceLane, WorkerCommand};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Lanes by name, as a file describes them.
#[derive(Clone, Debug)]
pub struct Catalogue {
    lanes: BTreeMap<String, LaneDescription>,
    places: Places,
}

/// The folders and files that descriptions name.
#[derive(Clone, Debug)]
pub struct Places {
    /// `{project}`: the project's folder.
    pub project: PathBuf,
    /// `{target}`: where the project builds.
    pub target: PathBuf,
}

/// What the catalogue says of a lane, with its places filled in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LaneDescription {
    /// What it is, in a line.
    pub about: String,
    /// The words that start the worker.
    pub command: Vec<String>,
    /// Variables that its environment has beside the harness' own.
    #[serde(default)]
    pub env: BTreeMap<String, String>,
    /// The features that it does not have, beside what the worker says itself.
    #[serde(default)]
    pub lacks: BTreeSet<Feature>,
    /// Files and programs that must be there, the command's own aside.
    #[serde(default)]
    pub needs: Vec<String>,
    /// The words that install what is missing.
    #[serde(default)]
    pub install: Vec<String>,
    /// What to do where there are no such words, or what they need.
    #[serde(default)]
    pub hint: Option<String>,
}

/// Why a catalogue cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// The file cannot be read.
    #[error("failed to read the catalogue of lanes {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is no catalogue.
    #[error("failed to understand the catalogue of lanes {}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Why.
        source: toml::de::Error,
    },
    /// A description cannot be followed.
    #[error("failed to use lane {lane:?} of the catalogue {}: {reason}", path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// The lane.
        lane: String,
        /// Why.
        reason: String,
    },
}

impl Catalogue {
    /// Reads a catalogue.
    ///
    /// # Errors
    ///
    /// If there is none, or a lane of it has a name that is taken, no command, or names a place that is not known.
    pub fn read(path: &Path, places: Places) -> Result<Self, CatalogueError> {
        let path = path.to_owned();
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(source) => return Err(CatalogueError::Unreadable { path, source }),
        };
        let mut lanes = match toml::from_str::<BTreeMap<String, LaneDescription>>(&text) {
            Ok(lanes) => lanes,
            Err(source) => return Err(CatalogueError::Malformed { path, source }),
        };
        for (lane, description) in &mut lanes {
            let filled = check_name(lane).and_then(|()| description.fill(lane, &places));
            filled.map_err(|reason| CatalogueError::Wrong { path: path.clone(), lane: lane.clone(), reason })?;
        }
        Ok(Self { lanes, places })
    }

    /// The lanes, by name.
    #[must_use]
    pub fn lanes(&self) -> &BTreeMap<String, LaneDescription> {
        &self.lanes
    }

    /// A lane, to be opened.
    #[must_use]
    pub fn lane(&self, name: &str) -> Option<ForeignLane> {
        let LaneDescription { command, env, lacks, .. } = self.lanes.get(name)?;
        let (program, args) = command.split_first()?;
        let env = env.iter().map(|(name, value)| (OsString::from(name), OsString::from(value)));
        let command = WorkerCommand { env: env.collect(), ..WorkerCommand::new(program, args) };
        Some(ForeignLane { name: name.to_owned(), command, lacks: lacks.clone() })
    }

    /// Whether a lane runs the JavaScript SDK, which has to be built then.
    #[must_use]
    pub fn runs_sdk(&self, name: &str) -> bool {
        let workers = ["main.js", "page/main.js"].map(|file| self.places.worker(file));
        let command = self.lanes.get(name).map(|lane| lane.command.as_slice()).unwrap_or_default();
        command.iter().any(|word| workers.iter().any(|worker| Path::new(word) == worker))
    }

    /// The folder in which a lane's `install` puts what it brings.
    #[must_use]
    pub fn folder(&self, name: &str) -> PathBuf {
        self.places.folder(name)
    }
}

impl Places {
    fn folder(&self, lane: &str) -> PathBuf {
        self.target.join("lanes").join(lane)
    }

    /// A worker of the JavaScript SDK.
    fn worker(&self, file: &str) -> PathBuf {
        self.project.join("runtime/sdk/src/worker").join(file)
    }

    fn fill(&self, lane: &str, text: &mut String) -> Result<(), String> {
        let (sdk, page) = (self.worker("main.js"), self.worker("page/main.js"));
        let folders = [("project", &self.project), ("target", &self.target), ("here", &self.folder(lane))];
        let places = folders.into_iter().chain([("sdk", &sdk), ("page", &page)]);
        for (name, place) in places {
            let place = place.to_str().ok_or_else(|| format!("{} is no plain text", place.display()))?;
            *text = text.replace(&format!("{{{name}}}"), place);
        }
        match text.split_once('{') {
            Some((_, rest)) => Err(format!("no place is called {{{}}}", rest.split('}').next().unwrap_or_default())),
            None => Ok(()),
        }
    }
}

impl LaneDescription {
    fn fill(&mut self, lane: &str, places: &Places) -> Result<(), String> {
        if self.command.is_empty() {
            return Err("its command has no words".into());
        }
        let Self { about: _, command, env, lacks: _, needs, install, hint: _ } = self;
        let texts = command.iter_mut().chain(env.values_mut()).chain(needs).chain(install);
        texts.into_iter().try_for_each(|text| places.fill(lane, text))
    }

    /// What the lane needs and is not there: a file, or a program that is not on the path.
    #[must_use]
    pub fn missing(&self) -> Vec<&str> {
        let needed = self.command.first().into_iter().chain(&self.needs).map(String::as_str);
        needed.filter(|needed| !is_there(needed)).collect()
    }
}

/// A lane's name is a word of a command line, and no other lane's.
pub(super) fn check_name(name: &str) -> Result<(), String> {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_'));
    if name.is_empty() || !plain {
        return Err(format!("{name:?} is no name: letters, digits, '-', '.' and '_' make one"));
    }
    if LaneKind::all().any(|kind| kind.to_string() == name) || name == ReferenceLane::NAME {
        return Err(format!("{name:?} is a lane of this project"));
    }
    Ok(())
}

fn is_there(needed: &str) -> bool {
    if needed.contains(std::path::MAIN_SEPARATOR) {
        return Path::new(needed).exists();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(needed).is_file())
}
