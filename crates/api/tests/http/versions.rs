//! Policies change, cases don't: a case keeps the version it was taken in under (P1.16).

use huiyin_policy::SourceFile;
use serde_json::json;

use crate::support::{TestServer, general_policy};

#[tokio::test]
async fn a_case_keeps_its_version_and_a_new_one_is_taken_in_under_the_newest() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let old = head.complain().await;
    let revised: Vec<SourceFile> = general_policy()
        .into_iter()
        .map(|file| {
            let text = String::from_utf8(file.bytes).unwrap();
            SourceFile::new(
                file.name,
                text.replace("length: 48 hours", "length: 24 hours"),
            )
        })
        .collect();
    server.app.publish(revised).await.unwrap();
    let new = head.complain().await;
    let pin = |case: String| {
        let head = head.clone();
        async move {
            let case = head.get(&format!("/cases/{case}")).await.body;
            (
                case["policy"]["version"].clone(),
                case["clocks"][0]["due_at"].clone(),
            )
        }
    };
    assert_eq!(
        pin(old).await,
        (json!(1), json!("2026-03-04T09:00:00+08:00"))
    );
    assert_eq!(
        pin(new).await,
        (json!(2), json!("2026-03-03T09:00:00+08:00"))
    );
    assert_eq!(head.get("/policies").await.body[0]["version"], 2);
}

#[tokio::test]
async fn a_policy_with_an_error_is_not_published() {
    let server = TestServer::start().await;
    let broken = vec![SourceFile::new("policy.yaml", "policy: {id: general}")];
    assert!(server.app.publish(broken).await.is_err());
    assert_eq!(server.app.shelf().in_force().count(), 1);
}

#[tokio::test]
async fn a_second_start_keeps_everything() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = head.complain().await;
    let server = server.restart().await;
    let head = server.again(&head).await;
    assert_eq!(
        head.get("/cases").await.body["rows"][0]["id"],
        case.as_str()
    );
    assert_eq!(server.nobody().get("/setup").await.body["open"], false);
    assert_eq!(
        head.get("/policies").await.body.as_array().unwrap().len(),
        1
    );
}
