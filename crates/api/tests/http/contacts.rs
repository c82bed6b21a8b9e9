//! Attempts to reach the customer: which count, why others don't, and when the next is to be made.

use axum::http::StatusCode;
use huiyin_policy::SourceFile;
use huiyin_testkit::calls_text;
use serde_json::{Value, json};

use crate::support::{Client, TestServer};

/// A question under a policy that asks for calls between 8 and 20 o'clock, taken on Monday 2 March 2026.
async fn question(server: &TestServer, head: &Client) -> String {
    let rules = vec![SourceFile::new("policy.yaml", calls_text())];
    server.app.publish(rules).await.unwrap();
    let body = json!({"policy": "calls", "kind": "question", "channel": "phone", "fields": {"subject": "营业时间"}});
    let answer = head.post("/cases", &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    answer.body["id"].as_str().unwrap().to_owned()
}

async fn tries(head: &Client, case: &str) {
    let missed = json!({"fields": {"how": "missed"}});
    let answer = head.command(case, "acts/call", &missed).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

/// The entries that are attempts.
fn attempts(case: &Value) -> Vec<&Value> {
    let entries = case["entries"].as_array().unwrap().iter();
    let attempts = entries.map(|entry| &entry["attempt"]);
    attempts.filter(|attempt| !attempt.is_null()).collect()
}

#[tokio::test]
async fn an_attempt_that_does_not_count_is_shown_with_its_reason_and_the_next_with_its_time() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = question(&server, &head).await;
    server.set_clock("2026-03-03T07:00:00+08:00").await;
    let head = server.again(&head).await;
    tries(&head, &case).await;
    let shown = head.get(&format!("/cases/{case}")).await.body;
    assert_eq!(
        shown["contacts"],
        json!([{
            "id": "calling",
            "title": "联系客户",
            "rules": "“答复时限”内每个工作日至少“联系”一次，两次之间至少相隔 90 分钟，只在 08:00–20:00 联系，12:00–13:30 不联系；\
                      客户自己约定的时间不受时段限制。不合规则的联系照样留下记录，写明理由，不计次数。",
            "clause": {"id": "A.1", "text": "有问必复。"},
            "act": "call",
            "counted": 0,
            "uncounted": 1,
            "reached": false,
            "complete": false,
            "missing": ["2026-03-03", "2026-03-04"],
            "next_possible": "2026-03-03T08:00:00+08:00",
            "next_needed": "2026-03-03T08:00:00+08:00",
        }])
    );
    assert_eq!(
        attempts(&shown),
        [&json!({"counts": false, "why_not": "不在可以联系的时段", "clause": "A.1"})]
    );
    server.set_clock("2026-03-03T08:30:00+08:00").await;
    let head = server.again(&head).await;
    let told = head.get(&format!("/cases/{case}")).await.body.to_string();
    assert!(told.contains("再联系"), "the holder is told: {told}");
    tries(&head, &case).await;
    let shown = head.get(&format!("/cases/{case}")).await.body;
    assert_eq!(
        attempts(&shown)[1],
        &json!({"counts": true, "clause": "A.1"})
    );
    assert_eq!(
        shown["contacts"][0]["next_needed"],
        "2026-03-04T08:00:00+08:00"
    );
}

#[tokio::test]
async fn what_rests_on_a_complete_series_is_refused_before_it_is_complete() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = question(&server, &head).await;
    let refused = head.command(&case, "close", &json!({})).await;
    assert_eq!(refused.body["code"], "needs_condition", "{}", refused.body);
    for at in ["2026-03-03T09:00:00+08:00", "2026-03-04T09:00:00+08:00"] {
        server.set_clock(at).await;
        let head = server.again(&head).await;
        tries(&head, &case).await;
    }
    let head = server.again(&head).await;
    let shown = head.get(&format!("/cases/{case}")).await.body;
    assert_eq!(shown["contacts"][0]["complete"], true);
    let closed = head.command(&case, "close", &json!({})).await;
    assert_eq!(closed.status, StatusCode::OK, "{}", closed.body);
}
