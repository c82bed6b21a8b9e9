//! Commands to an existing case: each takes effect once, and only on the case as the caller saw it.

use axum::Json;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use huiyin_app::commands::{CommandRequest, Key};
use huiyin_case::command::{Act, Occurred};
use huiyin_case::id::CaseId;
use huiyin_policy::model::{ActId, ClockId, PauseReasonId};
use huiyin_texts::Lang;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::Server;
use crate::body::Body;
use crate::caller::{ActingFor, Caller, IdempotencyKey, IfMatch};
use crate::dto::case::{
    CommandDone, HandOver, NewAct, NewCorrection, NewNote, PauseClock, ResumeClock, WithReason,
};
use crate::dto::value::{Misfit, read_fields};
use crate::present::error;
use crate::problem::{FieldProblem, Problem};

/// The headers of every command to a case, as the document describes them; [`Envelope`] reads them.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it only describes")]
pub(super) struct CommandHeaders {
    /// Takes effect once under this key.
    #[param(rename = "Idempotency-Key")]
    key: String,
    /// The last event the caller saw, as the case's `ETag` gave it.
    #[param(rename = "If-Match")]
    seen: String,
    /// Id of somebody for whom the caller is deputy today and in whose right the command is given; absent: in the own right.
    #[param(rename = "Acting-For")]
    acting_for: Option<String>,
}

/// What every command to a case brings along.
pub(crate) struct Envelope {
    pub(super) caller: Caller,
    pub(super) key: IdempotencyKey,
    pub(super) seen: IfMatch,
    pub(super) acting_for: ActingFor,
    pub(super) case: CaseId,
}

impl FromRequestParts<Server> for Envelope {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Problem> {
        let caller = Caller::from_request_parts(parts, server).await?;
        let Path(path) = Path::<Vec<(String, String)>>::from_request_parts(parts, server)
            .await
            .map_err(|_| Problem::new(StatusCode::NOT_FOUND, "not_found", caller.lang))?;
        let id = path
            .iter()
            .find(|(name, _)| name == "id")
            .and_then(|(_, id)| id.parse().ok());
        let case =
            id.ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "not_found", caller.lang))?;
        let key = IdempotencyKey::from_request_parts(parts, server).await?;
        let seen = IfMatch::from_request_parts(parts, server).await?;
        let acting_for = ActingFor::from_request_parts(parts, server).await?;
        Ok(Self {
            caller,
            key,
            seen,
            acting_for,
            case,
        })
    }
}

impl Envelope {
    pub(super) async fn carry_out(
        self,
        server: &Server,
        act: Act,
        occurred: Option<Occurred>,
    ) -> Result<Response, Problem> {
        let lang = self.caller.lang;
        let request = CommandRequest {
            case: self.case,
            seen_seq: self.seen.0,
            acting_for: self.acting_for.0,
            act,
            occurred,
            key: Key::new(self.key.0),
        };
        let done = server
            .app
            .command(&self.caller.principal, request)
            .await
            .map_err(|failed| error::problem(&failed, lang))?;
        Ok(done_response(
            StatusCode::OK,
            CommandDone {
                id: done.case.to_string(),
                number: done.number,
                seq: done.seq,
            },
        ))
    }
}

/// The answer to a command: the case's new last event, in the body and as the entity tag.
pub(crate) fn done_response(status: StatusCode, done: CommandDone) -> Response {
    (
        status,
        [(header::ETAG, format!("\"{}\"", done.seq))],
        Json(done),
    )
        .into_response()
}

/// The time of occurrence as sent.
///
/// # Errors
/// `instant_unreadable`, or `late_reason_missing` when a time comes without a reason.
pub(crate) fn occurred(
    at: Option<&str>,
    reason: Option<String>,
    lang: Lang,
) -> Result<Option<Occurred>, Problem> {
    let Some(at) = at else { return Ok(None) };
    let at = at
        .parse()
        .map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "instant_unreadable", lang))?;
    match reason.filter(|reason| !reason.trim().is_empty()) {
        Some(reason) => Ok(Some(Occurred { at, reason })),
        None => Err(Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "late_reason_missing",
            lang,
        )),
    }
}

/// The problem for fields that don't fit their types.
pub(crate) fn misfits(part: &str, misfits: &[Misfit], lang: Lang) -> Problem {
    let mut problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "fields_unreadable", lang);
    problem.fields = misfits
        .iter()
        .map(|misfit| {
            let args = huiyin_texts::Args::new().with("field", misfit.field.as_str());
            FieldProblem {
                place: None,
                field: format!("{part}.{}", misfit.field),
                code: format!("field_{}", misfit.problem),
                message: huiyin_texts::render(
                    lang,
                    &format!("problem-field-{}", misfit.problem),
                    &args,
                ),
            }
        })
        .collect();
    problem
}

/// Which act.
#[derive(Debug, Deserialize)]
pub(crate) struct ActPath {
    act: String,
}

/// Puts an act of the policy on record.
#[utoipa::path(post, path = "/cases/{id}/acts/{act}", tag = "cases", operation_id = "record_act", request_body = NewAct,
    params(("id" = String, Path, description = "The case"), ("act" = String, Path, description = "The act"),
        CommandHeaders),
    responses((status = 200, description = "On record", body = CommandDone), (status = 404, description = "`not_found`", body = Problem),
        (status = 409, description = "Refused by the policy", body = Problem), (status = 412, description = "`conflict`", body = Problem), (status = 422, description = "Fields to correct", body = Problem)))]
pub(crate) async fn record_act(
    State(server): State<Server>,
    envelope: Envelope,
    Path(path): Path<ActPath>,
    Body(body): Body<NewAct>,
) -> Result<Response, Problem> {
    let lang = envelope.caller.lang;
    let act = ActId::new(&path.act);
    let policy = server
        .app
        .policy_of(&envelope.caller.principal, envelope.case)
        .await
        .map_err(|failed| error::problem(&failed, lang))?;
    let part = policy.acts.get(&act).and_then(|act| act.part.as_ref());
    let fields = read_fields(part.and_then(|part| policy.parts.get(part)), &body.fields)
        .map_err(|wrong| misfits(part.map_or("", |part| part.as_str()), &wrong, lang))?;
    let occurred = occurred(body.occurred_at.as_deref(), body.late_reason, lang)?;
    envelope
        .carry_out(&server, Act::Record { act, fields }, occurred)
        .await
}

/// Adds an internal note.
#[utoipa::path(post, path = "/cases/{id}/notes", tag = "cases", operation_id = "add_note", request_body = NewNote, params(("id" = String, Path, description = "The case"), CommandHeaders),
    responses((status = 200, description = "Added", body = CommandDone), (status = 409, description = "Refused by the policy", body = Problem), (status = 412, description = "`conflict`", body = Problem)))]
pub(crate) async fn add_note(
    State(server): State<Server>,
    envelope: Envelope,
    Body(body): Body<NewNote>,
) -> Result<Response, Problem> {
    envelope
        .carry_out(&server, Act::Note { text: body.text }, None)
        .await
}

/// Gives the case to the responsible unit (派单).
#[utoipa::path(post, path = "/cases/{id}/dispatch", tag = "cases", operation_id = "dispatch_case", request_body = HandOver, params(("id" = String, Path, description = "The case"), CommandHeaders),
    responses((status = 200, description = "Dispatched", body = CommandDone), (status = 409, description = "Refused by the policy", body = Problem), (status = 412, description = "`conflict`", body = Problem)))]
pub(crate) async fn dispatch(
    State(server): State<Server>,
    envelope: Envelope,
    Body(body): Body<HandOver>,
) -> Result<Response, Problem> {
    let to = unit(&body.unit, envelope.caller.lang)?;
    envelope
        .carry_out(
            &server,
            Act::Dispatch {
                to,
                reason: body.reason,
            },
            None,
        )
        .await
}

/// Passes the case on to another unit (转办).
#[utoipa::path(post, path = "/cases/{id}/transfer", tag = "cases", operation_id = "transfer_case", request_body = HandOver, params(("id" = String, Path, description = "The case"), CommandHeaders),
    responses((status = 200, description = "Transferred", body = CommandDone), (status = 409, description = "Refused by the policy", body = Problem), (status = 412, description = "`conflict`", body = Problem)))]
pub(crate) async fn transfer(
    State(server): State<Server>,
    envelope: Envelope,
    Body(body): Body<HandOver>,
) -> Result<Response, Problem> {
    let to = unit(&body.unit, envelope.caller.lang)?;
    envelope
        .carry_out(
            &server,
            Act::Transfer {
                to,
                reason: body.reason,
            },
            None,
        )
        .await
}

fn unit(id: &str, lang: Lang) -> Result<huiyin_case::id::UnitId, Problem> {
    id.parse()
        .map_err(|_| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "unit_unknown", lang))
}

/// Accepts the case for oneself.
#[utoipa::path(post, path = "/cases/{id}/accept", tag = "cases", operation_id = "accept_case", params(("id" = String, Path, description = "The case"), CommandHeaders),
    responses((status = 200, description = "Accepted", body = CommandDone), (status = 409, description = "Refused by the policy", body = Problem), (status = 412, description = "`conflict`", body = Problem)))]
pub(crate) async fn accept(
    State(server): State<Server>,
    envelope: Envelope,
) -> Result<Response, Problem> {
    envelope.carry_out(&server, Act::Accept, None).await
}

/// Refuses the case for one's unit (退单); the clock runs on.
#[utoipa::path(post, path = "/cases/{id}/refuse", tag = "cases", operation_id = "refuse_case", request_body = WithReason, params(("id" = String, Path, description = "The case"), CommandHeaders),
    responses((status = 200, description = "Refused by the unit", body = CommandDone), (status = 409, description = "Refused by the policy", body = Problem), (status = 412, description = "`conflict`", body = Problem)))]
pub(crate) async fn refuse(
    State(server): State<Server>,
    envelope: Envelope,
    Body(body): Body<WithReason>,
) -> Result<Response, Problem> {
    envelope
        .carry_out(
            &server,
            Act::Refuse {
                reason: body.reason.unwrap_or_default(),
            },
            None,
        )
        .await
}

/// Pauses a clock for a reason the policy allows.
#[utoipa::path(post, path = "/cases/{id}/pause", tag = "cases", operation_id = "pause_clock", request_body = PauseClock, params(("id" = String, Path, description = "The case"), CommandHeaders),
    responses((status = 200, description = "Paused", body = CommandDone), (status = 409, description = "Refused by the policy", body = Problem), (status = 412, description = "`conflict`", body = Problem)))]
pub(crate) async fn pause(
    State(server): State<Server>,
    envelope: Envelope,
    Body(body): Body<PauseClock>,
) -> Result<Response, Problem> {
    let act = Act::Pause {
        clock: ClockId::new(body.clock),
        reason: PauseReasonId::new(body.reason),
        note: body.note,
    };
    envelope.carry_out(&server, act, None).await
}

/// Ends a pause.
#[utoipa::path(post, path = "/cases/{id}/resume", tag = "cases", operation_id = "resume_clock", request_body = ResumeClock, params(("id" = String, Path, description = "The case"), CommandHeaders),
    responses((status = 200, description = "Running again", body = CommandDone), (status = 409, description = "Refused by the policy", body = Problem), (status = 412, description = "`conflict`", body = Problem)))]
pub(crate) async fn resume(
    State(server): State<Server>,
    envelope: Envelope,
    Body(body): Body<ResumeClock>,
) -> Result<Response, Problem> {
    envelope
        .carry_out(
            &server,
            Act::Resume {
                clock: ClockId::new(body.clock),
            },
            None,
        )
        .await
}

/// Closes the case (结案).
#[utoipa::path(post, path = "/cases/{id}/close", tag = "cases", operation_id = "close_case", request_body = WithReason, params(("id" = String, Path, description = "The case"), CommandHeaders),
    responses((status = 200, description = "Closed", body = CommandDone), (status = 409, description = "Refused by the policy: a need is open", body = Problem), (status = 412, description = "`conflict`", body = Problem)))]
pub(crate) async fn close(
    State(server): State<Server>,
    envelope: Envelope,
    Body(body): Body<WithReason>,
) -> Result<Response, Problem> {
    envelope
        .carry_out(
            &server,
            Act::Close {
                reason: body.reason,
            },
            None,
        )
        .await
}

/// Opens a closed case again.
#[utoipa::path(post, path = "/cases/{id}/reopen", tag = "cases", operation_id = "reopen_case", request_body = WithReason, params(("id" = String, Path, description = "The case"), CommandHeaders),
    responses((status = 200, description = "Open again", body = CommandDone), (status = 409, description = "Refused by the policy", body = Problem), (status = 412, description = "`conflict`", body = Problem)))]
pub(crate) async fn reopen(
    State(server): State<Server>,
    envelope: Envelope,
    Body(body): Body<WithReason>,
) -> Result<Response, Problem> {
    envelope
        .carry_out(
            &server,
            Act::Reopen {
                reason: body.reason.unwrap_or_default(),
            },
            None,
        )
        .await
}

/// Archives the case (归档).
#[utoipa::path(post, path = "/cases/{id}/archive", tag = "cases", operation_id = "archive_case", params(("id" = String, Path, description = "The case"), CommandHeaders),
    responses((status = 200, description = "Archived", body = CommandDone), (status = 409, description = "Refused by the policy: a need is open", body = Problem), (status = 412, description = "`conflict`", body = Problem)))]
pub(crate) async fn archive(
    State(server): State<Server>,
    envelope: Envelope,
) -> Result<Response, Problem> {
    envelope.carry_out(&server, Act::Archive, None).await
}

/// Corrects a wrong entry: the right values, or void. The entry itself stays on record.
#[utoipa::path(post, path = "/cases/{id}/corrections", tag = "cases", operation_id = "correct_entry", request_body = NewCorrection, params(("id" = String, Path, description = "The case"), CommandHeaders),
    responses((status = 200, description = "Corrected", body = CommandDone), (status = 409, description = "Refused", body = Problem), (status = 412, description = "`conflict`", body = Problem), (status = 422, description = "Fields to correct", body = Problem)))]
pub(crate) async fn correct(
    State(server): State<Server>,
    envelope: Envelope,
    Body(body): Body<NewCorrection>,
) -> Result<Response, Problem> {
    let lang = envelope.caller.lang;
    let fields = match &body.fields {
        None => None,
        Some(sent) => {
            let entry = server
                .app
                .entry_part(&envelope.caller.principal, envelope.case, body.entry)
                .await;
            let (policy, part) = entry.map_err(|failed| error::problem(&failed, lang))?;
            let form = part.as_ref().and_then(|part| policy.parts.get(part));
            let read = read_fields(form, sent);
            Some(read.map_err(|wrong| {
                misfits(part.as_ref().map_or("", |part| part.as_str()), &wrong, lang)
            })?)
        }
    };
    envelope
        .carry_out(
            &server,
            Act::Correct {
                entry: body.entry,
                fields,
                reason: body.reason,
            },
            None,
        )
        .await
}
