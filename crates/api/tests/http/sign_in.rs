//! Signing in, links, sessions.

use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::support::{PASSWORD, TestServer, complaint};

#[tokio::test]
async fn a_link_works_once() {
    let server = TestServer::start().await;
    assert_eq!(server.nobody().get("/setup").await.body["open"], true);
    let head = server.first().await;
    assert_eq!(server.nobody().get("/setup").await.body["open"], false);
    let people = head.get("/people").await.body;
    let person = people[0]["id"].as_str().unwrap();
    let invited = head
        .post(
            &format!("/people/{person}/invitation"),
            &json!({"roles": ["staff"]}),
        )
        .await
        .body;
    let token = invited["link"]
        .as_str()
        .unwrap()
        .split_once('#')
        .unwrap()
        .1
        .to_owned();
    let accept = |login: &'static str| {
        let body = json!({"token": token, "login": login, "password": PASSWORD});
        let nobody = server.nobody();
        async move { nobody.post("/invitations/accept", &body).await.status }
    };
    assert_eq!(accept("one").await, StatusCode::OK);
    assert_eq!(accept("two").await, StatusCode::GONE);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_get_the_same_answer_and_tries_are_limited() {
    let server = TestServer::start().await;
    server.first().await;
    let nobody = server.nobody();
    let wrong = nobody
        .post(
            "/session",
            &json!({"login": "shenjia", "password": "wrong password!"}),
        )
        .await;
    let unknown = nobody
        .post(
            "/session",
            &json!({"login": "nobody", "password": "wrong password!"}),
        )
        .await;
    assert_eq!((wrong.status, wrong.body), (unknown.status, unknown.body));
    let right = nobody
        .post(
            "/session",
            &json!({"login": " ShenJia ", "password": PASSWORD}),
        )
        .await;
    assert_eq!(right.status, StatusCode::OK);
    let mut last = StatusCode::OK;
    for _ in 0..10 {
        last = nobody
            .post(
                "/session",
                &json!({"login": "guessed", "password": "wrong password!"}),
            )
            .await
            .status;
        if last == StatusCode::TOO_MANY_REQUESTS {
            break;
        }
    }
    assert_eq!(
        nobody
            .post("/session", &json!({"login": "guessed", "password": "x"}))
            .await
            .status,
        StatusCode::TOO_MANY_REQUESTS,
        "{last}"
    );
}

#[tokio::test]
async fn a_session_ends_with_signing_out_and_with_time() {
    let server = TestServer::start().await;
    let head = server.first().await;
    assert_eq!(head.get("/me").await.status, StatusCode::OK);
    server.set_clock("2026-03-02T09:31:00+08:00").await;
    assert_eq!(
        head.get("/me").await.status,
        StatusCode::UNAUTHORIZED,
        "idle for more than half an hour"
    );

    let nobody = server.nobody();
    let signed_in = nobody
        .post(
            "/session",
            &json!({"login": "shenjia", "password": PASSWORD}),
        )
        .await;
    let cookie = signed_in.cookie.unwrap();
    let with = [("cookie", &*cookie)];
    assert_eq!(
        nobody.send(Method::GET, "/me", None, &with).await.status,
        StatusCode::OK
    );
    assert_eq!(
        nobody
            .send(Method::DELETE, "/session", None, &with)
            .await
            .status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        nobody.send(Method::GET, "/me", None, &with).await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn another_site_cannot_write_in_a_persons_name() {
    let server = TestServer::start().await;
    let head = server.first().await;
    for headers in [
        [("idempotency-key", "x1"), ("sec-fetch-site", "cross-site")],
        [
            ("idempotency-key", "x2"),
            ("origin", "https://evil.example"),
        ],
    ] {
        let answer = head.post_with("/cases", &complaint(), &headers).await;
        assert_eq!(
            (answer.status, answer.body["code"].as_str()),
            (StatusCode::FORBIDDEN, Some("cross_origin"))
        );
    }
}

#[tokio::test]
async fn a_password_that_is_easy_to_guess_is_refused_with_the_reason() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let change = |new: &'static str| {
        let head = head.in_english();
        async move {
            head.send(
                Method::PUT,
                "/me/password",
                Some(&json!({"current": PASSWORD, "new": new})),
                &[],
            )
            .await
        }
    };
    let short = change("short").await;
    assert_eq!(
        (short.status, short.body["code"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("password_unusable"))
    );
    assert_eq!(short.body["detail"], "Use at least 12 characters.");
    assert_eq!(
        change("another good phrase").await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        head.get("/me").await.status,
        StatusCode::OK,
        "the own session goes on"
    );
}
