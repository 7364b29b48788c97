//! A signature is the types of what an operator takes and leaves, at its place in a module.

use std::collections::BTreeMap;
use wasmparser::{Parser, Payload, ValType, ValidPayload, Validator};

/// The signatures of a module's operators.
#[derive(Clone, Debug, Default)]
pub(super) struct Signatures(BTreeMap<u64, Signature>);

/// What an operator takes and leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Signature {
    pub(super) takes: Vec<ValType>,
    pub(super) leaves: Vec<ValType>,
}

impl Signatures {
    /// The signatures of a module, as far as it is valid.
    pub(super) fn of(module: &[u8]) -> Self {
        let mut signatures = Self::default();
        // A module that is no module has none, and the text around them says why.
        let _ = signatures.read(module);
        signatures
    }

    /// That of the operator at an offset; nothing of what is never reached.
    pub(super) fn at(&self, offset: u32) -> Option<&Signature> {
        self.0.get(&u64::from(offset))
    }

    fn read(&mut self, module: &[u8]) -> wasmparser::Result<()> {
        let mut validator = Validator::new();
        for payload in Parser::new(0).parse_all(module) {
            let payload = payload?;
            let (ValidPayload::Func(function, _), Payload::CodeSectionEntry(body)) =
                (validator.payload(&payload)?, &payload)
            else {
                continue;
            };
            let mut validator = function.into_validator(Default::default());
            validator.read_locals(&mut body.get_binary_reader())?;
            for operator in body.get_operators_reader()?.into_iter_with_offsets() {
                let (operator, offset) = operator?;
                let (takes, leaves) = operator.operator_arity(&validator.visitor(offset)).unwrap_or_default();
                let top = |validator: &wasmparser::FuncValidator<_>, count: u32| {
                    (0..count as usize).rev().map(|depth| validator.get_operand_type(depth).flatten()).collect()
                };
                let takes: Option<Vec<_>> = top(&validator, takes);
                validator.op(offset, &operator)?;
                let leaves: Option<Vec<_>> = top(&validator, leaves);
                if let Some(takes) = takes {
                    // Behind a branch there is nothing to be left.
                    self.0.insert(offset, Signature { takes, leaves: leaves.unwrap_or_default() });
                }
            }
        }
        Ok(())
    }
}
