//! The control: bugs are planted, and have to be noticed.

use super::super::built;
use super::Amounts;
use anyhow::{Context as _, ensure};
use modal_harness::certificate::{Control, ControlClass, Part, PartName};
use serde::Deserialize;
use std::process::{Command, Stdio};

pub(super) struct Controlled {
    pub(super) part: Part,
    pub(super) control: Control,
}

impl Controlled {
    /// What stands for a control that nobody carried out.
    pub(super) fn not_run() -> Self {
        let control =
            Control { budget: 0, classes: Vec::new(), survivors: Vec::new(), sound_cases: 0, false_alarms: Vec::new() };
        Self { part: Part::not_run(PartName::Control), control }
    }
}

/// What the test program that plants bugs says, as far as it does not depend on the machine.
#[derive(Deserialize)]
struct Score {
    budget: u64,
    sound_cases: u64,
    false_alarms: Vec<String>,
    classes: Vec<Class>,
    bugs: Vec<Bug>,
}

#[derive(Deserialize)]
struct Class {
    class: String,
    bugs: u64,
    killed: u64,
    killed_by_corpus: u64,
}

#[derive(Deserialize)]
struct Bug {
    class: String,
    name: String,
    killed_by: Option<String>,
}

pub(super) fn run(seed: u64, amounts: &Amounts) -> anyhow::Result<Controlled> {
    built::guest()?;
    let program = built::test_program("score")?;
    let mut command = Command::new(&program);
    command.args([format!("--seed={seed}"), format!("--cases={}", amounts.budget), "--message-format=json".to_owned()]);
    command.args(amounts.per_class.map(|bugs| format!("--per-class={bugs}")));
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.with_context(|| format!("failed to start {}", program.display()))?;
    ensure!(!output.stdout.is_empty(), "the test program that plants bugs ended with {}", output.status);
    let score = serde_json::from_slice::<Score>(&output.stdout).context("failed to read the score of planted bugs")?;
    let classes = score.classes.into_iter().map(|class| ControlClass {
        name: class.class,
        planted: class.bugs,
        noticed: class.killed + class.killed_by_corpus,
    });
    let classes = classes.collect::<Vec<_>>();
    let survivors = score.bugs.into_iter().filter(|bug| bug.killed_by.is_none());
    let (noticed, missed) = classes.iter().partition::<Vec<_>, _>(|class| class.noticed > 0);
    let missed = missed.iter().map(|class| format!("no bug of the class {} was noticed", class.name));
    let part = Part {
        name: PartName::Control,
        expected: classes.len() as u64,
        executed: classes.len() as u64,
        passed: noticed.len() as u64,
        excluded: Default::default(),
        failures: missed.chain(score.false_alarms.iter().map(|alarm| format!("false alarm: {alarm}"))).collect(),
    };
    let control = Control {
        budget: score.budget,
        survivors: survivors.map(|bug| format!("{}: {}", bug.class, bug.name)).collect(),
        classes,
        sound_cases: score.sound_cases,
        false_alarms: score.false_alarms,
    };
    Ok(Controlled { part, control })
}
