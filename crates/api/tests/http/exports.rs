//! Exports: the rows of the list, for each role and view, and nothing a spreadsheet would compute.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use huiyin_exchange::{Reading, read};
use serde_json::{Value, json};

use crate::support::{Client, TestServer, complaint};

const VIEWS: [&str; 6] = ["mine", "unclaimed", "due_soon", "overdue", "taken", "all"];

/// Numbers of the cases on all pages of a list.
async fn listed(client: &Client, view: &str, status: &str) -> BTreeSet<String> {
    let path = format!("/cases?view={view}&status={status}&limit=200");
    numbers(client.get(&path).await.body["rows"].as_array().unwrap())
}

fn numbers<'r>(rows: impl IntoIterator<Item = &'r Value>) -> BTreeSet<String> {
    rows.into_iter()
        .map(|row| row["number"].as_str().unwrap().to_owned())
        .collect()
}

async fn exported(client: &Client, view: &str, status: &str) -> BTreeSet<String> {
    let path = format!("/exports/cases?format=jsonl&view={view}&status={status}");
    let answer = client.get_bytes(&path).await;
    assert_eq!(answer.0, StatusCode::OK);
    let text = String::from_utf8(answer.1).unwrap();
    let rows: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let found = numbers(&rows);
    assert!(
        rows.iter()
            .all(|row| row["kind"] == "complaint" && row["status"] == status)
    );
    assert_eq!(found.len(), rows.len(), "no row stands there twice");
    found
}

#[tokio::test]
async fn an_export_has_the_rows_of_the_list_for_every_role_and_view() {
    let server = TestServer::start().await;
    let head = server.first().await;
    head.complain().await;
    head.complain().await;
    let people = [
        ("王磊", &["administrator"][..]),
        ("林晓", &["staff"]),
        ("高远", &["staff"]),
        ("孙丽", &["supervisor"]),
        ("何静", &["auditor"]),
    ];
    let mut clients = Vec::new();
    for (name, roles) in people {
        clients.push(server.person(&head, name, roles).await);
    }
    clients[1].complain().await;
    clients.push(head);
    let mut seen = 0;
    for client in &clients {
        for view in VIEWS {
            for status in ["open", "closed", "archived"] {
                let list = listed(client, view, status).await;
                assert_eq!(
                    exported(client, view, status).await,
                    list,
                    "{view} {status}"
                );
                seen += list.len();
            }
        }
    }
    assert!(seen > 0);
}

#[tokio::test]
async fn every_form_can_be_read_again_and_no_formula_is_computed() {
    let server = TestServer::start().await;
    let head = server.first().await;
    head.complain_about("=HYPERLINK(\"http://evil.example\")")
        .await;
    for (format, media_type) in [
        ("csv", "text/csv; charset=utf-8"),
        (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ] {
        let path = format!("/exports/cases?format={format}");
        let (status, bytes, headers) = head.get_bytes(&path).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(headers["content-type"], media_type);
        assert_eq!(headers["cache-control"], "no-store");
        let name = format!("attachment; filename=\"cases-2026-03-02.{format}\"");
        assert_eq!(headers["content-disposition"], name.as_str());
        let sheet = read(&format!("a.{format}"), bytes, &Reading::default()).unwrap();
        assert_eq!(sheet.columns[..3], ["编号", "类型", "状态"]);
        let cells = sheet.rows[0].cells.as_ref().unwrap();
        assert_eq!(cells[3].text(), "'=HYPERLINK(\"http://evil.example\")");
        assert_eq!(cells[7].text().get(..16), Some("2026-03-02 09:00"));
    }
}

#[tokio::test]
async fn names_are_masked_contacts_absent_and_the_export_is_on_record() {
    let server = TestServer::start().await;
    let head = server.first().await;
    head.complain().await;
    let (_, bytes, _) = head
        .get_bytes("/exports/cases?format=csv&view=all&kind=complaint&lang=en")
        .await;
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.starts_with("\u{FEFF}\"Number\","), "{text}");
    for secret in ["13800002207", "王秀兰"] {
        assert!(!text.contains(secret), "{secret}");
    }
    let audits = server.app.store().audits(None, 1).await.unwrap();
    let entry = &audits[0].entry;
    assert_eq!(entry.action, "export_cases");
    assert_eq!(
        entry.detail,
        "format=csv view=all status=open kind=complaint"
    );
    assert!(entry.account.is_some());
}

#[tokio::test]
async fn what_is_no_view_status_or_format_is_a_problem() {
    let server = TestServer::start().await;
    let head = server.first().await;
    for (query, code) in [
        ("view=everything", "view_unknown"),
        ("status=lost", "status_unknown"),
        ("format=pdf", "format_unknown"),
        ("columns=some", "columns_unknown"),
        ("columns=full", "columns_need_kind"),
        ("columns=full&kind=nothing", "columns_need_kind"),
        (
            "measure=closed&first=2026-03-01&last=2026-03-31",
            "kind_unknown",
        ),
    ] {
        let answer = head.get(&format!("/exports/cases?{query}")).await;
        assert_eq!(
            (answer.status, &answer.body["code"]),
            (StatusCode::BAD_REQUEST, &json!(code))
        );
    }
}

/// The days in which everything in these tests happens, and the kind.
const MARCH: &str = "policy=general&kind=complaint&first=2026-03-01&last=2026-03-31";

async fn rows_of(client: &Client, query: &str) -> Vec<Value> {
    let path = format!("/exports/cases?format=jsonl&{query}");
    let (status, bytes, _) = client.get_bytes(&path).await;
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(status, StatusCode::OK, "{text}");
    let rows = text.lines().map(|line| serde_json::from_str(line).unwrap());
    rows.collect()
}

#[tokio::test]
async fn the_cases_behind_a_figure_are_taken_out_as_they_are_listed_for_every_role() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let mut clients = Vec::new();
    for (name, roles) in [
        ("王磊", &["administrator"][..]),
        ("林晓", &["staff"]),
        ("高远", &["staff"]),
        ("孙丽", &["supervisor"]),
        ("何静", &["auditor"]),
    ] {
        clients.push(server.person(&head, name, roles).await);
    }
    let dispatched = clients[1].complain().await;
    clients[1].complain().await;
    head.complain().await;
    let found = json!({"fields": {"findings": "已了解", "nature": "quality"}});
    let units = head.get("/units").await.body;
    let unit = units.as_array().unwrap().iter();
    let unit = unit
        .clone()
        .find(|unit| unit["name"] == "安装维修部")
        .unwrap()["id"]
        .clone();
    for (command, body) in [
        ("acts/investigate", found),
        ("dispatch", json!({"unit": unit})),
    ] {
        let done = clients[1].command(&dispatched, command, &body).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    }
    clients.push(head);
    let mut seen = Vec::new();
    for client in &clients {
        for narrower in ["", "&unit=-", "&status=open", "&status=closed"] {
            for columns in ["list", "full"] {
                let query = format!("{MARCH}&measure=opened{narrower}");
                let list = client.get(&format!("/cases?{query}&limit=200")).await.body;
                let list = numbers(list["rows"].as_array().unwrap());
                let rows = rows_of(client, &format!("{query}&columns={columns}")).await;
                assert_eq!(numbers(&rows), list, "{query}");
                assert_eq!(rows.len(), list.len());
                seen.push(list.len());
            }
        }
    }
    assert!(
        seen.contains(&3) && seen.contains(&2) && seen.contains(&1) && seen.contains(&0),
        "{seen:?}"
    );
    let audits = server.app.store().audits(None, 50).await.unwrap();
    let last = audits
        .iter()
        .find(|audit| audit.entry.action == "export_cases");
    assert_eq!(
        last.unwrap().entry.detail,
        "format=jsonl view=all status=closed columns=full policy=general kind=complaint \
         measure=opened days=2026-03-01/2026-03-31"
    );
}

#[tokio::test]
async fn the_full_set_has_what_is_on_record_and_nothing_personal() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let mut summed = complaint();
    summed["fields"]["content"] = "+SUM(1,2)".into();
    let registered = head.post("/cases", &summed).await;
    assert_eq!(registered.status, StatusCode::CREATED);
    let rows = rows_of(&head, "kind=complaint&columns=full").await;
    let row = &rows[0];
    assert_eq!(row["complaint_form.content"], "+SUM(1,2)");
    assert_eq!(row["complaint_form.about"], "product");
    assert_eq!(row["reply.started_at"], "2026-03-02T09:00:00+08:00");
    assert_eq!(row["reply.due_at"], "2026-03-11T18:00:00+08:00");
    assert_eq!(
        (&row["reply.stopped_at"], &row["reply.standing"]),
        (&json!(""), &json!("running"))
    );
    assert_eq!(row["follow_up.satisfaction"], "");
    for (name, value) in row.as_object().unwrap() {
        assert!(!name.contains("contact"), "{name}");
        assert!(!value.to_string().contains("13800002207"), "{name}");
        assert!(!value.to_string().contains("王秀兰"), "{name}");
    }
    let (_, bytes, _) = head
        .get_bytes("/exports/cases?format=csv&kind=complaint&columns=full")
        .await;
    let sheet = read("a.csv", bytes, &Reading::default()).unwrap();
    let at = sheet.columns.iter().position(|title| title == "投诉内容");
    let cells = sheet.rows[0].cells.as_ref().unwrap();
    assert_eq!(cells[at.unwrap()].text(), "'+SUM(1,2)");
    assert!(
        sheet.columns.iter().any(|title| title == "答复时限：到期"),
        "{:?}",
        sheet.columns
    );
}
