//! Signing in and out, and the one-time links.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use huiyin_app::account::{AcceptError, PasswordError, SignInError};
use huiyin_app::secret::Secret;
use huiyin_app::{AccountRole, Action, Principal};
use huiyin_texts::{Args, Lang};

use crate::Server;
use crate::body::Body;
use crate::caller::{Caller, CallerLang};
use crate::cookie;
use crate::dto::session::{AcceptLink, ChangePassword, Me, SetupState, SignIn};
use crate::present::{error, names, people};
use crate::problem::Problem;
use crate::read_only::in_words;

/// Signs in with login name and password.
#[utoipa::path(post, path = "/session", tag = "session", operation_id = "sign_in", request_body = SignIn, security(()),
    responses((status = 200, description = "Signed in; the session cookie is set", body = Me),
        (status = 401, description = "`sign_in_failed`", body = Problem), (status = 429, description = "`too_many_tries`", body = Problem)))]
pub(crate) async fn sign_in(
    State(server): State<Server>,
    CallerLang(lang): CallerLang,
    Body(body): Body<SignIn>,
) -> Result<Response, Problem> {
    let (token, principal) = server
        .app
        .sign_in(&body.login, &body.password)
        .await
        .map_err(|failed| match failed {
            SignInError::Failed => Problem::new(StatusCode::UNAUTHORIZED, "sign_in_failed", lang),
            SignInError::TooManyTries {
                retry_after_seconds,
            } => {
                let mut problem =
                    Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_tries", lang);
                problem.retry_after_seconds = Some(retry_after_seconds);
                problem
            }
            SignInError::App(failed) => error::problem(&failed, lang),
        })?;
    Ok(signed_in(&server, &token, &principal, lang))
}

/// Ends the session.
#[utoipa::path(delete, path = "/session", tag = "session", operation_id = "sign_out",
    responses((status = 204, description = "Signed out; the cookie is taken away")))]
pub(crate) async fn sign_out(State(server): State<Server>, headers: HeaderMap) -> Response {
    if let Some(token) = cookie::SESSION.token(&headers, server.secure_cookies) {
        server.app.sign_out(&token).await;
    }
    (
        StatusCode::NO_CONTENT,
        [(
            header::SET_COOKIE,
            cookie::SESSION.clear(server.secure_cookies),
        )],
    )
        .into_response()
}

/// Tells whether the first administrator's one-time link is still unused.
#[utoipa::path(get, path = "/setup", tag = "session", operation_id = "show_setup", security(()),
    responses((status = 200, description = "Whether setup is open", body = SetupState)))]
pub(crate) async fn show_setup(
    State(server): State<Server>,
    CallerLang(lang): CallerLang,
) -> Result<Json<SetupState>, Problem> {
    let open = server
        .app
        .setup_is_open()
        .await
        .map_err(|failed| error::problem(&failed, lang))?;
    Ok(Json(SetupState { open }))
}

/// Turns a one-time link into an account: the first administrator's, or that of an invited person.
#[utoipa::path(post, path = "/invitations/accept", tag = "session", operation_id = "accept_invitation", request_body = AcceptLink, security(()),
    responses((status = 200, description = "The account is made; signed in", body = Me),
        (status = 410, description = "`link_unusable`: used, expired or unknown", body = Problem),
        (status = 422, description = "`login_unusable`, `password_unusable`", body = Problem)))]
pub(crate) async fn accept_invitation(
    State(server): State<Server>,
    CallerLang(lang): CallerLang,
    Body(body): Body<AcceptLink>,
) -> Result<Response, Problem> {
    let accepted = server
        .app
        .accept_link(&body.token, &body.login, &body.password)
        .await;
    let (token, principal) = accepted.map_err(|failed| match failed {
        AcceptError::Unusable => Problem::new(StatusCode::GONE, "link_unusable", lang),
        AcceptError::LoginUnusable => {
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "login_unusable", lang)
        }
        AcceptError::Password(unusable) => password_problem(unusable, lang),
        AcceptError::App(failed) => error::problem(&failed, lang),
    })?;
    Ok(signed_in(&server, &token, &principal, lang))
}

/// Tells who is signed in.
#[utoipa::path(get, path = "/me", tag = "session", operation_id = "show_me",
    responses((status = 200, description = "The caller", body = Me), (status = 401, description = "`not_signed_in`", body = Problem)))]
pub(crate) async fn show_me(State(server): State<Server>, caller: Caller) -> Json<Me> {
    Json(me(&server, &caller.principal, caller.lang))
}

/// Changes the own password; other sessions of the account end.
#[utoipa::path(put, path = "/me/password", tag = "session", operation_id = "change_password", request_body = ChangePassword,
    responses((status = 204, description = "Changed"), (status = 422, description = "`password_unusable`, `password_wrong`", body = Problem)))]
pub(crate) async fn change_password(
    State(server): State<Server>,
    caller: Caller,
    headers: HeaderMap,
    Body(body): Body<ChangePassword>,
) -> Result<StatusCode, Problem> {
    let kept = cookie::SESSION
        .token(&headers, server.secure_cookies)
        .unwrap_or_default();
    let changed = server
        .app
        .change_password(&caller.principal, &kept, &body.current, &body.new)
        .await;
    changed.map_err(|failed| match failed {
        PasswordError::Wrong => Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "password_wrong",
            caller.lang,
        ),
        PasswordError::Unusable(unusable) => password_problem(unusable, caller.lang),
        PasswordError::App(failed) => error::problem(&failed, caller.lang),
    })?;
    Ok(StatusCode::NO_CONTENT)
}

fn password_problem(unusable: huiyin_app::password::Unusable, lang: Lang) -> Problem {
    use huiyin_app::password::{PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN, Unusable};
    let args = Args::new()
        .with("min", PASSWORD_CHARS_MIN)
        .with("max", PASSWORD_CHARS_MAX)
        .with(
            "why",
            match unusable {
                Unusable::TooShort => "too_short",
                Unusable::TooLong => "too_long",
                Unusable::Guessable => "guessable",
            },
        );
    Problem::with_args(
        StatusCode::UNPROCESSABLE_ENTITY,
        "password_unusable",
        lang,
        &args,
    )
}

fn signed_in(server: &Server, token: &Secret, principal: &Principal, lang: Lang) -> Response {
    let cookie = cookie::SESSION.set(token.reveal(), server.secure_cookies);
    (
        [(header::SET_COOKIE, cookie)],
        Json(me(server, principal, lang)),
    )
        .into_response()
}

fn me(server: &Server, principal: &Principal, lang: Lang) -> Me {
    let directory = server.app.directory();
    let doors = [
        (Action::Register, "register"),
        (Action::Handle, "handle"),
        (Action::SeeStatistics, "see_statistics"),
        (Action::Administer, "administer"),
        (Action::Audit, "audit"),
        (Action::SeeOrganisation, "see_organisation"),
        (Action::SeeVouchers, "see_vouchers"),
        (Action::SeeDeductions, "see_deductions"),
    ];
    Me {
        person: names::person(&directory, principal.person),
        roles: principal.roles.iter().map(AccountRole::to_string).collect(),
        may: doors
            .iter()
            .filter(|(action, _)| server.app.may(principal, *action))
            .map(|(_, name)| (*name).to_owned())
            .collect(),
        acts_for: if server.app.may(principal, Action::See) {
            people::acts_for(&server.app, principal.person, lang)
        } else {
            Vec::new()
        },
        absent_until: people::absent_until(&server.app, &directory.organisation, principal.person),
        organisation: directory.name.clone(),
        read_only: server.app.read_only().map(|why| in_words(why, lang)),
        server_time: names::instant(&server.app.calendar(), server.app.now()),
    }
}
