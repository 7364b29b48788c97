//! The native stack must never end before the meter's does.

/// Native stack for guest code. The meter lets frames weigh 512 KiB; no compiler's frames come near sixteen times that.
pub(crate) const GUEST_STACK: usize = 8 << 20;

/// Native stack that running or compiling a guest on Wasmtime needs, with room for the host's functions.
///
/// Where a thread has less left, each call, or each run of the guest ABI, gets a stack of its own, for some ten
/// microseconds. A thread that is made with more than this is spared that.
pub const NATIVE_STACK: usize = GUEST_STACK + (1 << 20);

/// Runs `body` with at least `need` bytes of native stack, whatever thread this is.
pub(crate) fn with_native_stack<T>(need: usize, body: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(need, need + (1 << 20), body)
}
