//! Whole histories: every commit is foretold by the ledger, refused ones change nothing, assets are conserved, and the same
//! commits come to the same state on every store and engine.

use crate::guests::{RELAY, base64, caller, constant, program};
use crate::ledger::{ASSETS, Bug, COMMITS, CONTRACTS, Commit, Guest, Ledger, MODULES, Op, PATHS, Parent, VALUES};
use crate::postgres;
use crate::stores::{Repeating, WithoutRollback};
use crate::support::{CONTEXT, processor};
use modal_datastore::{
    ContractId, MemoryStore, ModuleName, PostgresStore, RedbStore, Snapshot, Store, WasmModule, view,
};
use modal_validator::{ContractProcessor, Fault, Identifier, Path, State, state_digest};
use modal_wasm_runtime::Engine;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

const HISTORIES: u32 = 250;

#[test]
fn histories_are_as_foretold() {
    let mut tally = BTreeMap::new();
    let run = search(HISTORIES, |history| {
        let counted = compare(history, None, Arc::new(MemoryStore::new()))?;
        for (outcome, count) in counted {
            *tally.entry(outcome).or_insert(0) += count;
        }
        Ok(())
    });
    assert_eq!(run, Ok(()));
    // What is hardly ever seen proves nothing.
    let accepted = tally.remove("").unwrap_or(0);
    let refused: u64 = tally.values().sum();
    assert!(accepted > 1000 && refused > 500, "{accepted} accepted, {refused} refused");
    assert_eq!(tally.len(), 23, "every reason that the ledger gives is seen: {tally:#?}");
}

/// The very property above, held against a ledger that gets one rule wrong.
#[test]
fn a_wrong_rule_is_noticed() {
    for bug in Bug::ALL {
        let run = search(600, |history| compare(history, Some(bug), Arc::new(MemoryStore::new())).map(drop));
        assert!(run.is_err(), "{bug:?} was not noticed");
    }
}

#[test]
fn a_store_that_keeps_refused_commits_is_noticed() {
    let run = search(100, |history| compare(history, None, Arc::new(WithoutRollback::default())).map(drop));
    assert!(run.is_err_and(|error| error.contains("changed the state")));
}

#[test]
fn every_engine_comes_to_the_same_state() {
    same_states(HISTORIES, Engine::Wasmi, || Arc::new(MemoryStore::new()));
}

#[test]
fn a_transaction_that_is_tried_again_comes_to_the_same_state() {
    same_states(HISTORIES, Engine::Wasmtime, || Arc::new(Repeating::default()));
}

#[test]
fn a_file_comes_to_the_same_state() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = 0;
    same_states(40, Engine::Wasmtime, || {
        files += 1;
        let store = RedbStore::open(folder.path().join(format!("{files}.redb"))).expect("a store");
        Arc::new(store)
    });
}

#[test]
fn a_server_comes_to_the_same_state() {
    if postgres::is_off() {
        return;
    }
    same_states(12, Engine::Wasmtime, || {
        let address = postgres::database().expect("a database of its own");
        Arc::new(PostgresStore::connect(&address).expect("a store"))
    });
}

/// Replays histories in another store and on another engine than the one of the ledger's comparison.
fn same_states(histories: u32, engine: Engine, mut store: impl FnMut() -> Arc<dyn Store>) {
    let run = search(histories, |history| {
        let expect = replay(history, Arc::new(MemoryStore::new()), Engine::Wasmtime);
        if replay(history, store(), engine) == expect { Ok(()) } else { Err("another state".to_owned()) }
    });
    assert_eq!(run, Ok(()));
}

/// Tries histories, always the same ones, and gives the reason of the smallest that fails.
fn search(cases: u32, mut check: impl FnMut(&[Commit]) -> Result<(), String>) -> Result<(), String> {
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 400, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let check = std::cell::RefCell::new(&mut check);
    let run = runner.run(&history(), |history| (check.borrow_mut())(&history).map_err(TestCaseError::fail));
    run.map_err(|error| error.to_string())
}

/// Processes a history, and compares each commit and the state after it with the ledger. Counts outcomes by the text that
/// was foretold, "" for accepted commits.
fn compare(history: &[Commit], bug: Option<Bug>, store: Arc<dyn Store>) -> Result<BTreeMap<&'static str, u64>, String> {
    let processor = processor(Arc::clone(&store), Engine::Wasmtime);
    let mut ledger = Ledger::new(bug);
    let mut tally = BTreeMap::new();
    let mut before = digest(&*store);
    for commit in history {
        let last = ledger.heads.get(&commit.contract).copied();
        let foretold = ledger.commit(commit);
        let found = process(&processor, commit, last);
        let after = digest(&*store);
        match (&foretold, &found) {
            (Ok(()), Ok(_)) => {}
            (Err(expect), Err(text)) if text.contains(expect) => {
                if after != before {
                    return Err(format!("a refused commit changed the state: {text}"));
                }
            }
            _ => return Err(format!("foretold {foretold:?}, found {found:?}: {}", render(commit, last))),
        }
        compare_states(&*store, &ledger)?;
        *tally.entry(foretold.err().unwrap_or_default()).or_insert(0) += 1;
        before = after;
    }
    Ok(tally)
}

/// What every commit came to, and the state after the last one.
fn replay(history: &[Commit], store: Arc<dyn Store>, engine: Engine) -> (Vec<Result<String, String>>, String) {
    let processor = processor(Arc::clone(&store), engine);
    let mut heads = BTreeMap::new();
    let mut outcomes = Vec::new();
    for commit in history {
        let processed = process(&processor, commit, heads.get(&commit.contract).copied());
        if processed.is_ok() {
            heads.insert(commit.contract, commit.id);
        }
        outcomes.push(processed);
    }
    (outcomes, digest(&*store))
}

fn process(processor: &ContractProcessor, commit: &Commit, last: Option<usize>) -> Result<String, String> {
    let (contract, id) = (CONTRACTS[commit.contract], commit_id(commit.id));
    let processed = processor.process_commit(contract, &id, &render(commit, last), &CONTEXT);
    match processed {
        Ok(changes) => Ok(serde_json::to_string(&changes).expect("JSON")),
        Err(error) => Err(error.refusal().unwrap_or_else(|| panic!("{error}")).to_string()),
    }
}

fn digest(store: &dyn Store) -> String {
    state_digest(store).unwrap_or_else(|fault| panic!("{fault}")).to_string()
}

fn compare_states(store: &dyn Store, ledger: &Ledger) -> Result<(), String> {
    let compared = view(store, |snapshot| Ok::<_, Fault>(compare_snapshot(snapshot, ledger)));
    compared.unwrap_or_else(|fault| panic!("{fault}"))
}

fn compare_snapshot(snapshot: &dyn Snapshot, ledger: &Ledger) -> Result<(), String> {
    let state = State::new(snapshot);
    let same = |what: String, found: String, expect: String| {
        if found == expect { Ok(()) } else { Err(format!("{what} is {found}, foretold {expect}")) }
    };
    let mut in_flight: BTreeMap<(usize, usize), u64> = BTreeMap::new();
    for commit in 0..COMMITS {
        let mut expect = ledger.flights.get(&commit).cloned().unwrap_or_default();
        // The datastore sorts by sender and recipient.
        expect.sort_by_key(|flight| (flight.from, flight.to));
        let expect = expect.into_iter().map(|flight| {
            let (creator, asset) = flight.asset;
            if !flight.received {
                *in_flight.entry(flight.asset).or_default() += flight.amount;
            }
            let [from, to, creator] = [flight.from, flight.to, creator].map(|index| CONTRACTS[index]);
            format!("{from} {to} {creator} {} {} {}", ASSETS[asset], flight.amount, flight.received)
        });
        let found = state.transfers(&name(&commit_id(commit))).expect("readable").into_iter().map(|it| {
            let received = it.received_in.is_some();
            format!(
                "{} {} {} {} {} {received}",
                it.from_contract, it.to_contract, it.asset_contract, it.asset_id, it.amount
            )
        });
        let (found, expect) = (found.collect::<Vec<_>>().join(", "), expect.collect::<Vec<_>>().join(", "));
        same(format!("what {commit} sent"), found, expect)?;
    }
    for (creator, creator_name) in CONTRACTS.iter().enumerate() {
        for (asset, asset_name) in ASSETS.iter().enumerate() {
            let balances = state.balances(&name(creator_name), &name(asset_name)).expect("readable");
            let expect = CONTRACTS.iter().enumerate().filter_map(|(owner, owner_name)| {
                ledger.balances.get(&(creator, asset, owner)).map(|amount| ((*owner_name).to_owned(), *amount))
            });
            let expect = expect.collect::<Vec<_>>();
            same(format!("{asset_name} of {creator_name}"), format!("{balances:?}"), format!("{expect:?}"))?;
            let found = state.asset(&name(creator_name), &name(asset_name)).expect("readable");
            let quantity = found.map_or(0, |asset| asset.quantity);
            let held: u64 = balances.iter().map(|(_, amount)| amount).sum();
            let flying = in_flight.get(&(creator, asset)).copied().unwrap_or(0);
            same(format!("all {asset_name} of {creator_name}"), (held + flying).to_string(), quantity.to_string())?;
        }
        for (path, path_name) in PATHS.iter().enumerate() {
            let found = state.value(&name(creator_name), &Path::new(path_name).expect("a path")).expect("readable");
            let expect = ledger.posts.get(&(creator, path)).map(|value| VALUES[*value]);
            let found = found.as_ref().map(|value| value.as_str());
            same(format!("{path_name} of {creator_name}"), format!("{found:?}"), format!("{expect:?}"))?;
        }
        for (module, module_name) in MODULES.iter().enumerate() {
            let contract = ContractId::new(*creator_name).expect("a contract");
            let module_name = ModuleName::new(*module_name).expect("a module");
            let found = WasmModule::find_by_contract_and_path(snapshot, &contract, &module_name).expect("readable");
            let expect = ledger.modules.get(&(creator, module)).map(|guest| guest_of(*guest));
            let found = found.map(|found| {
                use base64::Engine as _;
                base64::engine::general_purpose::STANDARD.encode(found.wasm_bytes)
            });
            same(format!("module {module_name}"), format!("{found:?}"), format!("{expect:?}"))?;
        }
        let found = state.head(&name(creator_name)).expect("readable").map(|head| head.commit_id);
        let expect = ledger.heads.get(&creator).map(|id| commit_id(*id));
        same(format!("the head of {creator_name}"), format!("{found:?}"), format!("{expect:?}"))?;
    }
    Ok(())
}

fn name(text: &str) -> Identifier {
    Identifier::new(text).expect("a name")
}

fn commit_id(index: usize) -> String {
    format!("commit-{index}")
}

static GUESTS: LazyLock<BTreeMap<Guest, String>> = LazyLock::new(|| {
    BTreeMap::from([
        (Guest::Relay, base64(RELAY)),
        (Guest::Idle, base64(&constant(r#"{"actions":[],"errors":[]}"#))),
        (Guest::Trap, base64(&program("unreachable"))),
        // Both names of a module.
        (Guest::Caller(0), base64(&caller("/logic"))),
        (Guest::Caller(1), base64(&caller("/lib/logic.wasm"))),
        (Guest::Caller(2), base64(&caller("/lib/tax#execute"))),
        (Guest::Broken, "AGFzbQ==".to_owned()),
    ])
});

fn guest_of(guest: Guest) -> &'static str {
    &GUESTS[&guest]
}

fn render(commit: &Commit, last: Option<usize>) -> String {
    let parent = match commit.parent {
        Parent::Unsaid => None,
        Parent::Last => last,
        Parent::Other(parent) => Some(parent),
    };
    let head = parent.map_or("{}".to_owned(), |parent| format!(r#"{{"parent":"{}"}}"#, commit_id(parent)));
    format!(r#"{{"body":[{}],"head":{head}}}"#, render_all(&commit.ops))
}

fn render_all(ops: &[Op]) -> String {
    ops.iter().map(render_op).collect::<Vec<_>>().join(",")
}

fn render_op(op: &Op) -> String {
    let optional = |key: &str, contract: Option<usize>| {
        contract.map_or(String::new(), |contract| format!(r#","{key}":"{}""#, CONTRACTS[contract]))
    };
    match op {
        Op::Create { asset, quantity, divisibility } => format!(
            r#"{{"method":"create","value":{{"asset_id":"{}","quantity":{quantity},"divisibility":{divisibility}}}}}"#,
            ASSETS[*asset]
        ),
        Op::Send { creator, asset, to, amount } => format!(
            r#"{{"method":"send","value":{{"asset_id":"{}","to_contract":"{}","amount":{amount}{}}}}}"#,
            ASSETS[*asset],
            CONTRACTS[*to],
            optional("asset_contract", *creator)
        ),
        Op::Recv { commit, from } => format!(
            r#"{{"method":"recv","value":{{"send_commit_id":"{}"{}}}}}"#,
            commit_id(*commit),
            optional("from_contract", *from)
        ),
        Op::Post { path, value } => {
            format!(r#"{{"method":"post","path":"{}","value":{}}}"#, PATHS[*path], VALUES[*value])
        }
        Op::Repost { source, path, value } => format!(
            r#"{{"method":"repost","path":"${}:{}","value":{}}}"#,
            CONTRACTS[*source], PATHS[*path], VALUES[*value]
        ),
        Op::Upload { module, guest } => {
            format!(r#"{{"method":"post","path":"/{}.wasm","value":"{}"}}"#, MODULES[*module], guest_of(*guest))
        }
        Op::Invoke { module, ops, complains } => format!(
            r#"{{"method":"invoke","path":"/{}.wasm","value":{{"args":{{"actions":[{}],"errors":[{}]}}}}}}"#,
            MODULES[*module],
            render_all(ops),
            if *complains { "\"no\"" } else { "" }
        ),
        Op::Unknown => r#"{"method":"burn"}"#.to_owned(),
    }
}

/// Histories that begin with an asset and a program in every contract, so that there is something to do.
fn history() -> impl Strategy<Value = Vec<Commit>> {
    let step = prop_oneof![8 => commit().prop_map(|commit| vec![commit]), 2 => exchange(), 1 => quotation(), 1 => composition()];
    vec(step, 1..28).prop_map(|steps| {
        let begin = (0..CONTRACTS.len()).map(|contract| Commit {
            contract,
            id: 0,
            parent: Parent::Unsaid,
            ops: vec![
                Op::Create { asset: 0, quantity: 100, divisibility: 5 },
                Op::Upload { module: 0, guest: Guest::Relay },
            ],
        });
        let commits = steps.into_iter().flatten().take(COMMITS - 1);
        begin.chain((1..).zip(commits).map(|(position, commit)| place(commit, position))).collect()
    })
}

/// Makes what is relative in a commit absolute: names of commits count back from its position, recipients on from its
/// contract.
fn place(commit: Commit, position: usize) -> Commit {
    fn place_op(op: Op, contract: usize, position: usize) -> Op {
        match op {
            Op::Send { creator, asset, to, amount } => {
                Op::Send { creator, asset, to: (contract + to) % CONTRACTS.len(), amount }
            }
            Op::Recv { commit, from } => Op::Recv { commit: position.saturating_sub(commit), from },
            Op::Invoke { module, ops, complains } => {
                let ops = ops.into_iter().map(|op| place_op(op, contract, position)).collect();
                Op::Invoke { module, ops, complains }
            }
            Op::Create { .. } | Op::Post { .. } | Op::Repost { .. } | Op::Upload { .. } | Op::Unknown => op,
        }
    }
    let Commit { contract, id, parent, ops } = commit;
    let id = position.saturating_sub(id);
    Commit { contract, id, parent, ops: ops.into_iter().map(|op| place_op(op, contract, position)).collect() }
}

fn commit() -> impl Strategy<Value = Commit> {
    let parent = prop_oneof![
        10 => Just(Parent::Unsaid),
        10 => Just(Parent::Last),
        1 => (0..COMMITS).prop_map(Parent::Other),
    ];
    // Few commits take the name of one before, which may be another contract's.
    let id = prop_oneof![6 => Just(0), 1 => 1..4_usize];
    let ops = prop_oneof![20 => vec(op(), 1..3), 1 => tower()];
    (0..CONTRACTS.len(), id, parent, ops).prop_map(|(contract, id, parent, ops)| Commit { contract, id, parent, ops })
}

/// One contract sends, a second one perhaps too and under the same name, and the third receives, perhaps twice.
fn exchange() -> impl Strategy<Value = Vec<Commit>> {
    let sends = vec((1..3_usize, 1..5_u64), 1..3);
    (0..CONTRACTS.len(), sends, prop::bool::weighted(0.3), 0..3_usize).prop_map(|(sender, sends, twin, receipts)| {
        let by = |contract, id, ops| Commit { contract, id, parent: Parent::Last, ops };
        let send = |(to, amount)| Op::Send { creator: None, asset: 0, to, amount: amount * 5 };
        let mut commits = vec![by(sender, 0, sends.iter().copied().map(send).collect())];
        if twin {
            commits.push(by((sender + 1) % 3, 1, vec![send((1, 1))]));
        }
        for receipt in 0..receipts {
            let back = commits.len();
            // The last of several names its sender.
            let from = (receipt > 0).then_some(sender);
            commits.push(by((sender + 2) % 3, 0, vec![Op::Recv { commit: back, from }]));
        }
        commits
    })
}

/// One contract posts, perhaps twice, and another reposts.
fn quotation() -> impl Strategy<Value = Vec<Commit>> {
    (0..CONTRACTS.len(), vec(0..2_usize, 1..3)).prop_map(|(source, values)| {
        let post = |value| Op::Post { path: 0, value };
        let repost = Op::Repost { source, path: 0, value: values[0] };
        let by = |contract, ops| Commit { contract, id: 0, parent: Parent::Unsaid, ops };
        vec![by(source, values.iter().copied().map(post).collect()), by((source + 1) % 3, vec![repost])]
    })
}

/// A program that calls another module, which is replaced between its runs; in one commit, or in one for each action.
fn composition() -> impl Strategy<Value = Vec<Commit>> {
    let guest = prop_oneof![
        4 => Just(Guest::Relay),
        1 => Just(Guest::Idle),
        1 => Just(Guest::Trap),
        4 => (0..MODULES.len()).prop_map(Guest::Caller),
    ];
    let upload = (1..MODULES.len(), guest).prop_map(|(module, guest)| Op::Upload { module, guest });
    let run = (0..VALUES.len()).prop_map(|value| Op::Invoke {
        module: 0,
        ops: vec![Op::Post { path: 0, value }],
        complains: false,
    });
    let ops = vec(prop_oneof![upload, run], 2..7);
    (0..CONTRACTS.len(), ops, any::<bool>()).prop_map(|(contract, ops, together)| {
        let begin = Op::Upload { module: 0, guest: Guest::Caller(1) };
        let end = Op::Upload { module: 0, guest: Guest::Relay };
        let ops = [vec![begin], ops, vec![end]].concat();
        let by = |ops| Commit { contract, id: 0, parent: Parent::Last, ops };
        if together { vec![by(ops)] } else { ops.into_iter().map(|op| by(vec![op])).collect() }
    })
}

/// A relay that invokes itself, as deep as may be or one deeper.
fn tower() -> impl Strategy<Value = Vec<Op>> {
    (8..10_usize).prop_map(|height| {
        let post = vec![Op::Post { path: 0, value: 0 }];
        let invoke = |ops, _| vec![Op::Invoke { module: 0, ops, complains: false }];
        let upload = Op::Upload { module: 0, guest: Guest::Relay };
        std::iter::once(upload).chain((0..height).fold(post, invoke)).collect()
    })
}

fn op() -> impl Strategy<Value = Op> {
    leaf().prop_recursive(3, 8, 3, |inner| {
        let module = prop_oneof![5 => Just(0_usize), 1 => Just(1)];
        (module, vec(inner, 0..3), prop::bool::weighted(0.05)).prop_map(|(module, ops, complains)| Op::Invoke {
            module,
            ops,
            complains,
        })
    })
}

fn leaf() -> impl Strategy<Value = Op> {
    let contract = || 0..CONTRACTS.len();
    let value = || prop_oneof![4 => Just(0_usize), 1 => Just(1), 1 => Just(2)];
    let amount = || prop_oneof![12 => (1..5_u64).prop_map(|amount| amount * 5), 1 => 0..200_u64, 1 => Just(0)];
    let asset = || prop_oneof![8 => Just(0_usize), 1 => Just(1)];
    let guest = prop_oneof![
        9 => Just(Guest::Relay),
        1 => Just(Guest::Idle),
        2 => Just(Guest::Trap),
        2 => (0..MODULES.len()).prop_map(Guest::Caller),
        1 => Just(Guest::Broken),
    ];
    prop_oneof![
        8 => (0..ASSETS.len(), amount(), prop_oneof![Just(1_u64), Just(2), Just(5)])
            .prop_map(|(asset, quantity, divisibility)| Op::Create { asset, quantity, divisibility }),
        40 => (option::weighted(0.15, contract()), asset(), prop_oneof![16 => 1..3_usize, 1 => Just(0)], amount())
            .prop_map(|(creator, asset, to, amount)| Op::Send { creator, asset, to, amount }),
        40 => (0..6_usize, option::weighted(0.2, contract())).prop_map(|(commit, from)| Op::Recv { commit, from }),
        16 => (0..PATHS.len(), value()).prop_map(|(path, value)| Op::Post { path, value }),
        12 => (contract(), 0..PATHS.len(), value())
            .prop_map(|(source, path, value)| Op::Repost { source, path, value }),
        12 => (0..MODULES.len(), guest).prop_map(|(module, guest)| Op::Upload { module, guest }),
        1 => Just(Op::Unknown),
    ]
}
