//! What no text may hold.

use axum::http::StatusCode;
use serde_json::json;

use crate::support::{TestServer, complaint, unique_key};

#[tokio::test]
async fn control_characters_are_refused_where_they_come_in() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = head.complain().await;
    let registered = async |subject: &str| {
        let mut body = complaint();
        body["fields"]["subject"] = json!(subject);
        let key = unique_key();
        head.post_with("/cases", &body, &[("idempotency-key", &key)])
            .await
    };
    let bell = registered("响了\u{7}一声").await;
    assert_eq!(bell.body["code"], "field_invalid", "{}", bell.body);
    let nul = registered("空\u{0}字").await;
    assert_eq!(
        (nul.status, nul.body["code"].as_str()),
        (StatusCode::BAD_REQUEST, Some("control_character")),
        "{}",
        nul.body
    );
    let written = registered("写成 \\u0000 的文字").await;
    assert_eq!(written.status, StatusCode::CREATED, "{}", written.body);

    let note = head
        .command(&case, "notes", &json!({"text": "第一行\n第二行\u{1b}"}))
        .await;
    assert_eq!(note.body["code"], "control_character", "{}", note.body);
    let note = head
        .command(&case, "notes", &json!({"text": "第一行\n\t第二行"}))
        .await;
    assert_eq!(note.status, StatusCode::OK, "{}", note.body);

    let listed = head.get("/cases?view=all&kind=%00").await;
    assert_eq!(
        (listed.status, listed.body["code"].as_str()),
        (StatusCode::BAD_REQUEST, Some("control_character"))
    );
}
