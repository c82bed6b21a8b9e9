//! Sealed identities over the whole HTTP surface: nothing of them comes out but in the answer to whoever opens the seal.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, StatusCode};
use huiyin_policy::SourceFile;
use serde_json::{Value, json};

use crate::support::{
    Answer, Client, TestServer, complaint, general_policy, shipped_policy, unique_key,
};

/// Who the customer is: name, contact, and how his mail goes on.
const CANARIES: [&str; 3] = ["欧阳慕白", "13977665544", "mubai.ouyang"];
/// A letter in his own hand.
const LETTER: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";

/// The general policy with whoever complains under a seal that the head of customer service opens and a specialist is told of.
fn sealing() -> Vec<SourceFile> {
    let seals = "seals:\n  identity: {title: {zh-CN: 投诉人身份, en: Identity}, opened_by: service_head, tells: [{notice: seal_opened, to: specialist}], files: from_customer, clause: P1.7}\nnotices:\n  seal_opened: {title: {zh-CN: '{number} 被启封', en: '{number} was opened'}, text: {zh-CN: 见案件记录。, en: See its record.}}\n";
    let files = general_policy().into_iter().map(|file| {
        let text = String::from_utf8(file.bytes).unwrap();
        let text = text
            .replace(
                "class: personal, meaning: customer_",
                "class: personal, sealed: identity, meaning: customer_",
            )
            .replace(
                "class: personal, meaning: party_",
                "class: personal, sealed: identity, meaning: party_",
            );
        SourceFile::new(file.name, text)
    });
    files
        .chain([SourceFile::new("seals.yaml", seals)])
        .collect()
}

/// A complaint in which the name is written into what is said, too.
fn named() -> Value {
    let mut body = complaint();
    body["fields"]["subject"] = "欧阳慕白家的柜门".into();
    body["fields"]["content"] = "欧阳慕白（13977665544）说柜门合不上。".into();
    body["fields"]["customer_name"] = "欧阳慕白".into();
    body["fields"]["contact"] = "13977665544".into();
    body["parties"] = json!([{"role": "joint", "fields": {"name": "欧阳慕白", "contact": "mubai.ouyang@example.com"}}]);
    body
}

struct World {
    server: TestServer,
    head: Client,
    case: String,
}

async fn world() -> World {
    let server = TestServer::start().await;
    let head = server.first().await;
    server.app.publish(sealing()).await.unwrap();
    let answer = head.post("/cases", &named()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    clean("POST /cases", &answer.wire);
    let case = answer.body["id"].as_str().unwrap().to_owned();
    World { server, head, case }
}

#[track_caller]
fn clean(what: &str, wire: &str) {
    for canary in CANARIES {
        assert!(!wire.contains(canary), "{what} tells {canary}: {wire}");
    }
}

/// The path of a search.
fn searching(words: &str) -> String {
    let escaped: String = words.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("/search?q={escaped}")
}

/// Every path of the document that can be read, with the ids of a case of this policy and kind filled in.
async fn readable(client: &Client, case: &str, (policy, kind): (&str, &str)) -> Vec<String> {
    let shown = client.get(&format!("/cases/{case}")).await.body;
    let party = shown["parties"]
        .as_array()
        .unwrap()
        .iter()
        .find_map(|group| group["parties"][0]["id"].as_str())
        .unwrap_or("-")
        .to_owned();
    let document = serde_json::to_value(huiyin_api::document()).unwrap();
    let paths = document["paths"].as_object().unwrap().iter();
    let readable = paths.filter(|(path, item)| item["get"].is_object() && *path != "/live");
    let filled = readable.flat_map(|(path, _)| {
        let path = path
            .replace("{party}", &party)
            .replace("{policy}", policy)
            .replace("{kind}", kind)
            .replace("{id}", case)
            .replace("{entry}", "1")
            .replace("{duty}", "inspection")
            .replace("{report}", "complaints_monthly");
        match path.as_str() {
            "/search" => CANARIES.map(searching).to_vec(),
            "/exports/cases" => ["csv", "jsonl"]
                .map(|format| {
                    format!(
                        "/exports/cases?columns=all&policy={policy}&kind={kind}&format={format}"
                    )
                })
                .to_vec(),
            _ => vec![path],
        }
    });
    filled.collect()
}

#[tokio::test]
async fn nothing_sealed_is_read_anywhere_by_anyone() {
    let World { server, head, case } = world().await;
    let supervisor = server.person(&head, "孙丽", &["supervisor"]).await;
    let auditor = server.person(&head, "何静", &["auditor"]).await;
    head.command(&case, "notes", &json!({"text": "欧阳慕白又来电。"}))
        .await;
    let paths = readable(&head, &case, ("general", "complaint")).await;
    assert!(paths.len() > 30, "{paths:?}");
    for (who, client) in [
        ("head", &head),
        ("supervisor", &supervisor),
        ("auditor", &auditor),
    ] {
        for path in &paths {
            let answer = client.get(path).await;
            clean(&format!("{who} GET {path}"), &answer.wire);
        }
    }
    let found = head.get(&searching("欧阳慕白")).await;
    assert_eq!(found.body["rows"], json!([]));
    let earlier = json!({"contact": "13977665544"});
    let earlier = head.post("/cases/earlier", &earlier).await;
    assert_eq!(earlier.status, StatusCode::OK);
    assert_eq!(earlier.body["rows"], json!([]));
}

/// Attaches the letter, under a seal.
async fn attach_letter(client: &Client, case: &str, seal: &str) -> Answer {
    let coded =
        |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
    let (name, note) = (coded("欧阳慕白的信.png"), coded("欧阳慕白亲笔"));
    let key = unique_key();
    let headers = [
        ("idempotency-key", &*key),
        ("file-name", &*name),
        ("file-note", &*note),
        ("file-seal", seal),
    ];
    let path = format!("/cases/{case}/attachments");
    client
        .send_bytes(Method::POST, &path, Body::from(LETTER), &headers)
        .await
}

#[tokio::test]
async fn a_file_under_a_seal_is_given_to_whoever_has_opened_it_and_for_a_while() {
    let World { server, head, case } = world().await;
    let supervisor = server.person(&head, "孙丽", &["supervisor"]).await;
    let refused = attach_letter(&head, &case, "no_such").await;
    assert_eq!(
        refused.body["code"], "seal_takes_no_file",
        "{}",
        refused.body
    );
    let attached = attach_letter(&head, &case, "identity").await;
    assert_eq!(attached.status, StatusCode::CREATED, "{}", attached.body);
    let entry = attached.body["entry"].as_u64().unwrap();
    let file = format!("/cases/{case}/attachments/{entry}");
    for client in [&head, &supervisor] {
        for path in readable(client, &case, ("general", "complaint")).await {
            clean(&path, &client.get(&path).await.wire);
        }
        let closed = client.get(&file).await;
        assert_eq!(
            (closed.status, &closed.body["code"]),
            (StatusCode::CONFLICT, &json!("seal_closed"))
        );
        assert_eq!(closed.body["clause"]["id"], "P1.7");
    }
    let listed = head.get(&format!("/cases/{case}/attachments")).await.body;
    assert_eq!(
        listed["seals"],
        json!([{"seal": "identity", "title": "投诉人身份"}])
    );
    let item = &listed["items"][0];
    assert_eq!(
        [
            &item["name"],
            &item["media"],
            &item["sealed"],
            &item["previewed"]
        ],
        [&json!(""), &json!(""), &json!("投诉人身份"), &json!(false)]
    );
    let shown = head.get(&format!("/cases/{case}")).await.body;
    assert_eq!(shown["seals"][0]["files"], 1);

    let reason = json!({"reason": "核对笔迹"});
    let opened = head.command(&case, "seals/identity/open", &reason).await;
    let told = &opened.body["files"][0];
    assert_eq!(
        [&told["entry"], &told["name"], &told["note"], &told["media"]],
        [
            &json!(entry),
            &json!("欧阳慕白的信.png"),
            &json!("欧阳慕白亲笔"),
            &json!("image/png")
        ]
    );
    assert_eq!(head.get(&file).await.status, StatusCode::OK);
    assert_eq!(supervisor.get(&file).await.status, StatusCode::CONFLICT);
    server.set_clock("2026-03-02T09:15:00+08:00").await;
    assert_eq!(head.get(&file).await.status, StatusCode::OK);
    server.set_clock("2026-03-02T09:15:01+08:00").await;
    assert_eq!(head.get(&file).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn everybody_sees_that_an_identity_is_there_and_sealed() {
    let World { head, case, .. } = world().await;
    let shown = head.get(&format!("/cases/{case}")).await.body;
    assert_eq!(
        (&shown["customer_name"], &shown["sealed"]),
        (&json!(""), &json!(true))
    );
    assert_eq!(shown["seals"][0]["seal"], "identity");
    assert_eq!(shown["seals"][0]["fields"][0], "客户姓名");
    assert_eq!(shown["seals"][0]["openings"], json!([]));
    let facts = shown["facts"][0]["fields"].as_array().unwrap();
    let name = facts
        .iter()
        .find(|fact| fact["id"] == "customer_name")
        .unwrap();
    assert_eq!(
        (&name["text"], &name["sealed"]),
        (&json!("已封存"), &json!(true))
    );
    assert_eq!(shown["subject"], "▇▇▇家的柜门");
    let full = head.get(&format!("/cases/{case}/customer")).await;
    assert_eq!(
        (&full.body["name"], &full.body["contact"]),
        (&json!(""), &json!(""))
    );
}

#[tokio::test]
async fn a_customer_under_a_seal_is_never_found_to_come_again() {
    let World { server, head, case } = world().await;
    let again = head.post("/cases", &named()).await.body["id"].clone();
    for case in [case.as_str(), again.as_str().unwrap()] {
        let file = head.get(&format!("/cases/{case}/customer/file")).await.body;
        assert_eq!(file["cases"], json!([]), "{file}");
        assert_eq!(file["alike"], json!([]), "{file}");
    }
    drop(server);
}

#[tokio::test]
async fn whoever_opens_a_seal_is_answered_once_and_is_on_record_with_the_reason() {
    let World { server, head, case } = world().await;
    let clerk = server.person(&head, "孙丽", &["supervisor"]).await;
    let path = "seals/identity/open";
    let refused = clerk.command(&case, path, &json!({"reason": "好奇"})).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(
        (&refused.body["code"], &refused.body["clause"]["id"]),
        (&json!("not_entitled"), &json!("P1.7"))
    );
    clean("refused", &refused.wire);
    let refused = head.command(&case, path, &json!({"reason": ""})).await;
    assert_eq!(refused.body["code"], "reason_missing");
    let seen = head.get(&format!("/cases/{case}")).await.etag.unwrap();
    let headers = [("idempotency-key", "opening"), ("if-match", seen.as_str())];
    let asked = json!({"reason": "回复处理结果"});
    let full_path = format!("/cases/{case}/{path}");
    let opened = head.post_with(&full_path, &asked, &headers).await;
    assert_eq!(opened.status, StatusCode::OK, "{}", opened.body);
    let values: BTreeSet<&str> = opened.body["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["text"].as_str().unwrap())
        .collect();
    assert_eq!(
        values,
        BTreeSet::from(["欧阳慕白", "13977665544", "mubai.ouyang@example.com"])
    );
    assert!(opened.wire.contains("no-store"), "{}", opened.wire);
    let shown = head.get(&format!("/cases/{case}")).await;
    clean("the case after it", &shown.wire);
    let opening = &shown.body["seals"][0]["openings"][0];
    assert_eq!(
        (&opening["who"], &opening["reason"]),
        (&json!("沈佳"), &json!("回复处理结果"))
    );
    // A lost answer is answered again, and that is in the audit log as well.
    let again = head.post_with(&full_path, &asked, &headers).await;
    assert_eq!(again.body["values"], opened.body["values"]);
    let openings = head.get(&format!("/cases/{case}")).await.body["seals"][0]["openings"].clone();
    assert_eq!(openings.as_array().unwrap().len(), 1);
    let audits = server.app.store().audits(None, 50).await.unwrap();
    let entries = audits.iter().filter(|one| one.entry.action == "open_seal");
    let entries: Vec<_> = entries.map(|one| one.entry.detail.clone()).collect();
    assert_eq!(entries, ["identity", "identity"]);
    for audit in audits {
        clean("the audit log", &format!("{:?}", audit.entry));
    }
    let entries = shown.body["entries"].as_array().unwrap();
    assert!(entries.iter().any(|one| one["kind"] == "notice" && one["title"].as_str().unwrap().contains("被启封")), "{entries:?}");
}

/// The policy of a power supply bureau as it ships, with its phone set.
fn bureau() -> Vec<SourceFile> {
    let adopted = SourceFile::new("adoption.yaml", "set:\n  complaint_phone: 0591-12398\n");
    shipped_policy("power-supply")
        .into_iter()
        .chain([adopted])
        .collect()
}

/// A report brought in on the portal by somebody who gives his name and asks for confidence.
fn report() -> Value {
    json!({
        "policy": "power_supply", "kind": "report", "consents": true,
        "fields": {"subject": "装表收好处", "content": "欧阳慕白亲眼看到装表的人收了两条烟。", "against": "person", "breach": "conduct",
            "identity": "confidential", "name": "欧阳慕白", "contact": "13977665544", "employer": "北街mubai.ouyang粮店", "address": "北街 3 号"},
    })
}

#[tokio::test]
async fn nothing_of_a_reporter_is_read_anywhere() {
    let server = TestServer::start().await;
    let head = server.first().await;
    server.app.publish(bureau()).await.unwrap();
    let supervisor = server.person(&head, "孙丽", &["supervisor"]).await;
    let auditor = server.person(&head, "何静", &["auditor"]).await;
    let browser = server.nobody();
    let brought = browser
        .post_with(
            "/portal/cases",
            &report(),
            &[("idempotency-key", "a-key-that-nobody-guesses")],
        )
        .await;
    assert_eq!(brought.status, StatusCode::CREATED, "{}", brought.body);
    clean("POST /portal/cases", &brought.wire);
    let reporter = browser.holding(brought.cookie);
    let name: String = "欧阳慕白.png"
        .bytes()
        .map(|byte| format!("%{byte:02X}"))
        .collect();
    let key = crate::phone::key();
    let headers = [("idempotency-key", &*key), ("file-name", &*name)];
    let sent = reporter
        .send_bytes(
            Method::POST,
            "/portal/case/files",
            Body::from(LETTER),
            &headers,
        )
        .await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    clean("POST /portal/case/files", &sent.wire);
    assert_eq!(sent.body["files_taken"]["sealed"], true);
    let rows = supervisor.get("/cases?kind=report").await.body;
    let case = rows["rows"][0]["id"].as_str().unwrap().to_owned();
    for path in readable(&supervisor, &case, ("power_supply", "report")).await {
        for (who, client) in [("supervisor", &supervisor), ("auditor", &auditor)] {
            clean(&format!("{who} GET {path}"), &client.get(&path).await.wire);
        }
    }
    // Also to himself: whoever holds his code need not be he.
    let own = reporter.get("/portal/case").await;
    assert_eq!(own.status, StatusCode::OK, "{}", own.body);
    clean("GET /portal/case", &own.wire);
    assert!(own.wire.contains("已封存"), "{}", own.wire);
    let shown = supervisor.get(&format!("/cases/{case}")).await.body;
    assert_eq!(shown["seals"][0]["opened_by"], "身份保密员");
    assert_eq!(shown["seals"][0]["files"], 1);
    let open = json!({"reason": "看看是谁"});
    let refused = supervisor
        .command(&case, "seals/reporter/open", &open)
        .await;
    assert_eq!(refused.body["code"], "not_declared", "{}", refused.body);
    clean("opening", &refused.wire);
}

#[tokio::test]
async fn the_phone_of_the_unit_stands_on_the_portal() {
    let server = TestServer::start().await;
    server.first().await;
    server.app.publish(bureau()).await.unwrap();
    let home = server.nobody().get("/portal").await;
    assert_eq!(home.status, StatusCode::OK);
    for phone in ["95598", "0591-12398"] {
        assert!(home.wire.contains(phone), "{}", home.wire);
    }
}
