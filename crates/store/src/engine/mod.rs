//! The two databases behind the store: which one it is, and what reads from it and writes to it.

mod arguments;
mod at_hand;
mod connection;
mod readers;
mod rows;

pub(crate) use at_hand::AtHand;
pub(crate) use connection::Connection;
pub(crate) use readers::{Readers, Reading};
pub(crate) use rows::{Row, Rows, Value};

/// Which database. Where they differ in what they understand is said in `dialect.rs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    /// A file of this process.
    Sqlite,
    /// A server that several nodes may share.
    Postgres,
}
