//! Fewer bytes of what is no module that can be taken apart.

use crate::reduce::subject::{Change, Subject};

/// Without so many bytes in a row.
pub(super) fn fewer<'s>(subject: &'s Subject<'s>, size: usize) -> Vec<Change<'s>> {
    let Subject { case, place, sketch, .. } = subject;
    if sketch.is_some() || !place.is_free(case) {
        return Vec::new();
    }
    let bytes = place.module(case);
    let cuts = (0..bytes.len()).step_by(size).rev();
    cuts.map(|from| -> Change<'s> {
        Box::new(move || {
            let kept = bytes.iter().enumerate().filter(|(at, _)| !(from..from + size).contains(at));
            place.with_module(case, kept.map(|(_, &byte)| byte).collect())
        })
    })
    .collect()
}
