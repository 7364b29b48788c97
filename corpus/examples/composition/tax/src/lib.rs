//! The tax on a price: a module that others of its contract call. It can be replaced by an upload of its own, and theirs
//! stay as they are.

use serde::Deserialize;
use serde_json::json;

/// What a caller asks.
#[derive(Deserialize)]
struct Question<'a> {
    country: &'a str,
    /// In cents.
    price: u64,
}

fn answer(question: &Question) -> serde_json::Value {
    let percent = match question.country {
        "de" => 19,
        "fr" => 20,
        "lu" => 17,
        country => return json!({ "error": format!("There is no rate for {country}") }),
    };
    // Overflow is checked: a price that nobody can pay traps, and the caller is told that.
    json!({ "tax": question.price * percent / 100 })
}

/// Makes room for the input. Nothing is given back: an instance lives for one call.
#[unsafe(no_mangle)]
pub extern "C" fn alloc(length: usize) -> *mut u8 {
    vec![0; length].leak().as_mut_ptr()
}

/// Answers the question that the host wrote where `alloc` made room. A call without a method's name is for `execute`.
///
/// # Safety
///
/// `input` points to `length` bytes that `alloc` made room for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn execute(input: *const u8, length: usize) -> *const u8 {
    // SAFETY: this is what the host promises.
    let input = unsafe { std::slice::from_raw_parts(input, length) };
    let question = serde_json::from_slice(input).expect("a caller asks as this module is asked");
    let answer = answer(&question).to_string();
    let length = u32::try_from(answer.len()).expect("an answer fits into a memory of 32 bits");
    let mut result = length.to_le_bytes().to_vec();
    result.extend_from_slice(answer.as_bytes());
    result.leak().as_ptr()
}
