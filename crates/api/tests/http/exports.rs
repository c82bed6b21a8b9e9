//! Exports: the rows of the list, for each role and view, and nothing a spreadsheet would compute.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use huiyin_exchange::{Reading, read};
use serde_json::{Value, json};

use crate::support::{Client, TestServer};

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
    ] {
        let answer = head.get(&format!("/exports/cases?{query}")).await;
        assert_eq!(
            (answer.status, &answer.body["code"]),
            (StatusCode::BAD_REQUEST, &json!(code))
        );
    }
}
