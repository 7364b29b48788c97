//! A worker makes an engine a lane of the harness. Whoever has an engine with an interface in Rust implements [`Engine`]
//! and [`Instance`] for it and calls [`serve`]; this crate speaks the protocol (`harness/PROTOCOL.md`), meters, keeps the
//! meter's counters, follows the guest ABI and digests what is left.
//!
//! It shares the meter with the other lanes, and nothing else: it was written from the rules
//! (`runtime/meter/RULES.md`), beside the executor and the SDK. A guest cannot call other modules here, so every worker
//! of this crate says that it lacks `composition`.

mod abi;
mod engine;
mod frame;
mod observe;
mod request;
mod run;
mod serve;
mod state;
mod value;

pub use engine::{About, Engine, Fault, Instance, Stop, Trap};
pub use modal_wasm_meter::{Interface, names};
pub use serve::serve;
pub use value::{ParseValueError, Value};
