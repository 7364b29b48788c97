//! The program as a person meets it: what each command prints, in both forms, and what it leaves behind.

mod calls;
#[cfg(unix)]
mod code_cache;
mod crash;
mod create;
mod damage;
mod errors;
mod examples;
mod machine;
mod names;
mod pages;
#[path = "../../../datastore/tests/datastore/postgres.rs"]
#[expect(dead_code, reason = "the datastore's own tests do more to a server")]
mod postgres;
mod process;
mod run;
mod show;
mod story;
mod support;
mod upload;
