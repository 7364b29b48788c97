//! Progress of a run: a bar on a terminal, a line now and then where there is none.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use modal_harness::ReductionProgress;
use std::io::IsTerminal as _;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Lines of progress in a run without a terminal.
const LINES: u64 = 10;

/// Shows how far a run is and how fast it goes. It is the one place that looks at a clock, and nothing of it gets into
/// a result.
pub(super) struct Progress {
    bar: ProgressBar,
    plain: bool,
    /// What there are so many of.
    what: &'static str,
    all: u64,
    done: AtomicU64,
    started: Instant,
}

impl Progress {
    pub(super) fn new(cases: u64) -> Self {
        Self::of(cases, "cases")
    }

    #[expect(clippy::disallowed_methods, reason = "so many in a second are shown to a person and judged by nobody")]
    pub(super) fn of(all: u64, what: &'static str) -> Self {
        let plain = !std::io::stderr().is_terminal();
        let bar = ProgressBar::with_draw_target(Some(all), ProgressDrawTarget::stderr());
        if let Ok(style) =
            ProgressStyle::with_template(&format!("{{bar:40}} {{pos}}/{{len}} {what}  {{per_sec}}  {{eta}} left"))
        {
            bar.set_style(style);
        }
        Self { bar, plain, what, all, done: AtomicU64::new(0), started: Instant::now() }
    }

    pub(super) fn advance(&self, by: u64) {
        self.bar.inc(by);
        let before = self.done.fetch_add(by, Ordering::Relaxed);
        let tenth = |done: u64| done * LINES / self.all.max(1);
        if self.plain && tenth(before) != tenth(before + by) {
            let Self { what, all, .. } = self;
            eprintln!("{}/{all} {what}  {:.0} {what}/s", before + by, self.per_second());
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

/// Shows how far a reduction is.
pub(super) struct Shrinking {
    bar: ProgressBar,
    plain: bool,
    name: String,
}

/// Tries between two lines of progress in a reduction without a terminal.
const TRIES: u32 = 500;

impl Shrinking {
    pub(super) fn new(folder: &Path, attempts: u32) -> Self {
        let plain = !std::io::stderr().is_terminal();
        let bar = ProgressBar::with_draw_target(Some(attempts.into()), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{pos} tries of at most {len}  {per_sec}  {msg}") {
            bar.set_style(style);
        }
        let name = folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy().into_owned();
        Self { bar, plain, name }
    }

    pub(super) fn advance(&mut self, now: &ReductionProgress) {
        let size = format!("{} operators, {} bytes", now.size.operators, now.size.bytes);
        self.bar.set_position(now.attempts.into());
        if self.plain && now.attempts.is_multiple_of(TRIES) {
            eprintln!("{}: {} tries, {size}", self.name, now.attempts);
        }
        self.bar.set_message(size);
    }

    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
