//! A backlog holds the cases that a lane in this process was handed and has not observed.

use super::LaneFault;
use crate::Case;
use std::collections::VecDeque;
use std::sync::Arc;

/// Cases in the order in which they were submitted.
#[derive(Default)]
pub(super) struct Backlog(VecDeque<Arc<Case>>);

impl Backlog {
    pub(super) fn add(&mut self, case: &Arc<Case>) {
        self.0.push_back(Arc::clone(case));
    }

    pub(super) fn next(&mut self) -> Result<Arc<Case>, LaneFault> {
        self.0.pop_front().ok_or_else(|| LaneFault::new("Usage", "collected more cases than submitted"))
    }
}
