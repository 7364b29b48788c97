//! A report is what a bench measured, as a table for people and as JSON for programs.

use crate::comparison::Measured;
use anyhow::Context as _;
use serde::Serialize;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// What one bench measured.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The bench.
    pub bench: &'static str,
    /// Wasmtime's release.
    pub wasmtime: &'static str,
    /// The processor, in the kernel's words.
    pub processor: String,
    /// Whether this was built with debug assertions, as tests are.
    pub debug_assertions: bool,
    /// The comparisons.
    pub tables: Vec<Table>,
}

/// Comparisons of the same variants, one for each subject.
#[derive(Clone, Debug, Serialize)]
pub struct Table {
    /// What is compared.
    pub title: &'static str,
    /// What each subject came to.
    pub rows: Vec<(String, Vec<Measured>)>,
}

impl Report {
    /// A report of a bench, without tables.
    #[must_use]
    pub fn new(bench: &'static str) -> Self {
        Self {
            bench,
            wasmtime: modal_wasm_runtime::Engine::Wasmtime.version(),
            processor: processor(),
            debug_assertions: cfg!(debug_assertions),
            tables: Vec::new(),
        }
    }

    /// Writes the report as JSON among what cargo builds, and says where.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn write(&self, folder: &Path) -> anyhow::Result<PathBuf> {
        let path = folder.join(self.bench).with_extension("json");
        let json = serde_json::to_string_pretty(self)? + "\n";
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, json))
            .with_context(|| format!("failed to write {}", path.display()))?;
        Ok(path)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let build = if self.debug_assertions { "optimised, with debug assertions" } else { "optimised" };
        writeln!(f, "Wasmtime {} on {}, {build}", self.wasmtime, self.processor)?;
        self.tables.iter().try_for_each(|table| write!(f, "\n{table}"))
    }
}

impl fmt::Display for Table {
    /// A Markdown table: the first variant's median, and of each other one the median and the ratio to the first.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let variants = self.rows.first().map(|(_, measured)| measured.as_slice()).unwrap_or_default();
        write!(f, "| {} |", self.title)?;
        variants.iter().try_for_each(|measured| write!(f, " {} |", measured.variant))?;
        write!(f, "\n|---|")?;
        variants.iter().try_for_each(|_| f.write_str("---|"))?;
        for (subject, measured) in &self.rows {
            write!(f, "\n| {subject} |")?;
            for (at, measured) in measured.iter().enumerate() {
                write!(f, " {}", time(measured.median_ns))?;
                if at > 0 {
                    write!(f, ", {}x", ratio(measured.ratio_thousandths))?;
                }
                f.write_str(" |")?;
            }
        }
        writeln!(f)
    }
}

/// Microseconds with three digits that mean something.
fn time(nanoseconds: u64) -> String {
    match nanoseconds {
        0..100_000 => format!("{}.{} µs", nanoseconds / 1000, nanoseconds % 1000 / 100),
        100_000..10_000_000 => format!("{} µs", nanoseconds / 1000),
        _ => format!("{} ms", nanoseconds / 1_000_000),
    }
}

fn ratio(thousandths: u64) -> String {
    format!("{}.{:02}", thousandths / 1000, thousandths % 1000 / 10)
}

fn processor() -> String {
    let read = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = read.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    name.map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, name)| name.trim().to_owned())
}
