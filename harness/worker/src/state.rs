//! A state is what a call leaves behind: the memory and the tables by their digests, the globals as they are.

use crate::engine::{Fault, Instance};
use crate::value::Value;
use modal_wasm_meter::{Interface, names, sha256_hex};
use serde_json::{Value as Json, json};

const PAGE: usize = 65_536;

pub(crate) fn state(instance: &mut impl Instance, interface: &Interface) -> Result<Json, Fault> {
    let memory = instance.memory().map(|bytes| {
        let used = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
        json!({ "pages": bytes.len() / PAGE, "sha256": sha256_hex(&bytes[..used]) })
    });
    let globals =
        (0..).zip(&interface.globals).map(|(index, _)| Ok(instance.global(&names::global(index))?.to_string()));
    let globals = globals.collect::<Result<Vec<_>, Fault>>()?;
    let tables = (0..).zip(&interface.tables).map(|(index, _)| {
        let elements = instance.table(&names::table(index))?;
        let mut bytes = Vec::new();
        for element in &elements {
            put(element, &mut bytes)?;
        }
        Ok(json!({ "size": elements.len(), "sha256": sha256_hex(&bytes) }))
    });
    let tables = tables.collect::<Result<Vec<_>, Fault>>()?;
    Ok(json!({ "memory": memory, "globals": globals, "tables": tables }))
}

/// An element as the digest of its table sees it.
fn put(element: &Value, bytes: &mut Vec<u8>) -> Result<(), Fault> {
    let (tag, number) = match element {
        Value::FuncRef(None) | Value::ExternRef(None) => {
            bytes.push(0);
            return Ok(());
        }
        Value::FuncRef(Some(index)) => (1, index),
        Value::ExternRef(Some(number)) => (2, number),
        Value::I32(_) | Value::I64(_) | Value::F32(_) | Value::F64(_) => {
            return Err(Fault::new("UnknownValue", format!("{element} in a table")));
        }
    };
    bytes.push(tag);
    bytes.extend(number.to_le_bytes());
    Ok(())
}
