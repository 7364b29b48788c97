//! Faults of the meter in what it admits.

use crate::score::bug::{Bug, Class, Plant};
use modal_harness::observation::ModuleObservation;
use modal_wasm_meter::{Meter, Profile, Schedule, Treatment, Treatments};

const ADMISSION: Class = Class::Admission;

fn without(treatment: Treatment) -> Meter {
    Meter::with_treatments(Profile::modal_1(), Schedule::instr_1(), Treatments::all().without(treatment))
}

pub(super) fn bugs() -> Vec<Bug> {
    vec![
        Bug::new(ADMISSION, "any function can be imported", Plant::Meter(|| without(Treatment::ImportList))),
        Bug::new(ADMISSION, "the meter's names can be exported", Plant::Meter(|| without(Treatment::ReservedNames))),
        Bug::new(ADMISSION, "any feature can be used", Plant::Meter(|| without(Treatment::Features))),
        Bug::new(
            ADMISSION,
            "a place in a rejection's text is counted from one",
            Plant::Tells(|seen| {
                if let ModuleObservation::Rejected { message, .. } = &mut seen.module {
                    *message = message.chars().map(|c| if c == '0' { '1' } else { c }).collect();
                }
            }),
        ),
        Bug::new(
            ADMISSION,
            "what is refused is admitted and has no runs",
            Plant::Tells(|seen| {
                if let ModuleObservation::Rejected { .. } = &seen.module {
                    seen.module = ModuleObservation::Accepted { metered_sha256: None };
                }
            }),
        ),
    ]
}
