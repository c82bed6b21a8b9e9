//! New ids: UUIDv7, so that they sort by the time they were made.

use uuid::Uuid;

/// A new id.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that makes ids"
)]
pub(crate) fn new() -> Uuid {
    Uuid::now_v7()
}
