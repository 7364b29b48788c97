//! A processor that threads share.

use crate::support::{CONTEXT, Chain};
use modal_datastore::{MemoryStore, RedbStore, Store};
use modal_wasm_runtime::Engine;
use std::sync::Arc;
use std::thread;

#[test]
fn of_several_receipts_at_a_time_one_is_accepted() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = RedbStore::open(folder.path().join("store.redb")).expect("a store");
    for store in [Arc::new(MemoryStore::new()) as Arc<dyn Store>, Arc::new(file)] {
        let mut chain = Chain::on(store, Engine::Wasmtime);
        let create = r#"{"method":"create","value":{"asset_id":"gold","quantity":9,"divisibility":1}}"#;
        let send = r#"{"method":"send","value":{"asset_id":"gold","to_contract":"bank","amount":4}}"#;
        chain.accept_as("mint", "m", &format!("{create},{send}"));
        let processor = &chain.processor;
        let receipt = r#"{"body":[{"method":"recv","value":{"send_commit_id":"m"}}]}"#;
        let outcomes: Vec<_> = thread::scope(|scope| {
            let receive = |index| move || processor.process_commit("bank", &format!("b{index}"), receipt, &CONTEXT);
            let threads: Vec<_> = (0..4).map(|index| scope.spawn(receive(index))).collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
        });
        let (accepted, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
        assert_eq!(accepted.len(), 1, "{refused:?}");
        for error in refused {
            let text = error.expect_err("refused").to_string();
            assert!(text.starts_with("action 0 (recv): Send commit m already received in commit b"), "{text}");
        }
    }
}
