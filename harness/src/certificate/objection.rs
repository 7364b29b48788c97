//! An objection says why something is no certificate. They are the same for who makes one and for who verifies one.

use super::{Conclusion, Conformance, Control, Inputs, Part, PartName};
use crate::Tally;
use crate::results::{Check, Count};

/// The checks that every lane has to have been put to. Fuel, validators and uploads depend on what was generated.
const CORE: [Check; 8] = [
    Check::Lanes,
    Check::Metered,
    Check::Reference,
    Check::GasLaw,
    Check::Limit,
    Check::Repeat,
    Check::FreshRepeat,
    Check::Mutation,
];

impl Conformance {
    /// Everything that speaks against certifying this; nothing if a certificate can be made of it.
    #[must_use]
    pub fn objections(&self) -> Vec<String> {
        let mut objections = self.reasons.clone();
        let mut demand = |met: bool, objection: String| {
            if !met {
                objections.push(objection);
            }
        };
        demand(
            self.conclusion == Conclusion::Agree || !self.reasons.is_empty(),
            "it does not conclude agreement".into(),
        );
        demand(self.lanes.len() > 1, "it compares fewer than two lanes".into());
        let names = self.lanes.iter().map(|lane| lane.name.as_str()).collect::<Vec<_>>();
        let twice = |name| names.iter().filter(|other| **other == name).count() > 1;
        demand(!names.iter().any(|name| twice(*name)), "it names a lane twice".into());
        let parts = self.parts.iter().map(|part| part.name).collect::<Vec<_>>();
        demand(
            parts == PartName::ALL,
            format!("it does not have the parts {}", PartName::ALL.map(|name| name.to_string()).join(", ")),
        );
        for part in &self.parts {
            demand(part.is_passed(), part.summary());
        }
        let seed = self.inputs.seed;
        demand(seed <= Inputs::MOST_SEED, format!("its seed {seed} is larger than {}", Inputs::MOST_SEED));
        let cases = self.inputs.cases;
        let campaign = self.parts.iter().find(|part| part.name == PartName::Campaign);
        demand(campaign.is_none_or(|part| part.expected == cases), format!("its campaign is not of {cases} cases"));
        let rows = self.results.rows;
        demand(rows == cases, format!("it has results of {rows} of {cases} cases"));
        for (what, tally) in [("sources", &self.sources), ("outcomes", &self.outcomes)] {
            let all = tally.0.values().fold(0_u64, |all, &count| all.saturating_add(count));
            demand(all == cases, format!("its {what} add up to {all} of {cases} cases"));
        }
        demand(!self.operators.0.is_empty(), "no operator was counted".into());
        for (lane, check, Count { expected, agreed, diverged, faulted, .. }) in self.checks.iter() {
            demand(names.contains(&lane), format!("it counts checks of {lane}, which is no lane of it"));
            demand(
                agreed == expected && diverged == 0 && faulted == 0,
                format!(
                    "{lane}: {agreed} of {expected} checks of {check} agreed, {diverged} diverged, {faulted} faulted"
                ),
            );
        }
        for lane in &names {
            for check in CORE {
                demand(self.checks.of(lane, check).expected > 0, format!("{lane} was put to no check of {check}"));
            }
        }
        self.control.object(&mut demand);
        demand(!self.register.is_empty(), "it has no register".into());
        objections
    }
}

impl Control {
    fn object(&self, demand: &mut impl FnMut(bool, String)) {
        demand(!self.classes.is_empty(), "no bug was planted".into());
        for class in &self.classes {
            demand(
                0 < class.noticed && class.noticed <= class.planted,
                format!("{} of {} planted bugs of the class {} were noticed", class.noticed, class.planted, class.name),
            );
        }
        demand(self.sound_cases > 0, "sound lanes were given no cases beside planted bugs".into());
        let alarms = self.false_alarms.len();
        demand(alarms == 0, format!("sound lanes were blamed {alarms} times"));
    }
}

impl Part {
    /// A part that was left out because others had already found differences.
    #[must_use]
    pub fn not_run(name: PartName) -> Self {
        let failures = vec!["not carried out, since observers differ".to_owned()];
        Self { name, expected: 0, executed: 0, passed: 0, excluded: Tally::default(), failures }
    }

    /// Whether all of it was carried out and passed, and it was something.
    #[must_use]
    pub fn is_passed(&self) -> bool {
        let Self { name: _, expected, executed, passed, excluded: _, failures } = self;
        *expected > 0 && executed == expected && passed == expected && failures.is_empty()
    }

    /// What became of it, in a line.
    #[must_use]
    pub fn summary(&self) -> String {
        let Self { name, expected, executed, passed, excluded: _, failures } = self;
        let more = match failures.len() {
            0 => String::new(),
            one_or_more => format!("; {} ({one_or_more} in all)", failures[0]),
        };
        format!("{name}: {passed} passed and {executed} were carried out of {expected}{more}")
    }
}
