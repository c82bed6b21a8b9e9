//! New receipt codes (查询码) for customers who lost theirs.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use huiyin_app::commands::Key;

use super::commands::{CommandHeaders, Envelope};
use crate::Server;
use crate::dto::portal::ReceiptIssued;
use crate::present::error;
use crate::problem::Problem;

/// Issues a new receipt code; the one before opens nothing any more. It is told this once.
#[utoipa::path(post, path = "/cases/{id}/receipt-code", tag = "cases", operation_id = "issue_receipt_code",
    params(("id" = String, Path, description = "The case"), CommandHeaders),
    responses((status = 201, description = "The code", body = ReceiptIssued), (status = 404, description = "`not_found`", body = Problem),
        (status = 409, description = "Refused by the policy", body = Problem), (status = 412, description = "`conflict`", body = Problem)))]
pub(crate) async fn issue(
    State(server): State<Server>,
    envelope: Envelope,
) -> Result<Response, Problem> {
    let lang = envelope.caller.lang;
    let issued = server
        .app
        .issue_receipt(
            &envelope.caller.principal,
            envelope.case,
            envelope.acting_for.0,
            envelope.seen.0,
            Key::new(envelope.key.0),
        )
        .await;
    let (done, code) = issued.map_err(|failed| error::problem(&failed, lang))?;
    let body = ReceiptIssued {
        id: done.case.to_string(),
        number: done.number,
        seq: done.seq,
        code: code.to_string(),
    };
    let headers = [
        (header::ETAG, format!("\"{}\"", done.seq)),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((StatusCode::CREATED, headers, Json(body)).into_response())
}
