//! The SDK's meter and the native one make the same bytes of the same module: of every module of the corpus, and of two
//! thousand generated ones.

use crate::common::{node, project};
use modal_harness::corpus::{CorpusCase, files};
use modal_harness::generate::generate;
use modal_harness::observation::ModuleObservation;
use modal_harness::{Case, Lane as _, Observation, ProcessLane, Seed};
use modal_wasm_meter::{Meter, Rejection};
use std::sync::Arc;

/// How many modules are generated.
const GENERATED: u64 = 2_000;

/// How many of them are waiting for the SDK at a time.
const CHUNK: usize = 64;

#[test]
fn the_sdk_meters_every_module_to_the_same_bytes() {
    let files = files(&project().join("corpus")).expect("the corpus");
    assert!(files.len() >= 240, "{} modules of the corpus are left", files.len());
    let corpus = files.iter().map(|path| {
        let case = CorpusCase::read(path).expect("a case of the corpus").case;
        (path.display().to_string(), case.module)
    });
    let generated = (0..GENERATED).map(|index| {
        let case = generate(Seed::of_case(3, index)).expect("a case").case;
        (format!("generated {index}"), case.module)
    });
    let modules = corpus.chain(generated).collect::<Vec<_>>();
    let meter = Meter::default();
    let mut sdk = ProcessLane::spawn("node", &node()).expect("the SDK's worker");
    let (mut metered, mut different) = (0, Vec::new());
    for modules in modules.chunks(CHUNK) {
        // Nothing is run: what is asked for is the bytes' hash.
        modules.iter().for_each(|(_, module)| sdk.submit(&Arc::new(Case::new(module.clone(), Vec::new()))));
        for (name, module) in modules {
            let native = match meter.meter(module) {
                Ok(native) => ModuleObservation::Accepted { metered_sha256: Some(native.sha256) },
                Err(Rejection { kind, message }) => ModuleObservation::Rejected { kind: kind.to_string(), message },
            };
            metered += u64::from(matches!(native, ModuleObservation::Accepted { .. }));
            let seen = sdk.collect().expect("an observation");
            if seen != Observation::new(native, Vec::new()) {
                different.push(name);
            }
        }
    }
    assert!(different.is_empty(), "the SDK meters otherwise: {different:#?}");
    assert_eq!(modules.len() as u64, files.len() as u64 + GENERATED);
    // Some modules of the corpus are there to be refused; no generated one is.
    let refused = modules.len() as u64 - metered;
    assert!(refused * 2 < files.len() as u64, "{refused} modules were refused, in the same words");
}
