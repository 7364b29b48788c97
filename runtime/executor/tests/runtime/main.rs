//! What the runtime promises, run on every engine it has.

mod abi;
mod cache;
mod composition;
mod disk;
mod gas;
mod stack;
mod state;
mod support;
mod traps;
