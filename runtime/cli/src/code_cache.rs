//! A code cache is where compiled code is kept between commands, if a person asks for it.

use crate::arguments::CacheArguments;
use crate::error::Error;
use modal_wasm_runtime::{DiskCache, ModuleCache};
use std::sync::Arc;

/// The cache of a command, which asks the folder that `--cache` names before it compiles.
///
/// What goes wrong in that folder later changes no result: the module is compiled as if it was not there.
pub(crate) fn open(arguments: &CacheArguments) -> Result<Arc<ModuleCache>, Error> {
    let cache = ModuleCache::default();
    let Some(folder) = &arguments.cache else { return Ok(Arc::new(cache)) };
    let disk = DiskCache::open(folder).map_err(|source| Error::CodeCache { source })?;
    Ok(Arc::new(cache.with_disk(disk)))
}
