//! A WASM file is a module on a person's own disk.

use crate::error::Error;
use modal_validator::ContractModules;
use modal_wasm_meter::{Meter, Metered};
use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

/// Reads a file that is to be a module. What is longer than any module is not read to its end.
pub(crate) fn read(file: &Path) -> Result<Vec<u8>, Error> {
    let opened = match File::open(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(Error::WasmFileNotFound { file: file.to_owned() });
        }
        opened => opened.map_err(Error::io("open", file))?,
    };
    let limit = Meter::default().profile().limits.module_bytes;
    let mut bytes = Vec::new();
    opened.take(u64::from(limit) + 1).read_to_end(&mut bytes).map_err(Error::io("read", file))?;
    if bytes.len() as u64 > u64::from(limit) {
        return Err(Error::WasmFileTooLong { file: file.to_owned(), limit });
    }
    Ok(bytes)
}

/// Says what the meter makes of a module that a person knows as `module`.
pub(crate) fn meter(module: &str, bytes: &[u8]) -> Result<Metered, Error> {
    Meter::default().meter(bytes).map_err(|rejection| Error::Rejected { module: module.to_owned(), rejection })
}

/// Whether a module calls others. One that the meter refuses does nothing at all.
pub(crate) fn calls_modules(bytes: &[u8]) -> bool {
    Meter::default().meter(bytes).is_ok_and(|metered| ContractModules::are_called_by(&metered.interface))
}
