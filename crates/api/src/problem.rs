//! Refusals and errors as RFC 9457 problems, rendered from code and arguments in the caller's language.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use huiyin_texts::{Args, Lang, render};
use serde::Serialize;
use utoipa::ToSchema;

use crate::dto::offer::ClauseText;

/// A problem as the caller gets it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Stable reference of the kind of problem, `/problems/<code>`.
    #[serde(rename = "type")]
    pub ty: String,
    /// Stable code.
    pub code: String,
    /// What went wrong.
    pub title: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// HTTP status.
    pub status: u16,
    /// The clause of the policy behind a refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<ClauseText>,
    /// What is wrong with which field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
    /// The case's last event, when `If-Match` named an older one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_seq: Option<u32>,
    /// Seconds to wait before trying again; sent as `Retry-After`.
    #[serde(skip)]
    pub retry_after_seconds: Option<u64>,
}

/// What is wrong with one field.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct FieldProblem {
    /// The field, `part.field`.
    pub field: String,
    /// Stable code.
    pub code: String,
    /// What is wrong, in the caller's language.
    pub message: String,
    /// Where in a field with rows: `[0].price`, counted from 0; `[0]` for a whole row, `.weight` for a whole column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

impl Problem {
    /// The problem `code`, with its texts `problem-<code>` and, where there is one, `problem-<code>-help`.
    pub(crate) fn new(status: StatusCode, code: &str, lang: Lang) -> Self {
        Self::with_args(status, code, lang, &Args::new())
    }

    /// The same with arguments for the texts.
    pub(crate) fn with_args(status: StatusCode, code: &str, lang: Lang, args: &Args) -> Self {
        let key = format!("problem-{}", code.replace('_', "-"));
        Self {
            ty: format!("/problems/{code}"),
            code: code.to_owned(),
            title: render(lang, &key, args),
            detail: Some(render(lang, &format!("{key}-help"), args)),
            status: status.as_u16(),
            clause: None,
            fields: Vec::new(),
            current_seq: None,
            retry_after_seconds: None,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after = self.retry_after_seconds;
        let mut response = (status, Json(self)).into_response();
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if let Some(seconds) = retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
