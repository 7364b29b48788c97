//! What a certification is of: the parts that it has, what was planted, the lanes, the register, and what it depends on.

use super::bar::Bar;
use super::inline::{Span, spans};
use super::number::{Amount, Micros};
use super::shares::{ShareLine, lines};
use crate::certificate::{Conformance, ControlClass, Inputs, Part, PartName, RegisterLine, Times};

/// A part of the certification.
pub(super) struct PartView {
    pub(super) name: String,
    pub(super) about: &'static str,
    pub(super) passes: bool,
    pub(super) expected: Amount,
    pub(super) executed: Amount,
    pub(super) passed: Amount,
    pub(super) bar: Bar,
    pub(super) took: String,
    pub(super) excluded: Vec<ShareLine>,
    pub(super) failures: Vec<String>,
}

/// A class of planted bugs.
pub(super) struct ClassView {
    pub(super) name: String,
    pub(super) planted: Amount,
    pub(super) noticed: Amount,
    pub(super) all: bool,
    pub(super) bar: Bar,
}

/// A line of the register of nondeterminism.
pub(super) struct RegisterView {
    pub(super) source: Vec<Span>,
    pub(super) treatment: Vec<Span>,
    pub(super) missed_in: Vec<Span>,
}

/// What the certification depends on: a name and a value, and whether that is a digest or the like.
pub(super) struct InputView {
    pub(super) name: &'static str,
    pub(super) value: String,
    pub(super) is_code: bool,
}

impl PartView {
    /// The name by which styles know what it comes to.
    pub(super) fn key(&self) -> &'static str {
        if self.passes { "good" } else { "bad" }
    }
}

impl ClassView {
    /// The name by which styles know what it comes to.
    pub(super) fn key(&self) -> &'static str {
        if self.all { "good" } else { "bad" }
    }
}

pub(super) fn parts(conformance: &Conformance, times: Option<&Times>) -> Vec<PartView> {
    let view = |part: &Part| PartView {
        name: part.name.to_string(),
        about: about(part.name),
        passes: part.is_passed(),
        expected: Amount(part.expected),
        executed: Amount(part.executed),
        passed: Amount(part.passed),
        bar: Bar::of(part.passed, part.expected),
        took: times
            .and_then(|times| times.parts.get(&part.name))
            .map_or("–".into(), |&took| Micros(took).to_string()),
        excluded: lines(&part.excluded),
        failures: part.failures.clone(),
    };
    conformance.parts.iter().map(view).collect()
}

pub(super) fn classes(classes: &[ControlClass]) -> Vec<ClassView> {
    let view = |ControlClass { name, planted, noticed }: &ControlClass| ClassView {
        name: name.clone(),
        planted: Amount(*planted),
        noticed: Amount(*noticed),
        all: planted == noticed,
        bar: Bar::of(*noticed, *planted),
    };
    classes.iter().map(view).collect()
}

pub(super) fn register(lines: &[RegisterLine]) -> Vec<RegisterView> {
    let view = |RegisterLine { source, treatment, missed_in }: &RegisterLine| RegisterView {
        source: spans(source),
        treatment: spans(treatment),
        missed_in: spans(missed_in),
    };
    lines.iter().map(view).collect()
}

pub(super) fn inputs(conformance: &Conformance) -> Vec<InputView> {
    let Inputs {
        harness,
        seed,
        cases,
        kind,
        module_profile,
        module_profile_sha256,
        schedule,
        schedule_sha256,
        corpus_cases,
        corpus_sha256,
        specification,
    } = &conformance.inputs;
    let plain = |name, value: String| InputView { name, value, is_code: false };
    let code = |name, value: String| InputView { name, value, is_code: true };
    vec![
        plain("size of the certification", conformance.profile.clone()),
        plain("harness", harness.clone()),
        plain("generated cases", format!("{} of kind {kind}, from seed {seed}", Amount(*cases))),
        plain("profile of modules", module_profile.clone()),
        code("its SHA-256", module_profile_sha256.to_string()),
        plain("schedule of prices", schedule.clone()),
        code("its SHA-256", schedule_sha256.to_string()),
        plain("cases of the corpus", Amount(*corpus_cases).to_string()),
        code("Merkle root of the corpus", corpus_sha256.to_string()),
        plain("tests of the specification", specification.clone()),
        code("Merkle root of the results", conformance.results.merkle_root.to_string()),
        code("SHA-256 of results.parquet", conformance.results.parquet_sha256.to_string()),
    ]
}

fn about(part: PartName) -> &'static str {
    match part {
        PartName::Corpus => "The committed cases have the outcomes that stand beside them, on every lane.",
        PartName::Specification => "The official tests of WebAssembly that the profile admits pass, on every lane.",
        PartName::Campaign => "Generated cases are executed on every lane and judged.",
        PartName::Control => "Bugs planted on purpose are noticed, and sound lanes are not blamed.",
        PartName::Register => "Each treatment of nondeterminism is taken away, and its test notices.",
    }
}
