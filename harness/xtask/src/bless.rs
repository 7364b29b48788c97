//! Blessing rewrites what the corpus expects.

use crate::task;

/// Rewrites the corpus' expectations; a person reviews the difference.
pub(crate) fn run() -> anyhow::Result<()> {
    task::run(task::conform().args(["corpus", "--bless"]))
}
