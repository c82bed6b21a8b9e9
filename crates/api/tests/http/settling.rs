//! Forms settled by sheets, over HTTP: what a form would give, what is on record of it, and what is refused where.

use axum::http::StatusCode;
use huiyin_policy::SourceFile;
use huiyin_testkit::damages_text;
use serde_json::{Value, json};

use crate::support::{Client, TestServer};

/// A damage under a policy whose forms are settled by sheets, registered on 2 March 2026.
async fn damage(server: &TestServer, head: &Client) -> String {
    let rules = vec![SourceFile::new("policy.yaml", damages_text())];
    server.app.publish(rules).await.unwrap();
    let body = json!({"policy": "damages", "kind": "damage", "channel": "phone", "fields": {"subject": "分层"}});
    let answer = head.post("/cases", &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    answer.body["id"].as_str().unwrap().to_owned()
}

fn losses() -> Value {
    json!({"fields": {"on": "2026-03-02", "items": [
        {"item": "B", "remedy": "return", "quantity": "333", "price": "7.77", "proof": true},
        {"item": "A", "remedy": "claim", "paid": "100.01", "quantity": ""},
    ]}})
}

/// The entry of an act.
fn entry<'c>(case: &'c Value, act: &str) -> &'c Value {
    let mut entries = case["entries"].as_array().unwrap().iter();
    entries.find(|entry| entry["act"] == act).unwrap()
}

#[tokio::test]
async fn what_a_form_would_give_is_shown_beforehand_and_is_what_is_on_record_afterwards() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = damage(&server, &head).await;
    let path = format!("/cases/{case}/acts/state_losses/settlement");
    let before = head.get(&format!("/cases/{case}")).await.body;
    let shown = head.post(&path, &losses()).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    insta::assert_json_snapshot!("settlement", shown.body);
    let english = head.in_english().post(&path, &losses()).await;
    insta::assert_json_snapshot!(
        "settlement_in_english",
        english.body["sheets"][1]["rows"][1]
    );
    let after = head.get(&format!("/cases/{case}")).await.body;
    assert_eq!(before["seq"], after["seq"], "nothing was put on record");

    let offer = before["offers"].as_array().unwrap().iter();
    let offer = offer
        .clone()
        .find(|offer| offer["act"] == "state_losses")
        .unwrap();
    assert_eq!(offer["part"]["settles"], true, "{offer}");
    insta::assert_json_snapshot!("fields_of_the_form", offer["part"]["fields"]);

    let done = head.command(&case, "acts/state_losses", &losses()).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let case_now = head.get(&format!("/cases/{case}")).await.body;
    let stated = entry(&case_now, "state_losses");
    assert_eq!(stated["settlement"], shown.body, "line by line the same");
    let total = stated["fields"].as_array().unwrap().iter();
    let total = total.clone().find(|field| field["id"] == "total").unwrap();
    assert_eq!(total["value"], "617.49");
}

#[tokio::test]
async fn wrong_rows_are_told_with_their_place_and_needs_with_their_clause() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = damage(&server, &head).await;
    let wrong = json!({"fields": {"on": "2026-03-02", "items": [
        {"item": "A", "remedy": "claim", "paid": 1.5},
        {"item": "A", "remedy": "claim"},
    ]}});
    let path = format!("/cases/{case}/acts/state_losses/settlement");
    for answer in [
        head.post(&path, &wrong).await,
        head.command(&case, "acts/state_losses", &wrong).await,
    ] {
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            answer.body
        );
        insta::allow_duplicates! {
            insta::assert_json_snapshot!("rows_to_correct", answer.body);
        }
    }
    let unproved = json!({"fields": {"on": "2026-03-02", "items": [{"item": "B", "remedy": "return", "quantity": "1", "price": "5"}]}});
    let shown = head.post(&path, &unproved).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    assert_eq!(
        shown.body["open"],
        json!([{"text": "损失 B：退货凭证", "clause": "D.3"}])
    );
    let refused = head.command(&case, "acts/state_losses", &unproved).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    assert_eq!(refused.body["code"], "left_open");
    assert_eq!(refused.body["title"], "损失 B：退货凭证");
    assert_eq!(refused.body["clause"]["id"], "D.3");

    let done = head.command(&case, "acts/state_losses", &losses()).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let short = json!({"fields": {"people": [{"who": "王一", "weight": "50%"}, {"who": "李二", "weight": "49.99%"}]}});
    let refused = head.command(&case, "acts/share_out", &short).await;
    assert_eq!(refused.body["code"], "not_settled", "{}", refused.body);
    assert_eq!(refused.body["clause"]["id"], "D.2");
    assert_eq!(refused.body["fields"][0]["place"], ".weight");
    assert_eq!(
        refused.body["fields"][0]["message"],
        "分摊 比例：比例合计 99.99%，不是 100%"
    );
}

#[tokio::test]
async fn nobody_settles_a_form_that_he_may_not_give_or_a_case_he_does_not_see() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = damage(&server, &head).await;
    let other = server.person(&head, "林晓", &["staff"]).await;
    let path = format!("/cases/{case}/acts/state_losses/settlement");
    let answer = other.post(&path, &losses()).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.body);
    let later = head
        .post(
            &format!("/cases/{case}/acts/share_out/settlement"),
            &losses(),
        )
        .await;
    assert_ne!(later.status, StatusCode::OK, "{}", later.body);
}
