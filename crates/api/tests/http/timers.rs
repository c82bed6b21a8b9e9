//! Deadlines pass, also while nobody looks.

use serde_json::{Value, json};

use crate::support::TestServer;

#[tokio::test]
async fn warnings_and_lateness_take_effect_once_also_after_days_of_downtime() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = head.complain().await;
    server.set_clock("2026-03-20T09:00:00+08:00").await;
    server.set_clock("2026-03-20T09:00:01+08:00").await;
    let head = server.again(&head).await;
    let entries = head.get(&format!("/cases/{case}")).await.body["entries"].clone();
    let fired = |kind: &str| {
        entries
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| entry["kind"] == kind)
            .count()
    };
    // Both clocks, the 48 hours and the 7 working days, are late; their warnings come too late to be worth a notice.
    assert_eq!(fired("notice"), 2, "{entries}");
    let overdue = head.get("/cases?view=overdue").await.body;
    assert_eq!(overdue["rows"][0]["id"], case.as_str());
    assert_eq!(head.get("/cases/counts").await.body["overdue"], 1);
}

#[tokio::test]
async fn a_preview_shows_the_deadlines_and_stores_nothing() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let preview = head
        .post("/cases/preview", &crate::support::complaint())
        .await
        .body;
    let dues: Vec<&Value> = preview["clocks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|clock| &clock["due_at"])
        .collect();
    assert_eq!(
        dues,
        [
            &json!("2026-03-04T09:00:00+08:00"),
            &json!("2026-03-11T18:00:00+08:00")
        ]
    );
    assert_eq!(head.get("/cases/counts").await.body["all"], 0);
}
