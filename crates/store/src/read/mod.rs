//! Reading, on connections that can't write.

mod access;
mod case;
mod contacts;
mod customers;
mod duty;
mod feed;
mod filter;
mod list;
mod listed;
mod search;
mod totals;
mod versions;

use std::sync::Arc;

use crate::codec::Undecodable;
use crate::crypto::Unreadable;

pub use access::{Access, Arm, Excluded, Sights};
pub use case::DueTimer;
pub(crate) use case::{LOG_COLUMNS, OwnedLogRow};
pub(crate) use contacts::Contacts;
pub use customers::{CaseOfParty, PartyRecord};
pub use feed::{LogEntry, OutboxEntry};
pub use filter::{Counted, Filter, OfUnits};
pub use list::{COUNT_MAX, Cursor, MalformedCursor, Order, PAGE_MAX, Page, PageRequest};
pub use totals::{Total, TotalsRequest};
pub use versions::KeptUnder;

/// Why something can't be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The database refused.
    #[error("the database can't be read")]
    Database(#[from] sqlx::Error),
    /// Questions that were answered together failed together.
    #[error("the database can't be read")]
    Together(#[source] Arc<ReadError>),
    /// An event is in a form this version can't read.
    #[error("an event can't be read")]
    Undecodable(#[from] Undecodable),
    /// A sealed text can't be opened.
    #[error("a sealed text can't be opened")]
    Unreadable(#[from] Unreadable),
    /// A row holds something no version writes.
    #[error("column `{column}` holds `{value}`, which no version writes")]
    Corrupt {
        /// Which column.
        column: &'static str,
        /// What it holds.
        value: String,
    },
}

/// Reads an id, a name or another small value out of its text.
pub(crate) fn parsed<T: std::str::FromStr>(
    column: &'static str,
    text: &str,
) -> Result<T, ReadError> {
    text.parse().map_err(|_| ReadError::Corrupt {
        column,
        value: text.to_owned(),
    })
}

/// Reads an instant.
pub(crate) fn instant(column: &'static str, us: i64) -> Result<jiff::Timestamp, ReadError> {
    jiff::Timestamp::from_microsecond(us).map_err(|_| ReadError::Corrupt {
        column,
        value: us.to_string(),
    })
}

/// Reads an amount in cents.
pub(crate) fn money(
    column: &'static str,
    cents: i64,
) -> Result<huiyin_settlement::Money, ReadError> {
    huiyin_settlement::Money::from_cents(cents).map_err(|_| ReadError::Corrupt {
        column,
        value: cents.to_string(),
    })
}

/// Reads a count or a sequence number.
pub(crate) fn count(column: &'static str, number: i64) -> Result<u32, ReadError> {
    u32::try_from(number).map_err(|_| ReadError::Corrupt {
        column,
        value: number.to_string(),
    })
}
