//! A feature is a part of the profile that an engine may not have.
//!
//! A lane that lacks a feature is not sent the cases that need it, and the report counts those cases: what is left out
//! is left out by name, before it is run, and for every run alike.

use crate::{Case, Run};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;
use wasmparser::{Parser, Payload, Validator, WasmFeatures};

/// A part of the profile that an engine, or a worker, may lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Feature {
    /// References to values of the host: the type `externref`, wherever it stands.
    Externref,
    /// Reference types, `externref` or not, and several tables.
    ReferenceTypes,
    /// Several results, and blocks with parameters.
    MultiValue,
    /// `memory.copy`, `memory.fill` and their like.
    BulkMemory,
    /// Guests that call other modules.
    Composition,
    /// Execution by the guest ABI.
    Abi,
}

impl Feature {
    /// Every feature.
    pub const ALL: [Self; 6] =
        [Self::Externref, Self::ReferenceTypes, Self::MultiValue, Self::BulkMemory, Self::Composition, Self::Abi];

    /// The feature's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Externref => "externref",
            Self::ReferenceTypes => "reference-types",
            Self::MultiValue => "multi-value",
            Self::BulkMemory => "bulk-memory",
            Self::Composition => "composition",
            Self::Abi => "abi",
        }
    }

    /// Whether the case needs the feature. Of a module that is not valid nobody needs anything: it is refused before an
    /// engine sees it.
    #[must_use]
    pub fn is_needed(self, case: &Case) -> bool {
        let without = match self {
            Self::Externref => WasmFeatures::GC_TYPES,
            Self::ReferenceTypes => WasmFeatures::REFERENCE_TYPES,
            Self::MultiValue => WasmFeatures::MULTI_VALUE,
            Self::BulkMemory => WasmFeatures::BULK_MEMORY,
            Self::Composition => return calls_modules(&case.module),
            Self::Abi => return case.runs.iter().any(|run| matches!(run, Run::Abi { .. })),
        };
        let valid =
            |features: WasmFeatures, module: &[u8]| Validator::new_with_features(features).validate_all(module).is_ok();
        let all = WasmFeatures::WASM2.union(WasmFeatures::EXTENDED_CONST);
        let modules = case.modules.values().map(|module| module.bytes.as_slice());
        std::iter::once(case.module.as_slice())
            .chain(modules)
            .any(|module| !valid(all.difference(without), module) && valid(all, module))
    }

    /// The first of these features that the case needs.
    pub(super) fn first_needed(features: &BTreeSet<Self>, case: &Case) -> Option<Self> {
        features.iter().copied().find(|feature| feature.is_needed(case))
    }
}

/// Whether a module imports what guests call each other with. It may have nobody to call: that is an answer, too.
fn calls_modules(module: &[u8]) -> bool {
    let imports = Parser::new(0).parse_all(module).filter_map(|payload| match payload {
        Ok(Payload::ImportSection(imports)) => Some(imports),
        _ => None,
    });
    imports.flat_map(|imports| imports.into_imports()).any(|import| import.is_ok_and(|import| import.module == "modal"))
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Feature {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|feature| feature.name() == text).ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            format!("no feature is called {text:?}; the features are {names}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CallableModule;

    #[test]
    fn a_case_needs_the_features_that_its_modules_use() {
        let needs =
            |case: &Case| Feature::ALL.into_iter().filter(|feature| feature.is_needed(case)).collect::<Vec<_>>();
        let check = |text: &str, expect: &[Feature]| {
            let case = Case::new(wat::parse_str(text).expect("a module"), Vec::new());
            assert_eq!(needs(&case), expect, "{text}");
            let calls = [("other".to_owned(), CallableModule { bytes: case.module, gas: 1 })];
            let caller = Case { modules: calls.into(), ..Case::new(b"\0asm\x01\0\0\0".to_vec(), Vec::new()) };
            // Nobody calls the modules of a case whose own module cannot call.
            let expect = expect.iter().copied().filter(|&feature| feature != Feature::Composition).collect::<Vec<_>>();
            assert_eq!(needs(&caller), expect, "{text}, called");
        };
        check("(module)", &[]);
        check("(module (func (result i32) i32.const 1))", &[]);
        check("(module (func (param externref)))", &[Feature::Externref, Feature::ReferenceTypes]);
        check("(module (table 1 externref))", &[Feature::Externref, Feature::ReferenceTypes]);
        check(
            "(module (global i32 (i32.add (i32.const 1) (i32.const 2))) (table 1 externref))",
            &[Feature::Externref, Feature::ReferenceTypes],
        );
        check("(module (table 1 funcref) (table 1 funcref))", &[Feature::ReferenceTypes]);
        check("(module (func (result i32 i32) i32.const 1 i32.const 2))", &[Feature::MultiValue]);
        check(
            "(module (memory 1) (func (memory.fill (i32.const 0) (i32.const 0) (i32.const 0))))",
            &[Feature::BulkMemory],
        );
        check("(module (import \"modal\" \"result\" (func (param i32))))", &[Feature::Composition]);
        let run = Run::Abi { method: "f".into(), input: String::new(), gas: 1 };
        assert_eq!(needs(&Case::new(Vec::new(), vec![run])), [Feature::Abi]);
    }

    #[test]
    fn features_are_known_by_their_names() {
        for feature in Feature::ALL {
            assert_eq!(feature.name().parse(), Ok(feature));
            assert_eq!(serde_json::to_value(feature).expect("JSON"), feature.name());
        }
        assert!("simd".parse::<Feature>().is_err_and(|text| text.contains("externref, reference-types")));
    }
}
