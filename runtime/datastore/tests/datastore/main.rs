//! One contract, three stores: what holds for one is shown for each.

mod concurrency;
mod connections;
mod crash;
mod disk;
mod faults;
mod model;
mod modules;
mod opening;
mod planted;
mod postgres;
mod support;
mod tampering;
mod workload;
