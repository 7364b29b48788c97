//! An assessment is a validator's work in progress: the gas so far and the rules found broken.

use crate::cost;
use crate::error::{Document, ValidationError};
use crate::json::{self, Json, JsonError};
use crate::result::ValidationResult;
use sha2::{Digest, Sha256};

/// The only place where gas is added up and errors are collected, so that both follow the order of the rules.
pub(crate) struct Assessment {
    gas_used: u64,
    errors: Vec<String>,
}

impl Assessment {
    /// Begins: charges [`cost::BASE`].
    pub(crate) fn new() -> Self {
        Self { gas_used: cost::BASE, errors: Vec::new() }
    }

    /// Parses a document without which there is no result. Charges [`cost::PARSE_JSON`].
    pub(crate) fn parse<'a>(&mut self, document: Document, text: &'a str) -> Result<Json<'a>, ValidationError> {
        self.try_parse(text).map_err(|cause| ValidationError::Json { document, cause })
    }

    /// Parses a document that may be broken. Charges [`cost::PARSE_JSON`].
    pub(crate) fn try_parse<'a>(&mut self, text: &'a str) -> Result<Json<'a>, JsonError> {
        self.charge(cost::PARSE_JSON);
        json::parse(text)
    }

    /// Checks a rule. Charges [`cost::CHECK`].
    pub(crate) fn check(&mut self, holds: bool, error: impl Into<String>) {
        self.check_that(if holds { Ok(()) } else { Err(error) });
    }

    /// Checks a rule that is kept by having a value. Charges [`cost::CHECK`].
    pub(crate) fn check_that<T, E: Into<String>>(&mut self, rule: Result<T, E>) -> Option<T> {
        self.charge(cost::CHECK);
        match rule {
            Ok(value) => Some(value),
            Err(error) => {
                self.add(error);
                None
            }
        }
    }

    /// Adds a further error to the rule that is being checked, at no charge.
    pub(crate) fn add(&mut self, error: impl Into<String>) {
        self.errors.push(error.into());
    }

    /// Computes the SHA-256 of the parts, one after the other. Charges [`cost::HASH`].
    pub(crate) fn sha256(&mut self, parts: &[&str]) -> [u8; 32] {
        self.charge(cost::HASH);
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(part);
        }
        hasher.finalize().into()
    }

    /// Charges a cost of the table.
    pub(crate) fn charge(&mut self, cost: u64) {
        self.gas_used = self.gas_used.saturating_add(cost);
    }

    /// Ends: what breaks no rule is valid.
    pub(crate) fn finish(self) -> ValidationResult {
        ValidationResult { valid: self.errors.is_empty(), gas_used: self.gas_used, errors: self.errors }
    }
}
