//! Progress of a score: a bar on a terminal, a line now and then where there is none.

use crate::score::campaign::Watch;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

/// Cases between two lines where there is no terminal.
const EVERY: u64 = 256;

pub(crate) struct Progress {
    bar: ProgressBar,
    plain: bool,
    cases: u64,
    bugs: usize,
    started: Instant,
}

impl Progress {
    #[expect(clippy::disallowed_methods, reason = "how long a score takes is shown to a person and judged by nobody")]
    pub(crate) fn new(cases: u64, bugs: usize) -> Self {
        let plain = !std::io::stderr().is_terminal();
        let bar = ProgressBar::with_draw_target(Some(cases), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} cases  {msg}") {
            bar.set_style(style);
        }
        bar.set_message(format!("{bugs} of {bugs} bugs left"));
        Self { bar, plain, cases, bugs, started: Instant::now() }
    }

    pub(crate) fn finish(&self) -> Duration {
        self.bar.finish_and_clear();
        self.started.elapsed()
    }
}

impl Watch for Progress {
    fn done(&self, cases: u64, alive: usize) {
        let left = format!("{alive} of {} bugs left", self.bugs);
        let before = self.bar.position();
        if self.plain && (before == 0 || alive == 0 || before / EVERY != cases / EVERY || cases == self.cases) {
            eprintln!("{cases}/{} cases  {left}", self.cases);
        }
        self.bar.set_position(cases);
        self.bar.set_message(left);
    }
}
