//! A merge refuses what is missing, damaged, forged or run by others, and finds what is not deterministic.

use super::{Kept, check, ended, whole};
use crate::common::project;
use modal_harness::campaign::{Campaign, Chunk, Store};
use modal_harness::results::{Merkle, Results, Row, Sha256Sum, read_table, write_table};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A copy of a store.
fn copy(of: &Kept) -> Kept {
    let copy = Kept::new();
    for (name, bytes) in of.files() {
        let path = copy.0.path().join(name.trim_start_matches('/'));
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    copy
}

/// The folder of the campaign, without what was merged.
fn unmerged(kept: &Kept) -> PathBuf {
    let campaigns = fs::read_dir(kept.0.path().join("campaigns")).expect("a folder");
    let folder = campaigns.map(|entry| entry.expect("an entry").path()).next().expect("a campaign");
    fs::remove_dir_all(folder.join("merged")).expect("it was merged");
    folder
}

fn rows(folder: &Path, chunk: u64) -> Vec<Row> {
    read_table(fs::read(folder.join(format!("chunks/{chunk}/results.parquet"))).expect("results")).expect("rows")
}

fn record(folder: &Path, chunk: u64) -> Chunk {
    let bytes = fs::read(folder.join(format!("chunks/{chunk}/chunk.json"))).expect("a record");
    serde_json::from_slice(&bytes).expect("a record")
}

fn write_record(folder: &Path, chunk: u64, record: &Chunk) {
    let bytes = serde_json_canonicalizer::to_vec(record).expect("a record");
    fs::write(folder.join(format!("chunks/{chunk}/chunk.json")), bytes).expect("a file");
}

/// Puts other rows in a chunk's place. Every digest fits them.
fn forge(folder: &Path, chunk: u64, change: fn(&mut Vec<Row>)) {
    let mut rows = rows(folder, chunk);
    change(&mut rows);
    let table = write_table(&rows).expect("a table");
    let mut record = record(folder, chunk);
    record.root = Merkle::of(&rows).root();
    record.results_sha256 = Sha256Sum::of(&table);
    fs::write(folder.join(format!("chunks/{chunk}/results.parquet")), table).expect("a file");
    write_record(folder, chunk, &record);
}

#[test]
fn what_is_missing_or_false_is_not_merged() {
    let kept = whole();
    let refused = |change: &dyn Fn(&Path), parts: &[&str]| {
        let kept = copy(&kept);
        let folder = unmerged(&kept);
        change(&folder);
        check(kept.store(), &["merge", "--sample", "1"], 106, &[&["error: failed to merge: "], parts].concat());
        assert!(!folder.join("merged").exists(), "{parts:?}: nothing is made of it");
    };
    let remove = |folder: &Path, name: &str| fs::remove_file(folder.join(name)).expect("a file");
    let cut = |folder: &Path, name: &str| {
        let bytes = fs::read(folder.join(name)).expect("a file");
        fs::write(folder.join(name), &bytes[..bytes.len() - 1]).expect("a file");
    };
    let lie = |folder: &Path, change: fn(&mut Chunk)| {
        let mut record = record(folder, 2);
        change(&mut record);
        write_record(folder, 2, &record);
    };
    refused(&|folder| remove(folder, "chunks/3/chunk.json"), &["1 of 5 chunks are missing: 3"]);
    refused(
        &|folder| {
            ["0", "1", "4"].iter().for_each(|chunk| remove(folder, &format!("chunks/{chunk}/chunk.json")));
            cut(folder, "chunks/2/results.parquet");
        },
        &["3 of 5 chunks are missing: 0-1, 4", "chunk 2 has results that are not those of its chunk.json"],
    );
    refused(&|folder| remove(folder, "chunks/2/results.parquet"), &["chunk 2 has no results.parquet"]);
    refused(&|folder| cut(folder, "chunks/2/chunk.json"), &["chunk 2 has a chunk.json that is none"]);
    refused(
        &|folder| {
            // Two chunks in each other's places.
            for name in ["results.parquet", "chunk.json"] {
                fs::copy(folder.join("chunks/1").join(name), folder.join("chunks/2").join(name)).expect("a file");
            }
        },
        &["chunk 2 says that it is another chunk"],
    );
    refused(
        &|folder| lie(folder, |record| record.lanes[1].version.push('x')),
        &["chunk 2 was run on other lanes: ", "x)"],
    );
    refused(
        &|folder| lie(folder, |record| record.summary.metered = 1 << 60),
        &["chunk 2 has numbers that no such chunk comes to"],
    );
    refused(
        &|folder| lie(folder, |record| record.summary.nodes.refused = 17),
        &["chunk 2 has numbers that no such chunk comes to"],
    );
    refused(&|folder| lie(folder, |record| record.campaign.0[0] ^= 1), &["chunk 2 is of another campaign"]);
    refused(&|folder| lie(folder, |record| record.root.sha256.0[0] ^= 1), &["chunk 2 has another root than its rows"]);
    refused(
        &|folder| lie(folder, |record| record.summary.agreed -= 1),
        &["chunk 2 says 15 agreeing cases, and its rows come to 16"],
    );
    refused(&|folder| forge(folder, 2, |rows| drop(rows.pop())), &["chunk 2 has not a row for each of its cases"]);
    refused(&|folder| forge(folder, 2, |rows| rows.swap(3, 4)), &["chunk 2 has rows of other cases"]);
    refused(&|folder| forge(folder, 2, |rows| rows[3].seed.0 ^= 1), &["chunk 2 has rows of other cases"]);
    refused(
        &|folder| forge(folder, 2, |rows| rows[3].limit_runs += 1),
        &["runs under swept limits, and its rows come to"],
    );
    refused(
        &|folder| {
            fs::create_dir_all(folder.join("findings/fault-node-WorkerDied")).expect("a folder");
            fs::write(folder.join("findings/fault-node-WorkerDied/0.zip"), "").expect("a file");
        },
        &["no chunk notes findings/fault-node-WorkerDied/0.zip: look at what broke"],
    );
}

#[test]
fn what_is_not_deterministic_is_found_and_stays_found() {
    let kept = copy(&whole());
    let folder = unmerged(&kept);
    // One unit of gas, in one case, with every digest in order: only judging the case again can tell.
    forge(&folder, 2, |rows| rows[7].gas_used += 1);
    let row = &rows(&folder, 2)[7];
    let place = format!("chunk 2 is not deterministic: case 39, seed {}, gas_used", row.seed);
    let values = format!("stored {}, now {}", row.gas_used, row.gas_used - 1);
    check(kept.store(), &["merge", "--sample", "72"], 100, &[&place, &values]);
    check(kept.store(), &["run", "--shard", "2/5"], 0, &["0 chunks stored, 1 there before"]);
    check(kept.store(), &["run", "--shard", "2/5", "--again"], 100, &[&place, &values, "disputes/2-"]);
    // Whoever was right, the campaign has two results.
    check(kept.store(), &["merge", "--sample", "1"], 106, &["disputes holds other results: 2-"]);
    check(kept.store(), &["status"], 100, &["1 disputes"]);
    assert!(!folder.join("merged").exists());
}

#[test]
fn a_certificate_is_made_of_a_whole_campaign_that_was_merged() {
    let refused = |kept: &Kept, lanes: &str, part: &str| {
        let mut certify = Command::new(env!("CARGO_BIN_EXE_modal-conform"));
        certify.args(["certify", "--profile", "quick", "--lanes", lanes, "--store", kept.store(), "--out"]);
        let (code, text) = ended(certify.arg(kept.0.path().join("certified")).current_dir(project()));
        assert!(code == Some(96) && text.contains(part), "{code:?}: {text}");
    };
    let kept = Kept::new();
    let lanes = "wasmtime,wasmi";
    let cases = ["--cases", "24", "--chunk", "16", "--lanes", lanes];
    check(kept.store(), &[&["plan"], &cases[..]].concat(), 0, &["campaign"]);
    check(kept.store(), &["run"], 0, &["2 chunks stored"]);
    refused(&kept, lanes, "it is not merged; run `cargo conform campaign merge`");
    check(kept.store(), &["merge", "--sample", "1"], 0, &["24 cases in 2 chunks", "agree on all 24 cases"]);
    refused(&kept, "wasmtime", "is planned for other lanes than are named here");
    let campaign = Campaign::open(Store::open(kept.store()).expect("a store"), None).expect("a campaign");
    let mut index = campaign.index().expect("a store").expect("it was merged");
    index.summary.executions += 1;
    let file = kept.0.path().join(format!("campaigns/{}/merged/index.json", campaign.id()));
    fs::write(file, index.to_json()).expect("a file");
    refused(&kept, lanes, "merged/index.json is not what its chunks come to");
    refused(&whole(), lanes, "its cases are modules from number 0");
}

#[test]
fn what_was_published_is_not_replaced() {
    let kept = copy(&whole());
    let campaign = Campaign::open(Store::open(kept.store()).expect("a store"), None).expect("a campaign");
    campaign.publish("report.html", b"a report".to_vec()).expect("a new file");
    campaign.publish("report.html", b"a report".to_vec()).expect("the same file");
    let another = campaign.publish("report.html", b"another".to_vec()).expect_err("it follows from the same bytes");
    assert!(another.to_string().starts_with("failed to publish merged/report.html"), "{another}");
    let index = campaign.index().expect("a store").expect("it was merged");
    assert!(index.is_agreement());
    assert_eq!(index.to_json(), campaign.get("merged/index.json").expect("a store").expect("an index").to_vec());
    // Rows of a library's own, in a store of its own.
    let own = Campaign::create(Store::in_memory().expect("a store"), index.plan.clone()).expect("a campaign");
    let folder = kept.0.path().join(format!("campaigns/{}", campaign.id()));
    let (rows, record) = (rows(&folder, 0), record(&folder, 0));
    let results = Results { rows, counts: record.counts };
    let store = || own.store_chunk(0, &results, record.summary.clone(), Vec::new());
    assert!(store().expect("a new chunk"));
    assert!(!store().expect("the same chunk"));
}
