//! Every reason to refuse a commit that is not a program's, with its exact text.

use crate::guests::{RELAY, base64};
use crate::support::{CONTEXT, Chain, upload};
use modal_validator::{MAX_ACTIONS, MAX_COMMIT_BYTES};

/// Mint has 60 gold (divisibility 5) after it sent 10 and 15 to bank and 5 to shop in `m`, and 10 to bank in `late`; bank
/// has received `m`. Two contracts sent a coin to bank in commits of one name.
fn chain() -> Chain {
    let mut chain = Chain::new();
    let send = |to: &str, amount: u64| {
        format!(r#"{{"method":"send","value":{{"asset_id":"gold","to_contract":"{to}","amount":{amount}}}}}"#)
    };
    let create = r#"{"method":"create","value":{"asset_id":"gold","quantity":100,"divisibility":5}}"#;
    let actions = [create.to_owned(), send("bank", 10), send("bank", 15), send("shop", 5)].join(",");
    chain.accept_as("mint", "m", &actions);
    chain.accept_as("mint", "late", &send("bank", 10));
    chain.accept_as("mint", "p", r#"{"method":"post","path":"/rate","value":{"a":[1,2.50]}}"#);
    for contract in ["left", "right"] {
        let create = r#"{"method":"create","value":{"asset_id":"gold","quantity":5,"divisibility":1}}"#;
        chain.accept_as(contract, "same", &format!("{create},{}", send("bank", 1)));
    }
    chain.accept_as("bank", "b", r#"{"method":"recv","value":{"send_commit_id":"m"}}"#);
    chain
}

#[test]
fn a_commit_has_a_form() {
    let chain = chain();
    let check = |commit: &str, expect: &str| chain.refuse_commit("mint", "new", commit, expect);
    check("", "Invalid commit JSON: unexpected end at line 1 column 1");
    check(r#"{"body":[],"body":[]}"#, "Invalid commit JSON: duplicate key at line 1 column 12");
    check(
        r#"{"body":[{"method":"post","path":"/a","value":1e400}]}"#,
        "Invalid commit JSON: number out of range at line 1 column 47",
    );
    for commit in ["null", "[]", "{}", r#"{"body":{}}"#, r#"{"body":"[]"}"#, r#"{"Body":[]}"#] {
        check(commit, "Invalid commit structure");
    }
    for head in ["1", "[]", r#""late""#, r#"{"parent":1}"#, r#"{"parent":["p"]}"#] {
        check(&format!(r#"{{"body":[],"head":{head}}}"#), "Invalid commit structure");
    }
    check(r#"{"body":[],"head":{"parent":""}}"#, "Invalid parent commit ID: it is empty");
    check(r#"{"body":[],"head":{"parent":"m"}}"#, "Commit parent m is not the contract's last commit: p");
    let long = |length: usize| format!(r#"{{"body":[{}]}}"#, " ".repeat(length - 11));
    check(&long(MAX_COMMIT_BYTES + 1), "Commit is too long: 12582913 bytes, at most 12582912");
    assert!(chain.processor.process_commit("else", "long", &long(MAX_COMMIT_BYTES), &CONTEXT).is_ok());
    let many =
        |count: u64| vec![r#"{"method":"post","path":"/n","value":1}"#; usize::try_from(count).expect("few")].join(",");
    chain.refuse("mint", &many(MAX_ACTIONS + 1), "Commit has too many actions: at most 1024");
    Chain::new().accept("mint", &many(MAX_ACTIONS));
}

#[test]
fn contracts_and_commits_have_names() {
    let chain = chain();
    let check = |contract: &str, id: &str, expect: &str| chain.refuse_commit(contract, id, r#"{"body":[]}"#, expect);
    check("", "", "Invalid contract ID: it is empty");
    check("a/b", "x", "Invalid contract ID: it holds a `/`");
    check("a\0", "x", "Invalid contract ID: it holds the control character '\\0'");
    check("..", "x", "Invalid contract ID: it has a segment `.` or `..`");
    check("mint", "", "Invalid commit ID: it is empty");
    check("mint", &"x".repeat(257), "Invalid commit ID: it has 257 bytes, the most are 256");
    check("mint", "m", "Commit m already processed");
    let child = r#"{"body":[],"head":{"parent":"m"}}"#;
    chain.refuse_commit("new", "n", child, "Commit parent m is not the contract's last commit: it has none");
    // The first rule that is broken counts: names, form, order.
    chain.refuse_commit("", "", "{", "Invalid contract ID: it is empty");
    chain.refuse_commit("mint", "m", "{", "Invalid commit JSON: unexpected end at line 1 column 2");
    chain.refuse_commit("mint", "m", child, "Commit m already processed");
    let nameless = r#"{"body":[{}],"head":{"parent":1}}"#;
    chain.refuse_commit("mint", "m", nameless, "Invalid commit structure");
}

#[test]
fn an_order_that_is_kept_is_accepted() {
    let chain = chain();
    for (id, head) in [("n1", r#"{"parent":"p"}"#), ("n2", r#"{"parent":"n1"}"#), ("n3", "{}"), ("n4", "null")] {
        let commit = format!(r#"{{"body":[],"head":{head}}}"#);
        let changes = chain.processor.process_commit("mint", id, &commit, &CONTEXT);
        assert_eq!(changes.unwrap_or_else(|error| panic!("{id}: {error}")), []);
    }
}

/// Actions of contract mint, each with the text after its place.
const ACTIONS: &[(&str, &str)] = &[
    // Methods.
    ("1", "action 0: Action missing method"),
    ("{}", "action 0: Action missing method"),
    (r#"{"method":null}"#, "action 0: Action missing method"),
    (r#"{"method":["post"]}"#, "action 0: Action missing method"),
    (r#"{"method":"POST"}"#, "action 0: Unknown action method: POST"),
    (r#"{"method":"burn\n"}"#, "action 0: Unknown action method: burn\u{fffd}"),
    // Create.
    (r#"{"method":"create"}"#, "action 0 (create): CREATE action missing value"),
    (r#"{"method":"create","value":[]}"#, "action 0 (create): CREATE action missing asset_id"),
    (
        r#"{"method":"create","value":{"asset_id":1}}"#,
        "action 0 (create): CREATE action has an invalid asset_id: it must be a string",
    ),
    (
        r#"{"method":"create","value":{"asset_id":"a/b"}}"#,
        "action 0 (create): CREATE action has an invalid asset_id: it holds a `/`",
    ),
    (r#"{"method":"create","value":{"asset_id":"a"}}"#, "action 0 (create): CREATE action missing quantity"),
    (
        r#"{"method":"create","value":{"asset_id":"a","quantity":0}}"#,
        "action 0 (create): CREATE action has an invalid quantity: it must be an integer from 1 to 18446744073709551615",
    ),
    (
        r#"{"method":"create","value":{"asset_id":"a","quantity":18446744073709551616}}"#,
        "action 0 (create): CREATE action has an invalid quantity: it must be an integer from 1 to 18446744073709551615",
    ),
    (
        r#"{"method":"create","value":{"asset_id":"a","quantity":1}}"#,
        "action 0 (create): CREATE action missing divisibility",
    ),
    (
        r#"{"method":"create","value":{"asset_id":"a","quantity":1,"divisibility":1.0}}"#,
        "action 0 (create): CREATE action has an invalid divisibility: it must be an integer from 1 to 18446744073709551615",
    ),
    (
        r#"{"method":"create","value":{"asset_id":"gold","quantity":1,"divisibility":1}}"#,
        "action 0 (create): Asset gold already exists in contract mint",
    ),
    // Send.
    (r#"{"method":"send"}"#, "action 0 (send): SEND action missing value"),
    (
        r#"{"method":"send","value":{"asset_contract":7,"asset_id":"gold"}}"#,
        "action 0 (send): SEND action has an invalid asset_contract: it must be a string",
    ),
    (r#"{"method":"send","value":{}}"#, "action 0 (send): SEND action missing asset_id"),
    (r#"{"method":"send","value":{"asset_id":"gold"}}"#, "action 0 (send): SEND action missing to_contract"),
    (
        r#"{"method":"send","value":{"asset_id":"gold","to_contract":""}}"#,
        "action 0 (send): SEND action has an invalid to_contract: it is empty",
    ),
    (
        r#"{"method":"send","value":{"asset_id":"gold","to_contract":"bank"}}"#,
        "action 0 (send): SEND action missing amount",
    ),
    (
        r#"{"method":"send","value":{"asset_id":"gold","to_contract":"bank","amount":"5"}}"#,
        "action 0 (send): SEND action has an invalid amount: it must be an integer from 1 to 18446744073709551615",
    ),
    (
        r#"{"method":"send","value":{"asset_id":"silver","to_contract":"bank","amount":5}}"#,
        "action 0 (send): Asset silver not found in contract mint",
    ),
    (
        r#"{"method":"send","value":{"asset_id":"gold","asset_contract":"bank","to_contract":"bank","amount":5}}"#,
        "action 0 (send): Asset gold not found in contract bank",
    ),
    (
        r#"{"method":"send","value":{"asset_id":"gold","to_contract":"mint","amount":5}}"#,
        "action 0 (send): Cannot transfer to same address",
    ),
    (
        r#"{"method":"send","value":{"asset_id":"gold","to_contract":"bank","amount":7}}"#,
        "action 0 (send): Amount 7 is not a multiple of divisibility 5",
    ),
    (
        r#"{"method":"send","value":{"asset_id":"gold","to_contract":"bank","amount":65}}"#,
        "action 0 (send): Insufficient balance: have 60, need 65",
    ),
    (
        r#"{"method":"send","value":{"asset_id":"gold","asset_contract":"left","to_contract":"bank","amount":1}}"#,
        "action 0 (send): Insufficient balance: have 0, need 1",
    ),
    // Receive.
    (r#"{"method":"recv"}"#, "action 0 (recv): RECV action missing value"),
    (r#"{"method":"recv","value":{}}"#, "action 0 (recv): RECV action missing send_commit_id"),
    (
        r#"{"method":"recv","value":{"send_commit_id":"m","from_contract":""}}"#,
        "action 0 (recv): RECV action has an invalid from_contract: it is empty",
    ),
    (r#"{"method":"recv","value":{"send_commit_id":"none"}}"#, "action 0 (recv): Send commit none not found"),
    // It is there, but sent nothing.
    (r#"{"method":"recv","value":{"send_commit_id":"p"}}"#, "action 0 (recv): Send commit p not found"),
    (
        r#"{"method":"recv","value":{"send_commit_id":"m"}}"#,
        "action 0 (recv): Send commit m sent nothing to contract mint",
    ),
    // Post.
    (r#"{"method":"post"}"#, "action 0 (post): POST action missing path"),
    (r#"{"method":"post","path":"a"}"#, "action 0 (post): POST action missing value"),
    (
        r#"{"method":"post","path":1,"value":1}"#,
        "action 0 (post): POST action has an invalid path: it must be a string",
    ),
    (r#"{"method":"post","path":"","value":1}"#, "action 0 (post): Path cannot be empty"),
    (r#"{"method":"post","path":"a","value":1}"#, "action 0 (post): Path must start with '/'"),
    (r#"{"method":"post","path":"/\u0000","value":1}"#, "action 0 (post): Path cannot hold a control character"),
    (
        r#"{"method":"post","path":"/a","value":[9007199254740993]}"#,
        "action 0 (post): POST action has an invalid value: it has no canonical JSON: failed to write the integer 9007199254740993: its canonical text would be another integer",
    ),
    // Modules.
    (r#"{"method":"post","path":"/m.wasm"}"#, "action 0 (post): POST action missing value"),
    (r#"{"method":"post","path":"m.wasm","value":""}"#, "action 0 (post): Path must start with '/'"),
    (r#"{"method":"post","path":"/.wasm","value":""}"#, "action 0 (post): Path names no module: it is empty"),
    (
        r#"{"method":"post","path":"//m.wasm","value":""}"#,
        "action 0 (post): Path names no module: it has an empty segment",
    ),
    (
        r#"{"method":"post","path":"/m.wasm","value":1}"#,
        "action 0 (post): WASM POST value must be base64 string or object with wasm_bytes",
    ),
    (
        r#"{"method":"post","path":"/m.wasm","value":null}"#,
        "action 0 (post): WASM POST value must be base64 string or object with wasm_bytes",
    ),
    (
        r#"{"method":"post","path":"/m.wasm","value":{"gas_limit":0}}"#,
        "action 0 (post): WASM POST missing wasm_bytes in value object",
    ),
    (
        r#"{"method":"post","path":"/m.wasm","value":{"wasm_bytes":[0,97]}}"#,
        "action 0 (post): WASM POST missing wasm_bytes in value object",
    ),
    (
        r#"{"method":"post","path":"/m.wasm","value":"AGFz bQ=="}"#,
        "action 0 (post): Invalid base64 WASM bytes: unexpected character at byte 4",
    ),
    (
        r#"{"method":"post","path":"/m.wasm","value":"AGFzbQ"}"#,
        "action 0 (post): Invalid base64 WASM bytes: invalid padding",
    ),
    (
        r#"{"method":"post","path":"/m.wasm","value":"AGFzb"}"#,
        "action 0 (post): Invalid base64 WASM bytes: invalid length",
    ),
    (
        r#"{"method":"post","path":"/m.wasm","value":"AGFzbR=="}"#,
        "action 0 (post): Invalid base64 WASM bytes: unused bits at byte 5",
    ),
    (
        r#"{"method":"post","path":"/m.wasm","value":{"wasm_bytes":"AGFzbQ==","gas_limit":"5"}}"#,
        "action 0 (post): Invalid gas limit: not an integer",
    ),
    (
        r#"{"method":"post","path":"/m.wasm","value":{"wasm_bytes":"AGFzbQ==","gas_limit":null}}"#,
        "action 0 (post): Invalid gas limit: not an integer",
    ),
    (
        r#"{"method":"post","path":"/m.wasm","value":{"wasm_bytes":"AGFzbQ==","gas_limit":1e6}}"#,
        "action 0 (post): Invalid gas limit: not an integer",
    ),
    (
        r#"{"method":"post","path":"/m.wasm","value":{"wasm_bytes":"AGFzbQ==","gas_limit":0}}"#,
        "action 0 (post): Invalid gas limit: 0 is below the minimum 1",
    ),
    (
        r#"{"method":"post","path":"/m.wasm","value":{"wasm_bytes":"AGFzbQ==","gas_limit":100000001}}"#,
        "action 0 (post): Invalid gas limit: 100000001 is above the maximum 100000000",
    ),
    (
        r#"{"method":"post","path":"/m.wasm","value":""}"#,
        "action 0 (post): Invalid WASM module: the module is malformed: unexpected end-of-file (at offset 0x0)",
    ),
    // Repost.
    (r#"{"method":"repost"}"#, "action 0 (repost): REPOST action missing path"),
    (r#"{"method":"repost","path":"$mint:/rate"}"#, "action 0 (repost): REPOST action missing value"),
    (r#"{"method":"repost","path":"/rate","value":1}"#, "action 0 (repost): Path of a repost must be $contract:/path"),
    (r#"{"method":"repost","path":"$mint","value":1}"#, "action 0 (repost): Path of a repost must be $contract:/path"),
    (
        r#"{"method":"repost","path":"$:/rate","value":1}"#,
        "action 0 (repost): Path of a repost must be $contract:/path",
    ),
    (
        r#"{"method":"repost","path":"$mint:/rates","value":1}"#,
        "action 0 (repost): Repost source mint has no value at /rates",
    ),
    (
        r#"{"method":"repost","path":"$mint:/rate","value":{"a":[1,2.51]}}"#,
        "action 0 (repost): Repost value is not the latest of mint at /rate",
    ),
    // Invoke.
    (r#"{"method":"invoke"}"#, "action 0 (invoke): INVOKE action missing path"),
    (r#"{"method":"invoke","path":"/p.wasm"}"#, "action 0 (invoke): INVOKE action missing value"),
    (
        r#"{"method":"invoke","path":"/p","value":{}}"#,
        "action 0 (invoke): Path names no module: it does not end in `.wasm`",
    ),
    (r#"{"method":"invoke","path":"/p.wasm","value":{}}"#, "action 0 (invoke): INVOKE action missing args"),
    (
        r#"{"method":"invoke","path":"/p.wasm","value":{"args":1}}"#,
        "action 0 (invoke): Program p not found in contract mint",
    ),
];

#[test]
fn an_action_is_refused_with_its_place_and_its_reason() {
    let chain = chain();
    for (action, expect) in ACTIONS {
        chain.refuse("mint", action, expect);
        // After what is done, it is undone.
        let after = format!(r#"{{"method":"post","path":"/done","value":1}},{action}"#);
        chain.refuse("mint", &after, &expect.replacen("action 0", "action 1", 1));
    }
}

#[test]
fn receipts_are_refused_to_those_who_have_received() {
    let chain = chain();
    let check = |value: &str, expect: &str| {
        let action = format!(r#"{{"method":"recv","value":{value}}}"#);
        chain.refuse("bank", &action, &format!("action 0 (recv): {expect}"));
    };
    check(r#"{"send_commit_id":"m"}"#, "Send commit m already received in commit b");
    check(r#"{"send_commit_id":"m","from_contract":"left"}"#, "Send commit m not found");
    check(r#"{"send_commit_id":"same"}"#, "Send commit same is in several contracts: from_contract must name one");
    // Nothing is lost: each of them can be received under its sender's name.
    let mut chain = chain;
    for sender in ["left", "right"] {
        let action = format!(r#"{{"method":"recv","value":{{"send_commit_id":"same","from_contract":"{sender}"}}}}"#);
        assert_eq!(chain.accept("bank", &action).len(), 1);
    }
}

#[test]
fn errors_of_form_come_before_modules_and_modules_before_state() {
    let chain = chain();
    let state = r#"{"method":"recv","value":{"send_commit_id":"none"}}"#;
    let module = r#"{"method":"post","path":"/m.wasm","value":"AGFzbQ=="}"#;
    let malformed = "Invalid WASM module: the module is malformed: unexpected end-of-file (at offset 0x4)";
    let form = r#"{"method":"create"}"#;
    let join = |actions: &[&str]| actions.join(",");
    chain.refuse("mint", &join(&[state, module, form]), "action 2 (create): CREATE action missing value");
    chain.refuse("mint", &join(&[state, module]), &format!("action 1 (post): {malformed}"));
    chain.refuse("mint", &join(&[module, state]), &format!("action 0 (post): {malformed}"));
    chain.refuse("mint", state, "action 0 (recv): Send commit none not found");
}

#[test]
fn modules_are_within_the_limits() {
    let mut chain = chain();
    let module = base64(RELAY);
    let with_limit = |limit: u64| {
        format!(r#"{{"method":"post","path":"/m.wasm","value":{{"wasm_bytes":"{module}","gas_limit":{limit}}}}}"#)
    };
    for limit in [1, 100_000_000] {
        assert_eq!(chain.accept("mint", &with_limit(limit)).len(), 1);
    }
    // A custom section of which the module is as long as can be, and one byte longer.
    let padded = |bytes: usize| {
        let payload = bytes - 8 - 1 - 5;
        let length = u32::try_from(payload).expect("short");
        let mut module = b"\0asm\x01\0\0\0\0".to_vec();
        module.extend((0..5).map(|index| {
            let bits = u8::try_from(length >> (7 * index) & 0x7f).expect("seven bits");
            if index < 4 { bits | 0x80 } else { bits }
        }));
        module.resize(bytes, 0);
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(module)
    };
    let limit = 4 << 20;
    assert_eq!(chain.accept("mint", &upload("/big.wasm", &padded(limit))).len(), 1);
    chain.refuse(
        "mint",
        &upload("/big.wasm", &padded(limit + 1)),
        "action 0 (post): Invalid WASM module: the module has 4194305 bytes, and the limit is 4194304",
    );
    let import = base64(r#"(module (import "wasi_snapshot_preview1" "fd_write" (func)))"#);
    let invalid = "the module imports the function wasi_snapshot_preview1.fd_write() -> (); only these functions may be \
        imported: ";
    let error = chain.processor.process_commit(
        "mint",
        "i",
        &format!(r#"{{"body":[{}]}}"#, upload("/i.wasm", &import)),
        &CONTEXT,
    );
    let error = error.expect_err("the import is not on the list").to_string();
    assert!(error.starts_with(&format!("action 0 (post): Invalid WASM module: {invalid}")), "{error}");
}
