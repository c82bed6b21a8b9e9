//! Nobody rates his own work, whichever way he tries.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::duties::{ok, open_of_kind};
use crate::support::{Client, TestServer};

#[tokio::test]
async fn whoever_came_to_handle_a_case_after_it_was_drawn_does_not_rate_it() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let taker = server.person(&head, "高远", &["staff"]).await;
    let specialist = server.person(&head, "林晓", &["staff"]).await;
    let case = answered(&taker, &specialist).await;
    ok(&specialist.command(&case, "close", &json!({})).await);
    server.set_clock("2026-04-02T08:00:00+08:00").await;
    let (head, specialist) = (server.again(&head).await, server.again(&specialist).await);
    let inspection = open_of_kind(&head, "inspection").await[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let again = json!({"reason": "客户再问"});
    ok(&head.command(&case, "reopen", &again).await);
    server.set_clock("2026-04-02T09:00:00+08:00").await;
    let (head, specialist) = (server.again(&head).await, server.again(&specialist).await);
    let reply = json!({"fields": {"text": "保修五年。"}});
    ok(&head.command(&case, "acts/answer", &reply).await);
    ok(&head.command(&case, "close", &json!({})).await);
    let score = json!({"fields": {"which": case, "effect": "s5", "satisfaction": "s5"}});
    for client in [&specialist, &head] {
        let own = client.command(&inspection, "acts/score_case", &score).await;
        assert_eq!(own.body["code"], "own_work", "{}", own.body);
        assert_eq!(own.body["clause"]["id"], "P1.12");
    }
}

/// Registers an inquiry as the first, answers it as the second in customer service, and gives its id.
async fn answered(taker: &Client, other: &Client) -> String {
    let inquiry = json!({
        "policy": "general", "kind": "inquiry", "channel": "phone",
        "fields": {"nature": "question", "subject": "营业时间", "content": "周末营业吗？", "other_unit": false},
    });
    let case = taker.post("/cases", &inquiry).await.body["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let units = taker.get("/units").await.body;
    let mut units = units.as_array().unwrap().iter();
    let unit = units.find(|unit| unit["name"] == "客服部").unwrap();
    let to = json!({"unit": unit["id"]});
    ok(&taker.command(&case, "transfer", &to).await);
    ok(&other
        .command(
            &case,
            "acts/answer",
            &json!({"fields": {"text": "周末营业。"}}),
        )
        .await);
    case
}

async fn entry_of(client: &Client, case: &str, act: &str) -> (u64, bool) {
    let entries = client.get(&format!("/cases/{case}")).await.body["entries"].clone();
    let entries = entries.as_array().unwrap().iter();
    let found = entries.rev().find(|entry| entry["act"] == act).unwrap();
    (
        found["seq"].as_u64().unwrap(),
        found["correctable"].as_bool().unwrap(),
    )
}

#[tokio::test]
async fn satisfaction_is_not_rated_by_who_handled_the_case_whichever_way_he_tries() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let taker = server.person(&head, "高远", &["staff"]).await;
    let specialist = server.person(&head, "林晓", &["staff"]).await;
    let case = answered(&taker, &specialist).await;
    let rate = |word: &str| json!({"fields": {"satisfaction": word}});
    let ask = "acts/ask_satisfaction";
    // By himself, and under another login name: it is the person who handled it.
    let own = specialist.command(&case, ask, &rate("satisfied")).await;
    assert_eq!(
        (own.status, &own.body["code"]),
        (StatusCode::CONFLICT, &json!("own_work"))
    );
    let specialist = server
        .account(&head, "林晓", &["supervisor"], "second")
        .await;
    let own = specialist.command(&case, ask, &rate("satisfied")).await;
    assert_eq!(own.body["code"], "own_work", "{}", own.body);
    assert_eq!(own.body["clause"]["id"], "P1.13");
    let offers = specialist.get(&format!("/cases/{case}")).await.body["offers"].clone();
    let offer = offers
        .as_array()
        .unwrap()
        .iter()
        .find(|offer| offer["act"] == "ask_satisfaction");
    assert!(
        offer.is_some_and(|offer| offer["enabled"] == false),
        "{offer:?}"
    );

    // By taking back or changing what a colleague heard.
    ok(&head.command(&case, ask, &rate("dissatisfied")).await);
    let (seq, _) = entry_of(&head, &case, "ask_satisfaction").await;
    for fields in [
        Value::Null,
        json!({"satisfaction": "dissatisfied", "remark": "客户记错了"}),
    ] {
        let body = json!({"entry": seq, "fields": fields, "reason": "客户记错了"});
        let own = specialist.command(&case, "corrections", &body).await;
        assert_eq!(own.body["code"], "own_work", "{}", own.body);
    }
    assert!(!entry_of(&specialist, &case, "ask_satisfaction").await.1);
    assert!(entry_of(&head, &case, "ask_satisfaction").await.1);

    // By having the case opened again.
    ok(&head.command(&case, "close", &json!({})).await);
    ok(&specialist
        .command(&case, "reopen", &json!({"reason": "客户再问"}))
        .await);
    let own = specialist.command(&case, ask, &rate("satisfied")).await;
    assert_eq!(own.body["code"], "own_work", "{}", own.body);
}
