//! The product over HTTP: what people rely on, on a real database.
#![allow(
    clippy::unwrap_used,
    reason = "a test that can't set up its world has failed"
)]

mod phone;
mod support;

mod adoptions;
mod attachments;
mod calendars;
mod conflicts;
mod contacts;
mod customers;
mod declarations;
mod deductions;
mod deputies;
mod document;
mod drafts;
mod duties;
mod exports;
mod extensions;
mod historical;
mod leaving;
mod links;
mod live;
mod nodes;
mod organisation;
mod own_work;
mod parties;
mod portal;
mod portal_files;
mod privacy;
mod read_only;
mod readers;
mod reconciliations;
mod relations;
mod rights;
mod seals;
mod settling;
mod sight;
mod sign_in;
mod statistics;
mod sums;
mod texts;
mod timers;
mod versions;
mod vouchers;
mod walk;
