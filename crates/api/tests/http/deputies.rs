//! Deputies and absences over HTTP: who sees what, who may do what, and what is on record.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Client, TestServer, unique_key};

/// 徐冰 is away from today on, and 周敏 of another department acts for her.
async fn away(server: &TestServer, head: &Client) -> (Client, Client) {
    let xu = server.person(head, "徐冰", &["staff"]).await;
    let zhou = server.person(head, "周敏", &["staff"]).await;
    let (of, by) = (id(head, "徐冰").await, id(head, "周敏").await);
    let days = json!({"from": "2026-03-02", "to": "2026-03-06"});
    let absent = xu.post(&format!("/people/{of}/absences"), &days).await;
    assert_eq!(absent.status, StatusCode::CREATED, "{}", absent.body);
    let named = json!({"by": by, "from": "2026-03-02", "to": "2026-03-06"});
    let added = xu.post(&format!("/people/{of}/deputies"), &named).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
    (xu, zhou)
}

async fn id(client: &Client, name: &str) -> String {
    let people = client.get("/people").await.body;
    let mut people = people.as_array().unwrap().iter();
    let person = people.find(|person| person["name"] == name).unwrap();
    person["id"].as_str().unwrap().to_owned()
}

fn titles(rows: &Value) -> usize {
    rows["rows"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_deputy_sees_and_handles_the_list_of_the_represented_person() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let (xu, zhou) = away(&server, &head).await;
    let of = id(&head, "徐冰").await;
    let case = xu.complain().await;
    let me = zhou.get("/me").await.body;
    assert_eq!(me["acts_for"][0]["person"]["name"], "徐冰");
    assert_eq!(me["acts_for"][0]["until"], "2026-03-06");
    assert_eq!(xu.get("/me").await.body["absent_until"], "2026-03-06");
    assert_eq!(titles(&zhou.get("/cases?view=mine").await.body), 0);
    let list = zhou
        .get(&format!("/cases?view=taken&acting_for={of}"))
        .await;
    assert_eq!(titles(&list.body), 1);
    let counts = zhou.get(&format!("/cases/counts?acting_for={of}")).await;
    assert_eq!(counts.body["taken"], 1);
    let seen = zhou.get(&format!("/cases/{case}")).await;
    let offers = seen.body["offers"].as_array().unwrap();
    let offer = offers
        .iter()
        .find(|offer| offer["act"] == "investigate")
        .unwrap();
    assert_eq!(
        (
            &offer["acting_for"],
            &offer["acting_for_name"],
            &offer["enabled"]
        ),
        (&json!(of), &json!("徐冰"), &json!(true))
    );
    let path = format!("/cases/{case}/acts/investigate");
    let body = json!({"fields": {"findings": "查过了", "nature": "quality"}});
    let etag = seen.etag.unwrap();
    let key = unique_key();
    let own = [("idempotency-key", &*key), ("if-match", &*etag)];
    assert_eq!(
        zhou.post_with(&path, &body, &own).await.body["code"],
        "not_entitled"
    );
    let key = unique_key();
    let deputised = [
        ("idempotency-key", &*key),
        ("if-match", &*etag),
        ("acting-for", &*of),
    ];
    let done = zhou.post_with(&path, &body, &deputised).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let entries = xu.get(&format!("/cases/{case}")).await.body["entries"].clone();
    let entry = entries
        .as_array()
        .unwrap()
        .iter()
        .rfind(|one| one["kind"] == "act");
    assert_eq!(entry.unwrap()["who"], "周敏（代徐冰）");
    let english = xu.in_english().get(&format!("/cases/{case}")).await.body;
    assert!(english["entries"].to_string().contains("周敏 (for 徐冰)"));
}

#[tokio::test]
async fn a_holder_who_is_away_is_shown_with_the_deputy() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let (xu, _) = away(&server, &head).await;
    let inquiry = json!({"policy": "general", "kind": "inquiry", "channel": "phone",
        "fields": {"nature": "question", "subject": "几点关门", "content": "周末几点关门？", "other_unit": false}});
    let case = xu.post("/cases", &inquiry).await.body["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let holder = head.get(&format!("/cases/{case}")).await.body["holder"].clone();
    assert_eq!(
        (
            &holder["person"],
            &holder["absent_until"],
            &holder["deputies"]
        ),
        (&json!("徐冰"), &json!("2026-03-06"), &json!(["周敏"]))
    );
}

#[tokio::test]
async fn the_right_ends_with_its_last_day_and_with_its_withdrawal() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let (xu, zhou) = away(&server, &head).await;
    let of = id(&head, "徐冰").await;
    let case = xu.complain().await;
    let path = format!("/cases?acting_for={of}");
    server.set_clock("2026-03-06T23:59:00+08:00").await;
    let zhou = server.again(&zhou).await;
    assert_eq!(zhou.get(&path).await.status, StatusCode::OK);
    server.set_clock("2026-03-07T00:00:00+08:00").await;
    assert_eq!(zhou.get(&path).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        zhou.get(&format!("/cases/{case}")).await.status,
        StatusCode::NOT_FOUND
    );

    let head = server.again(&head).await;
    let by = id(&head, "周敏").await;
    let named = json!({"by": by, "from": "2026-03-07", "to": "2026-03-09"});
    let added = head.post(&format!("/people/{of}/deputies"), &named).await;
    assert_eq!(zhou.get(&path).await.status, StatusCode::OK);
    let deputy = format!(
        "/people/{of}/deputies/{}",
        added.body["id"].as_str().unwrap()
    );
    for _ in 0..2 {
        let ended = head.send(Method::DELETE, &deputy, None, &[]).await;
        assert_eq!(ended.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(zhou.get(&path).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_and_the_same_key_adds_once() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let lin = server.person(&head, "林晓", &["staff"]).await;
    let (own, other) = (id(&head, "林晓").await, id(&head, "徐冰").await);
    let path = format!("/people/{own}/deputies");
    for (named, code) in [
        (
            json!({"by": own, "from": "2026-03-02", "to": "2026-03-06"}),
            "own_deputy",
        ),
        (
            json!({"by": other, "from": "2026-03-06", "to": "2026-03-02"}),
            "span_unusable",
        ),
        (
            json!({"by": other, "from": "2026-02-02", "to": "2026-03-01"}),
            "span_unusable",
        ),
        (
            json!({"by": other, "from": "2026-03-02", "to": "2027-03-03"}),
            "span_unusable",
        ),
        (
            json!({"by": other, "from": "soon", "to": "2026-03-06"}),
            "span_unusable",
        ),
        (
            json!({"by": "x", "from": "2026-03-02", "to": "2026-03-06"}),
            "person_unknown",
        ),
        (
            json!({"by": other, "from": "2026-03-02", "to": "2026-03-06", "position": "technician"}),
            "position_unknown",
        ),
    ] {
        let answer = lin.post(&path, &named).await;
        assert_eq!(
            (answer.status, answer.body["code"].as_str()),
            (StatusCode::UNPROCESSABLE_ENTITY, Some(code)),
            "{named}"
        );
    }
    let named = json!({"by": other, "from": "2026-03-02", "to": "2026-03-06", "position": "customer-service-specialist"});
    let key = unique_key();
    let headers = [("idempotency-key", &*key)];
    let first = lin.post_with(&path, &named, &headers).await;
    let again = lin.post_with(&path, &named, &headers).await;
    assert_eq!((first.status, &first.body), (again.status, &again.body));
    let list = lin.get(&path).await.body;
    assert_eq!(list["deputies"].as_array().unwrap().len(), 1);
    assert_eq!(list["deputies"][0]["position"]["title"], "客服专员");
    let mut changed = named.clone();
    changed["to"] = json!("2026-03-05");
    let reused = lin.post_with(&path, &changed, &headers).await;
    assert_eq!(reused.body["code"], "idempotency_key_reused");
}

#[tokio::test]
async fn one_keeps_ones_own_deputies_and_administrators_keep_all() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let lin = server.person(&head, "林晓", &["staff"]).await;
    let xu = id(&head, "徐冰").await;
    let path = format!("/people/{xu}/deputies");
    assert_eq!(lin.get(&path).await.status, StatusCode::FORBIDDEN);
    let named = json!({"by": id(&head, "林晓").await, "from": "2026-03-02", "to": "2026-03-06"});
    assert_eq!(lin.post(&path, &named).await.status, StatusCode::FORBIDDEN);
    assert_eq!(head.post(&path, &named).await.status, StatusCode::CREATED);
}
