//! Fewer and smaller parts of the module beside its bodies.

use super::runs::names;
use crate::reduce::sketch::{Items, Sketch, zero};
use crate::reduce::subject::{Change, Place, Subject};
use wasmparser::{ExternalKind, ValType};

type Edit<'s> = Box<dyn Fn(&mut Sketch<'s>) -> Option<()> + 's>;

/// Without what no run names and nothing in use reaches.
pub(super) fn unused<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    // Which methods of a callable module are called is in the bytes of those that call them: each is tried by itself.
    let named = |name: &str, kind: ExternalKind| match subject.place {
        Place::Own => subject.case.runs.iter().any(|run| names(run, name, kind)),
        Place::Callable(_) => matches!(kind, ExternalKind::Func | ExternalKind::Memory),
    };
    let without_exports =
        move |sketch: &mut Sketch<'s>| sketch.exports.retain(|export| named(&export.name, export.kind));
    let both = edit(move |sketch| {
        without_exports(sketch);
        sketch.retain_used();
        Some(())
    });
    let exports = edit(move |sketch| {
        without_exports(sketch);
        Some(())
    });
    let unreached = edit(|sketch| {
        sketch.retain_used();
        Some(())
    });
    changes(subject, vec![both, exports, unreached])
}

/// Without one part.
pub(super) fn fewer<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    let Some(sketch) = &subject.sketch else { return Vec::new() };
    let mut edits: Vec<Edit<'s>> = Vec::new();
    edits.push(edit(|sketch| sketch.start.take().map(drop)));
    edits.push(edit(|sketch| sketch.memory.take().map(drop)));
    edits.extend((0..sketch.exports.len()).map(|at| {
        edit(move |sketch| {
            sketch.exports.get(at)?;
            sketch.exports.remove(at);
            Some(())
        })
    }));
    edits.extend((0..sketch.data.len()).map(|at| edit(move |sketch| take(&mut sketch.data, at))));
    edits.extend((0..sketch.elements.len()).map(|at| edit(move |sketch| take(&mut sketch.elements, at))));
    edits.extend((0..sketch.tables.len()).map(|at| edit(move |sketch| take(&mut sketch.tables, at))));
    edits.extend((0..sketch.globals.len()).map(|at| edit(move |sketch| take(&mut sketch.globals, at))));
    edits.extend((0..sketch.imports.len()).map(|at| edit(move |sketch| take(&mut sketch.imports, at))));
    edits.extend((0..sketch.functions.len()).map(|at| edit(move |sketch| take(&mut sketch.functions, at))));
    changes(subject, edits)
}

/// Smaller memories, tables and segments.
pub(super) fn lower<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    let Some(sketch) = &subject.sketch else { return Vec::new() };
    let mut edits: Vec<Edit<'s>> = Vec::new();
    if let Some(memory) = sketch.memory {
        edits.extend(less(memory.initial).map(|pages| {
            edit(move |sketch| {
                sketch.memory.as_mut()?.initial = pages;
                Some(())
            })
        }));
        edits.push(edit(|sketch| sketch.memory.as_mut()?.maximum.take().map(drop)));
    }
    for (at, table) in sketch.tables.iter().enumerate() {
        let Some(table) = table else { continue };
        edits.extend(less(table.initial).map(|size| {
            edit(move |sketch| {
                sketch.tables.get_mut(at)?.as_mut()?.initial = size;
                Some(())
            })
        }));
        edits.push(edit(move |sketch| sketch.tables.get_mut(at)?.as_mut()?.maximum.take().map(drop)));
    }
    for (at, data) in sketch.data.iter().enumerate() {
        let Some(data) = data else { continue };
        edits.extend(less(data.bytes.len() as u64).map(|length| {
            edit(move |sketch| {
                let bytes = &mut sketch.data.get_mut(at)?.as_mut()?.bytes;
                bytes.to_mut().truncate(usize::try_from(length).ok()?);
                Some(())
            })
        }));
        edits.extend(less(data.bytes.len() as u64).map(|length| {
            edit(move |sketch| {
                let bytes = &mut sketch.data.get_mut(at)?.as_mut()?.bytes;
                let gone = bytes.len().checked_sub(usize::try_from(length).ok()?)?;
                bytes.to_mut().drain(..gone);
                Some(())
            })
        }));
        edits.push(edit(move |sketch| {
            sketch.data.get_mut(at)?.as_mut()?.bytes.to_mut().fill(0);
            Some(())
        }));
    }
    for (at, element) in sketch.elements.iter().enumerate() {
        let Some(element) = element else { continue };
        let length = match &element.items {
            Items::Functions(functions) => functions.len(),
            Items::Expressions(_, items) => items.len(),
        };
        for item in (0..length).rev() {
            edits.push(edit(move |sketch| with_items(sketch, at, |items| items.without(item))));
            edits.push(edit(move |sketch| with_items(sketch, at, |items| items.plainer(item))));
        }
    }
    for (at, global) in sketch.globals.iter().enumerate() {
        let Some(zero) = global.as_ref().and_then(|global| zero(global.ty.content_type)) else { continue };
        edits.push(edit(move |sketch| {
            sketch.globals.get_mut(at)?.as_mut()?.init = vec![zero.clone()];
            Some(())
        }));
    }
    changes(subject, edits)
}

/// Sizes below one.
fn less(size: u64) -> impl Iterator<Item = u64> {
    [0, 1, size / 2, size.saturating_sub(1)].into_iter().filter(move |&smaller| smaller < size)
}

fn take<T>(parts: &mut [Option<T>], at: usize) -> Option<()> {
    parts.get_mut(at)?.take().map(drop)
}

fn with_items<'s>(sketch: &mut Sketch<'s>, at: usize, change: impl FnOnce(&mut Items<'s>) -> Option<()>) -> Option<()> {
    change(&mut sketch.elements.get_mut(at)?.as_mut()?.items)
}

impl Items<'_> {
    fn without(&mut self, item: usize) -> Option<()> {
        match self {
            Self::Functions(functions) => {
                functions.get(item)?;
                functions.remove(item);
            }
            Self::Expressions(_, items) => {
                items.get(item)?;
                items.remove(item);
            }
        }
        Some(())
    }

    /// Another function in an item's place, or none, so that what is behind it keeps its index.
    fn plainer(&mut self, item: usize) -> Option<()> {
        match self {
            Self::Functions(functions) => {
                let least = functions.iter().copied().min()?;
                *functions.get_mut(item)? = least;
            }
            Self::Expressions(ty, items) => *items.get_mut(item)? = vec![zero(ValType::Ref(*ty))?],
        }
        Some(())
    }
}

fn edit<'s>(edit: impl Fn(&mut Sketch<'s>) -> Option<()> + 's) -> Edit<'s> {
    Box::new(edit)
}

fn changes<'s>(subject: &'s Subject<'s>, edits: Vec<Edit<'s>>) -> Vec<Change<'s>> {
    edits.into_iter().map(|edit| -> Change<'s> { Box::new(move || subject.with_module(&edit)) }).collect()
}
