//! Is the server alive, can it take work, and what has it done?

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use huiyin_app::Action;

use crate::Server;
use crate::caller::Caller;
use crate::dto::activity::{Activity, Health};
use crate::present::error;
use crate::problem::Problem;

/// Alive.
#[utoipa::path(get, path = "/health", tag = "operation", operation_id = "show_health", security(()),
    responses((status = 200, description = "The process answers; whether it only reads, and why", body = Health)))]
pub(crate) async fn health(State(server): State<Server>) -> Json<Health> {
    Json(Health::of(&server))
}

/// Ready: the database answers and takes work. A server that only reads is ready to be read from.
#[utoipa::path(get, path = "/ready", tag = "operation", operation_id = "show_readiness", security(()),
    responses((status = 200, description = "Ready; whether it only reads, and why", body = Health), (status = 503, description = "Not ready")))]
pub(crate) async fn ready(State(server): State<Server>) -> Response {
    if server.app.is_ready().await {
        Json(Health::of(&server)).into_response()
    } else {
        StatusCode::SERVICE_UNAVAILABLE.into_response()
    }
}

/// Tells what the server has written since its start.
#[utoipa::path(get, path = "/activity", tag = "operation", operation_id = "show_activity",
    responses((status = 200, description = "The counts", body = Activity), (status = 403, description = "`forbidden`", body = Problem)))]
pub(crate) async fn activity(
    State(server): State<Server>,
    caller: Caller,
) -> Result<Json<Activity>, Problem> {
    error::require(&server, &caller, Action::Administer)?;
    let stats = server.app.store().writer_stats();
    Ok(Json(Activity {
        commits: stats.commits,
        appends: stats.appends,
    }))
}
