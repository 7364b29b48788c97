//! A profile is the set of modules that the meter admits: features, limits and imports, under a name and a hash.

use crate::imports::ALLOWED;
use crate::{Limit, Limits};
use std::fmt::Write as _;
use wasmparser::WasmFeatures;

/// The modules that a meter admits. Adding a profile never changes another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The profile's name, part of every certificate.
    pub name: &'static str,
    /// How much of everything a module may have.
    pub limits: Limits,
    pub(crate) features: WasmFeatures,
}

impl Profile {
    /// The profile `modal-1`: WebAssembly 1.0 with mutable globals, sign extension, saturating conversions, several
    /// results, bulk memory, reference types and extended constant expressions.
    #[must_use]
    pub const fn modal_1() -> Self {
        Self {
            name: "modal-1",
            limits: Limits::modal_1(),
            // `MVP` also holds floats and the types of references, which are no proposals of their own.
            features: WasmFeatures::MVP
                .union(WasmFeatures::MUTABLE_GLOBAL)
                .union(WasmFeatures::SIGN_EXTENSION)
                .union(WasmFeatures::SATURATING_FLOAT_TO_INT)
                .union(WasmFeatures::MULTI_VALUE)
                .union(WasmFeatures::BULK_MEMORY)
                .union(WasmFeatures::REFERENCE_TYPES)
                .union(WasmFeatures::EXTENDED_CONST),
        }
    }

    /// The SHA-256 of the profile's canonical text, in lower hex.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut text = format!("profile {}\n", self.name);
        let mut features: Vec<_> =
            self.features.iter_names().map(|(name, _)| name.to_ascii_lowercase().replace('_', "-")).collect();
        features.sort_unstable();
        for feature in features {
            let _ = writeln!(text, "feature {feature}");
        }
        for &limit in Limit::ALL {
            let _ = writeln!(text, "limit {limit:?} {}", self.limits.get(limit));
        }
        for import in ALLOWED {
            let _ = writeln!(text, "import {}", import.text());
        }
        crate::sha256_hex(text.as_bytes())
    }
}
