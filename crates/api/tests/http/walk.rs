//! A complaint of the general policy from registration to the archive, by four people.

use axum::http::StatusCode;
use huiyin_app::maintain::rebuild;
use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn a_complaint_goes_from_the_phone_to_the_archive() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let specialist = server.person(&head, "林晓", &["staff"]).await;
    let technician = server.person(&head, "周敏", &["staff"]).await;
    let repair = server.unit(&head, "安装维修部").await;
    let quality = server.unit(&head, "产品质量部").await;

    let case = specialist.complain().await;
    let seen = specialist.get(&format!("/cases/{case}")).await.body;
    assert_eq!(seen["number"], "TS2026000001");
    assert_eq!(seen["step"], "investigation");
    assert_eq!(seen["clocks"][0]["due_at"], "2026-03-04T09:00:00+08:00");
    assert!(
        seen["clocks"][1]["explanation"].as_array().unwrap().len() > 2,
        "{}",
        seen["clocks"][1]
    );

    let early = specialist
        .command(&case, "dispatch", &json!({"unit": repair}))
        .await;
    assert_eq!(
        (early.status, early.body["code"].as_str()),
        (StatusCode::CONFLICT, Some("needs_act")),
        "{}",
        early.body
    );
    assert_eq!(early.body["clause"]["id"], "P1.9");

    let found = json!({"fields": {"findings": "铰链装反", "nature": "quality"}});
    ok(&specialist.command(&case, "acts/investigate", &found).await);
    ok(&specialist
        .command(
            &case,
            "acts/tell_progress",
            &json!({"fields": {"text": "已安排师傅上门"}}),
        )
        .await);
    ok(&specialist
        .command(&case, "dispatch", &json!({"unit": quality}))
        .await);

    let quality_head = server.person(&head, "何静", &["staff"]).await;
    let refused = quality_head
        .command(
            &case,
            "refuse",
            &json!({"reason": "是安装问题，不是质量问题"}),
        )
        .await;
    ok(&refused);
    ok(&specialist
        .command(&case, "dispatch", &json!({"unit": repair}))
        .await);

    server.set_clock("2026-03-05T10:00:00+08:00").await;
    let (head, specialist, technician) = (
        server.again(&head).await,
        server.again(&specialist).await,
        server.again(&technician).await,
    );
    ok(&technician.command(&case, "accept", &json!({})).await);
    let measures =
        json!({"fields": {"cause": "staff", "course": "重新安装铰链", "result": "门已合上"}});
    ok(&technician
        .command(&case, "acts/file_measures", &measures)
        .await);
    ok(&technician
        .command(
            &case,
            "acts/answer",
            &json!({"fields": {"text": "师傅已重新安装，门可以正常关上。"}}),
        )
        .await);

    ok(&specialist
        .command(
            &case,
            "acts/ask_satisfaction",
            &json!({"fields": {"satisfaction": "satisfied"}}),
        )
        .await);
    ok(&specialist.command(&case, "close", &json!({})).await);
    ok(&specialist.command(&case, "archive", &json!({})).await);

    let done = specialist.get(&format!("/cases/{case}")).await.body;
    assert_eq!(done["status"], "archived");
    let clocks = done["clocks"].as_array().unwrap();
    assert!(
        clocks.iter().all(|clock| clock["state"] == "met"),
        "{clocks:?}"
    );
    assert_eq!(done["offers"], json!([]));
    let kinds: Vec<&str> = done["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["kind"].as_str().unwrap())
        .collect();
    assert!(
        kinds.contains(&"refused") && kinds.contains(&"closed") && kinds.contains(&"archived"),
        "{kinds:?}"
    );

    let verified = server.app.store().verify(None).await.unwrap();
    assert_eq!(verified.findings, []);
    let rebuilt = rebuild(server.app.store(), &server.app.shelf(), false)
        .await
        .unwrap();
    assert_eq!((rebuilt.cases, rebuilt.differences), (1, vec![]));

    let totals = head.get("/statistics/monthly?month=2026-03").await.body;
    let total = |what: &str| -> i64 {
        totals["rows"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| row["what"] == what)
            .map(|row| row["count"].as_i64().unwrap())
            .sum()
    };
    assert_eq!(
        [
            total("opened"),
            total("refused"),
            total("met"),
            total("closed"),
            total("archived")
        ],
        [1, 1, 2, 1, 1]
    );
}

#[tokio::test]
async fn what_is_known_of_a_case_is_found_again() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = head.complain().await;
    ok(&head
        .command(&case, "notes", &json!({"text": "与 HY-7 批次铰链有关"}))
        .await);
    for query in [
        "衣柜",
        "合不拢",
        "HY-7",
        "TS2026000001",
        "13800002207",
        "柜",
    ] {
        let found = head
            .get(&format!("/search?q={}", encoded(query)))
            .await
            .body;
        assert_eq!(found["rows"][0]["id"], case.as_str(), "{query}: {found}");
    }
    for query in ["沙发", "王秀英", "13800002208"] {
        let found = head
            .get(&format!("/search?q={}", encoded(query)))
            .await
            .body;
        assert_eq!(found["rows"], json!([]), "{query}");
    }
}

#[tokio::test]
async fn a_wrong_entry_is_corrected_and_both_stay_on_record() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = head.complain().await;
    ok(&head
        .command(
            &case,
            "acts/tell_progress",
            &json!({"fields": {"text": "写错了客户"}}),
        )
        .await);
    let entries = head.get(&format!("/cases/{case}")).await.body["entries"].clone();
    let wrong = entries
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["act"] == "tell_progress")
        .unwrap()["seq"]
        .as_u64();
    ok(&head
        .command(
            &case,
            "corrections",
            &json!({"entry": wrong, "fields": null, "reason": "记到了别人的案件上"}),
        )
        .await);
    let entries = head.get(&format!("/cases/{case}")).await.body["entries"].clone();
    let wrong = entries
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["act"] == "tell_progress")
        .unwrap();
    assert_eq!(
        (wrong["void"].as_bool(), wrong["fields"][0]["text"].as_str()),
        (Some(true), Some("写错了客户"))
    );
    assert!(
        entries
            .as_array()
            .unwrap()
            .iter()
            .any(|entry| entry["kind"] == "correction")
    );
}

#[tokio::test]
async fn a_customer_is_found_under_the_contact_as_corrected() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = head.complain().await;
    let mut fields = crate::support::complaint()["fields"].clone();
    fields["contact"] = json!("13900003318");
    ok(&head
        .command(
            &case,
            "corrections",
            &json!({"entry": 1, "fields": fields, "reason": "号码记错"}),
        )
        .await);
    let found = |contact: &'static str| {
        let head = head.clone();
        async move {
            head.get(&format!("/search?q={contact}")).await.body["rows"]
                .as_array()
                .unwrap()
                .len()
        }
    };
    assert_eq!(
        (found("13900003318").await, found("13800002207").await),
        (1, 0)
    );
    let rebuilt = rebuild(server.app.store(), &server.app.shelf(), false)
        .await
        .unwrap();
    assert_eq!(rebuilt.differences, vec![]);
}

fn ok(answer: &crate::support::Answer) {
    assert!(
        answer.status.is_success(),
        "{} {}",
        answer.status,
        answer.body
    );
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
