//! Fuzz targets: what must hold of any bytes.
//!
//! A [`Target`] turns bytes into something that the project takes (a module with calls, a validator's call, a commit, a frame),
//! runs it and demands laws. Each is a function of this library, so that libFuzzer, the tests on a stable compiler and a
//! person with a file in hand run the same code; what libFuzzer links lies in `libfuzzer`.
//!
//! What breaks a law is a [`Finding`]. The functions named like the targets panic with it, as libFuzzer wants; the
//! structs return it, and take the parts that a test breaks on purpose.

mod abi;
mod depth;
mod differential;
mod finding;
mod meter;
mod observers;
mod reference;
mod room;
pub mod seeds;
mod subject;
mod target;
mod upload;
mod validators;
mod worker_protocol;

pub use abi::{GuestAbi, abi};
pub use depth::Depth;
pub use differential::{Differential, differential};
pub use finding::Finding;
pub use meter::{Metering, meter};
pub use reference::{Originals, reference};
pub use target::Target;
pub use upload::{Uploads, upload};
pub use validators::{Validators, validators};
pub use worker_protocol::{Serve, Start, WorkerProtocol, worker_protocol};
