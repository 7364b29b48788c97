//! A chart of gas is one small histogram for each class of outcome, above one axis that all of them share.
//!
//! Each has its own height, which is written beside it: shapes are compared, and a class that is rare is seen as well.

use super::gas::{GasDistribution, GasLine};
use super::number::Amount;
use super::outcome::OutcomeClass;

/// The width of a chart, and of the place for names at its left.
pub(super) const WIDTH: u32 = 720;
const LEFT: u32 = 150;
const RIGHT: u32 = 24;

/// The height of a histogram, and of one with its space above.
const HEIGHT: u32 = 44;
const PITCH: u32 = 66;
const TOP: u32 = 8;

/// The height of the axis.
const AXIS: u32 = 40;

/// Histograms above each other, in units of the picture.
pub(super) struct GasChart {
    pub(super) height: u32,
    pub(super) baseline: u32,
    pub(super) left: u32,
    pub(super) right: u32,
    pub(super) middle: u32,
    pub(super) strips: Vec<Strip>,
    pub(super) marks: Vec<Mark>,
    /// What the chart shows, in a sentence.
    pub(super) description: String,
}

/// The histogram of a class.
pub(super) struct Strip {
    pub(super) class: OutcomeClass,
    pub(super) cases: Amount,
    pub(super) highest: Amount,
    pub(super) baseline: u32,
    pub(super) columns: Vec<ColumnBar>,
}

/// A column of a histogram.
pub(super) struct ColumnBar {
    pub(super) x: String,
    pub(super) y: String,
    pub(super) width: String,
    pub(super) height: String,
    /// What it stands for, in words.
    pub(super) title: String,
}

/// A mark on the axis.
pub(super) struct Mark {
    pub(super) x: String,
    pub(super) text: String,
}

impl GasChart {
    pub(super) fn of(gas: &GasDistribution) -> Self {
        let width = f64::from(WIDTH - LEFT - RIGHT) / gas.bins.len().max(1) as f64;
        let place = |index: usize| f64::from(LEFT) + width * index as f64;
        let strips = gas.lines.iter().zip(0..).map(|(line, row)| strip(gas, line, TOP + PITCH * row + PITCH, &place));
        let strips = strips.collect::<Vec<_>>();
        let baseline = strips.last().map_or(TOP, |strip| strip.baseline);
        let marks = gas.bins.iter().enumerate().filter(|(_, bin)| bin.mark);
        let classes = gas.lines.iter().map(|line| format!("{} ({} cases)", line.class, line.cases));
        Self {
            height: baseline + AXIS,
            baseline,
            left: LEFT,
            right: WIDTH - RIGHT,
            middle: (LEFT + WIDTH - RIGHT) / 2,
            strips,
            marks: marks.map(|(at, bin)| Mark { x: format!("{:.1}", place(at)), text: bin.least.clone() }).collect(),
            description: format!(
                "Histograms of gas used, on a logarithmic scale: {}.",
                classes.collect::<Vec<_>>().join(", ")
            ),
        }
    }
}

fn strip(gas: &GasDistribution, line: &GasLine, baseline: u32, place: &impl Fn(usize) -> f64) -> Strip {
    let highest = line.counts.iter().copied().max().unwrap_or(Amount(0));
    let counts = line.counts.iter().zip(&gas.bins).enumerate().filter(|(_, (count, _))| count.0 > 0);
    let columns = counts.map(|(index, (count, bin))| {
        // One case among many can still be seen.
        let height = (f64::from(HEIGHT) * count.0 as f64 / highest.0.max(1) as f64).max(1.5);
        ColumnBar {
            x: format!("{:.1}", place(index) + 0.75),
            y: format!("{:.1}", f64::from(baseline) - height),
            width: format!("{:.1}", place(index + 1) - place(index) - 1.5),
            height: format!("{height:.1}"),
            title: format!("{} gas: {count} of {} cases, {}", bin.name, line.cases, line.class),
        }
    });
    Strip { class: line.class, cases: line.cases, highest, baseline, columns: columns.collect() }
}
