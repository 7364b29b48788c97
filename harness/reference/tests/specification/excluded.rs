//! What of the official tests is not run, and why.

// Instances that share something are outside the profile, whose modules import functions of the host only.
pub(crate) const SHARES_FUNCTION: &str = "shares a function reference";
pub(crate) const SHARES_GLOBAL: &str = "shares a mutable global";
pub(crate) const SHARES_MEMORY: &str = "shares a memory";
pub(crate) const SHARES_TABLE: &str = "shares a table";
pub(crate) const NEEDS: &str = "needs a module that is not run";
pub(crate) const STALE: &str = "would have been changed by a module that is not run";

/// The directives that are not run: the file, the reason, and how many of them there are.
pub(crate) const NOT_RUN: &[(&str, &str, usize)] = &[
    ("bulk-memory/table-sub.wast", "uses typed function references", 1),
    ("bulk-memory/table_init.wast", "uses arrays", 2),
    ("extended-const/elem.wast", NEEDS, 1),
    ("extended-const/elem.wast", SHARES_FUNCTION, 1),
    ("extended-const/elem.wast", SHARES_TABLE, 3),
    ("extended-const/elem.wast", STALE, 8),
    ("mutable-global/linking.wast", NEEDS, 22),
    ("mutable-global/linking.wast", SHARES_MEMORY, 6),
    ("mutable-global/linking.wast", SHARES_GLOBAL, 1),
    ("mutable-global/linking.wast", SHARES_TABLE, 5),
    ("mutable-global/linking.wast", STALE, 31),
    ("reference-types/elem.wast", SHARES_TABLE, 2),
    ("reference-types/elem.wast", STALE, 6),
    ("reference-types/imports.wast", SHARES_MEMORY, 3),
    ("reference-types/imports.wast", SHARES_TABLE, 12),
    ("reference-types/linking.wast", NEEDS, 22),
    ("reference-types/linking.wast", SHARES_MEMORY, 6),
    ("reference-types/linking.wast", SHARES_GLOBAL, 2),
    ("reference-types/linking.wast", SHARES_TABLE, 7),
    ("reference-types/linking.wast", STALE, 35),
    ("reference-types/unreached-invalid.wast", "is valid since version 2", 1),
    ("wasm-v2/elem.wast", NEEDS, 1),
    ("wasm-v2/elem.wast", SHARES_FUNCTION, 1),
    ("wasm-v2/elem.wast", SHARES_TABLE, 3),
    ("wasm-v2/elem.wast", STALE, 8),
    ("wasm-v2/imports.wast", SHARES_MEMORY, 3),
    ("wasm-v2/imports.wast", SHARES_GLOBAL, 1),
    ("wasm-v2/imports.wast", SHARES_TABLE, 12),
    ("wasm-v2/linking.wast", NEEDS, 22),
    ("wasm-v2/linking.wast", SHARES_MEMORY, 6),
    ("wasm-v2/linking.wast", SHARES_GLOBAL, 2),
    ("wasm-v2/linking.wast", SHARES_TABLE, 7),
    ("wasm-v2/linking.wast", STALE, 35),
    ("wasm-v2/memory_grow.wast", NEEDS, 4),
    ("wasm-v2/memory_grow.wast", SHARES_MEMORY, 1),
    ("wasm-v2/table_grow.wast", NEEDS, 4),
    ("wasm-v2/table_grow.wast", SHARES_TABLE, 1),
];

/// Single directives that are carried out and have to fail: the file, the line, and the reason.
pub(crate) const ASIDE: &[(&str, usize, &str)] = &[
    ("bulk-memory/table-sub.wast", 1, "uses typed function references"),
    ("bulk-memory/table_init.wast", 2272, "uses arrays"),
    ("bulk-memory/table_init.wast", 2286, "uses arrays"),
    ("reference-types/unreached-invalid.wast", 539, "is valid since version 2"),
];
