//! The sum of a tree of files: a Merkle root over their paths and contents.

use crate::results::{Merkle, Sha256Sum};
use std::io;
use std::path::{Path, PathBuf};

/// One sum for the files below a folder, by their paths from there with `/` between the parts, in the order of the paths as
/// bytes. A leaf is the path, a zero byte and the SHA-256 of what the file holds. Folders of these names are left out.
///
/// # Errors
///
/// If a file cannot be read, or a path is no Unicode.
pub fn tree_sum(folder: &Path, without: &[&str]) -> io::Result<Sha256Sum> {
    let mut leaves = files(folder, without)?
        .into_iter()
        .map(|path| {
            let below = path.strip_prefix(folder).map_err(io::Error::other)?;
            let parts = below.iter().map(|part| part.to_str()).collect::<Option<Vec<_>>>();
            let name = parts.ok_or_else(|| io::Error::other(format!("{} is no plain text", path.display())))?.join("/");
            let mut leaf = name.into_bytes();
            leaf.push(0);
            leaf.extend(Sha256Sum::of(&std::fs::read(&path)?).0);
            Ok(leaf)
        })
        .collect::<io::Result<Vec<_>>>()?;
    leaves.sort();
    let mut tree = Merkle::default();
    leaves.iter().for_each(|leaf| tree.push(leaf));
    Ok(tree.root().sha256)
}

fn files(folder: &Path, without: &[&str]) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if !path.is_dir() {
                found.push(path);
            } else if !without.iter().any(|name| path.ends_with(name)) {
                folders.push(path);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::tree_sum;
    use std::fs;

    #[test]
    fn a_tree_is_known_by_its_files() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |path: &str| folder.path().join(path);
        fs::create_dir_all(at("a/b")).expect("folders");
        fs::write(at("a/b/c"), "one").expect("a file");
        fs::write(at("d"), "two").expect("a file");
        let sum = || tree_sum(folder.path(), &["target"]).expect("a sum");
        let first = sum();
        assert_eq!(sum(), first);
        fs::create_dir(at("target")).expect("a folder");
        fs::write(at("target/e"), "built").expect("a file");
        assert_eq!(sum(), first, "what is built is no part of it");
        fs::rename(at("d"), at("e")).expect("a file");
        let renamed = sum();
        assert_ne!(renamed, first);
        fs::write(at("e"), "three").expect("a file");
        assert_ne!(sum(), renamed);
    }
}
