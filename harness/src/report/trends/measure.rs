//! A measure is what a run measures of itself as a number, to be compared with that of other runs.

use std::fmt;
use std::str::FromStr;

/// The name of a measure: the known ones, in the order in which they are shown, and any other that a run brings.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Cases judged in a second.
    CasesPerSecond,
    /// Executions judged in a second, over all lanes and the reference.
    ExecutionsPerSecond,
    /// Cases that differ or broke.
    Findings,
    /// Operators of the profile that the reference executed.
    Operators,
    /// Planted bugs that were noticed.
    PlantedNoticed,
    /// Planted bugs.
    Planted,
    /// Executions of fuzz targets in a second.
    FuzzExecutionsPerSecond,
    /// Inputs in the corpora of fuzz targets.
    FuzzCorpus,
    /// Anything else.
    Other(String),
}

impl Measure {
    const KNOWN: [Self; 8] = [
        Self::CasesPerSecond,
        Self::ExecutionsPerSecond,
        Self::Findings,
        Self::Operators,
        Self::PlantedNoticed,
        Self::Planted,
        Self::FuzzExecutionsPerSecond,
        Self::FuzzCorpus,
    ];

    /// Its name in a file.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::CasesPerSecond => "casesPerSecond",
            Self::ExecutionsPerSecond => "executionsPerSecond",
            Self::Findings => "findings",
            Self::Operators => "operators",
            Self::PlantedNoticed => "plantedNoticed",
            Self::Planted => "planted",
            Self::FuzzExecutionsPerSecond => "fuzzExecutionsPerSecond",
            Self::FuzzCorpus => "fuzzCorpus",
            Self::Other(name) => name,
        }
    }
}

impl FromStr for Measure {
    type Err = std::convert::Infallible;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let known = Self::KNOWN.into_iter().find(|known| known.name() == name);
        Ok(known.unwrap_or_else(|| Self::Other(name.to_owned())))
    }
}

/// What it is called.
impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CasesPerSecond => "cases per second",
            Self::ExecutionsPerSecond => "judged executions per second",
            Self::Findings => "cases with a finding",
            Self::Operators => "operators executed",
            Self::PlantedNoticed => "planted bugs noticed",
            Self::Planted => "planted bugs",
            Self::FuzzExecutionsPerSecond => "fuzz executions per second",
            Self::FuzzCorpus => "inputs in fuzz corpora",
            Self::Other(name) => name,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Measure;

    #[test]
    fn a_measure_is_known_by_its_name() {
        for measure in Measure::KNOWN.into_iter().chain([Measure::Other("new".into())]) {
            assert_eq!(measure.name().parse(), Ok(measure));
        }
    }
}
