//! Progress of a run: a bar on a terminal, a line now and then where there is none.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Lines of progress in a run without a terminal.
const LINES: u64 = 10;

/// Shows how far a run is and how fast it goes. It is the one place that looks at a clock, and nothing of it gets into
/// a result.
pub(super) struct Progress {
    bar: ProgressBar,
    plain: bool,
    cases: u64,
    done: AtomicU64,
    started: Instant,
}

impl Progress {
    #[expect(clippy::disallowed_methods, reason = "cases per second are shown to a person and judged by nobody")]
    pub(super) fn new(cases: u64) -> Self {
        let plain = !std::io::stderr().is_terminal();
        let bar = ProgressBar::with_draw_target(Some(cases), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} cases  {per_sec}  {eta} left") {
            bar.set_style(style);
        }
        Self { bar, plain, cases, done: AtomicU64::new(0), started: Instant::now() }
    }

    pub(super) fn advance(&self, by: u64) {
        self.bar.inc(by);
        let before = self.done.fetch_add(by, Ordering::Relaxed);
        let tenth = |done: u64| done * LINES / self.cases.max(1);
        if self.plain && tenth(before) != tenth(before + by) {
            eprintln!("{}/{} cases  {:.0} cases/s", before + by, self.cases, self.per_second());
        }
    }

    pub(super) fn finish(&self) -> Duration {
        self.bar.finish_and_clear();
        self.started.elapsed()
    }

    fn per_second(&self) -> f64 {
        self.done.load(Ordering::Relaxed) as f64 / self.started.elapsed().as_secs_f64().max(0.001)
    }
}
