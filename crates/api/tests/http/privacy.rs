//! What is shown of customers, and to whom.

use axum::http::StatusCode;

use crate::support::TestServer;

#[tokio::test]
async fn customers_are_masked_and_each_look_in_full_is_on_record() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = head.complain().await;
    for path in [
        "/cases".to_owned(),
        format!("/cases/{case}"),
        "/search?q=TS2026000001".to_owned(),
    ] {
        let text = head.get(&path).await.body.to_string();
        assert!(
            !text.contains("王秀兰") && !text.contains("13800002207"),
            "{path}: {text}"
        );
        assert!(text.contains("王**"), "{path}: {text}");
    }
    let full = head.get(&format!("/cases/{case}/customer")).await;
    assert_eq!(
        (full.status, full.body["contact"].as_str()),
        (StatusCode::OK, Some("13800002207"))
    );
    let audits = server.app.store().audits(None, 10).await.unwrap();
    let looks = audits
        .iter()
        .filter(|audit| audit.entry.action == "show_customer")
        .count();
    assert_eq!(looks, 1);
}
