//! Keeping units and persons. Each change names the revision the caller saw, so that of two administrators who change one
//! entry only the first does.

use std::str::FromStr;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use huiyin_app::Action;
use huiyin_app::commands::Key;
use huiyin_app::organisation::persons::PersonWanted;
use huiyin_app::organisation::units::{Kept, UnitWanted};
use huiyin_policy::model::PositionId;
use huiyin_texts::Lang;
use utoipa::IntoParams;

use super::people::path_id;
use crate::Server;
use crate::body::Body;
use crate::caller::{Caller, IdempotencyKey, IfMatch};
use crate::dto::organisation::{
    Kept as KeptView, NewUnit, OrganisationView, PersonChange, UnitChange,
};
use crate::present::{error, people};
use crate::problem::Problem;

/// The header of what adds something.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it only describes")]
pub(super) struct OnceHeader {
    /// Takes effect once under this key.
    #[param(rename = "Idempotency-Key")]
    key: String,
}

/// The header of what changes a unit or a person.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it only describes")]
pub(super) struct SeenHeader {
    /// The revision the caller saw, as `ETag` or `revision` gave it. What is as asked already is not refused.
    #[param(rename = "If-Match")]
    seen: String,
}

/// Shows units, people, accounts and positions, for whoever keeps them.
#[utoipa::path(get, path = "/organisation", tag = "organisation", operation_id = "show_organisation",
    responses((status = 200, description = "The whole organisation", body = OrganisationView), (status = 403, description = "`forbidden`", body = Problem)))]
pub(crate) async fn show(
    State(server): State<Server>,
    caller: Caller,
) -> Result<Json<OrganisationView>, Problem> {
    error::require(&server, &caller, Action::Administer)?;
    let accounts = server.app.accounts().await;
    let accounts = accounts.map_err(|failed| error::problem(&failed, caller.lang))?;
    Ok(Json(people::organisation(
        &server.app,
        &accounts,
        caller.lang,
    )))
}

/// Adds a unit.
#[utoipa::path(post, path = "/units", tag = "organisation", operation_id = "add_unit", request_body = NewUnit, params(OnceHeader),
    responses((status = 201, description = "Added", body = KeptView), (status = 403, description = "`forbidden`", body = Problem),
        (status = 422, description = "`name_unusable`, `name_taken`, `unit_unknown`, `person_unknown`, `too_many`", body = Problem)))]
pub(crate) async fn add_unit(
    State(server): State<Server>,
    caller: Caller,
    key: IdempotencyKey,
    Body(body): Body<NewUnit>,
) -> Result<Response, Problem> {
    let lang = caller.lang;
    let wanted = UnitWanted {
        name: body.name,
        parent: optional(body.parent.as_deref(), "unit_unknown", lang)?,
        head: optional(body.head.as_deref(), "person_unknown", lang)?,
        closed: false,
    };
    let kept = server
        .app
        .add_unit(&caller.principal, wanted, &Key::new(key.0))
        .await;
    answer(StatusCode::CREATED, kept, lang)
}

/// Changes a unit: name, place in the tree, head; closes it or opens it again.
#[utoipa::path(put, path = "/units/{id}", tag = "organisation", operation_id = "change_unit", request_body = UnitChange,
    params(("id" = String, Path, description = "The unit"), SeenHeader),
    responses((status = 200, description = "Changed", body = KeptView), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem),
        (status = 409, description = "`unit_in_use`", body = Problem), (status = 412, description = "`changed`", body = Problem),
        (status = 422, description = "`name_unusable`, `name_taken`, `unit_unknown`, `person_unknown`, `unit_below_itself`", body = Problem)))]
pub(crate) async fn change_unit(
    State(server): State<Server>,
    caller: Caller,
    seen: IfMatch,
    Path(id): Path<String>,
    Body(body): Body<UnitChange>,
) -> Result<Response, Problem> {
    let lang = caller.lang;
    let wanted = UnitWanted {
        name: body.name,
        parent: optional(body.parent.as_deref(), "unit_unknown", lang)?,
        head: optional(body.head.as_deref(), "person_unknown", lang)?,
        closed: body.closed,
    };
    let id = path_id(&id, lang)?;
    let kept = server
        .app
        .change_unit(&caller.principal, id, seen.0, wanted)
        .await;
    answer(StatusCode::OK, kept, lang)
}

/// Adds a person.
#[utoipa::path(post, path = "/people", tag = "organisation", operation_id = "add_person", request_body = PersonChange, params(OnceHeader),
    responses((status = 201, description = "Added", body = KeptView), (status = 403, description = "`forbidden`", body = Problem),
        (status = 422, description = "`name_unusable`, `unit_unknown`, `position_unknown`, `too_many`", body = Problem)))]
pub(crate) async fn add_person(
    State(server): State<Server>,
    caller: Caller,
    key: IdempotencyKey,
    Body(body): Body<PersonChange>,
) -> Result<Response, Problem> {
    let lang = caller.lang;
    let wanted = person_wanted(body, lang)?;
    let kept = server
        .app
        .add_person(&caller.principal, wanted, &Key::new(key.0))
        .await;
    answer(StatusCode::CREATED, kept, lang)
}

/// Changes a person: name, unit, positions.
#[utoipa::path(put, path = "/people/{id}", tag = "organisation", operation_id = "change_person", request_body = PersonChange,
    params(("id" = String, Path, description = "The person"), SeenHeader),
    responses((status = 200, description = "Changed", body = KeptView), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem),
        (status = 412, description = "`changed`", body = Problem), (status = 422, description = "`name_unusable`, `unit_unknown`, `position_unknown`", body = Problem)))]
pub(crate) async fn change_person(
    State(server): State<Server>,
    caller: Caller,
    seen: IfMatch,
    Path(id): Path<String>,
    Body(body): Body<PersonChange>,
) -> Result<Response, Problem> {
    let lang = caller.lang;
    let wanted = person_wanted(body, lang)?;
    let id = path_id(&id, lang)?;
    let kept = server
        .app
        .change_person(&caller.principal, id, seen.0, wanted)
        .await;
    answer(StatusCode::OK, kept, lang)
}

fn person_wanted(body: PersonChange, lang: Lang) -> Result<PersonWanted, Problem> {
    Ok(PersonWanted {
        name: body.name,
        unit: known(&body.unit, "unit_unknown", lang)?,
        positions: body.positions.iter().map(PositionId::new).collect(),
    })
}

/// The id of something that is named in a body; `code` is the problem where it is none.
pub(super) fn known<Id: FromStr>(id: &str, code: &str, lang: Lang) -> Result<Id, Problem> {
    id.parse()
        .map_err(|_| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code, lang))
}

/// The same where nothing need be named.
pub(super) fn optional<Id: FromStr>(
    id: Option<&str>,
    code: &str,
    lang: Lang,
) -> Result<Option<Id>, Problem> {
    id.map(|id| known(id, code, lang)).transpose()
}

fn answer<Id: ToString>(
    status: StatusCode,
    kept: Result<Kept<Id>, huiyin_app::Error>,
    lang: Lang,
) -> Result<Response, Problem> {
    let kept = kept.map_err(|failed| error::problem(&failed, lang))?;
    let body = KeptView {
        id: kept.id.to_string(),
        revision: kept.revision,
    };
    let etag = format!("\"{}\"", kept.revision);
    Ok((status, [(header::ETAG, etag)], Json(body)).into_response())
}
