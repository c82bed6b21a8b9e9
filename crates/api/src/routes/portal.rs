//! The portal (客户门户): everything that customers ask for, and nothing that needs a signed-in caller.

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use huiyin_app::commands::Key;
use huiyin_app::portal::{PortalError, Submission};
use huiyin_app::secret::Secret;
use huiyin_case::command::Act;
use huiyin_policy::model::{ActId, KindId, PolicyId};
use huiyin_texts::Lang;

use super::commands::misfits;
use crate::Server;
use crate::address::CallerAddress;
use crate::body::Body;
use crate::caller::{CallerLang, IdempotencyKey};
use crate::cookie;
use crate::dto::portal::{
    PortalAct, PortalCase, PortalEntry, PortalHome, PortalReceipt, PortalReopening,
    PortalSubmission,
};
use crate::dto::value::read_fields;
use crate::present::{self, error};
use crate::problem::Problem;

/// Shortest key under which a customer's request takes effect once: whoever knows the key may get the same answer again.
const KEY_CHARS_MIN: usize = 22;

/// A key that nobody guesses.
pub(crate) struct OwnKey(pub(super) Key);

impl FromRequestParts<Server> for OwnKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Problem> {
        let key = IdempotencyKey::from_request_parts(parts, server).await?.0;
        if key.len() >= KEY_CHARS_MIN {
            return Ok(Self(Key::new(key)));
        }
        let lang = CallerLang::of(&parts.headers);
        Err(Problem::new(
            StatusCode::BAD_REQUEST,
            "idempotency_key_missing",
            lang,
        ))
    }
}

/// A customer who has entered the portal with a code: the token of his session.
pub(crate) struct Customer(pub(super) String);

impl FromRequestParts<Server> for Customer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Problem> {
        let token = cookie::PORTAL.token(&parts.headers, server.secure_cookies);
        token
            .map(Self)
            .ok_or_else(|| problem(&PortalError::NotEntered, CallerLang::of(&parts.headers)))
    }
}

/// The problem for an error on the portal.
pub(super) fn problem(failed: &PortalError, lang: Lang) -> Problem {
    match failed {
        PortalError::NoSuchCode => {
            Problem::new(StatusCode::NOT_FOUND, "receipt_code_unknown", lang)
        }
        PortalError::NotEntered => {
            Problem::new(StatusCode::UNAUTHORIZED, "portal_not_entered", lang)
        }
        PortalError::TooManyTries {
            retry_after_seconds,
        } => {
            let mut problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_tries", lang);
            problem.retry_after_seconds = Some(*retry_after_seconds);
            problem
        }
        // Why the organisation has stopped it is not for customers.
        PortalError::App(
            huiyin_app::Error::PolicyStopped(_) | huiyin_app::Error::PolicyToCome(_),
        ) => Problem::new(StatusCode::CONFLICT, "intake_stopped", lang),
        PortalError::App(failed) => error::problem(failed, lang),
    }
}

/// Tells what customers may bring in, and what they are asked.
#[utoipa::path(get, path = "/portal", tag = "portal", operation_id = "show_portal", security(()),
    responses((status = 200, description = "The portal", body = PortalHome)))]
pub(crate) async fn home(
    State(server): State<Server>,
    CallerLang(lang): CallerLang,
) -> Json<PortalHome> {
    let kinds = server.app.portal_kinds();
    Json(PortalHome {
        organisation: server.app.directory().name.clone(),
        read_only: server.app.read_only().is_some(),
        kinds: kinds
            .iter()
            .filter_map(|(version, kind)| {
                present::portal::kind(&version.policy, kind.as_str(), lang)
            })
            .collect(),
    })
}

/// Takes in a case. The receipt code is told this once; the same request sent again gets the same answer.
#[utoipa::path(post, path = "/portal/cases", tag = "portal", operation_id = "submit_case", request_body = PortalSubmission, security(()),
    params(("Idempotency-Key" = String, Header, description = "Takes effect once under this key, at least 22 characters")),
    responses((status = 201, description = "Taken in; the portal's cookie is set", body = PortalReceipt),
        (status = 409, description = "Refused by the policy; `intake_stopped`", body = Problem), (status = 422, description = "Fields to correct", body = Problem),
        (status = 429, description = "`too_many_tries`", body = Problem)))]
pub(crate) async fn submit(
    State(server): State<Server>,
    CallerLang(lang): CallerLang,
    CallerAddress(from): CallerAddress,
    OwnKey(key): OwnKey,
    Body(body): Body<PortalSubmission>,
) -> Result<Response, Problem> {
    let submission = submission(&server, &body, key, lang)?;
    let submitted = server.app.submit(from, submission).await;
    let submitted = submitted.map_err(|failed| problem(&failed, lang))?;
    let receipt = PortalReceipt {
        number: submitted.number,
        code: submitted.code.to_string(),
    };
    let answer = (StatusCode::CREATED, Json(receipt));
    Ok(private(entered(&server, &submitted.session, answer)))
}

fn submission(
    server: &Server,
    body: &PortalSubmission,
    key: Key,
    lang: Lang,
) -> Result<Submission, Problem> {
    let unknown = || Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "kind_unknown", lang);
    let (policy_id, kind_id) = (PolicyId::new(&body.policy), KindId::new(&body.kind));
    let version = server.app.taken_in_under(&policy_id, None);
    let version = version.map_err(|failed| match failed {
        huiyin_app::Error::NotFound => unknown(),
        failed => problem(&PortalError::App(failed), lang),
    })?;
    let policy = &version.policy;
    let open = &policy.kinds.get(&kind_id).ok_or_else(unknown)?.open;
    let fields = read_fields(policy.parts.get(&open.part), &body.fields)
        .map_err(|wrong| misfits(open.part.as_str(), &wrong, lang))?;
    Ok(Submission {
        policy: policy_id,
        kind: kind_id,
        fields,
        consents: body.consents,
        key,
    })
}

/// Enters with a receipt code. An unknown code, a replaced one and a mistyped one are answered alike.
#[utoipa::path(post, path = "/portal/session", tag = "portal", operation_id = "enter_portal", request_body = PortalEntry, security(()),
    responses((status = 204, description = "Entered; the portal's cookie is set"), (status = 404, description = "`receipt_code_unknown`", body = Problem),
        (status = 429, description = "`too_many_tries`", body = Problem)))]
pub(crate) async fn enter(
    State(server): State<Server>,
    CallerLang(lang): CallerLang,
    CallerAddress(from): CallerAddress,
    Body(body): Body<PortalEntry>,
) -> Result<Response, Problem> {
    let session = server.app.enter_portal(from, &body.code).await;
    let session = session.map_err(|failed| problem(&failed, lang))?;
    Ok(entered(&server, &session, StatusCode::NO_CONTENT))
}

/// Leaves the portal.
#[utoipa::path(delete, path = "/portal/session", tag = "portal", operation_id = "leave_portal", security(()),
    responses((status = 204, description = "Left; the cookie is taken away")))]
pub(crate) async fn leave(
    State(server): State<Server>,
    CallerLang(lang): CallerLang,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    if let Some(token) = cookie::PORTAL.token(&headers, server.secure_cookies) {
        let left = server.app.leave_portal(&token).await;
        left.map_err(|failed| error::problem(&failed, lang))?;
    }
    let cleared = cookie::PORTAL.clear(server.secure_cookies);
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cleared)]).into_response())
}

/// Shows the case of the session: what was said to the customer and by him, and what he may do now.
#[utoipa::path(get, path = "/portal/case", tag = "portal", operation_id = "show_portal_case", security(("portal" = [])),
    responses((status = 200, description = "The case", body = PortalCase), (status = 401, description = "`portal_not_entered`", body = Problem)))]
pub(crate) async fn show(
    State(server): State<Server>,
    CallerLang(lang): CallerLang,
    Customer(token): Customer,
) -> Result<Response, Problem> {
    shown(&server, &token, lang).await
}

/// Puts something on record for the customer: an addition, a rating, whatever the policy lets him.
#[utoipa::path(post, path = "/portal/case/acts", tag = "portal", operation_id = "record_portal_act", request_body = PortalAct, security(("portal" = [])),
    params(("Idempotency-Key" = String, Header, description = "Takes effect once under this key, at least 22 characters")),
    responses((status = 200, description = "The case after it", body = PortalCase), (status = 401, description = "`portal_not_entered`", body = Problem),
        (status = 409, description = "Refused by the policy", body = Problem), (status = 422, description = "Fields to correct", body = Problem),
        (status = 429, description = "`too_many_tries`", body = Problem)))]
pub(crate) async fn record(
    State(server): State<Server>,
    CallerLang(lang): CallerLang,
    Customer(token): Customer,
    OwnKey(key): OwnKey,
    Body(body): Body<PortalAct>,
) -> Result<Response, Problem> {
    let detail = server.app.customers_case(&token).await;
    let detail = detail.map_err(|failed| problem(&failed, lang))?;
    let policy = &detail.version.policy;
    let act = ActId::new(&body.act);
    let part = policy.acts.get(&act).and_then(|act| act.part.as_ref());
    let fields = read_fields(part.and_then(|part| policy.parts.get(part)), &body.fields)
        .map_err(|wrong| misfits(part.map_or("", |part| part.as_str()), &wrong, lang))?;
    does(&server, &token, Act::Record { act, fields }, key, lang).await
}

/// Has the case taken up again.
#[utoipa::path(post, path = "/portal/case/reopening", tag = "portal", operation_id = "reopen_portal_case", request_body = PortalReopening, security(("portal" = [])),
    params(("Idempotency-Key" = String, Header, description = "Takes effect once under this key, at least 22 characters")),
    responses((status = 200, description = "The case after it", body = PortalCase), (status = 401, description = "`portal_not_entered`", body = Problem),
        (status = 409, description = "Refused by the policy", body = Problem), (status = 429, description = "`too_many_tries`", body = Problem)))]
pub(crate) async fn reopen(
    State(server): State<Server>,
    CallerLang(lang): CallerLang,
    Customer(token): Customer,
    OwnKey(key): OwnKey,
    Body(body): Body<PortalReopening>,
) -> Result<Response, Problem> {
    let act = Act::Reopen {
        reason: body.reason,
    };
    does(&server, &token, act, key, lang).await
}

async fn does(
    server: &Server,
    token: &str,
    act: Act,
    key: Key,
    lang: Lang,
) -> Result<Response, Problem> {
    let done = server.app.customer_does(token, act, key).await;
    done.map_err(|failed| problem(&failed, lang))?;
    shown(server, token, lang).await
}

/// The case of the session as it stands now.
pub(super) async fn shown(server: &Server, token: &str, lang: Lang) -> Result<Response, Problem> {
    let detail = server.app.customers_case(token).await;
    let detail = detail.map_err(|failed| problem(&failed, lang))?;
    let case: Option<PortalCase> = present::portal::case(&detail, &server.app, lang);
    let case = case.ok_or_else(|| problem(&PortalError::NotEntered, lang))?;
    Ok(private(Json(case).into_response()))
}

/// An answer that gives the browser the portal's cookie.
fn entered(server: &Server, session: &Secret, answer: impl IntoResponse) -> Response {
    let cookie = cookie::PORTAL.set(session.reveal(), server.secure_cookies);
    ([(header::SET_COOKIE, cookie)], answer).into_response()
}

/// An answer that stays on no disk.
fn private(mut answer: Response) -> Response {
    let no_store = HeaderValue::from_static("no-store");
    answer.headers_mut().insert(header::CACHE_CONTROL, no_store);
    answer
}
