//! libFuzzer's program of the target `upload`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| modal_fuzz::upload(data));
