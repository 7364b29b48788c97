//! Faults of the judge: what it does not look at. For such a judge a lane shows there what the reference does.

use crate::score::bug::{Bug, Class, Plant};
use modal_harness::Run;
use modal_harness::observation::{HostCall, MemoryState, ModuleCall, Observation, Outcome, Step};
use modal_harness::oracle::Evidence;

pub(super) fn bugs() -> Vec<Bug> {
    let bug = |name, plant| Bug::new(Class::Judge, name, Plant::Judge(plant));
    vec![
        bug("does not look at how a step ended", |_, it| steps(it, |own, told| own.outcome.clone_from(&told.outcome))),
        bug("does not look at results", |_, it| {
            steps(it, |own, told| {
                if let (Outcome::Completed(own), Outcome::Completed(told)) = (&mut own.outcome, &told.outcome) {
                    own.clone_from(told);
                }
            })
        }),
        bug("does not look at outputs", |_, it| {
            steps(it, |own, told| {
                if let (Outcome::Output(own), Outcome::Output(told)) = (&mut own.outcome, &told.outcome) {
                    own.clone_from(told);
                }
            })
        }),
        bug("takes every trap for the same", |_, it| {
            steps(it, |own, told| {
                if let (Outcome::Trapped(own), Outcome::Trapped(told)) = (&mut own.outcome, &told.outcome) {
                    *own = *told;
                }
            })
        }),
        bug("takes every breach of the ABI for the same", |_, it| {
            steps(it, |own, told| {
                if let (Outcome::Violated(own), Outcome::Violated(told)) = (&mut own.outcome, &told.outcome) {
                    own.clone_from(told);
                }
            })
        }),
        bug("compares the high half of a result", |_, it| {
            steps(it, |own, told| {
                if let (Outcome::Completed(own), Outcome::Completed(told)) = (&mut own.outcome, &told.outcome) {
                    for (own, told) in own.iter_mut().zip(told) {
                        let high = |text: &str| text.get(..text.len() / 2).map(str::to_owned);
                        if own.len() == told.len() && high(own) == high(told) {
                            own.clone_from(told);
                        }
                    }
                }
            })
        }),
        bug("does not look at gas", |_, it| {
            steps(it, |own, told| {
                (own.gas_used, own.gas_left) = (told.gas_used, told.gas_left);
            })
        }),
        bug("does not look at the high-water", |_, it| {
            steps(it, |own, told| own.stack_high_water = told.stack_high_water)
        }),
        bug("does not look at calls of the host", |_, it| {
            steps(it, |own, told| own.host_calls.clone_from(&told.host_calls))
        }),
        bug("does not look at what the host was given", |_, it| calls(it, |own, told| own.args.clone_from(&told.args))),
        bug("does not look at what called modules came to", |_, it| {
            calls(it, |own, told| own.called.clone_from(&told.called))
        }),
        bug("does not look at what called modules returned", |_, it| {
            called(it, |own, told| own.returned = told.returned)
        }),
        bug("does not look at the gas of called modules", |_, it| called(it, |own, told| own.gas_used = told.gas_used)),
        bug("does not look at the budget of called modules", |_, it| {
            called(it, |own, told| own.gas_limit = told.gas_limit)
        }),
        bug("does not look at the results of called modules", |_, it| {
            called(it, |own, told| own.result_sha256.clone_from(&told.result_sha256))
        }),
        bug("does not look at the stack of called modules", |_, it| {
            called(it, |own, told| own.stack_high_water = told.stack_high_water)
        }),
        bug("does not look at what called modules called", |_, it| {
            called(it, |own, told| own.host_calls.clone_from(&told.host_calls))
        }),
        bug("does not look at what a memory holds", |_, it| {
            steps(it, |own, told| {
                if let Some((own, told)) = memories(own, told) {
                    own.sha256.clone_from(&told.sha256);
                }
            })
        }),
        bug("does not look at how large a memory is", |_, it| {
            steps(it, |own, told| {
                if let Some((own, told)) = memories(own, told) {
                    own.pages = told.pages;
                }
            })
        }),
        bug("does not look at globals", |_, it| {
            steps(it, |own, told| {
                if let (Some(own), Some(told)) = (&mut own.state, &told.state) {
                    own.globals.clone_from(&told.globals);
                }
            })
        }),
        bug("does not look at tables", |_, it| {
            steps(it, |own, told| {
                if let (Some(own), Some(told)) = (&mut own.state, &told.state) {
                    own.tables.clone_from(&told.tables);
                }
            })
        }),
        bug("does not look at how large tables are", |_, it| {
            steps(it, |own, told| {
                if let (Some(own), Some(told)) = (&mut own.state, &told.state) {
                    own.tables.iter_mut().zip(&told.tables).for_each(|(own, told)| own.size = told.size);
                }
            })
        }),
        bug("does not look at the last step", |_, it| {
            runs(it, |own, told| {
                for (own, told) in own.runs.iter_mut().zip(&told.runs) {
                    if let (Some(own), Some(told)) = (own.steps.last_mut(), told.steps.last()) {
                        own.clone_from(told);
                    }
                }
            })
        }),
        bug("does not look at how many steps there are", |_, it| {
            runs(it, |own, told| {
                for (own, told) in own.runs.iter_mut().zip(&told.runs) {
                    let missing = told.steps.get(own.steps.len()..).unwrap_or_default();
                    own.steps.extend_from_slice(missing);
                }
            })
        }),
        bug("looks at the first run only", |_, it| {
            runs(it, |own, told| {
                let others = told.runs.get(1..).unwrap_or_default();
                own.runs.truncate(1);
                own.runs.extend_from_slice(others);
            })
        }),
        bug("does not look at the metered bytes", |_, it| {
            if let Some((first, others)) = it.lanes.split_first_mut()
                && let Ok(first) = &first.observation
            {
                let others = others.iter_mut().filter_map(|other| other.observation.as_mut().ok());
                others.for_each(|other| other.module.clone_from(&first.module));
            }
        }),
        bug("looks at the first two lanes only", |_, it| it.lanes.truncate(2)),
        bug("lets a lane be silent", |_, it| it.lanes.retain(|witness| witness.observation.is_ok())),
        bug("does not ask the bindings of the validators", |_, it| {
            let lanes = it.lanes.iter_mut().filter_map(|witness| witness.observation.as_mut().ok());
            lanes.for_each(|seen| seen.answers.clear());
        }),
        bug("does not ask the reference", |_, it| {
            if let Some(Ok(first)) = it.lanes.first().map(|witness| &witness.observation) {
                it.reference.observation = Ok(first.clone());
            }
        }),
        bug("does not ask the fuel", |_, it| it.fuel = None),
        bug("does not ask the native validators", |case, it| {
            case.validations.clear();
            it.native = Ok(Vec::new());
            it.lanes
                .iter_mut()
                .filter_map(|witness| witness.observation.as_mut().ok())
                .for_each(|seen| seen.answers.clear());
        }),
        bug("does not ask what parents of mutants come to", |_, it| it.parent = None),
        bug("does not ask nodes", |_, it| it.nodes = None),
        bug("does not know that runs are repeats, or under other limits", |case, _| case.relations.clear()),
        bug("does not add gas up", |case, it| {
            let observers = it.lanes.iter_mut().chain([&mut it.reference]);
            for seen in observers.filter_map(|witness| witness.observation.as_mut().ok()) {
                for (run, seen) in case.runs.iter().zip(&mut seen.runs) {
                    for (step, limit) in seen.steps.iter_mut().zip(limits(run)) {
                        step.gas_left = limit.saturating_sub(step.gas_used);
                    }
                }
            }
        }),
    ]
}

fn limits(run: &Run) -> Vec<u64> {
    match run {
        Run::Exports { start_gas, calls } => {
            std::iter::once(*start_gas).chain(calls.iter().map(|call| call.gas)).collect()
        }
        Run::Abi { gas, .. } => vec![*gas],
    }
}

/// Lets every lane's observation take something from the reference's.
fn runs(evidence: &mut Evidence, take: impl Fn(&mut Observation, &Observation)) {
    let Ok(told) = &evidence.reference.observation else { return };
    evidence.lanes.iter_mut().filter_map(|witness| witness.observation.as_mut().ok()).for_each(|own| take(own, told));
}

fn steps(evidence: &mut Evidence, take: fn(&mut Step, &Step)) {
    runs(evidence, |own, told| {
        let pairs = own.runs.iter_mut().zip(&told.runs).flat_map(|(own, told)| own.steps.iter_mut().zip(&told.steps));
        pairs.for_each(|(own, told)| take(own, told));
    });
}

fn calls(evidence: &mut Evidence, take: impl Fn(&mut HostCall, &HostCall)) {
    runs(evidence, |own, told| {
        let pairs = own.runs.iter_mut().zip(&told.runs).flat_map(|(own, told)| own.steps.iter_mut().zip(&told.steps));
        pairs.for_each(|(own, told)| inner(&mut own.host_calls, &told.host_calls, &take));
    });
}

fn inner(own: &mut [HostCall], told: &[HostCall], take: &impl Fn(&mut HostCall, &HostCall)) {
    for (own, told) in own.iter_mut().zip(told) {
        take(own, told);
        if let (Some(own), Some(told)) = (&mut own.called, &told.called) {
            inner(&mut own.host_calls, &told.host_calls, take);
        }
    }
}

fn called(evidence: &mut Evidence, take: fn(&mut ModuleCall, &ModuleCall)) {
    calls(evidence, |own, told| {
        if let (Some(own), Some(told)) = (&mut own.called, &told.called) {
            take(own, told);
        }
    });
}

fn memories<'a>(own: &'a mut Step, told: &'a Step) -> Option<(&'a mut MemoryState, &'a MemoryState)> {
    Some((own.state.as_mut()?.memory.as_mut()?, told.state.as_ref()?.memory.as_ref()?))
}
