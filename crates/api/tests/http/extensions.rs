//! More time for a clock: who may grant it, how much at most, and what the record says.

use axum::http::StatusCode;
use huiyin_policy::SourceFile;
use serde_json::{Value, json};

use crate::support::{Client, TestServer, general_policy};

/// The line that lets the head of customer service give a complaint's reply ten working days in all, in two goes.
const RULE: &str = "extend: {by: service_head, cap: 10 working days, counted_from: start, times: 2, clause: P1.10}";

/// A server whose complaints may be given more time.
async fn server() -> TestServer {
    let server = TestServer::start().await;
    let length = "        length: 7 working days\n";
    let lenient = general_policy().into_iter().map(|file| {
        let text = String::from_utf8(file.bytes).unwrap();
        SourceFile::new(
            file.name,
            text.replace(length, &format!("{length}        {RULE}\n")),
        )
    });
    server.app.publish(lenient.collect()).await.unwrap();
    server
}

async fn extend(client: &Client, case: &str, more: u32, reason: &str) -> crate::support::Answer {
    let body = json!({"clock": "reply", "more": more, "reason": reason});
    client.command(case, "extend", &body).await
}

async fn clock(client: &Client, case: &str) -> Value {
    let case = client.get(&format!("/cases/{case}")).await.body;
    let mut clocks = case["clocks"].as_array().unwrap().iter();
    clocks.find(|one| one["clock"] == "reply").unwrap().clone()
}

async fn offer(client: &Client, case: &str) -> Option<Value> {
    let case = client.get(&format!("/cases/{case}")).await.body;
    let mut offers = case["offers"].as_array().unwrap().iter();
    offers.find(|one| one["command"] == "extend").cloned()
}

#[tokio::test]
async fn an_extension_is_offered_granted_and_shown_with_its_reason() {
    let server = server().await;
    let head = server.first().await;
    let case = head.complain().await;
    insta::assert_json_snapshot!("offer", offer(&head, &case).await);
    let answer = extend(&head, &case, 2, "等检测机构出报告").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let reply = clock(&head, &case).await;
    assert_eq!(reply["due_at"], "2026-03-13T18:00:00+08:00");
    insta::assert_json_snapshot!("clock", reply["extensions"]);
    let shown = head.get(&format!("/cases/{case}")).await.body;
    let entry = shown["entries"].as_array().unwrap().last().unwrap();
    insta::assert_json_snapshot!("entry", [&entry["title"], &entry["text"], &entry["who"]]);
}

#[tokio::test]
async fn beyond_the_cap_nothing_changes_and_the_answer_says_what_is_allowed() {
    let server = server().await;
    let head = server.first().await;
    let case = head.complain().await;
    let before = clock(&head, &case).await;
    let refused = extend(&head, &case, 4, "等检测机构出报告").await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    insta::assert_json_snapshot!("beyond_the_cap", refused.body);
    assert_eq!(clock(&head, &case).await, before);
    for (more, reason, code) in [
        (1, " ", "reason_missing"),
        (10_000, "x", "extension_beyond_cap"),
        (u32::MAX, "x", "extension_beyond_cap"),
    ] {
        assert_eq!(extend(&head, &case, more, reason).await.body["code"], code);
    }
    let nothing = extend(&head, &case, 0, "x").await;
    assert_eq!(nothing.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn who_may_not_extend_is_neither_offered_nor_granted_it() {
    let server = server().await;
    let head = server.first().await;
    let specialist = server.person(&head, "林晓", &["staff"]).await;
    let case = specialist.complain().await;
    assert_eq!(offer(&specialist, &case).await, None);
    let refused = extend(&specialist, &case, 1, "来不及").await;
    assert_eq!(
        (refused.status, refused.body["code"].as_str()),
        (StatusCode::CONFLICT, Some("not_entitled"))
    );
}

#[tokio::test]
async fn at_the_cap_it_is_shown_with_the_reason_why_not() {
    let server = server().await;
    let head = server.first().await;
    let case = head.complain().await;
    extend(&head, &case, 3, "等检测机构出报告").await;
    let offer = offer(&head, &case).await.unwrap();
    assert_eq!(offer["enabled"], false);
    insta::assert_json_snapshot!("at_the_cap", offer["why_not"]);
    let counted = head.get("/statistics/monthly?month=2026-03").await.body;
    let mut rows = counted["rows"].as_array().unwrap().iter();
    let extended = rows.find(|row| row["what"] == "extended");
    assert_eq!(extended.map(|row| row["count"].clone()), Some(json!(1)));
}
