//! A slot is 64 bits of the operand stack, holding one value of any type.
//!
//! A 32-bit value is in the low half, under a high half of zeros.

/// What an operator can take from a slot.
pub(crate) trait FromSlot {
    fn from_slot(slot: u64) -> Self;
}

/// What an operator can leave in a slot. Bare floats are not among it: an operator says itself which bits a NaN has.
pub(crate) trait ToSlot {
    fn to_slot(self) -> u64;
}

impl FromSlot for u32 {
    fn from_slot(slot: u64) -> Self {
        slot as Self
    }
}

impl FromSlot for i32 {
    fn from_slot(slot: u64) -> Self {
        slot as Self
    }
}

impl FromSlot for u64 {
    fn from_slot(slot: u64) -> Self {
        slot
    }
}

impl FromSlot for i64 {
    fn from_slot(slot: u64) -> Self {
        slot.cast_signed()
    }
}

impl FromSlot for f32 {
    fn from_slot(slot: u64) -> Self {
        Self::from_bits(slot as u32)
    }
}

impl FromSlot for f64 {
    fn from_slot(slot: u64) -> Self {
        Self::from_bits(slot)
    }
}

impl ToSlot for bool {
    fn to_slot(self) -> u64 {
        u64::from(self)
    }
}

impl ToSlot for u32 {
    fn to_slot(self) -> u64 {
        u64::from(self)
    }
}

impl ToSlot for i32 {
    fn to_slot(self) -> u64 {
        u64::from(self.cast_unsigned())
    }
}

impl ToSlot for u64 {
    fn to_slot(self) -> u64 {
        self
    }
}

impl ToSlot for i64 {
    fn to_slot(self) -> u64 {
        self.cast_unsigned()
    }
}
