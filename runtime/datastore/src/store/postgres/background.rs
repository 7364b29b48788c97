//! The background is where the connections live: a thread of its own that does the talking.

use std::io;
use tokio::runtime::{Builder, EnterGuard, Handle, Runtime};

/// A private runtime. Callers wait for it on their own thread, so it does not matter whether they have a runtime
/// themselves.
pub(super) struct Background {
    handle: Handle,
    /// Taken when this is dropped.
    runtime: Option<Runtime>,
}

impl Background {
    pub(super) fn start() -> io::Result<Self> {
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("postgres").enable_all().build()?;
        Ok(Self { handle: runtime.handle().clone(), runtime: Some(runtime) })
    }

    /// Lets this thread make connections and timers until the guard is dropped.
    pub(super) fn enter(&self) -> EnterGuard<'_> {
        self.handle.enter()
    }
}

impl Drop for Background {
    /// A runtime waits for its threads when it is dropped, which no asynchronous task may do; this one need not be
    /// waited for.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
