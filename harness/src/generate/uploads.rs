//! A case of uploads takes modules through a node: a program, most often with the modules that it calls.
//!
//! Half of the programs are call graphs. The others return something, as programs do: half of them actions that a contract
//! takes, and half actions that its state refuses or that are none, errors, and output of no form at all. Some modules are
//! refused.

use super::{bits::Bits, composition};
use crate::case::{Case, Run, Upload};
use crate::{LaneFault, Seed};
use modal_wasm_meter::Meter;
use rand::RngExt as _;

/// What programs return that a contract takes.
const TAKEN: &[&str] = &[
    r#"{"actions":[],"errors":[]}"#,
    r#"{"errors":[],"actions":[{"method":"post","path":"/rates/gold","value":5}]}"#,
    r#"{"actions":[{"method":"create","value":{"asset_id":"gold","quantity":1000,"divisibility":10}},{"method":"send","value":{"asset_id":"gold","to_contract":"bank","amount":250}}],"errors":[],"note":"✓"}"#,
    r#"{"actions":[{"method":"post","path":"/late.wasm","value":"AGFzbQEAAAA="}],"errors":[]}"#,
];

/// What programs return that it does not.
const NOT_TAKEN: &[&str] = &[
    r#"{"actions":[{"method":"send","value":{"asset_id":"gold","to_contract":"bank","amount":250}}],"errors":[]}"#,
    r#"{"actions":[{"method":"invoke","path":"/program.wasm","value":{"args":{"again":true}}}],"errors":[]}"#,
    r#"{"actions":[{"method":"invoke","path":"/none.wasm","value":{"args":null}}],"errors":[]}"#,
    r#"{"actions":[{"method":"post","path":"/late.wasm","value":"AGFzbQEAAA=="}],"errors":[]}"#,
    r#"{"actions":[{"method":"fly"}],"errors":[]}"#,
    r#"{"actions":[],"errors":["the rate is too high","and ✓"]}"#,
    r#"{"actions":[],"errors":[1]}"#,
    r#"{"actions":[]}"#,
    r#"{"actions":[],"actions":[],"errors":[]}"#,
    r#"[]"#,
    "",
    "no JSON",
];

/// Arguments in canonical JSON.
const ARGUMENTS: &[&str] = &["{}", r#"{"amount":100}"#, "null", r#"[1,2.5,"✓"]"#, r#""text""#];

/// The case of a seed.
pub(super) fn case(seed: Seed) -> Result<Case, LaneFault> {
    let bits = &mut Bits::new(seed.stream("uploads").random());
    let mut case = if bits.one_in(2) { of_graph(seed)? } else { of_program(bits)? };
    if bits.one_in(8) {
        case.module = refused(bits, case.module);
    }
    let gas = bits.pick(&[600_000, 600_000, 50_000, 9_000]);
    let limits = [gas, gas, 1 + u64::from(bits.below(gas as u32))];
    case.runs = limits.map(|gas| invocation(bits.pick(ARGUMENTS), gas)).into();
    case.upload = Some(Upload { gas });
    Ok(case)
}

fn invocation(args: &str, gas: u64) -> Run {
    Run::Abi { method: Upload::METHOD.into(), input: Upload::input(args), gas }
}

/// A call graph whose modules can all be stored.
fn of_graph(seed: Seed) -> Result<Case, LaneFault> {
    let mut case = composition::case(seed)?;
    let meter = Meter::default();
    case.modules.retain(|_, module| meter.meter(&module.bytes).is_ok());
    Ok(case)
}

/// A program that goes round a loop and returns something.
fn of_program(bits: &mut Bits) -> Result<Case, LaneFault> {
    let output = if bits.one_in(2) { bits.pick(TAKEN) } else { bits.pick(NOT_TAKEN) };
    let length = (output.len() as u32).to_le_bytes();
    let segment = length.iter().chain(output.as_bytes()).map(|byte| format!("\\{byte:02x}")).collect::<String>();
    let rounds = 1 + bits.below(400);
    let text = format!(
        r#"(module
            (memory (export "memory") 1)
            (data (i32.const 1024) "{segment}")
            (func (export "alloc") (param i32) (result i32)
              (i32.const 4096))
            (func (export "execute") (param $input i32) (param $length i32) (result i32) (local $sum i32)
              (local.set $length (i32.const {rounds}))
              (loop $again
                (local.set $sum (i32.add (local.get $sum) (i32.load8_u offset=9 (local.get $length))))
                (br_if $again (local.tee $length (i32.sub (local.get $length) (i32.const 1)))))
              (i32.store (i32.const 0) (local.get $sum))
              (i32.const 1024)))"#
    );
    let module = wat::parse_str(text).map_err(|error| LaneFault::new("Generate", error.to_string()))?;
    Ok(Case::new(module, Vec::new()))
}

/// A module that is cut short, or has a byte too many.
fn refused(bits: &mut Bits, mut module: Vec<u8>) -> Vec<u8> {
    if bits.one_in(2) {
        module.push(0);
    } else {
        module.truncate(bits.below(module.len() as u32) as usize);
    }
    module
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_a_case_and_arguments_are_canonical() {
        for index in 0..40 {
            let seed = Seed::of_case(3, index);
            let made = case(seed).expect("a case");
            assert_eq!(made, case(seed).expect("a case"));
            assert!(made.upload.is_some_and(|upload| upload.fits(&made)), "{made:?}");
            for run in &made.runs {
                let args = Upload::arguments(run).expect("an invocation");
                let json = modal_wasm_validation::json_parse(args).expect("JSON");
                assert_eq!(json.to_canonical().expect("canonical JSON"), args);
            }
        }
    }
}
