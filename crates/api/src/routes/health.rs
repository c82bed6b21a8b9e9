//! Is the server alive, and can it take work?

use axum::extract::State;
use axum::http::StatusCode;

use crate::Server;

/// Alive.
#[utoipa::path(get, path = "/health", tag = "operation", operation_id = "show_health", security(()),
    responses((status = 200, description = "The process answers")))]
pub(crate) async fn health() -> StatusCode {
    StatusCode::OK
}

/// Ready: the database answers and the writer accepts work.
#[utoipa::path(get, path = "/ready", tag = "operation", operation_id = "show_readiness", security(()),
    responses((status = 200, description = "Ready"), (status = 503, description = "Not ready")))]
pub(crate) async fn ready(State(server): State<Server>) -> StatusCode {
    if server.app.is_ready().await {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    }
}
