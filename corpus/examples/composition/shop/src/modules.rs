//! The other modules of the contract.

mod host {
    #[link(wasm_import_module = "modal")]
    unsafe extern "C" {
        /// Runs a module. Returns the length of the result, or a code below 0.
        pub(super) fn call(name: *const u8, name_length: usize, args: *const u8, args_length: usize, gas: u64) -> i32;

        /// Copies the result of the last call.
        pub(super) fn result(to: *mut u8);
    }
}

/// What a code below 0 says, from -1 down.
const CODES: [&str; 8] = [
    "was given bad arguments",
    "is not there",
    "was rejected",
    "is running already",
    "was called too deep",
    "ran out of gas",
    "trapped",
    "broke the guest ABI",
];

/// Calls a module by its name, such as `/tax` or, for a method other than `execute`, `/tax#rate`. It may use so much gas, if
/// there is that much; all of it, if it fails. What it says is its own affair.
pub fn call(name: &str, args: &str, gas: u64) -> Result<String, String> {
    // SAFETY: the host reads the two texts, and keeps neither.
    let length = unsafe { host::call(name.as_ptr(), name.len(), args.as_ptr(), args.len(), gas) };
    let Ok(length) = usize::try_from(length) else {
        let code = length.unsigned_abs() as usize;
        return Err(format!("{name} {}", CODES.get(code - 1).expect("the list of codes is closed")));
    };
    let mut result = vec![0; length];
    // SAFETY: the result is as long as the call has said.
    unsafe { host::result(result.as_mut_ptr()) };
    Ok(String::from_utf8(result).expect("a result is text"))
}
