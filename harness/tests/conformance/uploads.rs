//! Modules that go through a node: what nodes keep and answer is what lanes observe, and whatever of it is changed is
//! noticed.

use crate::common::{panel, with_room};
use crate::score::catalogue::nodes::LIES;
use modal_harness::generate::Kind;
use modal_harness::oracle::Evidence;
use modal_harness::{Case, Panel, Property, Seed, Uploaded, Verdict, judge};
use std::sync::Arc;

/// A generated case and what was seen of it.
fn heard(panel: &mut Panel, index: u64) -> (Case, Evidence) {
    let case = Kind::Uploads.generate(19, index).expect("a case").case;
    let case = Arc::new(panel.expand(case, Seed::of_case(19, index)));
    let (evidence, verdict) = panel.hear(&[Arc::clone(&case)]).pop().expect("an answer");
    assert_eq!(verdict, Verdict::Agree, "case {index}");
    (Arc::unwrap_or_clone(case), evidence)
}

#[test]
fn what_nodes_keep_and_answer_is_what_lanes_observe() {
    with_room(|| {
        let mut panel = panel();
        let heard = (0..60).map(|index| heard(&mut panel, index)).collect::<Vec<_>>();
        let refused = |(_, evidence): &&(Case, Evidence)| {
            let readings = evidence.nodes.as_ref().expect("nodes").as_ref().expect("readings");
            assert_eq!(readings.len(), 2);
            readings.iter().all(|reading| matches!(reading.uploaded, Uploaded::Refused(_)))
        };
        assert!((3..20).contains(&heard.iter().filter(refused).count()), "some modules are refused, most are not");

        for (lie, tell) in LIES {
            let caught = heard.iter().find_map(|(case, evidence)| {
                let mut lying = evidence.clone();
                lying.nodes.as_mut()?.as_mut().ok()?.iter_mut().for_each(|reading| tell(&mut reading.uploaded));
                match judge(case, &lying) {
                    Verdict::Agree => None,
                    Verdict::Diverge(divergence) => Some(divergence.bucket.property),
                    Verdict::Fault(cause) => panic!("{lie}: {cause:?}"),
                }
            });
            assert_eq!(caught, Some(Property::Uploads), "{lie}");
        }
        // One node alone is told from the other.
        let caught = heard.iter().all(|(case, evidence)| {
            let mut lying = evidence.clone();
            let readings = lying.nodes.as_mut().expect("nodes").as_mut().expect("readings");
            readings[1].uploaded = Uploaded::Refused("no".into());
            matches!(judge(case, &lying), Verdict::Diverge(divergence) if divergence.bucket.property == Property::Uploads)
        });
        assert!(caught);
    });
}
