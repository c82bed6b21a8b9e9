//! Two records of a customer that are the same person.

use axum::http::StatusCode;
use huiyin_app::hold::erase_customer;
use huiyin_app::maintain::rebuild;
use serde_json::{Value, json};

use crate::support::{Answer, Client, TestServer, complaint};

fn ok(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

async fn complaint_by(client: &Client, contact: &str) -> String {
    let mut body = complaint();
    body["fields"]["contact"] = contact.into();
    let answer = client.post("/cases", &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    answer.body["id"].as_str().unwrap().to_owned()
}

async fn file(client: &Client, case: &str) -> Value {
    client
        .get(&format!("/cases/{case}/customer/file"))
        .await
        .body
}

fn count(value: &Value) -> usize {
    value.as_array().unwrap().len()
}

#[tokio::test]
async fn two_records_are_merged_by_decision_found_by_either_contact_and_parted_again() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let specialist = server.person(&head, "林晓", &["staff"]).await;
    let supervisor = server.person(&head, "孙丽", &["supervisor"]).await;
    let first = complaint_by(&specialist, "13800002207").await;
    let second = complaint_by(&specialist, "wang@example.com").await;

    let seen = file(&supervisor, &second).await;
    assert_eq!((count(&seen["records"]), count(&seen["alike"])), (1, 1));
    assert_eq!(seen["alike"][0]["cases"][0]["id"], first.as_str());
    let record = seen["alike"][0]["id"].as_str().unwrap().to_owned();
    // Who may not decide is not asked to.
    let unasked = file(&specialist, &second).await;
    assert_eq!(
        (count(&unasked["alike"]), &unasked["may_decide"]),
        (0, &json!(false))
    );

    let decision = json!({"record": record, "reason": "身份证相同"});
    let refused = specialist
        .command(&second, "customer/merge", &decision)
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.body);
    ok(&supervisor
        .command(&second, "customer/merge", &decision)
        .await);
    let again = supervisor
        .command(&second, "customer/merge", &decision)
        .await;
    assert_eq!(again.body["code"], "same_customer", "{}", again.body);

    for (case, other) in [(&first, &second), (&second, &first)] {
        let seen = file(&specialist, case).await;
        assert_eq!(count(&seen["records"]), 2);
        assert_eq!(seen["records"][0]["merged"], false);
        assert_eq!(seen["cases"][0]["id"], other.as_str());
    }
    for contact in ["13800002207", "wang@example.com"] {
        let found = specialist
            .post("/cases/earlier", &json!({"contact": contact}))
            .await;
        assert_eq!(count(&found.body["rows"]), 2, "{contact}");
        let found = specialist.get(&format!("/search?q={contact}")).await;
        assert_eq!(count(&found.body["rows"]), 2, "{contact}");
    }
    let shelf = server.app.shelf();
    let rebuilt = rebuild(server.app.store(), &shelf, false).await.unwrap();
    assert_eq!(rebuilt.differences, vec![]);

    let seen = file(&supervisor, &first).await;
    let merged = seen["records"][1]["id"].as_str().unwrap();
    let part = json!({"record": merged, "reason": "父子同名"});
    ok(&supervisor.command(&first, "customer/part", &part).await);
    for case in [&first, &second] {
        let seen = file(&specialist, case).await;
        assert_eq!((count(&seen["records"]), count(&seen["cases"])), (1, 0));
    }
    let entries = specialist.get(&format!("/cases/{second}")).await.body;
    let entries = entries["entries"].as_array().unwrap().clone();
    let decisions = entries.iter().filter(|entry| entry["kind"] == "customer");
    assert_eq!(decisions.count(), 2);
    let verified = server.app.store().verify(None).await.unwrap();
    assert_eq!(verified.findings, []);
}

#[tokio::test]
async fn erasing_a_merged_customer_erases_both_records() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let specialist = server.person(&head, "林晓", &["staff"]).await;
    let supervisor = server.person(&head, "孙丽", &["supervisor"]).await;
    let mut cases = Vec::new();
    for contact in ["13800002207", "wang@example.com"] {
        let case = complaint_by(&specialist, contact).await;
        let withdraw = json!({"told_by": "王秀兰", "reason": "已解决"});
        ok(&specialist.command(&case, "withdraw", &withdraw).await);
        cases.push(case);
    }
    let seen = file(&supervisor, &cases[0]).await;
    let decision = json!({"record": seen["alike"][0]["id"], "reason": "身份证相同"});
    ok(&supervisor
        .command(&cases[0], "customer/merge", &decision)
        .await);
    let store = server.app.store();
    let erased = erase_customer(store, "TS2026000002", server.app.now())
        .await
        .unwrap();
    assert_eq!((erased.parties.len(), erased.cases.len()), (2, 2));
    for case in &cases {
        let text = specialist.get(&format!("/cases/{case}")).await.body;
        assert!(!text.to_string().contains("衣柜"), "{text}");
    }
    let found = specialist
        .post("/cases/earlier", &json!({"contact": "13800002207"}))
        .await;
    assert_eq!(count(&found.body["rows"]), 0);
}
