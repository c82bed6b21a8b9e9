//! A customer's cases over all records of that person, and the decision that two records are the same person.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use huiyin_app::commands::Key;
use huiyin_app::customers::RecordRequest;

use super::cases::case_id;
use super::commands::{CommandHeaders, Envelope};
use super::ties::answer;
use crate::Server;
use crate::body::Body;
use crate::caller::Caller;
use crate::dto::case::{CasePage, CommandDone};
use crate::dto::tie::{ContactQuery, CustomerFileView, RecordDecision};
use crate::present::{self, error};
use crate::problem::Problem;

/// Finds earlier cases of the customer with a contact, newest first. The contact stays out of addresses and logs.
#[utoipa::path(post, path = "/cases/earlier", tag = "cases", operation_id = "find_earlier_cases", request_body = ContactQuery,
    responses((status = 200, description = "Cases that the caller may see", body = CasePage), (status = 403, description = "`forbidden`", body = Problem)))]
pub(crate) async fn earlier(
    State(server): State<Server>,
    caller: Caller,
    Body(body): Body<ContactQuery>,
) -> Result<Response, Problem> {
    let found = server
        .app
        .earlier_cases(&caller.principal, &body.contact)
        .await
        .map_err(|failed| error::problem(&failed, caller.lang))?;
    let page = CasePage {
        rows: present::row::rows(&server.app, &found, caller.lang),
        next_cursor: None,
        counted: None,
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(page)).into_response())
}

/// Shows what is known of the customer of a case: records, other cases, likely duplicates.
#[utoipa::path(get, path = "/cases/{id}/customer/file", tag = "cases", operation_id = "show_customer_file", params(("id" = String, Path, description = "The case")),
    responses((status = 200, description = "Records and cases, names masked", body = CustomerFileView), (status = 404, description = "`not_found`", body = Problem)))]
pub(crate) async fn file(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let case = case_id(&id, caller.lang)?;
    let file = server
        .app
        .customer_file(&caller.principal, case)
        .await
        .map_err(|failed| error::problem(&failed, caller.lang))?;
    let body = present::customer::file(&server.app, &file, caller.lang);
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(body)).into_response())
}

/// Decides that another record is the same person as the customer of the case (客户合并).
#[utoipa::path(post, path = "/cases/{id}/customer/merge", tag = "cases", operation_id = "merge_customers", request_body = RecordDecision, params(("id" = String, Path, description = "The case"), CommandHeaders),
    responses((status = 200, description = "On record", body = CommandDone), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem), (status = 409, description = "Refused", body = Problem), (status = 412, description = "`conflict`", body = Problem)))]
pub(crate) async fn merge(
    State(server): State<Server>,
    envelope: Envelope,
    Body(body): Body<RecordDecision>,
) -> Result<Response, Problem> {
    let lang = envelope.caller.lang;
    let principal = envelope.caller.principal.clone();
    let request = request(envelope, body)?;
    answer(server.app.merge_customers(&principal, request).await, lang)
}

/// Takes such a decision back.
#[utoipa::path(post, path = "/cases/{id}/customer/part", tag = "cases", operation_id = "part_customers", request_body = RecordDecision, params(("id" = String, Path, description = "The case"), CommandHeaders),
    responses((status = 200, description = "On record, in the case where it was decided", body = CommandDone), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem), (status = 409, description = "Refused", body = Problem), (status = 412, description = "`conflict`", body = Problem)))]
pub(crate) async fn part(
    State(server): State<Server>,
    envelope: Envelope,
    Body(body): Body<RecordDecision>,
) -> Result<Response, Problem> {
    let lang = envelope.caller.lang;
    let principal = envelope.caller.principal.clone();
    let request = request(envelope, body)?;
    answer(server.app.part_customers(&principal, request).await, lang)
}

fn request(envelope: Envelope, body: RecordDecision) -> Result<RecordRequest, Problem> {
    let record = body
        .record
        .parse()
        .map_err(|_| Problem::new(StatusCode::NOT_FOUND, "not_found", envelope.caller.lang))?;
    Ok(RecordRequest {
        case: envelope.case,
        seen_seq: envelope.seen.0,
        record,
        reason: body.reason,
        key: Key::new(envelope.key.0),
    })
}
