//! libFuzzer's program of the target `differential`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| modal_fuzz::differential(data));
