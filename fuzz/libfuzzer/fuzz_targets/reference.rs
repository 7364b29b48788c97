//! libFuzzer's program of the target `reference`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| modal_fuzz::reference(data));
