//! The score says how strong the harness is: bugs are planted, and cases run until each is noticed or a budget of cases
//! ends.
//!
//! The cases are those of the main job, `cargo conform run`, from its first on. The sound lanes run all of them as well:
//! what they are blamed for is a false alarm.

mod branch;
pub(crate) mod bug;
pub(crate) mod campaign;
pub(crate) mod catalogue;
pub(crate) mod hunt;
pub(crate) mod premetered;
mod rewrite;
mod site;
mod stage;
pub(crate) mod tamper;
