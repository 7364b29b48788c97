//! A comparison measures several ways of doing one thing, in turns.

use crate::plan::Plan;
use criterion::Criterion;
use serde::Serialize;
use std::time::Duration;

/// One way of doing a thing.
pub struct Variant<'a> {
    name: &'static str,
    run: Box<dyn FnMut() + 'a>,
}

/// Several ways, the first of which is what the others are compared to.
#[derive(Default)]
pub struct Comparison<'a> {
    variants: Vec<Variant<'a>>,
}

/// What one variant took.
#[derive(Clone, Debug, Serialize)]
pub struct Measured {
    /// The variant.
    pub variant: &'static str,
    /// The median of its samples, in nanoseconds for one run.
    pub median_ns: u64,
    /// A quarter of the samples is below.
    pub lower_quartile_ns: u64,
    /// A quarter of the samples is above.
    pub upper_quartile_ns: u64,
    /// Its median by the first variant's, in thousandths.
    pub ratio_thousandths: u64,
}

impl<'a> Comparison<'a> {
    /// The same comparison with one more way.
    #[must_use]
    pub fn with(mut self, name: &'static str, run: impl FnMut() + 'a) -> Self {
        self.variants.push(Variant { name, run: Box::new(run) });
        self
    }

    /// Has criterion measure each of them by itself, under this group's name.
    pub fn criterion(&mut self, criterion: &mut Criterion, group: &str) {
        let mut group = criterion.benchmark_group(group);
        for variant in &mut self.variants {
            group.bench_function(variant.name, |bencher| bencher.iter(&mut variant.run));
        }
        group.finish();
    }

    /// Measures all of them, sample by sample in turns, each round beginning with another one.
    pub fn measure(&mut self, plan: Plan) -> Vec<Measured> {
        let count = self.variants.len();
        let runs = self.variants.iter_mut().map(|variant| variant.runs_per(plan.sample)).collect::<Vec<_>>();
        let mut samples = vec![Vec::with_capacity(plan.samples); count];
        for round in 0..plan.samples {
            for turn in 0..count {
                let at = (round + turn) % count;
                samples[at].push(self.variants[at].time(runs[at]) / runs[at]);
            }
        }
        let mut base = None;
        let measured = self.variants.iter().zip(&mut samples).map(|(variant, samples)| {
            samples.sort_unstable();
            let at = |part: usize| samples[(samples.len() - 1) * part / 4];
            let base = *base.get_or_insert(at(2).max(1));
            Measured {
                variant: variant.name,
                median_ns: at(2),
                lower_quartile_ns: at(1),
                upper_quartile_ns: at(3),
                ratio_thousandths: at(2) * 1000 / base,
            }
        });
        measured.collect()
    }
}

impl Variant<'_> {
    /// How many runs take about as long as a sample.
    fn runs_per(&mut self, sample: Duration) -> u64 {
        let sample = u64::try_from(sample.as_nanos()).unwrap_or(u64::MAX);
        let mut runs = 1;
        loop {
            let took = self.time(runs);
            if took >= sample {
                return (runs * sample / took.max(1)).max(1);
            }
            runs *= 2;
        }
    }

    /// Nanoseconds for some runs.
    #[expect(clippy::disallowed_methods, reason = "measuring time is what a bench is for; no result depends on it")]
    fn time(&mut self, runs: u64) -> u64 {
        let began = std::time::Instant::now();
        for _ in 0..runs {
            (self.run)();
        }
        u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }
}
