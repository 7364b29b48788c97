//! A meter turns a WebAssembly module into one that pays for itself.
//!
//! It admits the modules of a [`Profile`], refuses every other one with a [`Rejection`], and writes the prices of a
//! [`Schedule`], the limit on the stack and one answer for every float into the bytes, so that every engine that runs
//! them comes to the same result at the same gas. `RULES.md` says what a metered module must do; the harness compares
//! it with an interpreter of the original.
//!
//! ```
//! use modal_wasm_meter::Meter;
//!
//! let original = [0, b'a', b's', b'm', 1, 0, 0, 0];
//! let metered = Meter::default().meter(&original).expect("the empty module is in the profile");
//! assert_eq!(metered.sha256.len(), 64);
//! ```

#[cfg(target_arch = "wasm32")]
mod bindings;
mod digest;
mod feature;
mod gas_limit;
mod imports;
mod inject;
mod interface;
mod limits;
mod meter;
pub mod names;
mod operator;
mod original;
mod profile;
mod reachability;
mod rejection;
#[cfg(feature = "planted")]
mod rewriting;
mod schedule;
mod status;
mod treatment;

#[cfg(target_arch = "wasm32")]
pub use bindings::{MeteredModule, constants, meter};
pub use digest::sha256_hex;
pub use gas_limit::{DEFAULT_GAS_LIMIT, GasLimit, GasLimitError, MAX_GAS_LIMIT};
pub use interface::{Export, ExportItem, GlobalType, Import, Interface, TableType, ValueType};
pub use limits::{Limit, Limits};
pub use meter::{Meter, Metered};
pub use profile::Profile;
pub use rejection::{Rejection, RejectionKind};
pub use schedule::{CompositionRule, InstantiationPrices, Schedule, StackRule};
pub use status::Status;
#[cfg(feature = "planted")]
pub use treatment::{Treatment, Treatments};

/// The version of the meter: part of every certificate and of every cache key.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
