//! A path names a place in a contract where a value or a module is.

use modal_datastore::{ModuleName, NameFault};
use std::fmt;

/// The longest path, in bytes of UTF-8.
pub const MAX_PATH_BYTES: usize = 1024;

/// What the path of a module ends with.
const MODULE_SUFFIX: &str = ".wasm";

/// A place in a contract: it begins with `/`, has at most [`MAX_PATH_BYTES`] bytes and no control characters. Paths are
/// compared as they are written: `/a` and `//a` are two places.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path(String);

/// Why a text is no [`Path`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// There is nothing in it.
    #[error("Path cannot be empty")]
    Empty,
    /// It begins with something else.
    #[error("Path must start with '/'")]
    NoSlash,
    /// It is longer than [`MAX_PATH_BYTES`].
    #[error("Path is too long: {bytes} bytes, at most {MAX_PATH_BYTES}")]
    TooLong {
        /// Its length in bytes.
        bytes: usize,
    },
    /// It holds a control character, which not every datastore can keep in a key.
    #[error("Path cannot hold a control character")]
    Character,
    /// It is to be a module's, and is not.
    #[error("Path names no module: {0}")]
    Module(NameFault),
    /// It is to be a repost's and is not `$contract:/path`.
    #[error("Path of a repost must be $contract:/path")]
    NotARepost,
}

impl Path {
    /// Checks a path.
    ///
    /// # Errors
    ///
    /// If it is empty or too long, does not begin with `/`, or holds a control character.
    pub fn new(text: &str) -> Result<Self, PathError> {
        if text.is_empty() {
            return Err(PathError::Empty);
        }
        if !text.starts_with('/') {
            return Err(PathError::NoSlash);
        }
        if text.len() > MAX_PATH_BYTES {
            return Err(PathError::TooLong { bytes: text.len() });
        }
        if text.chars().any(char::is_control) {
            return Err(PathError::Character);
        }
        Ok(Self(text.to_owned()))
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is a module's path: whether it ends with `.wasm`.
    #[must_use]
    pub fn is_module(&self) -> bool {
        self.0.ends_with(MODULE_SUFFIX)
    }

    /// The name of the module at this path.
    ///
    /// # Errors
    ///
    /// If the path does not end with `.wasm`, or what is before it is no module's name.
    pub fn module_name(&self) -> Result<ModuleName, PathError> {
        ModuleName::from_path(&self.0).map_err(|error| PathError::Module(error.fault))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{ModuleName, Path};

    #[test]
    fn paths_begin_with_a_slash() {
        let check = |text: &str, expect: Result<(), &str>| {
            let found = Path::new(text).map(|_| ()).map_err(|error| error.to_string());
            assert_eq!(found, expect.map_err(str::to_owned), "{text:?}");
        };
        check("/", Ok(()));
        check("//a/../é ", Ok(()));
        check(&format!("/{}", "x".repeat(1023)), Ok(()));
        check(&format!("/{}", "x".repeat(1024)), Err("Path is too long: 1025 bytes, at most 1024"));
        check("", Err("Path cannot be empty"));
        check("a", Err("Path must start with '/'"));
        check("/a\n", Err("Path cannot hold a control character"));
    }

    #[test]
    fn modules_are_named_by_the_whole_path() {
        let check = |text: &str, expect: Result<&str, &str>| {
            let path = Path::new(text).expect("a path");
            let found = path.module_name().map_err(|error| error.to_string());
            let found = found.as_ref().map(ModuleName::as_str).map_err(String::as_str);
            assert_eq!(found, expect, "{text:?}");
        };
        check("/x.wasm", Ok("x"));
        check("/a/x.wasm", Ok("a/x"));
        check("/a.wasm.wasm", Err("Path names no module: it ends in `.wasm`"));
        check("/a/.wasm", Err("Path names no module: it has an empty segment"));
        check("/a.WASM", Err("Path names no module: it does not end in `.wasm`"));
    }
}
