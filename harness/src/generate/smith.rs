//! Modules of wasm-smith under the profile.

use crate::{LaneFault, Seed};
use arbitrary::Unstructured;
use proptest::test_runner::TestRng;
use rand::{Rng as _, RngExt as _};
use wasm_smith::{Config, InstructionKind, InstructionKinds, MemoryOffsetChoices, Module};

/// A module of the profile: a swarm of configurations, so that what one configuration crowds out another reaches.
pub(super) fn module(seed: Seed, calm: bool) -> Result<Vec<u8>, LaneFault> {
    let mut random = seed.stream("smith");
    let references = random.random_ratio(7, 8);
    let config = Config {
        allow_floats: random.random_ratio(7, 8),
        allow_start_export: random.random_ratio(1, 4),
        allowed_instructions: instructions(&mut random),
        bulk_memory_enabled: random.random_ratio(7, 8),
        disallow_traps: calm,
        exceptions_enabled: false,
        export_everything: true,
        extended_const_enabled: random.random_ratio(7, 8),
        gc_enabled: false,
        compact_imports_enabled: false,
        custom_descriptors_enabled: false,
        generate_custom_sections: random.random_ratio(1, 8),
        max_data_segments: 4,
        max_element_segments: 4,
        max_elements: 16,
        max_exports: 64,
        max_funcs: random.random_range(2..12),
        max_globals: 8,
        max_imports: 0,
        max_instructions: random.random_range(20..200),
        max_memory32_bytes: 8 * 65_536,
        memory_max_size_required: random.random_ratio(1, 4),
        // How often offsets are below the memory's size, below its largest and any: the first where loads shall hit.
        memory_offset_choices: if random.random_ratio(3, 4) {
            MemoryOffsetChoices(98, 1, 1)
        } else {
            MemoryOffsetChoices(60, 30, 10)
        },
        max_nesting_depth: random.random_range(4..32),
        max_table_elements: 64,
        max_tables: if references { 3 } else { 1 },
        max_types: 16,
        max_values: 8,
        memory64_enabled: false,
        min_data_segments: 0,
        min_funcs: 1,
        min_globals: random.random_range(0..4),
        min_memories: u32::from(random.random_ratio(3, 4)),
        min_types: 1,
        min_uleb_size: if random.random_ratio(1, 8) { 5 } else { 1 },
        multi_value_enabled: random.random_ratio(7, 8),
        reference_types_enabled: references,
        relaxed_simd_enabled: false,
        saturating_float_to_int_enabled: random.random_ratio(7, 8),
        sign_extension_ops_enabled: random.random_ratio(7, 8),
        simd_enabled: false,
        table_max_size_required: random.random_ratio(1, 4),
        tail_call_enabled: false,
        threads_enabled: false,
        wide_arithmetic_enabled: false,
        ..Config::default()
    };
    let mut bytes = vec![0; random.random_range(256..1_536)];
    random.fill_bytes(&mut bytes);
    let mut module = Module::new(config, &mut Unstructured::new(&bytes))
        .map_err(|error| LaneFault::new("Generate", format!("wasm-smith: {error}")))?;
    // Without this, a module that loops is all out of gas; with it always, loops would hardly be seen to end by gas.
    if random.random_ratio(1, 2) {
        module
            .ensure_termination(random.random_range(20..500))
            .map_err(|error| LaneFault::new("Generate", format!("wasm-smith: {error}")))?;
    }
    Ok(module.to_bytes())
}

/// The kinds of instructions: all of them as often as not, otherwise without some.
fn instructions(random: &mut TestRng) -> InstructionKinds {
    use InstructionKind::{Control, Memory, Numeric, Parametric, Reference, Table, Variable};
    if random.random_ratio(1, 2) {
        return InstructionKinds::all();
    }
    let mut kinds = vec![Numeric];
    kinds.extend(
        [Control, Memory, Parametric, Reference, Table, Variable].into_iter().filter(|_| random.random_ratio(3, 4)),
    );
    InstructionKinds::new(&kinds)
}
