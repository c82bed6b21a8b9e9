//! Turns a request for the front end into a response.

use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH, REFERRER_POLICY, VARY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::Response;

use crate::encoding::Encoding;
use crate::file::{File, find};

const DESK_PAGE: &str = "/index.html";
const PORTAL_PAGE: &str = "/portal.html";

/// Hashed names: the content behind such a path never changes.
const ASSETS: &str = "/assets/";

const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");

/// No inline script, no inline style, nothing from elsewhere, no framing.
const CONTENT_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
);

const SECURITY: [(HeaderName, HeaderValue); 4] = [
    (CONTENT_SECURITY_POLICY, CONTENT_POLICY),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
];

/// The answer to `method path` with these headers, out of `files` (sorted by path).
pub(crate) fn respond(
    files: &[File],
    method: &Method,
    path: &str,
    headers: &HeaderMap,
) -> Response {
    let mut response = match choose(files, path) {
        None => plain(StatusCode::NOT_FOUND, "not found"),
        Some(_) if method != Method::GET && method != Method::HEAD => {
            let mut refused = plain(StatusCode::METHOD_NOT_ALLOWED, "method not allowed");
            refused
                .headers_mut()
                .insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
            refused
        }
        Some(file) => send(file, headers),
    };
    if method == Method::HEAD {
        *response.body_mut() = Body::empty();
    }
    response
        .headers_mut()
        .extend(SECURITY.map(|(name, value)| (Some(name), value)));
    response
}

/// The file for a path: itself, or the page whose router alone knows the path, the desk's or the portal's.
fn choose<'a>(files: &'a [File], path: &str) -> Option<&'a File> {
    if path == "/api" || path.starts_with("/api/") {
        return None;
    }
    let is_page =
        !path.contains('.') && !path.starts_with(ASSETS) && path != ASSETS.trim_end_matches('/');
    find(files, path).or_else(|| {
        let is_portal = path == "/p" || path.starts_with("/p/");
        let page = if is_portal { PORTAL_PAGE } else { DESK_PAGE };
        is_page.then(|| find(files, page)).flatten()
    })
}

fn send(file: &File, headers: &HeaderMap) -> Response {
    let accepted = headers
        .get(ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let (encoding, bytes) = Encoding::accepted(accepted)
        .find_map(|encoding| file.variant(encoding).map(|bytes| (encoding, bytes)))
        .unwrap_or((Encoding::Raw, file.raw));
    let tag = entity_tag(file, encoding);
    let unchanged = headers
        .get_all(IF_NONE_MATCH)
        .iter()
        .any(|known| matches(known, &tag));

    let mut response = Response::new(Body::from(if unchanged { &[][..] } else { bytes }));
    let fields = response.headers_mut();
    fields.insert(ETAG, tag);
    fields.insert(VARY, HeaderValue::from_name(ACCEPT_ENCODING));
    fields.insert(
        CACHE_CONTROL,
        if file.path.starts_with(ASSETS) {
            IMMUTABLE
        } else {
            REVALIDATE
        },
    );
    if unchanged {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    fields.insert(CONTENT_TYPE, HeaderValue::from_static(file.media_type));
    fields.insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    if let Some(token) = encoding.token() {
        fields.insert(CONTENT_ENCODING, HeaderValue::from_static(token));
    }
    response
}

/// Each variant is a representation of its own and has its own strong tag.
fn entity_tag(file: &File, encoding: Encoding) -> HeaderValue {
    let suffix = encoding
        .token()
        .map(|token| format!("-{token}"))
        .unwrap_or_default();
    HeaderValue::try_from(format!("\"{}{suffix}\"", file.tag))
        .expect("hexadecimal digits and a token are header text")
}

fn matches(known: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(known), Ok(tag)) = (known.to_str(), tag.to_str()) else {
        return false;
    };
    known
        .split(',')
        .map(str::trim)
        .any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests;
