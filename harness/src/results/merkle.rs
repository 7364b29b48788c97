//! A Merkle tree makes one hash of many rows, as RFC 6962 does: any change of any row changes it, and a row's presence can
//! be shown without the others.
//!
//! A leaf is SHA-256 of a zero byte and the row, a node is SHA-256 of a one byte and its two sides, and each tree is split at
//! the largest power of two below its size. So the tree over a campaign is made of the trees over its chunks, whose sizes are
//! powers of two: what is known of chunks alone gives the root of all.

use super::{Root, Row, Sha256Sum};

/// A Merkle tree that grows at its end. It keeps the roots of its complete parts and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merkle {
    /// How many leaves a part has, and its root; the largest first, no two alike unless one is not a power of two, which is
    /// the last then.
    parts: Vec<(u64, Sha256Sum)>,
}

/// A tree cannot be appended to another whose size is no multiple of the next power of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a tree of {leaves} leaves has no place behind {before}")]
pub struct NotAligned {
    /// The leaves that are there.
    pub before: u64,
    /// The leaves of the tree to be appended.
    pub leaves: u64,
}

impl Merkle {
    /// The tree over rows.
    #[must_use]
    pub fn of(rows: &[Row]) -> Self {
        let mut tree = Self::default();
        let mut bytes = Vec::new();
        for row in rows {
            bytes.clear();
            row.encode(&mut bytes);
            tree.push(&bytes);
        }
        tree
    }

    /// Appends a leaf.
    pub fn push(&mut self, leaf: &[u8]) {
        self.merge(1, Sha256Sum::of_all(&[&[0], leaf]));
    }

    /// Appends a tree by its size and root.
    ///
    /// # Errors
    ///
    /// If it does not stand at a multiple of the power of two that it fills, or would fill.
    pub fn append(&mut self, Root { rows, sha256 }: Root) -> Result<(), NotAligned> {
        let before = self.len();
        let fits = rows.checked_next_power_of_two().is_some_and(|size| before.is_multiple_of(size));
        if rows == 0 || !fits || before.checked_add(rows).is_none() {
            return Err(NotAligned { before, leaves: rows });
        }
        self.merge(rows, sha256);
        Ok(())
    }

    /// The size of the tree and its root. That of no leaves is the SHA-256 of nothing.
    #[must_use]
    pub fn root(&self) -> Root {
        let mut parts = self.parts.iter().rev();
        let sha256 = match parts.next() {
            None => Sha256Sum::of(&[]),
            Some(&(_, last)) => parts.fold(last, |right, &(_, left)| node(left, right)),
        };
        Root { rows: self.len(), sha256 }
    }

    fn len(&self) -> u64 {
        self.parts.iter().map(|(leaves, _)| leaves).sum()
    }

    fn merge(&mut self, mut leaves: u64, mut root: Sha256Sum) {
        while let Some(&(before, left)) = self.parts.last()
            && before == leaves
            && leaves.is_power_of_two()
        {
            self.parts.pop();
            (leaves, root) = (2 * leaves, node(left, root));
        }
        self.parts.push((leaves, root));
    }
}

fn node(left: Sha256Sum, right: Sha256Sum) -> Sha256Sum {
    Sha256Sum::of_all(&[&[1], &left.0, &right.0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The leaves that Certificate Transparency tests its trees with, and the roots that it has for the first so many.
    const LEAVES: [&str; 8] =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    const ROOTS: [&str; 9] = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    fn tree(leaves: &[Vec<u8>]) -> Merkle {
        let mut tree = Merkle::default();
        leaves.iter().for_each(|leaf| tree.push(leaf));
        tree
    }

    #[test]
    fn roots_are_those_of_certificate_transparency() {
        let leaves = LEAVES.map(|leaf| hex::decode(leaf).expect("hex"));
        for (size, root) in ROOTS.iter().enumerate() {
            assert_eq!(tree(&leaves[..size]).root().sha256.to_string(), *root, "{size} leaves");
        }
    }

    #[test]
    fn a_tree_has_its_place_behind_whole_ones_only() {
        let root = |rows| Root { rows, sha256: Sha256Sum::of(&[]) };
        let mut some = Merkle::default();
        assert_eq!(some.append(root(0)), Err(NotAligned { before: 0, leaves: 0 }));
        assert_eq!(some.append(root(u64::MAX)), Err(NotAligned { before: 0, leaves: u64::MAX }));
        assert_eq!(some.append(root(3)), Ok(()));
        for rows in [2, 3, 4, u64::MAX] {
            assert_eq!(some.append(root(rows)), Err(NotAligned { before: 3, leaves: rows }));
        }
    }

    proptest! {
        #[test]
        fn the_trees_of_chunks_make_the_tree_of_all(
            leaves in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..4), 0..70),
            height in 0_u32..6,
        ) {
            let mut whole = Merkle::default();
            for chunk in leaves.chunks(1 << height) {
                whole.append(tree(chunk).root()).expect("chunks stand at multiples of their size");
            }
            prop_assert_eq!(whole.root(), tree(&leaves).root());
        }

        #[test]
        fn any_change_changes_the_root(
            leaves in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..4), 1..40),
            at in any::<prop::sample::Index>(),
            other in prop::collection::vec(any::<u8>(), 0..4),
        ) {
            let root = tree(&leaves).root();
            let at = at.index(leaves.len());
            let (mut changed, mut longer, mut shorter) = (leaves.clone(), leaves.clone(), leaves.clone());
            changed[at].clone_from(&other);
            prop_assert_eq!(tree(&changed).root() == root, changed == leaves);
            longer.insert(at, other);
            prop_assert_ne!(tree(&longer).root(), root);
            shorter.remove(at);
            prop_assert_ne!(tree(&shorter).root(), root);
            // A prefix is known by its own root, and that of all is made of it.
            let mut grown = tree(&leaves[..at]);
            prop_assert_eq!(grown.root().rows, at as u64);
            leaves[at..].iter().for_each(|leaf| grown.push(leaf));
            prop_assert_eq!(grown.root(), root);
        }
    }
}
