//! The meter takes any bytes, and what it makes of a module behaves like the original.

use crate::observers::{Observers, depth};
use crate::subject::{Style, Subject};
use crate::{Depth, Finding};
use modal_harness::EngineLane;
use modal_wasm_meter::{Meter, RejectionKind};
use modal_wasm_runtime::EngineConfig;
use std::cell::RefCell;
use wasmparser::Validator;

/// Meters any bytes, validates what comes out, and runs it on wasmi beside the reference.
///
/// # Panics
///
/// If the meter breaks a law: it panics, blames itself, gives two answers, lets its own output in, or writes a module that is
/// invalid or that does something else than the original.
pub fn meter(data: &[u8]) {
    thread_local!(static TARGET: RefCell<Option<Metering>> = const { RefCell::new(None) });
    TARGET.with_borrow_mut(|target| Finding::panic_on(|| Ok(Metering::sound()), target, |it| it.judge(data)));
}

/// A meter and an engine that runs what it writes.
pub struct Metering {
    meter: Meter,
    observers: Observers,
}

impl Metering {
    /// The meter that everyone has.
    #[must_use]
    pub fn sound() -> Self {
        Self::of(Meter::default())
    }

    /// This meter, which may be broken on purpose.
    #[must_use]
    pub fn of(meter: Meter) -> Self {
        let lane = EngineLane::with_meter(EngineConfig::Wasmi, meter.clone());
        Self { meter, observers: Observers::of(vec![Box::new(lane)]) }
    }

    /// Judges an input.
    ///
    /// # Errors
    ///
    /// Which law is broken.
    pub fn judge(&mut self, data: &[u8]) -> Result<Depth, Finding> {
        self.take(data)?;
        let Some(subject) = Subject::read(data, Style { canonical_nans: false })? else { return Ok(Depth::Refused) };
        if subject.case.module != data {
            self.take(&subject.case.module)?;
        }
        Ok(depth(&self.observers.hear(subject.case)?))
    }

    /// Any bytes are metered to a valid module or rejected, each time alike.
    fn take(&self, bytes: &[u8]) -> Result<(), Finding> {
        let answer = self.meter.meter(bytes);
        if answer != self.meter.meter(bytes) {
            return Err(Finding::new("the meter answers otherwise when it is asked again"));
        }
        let metered = match answer {
            Ok(metered) => metered,
            Err(rejection) if rejection.kind == RejectionKind::MeterDefect => {
                return Err(Finding::new(format!("the meter blames itself: {rejection}")));
            }
            Err(_) => return Ok(()),
        };
        if let Err(error) = Validator::new().validate_all(&metered.bytes) {
            return Err(Finding::new(format!("the metered module is invalid: {error}")));
        }
        // What is metered exports the meter's names, which no original may.
        match self.meter.meter(&metered.bytes) {
            Ok(_) => Err(Finding::new("the meter took a metered module for an original")),
            Err(_) => Ok(()),
        }
    }
}
