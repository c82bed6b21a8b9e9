//! Photos and files over the portal: what the policy takes, how much of it, and that nothing comes out again.

use axum::body::{Body, Bytes};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::phone::{Phone, complaint, key, text};
use crate::support::{Answer, Client, TestServer, unique_key};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";
/// A word in the names and bytes of everything that is not for the customer.
const CANARY: &str = "金丝雀";

fn code(answer: &Answer) -> (u16, &str) {
    (
        answer.status.as_u16(),
        answer.body["code"].as_str().unwrap_or_default(),
    )
}

fn names(case: &Value) -> Vec<&str> {
    let files = case["files"].as_array().unwrap();
    files.iter().map(|file| text(file, "name")).collect()
}

/// A phone that brought a complaint in, and the id by which a desk knows the case.
async fn complained<'s>(server: &'s TestServer, desk: &Client) -> (Phone<'s>, String) {
    let mut phone = Phone::at(server);
    let submitted = phone.post("/cases", &complaint()).await;
    assert_eq!(submitted.status, StatusCode::CREATED, "{}", submitted.body);
    let rows = desk.get("/cases").await.body;
    let row = rows["rows"].as_array().unwrap().iter();
    let number = text(&submitted.body, "number");
    let mut row = row.filter(|row| row["number"] == number);
    (phone, text(row.next().unwrap(), "id").to_owned())
}

async fn attach(desk: &Client, case: &str, name: &str, bytes: &[u8]) -> Answer {
    let name: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let key = unique_key();
    let note: String = CANARY.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let headers = [
        ("idempotency-key", &*key),
        ("file-name", &*name),
        ("file-note", &*note),
    ];
    let path = format!("/cases/{case}/attachments");
    desk.send_bytes(Method::POST, &path, Body::from(bytes.to_vec()), &headers)
        .await
}

#[tokio::test]
async fn a_photo_reaches_the_desk_and_the_customer_sees_that_it_is_there() {
    let server = TestServer::start().await;
    let desk = server.first().await;
    let home = server.nobody().get("/portal").await.body;
    let kind = home["kinds"].as_array().unwrap();
    assert!(kind.iter().all(|kind| kind["files"]["count_max"] == 10));
    let (phone, case) = complained(&server, &desk).await;
    let mut listening = desk.listen().await;
    listening.next().await;
    let key = key();
    let sent = phone.send_file("裂纹 1.PNG", PNG, &key).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    assert!(listening.next().await.contains(&case));
    // The same once more, because its answer got lost.
    let again = phone.send_file("裂纹 1.PNG", PNG, &key).await;
    assert_eq!(names(&again.body), ["裂纹 1.png"]);
    insta::assert_snapshot!(
        serde_json::to_string_pretty(&json!({
            "files": again.body["files"],
            "files_taken": again.body["files_taken"],
        }))
        .unwrap()
    );
    let at_desk = desk.get(&format!("/cases/{case}/attachments")).await.body;
    let item = &at_desk["items"][0];
    assert_eq!(
        (&item["from_customer"], &item["who"]),
        (&json!(true), &Value::Null)
    );
    let path = format!("/cases/{case}/attachments/{}", item["entry"]);
    assert_eq!(desk.get_bytes(&path).await.1, PNG);
    // Taken away at the desk, it is gone for him as well.
    let removal = format!("attachments/{}/removal", item["entry"]);
    let removed = desk
        .command(&case, &removal, &json!({"reason": CANARY}))
        .await;
    assert_eq!(removed.status, StatusCode::OK, "{}", removed.body);
    let own = phone.own_case().await;
    assert_eq!(names(&own.body), [] as [&str; 0]);
    assert!(!own.wire.contains(CANARY), "{}", own.wire);
}

#[tokio::test]
async fn no_file_comes_out_of_the_portal_and_none_of_the_desk_is_known_there() {
    let server = TestServer::start().await;
    let desk = server.first().await;
    let (phone, case) = complained(&server, &desk).await;
    let bytes = [PNG, CANARY.as_bytes()].concat();
    let attached = attach(&desk, &case, &format!("{CANARY}.png"), &bytes).await;
    assert_eq!(attached.status, StatusCode::CREATED, "{}", attached.body);
    // The very same bytes from him: that they are there already is not told.
    let sent = phone.send_file("我的.png", bytes.clone(), &key()).await;
    assert_eq!(names(&sent.body), ["我的.png"], "{}", sent.body);
    let entry = &attached.body["entry"];
    let mut wires = vec![sent.wire, phone.own_case().await.wire];
    for path in [
        format!("/cases/{case}/attachments/{entry}"),
        format!("/cases/{case}/attachments"),
        "/portal/case/files".to_owned(),
        format!("/portal/case/files/{entry}"),
        "/portal/case/files/1".to_owned(),
    ] {
        let answer = phone.browser().get(&path).await;
        assert!(answer.status.is_client_error(), "{path} {}", answer.wire);
        wires.push(answer.wire);
    }
    for wire in wires {
        assert!(!wire.contains(CANARY) && !wire.contains(&case), "{wire}");
    }
    let document = serde_json::to_value(huiyin_api::document()).unwrap();
    let portal = document["paths"].as_object().unwrap().iter();
    for (path, operations) in portal.filter(|(path, _)| path.starts_with("/portal")) {
        let answers = operations.as_object().unwrap().values();
        let gives_bytes = answers.map(|one| one["responses"].to_string());
        let gives_bytes = gives_bytes.filter(|one| one.contains("octet-stream"));
        assert_eq!(gives_bytes.count(), 0, "{path}");
    }
}

#[tokio::test]
async fn a_customer_sends_to_his_own_open_case_alone_and_no_more_than_the_policy_takes() {
    let server = TestServer::start().await;
    let desk = server.first().await;
    let stranger = Phone::at(&server);
    let refused = stranger.send_file("a.png", PNG, &key()).await;
    assert_eq!(code(&refused), (401, "portal_not_entered"));
    let (phone, case) = complained(&server, &desk).await;
    let (other, _) = complained(&server, &desk).await;
    for number in 0..10 {
        let name = format!("{number}.png");
        let sent = phone.send_file(&name, PNG, &key()).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    }
    let own = phone.own_case().await.body;
    assert_eq!((names(&own).len(), &own["files_taken"]), (10, &Value::Null));
    let over = phone.send_file("10.png", PNG, &key()).await;
    assert_eq!(code(&over), (409, "limit_reached"));
    assert_eq!(names(&other.own_case().await.body), [] as [&str; 0]);

    let withdrawn = json!({"told_by": "客户本人", "reason": "已经好了"});
    for (command, body) in [("accept", json!({})), ("withdraw", withdrawn)] {
        let done = desk.command(&case, command, &body).await;
        assert_eq!(done.status, StatusCode::OK, "{command} {}", done.body);
    }
    let own = phone.own_case().await.body;
    assert_eq!((names(&own).len(), &own["files_taken"]), (10, &Value::Null));
    let late = phone.send_file("11.png", PNG, &key()).await;
    assert_eq!(code(&late), (409, "case_ended"));
}

#[tokio::test]
async fn what_is_no_file_of_the_kinds_taken_is_refused_and_leaves_nothing() {
    let server = TestServer::start().await;
    let desk = server.first().await;
    let (phone, _) = complained(&server, &desk).await;
    for (name, bytes, expected) in [
        ("page.html", &b"<script>"[..], (415, "file_type_not_taken")),
        ("photo.jpg", PNG, (415, "file_type_untrue")),
        ("../..", PNG, (422, "file_name_unusable")),
        ("empty.png", b"", (422, "file_empty")),
    ] {
        let answer = phone.send_file(name, bytes, &key()).await;
        assert_eq!(code(&answer), expected, "{name} {}", answer.body);
    }
    let guessable = phone.send_file("a.png", PNG, "1").await;
    assert_eq!(code(&guessable), (400, "idempotency_key_missing"));
    let most = usize::try_from(huiyin_case::limits::ATTACHMENT_BYTES_MAX).unwrap();
    let mut bytes = PNG.to_vec();
    bytes.resize(most + 1, 0x55);
    let pieces = bytes
        .chunks(1 << 20)
        .map(|piece| Ok::<_, std::io::Error>(Bytes::copy_from_slice(piece)));
    let body = Body::from_stream(futures_util::stream::iter(pieces.collect::<Vec<_>>()));
    let answer = phone.send_file("big.png", body, &key()).await;
    assert_eq!(code(&answer), (413, "file_too_big"));
    assert_eq!(names(&phone.own_case().await.body), [] as [&str; 0]);
}

#[tokio::test]
async fn sending_again_and_again_is_slowed_down() {
    let server = TestServer::start().await;
    let desk = server.first().await;
    let (phone, _) = complained(&server, &desk).await;
    let mut slowed = 0;
    for _ in 0..70 {
        let answer = phone.send_file("empty.png", Body::empty(), &key()).await;
        slowed += u32::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
        assert!(!answer.status.is_success());
        assert_eq!(
            answer.retry_after.is_some(),
            answer.status == StatusCode::TOO_MANY_REQUESTS
        );
    }
    assert!(slowed >= 5, "{slowed}");
}
