//! Parties, levels and who is kept out of a case.

use axum::http::StatusCode;
use huiyin_policy::SourceFile;
use serde_json::{Value, json};

use crate::support::{Client, TestServer, complaint, general_policy};

/// The id of a person of the organisation.
async fn person_id(client: &Client, name: &str) -> String {
    let people = client.get("/people").await.body;
    let mut people = people.as_array().unwrap().iter();
    let found = people.find(|one| one["name"] == name).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

/// A complaint with one who joins it and an employee complained of.
async fn accuse(head: &Client, accused: &str) -> String {
    let mut body = complaint();
    body["parties"] = json!([
        {"role": "joint", "fields": {"name": "李桂芳", "contact": "13900001111"}},
        {"role": "accused", "person": person_id(head, accused).await, "fields": {"matter": "大声训斥"}},
    ]);
    let answer = head.post("/cases", &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    answer.body["id"].as_str().unwrap().to_owned()
}

fn group<'c>(case: &'c Value, role: &str) -> &'c Value {
    let mut groups = case["parties"].as_array().unwrap().iter();
    groups.find(|group| group["role"] == role).unwrap()
}

#[tokio::test]
async fn an_outsider_is_masked_and_each_look_in_full_is_on_record() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = accuse(&head, "陈思远").await;
    let shown = head.get(&format!("/cases/{case}")).await.body;
    assert!(!shown.to_string().contains("李桂芳"), "{shown}");
    let joint = &group(&shown, "joint")["parties"][0];
    assert_eq!(joint["name"], "李**");
    assert_eq!(group(&shown, "accused")["parties"][0]["name"], "陈思远");
    let path = format!("/cases/{case}/parties/{}", joint["id"].as_str().unwrap());
    let full = head.get(&path).await;
    assert_eq!(full.status, StatusCode::OK);
    assert_eq!(full.body["fields"][0]["text"], "李桂芳");
    let audits = server.app.store().audits(None, 10).await.unwrap();
    let looks = audits
        .iter()
        .filter(|one| one.entry.action == "show_customer");
    assert_eq!(looks.count(), 1);
}

#[tokio::test]
async fn parties_come_and_go_and_the_level_follows_them() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = accuse(&head, "陈思远").await;
    let level = |shown: &Value| shown["severity"]["level"].clone();
    let shown = head.get(&format!("/cases/{case}")).await.body;
    assert_eq!(level(&shown), "ordinary");
    let added = json!({"role": "joint", "fields": {"name": "周强"}});
    let answer = head.command(&case, "parties", &added).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let shown = head.get(&format!("/cases/{case}")).await.body;
    assert_eq!(level(&shown), "serious");
    assert_eq!(shown["levels"][0]["clause"]["id"], "P1.7");
    let serious = head.get("/cases?severity=serious&sort=severity").await.body;
    assert_eq!(serious["rows"][0]["id"], case.as_str());
    assert_eq!(
        head.get("/cases?sort=colour").await.status,
        StatusCode::BAD_REQUEST
    );
    let last = &group(&shown, "joint")["parties"][1]["id"];
    let remove = format!("parties/{}/remove", last.as_str().unwrap());
    let refused = head.command(&case, &remove, &json!({})).await;
    assert_eq!(refused.body["code"], "reason_missing");
    let removed = head
        .command(&case, &remove, &json!({"reason": "重复登记"}))
        .await;
    assert_eq!(removed.status, StatusCode::OK, "{}", removed.body);
    let shown = head.get(&format!("/cases/{case}")).await.body;
    assert_eq!(level(&shown), "ordinary");
    let raised = json!({"level": "serious", "reason": "媒体关注"});
    let raised = head.command(&case, "levels/severity", &raised).await;
    assert_eq!(raised.status, StatusCode::OK, "{}", raised.body);
    let shown = head.get(&format!("/cases/{case}")).await.body;
    assert_eq!(shown["levels"][0]["set"]["reason"], "媒体关注");
    assert_eq!(shown["levels"][0]["found"]["level"], "ordinary");
    assert_eq!(level(&shown), "serious");
}

#[tokio::test]
async fn whoever_is_complained_of_is_offered_nothing_and_refused_with_the_clause() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let accused = server.person(&head, "孙丽", &["supervisor"]).await;
    let case = accuse(&head, "孙丽").await;
    let shown = accused.get(&format!("/cases/{case}")).await.body;
    assert_eq!(shown["offers"], json!([]));
    let refused = accused
        .command(&case, "notes", &json!({"text": "不是我"}))
        .await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(refused.body["code"], "excluded");
    assert_eq!(refused.body["clause"]["id"], "P1.6");
}

#[tokio::test]
async fn where_the_policy_says_so_there_is_no_such_case_for_him() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let accused = server.person(&head, "孙丽", &["supervisor"]).await;
    let hiding = general_policy().into_iter().map(|file| {
        let text = String::from_utf8(file.bytes).unwrap();
        SourceFile::new(file.name, text.replace("from: handle", "from: see"))
    });
    server.app.publish(hiding.collect()).await.unwrap();
    let open = head.complain().await;
    let mut hears = accused.listen().await;
    assert_eq!(hears.next().await, "event: hello\ndata: {}");
    let case = accuse(&head, "孙丽").await;
    let count = |client: &Client| {
        let client = client.clone();
        async move { client.get("/cases/counts").await.body["all"].clone() }
    };
    assert_eq!(
        (count(&head).await, count(&accused).await),
        (json!(2), json!(1))
    );
    let absent = "01a20033-2bde-72af-bd24-fef95a641c8f";
    let answer = |id: &str| {
        let (accused, path) = (accused.clone(), format!("/cases/{id}"));
        async move { accused.get(&path).await }
    };
    let (hidden, missing) = (answer(&case).await, answer(absent).await);
    assert_eq!((hidden.status, hidden.body), (missing.status, missing.body));
    let rows = accused.get("/cases").await.body["rows"].clone();
    assert_eq!(rows.as_array().unwrap().len(), 1);
    assert_eq!(rows[0]["id"], open.as_str());
    let number = head.get(&format!("/cases/{case}")).await.body["number"].clone();
    let found = format!("/search?q={}", number.as_str().unwrap());
    assert_eq!(accused.get(&found).await.body["rows"], json!([]));
    assert_eq!(head.get(&found).await.body["rows"][0]["id"], case.as_str());
    let month = "/statistics/monthly?month=2026-03";
    let opened = |body: Value| -> i64 {
        let rows = body["rows"].as_array().unwrap().iter();
        let counted = rows.filter(|row| row["kind"] == "complaint" && row["what"] == "opened");
        counted.map(|row| row["count"].as_i64().unwrap()).sum()
    };
    let (all, his) = (head.get(month).await.body, accused.get(month).await.body);
    assert_eq!((opened(all), opened(his)), (2, 1));
    // The next thing that is heard is about the other case.
    head.command(&open, "notes", &json!({"text": "看到了"}))
        .await;
    let heard = hears.next().await;
    assert!(heard.contains(&open) && !heard.contains(&case), "{heard}");
}
