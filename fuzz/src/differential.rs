//! Wasmtime, wasmi and the reference see the same of any module.

use crate::observers::{agreed, depth};
use crate::subject::{Style, Subject};
use crate::{Depth, Finding};
use modal_harness::{EngineLane, Lane, LaneSet, Panel, Seed};
use modal_wasm_runtime::{Compiler, EngineConfig};
use std::cell::RefCell;
use std::sync::Arc;

/// Judges a module and its calls on both engines and the reference, with everything that the harness demands.
///
/// # Panics
///
/// If the observers do not agree, or one breaks.
pub fn differential(data: &[u8]) {
    thread_local!(static TARGET: RefCell<Option<Differential>> = const { RefCell::new(None) });
    TARGET.with_borrow_mut(|target| Finding::panic_on(Differential::sound, target, |it| it.judge(data)));
}

/// Lanes that are to agree.
pub struct Differential {
    panel: Panel,
}

impl Differential {
    /// The engines of nodes.
    ///
    /// # Errors
    ///
    /// If an oracle cannot be set up.
    pub fn sound() -> Result<Self, Finding> {
        let engines = [EngineConfig::Wasmtime(Compiler::Cranelift), EngineConfig::Wasmi];
        Self::of(engines.map(|engine| Box::new(EngineLane::new(engine)) as Box<dyn Lane>).into())
    }

    /// These lanes, which may be broken on purpose.
    ///
    /// # Errors
    ///
    /// If an oracle cannot be set up.
    pub fn of(lanes: Vec<Box<dyn Lane>>) -> Result<Self, Finding> {
        Ok(Self { panel: Panel::new(LaneSet::of(lanes))? })
    }

    /// Judges an input.
    ///
    /// # Errors
    ///
    /// How the observers differ, or which of them broke.
    pub fn judge(&mut self, data: &[u8]) -> Result<Depth, Finding> {
        let Some(subject) = Subject::read(data, Style { canonical_nans: false })? else { return Ok(Depth::Refused) };
        let case = Arc::new(self.panel.expand(subject.case, Seed(0)));
        let heard = self.panel.hear(&[case]).pop();
        let (evidence, verdict) = heard.ok_or_else(|| Finding::new("the panel answers nothing"))?;
        Ok(depth(&agreed(&verdict, evidence)?))
    }
}
