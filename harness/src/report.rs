//! A report shows a certification to people: one HTML file that needs nothing else, neither a network nor a script.
//!
//! It is made of what a [`Certification`] left in its folder and of nothing else, so the same folder gives the same bytes. What
//! stands in a section is a view, made here of counts and rows; templates only lay it out. Texts of modules and of engines are
//! nobody's friends: they are escaped wherever they stand, made [`visible`], and the page's policy lets no script run and
//! nothing load but what the page itself came with.

mod bar;
mod certification;
mod chart;
mod findings;
mod gas;
mod headline;
mod inline;
mod matrix;
mod number;
mod operators;
mod outcome;
mod pace;
mod page;
mod policy;
mod release;
mod replay;
mod shares;
mod trends;
mod visible;

pub use certification::{CONFORMANCE, Certification, CertificationError, FINDINGS, Found, REDUCED, RESULTS, TIMES};
pub use page::{ReportError, report};
pub use trends::{Measure, TrendPoint, Trends, TrendsError};
