//! Blessing rewrites what the corpus expects.

use crate::task;

/// Rewrites the corpus' expectations; a person reviews the difference.
pub(crate) fn run() -> anyhow::Result<()> {
    let conform = ["run", "--quiet", "--package", "modal-harness", "--bin", "modal-conform", "--"];
    task::run(task::cargo().args(conform).args(["corpus", "--bless"]))
}
