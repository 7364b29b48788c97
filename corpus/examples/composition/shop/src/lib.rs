//! A shop: a program that posts an order with the tax on it, which it asks another module of its contract for.
//!
//! It is given `{"args": order, "context": …}`, as every program is, and returns the actions that are to be done, or errors.

mod modules;

use serde::Deserialize;
use serde_json::{Value, json};

/// The most gas that the tax may cost: whatever that module does, the shop has the rest to answer with.
const TAX_GAS: u64 = 100_000;

#[derive(Deserialize)]
struct Input<'a> {
    #[serde(borrow)]
    args: Order<'a>,
}

#[derive(Deserialize)]
struct Order<'a> {
    item: &'a str,
    country: &'a str,
    /// In cents.
    price: u64,
}

/// What the tax module answers.
#[derive(Deserialize)]
struct Answer {
    tax: Option<u64>,
    error: Option<String>,
}

fn order(input: &str) -> Result<Value, String> {
    let Input { args: Order { item, country, price } } =
        serde_json::from_str(input).map_err(|_| "An order has an item, a country and a price".to_owned())?;
    let question = json!({ "country": country, "price": price });
    let answer = modules::call("/tax", &question.to_string(), TAX_GAS)?;
    let answer = serde_json::from_str(&answer).map_err(|_| "/tax answered something else".to_owned())?;
    match answer {
        Answer { tax: Some(tax), .. } => {
            let total = price.checked_add(tax).ok_or("The total is too high")?;
            Ok(json!({ "country": country, "item": item, "price": price, "tax": tax, "total": total }))
        }
        Answer { error, .. } => Err(error.unwrap_or_else(|| "/tax answered nothing".to_owned())),
    }
}

fn program(input: &str) -> Value {
    match order(input) {
        Ok(order) => json!({ "actions": [{ "method": "post", "path": "/orders/last", "value": order }], "errors": [] }),
        Err(error) => json!({ "actions": [], "errors": [error] }),
    }
}

/// Makes room for the input. Nothing is given back: an instance lives for one call.
#[unsafe(no_mangle)]
pub extern "C" fn alloc(length: usize) -> *mut u8 {
    vec![0; length].leak().as_mut_ptr()
}

/// Runs the program on the input that the host wrote where `alloc` made room.
///
/// # Safety
///
/// `input` points to `length` bytes that `alloc` made room for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn execute(input: *const u8, length: usize) -> *const u8 {
    // SAFETY: this is what the host promises.
    let input = unsafe { std::slice::from_raw_parts(input, length) };
    let output = program(std::str::from_utf8(input).expect("the host passes UTF-8")).to_string();
    let length = u32::try_from(output.len()).expect("an output fits into a memory of 32 bits");
    let mut result = length.to_le_bytes().to_vec();
    result.extend_from_slice(output.as_bytes());
    result.leak().as_ptr()
}
