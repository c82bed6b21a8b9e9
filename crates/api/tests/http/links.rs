//! Cases that belong together, withdrawal and legal hold, over HTTP.

use axum::http::StatusCode;
use huiyin_app::hold::{ErasureError, erase_customer};
use huiyin_app::maintain::rebuild;
use huiyin_policy::SourceFile;
use huiyin_store::EraseError;
use serde_json::{Value, json};

use crate::support::{Answer, Client, TestServer, complaint, general_policy};

fn ok(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

/// A complaint of a customer with another contact.
fn of(contact: &str) -> Value {
    let mut one = complaint();
    one["fields"]["contact"] = contact.into();
    one
}

async fn registered(client: &Client, body: &Value) -> String {
    let answer = client.post("/cases", body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    answer.body["id"].as_str().unwrap().to_owned()
}

async fn links(client: &Client, case: &str) -> Vec<(String, String)> {
    let seen = client.get(&format!("/cases/{case}")).await.body;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let links = seen["links"].as_array().unwrap();
    links
        .iter()
        .map(|link| (text(&link["link"]), text(&link["id"])))
        .collect()
}

async fn is_whole(server: &TestServer) {
    let verified = server.app.store().verify(None).await.unwrap();
    assert_eq!(verified.findings, []);
    let shelf = server.app.shelf();
    let rebuilt = rebuild(server.app.store(), &shelf, false).await.unwrap();
    assert_eq!(rebuilt.differences, vec![]);
}

/// The same complaint in other words.
fn saying(content: &str) -> Value {
    let mut one = complaint();
    one["fields"]["content"] = content.into();
    one
}

#[tokio::test]
async fn what_an_earlier_case_has_in_common_is_pointed_out() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let first = head.complain().await;
    let preview = async |body: &Value| {
        let answer = head.post("/cases/preview", body).await;
        ok(&answer);
        answer.body["likenesses"].clone()
    };
    let again = saying("衣柜右边的门还是合不拢，上周六安装的，没人来修。");
    let found = preview(&again).await;
    assert_eq!(found[0]["case"], first.as_str(), "{found}");
    assert_eq!(found[0]["same"], json!([]));
    assert!(found[0]["text_percent"].as_u64() >= Some(50), "{found}");
    assert_eq!(
        preview(&saying("发票抬头写错了，请重开。")).await,
        json!([])
    );
    let mut other = again.clone();
    other["fields"]["contact"] = "13911112222".into();
    assert_eq!(preview(&other).await, json!([]), "another customer");

    server.set_clock("2026-03-02T09:10:00+08:00").await;
    let second = registered(&head, &again).await;
    let file = head.get(&format!("/cases/{second}/customer/file")).await;
    assert_eq!(file.body["likenesses"], found);
    let file = head.get(&format!("/cases/{first}/customer/file")).await;
    let backwards = &file.body["likenesses"];
    assert_eq!(*backwards, json!([]), "a case repeats none that came later");
}

#[tokio::test]
async fn fields_of_the_same_value_are_named() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let files = general_policy().into_iter().map(|file| {
        let text = String::from_utf8(file.bytes).unwrap();
        let looked_for = "alike: {same: [complaint_form.subject, complaint_form.about], text: complaint_form.content}";
        SourceFile::new(
            file.name,
            text.replace("alike: {text: complaint_form.content}", looked_for),
        )
    });
    server.app.publish(files.collect()).await.unwrap();
    let first = head.complain().await;
    let mut again = saying("发票抬头写错了，请重开。");
    again["fields"]["subject"] = "新装的衣柜门合不上！".into();
    again["fields"]["about"] = "service".into();
    let preview = head.post("/cases/preview", &again).await;
    let found = &preview.body["likenesses"];
    assert_eq!(*found, json!([{"case": first, "same": ["事由"]}]));
}

#[tokio::test]
async fn a_recomplaint_is_registered_with_the_earlier_case_and_both_show_the_link() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let first = head.complain().await;
    let contact = json!({"contact": "138 0000 2207"});
    let earlier = head.post("/cases/earlier", &contact).await;
    ok(&earlier);
    assert_eq!(earlier.body["rows"][0]["id"], first.as_str());

    let mut again = complaint();
    again["repeats"] = first.as_str().into();
    ok(&head.post("/cases/preview", &again).await);
    let second = registered(&head, &again).await;
    assert_eq!(
        links(&head, &second).await,
        [("repeats".to_owned(), first.clone())]
    );
    assert_eq!(
        links(&head, &first).await,
        [("repeated_by".to_owned(), second.clone())]
    );
    let file = head.get(&format!("/cases/{second}/customer/file")).await;
    assert_eq!(file.body["cases"][0]["id"], first.as_str());

    let undo = json!({"link": "recomplaint", "case": first, "reason": ""});
    let refused = head.command(&second, "links/undo", &undo).await;
    assert_eq!(refused.body["code"], "reason_missing", "{}", refused.body);
    assert_eq!(refused.body["clause"]["id"], "P1.11");
    let undo = json!({"link": "recomplaint", "case": first, "reason": "另一件事"});
    ok(&head.command(&second, "links/undo", &undo).await);
    for case in [&first, &second] {
        assert_eq!(links(&head, case).await, []);
        let seen = head.get(&format!("/cases/{case}")).await.body;
        let entries = seen["entries"].as_array().unwrap();
        let linked = entries.iter().filter(|entry| entry["kind"] == "linked");
        assert_eq!(linked.count(), 2, "{case}");
    }
    is_whole(&server).await;
}

#[tokio::test]
async fn a_link_does_not_betray_a_case_that_one_may_not_see() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let shop = server.person(&head, "陈思远", &["staff"]).await;
    let hidden = head.complain().await;
    let own = registered(&shop, &of("13900001111")).await;
    let absent = "01a20033-2bde-72af-bd24-fef95a641c8f";

    // Neither by linking, nor by registering, nor by asking for the contact.
    let link = |other: &str| json!({"link": "recomplaint", "case": other});
    let foreign = shop.command(&own, "links", &link(&hidden)).await;
    let missing = shop.command(&own, "links", &link(absent)).await;
    assert_eq!(
        (foreign.status, &foreign.body),
        (missing.status, &missing.body)
    );
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    let register = |other: &str| {
        let mut body = of("13900001111");
        body["repeats"] = other.into();
        body
    };
    let foreign = shop.post("/cases", &register(&hidden)).await;
    let missing = shop.post("/cases", &register(absent)).await;
    assert_eq!(
        (foreign.status, &foreign.body),
        (missing.status, &missing.body)
    );
    assert_eq!(foreign.body["code"], "case_unknown");
    let contact = json!({"contact": "13800002207"});
    let earlier = shop.post("/cases/earlier", &contact).await;
    assert_eq!(earlier.body["rows"], json!([]));

    // Linked by somebody who sees both, it is shown to those who see both.
    ok(&head.command(&own, "links", &link(&hidden)).await);
    assert_eq!(links(&head, &own).await.len(), 1);
    let seen = shop.get(&format!("/cases/{own}")).await.body;
    assert_eq!(seen["links"], json!([]));
    let text = seen.to_string();
    assert!(!text.contains(&hidden), "{text}");
    let entries = seen["entries"].as_array().unwrap();
    assert!(entries.iter().all(|entry| entry["kind"] != "linked"));
    let itself = head.command(&own, "links", &link(&own)).await;
    assert_eq!(itself.body["code"], "link_not_possible", "{}", itself.body);
}

#[tokio::test]
async fn a_merged_case_ends_and_goes_on_once_that_is_taken_back() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let first = head.complain().await;
    let second = registered(&head, &of("13900001111")).await;
    let merge = json!({"link": "merged", "case": first});
    ok(&head.command(&second, "links", &merge).await);
    let seen = head.get(&format!("/cases/{second}")).await.body;
    assert_eq!(
        (&seen["status"], &seen["ending"]),
        (&json!("closed"), &json!("merged"))
    );
    assert_eq!(seen["clocks"], json!([]));
    let closed = head.get("/cases?status=closed").await.body;
    assert_eq!(closed["rows"][0]["ending"], "merged");
    let seen = head.get(&format!("/cases/{first}")).await.body;
    assert_eq!(seen["links"][0]["link"], "absorbed");
    let reopen = json!({"reason": "x"});
    let refused = head.command(&second, "reopen", &reopen).await;
    assert_eq!(
        refused.body["code"], "link_not_possible",
        "{}",
        refused.body
    );
    let undo = json!({"link": "merged", "case": first, "reason": "分开处理"});
    ok(&head.command(&second, "links/undo", &undo).await);
    let seen = head.get(&format!("/cases/{second}")).await.body;
    assert_eq!(
        (&seen["status"], &seen["ending"]),
        (&json!("open"), &Value::Null)
    );
    is_whole(&server).await;
}

#[tokio::test]
async fn a_withdrawal_is_on_record_and_counted_as_such() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = head.complain().await;
    let withdraw = json!({"told_by": "王秀兰", "reason": "已自行修好"});
    let shop = server.person(&head, "陈思远", &["staff"]).await;
    let foreign = shop.command(&case, "withdraw", &withdraw).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    ok(&head.command(&case, "withdraw", &withdraw).await);
    let seen = head.get(&format!("/cases/{case}")).await.body;
    assert_eq!(seen["ending"], "withdrawn");
    let entries = seen["entries"].as_array().unwrap();
    let entry = entries.iter().find(|entry| entry["kind"] == "withdrawn");
    let entry = entry.unwrap();
    assert_eq!(entry["title"], "客户撤回，由王秀兰提出");
    assert_eq!(entry["text"], "已自行修好");
    let counted = "/cases?policy=general&kind=complaint&first=2026-03-01&last=2026-03-31&measure=";
    for (measure, cases) in [("withdrawn", 1), ("closed", 0), ("late", 0)] {
        let page = head.get(&format!("{counted}{measure}")).await.body;
        assert_eq!(page["counted"]["total"], cases, "{measure}: {page}");
    }
    ok(&head
        .command(&case, "reopen", &json!({"reason": "又坏了"}))
        .await);
    let seen = head.get(&format!("/cases/{case}")).await.body;
    assert_eq!(seen["status"], "open");
    is_whole(&server).await;
}

#[tokio::test]
async fn what_is_on_hold_is_not_erased_and_only_supervisors_and_auditors_know() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let specialist = server.person(&head, "林晓", &["staff"]).await;
    let supervisor = server.person(&head, "孙丽", &["supervisor"]).await;
    let auditor = server.person(&head, "何静", &["auditor"]).await;
    let case = specialist.complain().await;
    let reason = json!({"reason": "法院调取"});
    for not_allowed in [&specialist, &auditor] {
        let refused = not_allowed.command(&case, "hold", &reason).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.body);
    }
    ok(&supervisor.command(&case, "hold", &reason).await);
    for (client, sees) in [(&supervisor, true), (&auditor, true), (&specialist, false)] {
        let seen = client.get(&format!("/cases/{case}")).await.body;
        assert_eq!(seen["hold"]["reason"] == "法院调取", sees);
        assert_eq!(seen.to_string().contains("保全"), sees);
    }

    let withdraw = json!({"told_by": "王秀兰", "reason": "已解决"});
    ok(&specialist.command(&case, "withdraw", &withdraw).await);
    ok(&specialist.command(&case, "archive", &json!({})).await);
    let store = server.app.store();
    let now = server.app.now();
    let held = erase_customer(store, "TS2026000001", now).await;
    assert!(
        matches!(held, Err(ErasureError::Refused(EraseError::Held(_)))),
        "{held:?}"
    );
    let lift = json!({"reason": "已结"});
    ok(&supervisor.command(&case, "hold/lift", &lift).await);
    let erased = erase_customer(store, "TS2026000001", now).await.unwrap();
    assert_eq!(erased.cases.len(), 1);
    let audits = store.audits(None, 20).await.unwrap();
    let told: Vec<(&str, &str)> = audits
        .iter()
        .map(|audit| (&*audit.entry.action, &*audit.entry.verdict))
        .filter(|(action, verdict)| {
            !["sign_in", "invite_person"].contains(action) && *verdict != "denied"
        })
        .collect();
    assert_eq!(
        told,
        [
            ("erase_customer", "allowed"),
            ("erase_customer", "asked"),
            ("lift_hold", "allowed"),
            ("erase_customer", "held"),
            ("erase_customer", "asked"),
            ("hold_case", "allowed"),
        ]
    );
    let verified = store.verify(None).await.unwrap();
    assert_eq!(verified.findings, []);
}
