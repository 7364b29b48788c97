//! What a module looks like in JSON and in a store, and what it may be called.

use modal_datastore::{
    ContractId, MemoryStore, ModuleName, ModuleRecord, Sha256Hash, Store, StoreError, WasmModule, commit, view,
};
use modal_wasm_meter::GasLimit;
use proptest::prelude::*;
use serde_json::json;

fn module(contract_id: &str, path: &str, wasm_bytes: &[u8]) -> WasmModule {
    let contract_id = ContractId::new(contract_id).expect("a contract's id");
    WasmModule::new(contract_id, ModuleName::from_path(path).expect("a path"), wasm_bytes.to_vec())
}

fn find(store: &dyn Store, module: &WasmModule) -> Result<Option<WasmModule>, StoreError> {
    view(store, |snapshot| WasmModule::find_by_contract_and_path(snapshot, &module.contract_id, &module.module_name))
}

#[test]
fn a_module_in_json_is_this() {
    let mut module = module("contract-1", "/custom/logic.wasm", b"\0asm\x01\0\0\0");
    module.gas_limit = GasLimit::new(5_000).expect("a gas limit");
    module.created_at = 1_700_000_000;
    module.metadata = [("commit".to_owned(), json!("c7"))].into();
    let json = r#"{"contract_id":"contract-1","module_name":"custom/logic","wasm_bytes":"AGFzbQEAAAA=","sha256_hash":"93a44bbb96c751218e4c00d479e4c14358122a389acca16205b1e4d0dc5f9476","gas_limit":5000,"created_at":1700000000,"metadata":{"commit":"c7"}}"#;
    assert_eq!(serde_json::to_string(&module).expect("JSON"), json);
    assert_eq!(serde_json::from_str::<WasmModule>(json).expect("a module"), module);
    assert_eq!(module.key(), "/wasm_modules/contract-1/custom/logic");
    assert!(module.verify_hash());

    let refused = |from: &str, to: &str, expect: &str| {
        let error = serde_json::from_str::<WasmModule>(&json.replace(from, to)).expect_err(to).to_string();
        assert!(error.starts_with(expect), "{error}");
    };
    refused("AGFzbQEAAAA=", "AGFzbQEAAA", "failed to read base64: ");
    refused("93a44b", "93A44B", "failed to read a SHA-256 from \"93A44B");
    refused(":5000", ":0", "failed to accept a gas limit of 0: the lowest is 1");
    refused(":5000", ":100000001", "failed to accept a gas limit of 100000001: the highest is 100000000");
    refused("contract-1", "a/b", "failed to accept the contract id \"a/b\": it holds a `/`");
    refused(
        "custom/logic",
        "custom/../logic",
        "failed to accept the module name \"custom/../logic\": it has a segment",
    );
    refused("\"created_at\"", "\"updated_at\"", "unknown field `updated_at`");
}

#[test]
fn names_are_checked_once() {
    let id = |id: &str, expect: Result<(), &str>| {
        let found = ContractId::new(id).map(|found| assert_eq!(found.as_str(), id)).map_err(|error| error.to_string());
        assert_eq!(found, expect.map_err(|fault| format!("failed to accept the contract id {id:?}: {fault}")));
    };
    id("contract-1", Ok(()));
    id("договір 😀", Ok(()));
    id("...", Ok(()));
    id(&"i".repeat(256), Ok(()));
    id("", Err("it is empty"));
    id("a/b", Err("it holds a `/`"));
    id("/", Err("it holds a `/`"));
    id(".", Err("it has a segment `.` or `..`"));
    id("..", Err("it has a segment `.` or `..`"));
    id("a\0", Err("it holds the control character '\\0'"));
    let error = ContractId::new("i".repeat(257)).expect_err("it is too long").to_string();
    assert_eq!(
        error,
        format!("failed to accept the contract id {:?}: it has 257 bytes, the most are 256", "i".repeat(80))
    );

    let path = |path: &str, expect: Result<&str, &str>| {
        let found = ModuleName::from_path(path);
        if let Ok(name) = &found {
            assert_eq!(name.path(), path);
            assert_eq!(ModuleName::new(name.as_str()).as_ref(), Ok(name));
        }
        let found = found.map(|name| name.to_string()).map_err(|error| error.to_string());
        let expect = expect.map(str::to_owned);
        assert_eq!(found, expect.map_err(|fault| format!("failed to accept the module path {path:?}: {fault}")));
    };
    path("/a/x.wasm", Ok("a/x"));
    path("/b/x.wasm", Ok("b/x"));
    path("/x.wasm/y.wasm", Ok("x.wasm/y"));
    path("x.wasm", Err("it does not begin with `/`"));
    path("/x", Err("it does not end in `.wasm`"));
    path("/x.WASM", Err("it does not end in `.wasm`"));
    path("/x.wasm.wasm", Err("it ends in `.wasm`"));
    path("/.wasm", Err("it is empty"));
    path("//x.wasm", Err("it has an empty segment"));
    path("/a//x.wasm", Err("it has an empty segment"));
    path("/a/.wasm", Err("it has an empty segment"));
    path("/a/../x.wasm", Err("it has a segment `.` or `..`"));
    path("/a\n.wasm", Err("it holds the control character '\\n'"));
}

proptest! {
    /// Whatever is accepted as names makes one key each, and stays inside the modules' part of the store.
    #[test]
    fn two_modules_never_share_a_key(
        ids in prop::array::uniform2("[a./é]{0,3}"),
        names in prop::array::uniform2("[a./é]{0,5}"),
    ) {
        let key = |id: &str, name: &str| {
            let names = (ContractId::new(id).ok()?, ModuleName::new(name).ok()?);
            Some(WasmModule::new(names.0, names.1, Vec::new()).key())
        };
        let [Some(first), Some(second)] = [0, 1].map(|i: usize| key(&ids[i], &names[i])) else { return Ok(()) };
        prop_assert_eq!(first == second, ids[0] == ids[1] && names[0] == names[1]);
        prop_assert!(first.starts_with("/wasm_modules/") && !first.split('/').any(|part| part == ".."));
    }
}

#[test]
fn the_versions_of_a_module_are_not_those_of_modules_below_it() {
    let store = MemoryStore::new();
    let outer = module("c", "/a.wasm", b"outer");
    let inner = module("c", "/a/00000000000000000001.wasm", b"inner");
    let version = |module: &WasmModule| commit::<_, StoreError>(&store, |transaction| module.save(transaction));
    assert_eq!([version(&outer), version(&inner), version(&outer)].map(Result::ok), [Some(1), Some(1), Some(2)]);
    let versions = |module: &WasmModule| {
        let versions =
            view(&store, |snapshot| WasmModule::versions(snapshot, &module.contract_id, &module.module_name));
        versions.expect("versions").iter().map(|record| record.version).collect::<Vec<_>>()
    };
    assert_eq!(versions(&outer), [1, 2]);
    assert_eq!(versions(&inner), [1]);
}

#[test]
fn bytes_under_a_claimed_hash_are_refused() {
    let store = MemoryStore::new();
    let mut module = module("c", "/m.wasm", b"what was meant");
    module.wasm_bytes = b"what came".to_vec();
    let error = commit::<_, StoreError>(&store, |transaction| module.save(transaction)).expect_err("another hash");
    let [claimed, found] = [&b"what was meant"[..], b"what came"].map(Sha256Hash::of);
    let expect = format!("failed to save the module at \"/wasm_modules/c/m\": its SHA-256 is {found}, not {claimed}");
    assert_eq!(error.to_string(), expect);
    assert!(matches!(find(&store, &module), Ok(None)));
}

#[test]
fn a_record_that_is_none_of_the_keys_is_refused() {
    let store = MemoryStore::new();
    let module = module("c", "/m.wasm", b"bytes");
    let check = |value: &[u8], expect: &str| {
        commit::<_, StoreError>(&store, |transaction| transaction.put(&module.key(), value)).expect("a commit");
        let error = find(&store, &module).expect_err(expect).to_string();
        assert!(error.starts_with(expect), "{error}");
    };
    check(b"{}", "failed to read the record of a module at \"/wasm_modules/c/m\": missing field");
    let mut record = ModuleRecord {
        contract_id: module.contract_id.clone(),
        module_name: module.module_name.clone(),
        version: 1,
        sha256_hash: module.sha256_hash,
        wasm_size: 5,
        gas_limit: module.gas_limit,
        created_at: 0,
        metadata: Default::default(),
    };
    let json = |record: &ModuleRecord| serde_json::to_vec(record).expect("JSON");
    let missing = "failed to find the bytes of the module at \"/wasm_modules/c/m\": nothing has the SHA-256 ";
    check(&json(&record), missing);
    record.contract_id = ContractId::new("other").expect("a contract's id");
    check(
        &json(&record),
        "failed to read the record of a module at \"/wasm_modules/c/m\": it belongs to \"/wasm_module",
    );
}

#[test]
fn errors_of_the_caller_come_back_and_undo_everything() {
    #[derive(Debug, PartialEq)]
    enum Refusal {
        Mine(u32),
        Store(String),
    }
    impl From<StoreError> for Refusal {
        fn from(error: StoreError) -> Self {
            Self::Store(error.to_string())
        }
    }
    let store = MemoryStore::new();
    let refused: Result<(), _> = commit(&store, |transaction| {
        transaction.put("/a", b"1")?;
        Err(Refusal::Mine(7))
    });
    assert_eq!(refused, Err(Refusal::Mine(7)));
    let passed_over = commit(&store, |transaction| {
        transaction.put("/a", b"1")?;
        let _ = transaction.put("", b"2");
        Ok::<_, Refusal>(())
    });
    let text =
        "failed to finish with the store in memory: an operation had failed before, and its error was passed over";
    assert_eq!(passed_over, Err(Refusal::Store(text.to_owned())));
    assert_eq!(view(&store, |snapshot| snapshot.scan("")).map_err(|error: StoreError| error.to_string()), Ok(vec![]));
}
