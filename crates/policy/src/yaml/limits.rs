//! What a policy file may cost to read.

/// The longest file, in bytes.
pub const FILE_BYTES_MAX: usize = 1 << 20;
/// The deepest nesting of lists and maps.
pub const DEPTH_MAX: usize = 64;
/// The greatest number of values in a file.
pub const NODES_MAX: usize = 100_000;
/// The greatest number of items in one list or lines in one map: what is compared pair by pair
/// stays affordable.
pub const ENTRIES_MAX: usize = 2_000;
/// The longest single text, in characters.
pub const SCALAR_CHARS_MAX: usize = 20_000;
/// The most files of one policy.
pub const FILES_MAX: usize = 200;
