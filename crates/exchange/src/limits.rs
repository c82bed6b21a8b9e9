//! What a file may cost. Every limit is checked where it is named.

/// The longest file that is read, in bytes, before and after unpacking ([`crate::read()`]).
pub const FILE_BYTES_MAX: usize = 256 * 1024 * 1024;
/// The most parts an XLSX file may be made of ([`crate::read()`]).
pub const XLSX_PARTS_MAX: usize = 2_000;
/// The most rows of one file, its heading not counted ([`crate::read()`]).
pub const ROWS_MAX: usize = 500_000;
/// The most columns of one file ([`crate::read()`]).
pub const COLUMNS_MAX: usize = 500;
/// The longest text in a cell, in characters; a row with a longer one is bad ([`crate::read()`]).
pub const CELL_CHARS_MAX: usize = 100_000;
/// The longest name of a source, in characters ([`crate::Mapping`]).
pub const SOURCE_CHARS_MAX: usize = 64;
/// The most rows that fit an XLSX sheet, its heading not counted ([`crate::Writer`]).
pub const XLSX_ROWS_MAX: usize = 1_048_575;
