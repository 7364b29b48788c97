//! libFuzzer's program of the target `meter`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| modal_fuzz::meter(data));
