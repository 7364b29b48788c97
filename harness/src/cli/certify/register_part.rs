//! The register of nondeterminism: its tests take each treatment away and see the harness notice.

use super::super::built::project;
use super::suite::{self, Tests};
use anyhow::Context as _;
use modal_harness::certificate::{Part, PartName, RegisterLine, read_register};

/// The tests that the register names in its last column and that belong to this package.
const TESTS: [&str; 6] = ["planted::", "validators::", "limits::", "metered_bytes::", "composition::", "isolation::"];

pub(super) struct Register {
    pub(super) part: Part,
    pub(super) lines: Vec<RegisterLine>,
}

impl Register {
    /// What stands for a register whose tests nobody carried out.
    pub(super) fn not_run() -> anyhow::Result<Self> {
        Ok(Self { part: Part::not_run(PartName::Register), lines: lines()? })
    }
}

fn lines() -> anyhow::Result<Vec<RegisterLine>> {
    let path = project().join("harness/REGISTER.md");
    let page = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    read_register(&page).with_context(|| format!("{} holds no register", path.display()))
}

pub(super) fn run() -> anyhow::Result<Register> {
    let Tests { all, passed, failed } = suite::run("conformance", &TESTS)?;
    let part = Part {
        name: PartName::Register,
        expected: all.len() as u64,
        executed: (passed.len() + failed.len()) as u64,
        passed: passed.len() as u64,
        excluded: Default::default(),
        failures: failed.into_iter().collect(),
    };
    Ok(Register { part, lines: lines()? })
}
