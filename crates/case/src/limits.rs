//! What one case may cost. Every limit is checked in one place, named beside it.

use jiff::SignedDuration;

/// The most events one case may have, consequences included ([`crate::decide::decide`]).
pub const EVENTS_MAX: u32 = 10_000;
/// The longest reason, note or pause note, in characters ([`crate::decide::decide`]).
pub const NOTE_CHARS_MAX: usize = 4_000;
/// The most bytes that the fields of one entry may take together ([`crate::fields`]).
pub const FIELDS_BYTES_MAX: usize = 256 * 1024;
/// The most pauses one clock may have ([`crate::decide::decide`]).
pub const PAUSES_MAX: usize = 100;
/// The most acts a historical case may come in with ([`crate::decide::decide`]).
pub const HISTORICAL_ACTS_MAX: usize = 1_000;
/// The most extensions one clock may have ([`crate::decide::decide`]).
pub const EXTENSIONS_MAX: usize = 100;
/// The most units that a clock may be extended by at a time ([`crate::extension`]).
pub const EXTENSION_UNITS_MAX: u32 = 10_000;
/// The most cases that may be opened out of one ([`crate::decide::decide`]).
pub const RAISED_MAX: usize = 100;
/// The most links one case may have ([`crate::decide::decide`]).
pub const LINKS_MAX: usize = 500;
/// The most records of customers that may be found the same in one case ([`crate::decide::decide`]).
pub const CUSTOMER_MERGES_MAX: usize = 50;
/// The longest name of a source, and the longest key or number of a case there, in characters.
pub const ORIGIN_CHARS_MAX: usize = 200;
/// Whether a text holds a control character, other than a tab or the end of a line. None can be seen or typed, and not every
/// database keeps them ([`crate::fields`], [`crate::decide::decide`]).
pub fn has_control(text: &str) -> bool {
    text.contains(|character: char| {
        character.is_control() && !matches!(character, '\t' | '\n' | '\r')
    })
}

/// The most attachments one case may have at a time ([`crate::decide::decide`]).
pub const ATTACHMENTS_MAX: usize = 100;
/// The most bytes one attachment may have ([`crate::decide::decide`]).
pub const ATTACHMENT_BYTES_MAX: u64 = 20 * 1024 * 1024;
/// The most bytes the attachments of one case may have together ([`crate::decide::decide`]).
pub const ATTACHMENTS_BYTES_MAX: u64 = 300 * 1024 * 1024;
/// How long after he opened a seal somebody is given the files under it ([`crate::seal`]).
pub const SEAL_STAYS_OPEN: SignedDuration = SignedDuration::from_mins(15);
/// The longest name of an attachment, in characters ([`crate::decide::decide`]).
pub const ATTACHMENT_NAME_CHARS_MAX: usize = 120;
/// The longest remark on an attachment, in characters ([`crate::decide::decide`]).
pub const ATTACHMENT_NOTE_CHARS_MAX: usize = 500;
/// The most further problems a refusal of fields lists beside the first.
pub const PROBLEMS_MAX: usize = 50;
