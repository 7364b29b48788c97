//! The report of a score: a row for each class, and each bug that was not noticed.

use crate::score::bug::Class;
use crate::score::campaign::{Result, Score};
use crate::score::hunt::{Kill, Killer};
use serde_json::{Value, json};
use std::process::ExitCode;
use std::time::Duration;

/// What a score comes to.
pub(crate) struct Report<'a> {
    pub(crate) seed: u64,
    pub(crate) cases: u64,
    /// Whether every bug was hunted: then classes are what counts, otherwise each bug is shown.
    pub(crate) whole: bool,
    pub(crate) took: Duration,
    pub(crate) score: &'a Score,
}

/// The bugs of a class.
struct Row<'a> {
    class: Class,
    bugs: Vec<&'a Result>,
}

impl Row<'_> {
    fn killed(&self, by: Killer) -> usize {
        self.bugs.iter().filter(|bug| killed_by(bug) == Some(by)).count()
    }

    /// The median over the bugs that generated cases noticed.
    fn median(&self, of: impl Fn(&Result) -> f64) -> Option<f64> {
        let generated = self.bugs.iter().filter(|bug| killed_by(bug) == Some(Killer::Generated));
        let mut values = generated.map(|bug| of(bug)).collect::<Vec<_>>();
        values.sort_by(f64::total_cmp);
        let (low, high) = (values.get(values.len().checked_sub(1)? / 2)?, values.get(values.len() / 2)?);
        Some((low + high) / 2.0)
    }
}

fn killed_by(bug: &Result) -> Option<Killer> {
    bug.kill.as_ref().map(|kill| kill.by)
}

impl Report<'_> {
    /// Wrong usage: clap's own code for that.
    pub(crate) const USAGE: u8 = 2;
    /// A sound lane was blamed.
    const FALSE_ALARM: u8 = 100;
    /// A class of bugs, or a bug that was asked for, was not noticed.
    const NOT_NOTICED: u8 = 106;

    pub(crate) fn exit(&self) -> ExitCode {
        let dead = |row: &Row<'_>| row.bugs.iter().any(|bug| bug.kill.is_some());
        if !self.score.false_alarms.is_empty() {
            Self::FALSE_ALARM.into()
        } else if self.rows().iter().all(|row| dead(row) && (self.whole || self.survivors_of(row) == 0)) {
            ExitCode::SUCCESS
        } else {
            Self::NOT_NOTICED.into()
        }
    }

    pub(crate) fn print(&self) {
        if !self.whole {
            self.score.results.iter().for_each(|bug| self.print_bug(bug));
        }
        anstream::println!(
            "{:<14} {:>5} {:>7} {:>7} {:>13} {:>15}",
            "class",
            "bugs",
            "killed",
            "corpus",
            "median cases",
            "median seconds"
        );
        let rows = self.rows();
        rows.iter().for_each(print_row);
        let all = Row { class: Class::Charges, bugs: self.score.results.iter().collect() };
        print_numbers("all", &all);
        let survivors = self.score.results.iter().filter(|bug| bug.kill.is_none()).collect::<Vec<_>>();
        if self.whole && !survivors.is_empty() {
            anstream::println!("not noticed");
            survivors.iter().for_each(|bug| self.print_bug(bug));
        }
        let alarms = &self.score.false_alarms;
        alarms.iter().for_each(|alarm| anstream::println!("FALSE ALARM: {alarm}"));
        anstream::println!(
            "{} of {} bugs noticed, {} false alarms in {} cases on sound lanes (seed {}, budget {}, {:.0} s)",
            all.bugs.len() - survivors.len(),
            all.bugs.len(),
            alarms.len(),
            self.score.sound_cases,
            self.seed,
            self.cases,
            self.took.as_secs_f64(),
        );
    }

    pub(crate) fn json(&self) -> Value {
        let bug = |Result { class, name, kill, cases, met, ran, seconds }: &Result| {
            let by = kill.as_ref().map(|Kill { by, .. }| match by {
                Killer::Generated => "generated",
                Killer::Corpus => "corpus",
            });
            let notice = kill.as_ref().map(|kill| &kill.notice);
            json!({
                "class": class.name(), "name": name, "killed_by": by, "cases": cases, "cases_met": met, "unnoticed_at_first_in": ran,
                "seconds": seconds, "notice": notice,
            })
        };
        let class = |row: &Row<'_>| {
            json!({
                "class": row.class.name(),
                "bugs": row.bugs.len(),
                "killed": row.killed(Killer::Generated),
                "killed_by_corpus": row.killed(Killer::Corpus),
                "median_cases": row.median(|bug| bug.cases as f64),
                "median_seconds": row.median(|bug| bug.seconds),
            })
        };
        json!({
            "seed": self.seed,
            "budget": self.cases,
            "seconds": self.took.as_secs_f64(),
            "sound_cases": self.score.sound_cases,
            "false_alarms": self.score.false_alarms,
            "classes": self.rows().iter().map(class).collect::<Vec<_>>(),
            "bugs": self.score.results.iter().map(bug).collect::<Vec<_>>(),
        })
    }

    fn rows(&self) -> Vec<Row<'_>> {
        let row = |&class| Row { class, bugs: self.score.results.iter().filter(|bug| bug.class == class).collect() };
        Class::ALL.iter().map(row).filter(|row| !row.bugs.is_empty()).collect()
    }

    fn survivors_of(&self, row: &Row<'_>) -> usize {
        row.bugs.iter().filter(|bug| bug.kill.is_none()).count()
    }

    fn print_bug(&self, Result { class, name, kill, cases, met, ran, seconds }: &Result) {
        match kill {
            Some(Kill { by: Killer::Generated, notice }) => {
                anstream::println!("{class}: {name}: case {cases}, {seconds:.1} s: {}", shortened(notice));
            }
            Some(Kill { by: Killer::Corpus, notice }) => {
                anstream::println!("{class}: {name}: the corpus ({cases} cases, met in {met}): {}", shortened(notice));
            }
            None => {
                let ran = ran.map_or_else(|| "never run".to_owned(), |case| format!("first run in case {case}"));
                anstream::println!("  {class}: {name}: not in {cases} cases, met in {met}, {ran}");
            }
        }
    }
}

fn print_row(row: &Row<'_>) {
    print_numbers(row.class.name(), row);
}

fn print_numbers(name: &str, row: &Row<'_>) {
    let shown =
        |median: Option<f64>, digits: usize| median.map_or_else(|| "-".to_owned(), |it| format!("{it:.digits$}"));
    anstream::println!(
        "{name:<14} {:>5} {:>7} {:>7} {:>13} {:>15}",
        row.bugs.len(),
        row.killed(Killer::Generated) + row.killed(Killer::Corpus),
        row.killed(Killer::Corpus),
        shown(row.median(|bug| bug.cases as f64), 0),
        shown(row.median(|bug| bug.seconds), 1),
    );
}

fn shortened(text: &str) -> String {
    text.chars().take(160).collect()
}
