//! The log and its tables: events, keys, search, timers and proof on SQLite or PostgreSQL.
//!
//! A [`Store`] has one writer, which groups what waits into one transaction and one sync, and a few read-only
//! connections. Events are the truth; everything else about cases is derived from them and can be rebuilt.
//!
//! On PostgreSQL several nodes may share the database: each has its one writer, one of them writes at a time, and each
//! follows what the others commit.

mod actor;
mod append;
mod bulk;
mod chain;
mod charges;
pub mod codec;
mod crypto;
mod dialect;
mod engine;
mod files;
mod follow;
mod migration;
mod open;
mod operate;
mod prepare;
mod proof;
mod read;
mod row;
mod segment;
mod statement;
mod statistics;
mod store;
mod tables;
mod tsearch;
mod vouchers;
mod writer;

// Unit tests fill a store with the same cases as the tests in `tests`, which know the crate by its name.
#[cfg(test)]
extern crate self as huiyin_store;
#[cfg(test)]
#[path = "../tests/support/mod.rs"]
mod support;

pub use append::{Append, AppendError, Appended, Idempotency, NewEvent, Reply, SearchUpdate};
pub use charges::{
    AccountKey, AccountStanding, ChargeOf, CloseError, Closing, EnteredBonuses, NewBonuses,
    NewClosing,
};
pub use crypto::{FileSeal, FileSealError, MasterKey, MasterKeyFile, Sealing, Unreadable};
pub use files::{FileChange, FileError, FileReader, FileUpload, Staged};
pub use open::{DatabaseLock, MalformedUrl, OpenError, Options, PostgresUrl};
pub use operate::{
    CaseCount, CopyError, PolicyFacts, Schema, Step, Survey, TableSize, copy_database,
};
pub use proof::{
    Checkpoint, Derive, Derived, Difference, EraseError, Erased, FINDINGS_MAX, Finding,
    MalformedCheckpoint, RebuildError, Rebuilt, SealError, Verified,
};
pub use read::{
    Access, Arm, COUNT_MAX, CaseOfParty, Counted, Cursor, DueTimer, Excluded, Filter, KeptUnder,
    LogEntry, MalformedCursor, OfUnits, Order, OutboxEntry, PAGE_MAX, Page, PageRequest,
    PartyRecord, ReadError, Sights, Total, TotalsRequest,
};
pub use row::{
    CaseRow, ClockPhase, ClockRow, Level, OutboxRow, PartyMerge, PartyRow, Shown, Standing,
    Tightest,
};
pub use segment::Segmenter;
pub use store::{FirstStart, Store};
pub use tables::{
    Account, AccountId, AuditRecord, CalendarVersion, Change, CountError, DecidedBy, DraftAnswer,
    DraftChange, DraftComment, DraftConsent, DraftEnd, DraftId, Invitation, KeptRelation, Leaving,
    Ordered, PolicyAdoption, PolicyDraft, PolicyStop, PolicyVersion, PortalSession, Roster,
    Session, policy_files_hash,
};
pub use vouchers::{
    HandOverError, HandedOverVoucher, NewVoucherRun, VoucherRun, WaitingCase, WaitingVoucher,
    WaitingVouchers,
};
pub use writer::{AuditEntry, WriteError, WriterStats};
