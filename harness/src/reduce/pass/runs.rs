//! Fewer runs, calls and relations, under plain limits.

use crate::reduce::subject::{Change, Subject};
use crate::reduce::weight::PLAIN_GAS;
use crate::{Call, Case, Relation, Run, Validation};
use std::collections::BTreeMap;
use wasmparser::ExternalKind;

/// Only one run, or only the two that a relation ties.
pub(super) fn one_run<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    let case = subject.case;
    let alone = (0..case.runs.len()).map(|run| change(move || Some(with_runs(case, |at| at == run))));
    let tied = case.relations.iter().map(|&relation| {
        change(move || {
            let (Relation::Repeat { of, run } | Relation::Limit { of, run }) = relation;
            Some(with_runs(case, |at| at == of || at == run))
        })
    });
    alone.chain(tied).collect()
}

/// Without so many runs in a row.
pub(super) fn fewer_runs<'s>(subject: &'s Subject<'s>, size: usize) -> Vec<Change<'s>> {
    let case = subject.case;
    let chunks = (0..case.runs.len()).step_by(size);
    chunks.map(|from| change(move || Some(with_runs(case, |at| !(from..from + size).contains(&at))))).collect()
}

/// Without a relation, a validation, the upload, or the parent.
pub(super) fn fewer_relations<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    let case = subject.case;
    let without = |number: usize| {
        let mut case = case.clone();
        case.relations.remove(number);
        Some(case)
    };
    let without_validation = |number: usize| {
        let mut case = case.clone();
        case.validations.remove(number);
        Some(case)
    };
    let without_upload = change(|| {
        let mut case = case.clone();
        case.upload.take()?;
        Some(case)
    });
    let without_parent = change(|| {
        let mut case = case.clone();
        case.parent.take()?;
        Some(case)
    });
    let relations = (0..case.relations.len()).map(|number| change(move || without(number)));
    let validations = (0..case.validations.len()).map(|number| change(move || without_validation(number)));
    relations.chain(validations).chain([without_upload, without_parent]).collect()
}

/// Only one call of a run.
pub(super) fn one_call<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    places(subject).map(|(run, call)| with_calls(subject, run, move |at| at == call)).collect()
}

/// Without a call of a run.
pub(super) fn fewer_calls<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    places(subject).map(|(run, call)| with_calls(subject, run, move |at| at != call)).collect()
}

/// Gas limits that a case of the corpus need not name: all of them, those of a run, a single one.
pub(super) fn plain_limits<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    let plain = |only: Option<usize>| {
        with_every_run(subject.case, |run, at| {
            if only.is_none_or(|only| only == at) {
                limits(run).into_iter().for_each(|limit| *limit = PLAIN_GAS);
            }
        })
    };
    let single = |run: usize, number: usize| {
        with_every_run(subject.case, |changed, at| {
            if at == run
                && let Some(limit) = limits(changed).into_iter().nth(number)
            {
                *limit = PLAIN_GAS;
            }
        })
    };
    let alike = |run: usize, gas: u64| {
        with_every_run(subject.case, |changed, at| {
            if let Run::Exports { calls, .. } = changed
                && at == run
            {
                calls.iter_mut().for_each(|call| call.gas = gas);
            }
        })
    };
    let mut changes = vec![change(move || Some(plain(None)))];
    for (at, run) in subject.case.runs.iter().enumerate() {
        if let Run::Exports { calls, .. } = run {
            changes.extend(calls.iter().map(|call| change(move || Some(alike(at, call.gas)))));
        }
        changes.push(change(move || Some(plain(Some(at)))));
        changes.extend((0..run.steps()).map(|number| change(move || Some(single(at, number)))));
    }
    changes
}

/// Shorter texts for executions by the ABI.
pub(super) fn shorter_inputs<'s>(subject: &'s Subject<'s>, size: usize) -> Vec<Change<'s>> {
    const PLAIN: [&str; 4] = ["", "0", "{}", "null"];
    let mut changes = Vec::new();
    for (at, run) in subject.case.runs.iter().enumerate() {
        let Run::Abi { input, .. } = run else { continue };
        let with = move |text: String| {
            with_every_run(subject.case, |run, other| {
                if let Run::Abi { input, .. } = run
                    && other == at
                {
                    input.clone_from(&text);
                }
            })
        };
        changes.extend(PLAIN.map(|text| change(move || Some(with(text.to_owned())))));
        let length = input.chars().count();
        changes.extend((0..length).step_by(size).map(|from| {
            change(move || {
                let kept = input.chars().enumerate().filter(|(at, _)| !(from..from + size).contains(at));
                Some(with(kept.map(|(_, kept)| kept).collect()))
            })
        }));
    }
    changes
}

/// Exports with names that are easy to write.
pub(super) fn plain_names<'s>(subject: &'s Subject<'s>, _: usize) -> Vec<Change<'s>> {
    vec![change(move || {
        let mut names = BTreeMap::new();
        let exports = subject.sketch.as_ref()?.exports.iter().map(|export| &export.name);
        // The ABI's own two names are its to choose.
        for name in exports.filter(|name| !matches!(name.as_str(), "memory" | "alloc")) {
            let plain = match names.len() {
                number @ 0..20 => char::from_u32('f' as u32 + number as u32)?.to_string(),
                number => format!("f{number}"),
            };
            names.insert(name.clone(), plain);
        }
        let renamed = subject.with_module(|sketch| {
            for export in &mut sketch.exports {
                if let Some(plain) = names.get(&export.name) {
                    export.name.clone_from(plain);
                }
            }
            Some(())
        })?;
        Some(with_every_run(&renamed, |run, _| match run {
            Run::Exports { calls, .. } => {
                for Call { export, .. } in calls {
                    if let Some(plain) = names.get(export) {
                        export.clone_from(plain);
                    }
                }
            }
            Run::Abi { method, .. } => {
                if let Some(plain) = names.get(method) {
                    method.clone_from(plain);
                }
            }
        }))
    })]
}

/// Whether a run needs an export of this name and kind.
pub(super) fn names(run: &Run, name: &str, kind: ExternalKind) -> bool {
    match run {
        Run::Exports { calls, .. } => kind == ExternalKind::Func && calls.iter().any(|call| call.export == name),
        Run::Abi { method, .. } => name == method || name == "memory" || name == "alloc",
    }
}

/// The case with every run changed, given its number.
pub(super) fn with_every_run(case: &Case, change: impl Fn(&mut Run, usize)) -> Case {
    let mut case = case.clone();
    case.runs.iter_mut().enumerate().for_each(|(at, run)| change(run, at));
    case
}

fn change<'s>(change: impl Fn() -> Option<Case> + 's) -> Change<'s> {
    Box::new(change)
}

/// Some of the runs. Relations stay if both their runs do, validations if theirs does.
fn with_runs(case: &Case, keep: impl Fn(usize) -> bool) -> Case {
    let mut next = 0..;
    let moved = (0..case.runs.len()).map(|run| if keep(run) { next.next() } else { None }).collect::<Vec<_>>();
    let to = |run: usize| moved.get(run).copied().flatten();
    let runs = case.runs.iter().zip(&moved).filter(|(_, moved)| moved.is_some()).map(|(run, _)| run.clone()).collect();
    let relations = case.relations.iter().filter_map(|relation| match *relation {
        Relation::Repeat { of, run } => Some(Relation::Repeat { of: to(of)?, run: to(run)? }),
        Relation::Limit { of, run } => Some(Relation::Limit { of: to(of)?, run: to(run)? }),
    });
    let validations = case
        .validations
        .iter()
        .filter_map(|validation| Some(Validation { run: to(validation.run)?, ..validation.clone() }));
    let (relations, validations) = (relations.collect(), validations.collect());
    Case { runs, relations, validations, ..case.clone() }
}

/// The run and the number of every call.
fn places(subject: &Subject<'_>) -> impl Iterator<Item = (usize, usize)> {
    subject.case.runs.iter().enumerate().flat_map(|(run, made)| {
        let calls = match made {
            Run::Exports { calls, .. } => calls.len(),
            Run::Abi { .. } => 0,
        };
        (0..calls).map(move |call| (run, call))
    })
}

fn with_calls<'s>(subject: &'s Subject<'s>, run: usize, keep: impl Fn(usize) -> bool + 's) -> Change<'s> {
    change(move || {
        Some(with_every_run(subject.case, |changed, at| {
            if let Run::Exports { calls, .. } = changed
                && at == run
            {
                let mut number = 0..;
                calls.retain(|_| number.next().is_some_and(&keep));
            }
        }))
    })
}

/// The limits of a run, that of its start first.
fn limits(run: &mut Run) -> Vec<&mut u64> {
    match run {
        Run::Exports { start_gas, calls } => {
            std::iter::once(start_gas).chain(calls.iter_mut().map(|call| &mut call.gas)).collect()
        }
        Run::Abi { gas, .. } => vec![gas],
    }
}
