//! A fault says nothing of the commit: nothing of it happened, and it can be processed again.

use crate::guests::{RELAY, base64, caller};
use crate::stores::FailingAt;
use crate::support::{CONTEXT, Chain, invoke, processor, upload};
use modal_datastore::{MemoryStore, Store, StoreError, commit};
use modal_validator::{Fault, ProcessError, state_digest};
use modal_wasm_runtime::Engine;
use std::sync::Arc;

#[test]
fn whichever_operation_of_the_store_fails_the_commit_can_be_processed_again() {
    let program = upload("/relay.wasm", &base64(RELAY));
    let actions = r#"{"method":"create","value":{"asset_id":"gold","quantity":9,"divisibility":1}},
        {"method":"send","value":{"asset_id":"gold","to_contract":"bank","amount":9}},
        {"method":"post","path":"/a","value":1},
        {"method":"repost","path":"$mint:/a","value":1}"#;
    let run = invoke("/relay.wasm", &format!(r#"{{"actions":[{actions}],"errors":[]}}"#));
    let calling = upload("/caller.wasm", &base64(&caller("/relay")));
    let call = invoke("/caller.wasm", r#"{"actions":[],"errors":[]}"#);
    let commits = [
        ("mint", "m", format!(r#"{{"body":[{program},{run},{calling},{call}]}}"#)),
        ("bank", "b", r#"{"body":[{"method":"recv","value":{"send_commit_id":"m"}}]}"#.to_owned()),
    ];
    let process = |store: &Arc<dyn Store>| {
        let processor = processor(Arc::clone(store), Engine::Wasmtime);
        let mut faults = 0;
        for (contract, id, json) in &commits {
            let before = state_digest(&**store).expect("a digest");
            let mut processed = processor.process_commit(contract, id, json, &CONTEXT);
            if let Err(ProcessError::Fault(fault)) = &processed {
                assert_eq!(fault.to_string(), "failed to use a failing store");
                assert_eq!(state_digest(&**store).expect("a digest"), before);
                faults += 1;
                processed = processor.process_commit(contract, id, json, &CONTEXT);
            }
            assert!(processed.is_ok(), "{processed:?}");
        }
        (state_digest(&**store).expect("a digest"), faults)
    };
    let (whole, faults) = process(&(Arc::new(MemoryStore::new()) as Arc<dyn Store>));
    assert_eq!(faults, 0);
    for at in 0.. {
        let failing = Arc::new(FailingAt::new(at));
        let (digest, faults) = process(&(Arc::clone(&failing) as Arc<dyn Store>));
        assert_eq!(digest, whole, "operation {at}");
        assert_eq!(faults == 1, failing.has_failed(), "operation {at}");
        if faults == 0 {
            assert!(at > 20, "only {at} operations were seen");
            return;
        }
    }
}

#[test]
fn a_state_that_nobody_wrote_is_a_fault() {
    let send = r#"{"method":"send","value":{"asset_id":"gold","to_contract":"bank","amount":1}}"#;
    for (key, value, action, expect) in [
        ("/assets/mint/gold", "{}", send, "failed to understand the state at \"/assets/mint/gold\": "),
        ("/balances/mint/gold/mint", "-1", send, "failed to understand the state at \"/balances/mint/gold/mint\": "),
        (
            "/posts/mint/a",
            "{",
            r#"{"method":"repost","path":"$mint:/a","value":1}"#,
            "failed to understand the state at \"/posts/mint/a\": ",
        ),
        ("/contracts/mint/head", "1", send, "failed to understand the state at \"/contracts/mint/head\": "),
    ] {
        let mut chain = Chain::new();
        chain.accept("mint", r#"{"method":"create","value":{"asset_id":"gold","quantity":9,"divisibility":1}}"#);
        let store = Arc::clone(chain.processor.store());
        commit(&*store, |transaction| transaction.put(key, value.as_bytes())).expect("written");
        let body = format!(r#"{{"body":[{action}]}}"#);
        let error = chain.processor.process_commit("mint", "next", &body, &CONTEXT).expect_err(key);
        assert!(matches!(error, ProcessError::Fault(Fault::State { .. })), "{key}: {error}");
        assert!(error.to_string().starts_with(expect), "{key}: {error}");
    }
}

#[test]
fn more_of_an_asset_than_there_can_be_is_a_fault() {
    let mut chain = Chain::new();
    let create = r#"{"method":"create","value":{"asset_id":"gold","quantity":18446744073709551615,"divisibility":1}}"#;
    let send = r#"{"method":"send","value":{"asset_id":"gold","to_contract":"bank","amount":18446744073709551615}}"#;
    chain.accept_as("mint", "m", &format!("{create},{send}"));
    let store = Arc::clone(chain.processor.store());
    let receipt = r#"{"body":[{"method":"recv","value":{"send_commit_id":"m"}}]}"#;
    commit::<_, StoreError>(&*store, |transaction| transaction.put("/balances/mint/gold/bank", b"1")).expect("written");
    let error = chain.processor.process_commit("bank", "b", receipt, &CONTEXT).expect_err("too much");
    assert!(matches!(error, ProcessError::Fault(Fault::State { .. })), "{error}");
    commit::<_, StoreError>(&*store, |transaction| transaction.delete("/balances/mint/gold/bank")).expect("written");
    chain.processor.process_commit("bank", "b", receipt, &CONTEXT).expect("all of it");
}
