//! A subject is a module of a script, what is done to its instance, and what the specification says of that.

use super::excluded::{FEATURES, GAS, IMPORTS, NEEDS};
use super::pattern::{matches, traps};
use super::report::Problem;
use crate::observation::{ModuleObservation, Outcome, RunObservation, TrapKind};
use crate::oracle::Evidence;
use crate::{Call, Case, Observation, Run, Verdict};
use modal_wasm_meter::RejectionKind;
use modal_wasm_runtime::MAX_GAS_LIMIT;
use wasmparser::{ExternalKind, Parser, Payload};
use wast::WastRet;

/// A module of a script.
pub(super) struct Subject<'a> {
    pub(super) line: usize,
    pub(super) module: Vec<u8>,
    pub(super) fate: Fate<'a>,
    /// Whether a module that is not run would have changed its instance.
    pub(super) stale: bool,
    pub(super) calls: Vec<Call>,
    pub(super) checks: Vec<Check<'a>>,
}

/// What becomes of a module.
pub(super) enum Fate<'a> {
    /// It is accepted, and its instance starts.
    Starts,
    /// It is accepted, and its instance traps at the start.
    Traps(&'a str),
    /// It is accepted.
    Accepted,
    /// It is malformed or invalid.
    Refused,
    /// It imports what nothing exports.
    Unlinkable,
}

/// What a directive expects of a module's instance.
pub(super) struct Check<'a> {
    line: usize,
    /// The last step before the check.
    step: usize,
    expected: Expected<'a>,
}

/// What the specification says of a step.
pub(super) enum Expected<'a> {
    /// Nothing but that it was carried out.
    Anything,
    /// It completes.
    Completes,
    /// It returns these.
    Returns(Vec<WastRet<'a>>),
    /// It traps.
    Traps(&'a str),
    /// After it, an exported global holds this.
    Holds { global: &'a str, values: Vec<WastRet<'a>> },
}

impl<'a> Subject<'a> {
    /// Adds what is expected after the calls so far.
    pub(super) fn check(&mut self, line: usize, expected: Expected<'a>) {
        // The first step is the start.
        self.checks.push(Check { line, step: self.calls.len(), expected });
    }

    /// The case that lanes are given.
    pub(super) fn case(&self) -> Case {
        let runs = match self.fate {
            Fate::Starts | Fate::Traps(_) => {
                vec![Run::Exports { start_gas: MAX_GAS_LIMIT, calls: self.calls.clone() }]
            }
            Fate::Accepted | Fate::Refused | Fate::Unlinkable => Vec::new(),
        };
        Case::new(self.module.clone(), runs)
    }

    /// Compares what was seen with what the specification says: the line and the result of every directive.
    pub(super) fn compare(&self, evidence: &Evidence, verdict: &Verdict) -> Vec<(usize, Result<(), Problem>)> {
        let mut results = Vec::with_capacity(1 + self.checks.len());
        let module = self.compare_module(evidence, verdict);
        let run = module.as_ref().ok().and_then(|run| *run);
        for check in &self.checks {
            let result = match run {
                Some(run) => check.compare(run, &self.module),
                None => Err(Problem::NotRun(NEEDS)),
            };
            results.push((check.line, result));
        }
        results.push((self.line, module.map(|_| ())));
        results
    }

    /// What the first lane saw of the instance, if there is one, once the module is known to fare as it has to.
    fn compare_module<'e>(
        &self,
        evidence: &'e Evidence,
        verdict: &Verdict,
    ) -> Result<Option<&'e RunObservation>, Problem> {
        match verdict {
            Verdict::Agree => {}
            Verdict::Diverge(_) | Verdict::Fault(_) => return fail(verdict.to_string()),
        }
        let Some(Ok(seen)) = evidence.lanes.first().map(|witness| &witness.observation) else {
            return fail("no lane saw it".to_owned());
        };
        match (&self.fate, &seen.module) {
            (Fate::Starts | Fate::Traps(_) | Fate::Accepted, ModuleObservation::Rejected { kind, message }) => {
                outside(kind, message)
            }
            (Fate::Refused | Fate::Unlinkable, ModuleObservation::Accepted { .. }) => fail("accepted".to_owned()),
            (Fate::Refused, ModuleObservation::Rejected { kind, message }) => {
                if REFUSALS.iter().any(|refusal| refusal.name() == kind) { Ok(None) } else { outside(kind, message) }
            }
            (Fate::Unlinkable, ModuleObservation::Rejected { kind, message }) => {
                if kind == RejectionKind::Import.name() {
                    Ok(None)
                } else {
                    fail(format!("rejected as {kind}: {message}"))
                }
            }
            (Fate::Accepted, ModuleObservation::Accepted { .. }) => Ok(None),
            (Fate::Traps(message), ModuleObservation::Accepted { .. }) => {
                let (_, outcome) = started(seen)?;
                expect_trap(outcome, message).map(|()| None)
            }
            (Fate::Starts, ModuleObservation::Accepted { .. }) => {
                let (run, outcome) = started(seen)?;
                if outcome.completed() { Ok(Some(run)) } else { unexpected(outcome, "a completed start") }
            }
        }
    }
}

impl Check<'_> {
    fn compare(&self, run: &RunObservation, module: &[u8]) -> Result<(), Problem> {
        let Some(step) = run.steps.get(self.step) else { return fail("it was not carried out".to_owned()) };
        match &self.expected {
            Expected::Anything => Ok(()),
            Expected::Completes if step.outcome.completed() => Ok(()),
            Expected::Completes => unexpected(&step.outcome, "a completed call"),
            Expected::Returns(expected) => match &step.outcome {
                Outcome::Completed(values) if matches(expected, values) => Ok(()),
                other => unexpected(other, &format!("{expected:?}")),
            },
            Expected::Traps(message) => expect_trap(&step.outcome, message),
            Expected::Holds { global, values } => {
                let globals = step.state.as_ref().map_or(&[][..], |state| &state.globals);
                match exported_global(module, global).and_then(|index| globals.get(index)) {
                    Some(value) if matches(values, std::slice::from_ref(value)) => Ok(()),
                    found => fail(format!("expected {values:?}, got {found:?}")),
                }
            }
        }
    }
}

/// The kinds of rejection that say that a module breaks the rules of the specification. What later versions of it give
/// a meaning to is named as a feature.
const REFUSALS: [RejectionKind; 3] = [RejectionKind::Malformed, RejectionKind::Invalid, RejectionKind::Feature];

fn fail<T>(what: String) -> Result<T, Problem> {
    Err(Problem::Failed(what))
}

/// The only run and how its start ended.
fn started(seen: &Observation) -> Result<(&RunObservation, &Outcome), Problem> {
    let run = seen.runs.first().ok_or_else(|| Problem::Failed("it was not run".to_owned()))?;
    let start = run.steps.first().ok_or_else(|| Problem::Failed("it was not started".to_owned()))?;
    Ok((run, &start.outcome))
}

/// Why a module that the specification accepts is not one of the profile.
fn outside<T>(kind: &str, message: &str) -> Result<T, Problem> {
    if kind == RejectionKind::Import.name() {
        Err(Problem::NotRun(IMPORTS))
    } else if kind == RejectionKind::Feature.name() {
        Err(Problem::NotRun(FEATURES))
    } else {
        fail(format!("rejected as {kind}: {message}"))
    }
}

fn unexpected<T>(outcome: &Outcome, expected: &str) -> Result<T, Problem> {
    match outcome {
        // The lanes and the reference agree that the highest limit is too low.
        Outcome::Trapped(TrapKind::OutOfGas) => Err(Problem::NotRun(GAS)),
        other => fail(format!("expected {expected}, got: {other}")),
    }
}

fn expect_trap(outcome: &Outcome, message: &str) -> Result<(), Problem> {
    match outcome {
        Outcome::Trapped(kind) if traps(message).contains(kind) => Ok(()),
        other => unexpected(other, &format!("a trap for {message:?}")),
    }
}

/// The index of an exported global.
fn exported_global(module: &[u8], name: &str) -> Option<usize> {
    Parser::new(0).parse_all(module).find_map(|payload| {
        let Ok(Payload::ExportSection(exports)) = payload else { return None };
        let mut globals = exports.into_iter().flatten().filter(|export| export.kind == ExternalKind::Global);
        globals.find(|export| export.name == name).and_then(|export| usize::try_from(export.index).ok())
    })
}
