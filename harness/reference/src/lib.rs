//! The executable specification of metered WebAssembly: an interpreter of the *original* module.
//!
//! It charges gas operator by operator, as `runtime/meter/RULES.md` says, and is what the metered module has to agree
//! with on every engine. To be an oracle it is built apart from the meter: it takes from it the prices of a
//! [`Schedule`], and nothing else; types, operand heights and branch targets are worked out here a second time.
//!
//! ```
//! use modal_wasm_reference::{Config, Instance, Module, NoHost, Outcome, Schedule, Value};
//!
//! let bytes = wat::parse_str(r#"(module (func (export "double") (param i32) (result i32)
//!     local.get 0 local.get 0 i32.add))"#)?;
//! let config = Config { schedule: Schedule::instr_1(), memory_pages: 256, table_elements: 10_000 };
//! let mut instance = Instance::new(&Module::decode(&bytes, &config)?)?;
//! instance.begin(1_000);
//! instance.start(&mut NoHost)?;
//! let outcome = instance.invoke("double", &[Value::I32(21)], &mut NoHost)?;
//! assert_eq!(outcome, Outcome::Returned(vec![Value::I32(42)]));
//! assert_eq!(instance.gas_used(), 4);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod access;
mod budget;
mod config;
mod constant;
mod decode;
mod error;
mod host;
mod import;
mod instance;
mod interpret;
mod memory;
mod module;
mod numeric;
mod operator;
mod slot;
mod table;
mod translate;
mod trap;
mod types;
mod value;
mod watch;

pub use config::Config;
pub use error::{DecodeError, InstanceError, InvokeError};
pub use host::{Caller, Host, NoHost};
pub use import::{Extern, Imports};
pub use instance::{Instance, Outcome};
pub use modal_wasm_meter::Schedule;
pub use module::{Import, Module};
pub use trap::Trap;
pub use types::{ExternType, FunctionType, Limits, ValueType};
pub use value::Value;
pub use watch::{Moment, Unwatched, Watch};
