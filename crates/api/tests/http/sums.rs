//! Sums over HTTP, and reports about periods of any length.

use axum::http::StatusCode;
use huiyin_app::maintain::rebuild;
use huiyin_policy::SourceFile;
use huiyin_testkit::damages_text;
use serde_json::{Value, json};

use crate::support::{Client, TestServer};

/// What is added up of the damages, and a report of the half-year.
const SUMS: &str = "statistics:
  losses: {title: {zh-CN: 损失, en: Losses}, kinds: damage, sum: {of: losses.total, by: losses.extent, on: state_losses, which: last}, clause: D.1}
  lines: {title: {zh-CN: 项数, en: Items}, kinds: damage, sum: {of: losses.lines, on: state_losses, which: last}, clause: D.1}
reports:
  half_year: {title: {zh-CN: 损失半年报, en: Losses of the half-year}, kinds: damage, every: half_year, measures: [losses, lines], clause: D.1}
";

async fn publish(server: &TestServer) {
    let rules = [("policy.yaml", damages_text()), ("sums.yaml", SUMS)];
    let rules = rules.map(|(name, text)| SourceFile::new(name, text));
    server.app.publish(rules.to_vec()).await.unwrap();
}

fn paid(amounts: &[&str]) -> Value {
    let items = amounts.iter().enumerate();
    let items = items
        .map(|(item, paid)| json!({"item": item.to_string(), "remedy": "claim", "paid": paid}));
    json!({"on": "2026-03-02", "items": items.collect::<Vec<_>>(), "why": "整批退换"})
}

/// A damage whose loss is these amounts.
async fn damage(head: &Client, amounts: &[&str]) -> String {
    let body = json!({"policy": "damages", "kind": "damage", "channel": "phone", "fields": {"subject": "分层"}});
    let answer = head.post("/cases", &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let case = answer.body["id"].as_str().unwrap().to_owned();
    state(
        head,
        &case,
        "acts/state_losses",
        &json!({"fields": paid(amounts)}),
    )
    .await;
    case
}

async fn state(head: &Client, case: &str, command: &str, body: &Value) {
    let done = head.command(case, command, body).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
}

/// The figure of a measure in the report.
async fn figure(head: &Client, query: &str, measure: &str) -> Value {
    let report = head
        .get(&format!("/reports/damages/half_year{query}"))
        .await;
    assert_eq!(report.status, StatusCode::OK, "{}", report.body);
    let measures = report.body["kinds"][0]["all"]["measures"]
        .as_array()
        .unwrap();
    let found = measures.iter().find(|one| one["measure"] == measure);
    found.unwrap()["figure"].clone()
}

#[tokio::test]
async fn amounts_are_added_up_to_the_cent_and_a_correction_moves_the_sum() {
    let server = TestServer::start().await;
    let head = server.first().await;
    publish(&server).await;
    damage(&head, &["0.10", "0.20"]).await;
    damage(&head, &["999999.99"]).await;
    let corrected = damage(&head, &["1000.00"]).await;
    let open = json!({"policy": "damages", "kind": "damage", "channel": "phone", "fields": {"subject": "未核定"}});
    head.post("/cases", &open).await;
    let seen = figure(&head, "?period=2026-H1", "losses").await;
    insta::assert_json_snapshot!("sum_of_money", seen);
    let lines = figure(&head, "?period=2026-H1", "lines").await;
    assert_eq!(
        lines,
        json!({"type": "sum", "of": "number", "cases": 3, "sum": "4", "classes": []})
    );

    let entries = head.get(&format!("/cases/{corrected}")).await.body["entries"].clone();
    let mut entries = entries.as_array().unwrap().iter();
    let entry = entries
        .find(|entry| entry["act"] == "state_losses")
        .unwrap();
    let mut fields = paid(&["999.99"]);
    fields.as_object_mut().unwrap().remove("why");
    let body = json!({"entry": entry["seq"], "reason": "多算了", "fields": fields});
    state(&head, &corrected, "corrections", &body).await;
    let seen = figure(&head, "?period=2026-H1", "losses").await;
    assert_eq!(
        (
            &seen["sum"],
            &seen["classes"][0]["sum"],
            &seen["classes"][1]["sum"]
        ),
        (&json!("1001000.28"), &json!("1000.29"), &json!("999999.99"))
    );

    let kind = "policy=damages&kind=damage&first=2026-01-01&last=2026-06-30&measure=losses";
    for (filter, cases) in [
        ("", 3),
        ("&class=small", 2),
        ("&value_min=100000", 1),
        ("&value_max=99999", 2),
    ] {
        let list = head.get(&format!("/cases?{kind}{filter}")).await;
        assert_eq!(
            list.body["counted"]["total"], cases,
            "{filter}: {}",
            list.body
        );
    }
    let rebuilt = rebuild(server.app.store(), &server.app.shelf(), false)
        .await
        .unwrap();
    assert_eq!(rebuilt.differences, vec![]);
}

#[tokio::test]
async fn a_report_is_about_the_last_period_that_is_over_or_any_other() {
    let server = TestServer::start().await;
    let head = server.first().await;
    publish(&server).await;
    damage(&head, &["12.50"]).await;
    let index = head.get("/statistics").await.body;
    let mut reports = index["reports"].as_array().unwrap().iter();
    let report = reports.find(|one| one["report"] == "half_year").unwrap();
    assert_eq!(report["every"], "half_year");
    assert_eq!(report["latest"], "2025-H2");

    let mut table = String::new();
    for query in [
        "",
        "?period=2026-H1",
        "?period=2026-Q1",
        "?period=2026-Q2",
        "?period=2026",
        "?period=2026-W10",
        "?period=2026-W11",
        "?period=2026-03",
        "?period=2026-13",
        "?period=March",
    ] {
        let answer = head
            .get(&format!("/reports/damages/half_year{query}"))
            .await;
        let (body, told) = (&answer.body, |name: &str| {
            answer.body[name].as_str().unwrap_or("-").to_owned()
        });
        let sum = body["kinds"][0]["all"]["measures"][0]["figure"]["sum"].as_str();
        table.push_str(&format!(
            "{query}: {} {} {} to {}: {}\n",
            answer.status.as_u16(),
            told("period"),
            told("first"),
            told("last"),
            sum.unwrap_or(&told("code"))
        ));
    }
    insta::assert_snapshot!("periods", table);
}

#[tokio::test]
async fn a_report_is_taken_along_as_a_table() {
    let server = TestServer::start().await;
    let head = server.first().await;
    publish(&server).await;
    damage(&head, &["12.50"]).await;
    let path = "/reports/damages/half_year/table?period=2026-H1";
    let csv = String::from_utf8(head.table(path).await).unwrap();
    insta::assert_snapshot!("table", csv);
    let lines = head.table(&format!("{path}&format=jsonl")).await;
    let lines = String::from_utf8(lines).unwrap();
    let sums = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let sums: Vec<Value> = sums.filter(|line| line["measure"] == "losses").collect();
    assert_eq!(sums[0]["sum"], "12.50");
    assert_eq!(sums[0]["cases"], 1);
    let wrong = head.get(&format!("{path}&format=pdf")).await;
    assert_eq!(wrong.body["code"], "format_unknown");
    let staff = server.person(&head, "林晓", &["staff"]).await;
    assert_eq!(staff.get(path).await.status, StatusCode::FORBIDDEN);
}
