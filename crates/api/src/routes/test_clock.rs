//! The clock of a server started for tests, set from outside.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Server;
use crate::body::Body;
use crate::caller::CallerLang;
use crate::present::{error, names};
use crate::problem::Problem;

/// A moment.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TestTime {
    /// RFC 3339.
    pub now: String,
}

/// Sets the time of a server started with `--test-clock`; timers due by then fire before the answer comes.
#[utoipa::path(put, path = "/test/clock", tag = "operation", operation_id = "set_test_clock", request_body = TestTime, security(()),
    responses((status = 200, description = "Set, timers fired", body = TestTime), (status = 404, description = "The server runs on the machine's clock", body = Problem)))]
pub(crate) async fn set(
    State(server): State<Server>,
    CallerLang(lang): CallerLang,
    Body(body): Body<TestTime>,
) -> Result<Json<TestTime>, Problem> {
    let not_found = || Problem::new(StatusCode::NOT_FOUND, "not_found", lang);
    let now = body
        .now
        .parse()
        .map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "instant_unreadable", lang))?;
    if !server
        .app
        .set_clock(now)
        .await
        .map_err(|failed| error::problem(&failed, lang))?
    {
        return Err(not_found());
    }
    Ok(Json(TestTime {
        now: names::instant(&server.app.calendar(), server.app.now()),
    }))
}
