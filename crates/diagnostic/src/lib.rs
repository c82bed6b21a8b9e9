//! Findings: what is wrong in a file, where, and what to do about it.
//!
//! A checker collects [`Findings`] and never stops at the first one. A [`Finding`] holds no
//! sentence: its [`Message`]s are keys with arguments, worded in the reader's language at the
//! edge. [`Report::new`] joins finding, [`Sources`] and wording into plain data for JSON, and
//! [`Report::to_text`] draws it for a terminal with the excerpt and a caret under the place.

mod finding;
mod message;
mod nearest;
mod report;
mod source;
mod width;

pub use finding::{Code, Finding, Findings, Label, Severity};
pub use message::Message;
pub use nearest::nearest;
pub use report::{Headings, Report, ReportedLabel, ReportedPlace};
pub use source::{FileId, LineColumn, Place, Sources, Span};
pub use width::display_width;
