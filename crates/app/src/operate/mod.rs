//! Operating a data directory: backup and restore, upgrades tried on a copy first, and the bundle for support.
//! docs/operating.md is written for whoever does it.

pub mod archive;
pub mod backup;
pub mod bundle;
pub mod data_dir;
mod log_lines;
pub mod restore;
pub mod upgrade;
