//! A finding as a command names it: a repro folder, or a file of the corpus that lanes do not agree on.

use modal_harness::corpus::CorpusCase;
use modal_harness::{Case, Repro};
use std::path::Path;
use std::sync::Arc;

/// Whether something is a finding.
pub(super) fn is_at(path: &Path) -> bool {
    path.is_file() || Repro::is_at(path)
}

/// The case of a finding.
pub(super) fn case(path: &Path) -> anyhow::Result<Arc<Case>> {
    if path.is_file() {
        return Ok(Arc::new(CorpusCase::read(path)?.case));
    }
    Ok(Repro::read(path)?.case)
}
