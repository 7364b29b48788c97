//! Room is the native stack that observers need, on whatever thread a target is called.

use modal_harness::THREAD_STACK;

/// Runs `work` with as much native stack as a thread of the harness has. libFuzzer's one thread has 8 MiB.
pub(crate) fn with_room<T>(work: impl FnOnce() -> T) -> T {
    const MOST_USED: usize = THREAD_STACK / 4 * 3;
    stacker::maybe_grow(MOST_USED, THREAD_STACK, work)
}
