//! A kind of case that only some people see is in nothing that anybody else reads.

use axum::http::StatusCode;
use huiyin_policy::SourceFile;
use serde_json::{Value, json};

use crate::support::{Client, TestServer, general_policy};

/// Words that nobody else may ever be sent.
const CANARY: &str = "金丝雀";

/// The general policy with reports, which the general manager alone sees and anybody may register, also out of a complaint.
fn with_reports() -> Vec<SourceFile> {
    let reports = "
roles:
  chief: {title: {zh-CN: 总经理, en: General manager}, position: general-manager}
series:
  report_number: {prefix: JB, restart: year, digits: 4, clause: P1.6}
parts:
  report_form:
    title: {zh-CN: 举报, en: Report}
    fields:
      subject: {title: {zh-CN: 事由, en: Subject}, type: text, required: true, meaning: subject}
      name: {title: {zh-CN: 举报人, en: Name}, type: text, class: personal, meaning: customer_name}
      contact: {title: {zh-CN: 联系方式, en: Contact}, type: text, class: personal, meaning: customer_contact}
kinds:
  report:
    title: {zh-CN: 举报, en: Report}
    clause: P1.6
    sees: {by: chief, clause: P1.6}
    open: {by: anyone, channels: [phone], part: report_form, series: report_number, clause: P1.6}
    raised_from: {complaint: {by: anyone, clause: P1.6}}
    steps:
      looking: {title: {zh-CN: 核查, en: Looking}, by: chief, moves: [{on: closed, then: closed}]}
";
    let mut files = general_policy();
    files.push(SourceFile::new("reports.yaml", reports));
    files
}

fn report() -> Value {
    let fields = json!({"subject": CANARY, "name": "张三", "contact": "13800138000"});
    json!({"policy": "general", "kind": "report", "channel": "phone", "fields": fields})
}

async fn registered(client: &Client) -> String {
    let answer = client.post("/cases", &report()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    answer.body["id"].as_str().unwrap().to_owned()
}

/// Opened cases of the month, as somebody is told them.
async fn opened(client: &Client) -> i64 {
    let body = client.get("/statistics/monthly?month=2026-03").await.body;
    let rows = body["rows"].as_array().unwrap().iter();
    let counted = rows.filter(|row| row["what"] == "opened");
    counted.map(|row| row["count"].as_i64().unwrap()).sum()
}

#[tokio::test]
async fn for_everybody_else_there_is_no_such_case() {
    let server = TestServer::start().await;
    let head = server.first().await;
    server.app.publish(with_reports()).await.unwrap();
    let auditor = server.person(&head, "孙丽", &["auditor"]).await;
    let chief = server.person(&head, "王磊", &["staff"]).await;
    let clerk = server.person(&head, "林晓", &["staff"]).await;
    let seen = head.complain().await;
    let case = registered(&clerk).await;
    let number = chief.get(&format!("/cases/{case}")).await.body["number"].clone();
    let number = number.as_str().unwrap().to_owned();
    for other in [&head, &auditor, &clerk] {
        let (hidden, missing) = (
            other.get(&format!("/cases/{case}")).await,
            other
                .get("/cases/01a20033-2bde-72af-bd24-fef95a641c8f")
                .await,
        );
        assert_eq!(
            (hidden.status, &hidden.body),
            (missing.status, &missing.body)
        );
        let reads = [
            "/cases?view=all".to_owned(),
            "/cases?view=taken".to_owned(),
            "/cases?view=unclaimed".to_owned(),
            "/cases?kind=report".to_owned(),
            "/cases/counts".to_owned(),
            format!("/search?q={CANARY}"),
            format!("/search?q={number}"),
            format!("/cases/{seen}"),
        ];
        for path in reads {
            let body = other.get(&path).await.body.to_string();
            let tells = [CANARY, &case, &number];
            assert!(
                tells.iter().all(|word| !body.contains(word)),
                "{path}: {body}"
            );
        }
        let note = json!({"text": "看看"});
        let refused = other.command_on(&case, "notes", &note, "\"3\"").await;
        assert_ne!(refused.status, StatusCode::OK, "{}", refused.body);
        assert!(!refused.body.to_string().contains(&number));
    }
    let rows = chief.get("/cases?view=all").await.body["rows"].clone();
    assert_eq!(rows[0]["id"], case.as_str(), "{rows}");
    assert_eq!(chief.get("/cases/counts").await.body["all"], 1);
    assert_eq!((opened(&head).await, opened(&auditor).await), (1, 1));
    let found = chief.get(&format!("/search?q={number}")).await.body;
    assert_eq!(found["rows"][0]["id"], case.as_str());
}

#[tokio::test]
async fn neither_live_updates_nor_the_customer_nor_a_link_tell_of_it() {
    let server = TestServer::start().await;
    let head = server.first().await;
    server.app.publish(with_reports()).await.unwrap();
    let chief = server.person(&head, "王磊", &["staff"]).await;
    let origin = head.complain().await;
    let mut hears = head.listen().await;
    assert_eq!(hears.next().await, "event: hello\ndata: {}");
    let case = registered(&chief).await;
    let raise = json!({"fields": {"subject": CANARY}});
    let answer = head.command(&origin, "raise/report", &raise).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let raised = answer.body["raised"].as_str().unwrap().to_owned();
    let shown = head.get(&format!("/cases/{origin}")).await.body.to_string();
    for word in [CANARY, &case, &raised] {
        assert!(!word.is_empty() && !shown.contains(word), "{word}: {shown}");
    }
    let earlier = json!({"contact": "13800138000"});
    let earlier = head.post("/cases/earlier", &earlier).await.body;
    assert!(!earlier.to_string().contains(&case), "{earlier}");
    head.command(&origin, "notes", &json!({"text": "看到了"}))
        .await;
    let heard = hears.next().await;
    assert!(heard.contains(&origin), "{heard}");
    assert!(
        !heard.contains(&case) && !heard.contains(&raised),
        "{heard}"
    );
}

#[tokio::test]
async fn whoever_registers_is_told_the_number_and_nothing_after_it() {
    let server = TestServer::start().await;
    let head = server.first().await;
    server.app.publish(with_reports()).await.unwrap();
    let answer = head.post("/cases", &report()).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert_eq!(answer.body["number"], "JB20260001");
    let case = answer.body["id"].as_str().unwrap();
    let after = head.get(&format!("/cases/{case}")).await;
    assert_eq!(after.status, StatusCode::NOT_FOUND);
}
