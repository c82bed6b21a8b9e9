//! How far something is that goes through many cases.

/// What whoever waits is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// There are so many cases, beside those told of before.
    Total(u64),
    /// One more is done.
    Done,
}
