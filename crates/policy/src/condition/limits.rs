//! What a condition may cost.

/// The longest condition, in bytes.
pub const SOURCE_BYTES_MAX: usize = 1_000;
/// The deepest nesting of brackets and signs.
pub const DEPTH_MAX: u16 = 32;
/// The greatest number of parts that the parser may unfold an expression into.
pub const NODES_MAX: usize = 500;
