//! A certificate says what a release agreed on, in bytes that do not depend on when or where they were made, and is
//! signed.
//!
//! [`Conformance`] is what it says. It is the predicate of an in-toto [`Statement`], which is the payload of a DSSE
//! [`Envelope`]; a [`Bundle`] of envelopes is the file. What times it took and who made it stands in a file beside it.

mod bundle;
mod conformance;
mod difference;
mod envelope;
mod junit;
mod key;
mod objection;
mod pace;
mod register;
mod statement;
mod test_result;
mod times;
mod tree;

pub use bundle::{Bundle, BundleError, Verified};
pub use conformance::{
    Conclusion, Conformance, Control, ControlClass, Inputs, LaneRecord, Part, PartName, RegisterLine, ResultsRecord,
};
pub use difference::{Change, Difference};
pub use envelope::{Envelope, EnvelopeError, EnvelopeSignature, PAYLOAD_TYPE};
pub use junit::{JunitError, junit};
pub use key::{NotAKey, PublicKey, SecretKey};
pub use pace::Pace;
pub use register::{NotARegister, read_register};
pub use statement::{Predicate, STATEMENT_TYPE, Statement, StatementError, Subject, SubjectDigest};
pub use test_result::{Resource, TestResult};
pub(crate) use times::machine;
pub use times::{Stopwatch, Times};
pub use tree::tree_sum;
