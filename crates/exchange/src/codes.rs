//! What can be wrong with a mapping file.

use huiyin_diagnostic::Code;

/// A word that means nothing here.
pub const UNKNOWN_KEY: Code = Code::new("HY-M001");
/// A word that must be here.
pub const MISSING_KEY: Code = Code::new("HY-M002");
/// A value that is not what is asked for.
pub const BAD_VALUE: Code = Code::new("HY-M003");
/// A name that the policy does not declare.
pub const UNKNOWN_NAME: Code = Code::new("HY-M004");
/// A field that must be filled in, and to which nothing leads.
pub const FIELD_LEFT_OUT: Code = Code::new("HY-M005");
/// A column that the file does not have.
pub const UNKNOWN_COLUMN: Code = Code::new("HY-M006");
/// A rule that no row can reach.
pub const UNREACHABLE: Code = Code::new("HY-M007");

/// All codes, in order.
pub const ALL: [Code; 7] = [
    UNKNOWN_KEY,
    MISSING_KEY,
    BAD_VALUE,
    UNKNOWN_NAME,
    FIELD_LEFT_OUT,
    UNKNOWN_COLUMN,
    UNREACHABLE,
];
