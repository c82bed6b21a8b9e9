//! Historical cases: brought in once, found and read like any other, and nothing to do about them.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::http::StatusCode;
use huiyin_app::import::{ImportOutcome, ImportRequest};
use huiyin_app::shelf::Shelf;
use huiyin_app::{AccountRole, Error, Principal, maintain};
use huiyin_case::historical::{HistoricalAct, HistoricalCase, Origin};
use huiyin_case::value::{Fields, Value};
use huiyin_policy::model::{ActId, ChannelId, FactPath, FieldId, KindId, PartId, PolicyId};

use crate::support::TestServer;

fn texts<const N: usize>(pairs: [(&str, &str); N]) -> Fields {
    pairs
        .map(|(field, text)| (FieldId::new(field), Value::Text(text.to_owned())))
        .into()
}

/// A complaint of Monday 5 January 2026 that was replied to on the Friday after.
fn complaint(key: &str, contact: &str) -> ImportRequest {
    let path = |part: &str, field: &str| FactPath::new(PartId::new(part), FieldId::new(field));
    ImportRequest {
        policy: PolicyId::new("general"),
        past: HistoricalCase {
            kind: KindId::new("complaint"),
            channel: ChannelId::new("phone"),
            origin: Origin {
                source: "old-desk".to_owned(),
                key: key.to_owned(),
            },
            number: Some(format!("OLD-{key}")),
            unit: None,
            opened_at: "2026-01-05T10:00:00+08:00".parse().unwrap(),
            fields: texts([
                ("subject", "衣柜晃动"),
                ("content", "新装的衣柜晃得厉害"),
                ("contact", contact),
            ]),
            acts: vec![HistoricalAct {
                act: ActId::new("answer"),
                at: "2026-01-09T16:00:00+08:00".parse().unwrap(),
                fields: texts([("text", "已重新固定")]),
            }],
            closed_at: None,
            may_lack: BTreeSet::from([
                path("complaint_form", "about"),
                path("complaint_form", "customer_name"),
            ]),
            told: BTreeSet::from([ActId::new("answer")]),
        },
        content: [7; 32],
    }
}

fn administrator(server: &TestServer, roles: &[AccountRole]) -> Principal {
    let directory = server.app.directory();
    let person = directory.organisation.persons.keys().next().unwrap();
    Principal {
        person: *person,
        roles: roles.iter().copied().collect(),
    }
}

#[tokio::test]
async fn the_same_case_comes_in_once_and_another_under_its_key_not_at_all() {
    let server = TestServer::start().await;
    let importer = administrator(&server, &[AccountRole::Administrator]);
    let both = || {
        vec![
            complaint("1", "13800000000"),
            complaint("2", "138 0000 0000"),
        ]
    };
    let first = server.app.import(&importer, both()).await;
    assert!(
        first
            .iter()
            .all(|outcome| matches!(outcome, Ok(ImportOutcome::New(_))))
    );
    let before = *server.app.store().position().borrow();
    for outcome in server.app.import(&importer, both()).await {
        assert!(matches!(outcome, Ok(ImportOutcome::Known(_))));
    }
    let mut other = complaint("1", "13800000000");
    other.content = [8; 32];
    let refused = server.app.import(&importer, vec![other]).await;
    assert!(matches!(refused[..], [Err(Error::KeyReused)]));
    assert_eq!(*server.app.store().position().borrow(), before);
}

#[tokio::test]
async fn only_an_administrator_brings_cases_in() {
    let server = TestServer::start().await;
    for role in AccountRole::ALL {
        let person = administrator(&server, &[role]);
        let outcomes = server.app.import(&person, vec![complaint("1", "1")]).await;
        let came_in = matches!(outcomes[..], [Ok(ImportOutcome::New(_))]);
        assert_eq!(came_in, role == AccountRole::Administrator, "{role}");
    }
}

#[tokio::test]
async fn a_historical_case_is_found_and_read_and_nothing_is_offered() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let importer = administrator(&server, &[AccountRole::Administrator]);
    let outcome = server
        .app
        .import(&importer, vec![complaint("1", "13800000000")])
        .await;
    let Some(Ok(ImportOutcome::New(case))) = outcome.first() else {
        unreachable!("the case comes in: {outcome:?}");
    };
    let found = head.get("/search?q=OLD-1").await.body;
    assert_eq!(found["rows"][0]["status"], "archived");
    assert_eq!(found["rows"][0]["opened_at"], "2026-01-05T10:00:00+08:00");
    let shown = head.get(&format!("/cases/{case}")).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    assert_eq!(shown.body["offers"].as_array().map(Vec::len), Some(0));
    assert_eq!(
        [&shown.body["taker"], &shown.body["first_contact"]],
        ["", ""]
    );
    let entries = shown.body["entries"].as_array().unwrap();
    let imported = entries
        .iter()
        .find(|entry| entry["kind"] == "imported")
        .unwrap();
    assert_eq!(
        imported["text"],
        "案件在别处已经办完，这里只统计、不再办理；没有发出任何回执或通知。\n\
         原有数据没有：投诉对象、客户姓名\n\
         原有数据没有结案时间，按最后一次办理的时间计。"
    );
    let reply = entries.iter().find(|entry| entry["kind"] == "act").unwrap();
    assert_eq!(reply["occurred_at"], "2026-01-09T16:00:00+08:00");
    assert_eq!(reply["recorded_at"], "2026-03-02T09:00:00+08:00");
}

#[tokio::test]
async fn the_tables_derived_anew_from_the_log_are_the_same() {
    let server = TestServer::start().await;
    let importer = administrator(&server, &[AccountRole::Administrator]);
    let requests = vec![complaint("1", "1"), complaint("2", "2")];
    server.app.import(&importer, requests).await;
    let shelf: Arc<Shelf> = server.app.shelf();
    let rebuilt = maintain::rebuild(server.app.store(), &shelf, false).await;
    let rebuilt = rebuilt.unwrap();
    assert_eq!(
        (rebuilt.cases, rebuilt.differences.as_slice()),
        (2, &[][..])
    );
}
