//! A use is what one preparation of a module had of a disk cache.

use serde::Serialize;
use std::fmt;

/// What a disk cache has been asked for by one [`ModuleCache`](crate::ModuleCache).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DiskStatistics {
    /// Modules whose code was there, and was not compiled.
    pub hits: u64,
    /// Modules whose code was not there, or was refused, and was compiled.
    pub misses: u64,
    /// Files in the place of code that were not what this program wrote for the module.
    pub refused: u64,
    /// Modules whose code was written.
    pub written: u64,
    /// Reads and writes that failed. None of them changed a result.
    pub failures: u64,
}

/// What one preparation had of a disk cache.
#[derive(Debug, Default)]
pub(crate) struct DiskUse {
    asked: bool,
    hit: bool,
    refused: bool,
    written: bool,
    failures: Vec<String>,
}

impl DiskUse {
    pub(super) fn ask(&mut self) {
        self.asked = true;
    }

    pub(crate) fn hit(&mut self) {
        self.hit = true;
    }

    pub(crate) fn refuse(&mut self) {
        self.refused = true;
    }

    pub(super) fn write(&mut self) {
        self.written = true;
    }

    pub(crate) fn fail(&mut self, failure: &dyn fmt::Display) {
        self.failures.push(failure.to_string());
    }

    /// Adds this use to a cache's, and gives the text of its last failure.
    pub(crate) fn count(self, statistics: &mut DiskStatistics) -> Option<String> {
        statistics.hits += u64::from(self.hit);
        statistics.misses += u64::from(self.asked && !self.hit);
        statistics.refused += u64::from(self.refused);
        statistics.written += u64::from(self.written);
        statistics.failures += self.failures.len() as u64;
        self.failures.into_iter().next_back()
    }
}
