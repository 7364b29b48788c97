//! Faults of nodes: what they keep of an upload, and what they answer to invocations.

use crate::score::bug::{Bug, Class, Plant};
use modal_harness::Uploaded;

/// A way in which a node may fail to keep or to answer.
pub(crate) type Lie = fn(&mut Uploaded);

/// What nodes could get wrong, all of them alike.
pub(crate) const LIES: &[(&str, Lie)] = &[
    ("the upload is refused", |uploaded| *uploaded = Uploaded::Refused("Invalid WASM module: none".into())),
    ("a module is lost", |uploaded| {
        if let Uploaded::Stored { modules, .. } = uploaded {
            modules.pop_first();
        }
    }),
    ("a module's bytes change", |uploaded| {
        if let Uploaded::Stored { modules, .. } = uploaded {
            modules.values_mut().for_each(|module| module.sha256 = module.sha256.replace('a', "b"));
        }
    }),
    ("a module's gas limit changes", |uploaded| {
        if let Uploaded::Stored { modules, .. } = uploaded {
            modules.values_mut().for_each(|module| module.gas += 1);
        }
    }),
    ("an invocation is lost", |uploaded| {
        if let Uploaded::Stored { invocations, .. } = uploaded {
            invocations.pop();
        }
    }),
    ("an invocation ends otherwise", |uploaded| {
        if let Uploaded::Stored { invocations, .. } = uploaded {
            invocations.iter_mut().for_each(|invocation| invocation.ended = "trapped Unreachable of late".into());
        }
    }),
    ("an invocation uses other gas", |uploaded| {
        if let Uploaded::Stored { invocations, .. } = uploaded {
            invocations.iter_mut().filter_map(|invocation| invocation.gas_used.as_mut()).for_each(|gas| *gas += 1);
        }
    }),
    ("an action is left out", |uploaded| {
        if let Uploaded::Stored { invocations, .. } = uploaded {
            invocations.iter_mut().filter_map(|invocation| invocation.actions.as_mut()).for_each(|count| *count += 1);
        }
    }),
];

pub(super) fn bugs() -> Vec<Bug> {
    LIES.iter().map(|&(name, lie)| Bug::new(Class::Nodes, name, Plant::Nodes(lie))).collect()
}
