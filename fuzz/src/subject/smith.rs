//! Modules of wasm-smith under the profile, whose every choice is the input's.

use arbitrary::Unstructured;
use std::sync::LazyLock;
use wasm_smith::{Config, Module};

/// How modules are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Style {
    /// The module itself makes every NaN that its arithmetic gives the canonical one, so that the bits of all results
    /// are defined by the specification alone.
    pub(crate) canonical_nans: bool,
}

/// The functions that the profile lets a module import.
static IMPORTS: LazyLock<Option<Vec<u8>>> = LazyLock::new(|| {
    wat::parse_str(
        r#"(module
            (import "env" "abort" (func))
            (import "env" "abort" (func (param i32 i32 i32 i32)))
            (import "modal" "call" (func (param i32 i32 i32 i32 i64) (result i32)))
            (import "modal" "result" (func (param i32))))"#,
    )
    .ok()
});

/// The module of these choices; none if they do not suffice for one.
pub(super) fn module(choices: &mut Unstructured<'_>, style: Style) -> Option<Vec<u8>> {
    let mut odd = |of: u8| choices.arbitrary::<u8>().unwrap_or_default() % of == of - 1;
    let [imports, calm, floats, custom, sloppy, endless] = [odd(4), odd(3), !odd(4), odd(8), odd(8), odd(3)];
    let config = Config {
        allow_floats: floats,
        available_imports: if imports { IMPORTS.clone() } else { None },
        bulk_memory_enabled: true,
        canonicalize_nans: style.canonical_nans,
        compact_imports_enabled: false,
        custom_descriptors_enabled: false,
        disallow_traps: calm,
        exceptions_enabled: false,
        export_everything: true,
        gc_enabled: false,
        generate_custom_sections: custom,
        max_data_segments: 4,
        max_element_segments: 4,
        max_elements: 16,
        max_exports: 64,
        max_funcs: 8,
        max_globals: 8,
        max_imports: if imports { 4 } else { 0 },
        max_instructions: 100,
        max_memory32_bytes: 8 << 16,
        max_nesting_depth: 16,
        max_table_elements: 64,
        max_tables: 3,
        max_types: 16,
        max_values: 8,
        memory64_enabled: false,
        min_funcs: 1,
        min_types: 1,
        min_uleb_size: if sloppy { 5 } else { 1 },
        relaxed_simd_enabled: false,
        simd_enabled: false,
        tail_call_enabled: false,
        threads_enabled: false,
        wide_arithmetic_enabled: false,
        ..Config::default()
    };
    let mut module = Module::new(config, choices).ok()?;
    // Loops without an end are all out of gas: what is behind them would hardly be run.
    if !endless {
        module.ensure_termination(200).ok()?;
    }
    Some(module.to_bytes())
}
