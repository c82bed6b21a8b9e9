//! Files that come in and go out: whose, of which types, under which names, and what stays of them.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, StatusCode, header};
use serde_json::{Value, json};

use crate::support::{Answer, Client, TestServer, unique_key};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";
const PDF: &[u8] = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n";

/// Sends a file under a name that is percent-encoded as far as it must be.
async fn upload(client: &Client, case: &str, name: &str, bytes: &[u8]) -> Answer {
    upload_with(client, case, name, bytes.to_vec(), &unique_key()).await
}

async fn upload_with(client: &Client, case: &str, name: &str, bytes: Vec<u8>, key: &str) -> Answer {
    let name: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let headers = [("idempotency-key", key), ("file-name", &*name)];
    let path = format!("/cases/{case}/attachments");
    client
        .send_bytes(Method::POST, &path, Body::from(bytes), &headers)
        .await
}

async fn items(client: &Client, case: &str) -> Vec<Value> {
    let answer = client.get(&format!("/cases/{case}/attachments")).await;
    answer.body["items"].as_array().unwrap().clone()
}

fn header_of(headers: &HeaderMap, name: header::HeaderName) -> String {
    headers[name].to_str().unwrap().to_owned()
}

fn code(answer: &Answer) -> (u16, &str) {
    (
        answer.status.as_u16(),
        answer.body["code"].as_str().unwrap_or_default(),
    )
}

#[tokio::test]
async fn a_file_comes_back_as_it_was_sent_and_runs_nowhere() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = head.complain().await;
    let added = upload(&head, &case, "柜门 照片.PNG", PNG).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
    let entry = added.body["entry"].as_u64().unwrap();
    assert_eq!(added.etag.unwrap(), format!("\"{entry}\""));

    let listed = items(&head, &case).await;
    assert_eq!(listed.len(), 1);
    let expected = json!({"entry": entry, "name": "柜门 照片.png", "sort": "image", "media": "image/png", "bytes": PNG.len(),
        "who": "沈佳", "at": listed[0]["at"], "from_customer": false, "previewed": true, "removable": true});
    assert_eq!(listed[0], expected);

    let path = format!("/cases/{case}/attachments/{entry}");
    let (status, bytes, headers) = head.get_bytes(&path).await;
    assert_eq!((status, bytes.as_slice()), (StatusCode::OK, PNG));
    assert_eq!(
        header_of(&headers, header::CONTENT_TYPE),
        "application/octet-stream"
    );
    assert_eq!(
        header_of(&headers, header::CONTENT_DISPOSITION),
        "attachment; filename=\"__ __.png\"; filename*=UTF-8''%E6%9F%9C%E9%97%A8%20%E7%85%A7%E7%89%87.png"
    );
    assert_eq!(
        header_of(&headers, header::X_CONTENT_TYPE_OPTIONS),
        "nosniff"
    );
    assert_eq!(header_of(&headers, header::CACHE_CONTROL), "no-store");
    assert_eq!(
        header_of(&headers, header::CONTENT_SECURITY_POLICY),
        "default-src 'none'; sandbox; frame-ancestors 'none'"
    );
    let (_, bytes, headers) = head.get_bytes(&format!("{path}?inline=true")).await;
    assert_eq!(bytes, PNG);
    assert_eq!(header_of(&headers, header::CONTENT_TYPE), "image/png");
    assert!(header_of(&headers, header::CONTENT_DISPOSITION).starts_with("inline; "));
    assert!(header_of(&headers, header::CONTENT_SECURITY_POLICY).contains("sandbox"));

    // Whatever is no plain picture is never shown in the page, even if that is asked for.
    let added = upload(&head, &case, "发票.pdf", PDF).await;
    let path = format!(
        "/cases/{case}/attachments/{}?inline=true",
        added.body["entry"]
    );
    let (_, _, headers) = head.get_bytes(&path).await;
    assert_eq!(
        header_of(&headers, header::CONTENT_TYPE),
        "application/octet-stream"
    );
    assert!(header_of(&headers, header::CONTENT_DISPOSITION).starts_with("attachment; "));

    let audits = server.app.store().audits(None, 10).await.unwrap();
    let looks = audits
        .iter()
        .filter(|one| one.entry.action == "show_attachment");
    assert_eq!(looks.count(), 3);
}

#[tokio::test]
async fn names_and_types_that_lie_are_refused_or_made_harmless() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = head.complain().await;
    for (name, bytes, expected) in [
        (
            "page.html",
            &b"<script>alert(1)</script>"[..],
            (415, "file_type_not_taken"),
        ),
        (
            "drawing.svg",
            b"<svg onload=alert(1)>",
            (415, "file_type_not_taken"),
        ),
        ("a.jpg\0.exe", b"MZ\x90\0", (415, "file_type_not_taken")),
        ("photo\u{202e}gpj.exe", b"MZ", (415, "file_type_not_taken")),
        ("a.e\u{200b}xe", b"MZ", (415, "file_type_not_taken")),
        ("all.zip", b"PK\x03\x04", (415, "file_type_not_taken")),
        ("noextension", PNG, (415, "file_type_not_taken")),
        ("photo.jpg", PNG, (415, "file_type_untrue")),
        (
            "photo.png",
            b"<svg onload=alert(1)>",
            (415, "file_type_untrue"),
        ),
        (
            "text.txt",
            b"<!DOCTYPE html><script>",
            (415, "file_type_untrue"),
        ),
        ("text.txt", b"MZ\x90\0\0", (415, "file_type_untrue")),
        ("../../", PNG, (422, "file_name_unusable")),
        ("\u{200b}", PNG, (422, "file_name_unusable")),
        ("empty.png", b"", (422, "file_empty")),
    ] {
        let answer = upload(&head, &case, name, bytes).await;
        assert_eq!(code(&answer), expected, "{name:?} {}", answer.body);
    }
    assert_eq!(items(&head, &case).await, [] as [Value; 0]);
    for (name, kept) in [
        ("../../etc/passwd.png", "passwd.png"),
        ("C:\\temp\\con.png", "_con.png"),
        ("a\"b;\r\nSet-Cookie: x.png", "a_b; Set-Cookie_ x.png"),
    ] {
        let added = upload(&head, &case, name, PNG).await;
        assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
        let listed = items(&head, &case).await;
        assert_eq!(listed.last().unwrap()["name"], kept);
        let path = format!("/cases/{case}/attachments/{}", added.body["entry"]);
        assert_eq!(head.get_bytes(&path).await.0, StatusCode::OK);
    }
    // Headers that are no percent-encoded UTF-8, or are missing.
    let path = format!("/cases/{case}/attachments");
    for (headers, expected) in [
        (vec![("file-name", "%ff%fe.png")], "file_header_unreadable"),
        (vec![], "file_name_unusable"),
    ] {
        let key = unique_key();
        let headers = [headers, vec![("idempotency-key", &*key)]].concat();
        let answer = head
            .send_bytes(Method::POST, &path, Body::from(PNG), &headers)
            .await;
        assert_eq!(code(&answer).1, expected);
    }
}

#[tokio::test]
async fn a_file_of_twenty_megabytes_is_taken_and_one_byte_more_is_not() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = head.complain().await;
    let most = huiyin_case::limits::ATTACHMENT_BYTES_MAX;
    let mut bytes = PNG.to_vec();
    bytes.resize(usize::try_from(most).unwrap(), 0x55);
    let added = upload_with(&head, &case, "a.png", bytes.clone(), &unique_key()).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
    let path = format!("/cases/{case}/attachments/{}", added.body["entry"]);
    assert!(head.get_bytes(&path).await.1 == bytes);
    bytes.push(0);
    let answer = upload_with(&head, &case, "b.png", bytes.clone(), &unique_key()).await;
    assert_eq!(code(&answer), (413, "file_too_big"));
    // The same when the length is not said before.
    let pieces = bytes
        .chunks(1 << 20)
        .map(|piece| Ok::<_, std::io::Error>(Bytes::copy_from_slice(piece)));
    let body = Body::from_stream(futures_util::stream::iter(pieces.collect::<Vec<_>>()));
    let key = unique_key();
    let headers = [("idempotency-key", &*key), ("file-name", "b.png")];
    let answer = head
        .send_bytes(
            Method::POST,
            &format!("/cases/{case}/attachments"),
            body,
            &headers,
        )
        .await;
    assert_eq!(code(&answer), (413, "file_too_big"));
    assert_eq!(items(&head, &case).await.len(), 1);
}

#[tokio::test]
async fn a_broken_upload_leaves_nothing_on_record() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = head.complain().await;
    let pieces = [
        Ok(Bytes::from_static(PNG)),
        Ok(Bytes::from(vec![0; 1 << 20])),
        Err(std::io::Error::other("cut off")),
    ];
    let key = unique_key();
    let headers = [("idempotency-key", &*key), ("file-name", "a.png")];
    let path = format!("/cases/{case}/attachments");
    let body = Body::from_stream(futures_util::stream::iter(pieces));
    let answer = head.send_bytes(Method::POST, &path, body, &headers).await;
    assert_eq!(code(&answer), (400, "upload_broken"));
    assert_eq!(items(&head, &case).await, [] as [Value; 0]);
    // The same key goes on being good.
    let again = upload_with(&head, &case, "a.png", PNG.to_vec(), &key).await;
    assert_eq!(again.status, StatusCode::CREATED);
}

#[tokio::test]
async fn the_same_upload_sent_twice_is_one_attachment() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = head.complain().await;
    let key = unique_key();
    let first = upload_with(&head, &case, "a.png", PNG.to_vec(), &key).await;
    let again = upload_with(&head, &case, "a.png", PNG.to_vec(), &key).await;
    assert_eq!((first.status, &first.body), (again.status, &again.body));
    let reused = upload_with(&head, &case, "b.pdf", PDF.to_vec(), &key).await;
    assert_eq!(code(&reused), (422, "idempotency_key_reused"));
    assert_eq!(items(&head, &case).await.len(), 1);
}

#[tokio::test]
async fn those_who_upload_at_the_same_time_do_not_stand_in_each_others_way() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let other = server.person(&head, "徐冰", &["staff"]).await;
    let case = head.complain().await;
    let uploads = futures_util::future::join_all((0..6).map(|number| {
        let client = if number % 2 == 0 { &head } else { &other };
        let mut bytes = PNG.to_vec();
        bytes.push(number / 2);
        let case = &case;
        async move { upload_with(client, case, "a.png", bytes, &unique_key()).await }
    }))
    .await;
    for answer in uploads {
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    }
    let listed = items(&head, &case).await;
    assert_eq!(listed.len(), 6);
    // Each still has its bytes after the one with the same bytes is removed.
    for entry in listed.iter().map(|item| item["entry"].clone()) {
        let path = format!("/cases/{case}/attachments/{entry}");
        assert_eq!(head.get_bytes(&path).await.0, StatusCode::OK);
        let removal = format!("attachments/{entry}/removal");
        let removed = head
            .command(&case, &removal, &json!({"reason": "重复"}))
            .await;
        assert_eq!(removed.status, StatusCode::OK, "{}", removed.body);
    }
    assert_eq!(
        server.app.store().verify(None).await.unwrap().attachments,
        0
    );
}

#[tokio::test]
async fn a_removed_attachment_is_gone_and_its_removal_stays() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let other = server.person(&head, "徐冰", &["staff"]).await;
    let case = head.complain().await;
    let entry = upload(&head, &case, "a.png", PNG).await.body["entry"].clone();
    let removal = format!("attachments/{entry}/removal");
    let without = head.command(&case, &removal, &json!({"reason": " "})).await;
    assert_eq!(code(&without), (409, "reason_missing"));
    let removed = head
        .command(&case, &removal, &json!({"reason": "拍到了别人"}))
        .await;
    assert_eq!(removed.status, StatusCode::OK, "{}", removed.body);
    let path = format!("/cases/{case}/attachments/{entry}");
    for client in [&head, &other] {
        assert_eq!(client.get_bytes(&path).await.0, StatusCode::NOT_FOUND);
        assert_eq!(items(client, &case).await, [] as [Value; 0]);
    }
    let again = head.command(&case, &removal, &json!({"reason": "x"})).await;
    assert_eq!(code(&again), (409, "attachment_not_there"));
    let entries = head.get(&format!("/cases/{case}")).await.body["entries"].clone();
    let told: Vec<_> = entries
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["kind"] == "attachment")
        .map(|entry| (entry["title"].clone(), entry["text"].clone()))
        .collect();
    assert_eq!(
        told,
        [
            (json!("添加附件：a.png"), Value::Null),
            (json!("移除附件：a.png"), json!("拍到了别人"))
        ]
    );
}

#[tokio::test]
async fn each_role_reaches_the_files_of_the_cases_it_reaches() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = head.complain().await;
    let entry = upload(&head, &case, "a.png", PNG).await.body["entry"].clone();
    let path = format!("/cases/{case}/attachments/{entry}");
    for (name, role, sees, adds) in [
        ("徐冰", "staff", true, true),
        ("陈思远", "staff", false, false),
        ("孙丽", "supervisor", true, true),
        ("何静", "auditor", true, false),
        ("王磊", "administrator", false, false),
    ] {
        let client = server.person(&head, name, &[role]).await;
        let seen = client.get_bytes(&path).await.0;
        let listed = client.get(&format!("/cases/{case}/attachments")).await;
        let (expected, may_add) = match sees {
            true => (StatusCode::OK, json!(adds)),
            false => (StatusCode::NOT_FOUND, Value::Null),
        };
        assert_eq!((seen, listed.status), (expected, expected), "{name}");
        assert_eq!(listed.body["may_add"], may_add, "{name}");
        let added = upload(&client, &case, "b.png", PNG).await;
        let expected = match (sees, adds) {
            (_, true) => StatusCode::CREATED,
            (true, false) => StatusCode::FORBIDDEN,
            (false, _) => StatusCode::NOT_FOUND,
        };
        assert_eq!(added.status, expected, "{name} {}", added.body);
    }
    // What is read stays readable while nothing can be written, and nothing comes in.
    let server = server.restart_reading().await;
    let head = server.again(&head).await;
    assert_eq!(head.get_bytes(&path).await.1, PNG);
    assert_eq!(
        code(&upload(&head, &case, "c.png", PNG).await),
        (503, "read_only")
    );
}

#[tokio::test]
async fn a_customer_attaches_by_what_proves_the_case_is_his() {
    use huiyin_app::attachments::AttachRequest;
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = head.complain().await;
    let request = AttachRequest {
        case: case.parse().unwrap(),
        name: "现场.png".to_owned(),
        note: Some("合不上的门".to_owned()),
        seal: None,
        key: huiyin_app::commands::Key::new(unique_key()),
    };
    let app = &server.app;
    let mut incoming = app.begin_attachment_of_customer(request).await.unwrap();
    app.take_bytes(&mut incoming, PNG).await.unwrap();
    let done = app.finish_attachment(incoming).await.unwrap();
    let listed = items(&head, &case).await;
    assert_eq!(
        (
            &listed[0]["entry"],
            &listed[0]["from_customer"],
            &listed[0]["who"],
            &listed[0]["note"]
        ),
        (
            &json!(done.entry),
            &json!(true),
            &Value::Null,
            &json!("合不上的门")
        )
    );
}
