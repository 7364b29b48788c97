//! The page: the views of all sections, laid out by the templates.

use super::certification::Certification;
use super::chart::{GasChart, WIDTH};
use super::findings::{FindingKind, Findings};
use super::gas::GasDistribution;
use super::headline::Headline;
use super::inline::Span;
use super::matrix::{CellState, Matrix};
use super::number::Amount;
use super::operators::{Level, OperatorCoverage};
use super::pace::Overhead;
use super::policy::policy;
use super::release::{self, ClassView, InputView, PartView, RegisterView};
use super::shares::{self, OutcomeMix, ShareLine};
use super::visible::visible;
use crate::certificate::{Control, LaneRecord, Times};
use askama::Template;
use std::path::Path;

const STYLE: &str = include_str!("../../templates/report/style.css");
const SCRIPT: &str = include_str!("../../templates/report/script.js");

/// The templates could not be filled in.
#[derive(Debug, thiserror::Error)]
#[error("failed to lay out the report")]
pub struct ReportError(#[from] askama::Error);

/// The report of a certification: one HTML file.
///
/// `folder` is where the certification is, as the lines that replay findings name it.
///
/// # Errors
///
/// If the templates cannot be filled in.
pub fn report(certification: &Certification, folder: &Path) -> Result<String, ReportError> {
    let Certification { conformance, rows, times, .. } = certification;
    let gas = GasDistribution::of(rows);
    let page = Page {
        policy: policy(STYLE, Some(SCRIPT)),
        style: STYLE,
        script: SCRIPT,
        headline: Headline::of(certification),
        parts: release::parts(conformance, times.as_ref()),
        matrix: Matrix::of(conformance),
        legend: [CellState::Agreed, CellState::Diverged, CellState::Faulted, CellState::Short, CellState::Idle],
        outcomes: OutcomeMix::of(&conformance.outcomes, &conformance.runs),
        sources: shares::lines(&conformance.sources),
        chart: GasChart::of(&gas),
        chart_width: WIDTH,
        gas,
        operators: OperatorCoverage::of(&conformance.operators),
        overhead: times.as_ref().and_then(Overhead::of),
        findings: Findings::of(certification, folder),
        control: &conformance.control,
        budget: Amount(conformance.control.budget),
        sound_cases: Amount(conformance.control.sound_cases),
        classes: release::classes(&conformance.control.classes),
        register: release::register(&conformance.register),
        lanes: &conformance.lanes,
        inputs: release::inputs(conformance),
        times: times.as_ref(),
    };
    Ok(visible(&page.render()?))
}

#[derive(Template)]
#[template(path = "report/page.html")]
struct Page<'a> {
    policy: String,
    style: &'static str,
    script: &'static str,
    headline: Headline,
    parts: Vec<PartView>,
    matrix: Matrix,
    legend: [CellState; 5],
    outcomes: OutcomeMix,
    sources: Vec<ShareLine>,
    gas: GasDistribution,
    chart: GasChart,
    chart_width: u32,
    operators: Option<OperatorCoverage>,
    overhead: Option<Overhead>,
    findings: Findings,
    control: &'a Control,
    budget: Amount,
    sound_cases: Amount,
    classes: Vec<ClassView>,
    register: Vec<RegisterView>,
    lanes: &'a [LaneRecord],
    inputs: Vec<InputView>,
    times: Option<&'a Times>,
}
