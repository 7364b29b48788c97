//! An identity says what compiled code is: of which module, compiled by which program, for which engine and machine.

use super::safeguard::{Safeguard, Safeguards};
use crate::engine::EngineConfig;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// Changes when the same code would be kept in another way.
const FORMAT: u32 = 1;

/// The SHA-256 over everything that code depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    digest: [u8; 32],
}

impl Identity {
    pub(super) fn new(
        safeguards: Safeguards,
        program: [u8; 32],
        engine: EngineConfig,
        compatibility: [u8; 32],
        metered_sha256: &str,
    ) -> Self {
        let named = |safeguard, text: String| if safeguards.hold(safeguard) { text } else { String::new() };
        let program = named(Safeguard::ProgramNamed, hex(&program));
        let engine_release = named(Safeguard::EngineNamed, format!("{engine} {}", engine.engine().version()));
        let compatibility = named(Safeguard::EngineNamed, hex(&compatibility));
        let metered = named(Safeguard::ModuleNamed, metered_sha256.to_owned());
        // No part holds the end of a line, so that different parts make different texts.
        let text = format!(
            "compiled code {FORMAT}\nprogram {program}\nengine {engine_release}\ncompatibility {compatibility}\n\
             metered {metered}\n"
        );
        Self { digest: Sha256::digest(text.as_bytes()).into() }
    }

    /// The digest, which an entry's authenticator covers.
    pub(super) fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// The name of the entry's file.
    pub(super) fn name(&self) -> String {
        hex(&self.digest)
    }
}

fn hex(bytes: &[u8; 32]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Compiler;
    use std::collections::BTreeSet;

    #[test]
    fn every_part_makes_another_identity() {
        let new = |program, engine, compatibility, metered| {
            Identity::new(Safeguards::default(), [program; 32], engine, [compatibility; 32], metered).name()
        };
        let names = [
            new(1, EngineConfig::default(), 2, "a"),
            new(3, EngineConfig::default(), 2, "a"),
            new(1, EngineConfig::Wasmtime(Compiler::CraneliftNone), 2, "a"),
            new(1, EngineConfig::default(), 3, "a"),
            new(1, EngineConfig::default(), 2, "b"),
        ];
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
        assert_eq!(names[0], new(1, EngineConfig::default(), 2, "a"));
    }
}
