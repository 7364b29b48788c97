//! The reference takes any bytes, and does what the specification says of the modules among them: what wasmi does with the
//! same original bytes, as far as both define it.
//!
//! What the two define alike is which bytes are modules, and what a call returns or why it traps, and the memory and the globals
//! that it leaves. What they do not is the gas and the stack limit, so a call that one of them stops for those is the last one
//! that is compared; and the bits of the NaNs that arithmetic makes, which wasmi leaves to the machine. A module that was
//! made without such NaNs is compared whole; one that computes with floats and was not is run on both, for what breaks.

mod floats;
mod original;
mod specimen;

use crate::subject::{Origin, Style, Subject};
use crate::{Depth, Finding};
use modal_wasm_meter::Meter;
use modal_wasm_reference::{Config, DecodeError, ExternType, Module, Schedule};
use original::Original;
use specimen::Specimen;
use std::cell::RefCell;

/// Runs a module on the reference and, as it is, on wasmi.
///
/// # Panics
///
/// If the reference panics, or the two disagree.
pub fn reference(data: &[u8]) {
    thread_local!(static TARGET: RefCell<Option<Originals>> = const { RefCell::new(None) });
    TARGET.with_borrow_mut(|target| Finding::panic_on(|| Ok(Originals::sound()), target, |it| it.judge(data)));
}

/// The reference under a schedule and caps.
pub struct Originals {
    config: Config,
}

impl Originals {
    /// The reference as the harness has it.
    #[must_use]
    pub fn sound() -> Self {
        let limits = Meter::default().profile().limits.clone();
        let (memory_pages, table_elements) = (limits.memory_pages, limits.table_elements);
        Self::of(Config { schedule: Schedule::instr_1(), memory_pages, table_elements })
    }

    /// A reference that may be wrong on purpose: wasmi has the right caps.
    #[must_use]
    pub fn of(config: Config) -> Self {
        Self { config }
    }

    /// Judges an input.
    ///
    /// # Errors
    ///
    /// Where the two part.
    pub fn judge(&mut self, data: &[u8]) -> Result<Depth, Finding> {
        let Some(subject) = Subject::read(data, Style { canonical_nans: true })? else { return Ok(Depth::Refused) };
        let module = &subject.case.module;
        let Some((decoded, original)) = self.decodes_alike(module)? else { return Ok(Depth::Refused) };
        // What is imported beside functions is outside the profile, and a host would have to choose it.
        if !decoded.imports().iter().all(|import| matches!(import.extern_type, ExternType::Function(_))) {
            return Ok(Depth::Refused);
        }
        let exact = subject.origin == Origin::Smith || !floats::computes_with(module)?;
        for (index, run) in subject.case.runs.iter().enumerate() {
            let mut specimen = Specimen::new(&decoded, run)?;
            let mut original = original.instantiate(run)?;
            for step in 0..run.steps() {
                let (expected, found) = (specimen.step(step)?, original.step(step)?);
                let (Some(expected), Some(found)) = (expected, found) else { break };
                if exact && expected != found {
                    let text = format!("runs[{index}].steps[{step}]: the reference has {expected}, wasmi has {found}");
                    return Err(Finding::new(text));
                }
                // An instance whose start trapped is not called any more; after any other trap it is.
                if step == 0 && !(expected.completed() && found.completed()) {
                    break;
                }
            }
        }
        Ok(Depth::Judged)
    }

    /// Decodes bytes on both sides. There is nothing if both refuse them, or if only the profile's caps do.
    fn decodes_alike(&self, bytes: &[u8]) -> Result<Option<(Module, Original)>, Finding> {
        let taken = Original::compile(bytes);
        match (Module::decode(bytes, &self.config), taken) {
            (Ok(decoded), Ok(original)) => Ok(Some((decoded, original))),
            (Err(DecodeError::MemoryTooLarge { .. } | DecodeError::TableTooLarge { .. }), _) => Ok(None),
            (Err(DecodeError::Invalid(_) | DecodeError::Unsupported(_)), Err(_)) => Ok(None),
            (Ok(_), Err(reason)) => Err(Finding::new(format!("the reference takes what wasmi refuses: {reason}"))),
            (Err(reason @ (DecodeError::Invalid(_) | DecodeError::Unsupported(_))), Ok(_)) => {
                Err(Finding::new(format!("wasmi takes what the reference fails to {reason}: {reason:?}")))
            }
        }
    }
}
