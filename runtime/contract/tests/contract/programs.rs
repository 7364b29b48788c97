//! Programs: what they are given, what they may return, and what refuses the commit that invokes them.

use crate::guests::{MIRROR, RELAY, base64, constant, program};
use crate::support::{CONTEXT, Chain, invoke, upload};
use modal_datastore::MemoryStore;
use modal_validator::{CommitContext, Identifier, MAX_ACTIONS, State, StateChange};
use modal_wasm_runtime::{Engine, GasLimit};
use std::sync::Arc;

const POST: &str = r#"{"method":"post","path":"/a","value":1}"#;

fn relay_with(limit: u64) -> String {
    let module = base64(RELAY);
    format!(r#"{{"method":"post","path":"/relay.wasm","value":{{"wasm_bytes":"{module}","gas_limit":{limit}}}}}"#)
}

/// A relay, on each engine.
fn chains() -> [Chain; 2] {
    Engine::ALL.map(|engine| {
        let mut chain = Chain::on(Arc::new(MemoryStore::new()), engine);
        chain.accept("mint", &upload("/relay.wasm", &base64(RELAY)));
        chain
    })
}

fn output(actions: &str) -> String {
    format!(r#"{{"actions":[{actions}],"errors":[]}}"#)
}

/// What a relay costs: it goes back over the context, but for the 8 bytes that it looks for, at 10 a byte.
fn relay_gas(commit: &str) -> u64 {
    let context = format!(
        r#","context":{{"block_height":7,"commit_id":"{commit}","contract_id":"mint","timestamp":1700000000}}}}"#
    );
    let (alloc, entry, begin, last, store, result) = (2, 1, 6, 5, 9, 3);
    alloc + entry + begin + 10 * (context.len() as u64 - 8) + last + store + result
}

fn relayed(actions: &str) -> String {
    invoke("/relay.wasm", &output(actions))
}

#[test]
fn the_actions_of_a_program_are_the_contracts() {
    for mut chain in chains() {
        let actions = r#"{"method":"create","value":{"asset_id":"gold","quantity":9,"divisibility":1}},
            {"method":"send","value":{"asset_id":"gold","to_contract":"bank","amount":4}},
            {"method":"post","path":"/a","value":[null]}"#;
        let changes = chain.accept_as("mint", "m", &format!("{},{POST}", relayed(actions)));
        let sha256_hash = match &changes[0] {
            StateChange::WasmExecuted { sha256_hash, .. } => sha256_hash.clone(),
            other => panic!("{other:?}"),
        };
        let gas_used = relay_gas("m");
        let json = serde_json::to_string_pretty(&changes).expect("JSON");
        let expect = format!(
            r#"[
  {{
    "type": "WasmExecuted",
    "contract_id": "mint",
    "module_name": "relay",
    "sha256_hash": "{sha256_hash}",
    "gas_used": {gas_used}
  }},
  {{
    "type": "AssetCreated",
    "contract_id": "mint",
    "asset_id": "gold",
    "quantity": 9,
    "divisibility": 1
  }},
  {{
    "type": "AssetSent",
    "contract_id": "mint",
    "asset_contract": "mint",
    "asset_id": "gold",
    "to_contract": "bank",
    "amount": 4,
    "commit_id": "m"
  }},
  {{
    "type": "Posted",
    "contract_id": "mint",
    "path": "/a",
    "value": [
      null
    ]
  }},
  {{
    "type": "ProgramInvoked",
    "contract_id": "mint",
    "program_name": "relay",
    "gas_used": {gas_used},
    "actions_count": 3
  }},
  {{
    "type": "Posted",
    "contract_id": "mint",
    "path": "/a",
    "value": 1
  }}
]"#
        );
        assert_eq!(json, expect);
        assert_eq!(serde_json::from_str::<Vec<StateChange>>(&json).expect("changes"), changes);
    }
}

#[test]
fn a_program_is_told_its_arguments_and_its_context() {
    let mut chain = Chain::new();
    let actions = format!(
        "{},{}",
        upload("/mirror.wasm", &base64(MIRROR)),
        invoke("/mirror.wasm", r#"{ "b": 1.0, "a": "\u00e9\"" }"#)
    );
    let changes = chain.accept_as("mint \"1\"", "m\\1", &actions);
    let value = changes.iter().find_map(|change| match change {
        StateChange::Posted { value, .. } => Some(value.as_str()),
        _ => None,
    });
    let context = r#"{"block_height":7,"commit_id":"m\\1","contract_id":"mint \"1\"","timestamp":1700000000}"#;
    assert_eq!(value, Some(format!(r#"{{"args":{{"a":"é\"","b":1}},"context":{context}}}"#).as_str()));
}

#[test]
fn what_a_program_does_wrong_refuses_the_commit() {
    let limit = 10_000_000;
    let cases = [
        (program("unreachable"), format!("trapped: Unreachable (gas used {limit})")),
        (program("(loop (br 0)) (i32.const 0)"), format!("trapped: OutOfGas (gas used {limit})")),
        (
            program("(i32.div_u (i32.const 1) (i32.const 0))"),
            format!("trapped: IntegerDivisionByZero (gas used {limit})"),
        ),
        ("(module)".to_owned(), format!("broke the guest ABI: MissingExport(memory) (gas used {limit})")),
        (program("(i32.const -1)"), format!("broke the guest ABI: ResultOutOfBounds (gas used {limit})")),
        (
            r#"(module (memory (export "memory") 1) (func (export "alloc") (param i32) (result i32) (i32.const 0))
                (func (export "execute") (result i32) (i32.const 0)))"#
                .to_owned(),
            format!("broke the guest ABI: WrongSignature(execute) (gas used {limit})"),
        ),
    ];
    let outputs = [
        ("", "returned an invalid output: unexpected end at line 1 column 1"),
        ("[]", "returned an invalid output: actions must be an array"),
        (r#"{"actions":{},"errors":[]}"#, "returned an invalid output: actions must be an array"),
        (r#"{"actions":[]}"#, "returned an invalid output: errors must be an array of strings"),
        (r#"{"actions":[],"errors":[1]}"#, "returned an invalid output: errors must be an array of strings"),
        (r#"{"actions":[],"errors":["no gold","no\tmercy"]}"#, "reported errors: no gold; no\u{fffd}mercy"),
        // Errors count before actions that are none.
        (r#"{"actions":[1],"errors":["no"]}"#, "reported errors: no"),
    ];
    let cases = cases.into_iter().chain(outputs.map(|(output, expect)| {
        // The data segment with its length and its offset, alloc, execute.
        let gas = 4 + output.len() + 1 + 2 + 2;
        (constant(output), format!("{expect} (gas used {gas})"))
    }));
    let cases: Vec<_> = cases.collect();
    for mut chain in chains() {
        for (guest, expect) in &cases {
            chain.accept("mint", &upload("/p.wasm", &base64(guest)));
            let actions = format!("{POST},{}", invoke("/p.wasm", "null"));
            chain.refuse("mint", &actions, &format!("action 1 (invoke): Program p {expect}"));
            // What is uploaded in a commit can be invoked in it, and is undone with it.
            let actions = format!("{},{}", upload("/q.wasm", &base64(guest)), invoke("/q.wasm", "null"));
            chain.refuse("mint", &actions, &format!("action 1 (invoke): Program q {expect}"));
        }
    }
}

#[test]
fn the_actions_of_a_program_keep_the_rules() {
    for chain in chains() {
        let check = |actions: &str, expect: &str| {
            chain.refuse("mint", &format!("{POST},{}", relayed(actions)), &format!("action 1 (invoke), its {expect}"));
        };
        check("1", "action 0: Action missing method");
        check(r#"{"method":"mint"}"#, "action 0: Unknown action method: mint");
        check(&format!("{POST},{{\"method\":\"post\"}}"), "action 1 (post): POST action missing path");
        check(
            &upload("/m.wasm", "AGFzbQ=="),
            "action 0 (post): Invalid WASM module: the module is malformed: unexpected end-of-file (at offset 0x4)",
        );
        check(
            &format!("{POST},{}", relayed(r#"{"method":"recv","value":{"send_commit_id":"none"}}"#)),
            "action 1 (invoke), its action 0 (recv): Send commit none not found",
        );
        let many = vec![POST; usize::try_from(MAX_ACTIONS).expect("few")].join(",");
        chain.refuse("mint", &relayed(&many), "action 0 (invoke): Commit has too many actions: at most 1024");
        let more = vec![POST; usize::try_from(MAX_ACTIONS + 1).expect("few")].join(",");
        chain.refuse("mint", &relayed(&more), "action 0 (invoke): Commit has too many actions: at most 1024");
    }
    let actions = vec![POST; usize::try_from(MAX_ACTIONS - 1).expect("few")].join(",");
    for mut chain in chains() {
        assert_eq!(chain.accept("mint", &relayed(&actions)).len() as u64, MAX_ACTIONS + 1);
    }
}

#[test]
fn programs_invoke_programs_eight_deep() {
    let nested = |depth: usize| (0..depth).fold(POST.to_owned(), |actions, _| relayed(&actions));
    for mut chain in chains() {
        let changes = chain.accept("mint", &nested(8));
        let runs: Vec<u64> = changes.iter().filter_map(executed).collect();
        assert_eq!(runs.len(), 8);
        // The innermost ends first, and each has what it ran and what it invoked.
        let totals: Vec<u64> = changes.iter().filter_map(invoked).collect();
        let sums: Vec<u64> = (0..8).rev().map(|outer| runs[outer..].iter().sum()).collect();
        assert_eq!(totals, sums);
        let places = (0..8).map(|_| "action 0 (invoke)").collect::<Vec<_>>().join(", its ");
        let too_deep = "Program relay is invoked too deep: at most 8 programs invoke each other";
        chain.refuse("mint", &nested(9), &format!("{places}, its action 0 (invoke): {too_deep}"));
    }
}

#[test]
fn gas_is_the_modules_and_the_commits() {
    for mut chain in chains() {
        let run = relayed(POST);
        let gas = relay_gas("7 bytes");
        // The module's own limit: exact, and one short.
        chain.accept("mint", &relay_with(gas));
        chain.accept_as("mint", "accepts", &run);
        chain.accept("mint", &relay_with(gas - 1));
        let out_of_gas = |used: u64| format!("Program relay trapped: OutOfGas (gas used {used})");
        chain.refuse_commit("mint", "reduced", &body(&run), &format!("action 0 (invoke): {}", out_of_gas(gas - 1)));
        // The commit's, over two programs: exact, one short, and nothing left.
        chain.accept("mint", &relay_with(10_000_000));
        let twice = body(&format!("{run},{run}"));
        let refuse = |limit: u64, expect: &str| {
            chain.refuse_in("mint", "reduced", &twice, &within(limit), &format!("action 1 (invoke): {expect}"));
        };
        refuse(2 * gas - 1, &out_of_gas(gas - 1));
        refuse(gas + 1, &out_of_gas(1));
        refuse(gas, "Program relay has no gas to run on: the commit has used all of its own");
        let changes = chain.processor.process_commit("mint", "reduced", &twice, &within(2 * gas));
        let changes = changes.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(changes.iter().filter_map(executed).sum::<u64>(), 2 * gas);
        let [contract, commit] = ["mint", "reduced"].map(|name| Identifier::new(name).expect("a name"));
        let record = modal_datastore::view(&**chain.processor.store(), |snapshot| {
            State::new(snapshot).commit(&contract, &commit)
        });
        assert_eq!(record.expect("readable").expect("processed").gas_used, 2 * gas);
    }
}

#[test]
fn a_program_takes_no_more_than_the_abi() {
    for mut chain in chains() {
        chain.accept("mint", &upload("/quiet.wasm", &base64(&constant(&output("")))));
        let context =
            r#","context":{"block_height":7,"commit_id":"refused","contract_id":"mint","timestamp":1700000000}}"#;
        let spare = (1 << 20) - r#"{"args":"""#.len() - context.len();
        let args = |length: usize| format!("\"{}\"", "x".repeat(length));
        chain.refuse(
            "mint",
            &invoke("/quiet.wasm", &args(spare + 1)),
            "action 0 (invoke): Program quiet was given too much: 1048577 bytes of input, at most 1048576 (gas used 0)",
        );
        // The guest has memory for it.
        assert_eq!(chain.accept_as("mint", "refused", &invoke("/quiet.wasm", &args(spare))).len(), 2);
    }
}

fn executed(change: &StateChange) -> Option<u64> {
    if let StateChange::WasmExecuted { gas_used, .. } = change { Some(*gas_used) } else { None }
}

fn invoked(change: &StateChange) -> Option<u64> {
    if let StateChange::ProgramInvoked { gas_used, .. } = change { Some(*gas_used) } else { None }
}

fn within(limit: u64) -> CommitContext {
    CONTEXT.with_gas_limit(GasLimit::new(limit).expect("a limit"))
}

fn body(actions: &str) -> String {
    format!(r#"{{"body":[{actions}]}}"#)
}
