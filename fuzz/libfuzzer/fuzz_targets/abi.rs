//! libFuzzer's program of the target `abi`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| modal_fuzz::abi(data));
