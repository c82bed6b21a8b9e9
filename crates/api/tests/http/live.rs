//! Live updates.

use axum::http::StatusCode;
use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn a_change_is_heard_by_those_who_may_see_the_case_and_by_nobody_else() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let stranger = server.person(&head, "陈思远", &["staff"]).await;
    let mut hears = head.listen().await;
    let mut hears_nothing = stranger.listen().await;
    assert_eq!(hears.next().await, "event: hello\ndata: {}");
    assert_eq!(hears_nothing.next().await, "event: hello\ndata: {}");

    let case = head.complain().await;
    assert_eq!(
        hears.next().await,
        format!("event: case\ndata: {{\"id\":\"{case}\",\"seq\":8}}")
    );
    let own = stranger.post("/cases", &json!({
        "policy": "general", "kind": "inquiry", "channel": "visit",
        "fields": {"nature": "question", "subject": "何时开门", "content": "周日何时开门？", "other_unit": false},
    })).await;
    assert_eq!(own.status, StatusCode::CREATED, "{}", own.body);
    let heard = hears_nothing.next().await;
    assert!(
        heard.contains(own.body["id"].as_str().unwrap()) && !heard.contains(&case),
        "{heard}"
    );
}

#[tokio::test]
async fn a_notice_reaches_the_desk_of_those_it_is_for() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let outsider = server.person(&head, "高远", &["supervisor"]).await;
    let case = head.complain().await;
    server.set_clock("2026-03-04T09:00:01+08:00").await;
    let (head, outsider) = (server.again(&head).await, server.again(&outsider).await);
    let (mut hears, mut hears_nothing) = (head.listen().await, outsider.listen().await);
    hears.next().await;
    hears_nothing.next().await;
    server.app.deliver_due().await.unwrap();
    let notice =
        format!("event: notice\ndata: {{\"case\":\"{case}\",\"title\":\"TS2026000001 已超时\"}}");
    assert_eq!(hears.next().await, notice);
    outsider
        .command(&case, "notes", &json!({"text": "看到了"}))
        .await;
    assert!(
        hears_nothing.next().await.starts_with("event: case"),
        "a notice to others is not heard"
    );
}
