//! Read-only mode over HTTP: reading goes on, and every write is told why it can't be.

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use huiyin_app::ReadOnly;
use huiyin_texts::{Args, Lang, render};

use crate::Server;
use crate::caller::CallerLang;
use crate::problem::Problem;

/// Unsafe by their method, and yet they change nothing that is kept: method and path below the API's.
const NO_WRITES: [(Method, &str); 3] = [
    (Method::POST, "/session"),
    (Method::DELETE, "/session"),
    (Method::POST, "/cases/preview"),
];
/// When to try again: whoever ended the mode has started the server anew.
const RETRY_AFTER_SECONDS: u64 = 60;

/// Answers every write with the problem `read_only` while the application only reads.
pub(crate) async fn refuse_writes(
    State(server): State<Server>,
    request: Request,
    next: Next,
) -> Response {
    if server.app.read_only().is_none() || is_read(request.method(), request.uri().path()) {
        return next.run(request).await;
    }
    problem(CallerLang::of(request.headers())).into_response()
}

fn is_read(method: &Method, path: &str) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
        || NO_WRITES
            .iter()
            .any(|(one, other)| one == method && *other == path)
}

/// What a write is answered with.
pub(crate) fn problem(lang: Lang) -> Problem {
    let mut problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, "read_only", lang);
    problem.retry_after_seconds = Some(RETRY_AFTER_SECONDS);
    problem
}

/// Why the server only reads, for people.
pub(crate) fn in_words(why: ReadOnly, lang: Lang) -> String {
    render(lang, "read-only-why", &Args::new().with("why", why.code()))
}
