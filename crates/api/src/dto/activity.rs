//! What the server has done.

use serde::Serialize;
use utoipa::ToSchema;

/// What was written since the server was started.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Activity {
    /// Transactions, each with one sync to disk.
    pub commits: u64,
    /// Commands written by them.
    pub appends: u64,
}
