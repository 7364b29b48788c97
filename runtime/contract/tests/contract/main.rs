//! What a processor makes of commits: every reason to refuse one, programs, faults and threads.

mod faults;
mod guests;
mod programs;
mod refusals;
mod stores;
mod support;
mod threads;
