//! Every limit, at the limit and one past it.

mod module;

use modal_wasm_meter::{Limit, Limits, Meter, Profile, RejectionKind, Schedule};
use module::module;

fn check(limit: Limit, count: u32, accepted: bool) {
    match Meter::default().meter(&module(limit, count)) {
        Ok(_) => assert!(accepted, "{limit:?}: {count} were accepted"),
        Err(rejection) => {
            assert!(!accepted, "{limit:?}: {count} were rejected: {rejection}");
            assert_eq!(rejection.kind, RejectionKind::Limit, "{limit:?}: {rejection}");
            assert!(rejection.message.contains(limit.what()), "{limit:?}: {rejection}");
        }
    }
}

#[test]
fn every_limit_holds_at_the_limit_and_one_past_it() {
    for &limit in Limit::ALL {
        let max = Limits::modal_1().get(limit);
        match limit {
            Limit::MeteredBytes | Limit::MeteredBodyBytes => {}
            _ => {
                check(limit, max, true);
                check(limit, max + 1, false);
            }
        }
    }
}

/// The size of a metered module cannot be chosen to the byte, so these limits are moved to it instead.
#[test]
fn the_limits_of_metered_bytes_hold_after_injection() {
    let original = wat::parse_str("(module (func (loop (br 0))))").expect("the module is well-formed text");
    let bytes = Meter::default().meter(&original).expect("the module is in the profile").bytes.len() as u32;
    let body = metered_body(&original);
    let mut profile = Profile::modal_1();
    for (limits, expected) in [
        (Limits { metered_bytes: bytes, ..Limits::modal_1() }, None),
        (Limits { metered_bytes: bytes - 1, ..Limits::modal_1() }, Some(Limit::MeteredBytes)),
        (Limits { metered_body_bytes: body, ..Limits::modal_1() }, None),
        (Limits { metered_body_bytes: body - 1, ..Limits::modal_1() }, Some(Limit::MeteredBodyBytes)),
    ] {
        profile.limits = limits;
        let result = Meter::new(profile.clone(), Schedule::instr_1()).meter(&original);
        match (result, expected) {
            (Ok(_), None) => {}
            (Err(rejection), Some(limit)) => {
                assert_eq!(rejection.kind, RejectionKind::Limit);
                assert!(rejection.message.contains(limit.what()), "{rejection}");
            }
            (result, expected) => panic!("{expected:?} was expected, not {result:?}"),
        }
    }
}

/// The bytes of the first metered body: the smallest limit that lets it pass.
fn metered_body(original: &[u8]) -> u32 {
    let mut profile = Profile::modal_1();
    (1..1_000)
        .find(|&bytes| {
            profile.limits.metered_body_bytes = bytes;
            Meter::new(profile.clone(), Schedule::instr_1()).meter(original).is_ok()
        })
        .expect("a small body stays small")
}
