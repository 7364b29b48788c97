//! A configuration is what the interpreter has to know of schedule and profile.

use modal_wasm_meter::Schedule;

/// The prices to charge and the caps to grow under.
#[derive(Clone, Debug)]
pub struct Config {
    /// The prices of operators and the weights of frames.
    pub schedule: Schedule,
    /// Pages that no memory grows beyond, whatever maximum it declares.
    pub memory_pages: u32,
    /// Elements that no table grows beyond, whatever maximum it declares.
    pub table_elements: u32,
}
