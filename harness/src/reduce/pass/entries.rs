//! Other entries: a function that a call leads to, with the arguments that it is given there, in the call's place.

use crate::lane::Spectator;
use crate::reduce::pass::runs::with_every_run;
use crate::reduce::subject::{Change, Subject};
use crate::{Case, ReferenceLane, Run, slot};
use modal_wasm_reference::{Moment, Watch};
use modal_wasm_runtime::Value;
use std::collections::BTreeSet;
use wasmparser::{ExternalKind, ValType};

/// What a call enters, in its place, without whatever else is out of use then.
pub(super) fn inner<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    let mut changes: Vec<Change<'s>> = Vec::new();
    let reference = ReferenceLane::default();
    for (run, made) in subject.case.runs.iter().enumerate() {
        let mut entries = Entries::default();
        // A run that the reference cannot make has no entries to offer.
        if reference.watch(subject.case, made, &mut entries).is_err() {
            continue;
        }
        for entry in entries.found {
            changes.push(Box::new(move || entering(subject, run, &entry)));
        }
    }
    changes
}

/// The first entries into each function, call by call.
#[derive(Default)]
struct Entries {
    step: usize,
    depth: usize,
    known: BTreeSet<(usize, u32)>,
    found: Vec<Entry>,
}

struct Entry {
    step: usize,
    function: u32,
    /// Its parameters, and its locals, which are zero.
    slots: Vec<u64>,
}

/// How many entries of a run are tried.
const MOST: usize = 32;

impl Watch for Entries {
    fn operator(&mut self, moment: Moment<'_>) {
        let Moment { function, depth, locals, .. } = moment;
        let entered = depth > self.depth;
        self.depth = depth;
        if entered && self.found.len() < MOST && self.known.insert((self.step, function)) {
            self.found.push(Entry { step: self.step, function, slots: locals.to_vec() });
        }
    }
}

impl Spectator for Entries {
    fn step(&mut self, number: usize) {
        (self.step, self.depth) = (number, 0);
    }
}

fn entering(subject: &Subject<'_>, run: usize, entry: &Entry) -> Option<Case> {
    let Some(Run::Exports { calls, .. }) = subject.case.runs.get(run) else { return None };
    let name = &calls.get(entry.step.checked_sub(1)?)?.export;
    let params = subject.sketch.as_ref()?.function_type(entry.function)?.params();
    let args = params.iter().zip(&entry.slots).map(|(&ty, &slot)| argument(ty, slot)).collect::<Option<Vec<_>>>()?;
    let changed = subject.with_module(|sketch| {
        for export in &mut sketch.exports {
            if export.name == *name && export.kind == ExternalKind::Func {
                export.index = entry.function;
            }
        }
        sketch.retain_used();
        Some(())
    })?;
    Some(with_every_run(&changed, |made, at| {
        if let Run::Exports { calls, .. } = made
            && at == run
            && let Some(call) = calls.get_mut(entry.step - 1)
        {
            call.args.clone_from(&args);
        }
    }))
}

fn argument(ty: ValType, slot: u64) -> Option<Value> {
    Some(match slot::value(ty, slot)? {
        // Functions have other numbers in the smaller module.
        Value::FuncRef(_) => Value::FuncRef(None),
        value => value,
    })
}
