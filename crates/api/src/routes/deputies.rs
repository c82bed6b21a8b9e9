//! Deputies and absences: one's own, or anybody's for administrators.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use huiyin_app::commands::Key;
use huiyin_app::organisation::deputies::DeputyWanted;
use huiyin_case::deputy::Days;
use huiyin_case::id::PersonId;
use huiyin_policy::model::PositionId;
use huiyin_texts::Lang;
use serde::Deserialize;

use super::organisation::{OnceHeader, known};
use super::people::path_id;
use crate::Server;
use crate::body::Body;
use crate::caller::{Caller, IdempotencyKey};
use crate::dto::organisation::{Added, AwayView, NewAbsence, NewDeputy};
use crate::present::{error, people};
use crate::problem::Problem;

/// Shows who acts for a person, and when the person is away, from today on.
#[utoipa::path(get, path = "/people/{id}/deputies", tag = "organisation", operation_id = "list_deputies",
    params(("id" = String, Path, description = "The person")),
    responses((status = 200, description = "Deputies and absences", body = AwayView), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem)))]
pub(crate) async fn list(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<AwayView>, Problem> {
    let person: PersonId = path_id(&id, caller.lang)?;
    let away = server.app.away(&caller.principal, person);
    let away = away.map_err(|failed| error::problem(&failed, caller.lang))?;
    Ok(Json(people::away(&server.app, person, &away, caller.lang)))
}

/// Lets somebody act for a person on some days.
#[utoipa::path(post, path = "/people/{id}/deputies", tag = "organisation", operation_id = "add_deputy", request_body = NewDeputy,
    params(("id" = String, Path, description = "The person"), OnceHeader),
    responses((status = 201, description = "Named", body = Added), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem),
        (status = 422, description = "`person_unknown`, `position_unknown`, `own_deputy`, `span_unusable`, `too_many`", body = Problem)))]
pub(crate) async fn add_deputy(
    State(server): State<Server>,
    caller: Caller,
    key: IdempotencyKey,
    Path(id): Path<String>,
    Body(body): Body<NewDeputy>,
) -> Result<(StatusCode, Json<Added>), Problem> {
    let lang = caller.lang;
    let of = path_id(&id, lang)?;
    let wanted = DeputyWanted {
        by: known(&body.by, "person_unknown", lang)?,
        days: days(&body.from, &body.to, lang)?,
        position: body.position.map(PositionId::new),
    };
    let added = server
        .app
        .add_deputy(&caller.principal, of, wanted, &Key::new(key.0))
        .await
        .map_err(|failed| error::problem(&failed, lang))?;
    let id = added.to_string();
    Ok((StatusCode::CREATED, Json(Added { id })))
}

/// Which deputy.
#[derive(Debug, Deserialize)]
pub(crate) struct DeputyPath {
    id: String,
    deputy: String,
}

/// Takes a deputy's right back, from now on.
#[utoipa::path(delete, path = "/people/{id}/deputies/{deputy}", tag = "organisation", operation_id = "end_deputy",
    params(("id" = String, Path, description = "The person"), ("deputy" = String, Path, description = "The deputy's id in the list")),
    responses((status = 204, description = "Taken back"), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem)))]
pub(crate) async fn end_deputy(
    State(server): State<Server>,
    caller: Caller,
    Path(path): Path<DeputyPath>,
) -> Result<StatusCode, Problem> {
    let of = path_id(&path.id, caller.lang)?;
    let deputy = path_id(&path.deputy, caller.lang)?;
    server
        .app
        .end_deputy(&caller.principal, of, deputy)
        .await
        .map_err(|failed| error::problem(&failed, caller.lang))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Notes that a person is away on some days.
#[utoipa::path(post, path = "/people/{id}/absences", tag = "organisation", operation_id = "add_absence", request_body = NewAbsence,
    params(("id" = String, Path, description = "The person"), OnceHeader),
    responses((status = 201, description = "Noted", body = Added), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem),
        (status = 422, description = "`span_unusable`, `too_many`", body = Problem)))]
pub(crate) async fn add_absence(
    State(server): State<Server>,
    caller: Caller,
    key: IdempotencyKey,
    Path(id): Path<String>,
    Body(body): Body<NewAbsence>,
) -> Result<(StatusCode, Json<Added>), Problem> {
    let lang = caller.lang;
    let person = path_id(&id, lang)?;
    let days = days(&body.from, &body.to, lang)?;
    let added = server
        .app
        .add_absence(&caller.principal, person, days, &Key::new(key.0))
        .await
        .map_err(|failed| error::problem(&failed, lang))?;
    let id = added.to_string();
    Ok((StatusCode::CREATED, Json(Added { id })))
}

/// Which absence.
#[derive(Debug, Deserialize)]
pub(crate) struct AbsencePath {
    id: String,
    absence: String,
}

/// Takes an absence back.
#[utoipa::path(delete, path = "/people/{id}/absences/{absence}", tag = "organisation", operation_id = "end_absence",
    params(("id" = String, Path, description = "The person"), ("absence" = String, Path, description = "The absence's id in the list")),
    responses((status = 204, description = "Taken back"), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem)))]
pub(crate) async fn end_absence(
    State(server): State<Server>,
    caller: Caller,
    Path(path): Path<AbsencePath>,
) -> Result<StatusCode, Problem> {
    let person = path_id(&path.id, caller.lang)?;
    let absence = path_id(&path.absence, caller.lang)?;
    server
        .app
        .end_absence(&caller.principal, person, absence)
        .await
        .map_err(|failed| error::problem(&failed, caller.lang))?;
    Ok(StatusCode::NO_CONTENT)
}

fn days(from: &str, to: &str, lang: Lang) -> Result<Days, Problem> {
    Ok(Days {
        from: known(from, "span_unusable", lang)?,
        to: known(to, "span_unusable", lang)?,
    })
}
