//! Declarations over HTTP: what is offered first, and that a case is gone for whoever declares an interest.

use axum::http::StatusCode;
use huiyin_policy::SourceFile;
use serde_json::{Value, json};

use crate::support::{TestServer, general_policy};

const RULES: &str = "parts:
  declaration:
    title: {zh-CN: 声明, en: Declaration}
    fields:
      answer: {title: {zh-CN: 与本案, en: Interest}, type: one_of, choices: {none: {zh-CN: 无关, en: None}, some: {zh-CN: 有关, en: Some}}, required: true}
acts:
  declare: {title: {zh-CN: 声明利害关系, en: Declare}, part: declaration, outcome: answer, clause: P1.6}
declarations:
  interest: {kinds: complaint, act: declare, clear: none, clause: P1.6}
exclusions:
  interested: {kinds: complaint, who: {did: declare.some}, from: see, clause: P1.6}
";

/// The general policy where everybody declares himself first for a complaint.
fn declaring() -> Vec<SourceFile> {
    let files = general_policy().into_iter();
    files
        .chain([SourceFile::new("declarations.yaml", RULES)])
        .collect()
}

fn commands(shown: &Value) -> Vec<&str> {
    let offers = shown["offers"].as_array().unwrap().iter();
    let open = offers.filter(|offer| offer["enabled"] == true);
    open.map(|offer| offer["act"].as_str().unwrap_or("other"))
        .collect()
}

#[tokio::test]
async fn one_declares_oneself_first_and_an_interest_takes_the_case_out_of_sight() {
    let server = TestServer::start().await;
    let head = server.first().await;
    server.app.publish(declaring()).await.unwrap();
    let supervisor = server.person(&head, "孙丽", &["supervisor"]).await;
    let case = head.complain().await;
    let path = format!("/cases/{case}");
    assert_eq!(commands(&supervisor.get(&path).await.body), ["declare"]);
    let refused = supervisor
        .command(&case, "notes", &json!({"text": "看过了"}))
        .await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(
        (&refused.body["code"], &refused.body["clause"]["id"]),
        (&json!("not_declared"), &json!("P1.6"))
    );
    assert!(refused.wire.contains("声明利害关系"), "{}", refused.wire);
    let none = json!({"fields": {"answer": "none"}});
    let done = supervisor.command(&case, "acts/declare", &none).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert!(commands(&supervisor.get(&path).await.body).len() > 1);
    let some = json!({"fields": {"answer": "some"}});
    let done = supervisor.command(&case, "acts/declare", &some).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!(supervisor.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(supervisor.get("/cases").await.body["rows"], json!([]));
}
