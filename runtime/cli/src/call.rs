//! A call is what a module that ran made of another module of its contract.

use modal_wasm_runtime::{CallCode, HostCall, ModuleCall};
use serde::Serialize;
use std::fmt;

/// A call of a module, with the calls that it made in turn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Call {
    /// The name that was called: a module's and, behind a `#`, a method's.
    name: String,
    /// What the caller got: how many bytes the result has, or the number of a code.
    returned: i32,
    /// The code in words, if there is no result.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    /// The gas that the module was given; 0 if it was not run.
    gas_limit: u64,
    /// The gas that it used.
    gas_used: u64,
    calls: Vec<Call>,
}

/// The calls among what a module asked of its host. One that did not return, because its caller had no gas for it or named
/// what is not in its memory, is none: its caller trapped.
pub(crate) fn calls(host_calls: &[HostCall]) -> Vec<Call> {
    host_calls.iter().filter_map(|call| call.called.as_ref()).map(Call::from).collect()
}

impl From<&ModuleCall> for Call {
    fn from(called: &ModuleCall) -> Self {
        let ModuleCall { name, returned, gas_limit, gas_used, host_calls, .. } = called;
        let code = CallCode::ALL.into_iter().find(|code| code.code() == *returned);
        Self {
            name: name.clone(),
            returned: *returned,
            code: code.map(CallCode::name),
            gas_limit: *gas_limit,
            gas_used: *gas_used,
            calls: calls(host_calls),
        }
    }
}

/// A line for each call, those that a module made in turn below it and further in.
pub(crate) struct CallTree<'a>(pub(crate) &'a [Call]);

impl CallTree<'_> {
    fn lines(calls: &[Call], depth: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        calls.iter().try_for_each(|call| {
            let Call { name, returned, code, gas_limit, gas_used, calls } = call;
            // A name is a guest's own: whatever is in it, it has one line.
            write!(f, "{:indent$}{}: ", "", name.escape_debug(), indent = 2 * depth)?;
            match code {
                Some(code) => f.write_str(code)?,
                None => write!(f, "{returned} bytes")?,
            }
            let was_run = *gas_limit > 0;
            if was_run {
                write!(f, " for {gas_used} of {gas_limit} gas")?;
            }
            writeln!(f)?;
            Self::lines(calls, depth + 1, f)
        })
    }
}

impl fmt::Display for CallTree<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return Ok(());
        }
        writeln!(f, "Calls of other modules")?;
        Self::lines(self.0, 1, f)
    }
}
