//! Known relations over HTTP: administrators alone keep and read them, and whoever has one keeps out of the case.

use axum::http::{Method, StatusCode};
use huiyin_policy::SourceFile;
use serde_json::{Value, json};

use crate::support::{Client, TestServer, complaint, general_policy, unique_key};

/// What is noted of the relation of this story, and must be read nowhere else.
const NOTE: &str = "户籍资料第七页";

async fn id(client: &Client, name: &str) -> String {
    let people = client.get("/people").await.body;
    let mut people = people.as_array().unwrap().iter();
    let person = people.find(|person| person["name"] == name).unwrap();
    person["id"].as_str().unwrap().to_owned()
}

/// The general policy in force where those related to the person complained of keep out.
async fn keeping_out(from: &str) -> TestServer {
    let server = TestServer::start().await;
    let line = format!(
        "exclusions:\n  known: {{kinds: complaint, related_to: {{party: accused}}, from: {from}, clause: P1.6}}"
    );
    let files = general_policy().into_iter().map(|file| {
        let text = String::from_utf8(file.bytes).unwrap();
        SourceFile::new(file.name, text.replace("exclusions:", &line))
    });
    server.app.publish(files.collect()).await.unwrap();
    server
}

/// A complaint about somebody.
async fn accuse(head: &Client, accused: &str) -> String {
    let mut body = complaint();
    body["parties"] = json!([{"role": "accused", "person": id(head, accused).await, "fields": {"matter": "大声训斥"}}]);
    let answer = head.post("/cases", &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    answer.body["id"].as_str().unwrap().to_owned()
}

/// Records that 孙丽 is a relative of 徐冰.
async fn relate(head: &Client) -> String {
    let path = format!("/people/{}/relations", id(head, "孙丽").await);
    let body = json!({"kind": "relative", "person": id(head, "徐冰").await, "since": "2026-03-02", "note": NOTE});
    let added = head.post(&path, &body).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
    format!("{path}/{}", added.body["id"].as_str().unwrap())
}

#[tokio::test]
async fn administrators_alone_read_and_keep_relations() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let auditor = server
        .person(&head, "孙丽", &["auditor", "supervisor"])
        .await;
    let relation = relate(&head).await;
    let own = format!("/people/{}/relations", id(&head, "孙丽").await);
    let other = format!("/people/{}/relations", id(&head, "徐冰").await);
    let list = head.get(&own).await.body;
    assert_eq!(
        (
            &list[0]["person"]["name"],
            &list[0]["kind"],
            &list[0]["note"],
            &list[0]["now"]
        ),
        (
            &json!("徐冰"),
            &json!("relative"),
            &json!(NOTE),
            &json!(true)
        )
    );
    // The other side has it too.
    assert_eq!(head.get(&other).await.body[0]["person"]["name"], "孙丽");
    for path in [&own, &other] {
        assert_eq!(auditor.get(path).await.status, StatusCode::FORBIDDEN);
        let body = json!({"kind": "other", "person": id(&head, "周敏").await});
        let refused = auditor.post(path, &body).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
    let ended = head
        .post(&format!("{relation}/end"), &json!({"until": "2026-03-05"}))
        .await;
    assert_eq!(ended.status, StatusCode::NO_CONTENT, "{}", ended.body);
    assert_eq!(head.get(&own).await.body[0]["until"], "2026-03-05");
    for _ in 0..2 {
        let removed = head.send(Method::DELETE, &relation, None, &[]).await;
        assert_eq!(removed.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(head.get(&own).await.body, json!([]));
    let records = server.app.store().audits(None, 100).await.unwrap();
    let kept: Vec<_> = records
        .iter()
        .filter(|record| record.entry.detail.contains("relation="))
        .collect();
    assert_eq!(kept.len(), 3);
    for record in kept {
        assert!(!record.entry.detail.contains("relative"));
        assert!(
            !record.entry.detail.contains("person="),
            "{}",
            record.entry.detail
        );
    }
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_and_the_same_key_records_once() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let (own, other) = (id(&head, "孙丽").await, id(&head, "徐冰").await);
    let path = format!("/people/{own}/relations");
    let long = "长".repeat(401);
    for (body, code) in [
        (json!({"kind": "spouse", "person": own}), "own_relation"),
        (json!({"kind": "spouse"}), "person_unknown"),
        (json!({"kind": "other", "unit": own}), "unit_unknown"),
        (
            json!({"kind": "other", "person": other, "since": "2026-03-02", "until": "2026-03-01"}),
            "days_out_of_order",
        ),
        (
            json!({"kind": "other", "person": other, "note": long}),
            "note_unusable",
        ),
    ] {
        let answer = head.post(&path, &body).await;
        assert_eq!(
            (answer.status, answer.body["code"].as_str()),
            (StatusCode::UNPROCESSABLE_ENTITY, Some(code)),
            "{body}"
        );
    }
    let body = json!({"kind": "spouse", "person": other});
    let key = unique_key();
    let headers = [("idempotency-key", &*key)];
    let first = head.post_with(&path, &body, &headers).await;
    let again = head.post_with(&path, &body, &headers).await;
    assert_eq!((first.status, &first.body), (again.status, &again.body));
    assert_eq!(head.get(&path).await.body.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn whoever_is_related_handles_nothing_and_is_told_why_but_not_what_was_noted() {
    let server = keeping_out("handle").await;
    let head = server.first().await;
    let related = server.person(&head, "孙丽", &["supervisor"]).await;
    let case = accuse(&head, "徐冰").await;
    let path = format!("/cases/{case}");
    let note = json!({"text": "已了解"});
    let done = related.command(&case, "notes", &note).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    relate(&head).await;
    let refused = related.command(&case, "notes", &note).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(refused.body["code"], "related");
    assert_eq!(refused.body["clause"]["id"], "P1.6");
    let shown = related.get(&path).await.body;
    assert_eq!(shown["offers"], json!([]));
    for said in [&refused.body, &shown, &related.get("/people").await.body] {
        assert!(!said.to_string().contains(NOTE));
    }
    // A relation is as of the day on which something is done.
    let relation = head
        .get(&format!("/people/{}/relations", id(&head, "孙丽").await))
        .await
        .body;
    let end = format!(
        "/people/{}/relations/{}/end",
        id(&head, "孙丽").await,
        relation[0]["id"].as_str().unwrap()
    );
    let until = json!({"until": "2026-03-02"});
    assert_eq!(head.post(&end, &until).await.status, StatusCode::NO_CONTENT);
    server.set_clock("2026-03-03T09:00:00+08:00").await;
    let related = server.again(&related).await;
    let done = related.command(&case, "notes", &note).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
}

#[tokio::test]
async fn where_the_policy_says_so_there_is_no_such_case_for_whoever_is_related() {
    let server = keeping_out("see").await;
    let head = server.first().await;
    let related = server.person(&head, "孙丽", &["supervisor"]).await;
    let (open, case) = (head.complain().await, accuse(&head, "徐冰").await);
    let rows = |list: Value| -> Vec<String> {
        let rows = list["rows"].as_array().unwrap().iter();
        rows.map(|row| row["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let path = format!("/cases/{case}");
    assert_eq!(related.get(&path).await.status, StatusCode::OK);
    assert_eq!(rows(related.get("/cases").await.body).len(), 2);
    let relation = relate(&head).await;
    assert_eq!(related.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(rows(related.get("/cases").await.body), [open]);
    assert_eq!(related.get("/cases/counts").await.body["all"], 1);
    assert_eq!(head.get("/cases/counts").await.body["all"], 2);
    let removed = head.send(Method::DELETE, &relation, None, &[]).await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT);
    assert_eq!(related.get(&path).await.status, StatusCode::OK);
}
