//! What holds of all contracts.

use super::*;
use proptest::test_runner::{Config, TestCaseError, TestError, TestRng, TestRunner};
use std::collections::{BTreeMap, BTreeSet};
use wasmparser::{ExternalKind, Operator, Parser, Payload, ValType, Validator, WasmFeatures};

/// The features of the profile.
fn features() -> WasmFeatures {
    WasmFeatures::FLOATS
        | WasmFeatures::GC_TYPES
        | WasmFeatures::MUTABLE_GLOBAL
        | WasmFeatures::SIGN_EXTENSION
        | WasmFeatures::SATURATING_FLOAT_TO_INT
        | WasmFeatures::MULTI_VALUE
        | WasmFeatures::BULK_MEMORY
        | WasmFeatures::REFERENCE_TYPES
        | WasmFeatures::EXTENDED_CONST
}

/// Names of the operators in the functions of a module, in order.
fn operators(module: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::CodeSectionEntry(body) = payload.expect("a contract parses") {
            for operator in body.get_operators_reader().expect("a body has operators") {
                names.push(name(&operator.expect("an operator parses")));
            }
        }
    }
    names
}

fn name(operator: &Operator<'_>) -> String {
    let text = format!("{operator:?}");
    text.chars().take_while(|letter| letter.is_alphanumeric()).collect()
}

#[test]
fn every_contract_is_valid() {
    for seed in 0..2000 {
        let contract = Contract::from_seed(seed);
        if let Err(error) = Validator::new_with_features(features()).validate_all(&contract.encode()) {
            panic!("seed {seed}: {error}\n{contract:?}");
        }
    }
}

#[test]
fn a_contract_is_a_function_of_its_seed() {
    let mut modules = BTreeSet::new();
    for seed in 0..200 {
        let contract = Contract::from_seed(seed);
        assert_eq!(contract, Contract::from_seed(seed));
        assert_eq!(contract.encode(), Contract::from_seed(seed).encode());
        assert_eq!(contract.entries(), Contract::from_seed(seed).entries());
        modules.insert(contract.encode());
    }
    assert_eq!(modules.len(), 200, "contracts of different seeds are the same");
}

#[test]
fn contracts_are_of_middling_size() {
    let mut sizes: Vec<usize> = (0..500).map(|seed| Contract::from_seed(seed).encode().len()).collect();
    sizes.sort_unstable();
    assert!((600..1500).contains(&sizes[250]), "the median is {}", sizes[250]);
    assert!(sizes[499] < 8192, "the largest is {}", sizes[499]);
}

macro_rules! operator_names {
    ($(@$proposal:ident $operator:ident $({ $($argument:ident: $ty:ty),* })? => $visit:ident ($($rest:tt)*))*) => {
        const OPERATORS: &[(&str, &str)] = &[$((stringify!($proposal), stringify!($operator))),*];
    };
}
wasmparser::for_each_operator!(operator_names);

#[test]
fn every_operator_of_the_profile_appears() {
    let proposals = ["mvp", "sign_extension", "saturating_float_to_int", "bulk_memory", "reference_types"];
    let mut missing: BTreeSet<&str> = OPERATORS
        .iter()
        .filter(|(proposal, _)| proposals.contains(proposal))
        .map(|&(_, operator)| operator)
        // Valid for one type only, and then it is `TypedSelect`.
        .filter(|&operator| operator != "TypedSelectMulti")
        .collect();
    assert!(missing.len() > 180, "{} operators are no profile", missing.len());
    for seed in 0..3000 {
        for name in operators(&Contract::from_seed(seed).encode()) {
            missing.remove(name.as_str());
        }
    }
    assert!(missing.is_empty(), "operators that never appear: {missing:?}");
}

#[test]
fn entries_can_be_called() {
    let (mut calls, mut methods, mut broken) = (0, 0, 0);
    for seed in 0..1000 {
        let contract = Contract::from_seed(seed);
        let exports = exports(&contract.encode());
        for entry in contract.entries() {
            match entry {
                Entry::Export { name, args } => {
                    let params = &exports[&name];
                    for args in &args {
                        assert_eq!(&args.iter().map(type_of).collect::<Vec<_>>(), params, "seed {seed}: {name}");
                    }
                    calls += args.len();
                }
                Entry::Abi { method, inputs } => {
                    assert!(!inputs.is_empty());
                    let word = ValType::I32;
                    let whole = exports.get("alloc") == Some(&vec![word])
                        && exports.get(&method) == Some(&vec![word, word])
                        && exports.contains_key("memory");
                    *(if whole { &mut methods } else { &mut broken }) += 1;
                }
            }
        }
    }
    assert!(calls > 2000 && methods > 100 && broken > 5, "{calls} calls, {methods} methods, {broken} broken");
}

const fn type_of(arg: &Arg) -> ValType {
    match arg {
        Arg::I32(_) => ValType::I32,
        Arg::I64(_) => ValType::I64,
        Arg::F32(_) => ValType::F32,
        Arg::F64(_) => ValType::F64,
    }
}

/// Exports, and the parameters of those that are functions.
fn exports(module: &[u8]) -> BTreeMap<String, Vec<ValType>> {
    let mut types = Vec::new();
    let mut functions = Vec::new();
    let mut exports = BTreeMap::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload.expect("a contract parses") {
            Payload::TypeSection(reader) => {
                types.extend(reader.into_iter_err_on_gc_types().map(|ty| ty.expect("a type").params().to_vec()));
            }
            // The only import is a function of type 0.
            Payload::ImportSection(_) => functions.push(0),
            Payload::FunctionSection(reader) => functions.extend(reader.into_iter().map(|ty| ty.expect("an index"))),
            Payload::ExportSection(reader) => {
                for export in reader {
                    let export = export.expect("an export");
                    let params = match export.kind {
                        ExternalKind::Func => types[functions[export.index as usize] as usize].clone(),
                        _ => Vec::new(),
                    };
                    exports.insert(export.name.to_owned(), params);
                }
            }
            _ => {}
        }
    }
    exports
}

/// Shrinks contracts that have `wanted` to the fewest operators.
fn check_shrinks(wanted: &[&str], most: usize) {
    let config = Config { cases: 5000, max_shrink_iters: 20_000, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(Default::default()));
    let outcome = runner.run(&contracts(), |contract| {
        let module = contract.encode();
        assert!(Validator::new_with_features(features()).validate_all(&module).is_ok(), "{contract:?}");
        let present = operators(&module).windows(wanted.len()).any(|window| window == wanted);
        if present { Err(TestCaseError::fail("present")) } else { Ok(()) }
    });
    let Err(TestError::Fail(_, contract)) = outcome else { panic!("no contract has {wanted:?}") };
    let left = operators(&contract.encode()).len();
    assert!(left <= most, "{left} operators are left around {wanted:?}\n{contract:?}");
}

#[test]
fn shrinking_leaves_what_matters() {
    let cases: &[(&[&str], usize)] = &[
        (&["MemoryFill"], 8),
        (&["F32Add", "F32Store"], 12),
        (&["F64Copysign", "I64ReinterpretF64"], 18),
        (&["TableInit"], 8),
        (&["CallIndirect"], 12),
        (&["Br"], 12),
        (&["I64DivS"], 12),
        (&["TableGrow"], 6),
        (&["I64Eqz", "BrIf"], 14),
        (&["I32Eqz", "Select"], 8),
        (&["LocalTee", "LocalGet", "I32Store"], 12),
        (&["I32Shl", "I32Const", "I32ShrS"], 14),
        (&["BrTable", "End", "End"], 12),
    ];
    for (wanted, most) in cases {
        check_shrinks(wanted, *most);
    }
}
