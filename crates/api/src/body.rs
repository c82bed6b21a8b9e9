//! JSON bodies; what is wrong with one becomes a problem like any other.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use huiyin_texts::Lang;
use serde::de::DeserializeOwned;

use crate::caller::CallerLang;
use crate::problem::Problem;

/// Largest body, in bytes: a form with texts, no files.
pub(crate) const BODY_BYTES_MAX: usize = 256 * 1024;

/// A JSON body.
pub(crate) struct Body<T>(pub T);

impl<S: Sync + Send, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let lang = CallerLang::of(request.headers());
        let unreadable = |rejection: JsonRejection| {
            let status = match rejection {
                JsonRejection::BytesRejection(_) => StatusCode::PAYLOAD_TOO_LARGE,
                _ => StatusCode::BAD_REQUEST,
            };
            let mut problem = Problem::new(status, "body_unreadable", lang);
            problem.detail = Some(rejection.body_text());
            problem
        };
        let (parts, body) = request.into_parts();
        let bytes = Bytes::from_request(Request::from_parts(parts.clone(), body), state)
            .await
            .map_err(|rejection| unreadable(rejection.into()))?;
        if holds_nul(&bytes) {
            return Err(control_character(lang));
        }
        Json::<T>::from_request(Request::from_parts(parts, bytes.into()), state)
            .await
            .map(|Json(body)| Self(body))
            .map_err(unreadable)
    }
}

/// Refuses a path or query with U+0000. It has no place in any text, and not every database keeps it; other control
/// characters are refused by the fields they stand in.
pub(crate) async fn refuse_nul(request: Request, next: Next) -> Response {
    let uri = request.uri();
    let holds_nul = |text: &str| text.contains("%00");
    if holds_nul(uri.path()) || uri.query().is_some_and(holds_nul) {
        return control_character(CallerLang::of(request.headers())).into_response();
    }
    next.run(request).await
}

fn control_character(lang: Lang) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "control_character", lang)
}

/// Whether a string of a JSON text holds U+0000, which JSON can only escape.
fn holds_nul(json: &[u8]) -> bool {
    let mut rest = json;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        if rest[at + 1..].starts_with(b"u0000") {
            return true;
        }
        // What an escape escapes begins no other.
        rest = rest.get(at + 2..).unwrap_or_default();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::holds_nul;

    #[test]
    fn an_escaped_nul_is_told_from_a_text_about_one() {
        for with in [r#""\u0000""#, r#"{"a":"b\\\u0000c"}"#, r#""\n\u0000""#] {
            assert!(holds_nul(with.as_bytes()), "{with}");
        }
        for without in ["", "\\", r#""\\u0000""#, r#""u0000""#, r#""\u4f60""#] {
            assert!(!holds_nul(without.as_bytes()), "{without}");
        }
    }
}
