//! A party outside that reads its own cases, and nothing else.

use std::path::Path;

use axum::http::StatusCode;
use huiyin_policy::SourceFile;
use serde_json::{Value, json};

use crate::support::{Answer, Client, TestServer};

/// The pledge to a receiving party, adopted as in its tests, with the positions that the test organisation has.
fn accord() -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/accord");
    ["policy", "signing", "clauses", "tests/adoption"]
        .map(|name| {
            let text = std::fs::read_to_string(folder.join(format!("{name}.yaml"))).unwrap();
            let text = text.replace("accord-officer", "customer-service-specialist");
            SourceFile::new(format!("{}.yaml", name.replace('/', "-")), text)
        })
        .to_vec()
}

/// A complaint of a customer of this unit.
async fn complain(server: &TestServer, officer: &Client, receiver: &str) -> String {
    let body = json!({
        "policy": "accord", "kind": "complaint", "channel": "phone",
        "fields": {
            "receiver": server.unit(officer, receiver).await, "customer_name": "王秀兰", "contact": "13800002207",
            "subject": "电梯停运", "summary": "三号楼电梯停了两天", "class": "ordinary", "basis": "录音 2026-0302",
        },
    });
    let answer = officer.post("/cases", &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    answer.body["id"].as_str().unwrap().to_owned()
}

/// How many cases were opened, as the statistics tell somebody.
async fn opened(client: &Client) -> Value {
    let days = "first=2026-03-01&last=2026-03-31";
    let path = format!("/statistics/accord/complaint?{days}");
    let figures = client.get(&path).await.body;
    let mut counts = figures["all"]["counts"].as_array().unwrap().iter();
    counts.find(|one| one["measure"] == "opened").unwrap()["cases"].clone()
}

fn code(answer: &Answer) -> (StatusCode, &str) {
    (
        answer.status,
        answer.body["code"].as_str().unwrap_or_default(),
    )
}

#[tokio::test]
async fn a_party_reads_its_own_cases_and_nothing_else() {
    let server = TestServer::start().await;
    let head = server.first().await;
    server.app.publish(accord()).await.unwrap();
    let party = server.person(&head, "陈思远", &["reader"]).await;
    let own = complain(&server, &head, "华东门店").await;
    let foreign = complain(&server, &head, "华东安装组").await;

    let rows = party.get("/cases?view=all").await.body["rows"].clone();
    assert_eq!(
        (rows.as_array().unwrap().len(), &rows[0]["id"]),
        (1, &json!(own))
    );
    let absent = "01a20033-2bde-72af-bd24-fef95a641c8f";
    let (hidden, missing) = (
        party.get(&format!("/cases/{foreign}")).await,
        party.get(&format!("/cases/{absent}")).await,
    );
    assert_eq!(
        (hidden.status, &hidden.body),
        (StatusCode::NOT_FOUND, &missing.body)
    );
    assert_eq!(
        (opened(&party).await, opened(&head).await),
        (json!(1), json!(2))
    );
    let index = party.get("/statistics").await.body;
    let kinds = index["kinds"].as_array().unwrap().iter();
    let kinds: Vec<&str> = kinds.map(|kind| kind["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["complaint", "accord"], "only what is read");

    let shown = party.get(&format!("/cases/{own}")).await.body;
    assert!(!shown.to_string().contains("王秀兰"), "{shown}");
    let offers = shown["offers"].as_array().unwrap().iter();
    let offers: Vec<&Value> = offers.map(|offer| &offer["act"]).collect();
    assert_eq!(offers, [&json!("evaluate")]);
    for path in [
        "/people",
        "/units",
        "/duties",
        &format!("/cases/{own}/customer"),
    ] {
        assert_eq!(
            code(&party.get(path).await),
            (StatusCode::FORBIDDEN, "forbidden"),
            "{path}"
        );
    }
    let note = party
        .command(&own, "notes", &json!({"text": "请加快"}))
        .await;
    assert_eq!(code(&note), (StatusCode::CONFLICT, "reads_only"));
    assert_eq!(note.body["clause"]["id"], "P8.2");
    let body = json!({"policy": "general", "kind": "inquiry", "channel": "phone", "fields": {}});
    assert_eq!(
        code(&party.post("/cases", &body).await),
        (StatusCode::FORBIDDEN, "forbidden")
    );

    let mark = json!({"fields": {"mark": "partly", "remarks": "停运期间没有告示"}});
    let evaluated = party.command(&own, "acts/evaluate", &mark).await;
    assert_eq!(evaluated.status, StatusCode::OK, "{}", evaluated.body);
    let strange = party.command(&foreign, "acts/evaluate", &mark).await;
    assert_eq!(strange.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_party_hears_of_its_own_cases_only() {
    let server = TestServer::start().await;
    let head = server.first().await;
    server.app.publish(accord()).await.unwrap();
    let party = server.person(&head, "陈思远", &["reader"]).await;
    let mut hears = party.listen().await;
    assert_eq!(hears.next().await, "event: hello\ndata: {}");
    complain(&server, &head, "华东安装组").await;
    let own = complain(&server, &head, "华东门店").await;
    let heard = hears.next().await;
    assert!(heard.contains(&own), "{heard}");
}
