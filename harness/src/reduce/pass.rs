//! A pass proposes changes of one kind.

mod blocks;
mod bodies;
mod bytes;
mod calls;
mod documents;
mod entries;
mod items;
mod locals;
mod loops;
mod modules;
mod numbers;
mod operators;
mod params;
mod runs;
mod signature;

use super::subject::{Change, Subject};

/// Changes of one kind and size.
#[derive(Clone, Copy)]
pub(super) struct Pass {
    /// What the changes are made to.
    pub(super) reach: Reach,
    changes: for<'s> fn(&'s Subject<'s>, usize) -> Vec<Change<'s>>,
    size: usize,
}

/// What a pass changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Runs and what they call, so that the case's own module is the one to take apart.
    Case,
    /// One module, so that every one has its turn.
    Module,
}

impl Pass {
    pub(super) fn changes<'s>(self, subject: &'s Subject<'s>) -> Vec<Change<'s>> {
        (self.changes)(subject, self.size)
    }
}

macro_rules! passes {
    ($($reach:ident $pass:path: $($size:literal)+,)*) => {
        &[$($(Pass { reach: Reach::$reach, changes: $pass, size: $size },)+)*]
    };
}

/// A round: what takes much away with one try comes first, so that what follows has less to look at.
pub(super) const PASSES: &[Pass] = passes! {
    Case runs::one_run: 0,
    Case runs::fewer_runs: 4 1,
    Case runs::fewer_relations: 1,
    Case modules::fewer: 0,
    Case runs::one_call: 0,
    Case runs::fewer_calls: 1,
    Module items::unused: 0,
    Case entries::inner: 0,
    Case modules::plainer: 0,
    Module bodies::plain: 256 64 16 4 1,
    Module bytes::fewer: 64 16 4 1,
    Module items::unused: 0,
    Module operators::tails: 0,
    Module operators::windows: 512 128 32 16 8,
    Module items::fewer: 0,
    Module items::unused: 0,
    Module operators::windows: 6 5 4 3 2 1,
    Module operators::dropped: 0,
    Module operators::operands: 0,
    Module blocks::unwrapped: 0,
    Module blocks::simpler: 0,
    Module blocks::narrower: 0,
    Module operators::dropped: 0,
    Module operators::windows: 4 3 2 1,
    Module items::unused: 0,
    Module items::lower: 0,
    Module calls::inlined: 64,
    Module loops::twice: 0,
    Module locals::inlined: 0,
    Module locals::unused: 0,
    Module locals::merged: 0,
    Case params::computed: 0,
    Case signature::fewer_params: 0,
    Case signature::fewer_results: 0,
    Case runs::plain_limits: 0,
    Case documents::simpler: 0,
    Case runs::shorter_inputs: 4096 512 64 16 4 1,
    Case runs::plain_names: 0,
    Case numbers::arguments: 0,
    Module numbers::constants: 0,
    Module operators::pairs: 64,
};
