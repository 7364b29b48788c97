//! A finding says which law an input breaks, and how.

use crate::room::with_room;
use modal_harness::LaneFault;
use std::fmt;

/// Which law an input breaks, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding(String);

impl Finding {
    /// A finding in these words, which name the law and what was seen instead.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Finding {}

/// A fault is never an answer to an input.
impl From<LaneFault> for Finding {
    fn from(fault: LaneFault) -> Self {
        Self(format!("something broke: {fault}"))
    }
}

impl Finding {
    /// What every target's function does: sets the target up when it is first needed, puts an input to it with the native
    /// stack that it needs, and panics with what is found.
    pub(crate) fn panic_on<T, D>(
        make: impl FnOnce() -> Result<T, Self>,
        target: &mut Option<T>,
        judge: impl FnOnce(&mut T) -> Result<D, Self>,
    ) {
        let judged = with_room(|| {
            let target = match target {
                Some(target) => target,
                None => target.insert(make()?),
            };
            judge(target).map(drop)
        });
        if let Err(finding) = judged {
            panic!("{finding}");
        }
    }
}
