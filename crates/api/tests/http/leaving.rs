//! Leaving, handing on what is open, and coming back.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use huiyin_case::id::PersonId;
use huiyin_case::organisation::Person;
use huiyin_store::{Change, Leaving};
use serde_json::{Value, json};

use crate::support::{Answer, Client, TestServer};

async fn person(head: &Client, name: &str) -> (String, Value) {
    let all = head.get("/organisation").await.body;
    let people = all["people"].as_array().unwrap();
    let found = people.iter().find(|one| one["person"]["name"] == name);
    let found = found.unwrap();
    let id = found["person"]["id"].as_str().unwrap().to_owned();
    (id, found["revision"].clone())
}

async fn leave(head: &Client, name: &str, body: &Value) -> Answer {
    let (id, revision) = person(head, name).await;
    let etag = format!("\"{revision}\"");
    head.post_with(
        &format!("/people/{id}/leave"),
        body,
        &[("if-match", &*etag)],
    )
    .await
}

fn inquiry(subject: &str) -> Value {
    json!({"policy": "general", "kind": "inquiry", "channel": "phone",
        "fields": {"nature": "question", "subject": subject, "content": "周末几点关门？", "other_unit": false}})
}

async fn asks(client: &Client, subject: &str) -> String {
    let answer = client.post("/cases", &inquiry(subject)).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    answer.body["id"].as_str().unwrap().to_owned()
}

async fn holder(client: &Client, case: &str) -> Value {
    client.get(&format!("/cases/{case}")).await.body["holder"].clone()
}

#[tokio::test]
async fn whoever_leaves_can_do_nothing_more_and_the_cases_are_handed_on() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let lin = server.person(&head, "林晓", &["staff"]).await;
    let (first, second) = (asks(&lin, "一").await, asks(&lin, "二").await);
    let (third, complaint) = (asks(&lin, "三").await, lin.complain().await);
    let (id, _) = person(&head, "林晓").await;
    let holdings = head.get(&format!("/people/{id}/holdings")).await.body;
    assert_eq!(holdings["total"], 4);
    assert!(
        !holdings.to_string().contains("subject"),
        "an administrator sees no matter"
    );

    let (xu, zhou) = (person(&head, "徐冰").await.0, person(&head, "周敏").await.0);
    let cases =
        json!([{"case": second, "to": zhou}, {"case": third}, {"case": complaint, "to": zhou}]);
    let left = leave(
        &head,
        "林晓",
        &json!({"to": xu, "cases": cases, "reason": "离职移交"}),
    )
    .await;
    assert_eq!(left.status, StatusCode::OK, "{}", left.body);
    // 周敏 is no specialist: the complaint goes back to the list.
    assert_eq!(left.body, json!({"as_asked": 3, "back": 1, "left": 0}));
    assert_eq!(holder(&head, &first).await["person"], "徐冰");
    assert_eq!(holder(&head, &second).await["person"], "周敏");
    let back = holder(&head, &third).await;
    assert_eq!(
        (&back["person"], &back["person_id"]),
        (&json!("沈佳"), &json!(person(&head, "沈佳").await.0))
    );
    let listed = holder(&head, &complaint).await;
    assert_eq!(
        (&listed["person"], &listed["role_title"]),
        (&Value::Null, &json!("客服专员"))
    );
    let entries = head.get(&format!("/cases/{first}")).await.body["entries"].clone();
    let handed = entries
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["kind"] == "handed_over");
    let handed = handed.unwrap();
    assert_eq!(
        (&handed["title"], &handed["text"], &handed["who"]),
        (
            &json!("林晓离职移交，由徐冰办理"),
            &json!("离职移交"),
            &json!("沈佳")
        )
    );
    assert_eq!(lin.get("/me").await.status, StatusCode::UNAUTHORIZED);
    // The successor goes on with the case.
    let xu = server.person(&head, "徐冰", &["staff"]).await;
    let answered = xu
        .command(
            &first,
            "acts/answer",
            &json!({"fields": {"text": "九点关门。"}}),
        )
        .await;
    assert_eq!(answered.status, StatusCode::OK, "{}", answered.body);
}

#[tokio::test]
async fn an_interrupted_hand_over_goes_on_with_the_next_look() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let lin = server.person(&head, "林晓", &["staff"]).await;
    let cases = [asks(&lin, "一").await, asks(&lin, "二").await];
    let id = async |name| -> PersonId { person(&head, name).await.0.parse().unwrap() };
    let (leaver, successor) = (id("林晓").await, id("徐冰").await);
    let roster = server.app.store().roster().await.unwrap();
    let gone = Person {
        active: false,
        ..roster.organisation.persons[&leaver].clone()
    };
    let leaving = Leaving {
        person: leaver,
        successor: Some(successor),
        cases: BTreeMap::new(),
        reason: "离职移交".to_owned(),
        asked_by: id("沈佳").await,
        asked_at: server.app.now(),
    };
    let changes = vec![Change::Person(leaver, gone), Change::Leaving(leaving)];
    let store = server.app.store();
    store
        .change_organisation(roster.revision, changes)
        .await
        .unwrap();
    // Here the server stops, before the first case is handed on.
    let server = server.restart().await;
    let head = head.at(&server);
    assert_eq!(holder(&head, &cases[0]).await["person"], "林晓");
    server.set_clock("2026-03-02T09:01:00+08:00").await;
    for case in &cases {
        assert_eq!(holder(&head, case).await["person"], "徐冰");
    }
}

#[tokio::test]
async fn a_later_step_that_names_whoever_left_waits_for_the_head_of_the_unit() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let zhou = server.person(&head, "周敏", &["staff"]).await;
    let case = asks(&zhou, "转走再回来").await;
    let service = server.unit(&head, "产品质量部").await;
    let moved = zhou
        .command(&case, "transfer", &json!({"unit": service}))
        .await;
    assert_eq!(moved.status, StatusCode::OK, "{}", moved.body);
    let left = leave(&head, "周敏", &json!({"reason": "离职"})).await;
    assert_eq!(left.status, StatusCode::OK, "{}", left.body);
    let held = holder(&head, &case).await;
    assert_ne!(held["person"], "周敏");
}

#[tokio::test]
async fn a_leaver_comes_back_and_gets_in_by_a_new_link_only() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let lin = server.person(&head, "林晓", &["staff"]).await;
    leave(&head, "林晓", &json!({"reason": "离职"})).await;
    let (id, revision) = person(&head, "林晓").await;
    let invitation = format!("/people/{id}/invitation");
    let roles = json!({"roles": ["staff"]});
    assert_eq!(
        head.post(&invitation, &roles).await.status,
        StatusCode::NOT_FOUND
    );
    let etag = format!("\"{revision}\"");
    let back = head
        .post_with(
            &format!("/people/{id}/return"),
            &json!({}),
            &[("if-match", &*etag)],
        )
        .await;
    assert_eq!(back.status, StatusCode::OK, "{}", back.body);
    assert_eq!(lin.get("/me").await.status, StatusCode::UNAUTHORIZED);
    let again = server.person(&head, "林晓", &["staff"]).await;
    assert_eq!(again.get("/me").await.status, StatusCode::OK);
}

#[tokio::test]
async fn nobody_but_an_administrator_lets_people_leave() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let supervisor = server.person(&head, "孙丽", &["supervisor"]).await;
    let (id, _) = person(&head, "徐冰").await;
    let path = format!("/people/{id}/leave");
    let refused = supervisor
        .post_with(&path, &json!({"reason": "x"}), &[("if-match", "\"1\"")])
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(
        supervisor
            .get(&format!("/people/{id}/holdings"))
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    for (body, code) in [
        (json!({"reason": " "}), "reason_unusable"),
        (json!({"to": id, "reason": "x"}), "person_unknown"),
        (json!({"to": "x", "reason": "x"}), "person_unknown"),
    ] {
        let refused = head.post_with(&path, &body, &[("if-match", "\"1\"")]).await;
        assert_eq!(refused.body["code"], code);
    }
}
