//! libFuzzer's program of the target `validators`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| modal_fuzz::validators(data));
