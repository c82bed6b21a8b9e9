//! In read-only mode everything can be seen by those who may, and nothing changes.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{TestServer, complaint};

/// Unsafe by their method, and answered all the same: they change nothing that is kept.
const ANSWERED: [(&str, &str); 3] = [
    ("post", "/session"),
    ("delete", "/session"),
    ("post", "/cases/preview"),
];

const WORDS: &str = "系统处于只读状态：可以查看和检索，暂时不能登记和办理。";

#[tokio::test]
async fn every_write_is_refused_and_told_why() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = head.complain().await;
    let server = server.restart_reading().await;
    let head = server.again(&head).await;
    let document = serde_json::to_value(huiyin_api::document()).unwrap();
    let mut refused = 0;
    for (path, operations) in document["paths"].as_object().unwrap() {
        for method in ["post", "put", "patch", "delete"] {
            if operations[method].is_null() || ANSWERED.contains(&(method, path)) {
                continue;
            }
            let path = path.replace("{id}", &case);
            let method: Method = method.to_uppercase().parse().unwrap();
            let answer = head
                .in_english()
                .send(method, &path, Some(&json!({})), &[])
                .await;
            assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
            assert_eq!(answer.body["code"], "read_only");
            assert!(
                answer.body["detail"]
                    .as_str()
                    .unwrap()
                    .contains("tell an administrator")
            );
            refused += 1;
        }
    }
    assert!(refused > 10, "{refused}");
    // Whoever would write on the way of reading is refused as well: the look at a customer in full.
    let look = head.get(&format!("/cases/{case}/customer")).await;
    assert_eq!(
        (look.status, &look.body["code"]),
        (StatusCode::SERVICE_UNAVAILABLE, &json!("read_only"))
    );
}

#[tokio::test]
async fn everything_else_is_answered_as_ever() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = head.complain().await;
    let before = head.get(&format!("/cases/{case}")).await;
    let server = server.restart_reading().await;
    let head = server.again(&head).await;
    let row = |answer: &Value| answer["rows"][0]["id"].clone();
    assert_eq!(row(&head.get("/cases?view=all").await.body), case.as_str());
    assert_eq!(
        row(&head.get("/search?q=%E8%A1%A3%E6%9F%9C").await.body),
        case.as_str()
    );
    let after = head.get(&format!("/cases/{case}")).await;
    assert_eq!((after.status, after.etag), (before.status, before.etag));
    assert_eq!(head.get("/me").await.body["read_only"], WORDS);
    let preview = head.post("/cases/preview", &complaint()).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.body);

    let state = json!({"read_only": true, "why": "asked"});
    for path in ["/health", "/ready"] {
        let answer = server.nobody().get(path).await;
        assert_eq!(
            (answer.status, answer.body),
            (StatusCode::OK, state.clone())
        );
    }
    let wrong = json!({"login": "shenjia", "password": "something else"});
    assert_eq!(
        server.nobody().post("/session", &wrong).await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn sessions_begin_and_end_though_nothing_is_written() {
    let server = TestServer::start().await;
    let before = server.first().await;
    let server = server.restart_reading().await;
    let before = before.at(&server);
    let during = server.sign_in("shenjia").await;
    for session in [&before, &during] {
        assert_eq!(session.get("/me").await.status, StatusCode::OK);
        let ended = session.send(Method::DELETE, "/session", None, &[]).await;
        assert_eq!(ended.status, StatusCode::NO_CONTENT);
        assert_eq!(session.get("/me").await.status, StatusCode::UNAUTHORIZED);
    }
    // One that began in read-only mode ends with it.
    let during = server.sign_in("shenjia").await;
    let server = server.restart().await;
    assert_eq!(
        during.at(&server).get("/me").await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn no_deadline_fires_before_writing_is_possible_again() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = head.complain().await;
    let path = format!("/cases/{case}");
    let before = head.get(&path).await.etag;
    let server = server.restart_reading().await;
    server.set_clock("2026-03-20T09:00:00+08:00").await;
    let reading = server.again(&head).await;
    assert_eq!(reading.get(&path).await.etag, before);
    let server = server.restart().await;
    server.set_clock("2026-03-20T09:00:00+08:00").await;
    let head = server.again(&head).await;
    assert_ne!(head.get(&path).await.etag, before);
}
