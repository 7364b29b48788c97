//! An access is a load from memory or a store to it.

use crate::memory::Memory;
use crate::trap::Trap;
use wasmparser::Operator;

/// Makes the closed lists of loads and stores from a table of `Name: width in memory`.
macro_rules! accesses {
    ($list:ident: $($name:ident)+) => {
        #[expect(clippy::enum_variant_names, reason = "the names are the decoder's")]
        /// An access of memory, named as in `wasmparser::Operator`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum $list {
            $($name,)+
        }

        impl $list {
            /// The access and its static offset, which validation bounds to 32 bits.
            pub(crate) fn from_operator(operator: &Operator<'_>) -> Option<(Self, u32)> {
                match operator {
                    $(Operator::$name { memarg } => Some((Self::$name, memarg.offset as u32)),)+
                    // Every other operator is no access of this kind.
                    _ => None,
                }
            }
        }
    };
}

accesses! { Load:
    I32Load I64Load F32Load F64Load
    I32Load8S I32Load8U I32Load16S I32Load16U
    I64Load8S I64Load8U I64Load16S I64Load16U I64Load32S I64Load32U
}

accesses! { Store:
    I32Store I64Store F32Store F64Store I32Store8 I32Store16 I64Store8 I64Store16 I64Store32
}

impl Memory {
    /// What a load leaves in its slot.
    pub(crate) fn read(&self, load: Load, address: u32, offset: u32) -> Result<u64, Trap> {
        // A sign extension is to the width of the result, and what is above the result in a slot is zero.
        Ok(match load {
            Load::I32Load | Load::F32Load | Load::I64Load32U => {
                u64::from(u32::from_le_bytes(self.load(address, offset)?))
            }
            Load::I64Load | Load::F64Load => u64::from_le_bytes(self.load(address, offset)?),
            Load::I32Load8U | Load::I64Load8U => u64::from(u8::from_le_bytes(self.load(address, offset)?)),
            Load::I32Load16U | Load::I64Load16U => u64::from(u16::from_le_bytes(self.load(address, offset)?)),
            Load::I32Load8S => u64::from(i32::from(i8::from_le_bytes(self.load(address, offset)?)).cast_unsigned()),
            Load::I32Load16S => u64::from(i32::from(i16::from_le_bytes(self.load(address, offset)?)).cast_unsigned()),
            Load::I64Load8S => i64::from(i8::from_le_bytes(self.load(address, offset)?)).cast_unsigned(),
            Load::I64Load16S => i64::from(i16::from_le_bytes(self.load(address, offset)?)).cast_unsigned(),
            Load::I64Load32S => i64::from(i32::from_le_bytes(self.load(address, offset)?)).cast_unsigned(),
        })
    }

    /// Does a store of what is in a slot.
    pub(crate) fn write(&mut self, store: Store, address: u32, offset: u32, value: u64) -> Result<(), Trap> {
        match store {
            Store::I32Store | Store::F32Store | Store::I64Store32 => {
                self.store(address, offset, (value as u32).to_le_bytes())
            }
            Store::I64Store | Store::F64Store => self.store(address, offset, value.to_le_bytes()),
            Store::I32Store8 | Store::I64Store8 => self.store(address, offset, (value as u8).to_le_bytes()),
            Store::I32Store16 | Store::I64Store16 => self.store(address, offset, (value as u16).to_le_bytes()),
        }
    }
}
