//! A lane in Rust is a program in a folder of `harness/lanes`, on another release of an engine than nodes run: it belongs to no
//! workspace but its own, so what the workspace is held to does not reach it by itself.

use crate::task;
use anyhow::Context as _;
use std::path::PathBuf;

/// A program of the workspace's lanes.
pub(crate) struct Lane {
    /// The folder's name, and the lane's.
    name: String,
    /// Below the workspace's folder.
    pub(crate) manifest: String,
}

/// All that there are, by name.
pub(crate) fn all() -> anyhow::Result<Vec<Lane>> {
    const FOLDER: &str = "harness/lanes";
    let folder = task::root().join(FOLDER);
    let mut lanes = Vec::new();
    for entry in folder.read_dir().with_context(|| format!("failed to list {}", folder.display()))? {
        let path = entry?.path();
        if let (true, Some(name)) = (path.join("Cargo.toml").is_file(), path.file_name()) {
            let name = name.to_string_lossy().into_owned();
            lanes.push(Lane { manifest: format!("{FOLDER}/{name}/Cargo.toml"), name });
        }
    }
    lanes.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(lanes)
}

/// Holds lanes to the format and the lints that the workspace is held to.
pub(crate) fn lint() -> anyhow::Result<()> {
    for lane in all()? {
        task::run(task::cargo().args(["fmt", "--manifest-path", &lane.manifest, "--check"]))?;
        let mut clippy = task::cargo();
        clippy.args(["clippy", "--locked", "--all-targets", "--manifest-path", &lane.manifest, "--target-dir"]);
        clippy.arg(lane.target_folder()).args(["--", "-D", "warnings"]);
        eprintln!("$ {}", task::text(&clippy));
        task::run(&mut clippy)?;
    }
    Ok(())
}

impl Lane {
    /// Where `cargo conform lanes --install` builds it.
    fn target_folder(&self) -> PathBuf {
        task::target_folder().join("lanes").join(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::all;
    use crate::task;
    use std::fs;

    #[test]
    fn every_lane_with_a_manifest_is_one_of_the_catalogue() {
        let lanes = all().expect("the lanes");
        assert!(lanes.iter().any(|lane| lane.name == "wasmi-2"), "the folder has none");
        let catalogue = fs::read_to_string(task::root().join("harness/lanes.toml")).expect("the catalogue");
        for lane in lanes {
            assert!(catalogue.contains(&format!("[{}]\n", lane.name)), "{} is no lane", lane.name);
            assert!(catalogue.contains(&lane.manifest), "nothing builds {}", lane.manifest);
        }
    }
}
