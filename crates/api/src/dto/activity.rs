//! What the server has done.

use huiyin_app::ReadOnly;
use serde::Serialize;
use utoipa::ToSchema;

use crate::Server;

/// What was written since the server was started.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Activity {
    /// Transactions, each with one sync to disk.
    pub commits: u64,
    /// Commands written by them.
    pub appends: u64,
}

/// Whether the server takes writes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Health {
    /// Whether it only reads.
    pub read_only: bool,
    /// Why: `asked` or `upgrade_failed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<&'static str>,
}

impl Health {
    /// That of a server.
    pub(crate) fn of(server: &Server) -> Self {
        let why = server.app.read_only().map(ReadOnly::code);
        Self {
            read_only: why.is_some(),
            why,
        }
    }
}
