//! Histories of commits: every action by hand, and the uploads and invocations of small guests of the corpus.

use super::Inputs;
use super::modules::cases;
use crate::upload::written;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use modal_harness::generate::Kind;
use serde_json::json;
use std::path::Path;

/// Longer modules are the business of other targets.
const LONGEST: usize = 1 << 10;

/// Uploads of the harness's generator.
const GENERATED: u64 = 12;

/// Commits, each behind the number of its contract.
const BY_HAND: &[&str] = &[
    r#"0{"body":[{"method":"create","value":{"asset_id":"gold","quantity":1000,"divisibility":10}},{"method":"send","value":{"asset_id":"gold","to_contract":"bank","amount":250}}],"head":{}}
1{"body":[{"method":"recv","value":{"send_commit_id":"c0"}}]}
1{"body":[{"method":"send","value":{"asset_id":"gold","asset_contract":"mint","to_contract":"shop","amount":50}}],"head":{"parent":"c1"}}
2{"body":[{"method":"recv","value":{"send_commit_id":"c2","from_contract":"bank"}}]}
"#,
    r#"0{"body":[{"method":"create","value":{"asset_id":"gold","quantity":18446744073709551615,"divisibility":1}}]}
0{"body":[{"method":"create","value":{"asset_id":"gold","quantity":1,"divisibility":1}}]}
0{"body":[{"method":"send","value":{"asset_id":"gold","to_contract":"mint","amount":1}}]}
0{"body":[{"method":"send","value":{"asset_id":"gold","to_contract":"bank","amount":100.0}}]}
"#,
    r#"0{"body":[{"method":"post","path":"/rates/gold","value":5}]}
1{"body":[{"method":"repost","path":"$mint:/rates/gold","value":5}]}
1{"body":[{"method":"repost","path":"$mint:/rates/gold","value":6}]}
"#,
    r#"0{"body":[{"method":"fly"}]}
0{"body":[{}]}
0{"body":{}}
0[]
0{"body":[],"body":[]}
0{"body":[],"head":null}
0{"body":[{"method":"post","path":"/a","value":9007199254740993}]}
0{"body":[{"method":"invoke","path":"/none.wasm","value":{"args":null}}]}
0{"body":[{"method":"post","path":"/x.wasm","value":{"wasm_bytes":"AGFzbQEAAAA=","gas_limit":0}}]}
0{"body":[{"method":"post","path":"/x.wasm","value":{"wasm_bytes":"AGFzbQEAAAA=","gas_limit":5000}}]}
0{"body":[{"method":"post","path":"/y.wasm","value":"AGFzbQEAAA=="}]}
"#,
];

/// Every history.
pub(super) fn all(corpus: &Path) -> anyhow::Result<Inputs> {
    let mut inputs = BY_HAND.iter().map(|history| history.as_bytes().to_vec()).collect::<Inputs>();
    let mut modules = cases(&corpus.join("cases/abi"))?.into_iter().map(|case| case.module).collect::<Vec<_>>();
    for index in 0..GENERATED {
        modules.push(Kind::Uploads.generate(1, index)?.case.module);
    }
    for module in modules.iter().filter(|module| module.len() <= LONGEST) {
        let upload = json!({"method": "post", "path": "/program.wasm", "value": BASE64_STANDARD.encode(module)});
        let invoke = json!({"method": "invoke", "path": "/program.wasm", "value": {"args": {"amount": 100}}});
        let commits = [upload, invoke].map(|action| (0, json!({"body": [action]}).to_string()));
        inputs.insert(written(&commits));
    }
    Ok(inputs)
}
