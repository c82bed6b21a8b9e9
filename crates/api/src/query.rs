//! Queries of addresses; what is wrong with one becomes a problem like any other.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::caller::CallerLang;
use crate::problem::Problem;

/// The query of an address.
pub(crate) struct Query<T>(pub T);

impl<S: Sync + Send, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let lang = CallerLang::of(&parts.headers);
        let read = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        read.map(|axum::extract::Query(query)| Self(query))
            .map_err(|rejection| {
                let mut problem = Problem::new(StatusCode::BAD_REQUEST, "query_unreadable", lang);
                problem.detail = Some(rejection.body_text());
                problem
            })
    }
}
