//! A rewriting changes metered modules on their way to the engine, and leaves the hash that is told of them alone.
//!
//! So it stands for what neither hash nor validation shows: an engine that computes something else than the bytes say, or
//! a meter that writes something else than it should. It is there with the cargo feature `planted` only.

use std::fmt;
use std::sync::Arc;

/// What happens to metered modules: nothing, unless a test says otherwise.
#[derive(Clone, Default)]
pub(crate) struct Rewriting(Option<Arc<Rewrite>>);

type Rewrite = dyn Fn(Vec<u8>) -> Vec<u8> + Send + Sync;

impl Rewriting {
    pub(crate) fn by(rewrite: impl Fn(Vec<u8>) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(rewrite)))
    }

    pub(crate) fn apply(&self, metered: Vec<u8>) -> Vec<u8> {
        match &self.0 {
            Some(rewrite) => rewrite(metered),
            None => metered,
        }
    }
}

impl fmt::Debug for Rewriting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Rewriting" } else { "None" })
    }
}
