//! What a form's sheets would give, before it is put on record.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use huiyin_app::settling::FormAsked;
use huiyin_policy::model::ActId;
use serde::Deserialize;

use super::commands::misfits;
use crate::Server;
use crate::body::Body;
use crate::caller::{ActingFor, Caller};
use crate::dto::settlement::{FormDraft, SettlementView};
use crate::dto::value::read_fields;
use crate::present::{self, error};
use crate::problem::Problem;

/// Which form of which case.
#[derive(Debug, Deserialize)]
pub(crate) struct FormPath {
    id: String,
    act: String,
}

/// Works out the sheets of the form of an act with what is filled in so far: every figure with its formula and clause. Nothing is
/// put on record.
#[utoipa::path(post, path = "/cases/{id}/acts/{act}/settlement", tag = "cases", operation_id = "settle_form", request_body = FormDraft,
    params(("id" = String, Path, description = "The case"), ("act" = String, Path, description = "The act"), ("Acting-For" = Option<String>, Header, description = "Id of somebody for whom the caller is deputy today")),
    responses((status = 200, description = "What it would give", body = SettlementView), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem), (status = 409, description = "Refused by the policy", body = Problem), (status = 422, description = "Rows to correct", body = Problem)))]
pub(crate) async fn settle(
    State(server): State<Server>,
    caller: Caller,
    acting_for: ActingFor,
    Path(path): Path<FormPath>,
    Body(body): Body<FormDraft>,
) -> Result<Response, Problem> {
    let lang = caller.lang;
    let not_found = |_| Problem::new(StatusCode::NOT_FOUND, "not_found", lang);
    let case = path.id.parse().map_err(not_found)?;
    let policy = server
        .app
        .policy_of(&caller.principal, case)
        .await
        .map_err(|failed| error::problem(&failed, lang))?;
    let act = ActId::new(&path.act);
    let part_id = policy.acts.get(&act).and_then(|act| act.part.as_ref());
    let part = part_id.and_then(|part| policy.parts.get(part));
    let fields = read_fields(part, &body.fields)
        .map_err(|wrong| misfits(part_id.map_or("", |part| part.as_str()), &wrong, lang))?;
    let asked = FormAsked {
        case,
        acting_for: acting_for.0,
        act,
        fields,
    };
    let answer = server
        .app
        .settle(&caller.principal, asked)
        .await
        .map_err(|failed| error::problem(&failed, lang))?;
    let directory = server.app.directory();
    let sealed = answer.state.sealed_texts(&answer.version.policy);
    let view = present::View {
        sealed: &sealed,
        ..present::View::new(&server.app, &directory, &answer.version, lang)
    };
    let view: SettlementView = present::settlement::asked(&view, part, &answer.settled);
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(view)).into_response())
}
