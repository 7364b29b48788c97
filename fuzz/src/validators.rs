//! Validators answer any text, in each form the same, and JSON is read and written by its laws.

mod call;
mod json;

use crate::{Depth, Finding};
use modal_harness::observation::{Outcome, TrapKind};
use modal_harness::{Case, EngineLane, Lane as _, Run};
use modal_wasm_runtime::abi::MAX_INPUT_BYTES;
use modal_wasm_runtime::{DEFAULT_GAS_LIMIT, EngineConfig};
use std::cell::RefCell;
use std::sync::Arc;

/// The validators as a guest, as the corpus keeps them.
const GUEST: &[u8] = include_bytes!("../../corpus/guests/validators.wasm");

/// One call in so many is put to the guest as well, which takes some hundred times longer.
const SHARE: u32 = 32;

/// Calls a validator, and reads and writes what it is called with as JSON.
///
/// # Panics
///
/// If a validator panics, gives an answer of no known form, or another one as a guest; or if JSON breaks a law.
pub fn validators(data: &[u8]) {
    thread_local!(static TARGET: RefCell<Option<Validators>> = const { RefCell::new(None) });
    TARGET.with_borrow_mut(|target| Finding::panic_on(|| Ok(Validators::sound()), target, |it| it.judge(data)));
}

/// The native validators and their guest.
pub struct Validators {
    native: fn(&str) -> String,
    lane: EngineLane,
    guest: Vec<u8>,
}

impl Validators {
    /// The validators that everyone has.
    #[must_use]
    pub fn sound() -> Self {
        Self::of(modal_wasm_validation::call)
    }

    /// These native validators, which may be wrong on purpose.
    #[must_use]
    pub fn of(native: fn(&str) -> String) -> Self {
        Self { native, lane: EngineLane::new(EngineConfig::Wasmi), guest: GUEST.to_vec() }
    }

    /// Judges an input: a call as it is, from `{` on, or a validator's number and its arguments, each ended by a zero.
    ///
    /// # Errors
    ///
    /// Which law is broken.
    pub fn judge(&mut self, data: &[u8]) -> Result<Depth, Finding> {
        let input = call::text(data);
        for document in call::documents(data) {
            json::judge(&document)?;
        }
        let answer = (self.native)(&input);
        if answer != (self.native)(&input) {
            return Err(Finding::new(format!("asked again, a validator answers otherwise than {answer}")));
        }
        let depth = call::judge(&answer)?;
        if input.len() <= MAX_INPUT_BYTES && is_shared(data) {
            self.as_guest(input, &answer)?;
        }
        Ok(depth)
    }

    fn as_guest(&mut self, input: String, expected: &str) -> Result<(), Finding> {
        let run = Run::Abi { method: "evaluate".into(), input, gas: DEFAULT_GAS_LIMIT };
        let seen = self.lane.observe(&Arc::new(Case::new(self.guest.clone(), vec![run])))?;
        let step = seen.runs.first().and_then(|run| run.steps.first());
        let outcome = &step.ok_or_else(|| Finding::new("the guest of the validators was not run"))?.outcome;
        match outcome {
            Outcome::Output(answer) if answer == expected => Ok(()),
            // A guest may run out of gas where the native form answers: it then has no answer.
            Outcome::Trapped(TrapKind::OutOfGas) => Ok(()),
            Outcome::Output(_) | Outcome::Completed(_) | Outcome::Trapped(_) | Outcome::Violated(_) => {
                Err(Finding::new(format!("natively the answer is {expected}, as a guest {outcome}")))
            }
        }
    }
}

/// Whether an input is of the share that is put to the guest. It depends on all of its bytes.
fn is_shared(data: &[u8]) -> bool {
    let sum = data.iter().fold(0_u32, |sum, &byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    (sum >> 8).is_multiple_of(SHARE)
}
