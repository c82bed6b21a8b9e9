//! Builders and fixed clocks for tests: an organisation by names, three policies, and a story told in given, when, then.
//!
//! ```
//! use huiyin_testkit::{Story, fields, organisation, workshop};
//!
//! let mut story = Story::under(workshop(), organisation());
//! story.at("2026-03-02 09:00").registers("dora", "repair", fields("subject: tap, damaged: no, weight: #light"));
//! assert_eq!(story.state().step.as_str(), "sorting");
//! ```

mod entry;
mod names;
mod organisation;
mod policies;
pub mod postgres;
mod story;
mod time;

pub use entry::fields;
pub use names::{case_id, party_id, person_id, unit_id};
pub use organisation::{Org, organisation};
pub use policies::{
    calls, calls_text, damages, damages_text, general, general_files, manufacturing,
    manufacturing_files, policy_of, policy_of_files, rows, workshop, workshop_text,
};
pub use story::{Story, record, register};
pub use time::{calendar, instant};
