//! libFuzzer's program of the target `worker_protocol`.
#![no_main]

libfuzzer_sys::fuzz_target!(
    init: {
        // A worker may be gone before all is written to it. Rust's programs ignore the signal that comes of that, but those
        // that libFuzzer starts do not come by Rust's own start.
        #[expect(unsafe_code, reason = "the standard library has no way to ignore a signal")]
        // SAFETY: no other thread runs yet, and ignoring a signal calls no handler.
        unsafe {
            libc::signal(libc::SIGPIPE, libc::SIG_IGN)
        };
    },
    |data: &[u8]| modal_fuzz::worker_protocol(data)
);
