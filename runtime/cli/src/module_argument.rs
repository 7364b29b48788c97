//! A module argument is a module's name as a person types it.

use modal_datastore::{ModuleName, NameError};

/// The module that a person means by `argument`: with or without a leading `/` and a trailing `.wasm`, it is the same one.
///
/// ```
/// use modal_cli::module_name;
///
/// for argument in ["custom/logic", "/custom/logic", "custom/logic.wasm", "/custom/logic.wasm"] {
///     assert_eq!(module_name(argument)?.path(), "/custom/logic.wasm");
/// }
/// # Ok::<(), modal_datastore::NameError>(())
/// ```
///
/// # Errors
///
/// If what is between is no module's name: if it is empty or too long, has an empty segment or one that is `.` or `..`,
/// or holds a control character.
pub fn module_name(argument: &str) -> Result<ModuleName, NameError> {
    let name = argument.strip_prefix('/').unwrap_or(argument);
    ModuleName::new(name.strip_suffix(".wasm").unwrap_or(name))
}
