//! Imports are the functions that a host gives a guest: a closed list with exact signatures.

use crate::{Import, Rejection, RejectionKind, ValueType};

/// Every signature that a guest may import.
pub(crate) const ALLOWED: &[Allowed] = &[
    Allowed { module: "env", name: "abort", params: &[], results: &[] },
    // AssemblyScript's form: message, file, line, column.
    Allowed { module: "env", name: "abort", params: &[ValueType::I32; 4], results: &[] },
    // Composition: name, arguments, gas.
    Allowed {
        module: "modal",
        name: "call",
        params: &[ValueType::I32, ValueType::I32, ValueType::I32, ValueType::I32, ValueType::I64],
        results: &[ValueType::I32],
    },
    Allowed { module: "modal", name: "result", params: &[ValueType::I32], results: &[] },
];

/// One signature that a guest may import.
pub(crate) struct Allowed {
    module: &'static str,
    name: &'static str,
    params: &'static [ValueType],
    results: &'static [ValueType],
}

impl Allowed {
    /// The signature as a person writes it: `env.abort(i32, i32) -> ()`.
    pub(crate) fn text(&self) -> String {
        signature(self.module, self.name, self.params, self.results)
    }

    fn matches(&self, import: &Import) -> bool {
        (self.module, self.name, self.params, self.results)
            == (import.module.as_str(), import.name.as_str(), &import.params, &import.results)
    }
}

/// Refuses a function import that is not on the list.
pub(crate) fn check(import: &Import) -> Result<(), Rejection> {
    if ALLOWED.iter().any(|allowed| allowed.matches(import)) {
        return Ok(());
    }
    Err(refuse(&format!("the function {}", signature(&import.module, &import.name, &import.params, &import.results))))
}

/// The rejection of an import of anything but a function.
pub(crate) fn not_a_function(module: &str, name: &str, what: &str) -> Rejection {
    refuse(&format!("the {what} {module}.{name}"))
}

fn refuse(what: &str) -> Rejection {
    let allowed: Vec<_> = ALLOWED.iter().map(Allowed::text).collect();
    Rejection::new(
        RejectionKind::Import,
        format!("the module imports {what}; only these functions may be imported: {}", allowed.join(", ")),
    )
}

fn signature(module: &str, name: &str, params: &[ValueType], results: &[ValueType]) -> String {
    format!("{module}.{name}({}) -> ({})", list(params), list(results))
}

fn list(types: &[ValueType]) -> String {
    types.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
