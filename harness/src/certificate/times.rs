//! Times are what a certification took, and where: the sidecar of a certificate, which never holds any of it.

use super::PartName;
use super::pace::Pace;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::num::NonZero;
use std::time::Instant;

/// When a certification was made, on what machine, and how long its parts and its lanes took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Times {
    /// When it began: UTC, as RFC 3339 has it.
    pub started: String,
    /// The machine's name.
    pub host: String,
    /// How many cores it had for this.
    pub cores: u64,
    /// How long each part took, in microseconds.
    pub parts: BTreeMap<PartName, u64>,
    /// How long each lane takes over the same cases, in the order in which lanes were named.
    pub lanes: Vec<Pace>,
}

/// What takes the times of a certification while it goes on.
#[derive(Debug)]
pub struct Stopwatch {
    started: DateTime<Utc>,
    last: Instant,
    parts: BTreeMap<PartName, u64>,
}

impl Times {
    /// How long all parts took together, in microseconds.
    #[must_use]
    pub fn took(&self) -> u64 {
        self.parts.values().fold(0, |sum, &part| sum.saturating_add(part))
    }
}

impl Stopwatch {
    /// Starts.
    #[must_use]
    pub fn start() -> Self {
        Self { started: Utc::now(), last: now(), parts: BTreeMap::new() }
    }

    /// Notes that a part has ended: it took the time since the one before it did, or since the start.
    pub fn lap(&mut self, part: PartName) {
        let now = now();
        let took = now.saturating_duration_since(self.last).as_micros();
        self.parts.insert(part, u64::try_from(took).unwrap_or(u64::MAX));
        self.last = now;
    }

    /// What it has noted, of a certification on this machine, with what each lane takes.
    #[must_use]
    pub fn stop(self, lanes: Vec<Pace>) -> Times {
        let started = self.started.to_rfc3339_opts(SecondsFormat::Secs, true);
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get) as u64;
        Times { started, host: machine(), cores, parts: self.parts, lanes }
    }
}

/// The machine's name, or `unknown`.
pub(crate) fn machine() -> String {
    hostname::get().map_or_else(|_| "unknown".into(), |name| name.to_string_lossy().into_owned())
}

#[expect(clippy::disallowed_methods, reason = "times go in the sidecar and in no certificate")]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn each_part_has_its_own_time() {
        let mut stopwatch = Stopwatch { started: DateTime::UNIX_EPOCH, ..Stopwatch::start() };
        stopwatch.lap(PartName::Corpus);
        // As if the part had begun an hour ago.
        stopwatch.last = stopwatch.last.checked_sub(Duration::from_secs(3600)).unwrap_or(stopwatch.last);
        stopwatch.lap(PartName::Campaign);
        let times = stopwatch.stop(Vec::new());
        assert_eq!(times.started, "1970-01-01T00:00:00Z");
        assert_eq!(times.parts.keys().copied().collect::<Vec<_>>(), [PartName::Corpus, PartName::Campaign]);
        assert!(times.parts[&PartName::Campaign] > times.parts[&PartName::Corpus]);
        assert!(!times.host.is_empty() && times.cores > 0);
        let text = serde_json::to_string(&times).expect("it has text keys");
        assert_eq!(serde_json::from_str::<Times>(&text).expect("what was written can be read"), times);
    }
}
