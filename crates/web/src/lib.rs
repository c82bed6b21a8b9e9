//! The embedded front end: built by npm, served with its compressed variants.
//!
//! [`routes`] is the fallback of the HTTP server. It answers files by their path, sends unknown paths without a dot to
//! the desk so that its own router can show them, and leaves `/api` and `/assets` strictly alone.

mod encoding;
mod file;
mod respond;

use axum::Router;
use axum::extract::Request;
use axum::response::Response;

/// A router without routes of its own whose fallback serves the front end; mount it with `fallback_service`.
pub fn routes() -> Router {
    Router::new().fallback(serve)
}

async fn serve(request: Request) -> Response {
    respond::respond(
        file::EMBEDDED,
        request.method(),
        request.uri().path(),
        request.headers(),
    )
}
