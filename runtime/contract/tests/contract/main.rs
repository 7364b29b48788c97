//! What a processor makes of commits: every reason to refuse one, programs, and whole histories against a ledger that
//! shares nothing with it.

mod calls;
mod faults;
mod guests;
mod history;
mod ledger;
#[path = "../../../datastore/tests/datastore/postgres.rs"]
#[expect(dead_code, reason = "the datastore's tests also kill the server and look into it")]
mod postgres;
mod programs;
mod refusals;
mod stores;
mod support;
mod threads;
