//! Broken on purpose: each safeguard is left out, and the attack that it is there for is noticed no more.

use super::{Folder, REPLACED, WRITTEN, run};
use modal_wasm_runtime::{Compiler, DiskCache, DiskStatistics, EngineConfig, Safeguard};
use std::fs;
use std::path::Path;

const ENGINE: EngineConfig = EngineConfig::Wasmtime(Compiler::Cranelift);
const OTHER_ENGINE: EngineConfig = EngineConfig::Wasmtime(Compiler::CraneliftNone);

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).expect("an entry")
}

/// What came of the attack that a safeguard is there for: what guest `one` answered, and what was asked of the folder.
/// All code that is loaded is Wasmtime's, if another module's, so that even an attack that succeeds does no harm here.
fn attack(safeguard: Safeguard, breaks: impl Fn(DiskCache) -> DiskCache) -> (String, DiskStatistics) {
    let folder = Folder::new();
    let disk = breaks(folder.disk.clone());
    let file = |answer| folder.file_of(&disk, ENGINE, answer);
    let mut engine = ENGINE;
    match safeguard {
        Safeguard::CodeAuthenticated => {
            let (one, two) = (file("one"), file("two"));
            fs::write(&one, [&read(&one)[..32], &read(&two)[32..]].concat()).expect("a test may write");
        }
        Safeguard::IdentityAuthenticated => {
            let (one, two) = (file("one"), file("two"));
            fs::rename(two, one).expect("a test may rename");
        }
        Safeguard::SecretKey => {
            // Somebody has this program, and a folder with a key of their own.
            let elsewhere = Folder::new();
            let theirs = elsewhere.file_of(&breaks(elsewhere.disk.clone()), ENGINE, "one");
            fs::copy(theirs, file("one")).expect("a test may copy");
        }
        Safeguard::ProgramNamed => {
            folder.file_of(&disk.clone().of_program([1; 32]), ENGINE, "one");
        }
        Safeguard::EngineNamed => {
            file("one");
            engine = OTHER_ENGINE;
        }
        Safeguard::ModuleNamed => {
            file("two");
        }
    }
    let (execution, statistics) = run(&disk, engine, "one");
    (execution.output().unwrap_or_default().to_owned(), statistics)
}

#[test]
fn leaving_a_safeguard_out_lets_its_attack_pass() {
    for safeguard in Safeguard::ALL {
        let due = match safeguard {
            Safeguard::CodeAuthenticated | Safeguard::IdentityAuthenticated | Safeguard::SecretKey => REPLACED,
            Safeguard::ProgramNamed | Safeguard::EngineNamed | Safeguard::ModuleNamed => WRITTEN,
        };
        let noticed = ("one".to_owned(), due);
        assert_eq!(attack(safeguard, |disk| disk), noticed, "{safeguard:?}");
        assert_ne!(attack(safeguard, |disk| disk.without(safeguard)), noticed, "{safeguard:?} is not missed");
    }
}
