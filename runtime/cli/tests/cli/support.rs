//! A workshop is a directory to try the program in.

use modal_wasm_meter::Meter;
use modal_wasm_runtime::Engine;
use snapbox::cmd::{Command, OutputAssert};
use snapbox::{Assert, Redactions};
use std::fs;
use std::path::{Path, PathBuf};

/// A guest with methods that do what their names say.
pub(crate) const GUEST: &str = r#"(module
    (import "env" "abort" (func $abort))
    (memory (export "memory") 1)
    (data (i32.const 0) "\0e\00\00\00{\"valid\":true}")
    (func (export "alloc") (param i32) (result i32) (i32.const 1024))
    (func (export "validate") (param i32 i32) (result i32) (i32.const 0))
    (func (export "abort") (param i32 i32) (result i32) (call $abort) (i32.const 0))
    (func (export "spin") (param i32 i32) (result i32) (loop (br 0)) (i32.const 0))
    (func (export "lose") (param i32 i32) (result i32) (i32.const -1)))"#;

/// The same guest with another answer.
pub(crate) fn other_guest() -> String {
    GUEST.replace(r#"\0e\00\00\00{\"valid\":true}"#, r#"\0f\00\00\00{\"valid\":false}"#)
}

/// A directory to try the program in.
pub(crate) struct Workshop {
    folder: tempfile::TempDir,
}

impl Workshop {
    /// An empty one.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    /// One with a contract, `my-contract`, and two modules, `validator.wasm` and `custom-logic.wasm`.
    pub(crate) fn with_contract() -> Self {
        let workshop = Self::with_modules();
        workshop.modal(&["contract", "create", "--dir", "./my-contract"]).success();
        workshop
    }

    /// One with two modules, `validator.wasm` and `custom-logic.wasm`.
    pub(crate) fn with_modules() -> Self {
        let workshop = Self::new();
        workshop.module("validator.wasm", GUEST);
        workshop.module("custom-logic.wasm", &other_guest());
        workshop
    }

    /// One with a contract and both modules uploaded to it.
    pub(crate) fn with_uploads() -> Self {
        let workshop = Self::with_contract();
        workshop.modal(&UPLOAD_VALIDATOR).success();
        workshop.modal(&UPLOAD_LOGIC).success();
        workshop
    }

    /// Compiles a module.
    pub(crate) fn module(&self, file: &str, wat: &str) {
        self.write(file, wat::parse_str(wat).expect("a module"));
    }

    pub(crate) fn write(&self, file: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(file), bytes).expect("a file");
    }

    /// Where a file of the workshop is.
    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.root().join(file)
    }

    fn root(&self) -> PathBuf {
        self.folder.path().canonicalize().expect("the folder")
    }

    /// Runs the program.
    pub(crate) fn modal(&self, args: &[&str]) -> OutputAssert {
        let mut redactions = Redactions::new();
        redactions.insert("[WORKSHOP]", self.root()).expect("a name");
        redactions.insert("[VERSION]", env!("CARGO_PKG_VERSION")).expect("a name");
        redactions.insert("[WASMTIME]", Engine::Wasmtime.version()).expect("a name");
        // What the meter makes of the guests is for its own tests.
        for guest in [GUEST, &other_guest()] {
            let metered = Meter::default().meter(&wat::parse_str(guest).expect("a module")).expect("a guest");
            let size = metered.bytes.len();
            let texts = [metered.sha256, format!("{size} metered"), format!("\"metered_size\": {size}")];
            texts.into_iter().for_each(|text| redactions.insert("[METERED]", text).expect("a name"));
        }
        let assert = Assert::new()
            .normalize_paths(false)
            .action_env(snapbox::assert::DEFAULT_ACTION_ENV)
            .redact_with(redactions);
        Command::new(program())
            .with_assert(assert)
            .current_dir(self.folder.path())
            .env_remove("NO_COLOR")
            .args(args)
            .assert()
    }

    /// Runs the program and reads the document that it prints.
    pub(crate) fn json(&self, args: &[&str]) -> serde_json::Value {
        let args = [args, &["--output", "json"]].concat();
        serde_json::from_slice(&self.modal(&args).success().get_output().stdout).expect("one JSON document")
    }

    /// The id that HEAD holds.
    pub(crate) fn head(&self) -> String {
        read(&self.path("my-contract/.contract/HEAD")).trim_end().to_owned()
    }

    /// A commit, as it is kept.
    pub(crate) fn commit(&self, id: &str) -> serde_json::Value {
        let text = read(&self.path("my-contract/.contract/commits").join(format!("{id}.json")));
        serde_json::from_str(&text).expect("a commit is JSON")
    }

    /// Puts a commit on top of the last one by hand, as another program might, and returns its id.
    pub(crate) fn forge(&self, body: &str) -> String {
        let commit = format!(r#"{{"body":{body},"head":{{"parent":"{}"}}}}"#, self.head());
        let commit = modal_wasm_validation::json_canonicalize(&commit).expect("JSON");
        let id = modal_wasm_meter::sha256_hex(commit.as_bytes());
        self.write(&format!("my-contract/.contract/commits/{id}.json"), commit);
        self.write("my-contract/.contract/HEAD", &id);
        id
    }

    /// Every file below a folder of the workshop, with its bytes.
    pub(crate) fn files(&self, folder: &str) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        let mut folders = vec![self.path(folder)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let bytes = fs::read(&path).expect("a file");
                    files.push((path, bytes));
                }
            }
        }
        files.sort();
        files
    }
}

/// The program.
pub(crate) fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_modal"))
}

/// A text file.
pub(crate) fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The project's brief has these two command lines word for word.
pub(crate) const UPLOAD_VALIDATOR: [&str; 8] = [
    "contract",
    "wasm-upload",
    "--dir",
    "./my-contract",
    "--wasm-file",
    "./validator.wasm",
    "--module-name",
    "validator",
];
pub(crate) const UPLOAD_LOGIC: [&str; 10] = [
    "contract",
    "wasm-upload",
    "--dir",
    "./my-contract",
    "--wasm-file",
    "./custom-logic.wasm",
    "--module-name",
    "/custom/logic",
    "--gas-limit",
    "5000000",
];
