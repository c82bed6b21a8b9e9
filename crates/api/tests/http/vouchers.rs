//! Vouchers over HTTP: handed over once, changed by counter-vouchers, fetched again as they were.

use axum::http::StatusCode;
use huiyin_policy::SourceFile;
use huiyin_testkit::damages_text;
use huiyin_testkit::postgres::{self, Server};
use serde_json::{Value, json};

use crate::support::{Client, TestServer};

async fn publish(server: &TestServer) {
    let rules = vec![SourceFile::new("policy.yaml", damages_text())];
    server.app.publish(rules).await.unwrap();
}

/// A damage with a claim of this amount.
async fn claim(head: &Client, paid: &str) -> String {
    let body = json!({"policy": "damages", "kind": "damage", "channel": "phone", "fields": {"subject": "分层"}});
    let answer = head.post("/cases", &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let case = answer.body["id"].as_str().unwrap().to_owned();
    let done = head
        .command(&case, "acts/state_losses", &losses(paid))
        .await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    case
}

fn losses(paid: &str) -> Value {
    json!({"fields": {"on": "2026-03-02", "items": [{"item": "A", "remedy": "claim", "paid": paid}]}})
}

/// Corrects the losses, or voids them.
async fn correct(head: &Client, case: &str, paid: Option<&str>) {
    let seen = head.get(&format!("/cases/{case}")).await.body;
    let mut entries = seen["entries"].as_array().unwrap().iter();
    let entry = entries
        .find(|entry| entry["act"] == "state_losses")
        .unwrap();
    let mut body = json!({"entry": entry["seq"], "reason": "更正"});
    if let Some(paid) = paid {
        body["fields"] = losses(paid)["fields"].clone();
    }
    let done = head.command(case, "corrections", &body).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
}

async fn hand_over(client: &Client) -> Value {
    let answer = client.post("/vouchers/runs?format=xlsx", &json!({})).await;
    assert!(answer.status.is_success(), "{}", answer.body);
    answer.body
}

/// Identifiers and amounts.
fn told(vouchers: &Value) -> Vec<(String, String)> {
    let vouchers = vouchers.as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    vouchers
        .map(|one| (text(&one["identifier"]), text(&one["amount"])))
        .collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    let expected = expected.iter();
    expected
        .map(|(id, amount)| ((*id).to_owned(), (*amount).to_owned()))
        .collect()
}

async fn table(client: &Client, run: u32, query: &str) -> Vec<u8> {
    let path = format!("/vouchers/runs/{run}/table{query}");
    client.table(&path).await
}

#[tokio::test]
async fn each_voucher_is_handed_over_once_and_a_change_by_a_counter_voucher() {
    let server = TestServer::start().await;
    publish(&server).await;
    let head = server.first().await;
    let case = claim(&head, "100.01").await;
    let waiting = head.get("/vouchers").await.body;
    let mut shown = waiting.clone();
    assert_eq!(shown["vouchers"][0]["case"].take(), case.as_str());
    insta::assert_json_snapshot!("vouchers_waiting", shown);
    let first = hand_over(&head).await;
    assert_eq!(first["run"]["vouchers"], waiting["vouchers"]);
    assert_eq!(first["run"]["number"], 1);
    assert_eq!(hand_over(&head).await, json!({"taken": [], "more": false}));
    let book = table(&head, 1, "").await;
    let csv = table(&head, 1, "?format=csv&lang=en").await;

    correct(&head, &case, Some("90")).await;
    let second = hand_over(&head).await;
    let changed = [
        ("SS20260001/payout/A·2", "-100.01"),
        ("SS20260001/payout/A·3", "90.00"),
    ];
    assert_eq!(told(&second["run"]["vouchers"]), pairs(&changed));
    assert_eq!(
        second["run"]["vouchers"][0]["reverses"],
        "SS20260001/payout/A"
    );
    assert_eq!(second["run"]["total"], "-10.01");
    correct(&head, &case, None).await;
    let third = hand_over(&head).await;
    let voided = [("SS20260001/payout/A·4", "-90.00")];
    assert_eq!(told(&third["run"]["vouchers"]), pairs(&voided));
    assert_eq!(hand_over(&head).await["run"], Value::Null);

    // The files of a run are what they were, also after a restart.
    let login = head.login.clone().unwrap();
    let server = server.restart().await;
    let head = server.sign_in(&login).await;
    assert_eq!(table(&head, 1, "").await, book);
    assert_eq!(table(&head, 1, "?format=csv&lang=en").await, csv);
    let text = String::from_utf8(table(&head, 2, "?format=csv&lang=zh-CN").await).unwrap();
    insta::assert_snapshot!("vouchers_as_csv", text);
    let runs = head.get("/vouchers/runs").await.body;
    let numbers: Vec<&Value> = runs
        .as_array()
        .unwrap()
        .iter()
        .map(|run| &run["number"])
        .collect();
    assert_eq!(numbers, [3, 2, 1]);
    let shown = head.get("/vouchers/runs/2").await.body;
    assert_eq!(shown, second["run"]);
    let missing = head.get("/vouchers/runs/9").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    let rebuilt =
        huiyin_app::maintain::rebuild(server.app.store(), &server.app.shelf(), false).await;
    assert_eq!(rebuilt.unwrap().differences, []);
}

#[tokio::test]
async fn a_supervisor_hands_over_an_auditor_reads_and_nobody_else_does_either() {
    let server = TestServer::start().await;
    publish(&server).await;
    let head = server.first().await;
    claim(&head, "1").await;
    for (name, role, may) in [
        ("王磊", "administrator", (403, 403)),
        ("林晓", "staff", (403, 403)),
        ("何静", "auditor", (200, 403)),
        ("孙丽", "supervisor", (200, 201)),
    ] {
        let client = server.person(&head, name, &[role]).await;
        let read = client.get("/vouchers").await.status.as_u16();
        let run = client
            .post("/vouchers/runs", &json!({}))
            .await
            .status
            .as_u16();
        assert_eq!((read, run), may, "{role}");
        let listed = client.get("/vouchers/runs").await.status.as_u16();
        assert_eq!(listed, may.0, "{role}");
        let me = client.get("/me").await.body;
        let doors = me["may"].as_array().unwrap();
        assert_eq!(
            doors.contains(&json!("see_vouchers")),
            may.0 == 200,
            "{role}"
        );
    }
    let refused = head.post("/vouchers/runs?format=pdf", &json!({})).await;
    assert_eq!(refused.body["code"], "format_unknown");
    let audits = server.app.store().audits(None, 50).await.unwrap();
    let told = audits
        .iter()
        .find(|one| one.entry.action == "hand_over_vouchers");
    let detail = &told.unwrap().entry.detail;
    assert!(detail.starts_with("run=1 vouchers=1 content="), "{detail}");
}

#[tokio::test]
async fn whoever_hands_over_at_the_same_time_hands_nothing_over_twice() {
    let server = TestServer::start().await;
    publish(&server).await;
    let head = server.first().await;
    race([&head, &head]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn neither_do_two_nodes() {
    if postgres::is_left_out() {
        return;
    }
    let durable = Server::durable();
    let database = durable.database();
    let one = TestServer::start_node(&database, None).await;
    publish(&one).await;
    let other = TestServer::start_node(&database, Some(&one)).await;
    let head = one.first().await;
    race([&head.at(&one), &head.at(&other)]).await;
}

/// Both hand over again and again while cases are settled; in the end each identifier was handed over once.
async fn race([one, other]: [&Client; 2]) {
    let mut identifiers: Vec<String> = Vec::new();
    for _ in 0..5 {
        claim(one, "1").await;
        claim(one, "2").await;
        let (first, second) = tokio::join!(hand_over(one), hand_over(other));
        for now in [first, second] {
            if now["run"] != Value::Null {
                identifiers.extend(told(&now["run"]["vouchers"]).into_iter().map(|(id, _)| id));
            }
        }
    }
    identifiers.sort();
    let expected: Vec<String> = (1..=10)
        .map(|at| format!("SS2026{at:04}/payout/A"))
        .collect();
    assert_eq!(identifiers, expected);
    assert_eq!(one.get("/vouchers").await.body["vouchers"], json!([]));
}
