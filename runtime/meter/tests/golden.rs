//! What the meter writes, as text: each file of `tests/golden` is a module, and below it, as comments, its metered
//! form.
//!
//! `METER_BLESS=1 cargo test -p modal-wasm-meter --test golden` rewrites the expectations for a person to review.

use modal_wasm_meter::Meter;
use std::fs;
use std::path::{Path, PathBuf};

const MARK: &str = ";;; metered";

#[test]
fn modules_are_metered_as_written_down() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).expect("the folder exists").map(|entry| entry.expect("readable").path()).collect();
    files.sort();
    assert!(files.len() >= 8, "only {} golden files were found", files.len());
    let bless = std::env::var_os("METER_BLESS").is_some();
    for file in files {
        let text = fs::read_to_string(&file).expect("readable");
        let (module, expected) = text.split_once(MARK).unwrap_or((&text, ""));
        let metered = Meter::default()
            .meter(&wat::parse_str(module).expect("the module is well-formed text"))
            .unwrap_or_else(|rejection| panic!("{}: {rejection}", file.display()));
        let mut found = String::new();
        for line in wasmprinter::print_bytes(&metered.bytes).expect("metered modules print").lines() {
            found.push_str(&format!("\n;; {line}"));
        }
        found.push('\n');
        if bless {
            fs::write(&file, format!("{}\n\n{MARK}{found}", module.trim_end())).expect("writable");
        } else {
            assert_eq!(expected, found, "{}", file.display());
        }
    }
}
