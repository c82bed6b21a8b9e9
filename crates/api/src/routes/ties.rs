//! Links between cases, withdrawal and legal hold.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use huiyin_app::commands::{Done, Key};
use huiyin_app::hold::HoldRequest;
use huiyin_app::ties::LinkRequest;
use huiyin_case::command::Act;
use huiyin_policy::model::LinkKind;
use huiyin_texts::Lang;

use super::commands::{CommandHeaders, Envelope, done_response, occurred};
use crate::Server;
use crate::body::Body;
use crate::dto::case::CommandDone;
use crate::dto::tie::{NeedsReason, NewLink, NewWithdrawal, OldLink};
use crate::present::error;
use crate::problem::Problem;

/// Ties the case to another; both show it.
#[utoipa::path(post, path = "/cases/{id}/links", tag = "cases", operation_id = "link_case", request_body = NewLink, params(("id" = String, Path, description = "The case"), CommandHeaders),
    responses((status = 200, description = "Linked", body = CommandDone), (status = 404, description = "`not_found`", body = Problem), (status = 409, description = "Refused by the policy", body = Problem), (status = 412, description = "`conflict`", body = Problem), (status = 422, description = "`link_unknown`", body = Problem)))]
pub(crate) async fn link(
    State(server): State<Server>,
    envelope: Envelope,
    Body(body): Body<NewLink>,
) -> Result<Response, Problem> {
    let lang = envelope.caller.lang;
    let principal = envelope.caller.principal.clone();
    let request = request(envelope, &body.link, &body.case)?;
    answer(server.app.link(&principal, request).await, lang)
}

/// Takes a link back; both keep on record that it was there.
#[utoipa::path(post, path = "/cases/{id}/links/undo", tag = "cases", operation_id = "unlink_case", request_body = OldLink, params(("id" = String, Path, description = "The case"), CommandHeaders),
    responses((status = 200, description = "Taken back", body = CommandDone), (status = 404, description = "`not_found`", body = Problem), (status = 409, description = "Refused by the policy", body = Problem), (status = 412, description = "`conflict`", body = Problem), (status = 422, description = "`link_unknown`", body = Problem)))]
pub(crate) async fn undo(
    State(server): State<Server>,
    envelope: Envelope,
    Body(body): Body<OldLink>,
) -> Result<Response, Problem> {
    let lang = envelope.caller.lang;
    let principal = envelope.caller.principal.clone();
    let request = request(envelope, &body.link, &body.case)?;
    let done = server
        .app
        .take_back_link(&principal, request, body.reason)
        .await;
    answer(done, lang)
}

/// Accepts that the customer takes the case back (撤回).
#[utoipa::path(post, path = "/cases/{id}/withdraw", tag = "cases", operation_id = "withdraw_case", request_body = NewWithdrawal, params(("id" = String, Path, description = "The case"), CommandHeaders),
    responses((status = 200, description = "Withdrawn", body = CommandDone), (status = 409, description = "Refused by the policy", body = Problem), (status = 412, description = "`conflict`", body = Problem)))]
pub(crate) async fn withdraw(
    State(server): State<Server>,
    envelope: Envelope,
    Body(body): Body<NewWithdrawal>,
) -> Result<Response, Problem> {
    let lang = envelope.caller.lang;
    let occurred = occurred(body.occurred_at.as_deref(), body.late_reason, lang)?;
    let act = Act::Withdraw {
        told_by: body.told_by,
        reason: body.reason,
    };
    envelope.carry_out(&server, act, occurred).await
}

/// Puts the case on legal hold (法律保全): nothing of it can be erased.
#[utoipa::path(post, path = "/cases/{id}/hold", tag = "cases", operation_id = "hold_case", request_body = NeedsReason, params(("id" = String, Path, description = "The case"), CommandHeaders),
    responses((status = 200, description = "On hold", body = CommandDone), (status = 403, description = "`forbidden`", body = Problem), (status = 409, description = "Refused", body = Problem), (status = 412, description = "`conflict`", body = Problem)))]
pub(crate) async fn hold(
    State(server): State<Server>,
    envelope: Envelope,
    Body(body): Body<NeedsReason>,
) -> Result<Response, Problem> {
    let lang = envelope.caller.lang;
    let principal = envelope.caller.principal.clone();
    let request = held(envelope, body);
    answer(server.app.hold(&principal, request).await, lang)
}

/// Lifts the hold.
#[utoipa::path(post, path = "/cases/{id}/hold/lift", tag = "cases", operation_id = "lift_hold", request_body = NeedsReason, params(("id" = String, Path, description = "The case"), CommandHeaders),
    responses((status = 200, description = "Lifted", body = CommandDone), (status = 403, description = "`forbidden`", body = Problem), (status = 409, description = "Refused", body = Problem), (status = 412, description = "`conflict`", body = Problem)))]
pub(crate) async fn lift(
    State(server): State<Server>,
    envelope: Envelope,
    Body(body): Body<NeedsReason>,
) -> Result<Response, Problem> {
    let lang = envelope.caller.lang;
    let principal = envelope.caller.principal.clone();
    let request = held(envelope, body);
    answer(server.app.lift_hold(&principal, request).await, lang)
}

fn held(envelope: Envelope, body: NeedsReason) -> HoldRequest {
    HoldRequest {
        case: envelope.case,
        seen_seq: envelope.seen.0,
        reason: body.reason,
        key: Key::new(envelope.key.0),
    }
}

/// What is asked for. An id that is none is answered like that of a case which is not there.
fn request(envelope: Envelope, link: &str, other: &str) -> Result<LinkRequest, Problem> {
    let lang = envelope.caller.lang;
    let kind = LinkKind::named(link)
        .ok_or_else(|| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "link_unknown", lang))?;
    let other = other
        .parse()
        .map_err(|_| Problem::new(StatusCode::NOT_FOUND, "not_found", lang))?;
    Ok(LinkRequest {
        case: envelope.case,
        seen_seq: envelope.seen.0,
        acting_for: envelope.acting_for.0,
        other,
        kind,
        key: Key::new(envelope.key.0),
    })
}

/// The answer to a command that takes its own way through the app.
pub(super) fn answer(
    done: Result<Done, huiyin_app::Error>,
    lang: Lang,
) -> Result<Response, Problem> {
    let done = done.map_err(|failed| error::problem(&failed, lang))?;
    let body = CommandDone {
        id: done.case.to_string(),
        number: done.number,
        seq: done.seq,
    };
    Ok(done_response(StatusCode::OK, body))
}
