//! Trends are what runs measured, one after the other: a file with a line of JSON for each run, and a page of line charts.
//!
//! The charts are drawn here, as pictures in the page, and not by a library in the browser: they need no script, print as they
//! look, follow the reader's colours, and some hundred nights are few points.

mod measure;
mod plot;
mod point;

pub use measure::Measure;
pub use point::{TrendPoint, TrendsError};

use super::page::ReportError;
use super::policy::policy;
use super::visible::visible;
use askama::Template;
use plot::Plot;
use std::path::Path;

const STYLE: &str = include_str!("../../templates/trends/style.css");

/// What runs measured, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trends {
    /// The runs.
    pub points: Vec<TrendPoint>,
}

impl Trends {
    /// Reads a file with a line for each run. Empty lines are left out.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or a line is no run.
    pub fn read(path: &Path) -> Result<Self, TrendsError> {
        let text =
            std::fs::read_to_string(path).map_err(|source| TrendsError::Read { path: path.to_owned(), source })?;
        let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
        let point = |(line, number)| {
            serde_json::from_str(line).map_err(|source| TrendsError::Line { path: path.to_owned(), number, source })
        };
        Ok(Self { points: lines.map(point).collect::<Result<_, _>>()? })
    }

    /// The page of line charts, one for each measure that a run has.
    ///
    /// # Errors
    ///
    /// If the template cannot be filled in.
    pub fn page(&self) -> Result<String, ReportError> {
        let plots = Plot::all(&self.points);
        let page = Page { policy: policy(STYLE, None), style: STYLE, points: &self.points, plots };
        Ok(visible(&page.render()?))
    }
}

#[derive(Template)]
#[template(path = "trends/page.html")]
struct Page<'a> {
    policy: String,
    style: &'static str,
    points: &'a [TrendPoint],
    plots: Vec<Plot>,
}
