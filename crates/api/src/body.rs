//! JSON bodies; what is wrong with one becomes a problem like any other.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
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
        Json::<T>::from_request(request, state)
            .await
            .map(|Json(body)| Self(body))
            .map_err(|rejection| {
                let status = match rejection {
                    JsonRejection::BytesRejection(_) => StatusCode::PAYLOAD_TOO_LARGE,
                    _ => StatusCode::BAD_REQUEST,
                };
                let mut problem = Problem::new(status, "body_unreadable", lang);
                problem.detail = Some(rejection.body_text());
                problem
            })
    }
}
