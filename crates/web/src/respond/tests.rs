use axum::http::header::{ACCEPT_ENCODING, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::response::Response;
use http_body_util::BodyExt;

use super::respond;
use crate::file::File;

static FILES: &[File] = &[
    File {
        path: "/assets/app-1.js",
        media_type: "text/javascript; charset=utf-8",
        tag: "a1",
        raw: b"raw script",
        brotli: Some(b"br"),
        gzip: Some(b"gz"),
    },
    File {
        path: "/icon.svg",
        media_type: "image/svg+xml",
        tag: "c3",
        raw: b"<svg/>",
        brotli: None,
        gzip: None,
    },
    File {
        path: "/index.html",
        media_type: "text/html; charset=utf-8",
        tag: "b2",
        raw: b"<p>desk</p>",
        brotli: None,
        gzip: Some(b"gz desk"),
    },
    File {
        path: "/portal.html",
        media_type: "text/html; charset=utf-8",
        tag: "d4",
        raw: b"<p>portal</p>",
        brotli: None,
        gzip: None,
    },
];

fn get(path: &str, fields: &[(HeaderName, &'static str)]) -> Response {
    ask(&Method::GET, path, fields)
}

fn ask(method: &Method, path: &str, fields: &[(HeaderName, &'static str)]) -> Response {
    let headers: HeaderMap = fields
        .iter()
        .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)))
        .collect();
    respond(FILES, method, path, &headers)
}

fn field<'a>(response: &'a Response, name: &str) -> &'a str {
    response
        .headers()
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}

async fn body(response: Response) -> Vec<u8> {
    response
        .into_body()
        .collect()
        .await
        .unwrap()
        .to_bytes()
        .to_vec()
}

#[tokio::test]
async fn customers_get_a_page_of_their_own() {
    for (path, page) in [
        ("/p", "<p>portal</p>"),
        ("/p/new/general/complaint", "<p>portal</p>"),
        ("/people", "<p>desk</p>"),
        ("/portal", "<p>desk</p>"),
    ] {
        let sent = body(get(path, &[])).await;
        assert_eq!(String::from_utf8(sent).unwrap(), page, "{path}");
    }
}

#[tokio::test]
async fn the_best_variant_the_caller_accepts_is_sent() {
    for (accepted, encoding, sent) in [
        ("br, gzip", "br", "br"),
        ("gzip", "gzip", "gz"),
        ("", "", "raw script"),
        ("br;q=0, gzip;q=0", "", "raw script"),
    ] {
        let response = get("/assets/app-1.js", &[(ACCEPT_ENCODING, accepted)]);
        assert_eq!(field(&response, "content-encoding"), encoding, "{accepted}");
        assert_eq!(
            field(&response, "content-length"),
            sent.len().to_string(),
            "{accepted}"
        );
        assert_eq!(field(&response, "vary"), "accept-encoding");
        assert_eq!(body(response).await, sent.as_bytes(), "{accepted}");
    }
}

#[test]
fn a_missing_variant_falls_to_the_next() {
    assert_eq!(
        field(
            &get("/", &[(ACCEPT_ENCODING, "br, gzip")]),
            "content-encoding"
        ),
        "gzip"
    );
    assert_eq!(
        field(
            &get("/icon.svg", &[(ACCEPT_ENCODING, "br, gzip")]),
            "content-encoding"
        ),
        ""
    );
}

#[test]
fn assets_never_change_and_pages_are_asked_for_again() {
    assert_eq!(
        field(&get("/assets/app-1.js", &[]), "cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(field(&get("/", &[]), "cache-control"), "no-cache");
    assert_eq!(field(&get("/icon.svg", &[]), "cache-control"), "no-cache");
}

#[tokio::test]
async fn a_known_tag_is_answered_with_304_and_no_body() {
    let tag = "\"b2-gzip\"";
    assert_eq!(field(&get("/", &[(ACCEPT_ENCODING, "gzip")]), "etag"), tag);
    for known in [tag, "\"zz\", W/\"b2-gzip\"", "*"] {
        let response = get("/", &[(ACCEPT_ENCODING, "gzip"), (IF_NONE_MATCH, known)]);
        assert_eq!(response.status(), 304, "{known}");
        assert_eq!(field(&response, "etag"), tag);
        assert!(body(response).await.is_empty());
    }
    assert_eq!(
        get("/", &[(IF_NONE_MATCH, tag)]).status(),
        200,
        "the raw page is another representation"
    );
}

#[tokio::test]
async fn paths_the_desk_routes_get_the_desk_and_no_others_do() {
    for path in ["/", "/cases", "/cases/0193", "/apiary"] {
        let response = get(path, &[]);
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(body(response).await, b"<p>desk</p>", "{path}");
    }
    for path in [
        "/api",
        "/api/v1/cases",
        "/assets",
        "/assets/old-2.js",
        "/assets/old",
        "/robots.txt",
        "/a/.env",
    ] {
        assert_eq!(get(path, &[]).status(), 404, "{path}");
    }
}

#[tokio::test]
async fn head_tells_the_length_without_a_body_and_writing_is_refused() {
    let head = ask(&Method::HEAD, "/cases", &[]);
    assert_eq!(head.status(), 200);
    assert_eq!(field(&head, "content-length"), "11");
    assert!(body(head).await.is_empty());
    let post = ask(&Method::POST, "/cases", &[]);
    assert_eq!(post.status(), 405);
    assert_eq!(field(&post, "allow"), "GET, HEAD");
    assert_eq!(ask(&Method::POST, "/api/v1/none", &[]).status(), 404);
}

#[test]
fn every_answer_carries_the_security_headers() {
    for path in ["/", "/assets/app-1.js", "/api/none"] {
        let response = get(path, &[]);
        let policy = field(&response, "content-security-policy");
        assert!(
            policy.starts_with("default-src 'self';") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert!(policy.contains("frame-ancestors 'none'"));
        assert_eq!(field(&response, "x-content-type-options"), "nosniff");
        assert_eq!(field(&response, "referrer-policy"), "no-referrer");
    }
}
