//! The next version of a policy: drafted, discussed, consented to, published (P1.16).

use axum::http::{Method, StatusCode};
use huiyin_policy::SourceFile;
use serde_json::{Map, Value, json};

use crate::support::{
    Answer, Client, TestServer, general_policy, shipped_policy, unique_key, without_ids,
};

/// Files as they are sent, changed by `change`.
fn files(of: Vec<SourceFile>, change: impl Fn(String) -> String) -> Value {
    let files = of.into_iter().map(|file| {
        let text = String::from_utf8(file.bytes).unwrap();
        (file.name, Value::String(change(text)))
    });
    Value::Object(files.collect::<Map<String, Value>>())
}

/// The general policy with a shorter limit.
fn revised() -> Value {
    files(general_policy(), |text| {
        text.replace("length: 48 hours", "length: 24 hours")
    })
}

async fn drafted(head: &Client, files: Value) -> Value {
    let body = json!({"policy": "general", "files": files});
    let added = head.post("/policies/drafts", &body).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
    added.body
}

/// Does something with a draft on the state that the answer shows.
async fn on(client: &Client, draft: &Value, verb: &str, body: &Value) -> Answer {
    let method = if verb == "files" {
        Method::PUT
    } else {
        Method::POST
    };
    let seen = format!("\"{}\"", draft["revision"]);
    let path = format!("/policies/drafts/{}/{verb}", draft["id"].as_str().unwrap());
    client
        .send(method, &path, Some(body), &[("if-match", &seen)])
        .await
}

fn codes(draft: &Value) -> Vec<&str> {
    let hindrances = draft["hindrances"].as_array().unwrap().iter();
    hindrances
        .map(|one| one["code"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn a_draft_is_discussed_consented_to_and_published() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let lin = server.person(&head, "林晓", &["staff"]).await;
    let xu = server.person(&head, "徐冰", &["staff"]).await;
    let lin_id = lin.get("/me").await.body["person"]["id"].clone();
    let draft = drafted(&head, revised()).await;
    assert_eq!(
        (&draft["compared_with"], &draft["findings"]),
        (&json!(1), &json!([]))
    );
    insta::assert_json_snapshot!("changes", [&draft["clauses"], &draft["touched"]]);

    let said = json!({"clause": "P1.8", "text": "一天太紧，周末怎么办？"});
    let draft = on(&lin, &draft, "comments", &said).await.body;
    let unknown = on(
        &lin,
        &draft,
        "comments",
        &json!({"clause": "P1.99", "text": "?"}),
    )
    .await;
    assert_eq!(unknown.body["code"], "clause_unknown");
    let asked = on(&head, &draft, "consents", &json!({"people": [lin_id]})).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.body);
    let draft = asked.body;
    assert_eq!(codes(&draft), ["consents_missing"]);
    let early = on(&head, &draft, "publish", &json!({})).await;
    assert_eq!(
        (early.status, &early.body["code"]),
        (StatusCode::CONFLICT, &json!("consents_missing"))
    );

    let answer = |consents: bool, reason: &str, draft: &Value| json!({"consents": consents, "reason": reason, "files_hash": draft["files_hash"]});
    let unasked = on(&xu, &draft, "answer", &answer(true, "", &draft)).await;
    assert_eq!(unasked.status, StatusCode::FORBIDDEN);
    let silent = on(&lin, &draft, "answer", &answer(false, " ", &draft)).await;
    assert_eq!(silent.body["code"], "comment_unusable");
    let refused = on(&lin, &draft, "answer", &answer(false, "人手不够", &draft))
        .await
        .body;
    assert_eq!(
        (&refused["consents"][0]["standing"], codes(&refused)),
        (&json!("refused"), vec!["consents_missing"])
    );
    let given = on(&lin, &draft, "answer", &answer(true, "", &draft))
        .await
        .body;
    assert_eq!(
        (&given["consents"][0]["standing"], codes(&given)),
        (&json!("given"), vec![])
    );

    // Other files: the consent lapses, and an answer to the files as they were is none.
    let other = files(general_policy(), |text| {
        text.replace("length: 48 hours", "length: 36 hours")
    });
    let late = on(&head, &draft, "files", &json!({"files": other})).await;
    assert_eq!(
        late.status,
        StatusCode::PRECONDITION_FAILED,
        "{}",
        late.body
    );
    let changed = on(&head, &given, "files", &json!({"files": other}))
        .await
        .body;
    assert_eq!(changed["consents"][0]["standing"], "lapsed");
    assert_eq!(changed["comments"][0]["on_earlier_files"], true);
    let blind = on(&lin, &changed, "answer", &answer(true, "", &given)).await;
    assert_eq!(blind.status, StatusCode::PRECONDITION_FAILED);
    let given = on(&lin, &changed, "answer", &answer(true, "可以", &changed))
        .await
        .body;
    insta::assert_json_snapshot!(
        "consented",
        [
            &without_ids(given["comments"].clone()),
            &without_ids(given["consents"].clone()),
            &given["hindrances"],
        ]
    );

    let denied = on(&lin, &given, "publish", &json!({})).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
    let past = on(&head, &given, "publish", &json!({"from": "2026-03-01"})).await;
    assert_eq!(past.body["code"], "effective_day_unusable");
    let published = on(&head, &given, "publish", &json!({"from": "2026-03-03"})).await;
    assert_eq!(
        (
            published.status,
            &published.body["version"],
            &published.body["standing"]
        ),
        (StatusCode::CREATED, &json!(2), &json!("to_come"))
    );
    let after = on(&head, &given, "publish", &json!({})).await;
    assert_eq!(after.body["code"], "draft_ended");
    let listed = lin.get("/policies/drafts").await.body;
    assert_eq!(
        (&listed[0]["standing"], &listed[0]["version"]),
        (&json!("published"), &json!(2))
    );
    server.set_clock("2026-03-03T09:00:00+08:00").await;
    let head = server.again(&head).await;
    let case = head.complain().await;
    let case = head.get(&format!("/cases/{case}")).await.body;
    assert_eq!(case["clocks"][0]["due_at"], "2026-03-04T21:00:00+08:00");

    let audits = server.app.store().audits(None, 40).await.unwrap();
    let steps: Vec<&str> = audits
        .iter()
        .rev()
        .map(|one| one.entry.action.as_str())
        .filter(|action| {
            action.ends_with("_draft") || action.ends_with("_consent") || *action == "draft_policy"
        })
        .collect();
    assert_eq!(
        steps,
        [
            "draft_policy",
            "comment_draft",
            "ask_consent",
            "answer_draft",
            "answer_draft",
            "change_draft",
            "answer_draft",
            "publish_draft",
        ]
    );
}

#[tokio::test]
async fn a_draft_with_errors_is_kept_with_its_findings_and_not_published() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let broken = files(general_policy(), |text| {
        text.replacen("length: 48 hours", "length: 48 hurs", 1)
    });
    let broken_text = broken["policy.yaml"].as_str().unwrap().to_owned();
    let draft = drafted(&head, broken).await;
    let mut findings = draft["findings"].clone();
    let line = findings[0].as_object_mut().unwrap().remove("line");
    let text = broken_text
        .lines()
        .position(|line| line.contains("48 hurs"));
    assert_eq!(line, Some(json!(text.unwrap() + 1)));
    insta::assert_json_snapshot!("findings", findings);
    assert_eq!(codes(&draft), ["policy_has_errors"]);
    let refused = on(&head, &draft, "publish", &json!({})).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let kept = format!("/policies/drafts/{}/files", draft["id"].as_str().unwrap());
    let kept = head.get(&kept).await.body;
    assert!(
        kept["files"]["policy.yaml"]
            .as_str()
            .unwrap()
            .contains("48 hurs")
    );

    // Blanks that nobody has filled in, and another policy's files.
    let blank = files(shipped_policy("it-service"), |text| text);
    let other = on(&head, &draft, "files", &json!({"files": blank}))
        .await
        .body;
    assert_eq!(codes(&other), ["other_policy"]);
    let unset = json!({"policy": "it_service", "files": blank});
    let unset = head.post("/policies/drafts", &unset).await.body;
    assert_eq!(codes(&unset), ["policy_parameters_unset"]);

    let withdrawn = on(&head, &other, "withdraw", &json!({})).await.body;
    assert_eq!(withdrawn["standing"], "withdrawn");
    let after = on(&head, &withdrawn, "comments", &json!({"text": "可惜"})).await;
    assert_eq!(after.body["code"], "draft_ended");
}

#[tokio::test]
async fn drafts_are_put_down_by_administrators_within_limits_and_once_under_a_key() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let staff = server.person(&head, "林晓", &["staff"]).await;
    let body = json!({"policy": "general", "files": revised()});
    let denied = staff.post("/policies/drafts", &body).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
    let none =
        json!({"policy": "general", "files": {"tests/a.yaml": "tests: []", "README.md": "#"}});
    let big =
        json!({"policy": "general", "files": {"policy.yaml": "a".repeat(4 * 1024 * 1024 + 1)}});
    for wrong in [none, big] {
        let refused = head.post("/policies/drafts", &wrong).await;
        assert_eq!(
            refused.body["code"], "draft_files_unusable",
            "{}",
            refused.body
        );
    }
    let key = unique_key();
    let headers = [("idempotency-key", key.as_str())];
    let first = head.post_with("/policies/drafts", &body, &headers).await;
    let again = head.post_with("/policies/drafts", &body, &headers).await;
    assert_eq!(first.body["id"], again.body["id"]);
    let other = json!({"policy": "general", "files": {"policy.yaml": "policy: {}"}});
    let other = head.post_with("/policies/drafts", &other, &headers).await;
    assert_eq!(other.body["code"], "idempotency_key_reused");
    assert_eq!(
        head.get("/policies/drafts")
            .await
            .body
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let reader = server.person(&head, "孙丽", &["reader"]).await;
    assert_eq!(
        reader.get("/policies/drafts").await.status,
        StatusCode::FORBIDDEN
    );
}
