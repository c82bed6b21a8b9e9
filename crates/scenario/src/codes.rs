//! What can be wrong with a scenario, or come out otherwise than it says.

use huiyin_diagnostic::{Code, Finding, Place};

/// A word that means nothing here.
pub const UNKNOWN_KEY: Code = Code::new("HY-S001");
/// A word that must be here.
pub const MISSING_KEY: Code = Code::new("HY-S002");
/// A value that is not what is asked for.
pub const BAD_VALUE: Code = Code::new("HY-S003");
/// A name that is declared nowhere.
pub const UNKNOWN_NAME: Code = Code::new("HY-S004");
/// A step before the one above it.
pub const TIME_GOES_BACK: Code = Code::new("HY-S005");
/// Larger than the limits allow.
pub const TOO_BIG: Code = Code::new("HY-S006");
/// A command that was refused.
pub const REFUSED: Code = Code::new("HY-S010");
/// A command that should have been refused and was not.
pub const NOT_REFUSED: Code = Code::new("HY-S011");
/// Something that came out otherwise than expected.
pub const DIFFERENT: Code = Code::new("HY-S012");

/// Rows that could not be settled.
pub const UNSETTLED: Code = Code::new("HY-S013");

/// All codes, in order.
pub const ALL: [Code; 10] = [
    UNKNOWN_KEY,
    MISSING_KEY,
    BAD_VALUE,
    UNKNOWN_NAME,
    TIME_GOES_BACK,
    TOO_BIG,
    REFUSED,
    NOT_REFUSED,
    DIFFERENT,
    UNSETTLED,
];

/// Something came out otherwise than expected.
pub(crate) fn different(place: Place, what: &str, expected: &str, found: &str) -> Finding {
    Finding::by_code(
        DIFFERENT,
        place,
        &[("what", what), ("expected", expected), ("found", found)],
    )
}
