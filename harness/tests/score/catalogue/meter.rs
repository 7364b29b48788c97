//! Faults of the meter: treatments that it does not give, and prices, weights and caps that are not the rules'.
//!
//! All lanes meter alike. What catches such a meter is the reference, the fuel oracle or a law.

use crate::score::bug::{Bug, Class, Plant};
use modal_wasm_meter::{Meter, Profile, Schedule, Treatment, Treatments};

/// A meter that leaves out a treatment.
macro_rules! without {
    ($treatment:ident) => {
        || {
            Meter::with_treatments(
                Profile::modal_1(),
                Schedule::instr_1(),
                Treatments::all().without(Treatment::$treatment),
            )
        }
    };
}

/// A meter with another schedule.
macro_rules! priced {
    ($schedule:ident => $change:expr) => {
        Plant::Meter(|| {
            let mut $schedule = Schedule::instr_1();
            $change;
            Meter::new(Profile::modal_1(), $schedule)
        })
    };
}

/// A meter with other limits.
macro_rules! limited {
    ($limits:ident => $change:expr) => {
        Plant::Meter(|| {
            let mut profile = Profile::modal_1();
            let $limits = &mut profile.limits;
            $change;
            Meter::new(profile, Schedule::instr_1())
        })
    };
}

pub(super) fn bugs() -> Vec<Bug> {
    use Class::{BulkCharges, Charges, Checkpoints, Limits, Nans, Stack, Start, TrapKinds};
    vec![
        Bug::new(Charges, "i32.xor costs nothing", Plant::Meter(without!(OperatorCost))),
        Bug::new(Charges, "entering a function costs nothing", Plant::Meter(without!(EntryCost))),
        Bug::new(Charges, "instantiation costs nothing", Plant::Meter(without!(InstantiationCost))),
        Bug::new(Charges, "element segments cost nothing", priced!(schedule => schedule.instantiation.element = 0)),
        Bug::new(
            Charges,
            "constant expressions cost nothing",
            priced!(schedule => schedule.instantiation.const_operator = 0),
        ),
        Bug::new(Charges, "entering a function costs two", priced!(schedule => schedule.function_entry = 2)),
        Bug::new(
            Charges,
            "drop costs one",
            priced!(schedule => schedule.exceptions = &[("Block", 0), ("Else", 0), ("End", 0), ("Loop", 0), ("Nop", 0), ("Return", 0), ("Unreachable", 0)]),
        ),
        Bug::new(
            Charges,
            "i64.rem_s costs two",
            priced!(schedule => schedule.exceptions = &[("Block", 0), ("Drop", 0), ("Else", 0), ("End", 0), ("I64RemS", 2), ("Loop", 0), ("Nop", 0), ("Return", 0), ("Unreachable", 0)]),
        ),
        Bug::new(
            Charges,
            "elem.drop costs nothing",
            priced!(schedule => schedule.exceptions = &[("Block", 0), ("Drop", 0), ("ElemDrop", 0), ("Else", 0), ("End", 0), ("Loop", 0), ("Nop", 0), ("Return", 0), ("Unreachable", 0)]),
        ),
        Bug::new(BulkCharges, "bulk operators cost nothing by their length", Plant::Meter(without!(BulkCost))),
        Bug::new(BulkCharges, "growing costs nothing by what it asks for", Plant::Meter(without!(GrowCost))),
        Bug::new(BulkCharges, "a page costs 127", priced!(schedule => schedule.memory_grow_page = 127)),
        Bug::new(
            BulkCharges,
            "an element that a table grows by costs two",
            priced!(schedule => schedule.table_grow_element = 2),
        ),
        Bug::new(
            BulkCharges,
            "an element of table.copy costs nothing",
            priced!(schedule => schedule.table_element = 0),
        ),
        Bug::new(
            Checkpoints,
            "bulk operators are charged when they are done",
            Plant::Meter(without!(BulkCostBeforeAct)),
        ),
        Bug::new(Checkpoints, "loops are not checked", Plant::Meter(without!(LoopCheck))),
        Bug::new(Checkpoints, "calls are not checked", Plant::Meter(without!(CallCheck))),
        Bug::new(Checkpoints, "bulk operators are not checked", Plant::Meter(without!(BulkCheck))),
        Bug::new(Checkpoints, "instantiation is not checked", Plant::Meter(without!(InstantiationCheck))),
        Bug::new(Stack, "no frame is too deep", Plant::Meter(without!(StackLimit))),
        Bug::new(Stack, "frames are never given back", Plant::Meter(without!(StackRestore))),
        Bug::new(Stack, "the deepest frame is forgotten", Plant::Meter(without!(StackHighWater))),
        Bug::new(Stack, "operands weigh nothing", Plant::Meter(without!(OperandWeight))),
        Bug::new(Stack, "a frame weighs a word less", priced!(schedule => schedule.stack.frame_words -= 1)),
        Bug::new(Limits, "the stack has a word more", priced!(schedule => schedule.stack.limit_words += 1)),
        Bug::new(Limits, "the stack has a word less", priced!(schedule => schedule.stack.limit_words -= 1)),
        Bug::new(Limits, "memories have no cap", Plant::Meter(without!(MemoryCap))),
        Bug::new(Limits, "tables have no cap", Plant::Meter(without!(TableCap))),
        Bug::new(Limits, "memories grow to a page less", limited!(limits => limits.memory_pages -= 1)),
        Bug::new(Limits, "memories grow to a page more", limited!(limits => limits.memory_pages += 1)),
        Bug::new(Limits, "tables grow to an element less", limited!(limits => limits.table_elements -= 1)),
        Bug::new(Limits, "no limit holds", Plant::Meter(without!(Limits))),
        Bug::new(Limits, "a function may have a parameter less", limited!(limits => limits.params -= 1)),
        Bug::new(Nans, "no NaN is made canonical", Plant::Meter(without!(CanonicalNan))),
        Bug::new(TrapKinds, "converting a NaN is an overflow on V8", Plant::MeterForV8(without!(ConversionTrapKind))),
        Bug::new(TrapKinds, "calling null is a bad signature on V8", Plant::MeterForV8(without!(IndirectTrapKind))),
        Bug::new(Start, "the start function runs when the instance is made", Plant::Meter(without!(StartStripped))),
        Bug::new(Start, "segments are applied when the instance is made", Plant::Meter(without!(SegmentsByStart))),
        Bug::new(Start, "applied segments are not dropped", Plant::Meter(without!(SegmentsDropped))),
        Bug::new(Start, "constant expressions are left to V8", Plant::MeterForV8(without!(ConstantFolding))),
    ]
}
