//! A digest stands for a memory or a table in an observation.

use sha2::{Digest, Sha256};
use std::sync::LazyLock;

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
    let used = &bytes[..used_length(bytes)];
    let zeros = used.chunks_exact(PAGE).take(ZERO_PAGES.len() - 1).take_while(|page| is_zero(page)).count();
    let rest = &used[zeros * PAGE..];
    hex::encode(ZERO_PAGES[zeros].clone().chain_update(rest).finalize())
}

const PAGE: usize = 65_536;

/// What has been digested after so many pages of zeros, up to the largest memory. Compilers put a guest's stack before its
/// data, and most of that stack is never touched.
static ZERO_PAGES: LazyLock<Vec<Sha256>> = LazyLock::new(|| {
    let page = vec![0; PAGE];
    std::iter::successors(Some(Sha256::new()), |digest| Some(digest.clone().chain_update(&page))).take(257).collect()
});

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
    while end >= BLOCK && is_zero(&bytes[end - BLOCK..end]) {
        end -= BLOCK;
    }
    bytes[..end].iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1)
}

fn is_zero(bytes: &[u8]) -> bool {
    bytes.iter().fold(0, |any, byte| any | byte) == 0
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
    fn leading_zeros_count() {
        let mut bytes = vec![0; 258 * PAGE];
        for last in [PAGE - 1, PAGE, PAGE + 1, 3 * PAGE - 1, 17 * PAGE, 256 * PAGE - 1, 256 * PAGE, 258 * PAGE - 1] {
            bytes[last] = 7;
            assert_eq!(memory(&bytes), hex(&bytes[..=last]), "{last}");
            bytes[last / 2] = 7;
            assert_eq!(memory(&bytes), hex(&bytes[..=last]), "{last} and its half");
            (bytes[last], bytes[last / 2]) = (0, 0);
        }
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
