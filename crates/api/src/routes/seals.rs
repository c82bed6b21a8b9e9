//! Opening seals (启封).

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use huiyin_app::commands::{CommandRequest, Key};
use huiyin_case::command::Act;
use huiyin_policy::model::SealId;
use serde::Deserialize;

use super::commands::{CommandHeaders, Envelope};
use crate::Server;
use crate::body::Body;
use crate::dto::case::CommandDone;
use crate::dto::seal::{OpenSeal, SealOpened};
use crate::present::{self, error};
use crate::problem::Problem;

/// Which seal.
#[derive(Debug, Deserialize)]
pub(crate) struct SealPath {
    seal: String,
}

/// Opens a seal. Who did it, when and why is on record, and those whom the policy names are told; what is under it is in this
/// answer and nowhere else.
#[utoipa::path(post, path = "/cases/{id}/seals/{seal}/open", tag = "cases", operation_id = "open_seal", request_body = OpenSeal,
    params(("id" = String, Path, description = "The case"), ("seal" = String, Path, description = "The seal"), CommandHeaders),
    responses((status = 200, description = "What is under it", body = SealOpened), (status = 404, description = "`not_found`", body = Problem), (status = 409, description = "Refused by the policy", body = Problem), (status = 412, description = "`conflict`", body = Problem)))]
pub(crate) async fn open(
    State(server): State<Server>,
    envelope: Envelope,
    Path(path): Path<SealPath>,
    Body(body): Body<OpenSeal>,
) -> Result<Response, Problem> {
    let lang = envelope.caller.lang;
    let request = CommandRequest {
        case: envelope.case,
        seen_seq: envelope.seen.0,
        acting_for: envelope.acting_for.0,
        act: Act::OpenSeal {
            seal: SealId::new(path.seal),
            reason: body.reason,
        },
        occurred: None,
        key: Key::new(envelope.key.0),
    };
    let opened = server
        .app
        .open_seal(&envelope.caller.principal, request)
        .await
        .map_err(|failed| error::problem(&failed, lang))?;
    let directory = server.app.directory();
    let view = present::View::new(&server.app, &directory, &opened.version, lang);
    let body = SealOpened {
        values: present::seal::opened(&view, &opened),
        files: present::seal::opened_files(&view, &opened),
        done: CommandDone {
            id: opened.done.case.to_string(),
            number: opened.done.number.clone(),
            seq: opened.done.seq,
        },
    };
    let headers = [
        (header::ETAG, format!("\"{}\"", opened.done.seq)),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, Json(body)).into_response())
}
