//! The guest is the validators under the guest ABI: `memory`, `alloc(len) -> ptr` and `evaluate(ptr, len) -> result`.
//!
//! `evaluate` takes a [`call`] and returns its answer, as a little-endian `u32` length and so many bytes of UTF-8.

#![expect(unsafe_code, reason = "an export keeps its name only by an attribute that counts as unsafe")]

use crate::call::call;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Makes room for an input. The room stays valid until the next call of `alloc`.
#[unsafe(no_mangle)]
extern "C" fn alloc(length: usize) -> *mut u8 {
    let mut buffers = buffers();
    buffers.input.clear();
    buffers.input.resize(length, 0);
    buffers.input.as_mut_ptr()
}

/// Evaluates the call that was written where `alloc` made room. The result stays valid until the next call of
/// `evaluate`.
///
/// # Panics
///
/// Which is a trap: if the input is not what `alloc` made room for, or is not UTF-8.
#[unsafe(no_mangle)]
extern "C" fn evaluate(pointer: *const u8, length: usize) -> *const u8 {
    let mut buffers = buffers();
    assert!(buffers.input.as_ptr() == pointer, "the input is where alloc made room");
    let input = buffers.input.get(..length).expect("the input is no longer than the room for it");
    let answer = call(std::str::from_utf8(input).expect("the input is UTF-8"));
    buffers.result.clear();
    let length = u32::try_from(answer.len()).expect("an answer fits into a memory of 32 bits");
    buffers.result.extend_from_slice(&length.to_le_bytes());
    buffers.result.extend_from_slice(answer.as_bytes());
    buffers.result.as_ptr()
}

/// What the host writes, and what it reads.
struct Buffers {
    input: Vec<u8>,
    result: Vec<u8>,
}

static BUFFERS: Mutex<Buffers> = Mutex::new(Buffers { input: Vec::new(), result: Vec::new() });

fn buffers() -> MutexGuard<'static, Buffers> {
    BUFFERS.lock().unwrap_or_else(PoisonError::into_inner)
}
