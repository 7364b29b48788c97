//! The guest ABI at its edges: both engines, the reference and a foretelling of one's own see the same of guests that point
//! anywhere, announce any length and return any bytes.

mod guest;

use crate::observers::Observers;
use crate::{Depth, Finding};
use arbitrary::Unstructured;
use guest::Guest;
use modal_harness::observation::Outcome;
use modal_harness::{Case, EngineLane, Lane, Run};
use modal_wasm_runtime::{Compiler, EngineConfig};
use std::cell::RefCell;

/// Gas of an execution: more than any of these guests uses unless it does not end.
const GAS: u64 = 300_000;

/// Runs a guest that an input describes.
///
/// # Panics
///
/// If the observers do not agree with each other, or with what the description says.
pub fn abi(data: &[u8]) {
    thread_local!(static TARGET: RefCell<Option<GuestAbi>> = const { RefCell::new(None) });
    TARGET.with_borrow_mut(|target| Finding::panic_on(|| Ok(GuestAbi::sound()), target, |it| it.judge(data)));
}

/// Lanes that are to agree on the ABI.
pub struct GuestAbi {
    observers: Observers,
}

impl GuestAbi {
    /// The engines of nodes.
    #[must_use]
    pub fn sound() -> Self {
        let engines = [EngineConfig::Wasmtime(Compiler::Cranelift), EngineConfig::Wasmi];
        Self::of(engines.map(|engine| Box::new(EngineLane::new(engine)) as Box<dyn Lane>).into())
    }

    /// These lanes, which may be broken on purpose.
    #[must_use]
    pub fn of(lanes: Vec<Box<dyn Lane>>) -> Self {
        Self { observers: Observers::of(lanes) }
    }

    /// Judges an input.
    ///
    /// # Errors
    ///
    /// How the observers differ, from each other or from what was foretold.
    pub fn judge(&mut self, data: &[u8]) -> Result<Depth, Finding> {
        let mut choices = Unstructured::new(data);
        let Ok(guest) = Guest::read(&mut choices) else { return Ok(Depth::Refused) };
        let Ok(input) = guest::input(&mut choices) else { return Ok(Depth::Refused) };
        let run = Run::Abi { method: guest::METHOD.to_owned(), input: input.clone(), gas: GAS };
        let seen = self.observers.hear(Case::new(guest.encode(), vec![run]))?;
        let step = seen.runs.first().and_then(|run| run.steps.first());
        let found = &step.ok_or_else(|| Finding::new(format!("the guest was refused: {guest:?}")))?.outcome;
        let foretold = guest.foretell(&input);
        if *found == foretold {
            return Ok(Depth::Judged);
        }
        Err(Finding::new(format!("{foretold} was foretold, all saw {found}: {guest:?} with {} bytes", input.len())))
    }
}

/// How the execution that an input describes ends, in a word; nothing if it describes none.
pub(crate) fn foretold(data: &[u8]) -> Option<String> {
    let mut choices = Unstructured::new(data);
    let guest = Guest::read(&mut choices).ok()?;
    let outcome = guest.foretell(&guest::input(&mut choices).ok()?);
    // Outputs are one ending, whatever they say, but for the empty one.
    Some(match outcome {
        Outcome::Output(text) if text.is_empty() => "nothing".to_owned(),
        Outcome::Output(_) => "output".to_owned(),
        Outcome::Completed(_) | Outcome::Trapped(_) | Outcome::Violated(_) => outcome.to_string(),
    })
}
