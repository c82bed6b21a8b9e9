//! Relations that the organisation knows of, for administrators.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use huiyin_app::commands::Key;
use huiyin_app::organisation::relations::RelationWanted;
use huiyin_case::id::PersonId;
use huiyin_case::relation::Subject;
use serde::Deserialize;

use super::organisation::{OnceHeader, known, optional};
use super::people::path_id;
use crate::Server;
use crate::body::Body;
use crate::caller::{Caller, IdempotencyKey};
use crate::dto::organisation::Added;
use crate::dto::relation::{NewRelation, RelationEnd, RelationView};
use crate::present::{error, relation};
use crate::problem::Problem;

/// Shows to whom and to what a person is known to be related, those relations included that have ended.
#[utoipa::path(get, path = "/people/{id}/relations", tag = "organisation", operation_id = "list_relations",
    params(("id" = String, Path, description = "The person")),
    responses((status = 200, description = "Relations, the first recorded first", body = Vec<RelationView>), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem)))]
pub(crate) async fn list(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Vec<RelationView>>, Problem> {
    let person: PersonId = path_id(&id, caller.lang)?;
    let kept = server.app.relations(&caller.principal, person).await;
    let kept = kept.map_err(|failed| error::problem(&failed, caller.lang))?;
    let views = kept
        .iter()
        .map(|one| relation::relation(&server.app, person, one));
    Ok(Json(views.collect()))
}

/// Records that a person is related to another, or to a unit.
#[utoipa::path(post, path = "/people/{id}/relations", tag = "organisation", operation_id = "add_relation", request_body = NewRelation,
    params(("id" = String, Path, description = "The person"), OnceHeader),
    responses((status = 201, description = "Recorded", body = Added), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem),
        (status = 422, description = "`person_unknown`, `unit_unknown`, `own_relation`, `days_out_of_order`, `note_unusable`, `too_many`", body = Problem)))]
pub(crate) async fn add(
    State(server): State<Server>,
    caller: Caller,
    key: IdempotencyKey,
    Path(id): Path<String>,
    Body(body): Body<NewRelation>,
) -> Result<(StatusCode, Json<Added>), Problem> {
    let lang = caller.lang;
    let of = path_id(&id, lang)?;
    let to = match (&body.person, &body.unit) {
        (None, Some(unit)) => Subject::Unit(known(unit, "unit_unknown", lang)?),
        (person, None) => {
            let person = person.as_deref().unwrap_or_default();
            Subject::Person(known(person, "person_unknown", lang)?)
        }
        (Some(_), Some(_)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Err(Problem::new(status, "person_unknown", lang));
        }
    };
    let wanted = RelationWanted {
        to,
        kind: relation::kind(body.kind),
        since: optional(body.since.as_deref(), "days_out_of_order", lang)?,
        until: optional(body.until.as_deref(), "days_out_of_order", lang)?,
        note: body.note,
    };
    let added = server
        .app
        .add_relation(&caller.principal, of, wanted, &Key::new(key.0))
        .await
        .map_err(|failed| error::problem(&failed, lang))?;
    let id = added.to_string();
    Ok((StatusCode::CREATED, Json(Added { id })))
}

/// Which relation.
#[derive(Debug, Deserialize)]
pub(crate) struct RelationPath {
    id: String,
    relation: String,
}

/// Says which was the last day of a relation.
#[utoipa::path(post, path = "/people/{id}/relations/{relation}/end", tag = "organisation", operation_id = "end_relation", request_body = RelationEnd,
    params(("id" = String, Path, description = "The person"), ("relation" = String, Path, description = "The relation's id in the list")),
    responses((status = 204, description = "Ended"), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem),
        (status = 422, description = "`days_out_of_order`", body = Problem)))]
pub(crate) async fn end(
    State(server): State<Server>,
    caller: Caller,
    Path(path): Path<RelationPath>,
    Body(body): Body<RelationEnd>,
) -> Result<StatusCode, Problem> {
    let lang = caller.lang;
    let of = path_id(&path.id, lang)?;
    let relation = path_id(&path.relation, lang)?;
    let until = known(&body.until, "days_out_of_order", lang)?;
    server
        .app
        .end_relation(&caller.principal, of, relation, until)
        .await
        .map_err(|failed| error::problem(&failed, lang))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a relation off that was recorded by mistake.
#[utoipa::path(delete, path = "/people/{id}/relations/{relation}", tag = "organisation", operation_id = "remove_relation",
    params(("id" = String, Path, description = "The person"), ("relation" = String, Path, description = "The relation's id in the list")),
    responses((status = 204, description = "Taken off"), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem)))]
pub(crate) async fn remove(
    State(server): State<Server>,
    caller: Caller,
    Path(path): Path<RelationPath>,
) -> Result<StatusCode, Problem> {
    let of = path_id(&path.id, caller.lang)?;
    let relation = path_id(&path.relation, caller.lang)?;
    server
        .app
        .remove_relation(&caller.principal, of, relation)
        .await
        .map_err(|failed| error::problem(&failed, caller.lang))?;
    Ok(StatusCode::NO_CONTENT)
}
