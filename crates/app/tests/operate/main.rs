//! Operating a data directory: what an administrator relies on when something goes wrong.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that can't set up its world has failed"
)]

mod support;

mod backup;
mod bundle;
mod kill;
mod restore;
mod upgrade;
