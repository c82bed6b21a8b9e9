//! Leaving and coming back, and what happens to the open cases.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use huiyin_app::organisation::leaving::LeaveRequest;
use huiyin_case::id::PersonId;

use super::organisation::{SeenHeader, known, optional};
use super::people::path_id;
use crate::Server;
use crate::body::Body;
use crate::caller::{Caller, IfMatch};
use crate::dto::organisation::{HandedOverView, HoldingsView, Kept, Leave};
use crate::present::{error, people};
use crate::problem::Problem;

/// Shows what a person still holds: open cases by number and step, units headed.
#[utoipa::path(get, path = "/people/{id}/holdings", tag = "organisation", operation_id = "show_holdings",
    params(("id" = String, Path, description = "The person")),
    responses((status = 200, description = "What is to be handed on before the person leaves", body = HoldingsView), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem)))]
pub(crate) async fn holdings(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<HoldingsView>, Problem> {
    let person = path_id(&id, caller.lang)?;
    let holdings = server.app.holdings(&caller.principal, person).await;
    let holdings = holdings.map_err(|failed| error::problem(&failed, caller.lang))?;
    Ok(Json(people::holdings(&server.app, &holdings, caller.lang)))
}

/// Lets a person leave (离职): sessions, deputies and absences end at once, and the open cases are handed on, each on record.
/// Sent again it goes on where it was interrupted.
#[utoipa::path(post, path = "/people/{id}/leave", tag = "organisation", operation_id = "leave_organisation", request_body = Leave,
    params(("id" = String, Path, description = "The person"), SeenHeader),
    responses((status = 200, description = "Left", body = HandedOverView), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem),
        (status = 409, description = "`last_administrator`", body = Problem), (status = 412, description = "`changed`", body = Problem), (status = 422, description = "`person_unknown`, `reason_unusable`", body = Problem)))]
pub(crate) async fn leave(
    State(server): State<Server>,
    caller: Caller,
    seen: IfMatch,
    Path(id): Path<String>,
    Body(body): Body<Leave>,
) -> Result<Json<HandedOverView>, Problem> {
    let lang = caller.lang;
    let person = path_id(&id, lang)?;
    let mut cases = BTreeMap::new();
    for one in &body.cases {
        let to: Option<PersonId> = optional(one.to.as_deref(), "person_unknown", lang)?;
        cases.insert(known(&one.case, "case_unknown", lang)?, to);
    }
    let request = LeaveRequest {
        to: optional(body.to.as_deref(), "person_unknown", lang)?,
        cases,
        reason: body.reason,
    };
    let handed = server
        .app
        .leave(&caller.principal, person, seen.0, request)
        .await
        .map_err(|failed| error::problem(&failed, lang))?;
    Ok(Json(HandedOverView {
        as_asked: handed.as_asked,
        back: handed.back,
        left: handed.left,
    }))
}

/// Lets a person who left come back (复职). The account stays closed until a new link opens it.
#[utoipa::path(post, path = "/people/{id}/return", tag = "organisation", operation_id = "come_back",
    params(("id" = String, Path, description = "The person"), SeenHeader),
    responses((status = 200, description = "Works here again", body = Kept), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem),
        (status = 412, description = "`changed`", body = Problem), (status = 422, description = "`unit_unknown`: the unit is closed", body = Problem)))]
pub(crate) async fn come_back(
    State(server): State<Server>,
    caller: Caller,
    seen: IfMatch,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let person: PersonId = path_id(&id, caller.lang)?;
    let revision = server
        .app
        .come_back(&caller.principal, person, seen.0)
        .await
        .map_err(|failed| error::problem(&failed, caller.lang))?;
    let etag = format!("\"{revision}\"");
    let body = Kept {
        id: person.to_string(),
        revision,
    };
    Ok((StatusCode::OK, [(header::ETAG, etag)], Json(body)).into_response())
}
