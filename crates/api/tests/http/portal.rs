//! The portal over HTTP: what customers rely on, and what nobody gets out of it.

use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::phone::{Phone, complaint, key, text};
use crate::support::{Answer, Client, TestServer};

/// A word that stands in everything that is not for the customer.
const CANARY: &str = "金丝雀内部意见";

/// The id of the one case that a desk sees.
async fn only_case(desk: &Client) -> String {
    let rows = desk.get("/cases").await.body;
    assert_eq!(rows["rows"].as_array().unwrap().len(), 1, "{rows}");
    text(&rows["rows"][0], "id").to_owned()
}

#[tokio::test]
async fn a_customer_brings_a_complaint_in_and_follows_it_to_his_rating() {
    let server = TestServer::start().await;
    let desk = server.first().await;
    let mut phone = Phone::at(&server);
    let home = phone.browser().get("/portal").await;
    assert_eq!(home.body["organisation"], "晴川家居");
    assert_eq!(home.body["kinds"].as_array().unwrap().len(), 2);

    let submitted = phone.post("/cases", &complaint()).await;
    assert_eq!(submitted.status, StatusCode::CREATED, "{}", submitted.body);
    assert_eq!(submitted.body["number"], "TS2026000001");
    let id = only_case(&desk).await;
    let at_desk = desk.get(&format!("/cases/{id}")).await.body;
    assert_eq!(at_desk["by_customer"], true);
    assert_eq!(at_desk["taker"], "");
    assert_eq!(at_desk["entries"][0]["by_customer"], true);

    let mut listening = desk.listen().await;
    listening.next().await;
    let added = phone
        .record("add", json!({"text": "照片上看得到裂纹。"}))
        .await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.body);
    assert_eq!(added.body["messages"][1]["mine"], true);
    assert!(listening.next().await.contains(&id));

    for (command, body) in [
        ("accept", json!({})),
        (
            "acts/investigate",
            json!({"fields": {"findings": "壶底有裂纹", "nature": "quality"}}),
        ),
        (
            "acts/tell_progress",
            json!({"fields": {"text": "正在检测"}}),
        ),
    ] {
        let done = desk.command(&id, command, &body).await;
        assert_eq!(done.status, StatusCode::OK, "{command} {}", done.body);
    }
    let unit = server.unit(&desk, "客服部").await;
    for (command, body) in [
        ("dispatch", json!({"unit": unit})),
        ("accept", json!({})),
        (
            "acts/file_measures",
            json!({"fields": {"cause": "product", "course": "检测", "result": "换新"}}),
        ),
        ("acts/answer", json!({"fields": {"text": "为您更换新壶。"}})),
    ] {
        let done = desk.command(&id, command, &body).await;
        assert_eq!(done.status, StatusCode::OK, "{command} {}", done.body);
    }
    let own = phone.own_case().await.body;
    let here: Vec<&str> = own["milestones"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| text(one, "standing"))
        .collect();
    assert_eq!(here, ["past", "past", "here", "ahead"]);
    let answer = own["messages"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (text(answer, "title"), text(answer, "from")),
        ("答复", "客服部")
    );
    let rate = own["offers"]
        .as_array()
        .unwrap()
        .iter()
        .find(|offer| offer["act"] == "rate")
        .unwrap();
    assert_eq!(rate["fields"][0]["choices"].as_array().unwrap().len(), 3);

    let rated = phone
        .record(
            "rate",
            json!({"satisfaction": "satisfied", "remark": "很快"}),
        )
        .await;
    assert_eq!(rated.status, StatusCode::OK, "{}", rated.body);
    let at_desk = desk.get(&format!("/cases/{id}")).await.body;
    assert!(
        at_desk["facts"].to_string().contains("很快"),
        "{}",
        at_desk["facts"]
    );
}

#[tokio::test]
async fn nothing_from_inside_reaches_the_customer() {
    let server = TestServer::start().await;
    let desk = server.first().await;
    let mut phone = Phone::at(&server);
    phone.post("/cases", &complaint()).await;
    let id = only_case(&desk).await;
    let unit = server.unit(&desk, "产品质量部").await;
    for (command, body) in [
        ("accept", json!({})),
        ("notes", json!({"text": CANARY})),
        (
            "acts/investigate",
            json!({"fields": {"findings": CANARY, "nature": "attitude"}}),
        ),
        (
            "acts/tell_progress",
            json!({"fields": {"text": "正在调查"}}),
        ),
        ("dispatch", json!({"unit": unit, "reason": CANARY})),
    ] {
        let done = desk.command(&id, command, &body).await;
        assert!(done.status.is_success(), "{command} {}", done.body);
    }
    // Long past every limit: that is nobody's business but the organisation's.
    server.set_clock("2026-03-30T09:00:00+08:00").await;
    let head = server.again(&desk).await;
    let code = head.command(&id, "receipt-code", &json!({})).await;
    assert_eq!(code.status, StatusCode::CREATED, "{}", code.body);
    assert_eq!(
        phone.enter(text(&code.body, "code")).await.status,
        StatusCode::NO_CONTENT
    );
    let mut wires = vec![
        phone.own_case().await.wire,
        phone.browser().get("/portal").await.wire,
    ];
    wires.push(phone.record("answer", json!({"text": "冒充"})).await.wire);
    wires.push(phone.record("add", json!({"text": "在吗？"})).await.wire);
    wires.push(
        phone
            .post("/case/reopening", &json!({"reason": "在吗？"}))
            .await
            .wire,
    );
    for wire in wires {
        for secret in [
            CANARY,
            "沈佳",
            "产品质量部",
            "take_over",
            "初步调查",
            "张小花",
            "13900001111",
            "超时",
            "overdue",
            &id,
        ] {
            assert!(!wire.contains(secret), "{secret}: {wire}");
        }
    }
}

#[tokio::test]
async fn the_same_submission_sent_twice_makes_one_case_and_gets_one_code() {
    let server = TestServer::start().await;
    let desk = server.first().await;
    let mut phone = Phone::at(&server);
    let key = key();
    let first = phone.send(Method::POST, "/cases", &complaint(), &key).await;
    let again = phone.send(Method::POST, "/cases", &complaint(), &key).await;
    assert_eq!((first.status, &first.body), (again.status, &again.body));
    only_case(&desk).await;
    let mut other = complaint();
    other["fields"]["content"] = "别的事".into();
    let reused = phone.send(Method::POST, "/cases", &other, &key).await;
    assert_eq!(reused.body["code"], "idempotency_key_reused");
    let short = phone.send(Method::POST, "/cases", &complaint(), "1").await;
    assert_eq!(short.body["code"], "idempotency_key_missing");
    let code = text(&first.body, "code");
    assert_eq!(
        Phone::at(&server).enter(code).await.status,
        StatusCode::NO_CONTENT
    );
}

#[tokio::test]
async fn a_wrong_code_a_mistyped_one_and_the_number_are_answered_alike() {
    let server = TestServer::start().await;
    let mut phone = Phone::at(&server);
    let submitted = phone.post("/cases", &complaint()).await.body;
    let mut stranger = Phone::at(&server);
    let code = text(&submitted, "code");
    let unknown = stranger.enter("0000-0000-0000-0000-0000-0000-0012").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let swapped: String = code.chars().rev().collect();
    for wrong in [
        text(&submitted, "number"),
        &swapped,
        "",
        "查询码",
        &"7".repeat(2000),
    ] {
        let answer = stranger.enter(wrong).await;
        assert_eq!(
            (answer.status, answer.wire),
            (unknown.status, unknown.wire.clone()),
            "{wrong}"
        );
    }
    assert_eq!(stranger.own_case().await.status, StatusCode::UNAUTHORIZED);
    let typed = code.to_lowercase().replace('-', " ");
    assert_eq!(stranger.enter(&typed).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn guessing_and_flooding_are_slowed_down() {
    let server = TestServer::start().await;
    let mut phone = Phone::at(&server);
    let mut answers = Vec::new();
    for _ in 0..40 {
        answers.push(phone.enter("0000-0000-0000-0000-0000-0000-0012").await);
    }
    let slowed: Vec<&Answer> = answers
        .iter()
        .filter(|answer| answer.status == StatusCode::TOO_MANY_REQUESTS)
        .collect();
    assert!(slowed.len() >= 15, "{}", slowed.len());
    assert!(slowed.iter().all(|answer| answer.retry_after.is_some()));
    assert!(answers.iter().all(|answer| !answer.status.is_success()));
    let mut refused = 0;
    for _ in 0..70 {
        refused += u32::from(
            phone
                .post(
                    "/cases",
                    &json!({"policy": "general", "kind": "complaint", "fields": {}}),
                )
                .await
                .status
                == StatusCode::TOO_MANY_REQUESTS,
        );
    }
    assert!(refused >= 5, "{refused}");
}

#[tokio::test]
async fn a_session_ends_by_itself_with_a_new_code_and_on_leaving() {
    let server = TestServer::start().await;
    let desk = server.first().await;
    let mut phone = Phone::at(&server);
    let submitted = phone.post("/cases", &complaint()).await;
    assert!(submitted.cookie.unwrap().starts_with("huiyin_portal="));
    let code = text(&submitted.body, "code").to_owned();
    assert_eq!(phone.own_case().await.status, StatusCode::OK);
    // The desk's session is another thing altogether.
    assert_eq!(
        phone.browser().get("/cases").await.status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        desk.get("/portal/case").await.body["code"],
        "portal_not_entered"
    );

    server.set_clock("2026-03-02T09:14:00+08:00").await;
    assert_eq!(phone.own_case().await.status, StatusCode::OK);
    server.set_clock("2026-03-02T09:28:00+08:00").await;
    assert_eq!(phone.own_case().await.status, StatusCode::OK);
    server.set_clock("2026-03-02T09:44:00+08:00").await;
    assert_eq!(phone.own_case().await.body["code"], "portal_not_entered");

    phone.enter(&code).await;
    let desk = server.again(&desk).await;
    let id = only_case(&desk).await;
    let renewed = desk.command(&id, "receipt-code", &json!({})).await;
    assert_eq!(renewed.status, StatusCode::CREATED, "{}", renewed.body);
    assert_eq!(phone.own_case().await.body["code"], "portal_not_entered");
    assert_eq!(phone.enter(&code).await.status, StatusCode::NOT_FOUND);
    phone.enter(text(&renewed.body, "code")).await;
    assert_eq!(phone.own_case().await.status, StatusCode::OK);
    let before = phone.once_more();
    phone
        .send(Method::DELETE, "/session", &json!({}), &key())
        .await;
    assert_eq!(before.own_case().await.body["code"], "portal_not_entered");
}

#[tokio::test]
async fn what_the_policy_asks_is_asked_of_customers_too() {
    let server = TestServer::start().await;
    let mut phone = Phone::at(&server);
    let mut unwilling = complaint();
    unwilling["consents"] = false.into();
    let answer = phone.post("/cases", &unwilling).await;
    assert_eq!(
        (answer.status, text(&answer.body, "code")),
        (StatusCode::CONFLICT, "consent_missing")
    );
    let mut nameless = complaint();
    nameless["fields"]
        .as_object_mut()
        .unwrap()
        .remove("contact");
    let answer = phone.post("/cases", &nameless).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.body["fields"][0]["field"], "complaint_form.contact");
    let inquiry = json!({"policy": "general", "kind": "inquiry",
        "fields": {"nature": "question", "subject": "营业时间", "content": "周末营业吗？"}});
    assert_eq!(
        phone.post("/cases", &inquiry).await.status,
        StatusCode::CREATED
    );
    let mut more = inquiry.clone();
    more["fields"]["other_unit"] = true.into();
    let answer = phone.post("/cases", &more).await;
    assert_eq!(
        (answer.status, text(&answer.body, "code")),
        (StatusCode::UNPROCESSABLE_ENTITY, "field_unknown")
    );
    let internal = json!({"policy": "general", "kind": "improvement", "fields": {}});
    assert_eq!(
        phone.post("/cases", &internal).await.body["code"],
        "not_on_portal"
    );
}

#[tokio::test]
async fn every_route_of_the_portal_needs_a_session_or_is_limited() {
    let server = TestServer::start().await;
    let document = serde_json::to_value(huiyin_api::document()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let mut seen = 0;
    for (path, operations) in paths.iter().filter(|(path, _)| path.starts_with("/portal")) {
        for (method, operation) in operations.as_object().unwrap() {
            let needs_session = operation["security"].to_string().contains("portal");
            let is_limited = operation["responses"]["429"].is_object();
            let is_harmless = method == "get" && path == "/portal" || method == "delete";
            assert!(
                needs_session || is_limited || is_harmless,
                "{method} {path}"
            );
            if needs_session {
                let headers = [("idempotency-key", &*key())];
                let method: Method = method.to_uppercase().parse().unwrap();
                let answer = server
                    .nobody()
                    .send(method, path, Some(&json!({})), &headers)
                    .await;
                assert_eq!(answer.body["code"], "portal_not_entered", "{path}");
            }
            seen += 1;
        }
    }
    assert!(seen >= 7, "{seen}");
}
