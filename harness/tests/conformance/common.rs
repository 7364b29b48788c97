//! What the integration tests share: a panel with the default lanes, and the folders of the project.

use modal_harness::{LaneKind, LaneSet, Panel, THREAD_STACK, WorkerCommand};
use std::path::{Path, PathBuf};

/// The project's folder.
pub(crate) fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// How the Node lane's worker is started. The SDK must have been built.
pub(crate) fn node() -> WorkerCommand {
    let sdk = project().join("runtime/sdk");
    assert!(sdk.join("dist/meter").is_dir(), "the SDK is not built: run `cargo xtask sdk`");
    WorkerCommand::new("node", [sdk.join("src/worker/main.js")])
}

/// The validators as a guest, which must have been built.
pub(crate) fn guest() -> Vec<u8> {
    let path = project().join("validators/dist/guest.wasm");
    std::fs::read(path).expect("the guest is built: run `cargo xtask guests`")
}

/// A panel with the default lanes.
pub(crate) fn panel() -> Panel {
    let lanes = LaneSet::open(&LaneKind::DEFAULT, &node()).expect("the default lanes open");
    Panel::new(lanes).expect("the oracles are set up")
}

/// Runs a test with the native stack that lanes in this process need.
pub(crate) fn with_room<T: Send>(test: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(THREAD_STACK).spawn_scoped(scope, test).expect("a thread");
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}
