//! A subject is the case to be made smaller, one of its modules taken apart, and a change is one way to make it smaller.

use super::flow::Flow;
use super::sketch::{Function, Sketch};
use crate::Case;
use std::cell::OnceCell;

/// A smaller case, if the change can be made.
pub(super) type Change<'s> = Box<dyn Fn() -> Option<Case> + 's>;

/// Where a case has a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place<'s> {
    /// The module whose exports the runs call.
    Own,
    /// The module that guests can call by this name.
    Callable(&'s str),
}

/// A case, and the one of its modules that is taken apart.
pub(super) struct Subject<'s> {
    pub(super) case: &'s Case,
    pub(super) place: Place<'s>,
    /// None for a module that cannot be taken apart.
    pub(super) sketch: Option<Sketch<'s>>,
    flows: OnceCell<Option<Vec<Flow>>>,
}

impl<'s> Place<'s> {
    /// The places of a case's modules, its own first.
    pub(super) fn all(case: &'s Case) -> impl Iterator<Item = Self> {
        [Self::Own].into_iter().chain(case.modules.keys().map(|name| Self::Callable(name)))
    }

    /// The module at the place.
    pub(super) fn module(self, case: &Case) -> &[u8] {
        match self {
            Self::Own => &case.module,
            Self::Callable(name) => case.modules.get(name).map_or(&[], |module| &module.bytes),
        }
    }

    /// The case with another module at the place.
    pub(super) fn with_module(self, case: &Case, module: Vec<u8>) -> Option<Case> {
        let mut case = case.clone();
        match self {
            Self::Own => case.module = module,
            Self::Callable(name) => case.modules.get_mut(name)?.bytes = module,
        }
        Some(case)
    }

    /// Whether the module may be changed. One that has to answer as validators outside of it do, or as its parent does, is
    /// what it is: of its case only the runs are made fewer and smaller.
    pub(super) fn is_free(self, case: &Case) -> bool {
        match self {
            Self::Own => case.validations.is_empty() && case.parent.is_none(),
            Self::Callable(_) => true,
        }
    }
}

impl<'s> Subject<'s> {
    pub(super) fn of(case: &'s Case, place: Place<'s>) -> Self {
        let sketch = if place.is_free(case) { Sketch::decode(place.module(case)) } else { None };
        Self { case, place, sketch, flows: OnceCell::new() }
    }

    /// The module's functions with their flows, if it is valid.
    pub(super) fn bodies(&self) -> impl Iterator<Item = (usize, &Function<'s>, &Flow)> {
        let flows = self.flows.get_or_init(|| Flow::of_all(self.place.module(self.case), self.sketch.as_ref()?));
        let bodies = self.sketch.iter().flat_map(Sketch::bodies);
        bodies.zip(flows.iter().flatten()).map(|((own, function), flow)| (own, function, flow))
    }

    /// The case with the module changed.
    pub(super) fn with_module(&self, change: impl FnOnce(&mut Sketch<'s>) -> Option<()>) -> Option<Case> {
        let mut sketch = self.sketch.clone()?;
        change(&mut sketch)?;
        self.place.with_module(self.case, sketch.encode()?)
    }

    /// The case with one function changed.
    pub(super) fn with_function(
        &self,
        own: usize,
        change: impl FnOnce(&mut Function<'s>) -> Option<()>,
    ) -> Option<Case> {
        self.with_module(|sketch| change(sketch.functions.get_mut(own)?.as_mut()?))
    }
}
