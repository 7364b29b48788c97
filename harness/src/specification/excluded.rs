//! What of the official tests is not run, and why.

pub(super) const FEATURES: &str = "uses a feature outside the profile";
pub(super) const GAS: &str = "costs more than the highest gas limit";
pub(super) const IMPORTS: &str = "imports what the profile does not allow";
pub(super) const NEEDS: &str = "needs a module that is not run";
pub(super) const OTHER: &str = "is a directive of another proposal";
pub(super) const STALE: &str = "would have been changed by a module that is not run";
pub(super) const TEXT: &str = "is a text without a binary";

/// How many directives have to pass.
pub(super) const RUN: u64 = 46_416;

/// The directives that are not run: the reason, the files, and how many in each.
pub(super) const NOT_RUN: &[(&str, &[(&str, usize)])] = &[
    (FEATURES, &[("bulk-memory/table-sub.wast", 1), ("bulk-memory/table_init.wast", 1)]),
    (
        GAS,
        &[
            ("bulk-memory/memory_copy.wast", 2),
            ("bulk-memory/memory_fill.wast", 1),
            ("bulk-memory/memory_init.wast", 2),
            ("bulk-memory/table_copy.wast", 2),
            ("bulk-memory/table_init.wast", 2),
            ("reference-types/memory_copy.wast", 2),
            ("reference-types/memory_fill.wast", 1),
            ("reference-types/memory_init.wast", 2),
            ("reference-types/table_copy.wast", 2),
            ("reference-types/table_grow.wast", 1),
            ("reference-types/table_init.wast", 2),
            ("wasm-v2/memory_copy.wast", 2),
            ("wasm-v2/memory_fill.wast", 1),
            ("wasm-v2/memory_init.wast", 2),
            ("wasm-v2/table_copy.wast", 2),
            ("wasm-v2/table_grow.wast", 1),
            ("wasm-v2/table_init.wast", 2),
        ],
    ),
    (
        IMPORTS,
        &[
            ("extended-const/data.wast", 21),
            ("extended-const/elem.wast", 22),
            ("extended-const/global.wast", 10),
            ("mutable-global/linking.wast", 9),
            ("reference-types/data.wast", 16),
            ("reference-types/elem.wast", 15),
            ("reference-types/global.wast", 1),
            ("reference-types/imports.wast", 36),
            ("reference-types/linking.wast", 18),
            ("reference-types/ref_func.wast", 1),
            ("reference-types/table.wast", 1),
            ("wasm-v2/data.wast", 21),
            ("wasm-v2/elem.wast", 22),
            ("wasm-v2/exports.wast", 4),
            ("wasm-v2/global.wast", 10),
            ("wasm-v2/imports.wast", 37),
            ("wasm-v2/linking.wast", 18),
            ("wasm-v2/memory.wast", 1),
            ("wasm-v2/memory_grow.wast", 2),
            ("wasm-v2/ref_func.wast", 1),
            ("wasm-v2/table.wast", 1),
            ("wasm-v2/table_grow.wast", 2),
        ],
    ),
    (
        NEEDS,
        &[
            ("bulk-memory/table_init.wast", 1),
            ("extended-const/elem.wast", 2),
            ("mutable-global/linking.wast", 54),
            ("reference-types/elem.wast", 1),
            ("reference-types/imports.wast", 23),
            ("reference-types/linking.wast", 54),
            ("wasm-v2/elem.wast", 2),
            ("wasm-v2/imports.wast", 23),
            ("wasm-v2/linking.wast", 54),
            ("wasm-v2/memory_grow.wast", 3),
            ("wasm-v2/table_grow.wast", 3),
        ],
    ),
    (
        STALE,
        &[
            ("extended-const/elem.wast", 8),
            ("mutable-global/linking.wast", 24),
            ("reference-types/elem.wast", 6),
            ("reference-types/linking.wast", 28),
            ("wasm-v2/elem.wast", 8),
            ("wasm-v2/linking.wast", 28),
        ],
    ),
    (
        TEXT,
        &[
            ("extended-const/global.wast", 3),
            ("multi-value/block.wast", 15),
            ("multi-value/call_indirect.wast", 11),
            ("multi-value/func.wast", 16),
            ("multi-value/if.wast", 23),
            ("multi-value/loop.wast", 15),
            ("multi-value/type.wast", 2),
            ("reference-types/call_indirect.wast", 11),
            ("reference-types/global.wast", 3),
            ("reference-types/imports.wast", 16),
            ("reference-types/table.wast", 3),
            ("wasm-v2/align.wast", 46),
            ("wasm-v2/block.wast", 15),
            ("wasm-v2/call_indirect.wast", 11),
            ("wasm-v2/const.wast", 76),
            ("wasm-v2/f32.wast", 2),
            ("wasm-v2/f64.wast", 2),
            ("wasm-v2/float_literals.wast", 78),
            ("wasm-v2/func.wast", 23),
            ("wasm-v2/global.wast", 3),
            ("wasm-v2/i32.wast", 2),
            ("wasm-v2/i64.wast", 2),
            ("wasm-v2/if.wast", 24),
            ("wasm-v2/imports.wast", 16),
            ("wasm-v2/int_literals.wast", 20),
            ("wasm-v2/load.wast", 13),
            ("wasm-v2/loop.wast", 15),
            ("wasm-v2/memory.wast", 3),
            ("wasm-v2/obsolete-keywords.wast", 11),
            ("wasm-v2/store.wast", 7),
            ("wasm-v2/table.wast", 3),
            ("wasm-v2/token.wast", 23),
            ("wasm-v2/type.wast", 2),
            ("wasm-v2/utf8-invalid-encoding.wast", 176),
        ],
    ),
];

/// Single directives that are carried out and have to fail: the file, the line, and the reason.
pub(super) const ASIDE: &[(&str, usize, &str)] = &[
    ("multi-value/call.wast", 359, CAP),
    ("multi-value/call_indirect.wast", 603, CAP),
    ("reference-types/call_indirect.wast", 603, CAP),
    ("reference-types/memory_grow.wast", 45, CAP),
    ("reference-types/memory_grow.wast", 48, CAP),
    ("reference-types/unreached-invalid.wast", 539, "is valid since version 2"),
    ("wasm-v2/call.wast", 359, CAP),
    ("wasm-v2/call_indirect.wast", 603, CAP),
    ("wasm-v2/memory_grow.wast", 45, CAP),
    ("wasm-v2/memory_grow.wast", 48, CAP),
];

/// The specification lets any growth of a memory fail, and the profile decides which do.
const CAP: &str = "grows a memory beyond the cap of the profile, or finds one that did not grow";
