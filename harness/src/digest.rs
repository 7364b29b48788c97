//! A digest stands for a memory or a table in an observation.

use sha2::{Digest, Sha256};

/// An element of a table, as the digest sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// A null reference of either type.
    Null,
    /// A function, by its index in the original module.
    Function(u32),
    /// A host reference, by its number.
    Extern(u32),
}

/// SHA-256, in lower hex, of a memory's bytes up to the last that is not zero.
///
/// Most of a memory is zero, and its size stands beside the digest, so nothing is lost by leaving the tail out.
#[must_use]
pub fn memory(bytes: &[u8]) -> String {
    hex(&bytes[..used_length(bytes)])
}

/// SHA-256, in lower hex, over a table's elements: `00` for null, `01` and the little-endian index for a function,
/// `02` and the little-endian number for a host reference.
#[must_use]
pub fn table(elements: impl IntoIterator<Item = Element>) -> String {
    let mut bytes = Vec::new();
    for element in elements {
        match element {
            Element::Null => bytes.push(0),
            Element::Function(index) => {
                bytes.push(1);
                bytes.extend(index.to_le_bytes());
            }
            Element::Extern(number) => {
                bytes.push(2);
                bytes.extend(number.to_le_bytes());
            }
        }
    }
    hex(&bytes)
}

/// SHA-256 in lower hex.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn used_length(bytes: &[u8]) -> usize {
    const BLOCK: usize = 64;
    let mut end = bytes.len();
    while end >= BLOCK && bytes[end - BLOCK..end].iter().fold(0, |any, byte| any | byte) == 0 {
        end -= BLOCK;
    }
    bytes[..end].iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trailing_zeros_do_not_count_but_every_other_byte_does() {
        let mut bytes = vec![0; 65_536];
        assert_eq!(used_length(&bytes), 0);
        for last in [0, 1, 63, 64, 65, 4_096, 65_535] {
            bytes[last] = 7;
            assert_eq!(used_length(&bytes), last + 1);
            assert_eq!(memory(&bytes), hex(&bytes[..=last]));
            bytes[last] = 0;
        }
        assert_eq!(memory(&[]), memory(&bytes));
        assert_ne!(memory(&[1, 0]), memory(&[0, 1]));
    }

    #[test]
    fn elements_of_different_kinds_differ() {
        let digests = [
            table([]),
            table([Element::Null]),
            table([Element::Function(0)]),
            table([Element::Extern(0)]),
            table([Element::Function(1)]),
            table([Element::Null, Element::Null]),
        ];
        for (i, left) in digests.iter().enumerate() {
            for right in &digests[i + 1..] {
                assert_ne!(left, right);
            }
        }
    }
}
