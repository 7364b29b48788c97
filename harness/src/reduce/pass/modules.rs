//! Fewer modules that guests can call, under plain limits.

use crate::Case;
use crate::reduce::subject::{Change, Subject};
use crate::reduce::weight::PLAIN_GAS;

/// A module that is none, which every lane refuses.
const NONE: &[u8] = &[];

/// A module without anything.
const EMPTY: &[u8] = b"\0asm\x01\0\0\0";

/// Without any modules, or without one.
pub(super) fn fewer<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    let names = subject.case.modules.keys();
    let without = names.map(|name| {
        changed(subject, move |case| {
            case.modules.remove(name);
        })
    });
    [changed(subject, |case| case.modules.clear())].into_iter().chain(without).collect()
}

/// Modules with nothing in them, and limits that a case of the corpus need not name.
pub(super) fn plainer<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    let mut changes = Vec::new();
    for name in subject.case.modules.keys() {
        changes.extend([NONE, EMPTY].map(|bytes| {
            changed(subject, move |case| {
                if let Some(module) = case.modules.get_mut(name) {
                    module.bytes = bytes.to_vec();
                }
            })
        }));
        changes.push(changed(subject, move |case| {
            if let Some(module) = case.modules.get_mut(name) {
                module.gas = PLAIN_GAS;
            }
        }));
    }
    changes
}

fn changed<'s>(subject: &'s Subject<'s>, change: impl Fn(&mut Case) + 's) -> Change<'s> {
    Box::new(move || {
        let mut case = subject.case.clone();
        change(&mut case);
        Some(case)
    })
}
