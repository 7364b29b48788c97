//! A point is what one run measured.

use super::Measure;
use crate::certificate::PartName;
use crate::report::Certification;
use crate::report::operators::OperatorCoverage;
use crate::results::RowVerdict;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

/// What one run measured: a line of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TrendPoint {
    /// When the run began: UTC, as RFC 3339 has it.
    pub started: String,
    /// What ran: the harness' version, or whatever tells runs apart.
    pub what: String,
    /// What it measured, by [`Measure::name`]. A run need not have every measure.
    pub measures: BTreeMap<String, u64>,
}

/// Why there are no trends.
#[derive(Debug, thiserror::Error)]
pub enum TrendsError {
    /// The file cannot be read.
    #[error("failed to read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A line is no run.
    #[error("failed to understand line {number} of {}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line's number, from 1.
        number: u64,
        /// Why.
        source: serde_json::Error,
    },
    /// A certification does not say when it was made and how long it took.
    #[error("failed to place the run among others: its folder has no times.json")]
    Timeless,
}

impl TrendPoint {
    /// What a certification measured.
    ///
    /// # Errors
    ///
    /// If it has no times.
    pub fn of(certification: &Certification) -> Result<Self, TrendsError> {
        let Certification { conformance, rows, times, .. } = certification;
        let times = times.as_ref().ok_or(TrendsError::Timeless)?;
        let mut measures = BTreeMap::new();
        let mut put = |measure: Measure, value: u64| {
            measures.insert(measure.name().to_owned(), value);
        };
        if let Some(&took) = times.parts.get(&PartName::Campaign).filter(|&&took| took > 0) {
            let per_second = |count: u128| u64::try_from(count * 1_000_000 / u128::from(took)).unwrap_or(u64::MAX);
            put(Measure::CasesPerSecond, per_second(rows.len() as u128));
            let executions = rows.iter().map(|row| u128::from(row.executions)).sum();
            put(Measure::ExecutionsPerSecond, per_second(executions));
        }
        let found = rows.iter().filter(|row| match row.verdict {
            RowVerdict::Diverge(_) | RowVerdict::Fault(_) => true,
            RowVerdict::Agree | RowVerdict::Aside(_) => false,
        });
        put(Measure::Findings, found.count() as u64);
        if let Some(operators) = OperatorCoverage::of(&conformance.operators) {
            put(Measure::Operators, operators.executed as u64);
        }
        let classes = &conformance.control.classes;
        put(Measure::PlantedNoticed, classes.iter().map(|class| class.noticed).fold(0, u64::saturating_add));
        put(Measure::Planted, classes.iter().map(|class| class.planted).fold(0, u64::saturating_add));
        let what = format!("{} {}", conformance.inputs.harness, conformance.profile);
        Ok(Self { started: times.started.clone(), what, measures })
    }

    /// The point as a line of the file.
    #[must_use]
    pub fn to_line(&self) -> String {
        let mut line = serde_json::to_string(self).expect("a point has only text keys");
        line.push('\n');
        line
    }
}
