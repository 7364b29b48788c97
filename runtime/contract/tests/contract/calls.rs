//! Programs that call other modules: by which names, as of when, for how much gas, and what is too much.

use crate::guests::{RELAY, base64, caller, constant};
use crate::stores::FailingAt;
use crate::support::{CONTEXT, Chain, invoke, upload};
use modal_datastore::MemoryStore;
use modal_validator::{MAX_CALLABLE_MODULES, StateChange};
use modal_wasm_runtime::Engine;
use std::sync::Arc;

/// A chain on each engine.
fn chains() -> [Chain; 2] {
    Engine::ALL.map(|engine| Chain::on(Arc::new(MemoryStore::new()), engine))
}

/// What a program returns that has nothing to do.
const IDLE: &str = r#"{"actions":[],"errors":[]}"#;

/// A module that returns a post of this value.
fn posting(value: u64) -> String {
    let output = format!(r#"{{"actions":[{{"method":"post","path":"/a","value":{value}}}],"errors":[]}}"#);
    base64(&constant(&output))
}

/// The values that a commit posted, by whichever program.
fn posted(changes: &[StateChange]) -> Vec<&str> {
    changes
        .iter()
        .filter_map(|change| match change {
            StateChange::Posted { value, .. } => Some(value.as_str()),
            _ => None,
        })
        .collect()
}

/// Uploads a program that calls the module of this name, and invokes it.
fn calling(name: &str) -> String {
    format!("{},{}", upload("/p.wasm", &base64(&caller(name))), invoke("/p.wasm", "null"))
}

/// What becomes of a commit like that when the program gets a code.
fn code(number: i32) -> String {
    format!("action 1 (invoke): Program p reported errors: code {number} (gas used ")
}

/// Refuses a commit of these actions with a text that begins so.
fn refuse(chain: &Chain, actions: &str, expect: &str) {
    let processed = chain.processor.process_commit("mint", "refused", &format!(r#"{{"body":[{actions}]}}"#), &CONTEXT);
    let text = processed.expect_err(expect).to_string();
    assert!(text.starts_with(expect), "{text}: {expect}");
}

#[test]
fn a_module_is_called_by_its_path() {
    for mut chain in chains() {
        chain.accept("mint", &upload("/lib/tax.wasm", &posting(1)));
        chain.accept("bank", &upload("/other.wasm", &posting(2)));
        for name in ["/lib/tax.wasm", "/lib/tax", "/lib/tax.wasm#execute", "/lib/tax#execute"] {
            assert_eq!(posted(&chain.accept("mint", &calling(name))), ["1"], "{name}");
        }
        for name in ["lib/tax", "/tax", "/lib/tax.wasm.wasm", "/Lib/Tax", "//lib/tax", "/lib/tax/", "/other", ""] {
            refuse(&chain, &calling(name), &code(-2));
        }
        refuse(&chain, &calling("/lib/tax#rate"), &code(-8));
        for name in ["/p", "/p.wasm"] {
            refuse(&chain, &calling(name), &code(-4));
        }
    }
}

#[test]
fn what_earlier_actions_uploaded_is_called() {
    let caller = upload("/p.wasm", &base64(&caller("/tax")));
    let (run, tax) = (invoke("/p.wasm", "null"), |value| upload("/tax.wasm", &posting(value)));
    for mut chain in chains() {
        // Not what is uploaded later in the commit.
        refuse(&chain, &format!("{caller},{run},{}", tax(1)), &code(-2));
        let changes = chain.accept(
            "mint",
            &[&caller, &tax(1), &run, &tax(2), &run, &run, &tax(3), &run, &tax(4)]
                .map(|action| action.as_str())
                .join(","),
        );
        assert_eq!(posted(&changes), ["1", "2", "2", "3"]);
        assert_eq!(posted(&chain.accept("mint", &run)), ["4"]);
        // A program that was invoked uploads, too; the one around it has ended by then.
        let relayed = |actions: &str| invoke("/relay.wasm", &format!(r#"{{"actions":[{actions}],"errors":[]}}"#));
        let actions =
            [upload("/relay.wasm", &base64(RELAY)), run.clone(), relayed(&format!("{},{run}", tax(5))), run.clone()];
        assert_eq!(posted(&chain.accept("mint", &actions.join(","))), ["4", "5", "5"]);
        // A refused commit has uploaded nothing.
        refuse(&chain, &format!("{},{run},{{}}", tax(6)), "action 2: Action missing method");
        refuse(
            &chain,
            &format!("{},{run},{}", tax(6), invoke("/none.wasm", "null")),
            "action 2 (invoke): Program none not found",
        );
        assert_eq!(posted(&chain.accept("mint", &run)), ["5"]);
    }
}

#[test]
fn what_a_program_calls_is_in_its_gas() {
    for mut chain in chains() {
        chain.accept("mint", &upload("/tax.wasm", &base64(&constant(IDLE))));
        let changes = chain.accept_as("mint", "m", &calling("/tax"));
        let input =
            r#"{"args":null,"context":{"block_height":7,"commit_id":"m","contract_id":"mint","timestamp":1700000000}}"#;
        let [name, input, output] = ["/tax", input, IDLE].map(|text| text.len() as u64);
        // Two data segments and their offsets, alloc; entry, the call, the comparison, the length, the result, the pointer.
        let own = (name + 1 + 39 + 1) + 2 + (1 + 7 + 4 + 3 + 2 + 1);
        let call = 5_000 + name + input;
        // Its 32 pages; the data segment, alloc, execute; what it returns, charged to each of the two.
        let called = 32 * 128 + (4 + output + 1) + 2 + 2 + output;
        let expect = own + call + called + output;
        let gas = changes.iter().filter_map(|change| match change {
            StateChange::WasmExecuted { module_name, gas_used, .. } => Some((module_name.as_str(), *gas_used)),
            StateChange::ProgramInvoked { program_name, gas_used, .. } => Some((program_name.as_str(), *gas_used)),
            _ => None,
        });
        // Nobody invoked the module that was called.
        assert_eq!(gas.collect::<Vec<_>>(), [("p", expect), ("p", expect)]);
        // The module's own limit: exact, and one short.
        let limited = |limit: u64| {
            let module = base64(&constant(IDLE));
            format!(r#"{{"method":"post","path":"/tax.wasm","value":{{"wasm_bytes":"{module}","gas_limit":{limit}}}}}"#)
        };
        chain.accept("mint", &format!("{},{}", limited(called), invoke("/p.wasm", "null")));
        refuse(&chain, &format!("{},{}", limited(called - 1), invoke("/p.wasm", "null")), &code(-6));
    }
}

#[test]
fn a_contract_with_too_many_modules_runs_only_what_calls_none() {
    let modules = |from: u64, to: u64| {
        let one = |index| upload(&format!("/m{index}.wasm"), "AGFzbQEAAAA=");
        (from..to).map(one).collect::<Vec<_>>().join(",")
    };
    let (p, idle) = (caller("/idle"), constant(IDLE));
    let bytes = [&p, &idle].map(|text| wat::parse_str(text).expect("a module").len() as u64).iter().sum::<u64>();
    let run = invoke("/p.wasm", "null");
    for mut chain in chains() {
        chain.accept("mint", &format!("{},{}", upload("/p.wasm", &base64(&p)), upload("/idle.wasm", &base64(&idle))));
        chain.accept("mint", &modules(2, MAX_CALLABLE_MODULES));
        let one_more = modules(MAX_CALLABLE_MODULES, MAX_CALLABLE_MODULES + 1);
        let too_many = format!(
            "Program p calls modules, and its contract has too many modules: 1025 of {} bytes, at most 1024 of 67108864 \
             (gas used 0)",
            bytes + 8 * (MAX_CALLABLE_MODULES - 1),
        );
        // Whether they were read before the last one came or not.
        chain.refuse("mint", &format!("{one_more},{run}"), &format!("action 1 (invoke): {too_many}"));
        chain.refuse("mint", &format!("{run},{one_more},{run}"), &format!("action 2 (invoke): {too_many}"));
        chain.accept("mint", &format!("{run},{one_more}"));
        chain.refuse("mint", &run, &format!("action 0 (invoke): {too_many}"));
        chain.accept("mint", &invoke("/idle.wasm", "null"));
        // Another contract's do not count.
        chain.accept("bank", &upload("/idle.wasm", &base64(&idle)));
        chain.accept("bank", &calling("/idle"));
    }
}

#[test]
fn modules_are_read_if_they_can_be_called_and_once_in_a_commit() {
    let store = Arc::new(FailingAt::new(u64::MAX));
    let mut chain = Chain::on(store.clone(), Engine::Wasmtime);
    chain.accept("mint", &upload("/idle.wasm", &base64(&constant(IDLE))));
    chain.accept("mint", &upload("/p.wasm", &base64(&caller("/idle"))));
    let mut operations = |path: &str, times: usize| {
        let before = store.operations();
        chain.accept("mint", &vec![invoke(path, "null"); times].join(","));
        store.operations() - before
    };
    let (idle, idle_twice) = (operations("/idle.wasm", 1), operations("/idle.wasm", 2));
    let (calling, calling_twice) = (operations("/p.wasm", 1), operations("/p.wasm", 2));
    // One operation lists the modules, and one reads each of the two.
    assert_eq!(calling - idle, 3);
    assert_eq!(calling_twice - calling, idle_twice - idle);
}
