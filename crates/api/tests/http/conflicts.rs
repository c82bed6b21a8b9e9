//! Two people, one case; one request, sent twice.

use axum::http::StatusCode;
use serde_json::json;

use crate::support::{TestServer, complaint, unique_key};

#[tokio::test]
async fn of_two_who_race_for_a_case_exactly_one_wins() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let other = server.person(&head, "徐冰", &["staff"]).await;
    let case = head.complain().await;
    let etag = head.get(&format!("/cases/{case}")).await.etag.unwrap();
    let body = json!({"fields": {"findings": "查过了", "nature": "quality"}});
    let (a, b) = tokio::join!(
        head.command_on(&case, "acts/investigate", &body, &etag),
        other.command_on(&case, "acts/investigate", &body, &etag)
    );
    let mut statuses = [a.status, b.status];
    statuses.sort();
    assert_eq!(
        statuses,
        [StatusCode::OK, StatusCode::PRECONDITION_FAILED],
        "{} {}",
        a.body,
        b.body
    );
    let lost = if a.status == StatusCode::OK { b } else { a };
    assert_eq!(lost.body["code"], "conflict");
    let now = head.get(&format!("/cases/{case}")).await.etag.unwrap();
    assert_eq!(format!("\"{}\"", lost.body["current_seq"]), now);
}

#[tokio::test]
async fn a_request_sent_twice_takes_effect_once() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let key = unique_key();
    let headers = [("idempotency-key", &*key)];
    let first = head.post_with("/cases", &complaint(), &headers).await;
    let again = head.post_with("/cases", &complaint(), &headers).await;
    assert_eq!((first.status, &first.body), (again.status, &again.body));
    assert_eq!(head.get("/cases/counts").await.body["all"], 1);

    let mut other = complaint();
    other["fields"]["subject"] = json!("另一件事");
    let reused = head.post_with("/cases", &other, &headers).await;
    assert_eq!(
        (reused.status, reused.body["code"].as_str()),
        (
            StatusCode::UNPROCESSABLE_ENTITY,
            Some("idempotency_key_reused")
        )
    );
}

#[tokio::test]
async fn a_command_sent_twice_takes_effect_once_even_after_the_case_moved_on() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = head.complain().await;
    let etag = head.get(&format!("/cases/{case}")).await.etag.unwrap();
    let key = unique_key();
    let headers = [("idempotency-key", &*key), ("if-match", &*etag)];
    let path = format!("/cases/{case}/notes");
    let first = head
        .post_with(&path, &json!({"text": "打过电话"}), &headers)
        .await;
    let again = head
        .post_with(&path, &json!({"text": "打过电话"}), &headers)
        .await;
    assert_eq!((first.status, first.body), (again.status, again.body));
}

#[tokio::test]
async fn a_write_without_its_conditions_is_refused() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = head.complain().await;
    let no_key = head.post_with("/cases", &complaint(), &[]).await;
    assert_eq!(
        (no_key.status, no_key.body["code"].as_str()),
        (StatusCode::BAD_REQUEST, Some("idempotency_key_missing"))
    );
    let path = format!("/cases/{case}/notes");
    let no_match = head.post(&path, &json!({"text": "x"})).await;
    assert_eq!(
        (no_match.status, no_match.body["code"].as_str()),
        (StatusCode::PRECONDITION_REQUIRED, Some("if_match_missing"))
    );
}

#[tokio::test]
async fn fields_that_are_wrong_are_all_named_at_once_and_nothing_is_stored() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let body = json!({"policy": "general", "kind": "complaint", "channel": "phone", "fields": {"about": "weather", "subject": "无"}});
    let answer = head.post("/cases", &body).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields: Vec<&str> = answer.body["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["field"].as_str().unwrap())
        .collect();
    assert_eq!(
        fields,
        [
            "complaint_form.about",
            "complaint_form.content",
            "complaint_form.customer_name",
            "complaint_form.contact"
        ]
    );
    assert_eq!(head.get("/cases/counts").await.body["all"], 0);
    let unknown = json!({"policy": "general", "kind": "complaint", "channel": "phone", "fields": {"colour": "red"}});
    assert_eq!(
        head.post("/cases", &unknown).await.body["code"],
        "fields_unreadable"
    );
}
