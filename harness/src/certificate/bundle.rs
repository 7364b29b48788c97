//! A bundle is a certificate as a file: an envelope a line, first what is certified, then the test result.

use super::{
    Conformance, Envelope, EnvelopeError, PublicKey, SecretKey, Statement, StatementError, Subject, TestResult,
};

/// The two envelopes of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    conformance: Envelope,
    test_result: Envelope,
}

/// A certificate that has been verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// What it is about.
    pub subjects: Vec<Subject>,
    /// What it says.
    pub conformance: Conformance,
}

/// Why a file is no certificate, or not to be believed.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// It has not the two lines of one.
    #[error("a certificate has two lines, each ended; this has {0}")]
    Lines(usize),
    /// A line is no envelope.
    #[error("line {line} is no envelope: {source}")]
    NotAnEnvelope {
        /// Which.
        line: usize,
        /// Why.
        source: serde_json::Error,
    },
    /// An envelope is not to be believed.
    #[error("line {line}: {source}")]
    Envelope {
        /// Which.
        line: usize,
        /// Why.
        source: EnvelopeError,
    },
    /// An envelope does not say what it should.
    #[error("line {line}: {source}")]
    Statement {
        /// Which.
        line: usize,
        /// Why.
        source: StatementError,
    },
    /// The two lines are not of one certificate.
    #[error("the test result is not that of the conformance beside it")]
    Apart,
    /// What it says is not what a certificate must hold.
    #[error("it certifies nothing: {}", .0.join("; "))]
    Objections(Vec<String>),
}

impl Bundle {
    /// The certificate of a conformance, signed by nobody yet.
    ///
    /// # Errors
    ///
    /// If something speaks against it: then there is no certificate.
    pub fn new(subjects: Vec<Subject>, conformance: Conformance) -> Result<Self, BundleError> {
        let objections = conformance.objections();
        if !objections.is_empty() {
            return Err(BundleError::Objections(objections));
        }
        let statement = |line| move |source: serde_json::Error| BundleError::Statement { line, source: source.into() };
        let first = Statement::new(subjects.clone(), conformance);
        let payload = first.to_payload().map_err(statement(1))?;
        let result = TestResult::of(&first.predicate, &payload);
        let second = Statement::new(subjects, result).to_payload().map_err(statement(2))?;
        Ok(Self { conformance: Envelope::unsigned(&payload), test_result: Envelope::unsigned(&second) })
    }

    /// Adds a key's signature to both envelopes.
    ///
    /// # Errors
    ///
    /// If an envelope has no payload.
    pub fn sign(&mut self, key: &SecretKey) -> Result<(), BundleError> {
        for (line, envelope) in [(1, &mut self.conformance), (2, &mut self.test_result)] {
            envelope.sign(key).map_err(|source| BundleError::Envelope { line, source })?;
        }
        Ok(())
    }

    /// What the certificate says, once so many of these keys are known to have signed all of it, and what it says is what
    /// one must hold.
    ///
    /// # Errors
    ///
    /// If anything speaks against it.
    pub fn verify(&self, keys: &[PublicKey], needed: usize) -> Result<Verified, BundleError> {
        let envelope = |line| move |source| BundleError::Envelope { line, source };
        let statement = |line| move |source| BundleError::Statement { line, source };
        let payload = self.conformance.verify(keys, needed).map_err(envelope(1))?;
        let result = self.test_result.verify(keys, needed).map_err(envelope(2))?;
        let first = Statement::<Conformance>::from_payload(&payload).map_err(statement(1))?;
        let second = Statement::<TestResult>::from_payload(&result).map_err(statement(2))?;
        if second != Statement::new(first.subject.clone(), TestResult::of(&first.predicate, &payload)) {
            return Err(BundleError::Apart);
        }
        let Statement { subject: subjects, predicate: conformance, .. } = first;
        let objections = conformance.objections();
        if !objections.is_empty() {
            return Err(BundleError::Objections(objections));
        }
        Ok(Verified { subjects, conformance })
    }

    /// The names of the keys that both envelopes claim to be signed by. Whether they are, [`Bundle::verify`] tells.
    #[must_use]
    pub fn claimed_keys(&self) -> Vec<&str> {
        let of = |envelope: &Envelope, id: &str| envelope.signatures.iter().any(|signature| signature.keyid == id);
        let ids = self.conformance.signatures.iter().map(|signature| signature.keyid.as_str());
        ids.filter(|id| of(&self.test_result, id)).collect()
    }

    /// The certificate as a file.
    ///
    /// # Errors
    ///
    /// If a part of it has no JSON form.
    pub fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = Vec::new();
        for envelope in [&self.conformance, &self.test_result] {
            serde_json::to_writer(&mut bytes, envelope)?;
            bytes.push(b'\n');
        }
        Ok(bytes)
    }

    /// Reads a certificate. Nothing of it is believed yet.
    ///
    /// # Errors
    ///
    /// If it has not the form of one.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BundleError> {
        let lines = bytes.split_inclusive(|&byte| byte == b'\n').collect::<Vec<_>>();
        let [first, second] = lines[..] else { return Err(BundleError::Lines(lines.len())) };
        if !second.ends_with(b"\n") {
            return Err(BundleError::Lines(1));
        }
        let envelope = |line, bytes: &[u8]| {
            serde_json::from_slice(bytes).map_err(|source| BundleError::NotAnEnvelope { line, source })
        };
        Ok(Self { conformance: envelope(1, first)?, test_result: envelope(2, second)? })
    }
}
