//! A memory holds a cache's prepared modules, and forgets the least recently used.

use super::disk::DiskUse;
use super::{CacheStatistics, PreparedModule};
use crate::engine::EngineConfig;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Arc;

/// What a prepared module is known by: all that changes its code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) engine: EngineConfig,
    /// The SHA-256 of the original module, in lower hex.
    pub(super) sha256: String,
    /// The rest: the meter and the engine's release.
    pub(super) code: String,
}

/// The prepared modules and what was asked of them.
#[derive(Debug, Default)]
pub(super) struct Memory {
    uses: u64,
    modules: BTreeMap<Key, Kept>,
    /// Every key by its last use, which is unique.
    by_use: BTreeMap<u64, Key>,
    /// By engine and length of the original, the key that was used last; all of them are among the modules.
    last_of_length: BTreeMap<(EngineConfig, usize), Key>,
    statistics: CacheStatistics,
    pub(super) disk_failure: Option<String>,
}

#[derive(Debug)]
struct Kept {
    last_use: u64,
    original: Arc<[u8]>,
    module: Arc<PreparedModule>,
}

impl Memory {
    /// The module of this length that was used last: its key and its bytes.
    pub(super) fn last_of_length(&self, engine: EngineConfig, length: usize) -> Option<(Key, Arc<[u8]>)> {
        let key = self.last_of_length.get(&(engine, length))?;
        Some((key.clone(), Arc::clone(&self.modules.get(key)?.original)))
    }

    pub(super) fn find(&mut self, key: &Key) -> Option<Arc<PreparedModule>> {
        let Some(kept) = self.modules.get_mut(key) else {
            self.statistics.misses += 1;
            return None;
        };
        self.statistics.hits += 1;
        self.uses += 1;
        let used = self.by_use.remove(&kept.last_use).unwrap_or_else(|| key.clone());
        self.by_use.insert(self.uses, used);
        kept.last_use = self.uses;
        let place = (key.engine, kept.original.len());
        if self.last_of_length.get(&place) != Some(key) {
            self.last_of_length.insert(place, key.clone());
        }
        Some(Arc::clone(&kept.module))
    }

    pub(super) fn insert(
        &mut self,
        key: Key,
        original: Arc<[u8]>,
        module: Arc<PreparedModule>,
        capacity: NonZeroUsize,
    ) {
        self.uses += 1;
        self.by_use.insert(self.uses, key.clone());
        self.last_of_length.insert((key.engine, original.len()), key.clone());
        if let Some(before) = self.modules.insert(key, Kept { last_use: self.uses, original, module }) {
            self.by_use.remove(&before.last_use);
        }
        while self.modules.len() > capacity.get() {
            let Some((_, oldest)) = self.by_use.pop_first() else { return };
            let Some(kept) = self.modules.remove(&oldest) else { return };
            let place = (oldest.engine, kept.original.len());
            if self.last_of_length.get(&place) == Some(&oldest) {
                self.last_of_length.remove(&place);
            }
            self.statistics.evictions += 1;
        }
    }

    /// Adds what a preparation had of a disk cache.
    pub(super) fn count(&mut self, used: DiskUse) {
        if let Some(failure) = used.count(&mut self.statistics.disk) {
            self.disk_failure = Some(failure);
        }
    }

    pub(super) fn statistics(&self) -> CacheStatistics {
        CacheStatistics { modules: self.modules.len(), ..self.statistics }
    }
}
