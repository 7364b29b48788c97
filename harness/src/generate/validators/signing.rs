//! Signing makes keys from the seed's bits, and signatures that verify or nearly do.

use crate::generate::bits::Bits;
use ed25519_dalek::{Signer as _, SigningKey};

/// Public keys of small order, an encoding that is not canonical and one of no point: no signer has these.
const WEAK: [&str; 6] = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
];

/// The order of the curve's group, little-endian. A signature's second half plus this is the same number to it.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// A key pair.
pub(super) struct Signer(SigningKey);

impl Signer {
    /// A key pair of the seed's.
    pub(super) fn some(bits: &mut Bits) -> Self {
        let mut secret = [0; 32];
        secret.chunks_exact_mut(8).for_each(|chunk| chunk.copy_from_slice(&bits.word().to_le_bytes()));
        Self(SigningKey::from_bytes(&secret))
    }

    /// The public key, in hex of either case.
    pub(super) fn public(&self, bits: &mut Bits) -> String {
        in_hex(self.0.verifying_key().as_bytes(), bits)
    }

    /// A signature of a message, in hex of either case.
    pub(super) fn sign(&self, message: &[u8], bits: &mut Bits) -> String {
        in_hex(&self.0.sign(message).to_bytes(), bits)
    }

    /// A signature that nearly verifies: a bit is another one, or its second half is written in another way.
    pub(super) fn nearly_sign(&self, message: &[u8], bits: &mut Bits) -> String {
        let mut signature = self.0.sign(message).to_bytes();
        if bits.one_in(2) {
            let bit = bits.below(512) as usize;
            signature[bit / 8] ^= 1 << (bit % 8);
        } else {
            let mut carry = 0;
            for (byte, order) in signature[32..].iter_mut().zip(ORDER) {
                let sum = u16::from(*byte) + u16::from(order) + carry;
                *byte = sum as u8;
                carry = sum >> 8;
            }
        }
        in_hex(&signature, bits)
    }
}

/// A key that nobody signs with.
pub(super) fn weak_key(bits: &mut Bits) -> String {
    bits.pick(&WEAK).to_owned()
}

/// A message of a usual length.
pub(super) fn message(bits: &mut Bits) -> Vec<u8> {
    let length = bits.pick(&[32, 0, 1, 31, 64, 100]);
    (0..length).map(|_| bits.word() as u8).collect()
}

/// Bytes in hex, of either case.
pub(super) fn in_hex(bytes: &[u8], bits: &mut Bits) -> String {
    if bits.one_in(6) { hex::encode_upper(bytes) } else { hex::encode(bytes) }
}
