//! Properties of the meter over many modules: it never panics, what it writes is valid, and it writes the same each
//! time.

use arbitrary::Unstructured;
use modal_wasm_meter::{Meter, RejectionKind};
use proptest::prelude::{Strategy, any, prop, proptest};
use proptest::test_runner::{Config, FileFailurePersistence, RngSeed};
use wasm_smith::Module;

/// A module of the profile, its numbers in sloppy encodings if `sloppy`.
fn generate(seed: &[u8], sloppy: bool) -> Vec<u8> {
    let config = wasm_smith::Config {
        available_imports: Some(
            wat::parse_str(
                r#"(module (import "env" "abort" (func)) (import "env" "abort" (func (param i32 i32 i32 i32))))"#,
            )
            .expect("the imports are well-formed text"),
        ),
        compact_imports_enabled: false,
        custom_page_sizes_enabled: false,
        exceptions_enabled: false,
        gc_enabled: false,
        generate_custom_sections: true,
        max_memory32_bytes: 256 << 16,
        max_table_elements: 60_000,
        max_tables: 4,
        memory64_enabled: false,
        min_funcs: 1,
        min_types: 1,
        min_uleb_size: if sloppy { 5 } else { 1 },
        relaxed_simd_enabled: false,
        simd_enabled: false,
        tail_call_enabled: false,
        threads_enabled: false,
        wide_arithmetic_enabled: false,
        ..wasm_smith::Config::default()
    };
    Module::new(config, &mut Unstructured::new(seed)).expect("every seed makes a module").to_bytes()
}

fn seeds() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 64..4096)
}

fn config(cases: u32) -> Config {
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/regressions/meter.txt");
    let failure_persistence = Some(Box::new(FileFailurePersistence::Direct(seeds)) as Box<_>);
    Config { cases, rng_seed: RngSeed::Fixed(1), failure_persistence, ..Config::default() }
}

proptest! {
    #![proptest_config(config(2_000))]

    #[test]
    fn generated_modules_are_accepted_and_metered_alike_each_time(seed in seeds(), sloppy in any::<bool>()) {
        let original = generate(&seed, sloppy);
        let meter = Meter::default();
        let metered = meter.meter(&original).unwrap_or_else(|rejection| panic!("{:?} {rejection}", rejection.kind));
        assert_eq!(metered, meter.meter(&original).expect("it was accepted before"));
        wasmparser::Validator::new().validate_all(&metered.bytes).expect("metered modules are valid");
        // What a metered module shows beyond the original's exports has a reserved name.
        let exports = exports(&metered.bytes);
        let own = exports.iter().take_while(|name| !name.starts_with("modal:")).count();
        let names: Vec<_> = metered.interface.exports.iter().map(|export| export.name.clone()).collect();
        assert_eq!(names, exports[..own]);
        assert!(exports[own..].iter().all(|name| name.starts_with("modal:")));
    }

    #[test]
    fn encodings_make_no_difference(seed in seeds()) {
        let meter = Meter::default();
        assert_eq!(meter.meter(&generate(&seed, false)), meter.meter(&generate(&seed, true)));
    }

    #[test]
    fn damaged_modules_are_metered_or_rejected(seed in seeds(), damage in prop::collection::vec(any::<(u16, u8)>(), 1..8)) {
        let mut original = generate(&seed, false);
        for (place, byte) in damage {
            let place = usize::from(place) % original.len();
            original[place] = byte;
        }
        if let Err(rejection) = Meter::default().meter(&original) {
            assert_ne!(rejection.kind, RejectionKind::MeterDefect, "{rejection}");
        }
    }

    #[test]
    fn any_bytes_are_metered_or_rejected(body in prop::collection::vec(any::<u8>(), 0..256), headed in any::<bool>()) {
        let mut bytes = if headed { b"\0asm\x01\0\0\0".to_vec() } else { Vec::new() };
        bytes.extend(body);
        if let Err(rejection) = Meter::default().meter(&bytes) {
            assert_ne!(rejection.kind, RejectionKind::MeterDefect, "{rejection}");
        }
    }
}

fn exports(module: &[u8]) -> Vec<String> {
    wasmparser::Parser::new(0)
        .parse_all(module)
        .filter_map(|payload| match payload.expect("metered modules are well-formed") {
            wasmparser::Payload::ExportSection(section) => Some(section),
            _ => None,
        })
        .flatten()
        .map(|export| export.expect("metered modules are well-formed").name.to_owned())
        .collect()
}
