//! Seeds are the same whenever they are made, and inputs that libFuzzer takes whole.

use crate::inputs::{options, project};
use modal_fuzz::{Target, seeds};

#[test]
fn seeds_are_always_the_same() {
    for target in Target::ALL {
        let made = seeds::make(&project(), target).expect("the corpus makes seeds");
        let folder = tempfile::tempdir().expect("a folder");
        let count = seeds::write(&project(), target, folder.path()).expect("seeds are written");
        let written = seeds::read(folder.path()).expect("seeds are read");
        assert!(written == made && count == made.len(), "the seeds of {target} differ when they are made again");
    }
}

#[test]
fn seeds_are_no_longer_than_inputs() {
    for target in Target::ALL {
        let options = options(target);
        let longest = options.lines().find_map(|line| line.strip_prefix("max_len = ")).expect("a longest input");
        let longest = longest.parse::<usize>().expect("a length");
        let made = seeds::make(&project(), target).expect("the corpus makes seeds");
        assert!(made.len() >= 20, "{target} has {} seeds", made.len());
        for (name, input) in made {
            assert!(input.len() <= longest, "a seed of {target} has {} of {longest} bytes: {name}", input.len());
        }
    }
}
