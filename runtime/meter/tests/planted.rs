//! Every treatment can be left out, and leaving it out shows in what the meter writes or admits.

#![cfg(feature = "planted")]

use modal_wasm_meter::{Meter, Metered, Profile, Rejection, Schedule, Treatment, Treatments};

/// A module that every treatment of code has something to do in.
const RICH: &str = r#"(module
  (type $none (func))
  (memory 1)
  (global i32 (i32.add (i32.const 1) (i32.const 2)))
  (table 2 funcref)
  (elem (i32.const 0) $f)
  (data (i32.const 0) "x")
  (func $f (export "f") (param i32)
    (loop (br_if 0 (i32.xor (local.get 0) (local.get 0))))
    (drop (f64.sqrt (f64.const -1)))
    (drop (i32.trunc_f64_s (f64.const 0)))
    (memory.fill (i32.const 0) (i32.const 0) (local.get 0))
    (drop (memory.grow (i32.const 1)))
    (call_indirect (type $none) (i32.const 1))
    (call $f (i32.const 0)))
  (func $start)
  (start $start))"#;

fn meter(module: &str, treatments: Treatments) -> Result<Vec<u8>, Rejection> {
    let original = wat::parse_str(module).expect("the module is well-formed text");
    let meter = Meter::with_treatments(Profile::modal_1(), Schedule::instr_1(), treatments);
    meter.meter(&original).map(|metered| metered.bytes)
}

#[test]
fn leaving_a_treatment_out_shows() {
    for &treatment in Treatment::ALL {
        let module = match treatment {
            Treatment::ImportList => r#"(module (import "env" "exit" (func)))"#,
            Treatment::ReservedNames => r#"(module (func (export "modal:mine")))"#,
            Treatment::Features => "(module (func $f (return_call $f)))",
            Treatment::Limits => "(module (memory 257 300))",
            Treatment::CanonicalNan
            | Treatment::StackLimit
            | Treatment::StackRestore
            | Treatment::StackHighWater
            | Treatment::OperandWeight
            | Treatment::EntryCost
            | Treatment::OperatorCost
            | Treatment::BulkCost
            | Treatment::BulkCostBeforeAct
            | Treatment::GrowCost
            | Treatment::InstantiationCost
            | Treatment::LoopCheck
            | Treatment::CallCheck
            | Treatment::BulkCheck
            | Treatment::InstantiationCheck
            | Treatment::MemoryCap
            | Treatment::TableCap
            | Treatment::ConversionTrapKind
            | Treatment::IndirectTrapKind
            | Treatment::StartStripped
            | Treatment::SegmentsByStart
            | Treatment::SegmentsDropped
            | Treatment::ConstantFolding => RICH,
        };
        let with = meter(module, Treatments::all());
        let without = meter(module, Treatments::all().without(treatment));
        assert_ne!(with, without, "{}", treatment.name());
        // The limits' module has a minimum above the cap, so without them the meter contradicts itself, and says so.
        assert_eq!(without.is_ok(), treatment != Treatment::Limits, "{}: {without:?}", treatment.name());
    }
}

#[test]
fn all_treatments_are_what_a_meter_gives_by_itself() {
    let original = wat::parse_str(RICH).expect("the module is well-formed text");
    let itself = Meter::default().meter(&original).expect("the module is in the profile").bytes;
    assert_eq!(meter(RICH, Treatments::all()), Ok(itself));
}

/// For everyone but the engine a rewritten module is the one that was metered.
#[test]
fn a_rewriting_changes_the_bytes_and_nothing_that_is_told_of_them() {
    let original = wat::parse_str(RICH).expect("the module is well-formed text");
    let sound = Meter::default().meter(&original).expect("the module is in the profile");
    let rewriting = Meter::default().with_rewriting(|metered| metered.into_iter().rev().collect());
    let rewritten = rewriting.meter(&original).expect("the module is in the profile");
    assert_eq!(rewritten.bytes, sound.bytes.iter().rev().copied().collect::<Vec<_>>());
    assert_eq!(Metered { bytes: sound.bytes.clone(), ..rewritten }, sound);
}
