//! Files that come in and go out.
//!
//! [`read()`] turns the bytes of a CSV, XLSX or JSONL file, packed or not, into a [`Sheet`]: columns and rows of cells, within
//! fixed limits. A [`Mapping`] says which column is which field of a case and makes a historical case of each row, or
//! says what is wrong with it. [`Writer`] writes tables out, with formulas made harmless.
//!
//! Nothing here opens files or asks the time; what is to be said to people is a key with arguments.

pub mod codes;
pub mod limits;
mod mapping;
mod problem;
mod read;
mod sheet;
mod write;

pub use mapping::{Bound, Checked, Mapped, Mapping, World};
pub use problem::{Problem, Unreadable};
pub use read::{Encoding, Reading, json_rows, read};
pub use sheet::{Cell, Row, Sheet};
pub use write::{Column, Format, UnknownFormat, Value, WriteError, Writer, neutralised};
