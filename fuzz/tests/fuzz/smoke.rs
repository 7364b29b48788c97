//! Every target keeps its laws on its seeds, on what was ever found with it, and on some hundred generated inputs; and most
//! of those get past its door.

use crate::inputs::{generated, of_findings, of_seeds};
use modal_fuzz::{
    Depth, Differential, Finding, GuestAbi, Metering, Originals, Target, Uploads, Validators, WorkerProtocol,
};

/// Judges inputs, of which at least so many in a hundred must be judged by more than their form.
fn check(target: Target, count: u64, least: usize, mut judge: impl FnMut(&[u8]) -> Result<Depth, Finding>) {
    let mut judged = 0;
    let mut inputs = 0;
    let seeds = of_seeds(target).into_iter().chain(of_findings(target));
    for input in seeds.chain(generated(target, count)) {
        // The function that libFuzzer calls, for its panics, and the struct, for what it says.
        let depth = judge(&input).unwrap_or_else(|finding| panic!("{target}: {finding}\n{}", input.escape_ascii()));
        judged += usize::from(depth == Depth::Judged);
        inputs += 1;
    }
    println!("{target}: {judged} of {inputs} inputs judged");
    assert!(judged * 100 >= inputs * least, "only {judged} of {inputs} inputs of {target} are judged");
}

#[test]
fn differential_agrees() {
    let mut target = Differential::sound().expect("a target");
    check(Target::Differential, 100, 60, |data| with_room(|| target.judge(data)));
}

#[test]
fn meter_keeps_its_laws() {
    let mut target = Metering::sound();
    check(Target::Meter, 400, 60, |data| with_room(|| target.judge(data)));
}

#[test]
fn reference_agrees_on_originals() {
    let mut target = Originals::sound();
    check(Target::Reference, 600, 60, |data| with_room(|| target.judge(data)));
}

#[test]
fn validators_answer_and_json_keeps_its_laws() {
    let mut target = Validators::sound();
    check(Target::Validators, 600, 20, |data| target.judge(data));
}

#[test]
fn uploads_are_whole_and_assets_conserved() {
    let mut target = Uploads::sound();
    check(Target::Upload, 400, 30, |data| target.judge(data));
}

#[test]
fn guests_at_the_edges_end_as_foretold() {
    let mut target = GuestAbi::sound();
    check(Target::Abi, 200, 60, |data| with_room(|| target.judge(data)));
}

#[test]
fn both_sides_of_the_protocol_take_any_stream() {
    let mut target = WorkerProtocol::sound().expect("a target");
    check(Target::WorkerProtocol, 300, 20, |data| target.judge(data));
}

#[test]
fn functions_take_an_input_each() {
    Target::ALL.iter().for_each(|target| target.run(&of_seeds(*target)[0]));
}

/// A test's thread has less native stack than a lane's.
fn with_room<T>(judge: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(48 << 20, 64 << 20, judge)
}
