//! Adoptions of policies by units with values of their own (head office and branches).

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use huiyin_app::Error;
use huiyin_app::policies::{NewAdoption, Unfit};
use huiyin_app::shelf::Version;
use huiyin_case::id::UnitId;
use huiyin_policy::model::PolicyId;
use huiyin_texts::Lang;
use jiff::civil::Date;

use crate::Server;
use crate::body::Body;
use crate::caller::Caller;
use crate::dto::adoption::{AdoptionEnd, AdoptionView, AdoptionsView, NewAdoptionBody};
use crate::present::{adoption, error};
use crate::problem::Problem;

/// Lists what units have adopted of a policy, and what they may set of their own.
#[utoipa::path(get, path = "/policies/{id}/adoptions", tag = "policies", operation_id = "list_adoptions", params(("id" = String, Path, description = "The policy")),
    responses((status = 200, description = "All adoptions, and the parameters", body = AdoptionsView), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem)))]
pub(crate) async fn list(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<AdoptionsView>, Problem> {
    let policy = PolicyId::new(&id);
    let adopted = server.app.adoptions(&caller.principal, &policy);
    let adopted = adopted.map_err(|failed| error::problem(&failed, caller.lang))?;
    let view = adoption::adoptions(
        &server.app,
        &caller.principal,
        (&policy, &adopted),
        caller.lang,
    );
    Ok(Json(view))
}

/// Has a unit adopt a policy from a day on, with values of its own (采用). It is put down for the version in force and for those to
/// come, each under a number of its own; what is adopted so already is not put down again.
#[utoipa::path(post, path = "/policies/{id}/adoptions", tag = "policies", operation_id = "adopt_policy", request_body = NewAdoptionBody, params(("id" = String, Path, description = "The policy")),
    responses((status = 201, description = "Adopted", body = Vec<AdoptionView>), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem),
        (status = 422, description = "`own_values_unfit` with what is wrong with which parameter, `own_values_too_long`, `unit_unusable`, `effective_day_unusable`, `too_many`", body = Problem), (status = 503, description = "`busy`", body = Problem)))]
pub(crate) async fn adopt(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
    Body(body): Body<NewAdoptionBody>,
) -> Result<(StatusCode, Json<Vec<AdoptionView>>), Problem> {
    let lang = caller.lang;
    let adoption = NewAdoption {
        policy: PolicyId::new(&id),
        unit: unit(&body.unit, lang)?,
        from: day(body.from.as_deref(), lang)?,
        own: body.own,
    };
    let adopted = server.app.adopt(&caller.principal, adoption).await;
    let adopted = adopted.map_err(|failed| error::problem(&failed, lang))?;
    let views = views(&server, &adopted, lang);
    Ok((StatusCode::CREATED, Json(views)))
}

/// Ends the adoption of a policy by a unit from a day on: it uses then what is used above it.
#[utoipa::path(post, path = "/policies/{id}/adoptions/end", tag = "policies", operation_id = "end_adoption", request_body = AdoptionEnd, params(("id" = String, Path, description = "The policy")),
    responses((status = 201, description = "Ended from that day on", body = AdoptionView), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem),
        (status = 409, description = "`not_adopted`", body = Problem), (status = 422, description = "`unit_unusable`, `effective_day_unusable`", body = Problem), (status = 503, description = "`busy`", body = Problem)))]
pub(crate) async fn end(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
    Body(body): Body<AdoptionEnd>,
) -> Result<(StatusCode, Json<AdoptionView>), Problem> {
    let lang = caller.lang;
    let (policy, unit) = (PolicyId::new(&id), unit(&body.unit, lang)?);
    let from = day(body.from.as_deref(), lang)?;
    let ended = server
        .app
        .end_adoption(&caller.principal, (&policy, unit), from)
        .await;
    let ended = ended.map_err(|failed| error::problem(&failed, lang))?;
    let view = adoption::adoption(&server.app, &ended, lang);
    let view = view.ok_or_else(|| error::problem(&Error::NotFound, lang))?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// A unit as it is named in a body.
pub(super) fn unit(id: &str, lang: Lang) -> Result<UnitId, Problem> {
    let unknown = |_| error::problem(&Error::Unfit(Unfit::Unit), lang);
    id.parse().map_err(unknown)
}

/// The first day as it is named in a body.
pub(super) fn day(from: Option<&str>, lang: Lang) -> Result<Option<Date>, Problem> {
    let unreadable = |_| error::problem(&Error::Unfit(Unfit::Day), lang);
    from.map(str::parse).transpose().map_err(unreadable)
}

fn views(server: &Server, adopted: &[Version], lang: Lang) -> Vec<AdoptionView> {
    let views = adopted.iter();
    views
        .filter_map(|one| adoption::adoption(&server.app, one, lang))
        .collect()
}
