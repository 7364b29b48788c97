//! An upload action is the `post` that puts a module into a contract.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use modal_datastore::ModuleName;
use modal_wasm_runtime::GasLimit;
use serde_json::{Value, json};

/// The action that uploads a module. Its value is the module in base64 or, under another gas limit than the default, an
/// object of that and the limit.
pub(crate) fn upload_action(name: &ModuleName, wasm_bytes: &[u8], gas_limit: GasLimit) -> Value {
    let wasm_bytes = STANDARD.encode(wasm_bytes);
    let value = if gas_limit == GasLimit::default() {
        Value::String(wasm_bytes)
    } else {
        json!({ "wasm_bytes": wasm_bytes, "gas_limit": gas_limit.get() })
    };
    json!({ "method": "post", "path": name.path(), "value": value })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The project's brief has these two actions word for word.
    #[test]
    fn actions_are_those_of_the_brief() {
        let check = |name: &str, gas: u64, expect: Value| {
            let name = ModuleName::new(name).expect("a name");
            let gas_limit = GasLimit::new(gas).expect("a limit");
            assert_eq!(upload_action(&name, b"\0asm\x01\0\0\0", gas_limit), expect);
        };
        check("validator", 10_000_000, json!({"method": "post", "path": "/validator.wasm", "value": "AGFzbQEAAAA="}));
        check(
            "custom/logic",
            5_000_000,
            json!({
                "method": "post",
                "path": "/custom/logic.wasm",
                "value": {"wasm_bytes": "AGFzbQEAAAA=", "gas_limit": 5000000}
            }),
        );
    }
}
