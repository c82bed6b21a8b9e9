//! Opening a case out of another.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use huiyin_app::commands::Key;
use huiyin_app::links::RaiseRequest;
use huiyin_policy::model::KindId;
use serde::Deserialize;

use super::commands::{CommandHeaders, Envelope, misfits};
use crate::Server;
use crate::body::Body;
use crate::dto::case::{CommandDone, NewRaised, RaisedDone};
use crate::dto::value::read_fields;
use crate::present::error;
use crate::problem::Problem;

/// Which kind.
#[derive(Debug, Deserialize)]
pub(crate) struct KindPath {
    kind: String,
}

/// Opens a case of another kind out of this one; both stay linked.
#[utoipa::path(post, path = "/cases/{id}/raise/{kind}", tag = "cases", operation_id = "raise_case", request_body = NewRaised,
    params(("id" = String, Path, description = "The case"), ("kind" = String, Path, description = "The kind of the new case"),
        CommandHeaders),
    responses((status = 201, description = "Opened", body = RaisedDone), (status = 404, description = "`not_found`", body = Problem),
        (status = 409, description = "Refused by the policy", body = Problem), (status = 412, description = "`conflict`", body = Problem), (status = 422, description = "Fields to correct", body = Problem)))]
pub(crate) async fn raise(
    State(server): State<Server>,
    envelope: Envelope,
    Path(path): Path<KindPath>,
    Body(body): Body<NewRaised>,
) -> Result<Response, Problem> {
    let lang = envelope.caller.lang;
    let failed = |failed| error::problem(&failed, lang);
    let kind = KindId::new(&path.kind);
    let policy = server
        .app
        .policy_of(&envelope.caller.principal, envelope.case)
        .await
        .map_err(failed)?;
    let part = policy.kinds.get(&kind).map(|kind| &kind.open.part);
    let fields = read_fields(part.and_then(|part| policy.parts.get(part)), &body.fields)
        .map_err(|wrong| misfits(part.map_or("", |part| part.as_str()), &wrong, lang))?;
    let request = RaiseRequest {
        from: envelope.case,
        seen_seq: envelope.seen.0,
        acting_for: envelope.acting_for.0,
        kind,
        fields,
        key: Key::new(envelope.key.0),
    };
    let done = server
        .app
        .raise(&envelope.caller.principal, request)
        .await
        .map_err(failed)?;
    let etag = format!("\"{}\"", done.origin.seq);
    let body = RaisedDone {
        raised: done.case.to_string(),
        origin: CommandDone {
            id: done.origin.case.to_string(),
            number: done.origin.number,
            seq: done.origin.seq,
        },
    };
    Ok((StatusCode::CREATED, [(header::ETAG, etag)], Json(body)).into_response())
}
