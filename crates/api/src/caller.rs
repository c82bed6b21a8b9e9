//! Who calls, in which language, and under which conditions: extractors of every route.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use huiyin_app::Principal;
use huiyin_case::id::PersonId;
use huiyin_texts::Lang;

use crate::Server;
use crate::cookie;
use crate::problem::Problem;

/// Longest idempotency key, in characters.
const IDEMPOTENCY_KEY_CHARS_MAX: usize = 128;

/// The language the caller asked for; Chinese unless English stands first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CallerLang(pub Lang);

impl CallerLang {
    /// Reads `Accept-Language`; only its first tag counts.
    pub(crate) fn of(headers: &HeaderMap) -> Lang {
        let first = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .trim();
        if first
            .get(..2)
            .is_some_and(|tag| tag.eq_ignore_ascii_case("en"))
        {
            Lang::En
        } else {
            Lang::ZhCn
        }
    }
}

impl<S: Sync> FromRequestParts<S> for CallerLang {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(Self::of(&parts.headers)))
    }
}

/// A signed-in caller.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// Who.
    pub principal: Principal,
    /// In which language to answer.
    pub lang: Lang,
}

impl FromRequestParts<Server> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Problem> {
        let lang = CallerLang::of(&parts.headers);
        let token = cookie::SESSION.token(&parts.headers, server.secure_cookies);
        let principal = match token {
            Some(token) => server.app.principal(&token).await,
            None => None,
        };
        match principal {
            Some(principal) => Ok(Self { principal, lang }),
            None => Err(Problem::new(
                StatusCode::UNAUTHORIZED,
                "not_signed_in",
                lang,
            )),
        }
    }
}

/// The key under which a write takes effect once (`Idempotency-Key`).
#[derive(Debug, Clone)]
pub(crate) struct IdempotencyKey(pub String);

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let key = parts
            .headers
            .get("idempotency-key")
            .and_then(|value| value.to_str().ok())
            .map(str::trim);
        match key {
            Some(key) if !key.is_empty() && key.len() <= IDEMPOTENCY_KEY_CHARS_MAX => {
                Ok(Self(key.to_owned()))
            }
            _ => Err(Problem::new(
                StatusCode::BAD_REQUEST,
                "idempotency_key_missing",
                CallerLang::of(&parts.headers),
            )),
        }
    }
}

/// The event, or the revision, the caller read last (`If-Match`).
#[derive(Debug, Clone, Copy)]
pub(crate) struct IfMatch(pub u32);

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let seq = parts
            .headers
            .get(header::IF_MATCH)
            .and_then(|value| value.to_str().ok())
            .and_then(|tag| tag.trim().trim_matches('"').parse().ok());
        seq.map(Self).ok_or_else(|| {
            Problem::new(
                StatusCode::PRECONDITION_REQUIRED,
                "if_match_missing",
                CallerLang::of(&parts.headers),
            )
        })
    }
}

/// For whom the caller acts (`Acting-For`), if not in the own right.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ActingFor(pub Option<PersonId>);

impl<S: Sync> FromRequestParts<S> for ActingFor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Some(sent) = parts.headers.get("acting-for") else {
            return Ok(Self(None));
        };
        let person = sent.to_str().ok().and_then(|id| id.trim().parse().ok());
        person.map(|person| Self(Some(person))).ok_or_else(|| {
            Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "person_unknown",
                CallerLang::of(&parts.headers),
            )
        })
    }
}
