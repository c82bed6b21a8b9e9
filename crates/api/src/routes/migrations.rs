//! Having a case go on under a newer version of its policy.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use huiyin_app::commands::Key;
use huiyin_app::migrate::MigrateRequest;

use super::cases::case_id;
use super::commands::{CommandHeaders, Envelope};
use super::ties::answer;
use crate::Server;
use crate::body::Body;
use crate::caller::Caller;
use crate::dto::case::CommandDone;
use crate::dto::migration::{MigrationQuery, MigrationView, NewMigration};
use crate::present::error;
use crate::present::migration::migration;
use crate::problem::Problem;

/// What it would come to if the case went on under a newer version of its policy. Nothing changes.
#[utoipa::path(get, path = "/cases/{id}/migration", tag = "cases", operation_id = "preview_migration", params(("id" = String, Path, description = "The case"), MigrationQuery),
    responses((status = 200, description = "What it comes to, or what does not fit", body = MigrationView), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`: no such case or version", body = Problem), (status = 409, description = "The case has ended, or the version is not newer", body = Problem)))]
pub(crate) async fn preview(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
    Query(query): Query<MigrationQuery>,
) -> Result<Json<MigrationView>, Problem> {
    let lang = caller.lang;
    let case = case_id(&id, lang)?;
    let preview = server.app.migration(&caller.principal, case, query.to);
    let preview = preview
        .await
        .map_err(|failed| error::problem(&failed, lang))?;
    Ok(Json(migration(&server.app, &preview, lang)))
}

/// Has the case go on under a newer version of its policy. Refused with everything that does not fit.
#[utoipa::path(post, path = "/cases/{id}/migrate", tag = "cases", operation_id = "migrate_case", request_body = NewMigration, params(("id" = String, Path, description = "The case"), CommandHeaders),
    responses((status = 200, description = "It keeps the version now", body = CommandDone), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`: no such case or version", body = Problem), (status = 409, description = "Refused", body = Problem), (status = 412, description = "`conflict`", body = Problem)))]
pub(crate) async fn migrate(
    State(server): State<Server>,
    envelope: Envelope,
    Body(body): Body<NewMigration>,
) -> Result<Response, Problem> {
    let lang = envelope.caller.lang;
    let principal = envelope.caller.principal.clone();
    let request = MigrateRequest {
        case: envelope.case,
        seen_seq: envelope.seen.0,
        to: body.to,
        reason: body.reason,
        key: Key::new(envelope.key.0),
    };
    answer(server.app.migrate(&principal, request).await, lang)
}
