//! Policy tests: scenarios in YAML, run in memory.
//!
//! A scenario is a list of steps: somebody does something at a time, and then the case stands as expected. It runs on
//! the same engine as the product, with timers firing as the time goes on, and takes well under a millisecond. The first
//! difference is a [`Finding`](huiyin_diagnostic::Finding) with its place in the file. `docs/scenario-tests.md` has the
//! format.
//!
//! ```
//! use huiyin_policy::SourceFile;
//! use huiyin_scenario::run;
//! use huiyin_testkit::{calendar, workshop};
//!
//! let test = "
//! units: {desk: {}}
//! people: {dora: {unit: desk, positions: [desk]}}
//! tests:
//!   - test: the first word is due after 24 hours
//!     clauses: [W.4]
//!     steps:
//!       - {at: 2026-03-02T09:00, dora: register repair, channel: phone, with: {subject: tap, damaged: no, weight: light}}
//!       - expect: {step: sorting, clocks: {word: 2026-03-03T09:00}}
//! ";
//! let run = run(&workshop(), &calendar(), &[SourceFile::new("tests/word.yaml", test)]);
//! assert!(run.passed());
//! ```

mod cast;
pub mod codes;
mod command;
mod coverage;
mod entry;
mod expect;
mod history;
mod names;
mod offers;
mod play;
mod reading;
mod requires;
mod run;
mod settle;
mod suite;
mod walk;
mod world;

pub use coverage::{Covered, coverage};
pub use history::{Played, histories};
pub use run::{Outcome, Run, is_test_file, run};
pub use walk::{Walk, WalkStep, walks};
