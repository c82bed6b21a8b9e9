//! Who may do what: every route, every role, own and foreign cases.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{TestServer, unique_key};

/// Routes of the API that need no session.
const OPEN_ROUTES: [&str; 6] = [
    "/session",
    "/setup",
    "/invitations/accept",
    "/health",
    "/ready",
    "/test/clock",
];

#[tokio::test]
async fn without_a_session_every_route_but_the_open_ones_answers_401() {
    let server = TestServer::start().await;
    let nobody = server.nobody();
    for (method, path) in routes() {
        // What customers do is held to rules of its own (portal.rs).
        if OPEN_ROUTES.contains(&path.as_str()) || path.starts_with("/portal") {
            continue;
        }
        let path = path
            .replace("{id}", "00000000-0000-0000-0000-000000000000")
            .replace("{act}", "reply")
            .replace("{entry}", "6");
        let answer = nobody
            .send(method.clone(), &path, Some(&json!({})), &[])
            .await;
        assert_eq!(
            (answer.status, answer.body["code"].as_str()),
            (StatusCode::UNAUTHORIZED, Some("not_signed_in")),
            "{method} {path}"
        );
    }
}

#[tokio::test]
async fn each_role_opens_its_own_doors_and_no_others() {
    let server = TestServer::start().await;
    let head = server.first().await;
    head.complain().await;
    let administrator = server.person(&head, "王磊", &["administrator"]).await;
    let staff = server.person(&head, "林晓", &["staff"]).await;
    let supervisor = server.person(&head, "孙丽", &["supervisor"]).await;
    let auditor = server.person(&head, "何静", &["auditor"]).await;
    let xu = server.person(&head, "徐冰", &["staff"]).await;
    let me = xu.get("/me").await.body;
    let other = me["person"]["id"].as_str().unwrap();
    let mut grid = String::new();
    for (name, client) in [
        ("administrator", &administrator),
        ("staff", &staff),
        ("supervisor", &supervisor),
        ("auditor", &auditor),
    ] {
        grid.push_str(&format!("{name}\n"));
        for path in [
            "/cases",
            "/cases/counts",
            "/search?q=衣柜",
            "/kinds",
            "/statistics/monthly?month=2026-03",
            "/people/accounts",
            "/organisation",
            "/policies",
        ] {
            let answer = client
                .get(&path.replace('衣', "%E8%A1%A3").replace('柜', "%E6%9F%9C"))
                .await;
            let seen = match (&answer.body["rows"], &answer.body) {
                (Value::Array(rows), _) => format!("{} rows", rows.len()),
                (_, Value::Array(items)) => format!("{} items", items.len()),
                (_, body) => body
                    .get("all")
                    .map_or_else(String::new, |all| format!("all = {all}")),
            };
            grid.push_str(&format!("  GET {path} {} {seen}\n", answer.status.as_u16()));
        }
        let registered = client.post("/cases", &crate::support::complaint()).await;
        grid.push_str(&format!("  POST /cases {}\n", registered.status.as_u16()));
        let unit = serde_json::json!({ "name": format!("{name} 的部门") });
        let added = client.post("/units", &unit).await;
        grid.push_str(&format!("  POST /units {}\n", added.status.as_u16()));
        let ended = client
            .send(
                Method::DELETE,
                &format!("/people/{other}/sessions"),
                None,
                &[],
            )
            .await;
        grid.push_str(&format!(
            "  DELETE /people/…/sessions {}\n",
            ended.status.as_u16()
        ));
        let away = client.get(&format!("/people/{other}/deputies")).await;
        grid.push_str(&format!(
            "  GET /people/…/deputies {}\n",
            away.status.as_u16()
        ));
    }
    insta::assert_snapshot!(grid);
}

#[tokio::test]
async fn a_case_one_may_not_see_answers_exactly_as_one_that_is_not_there() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let stranger = server.person(&head, "陈思远", &["staff"]).await;
    let administrator = server.person(&head, "王磊", &["administrator"]).await;
    let case = head.complain().await;
    let absent = "01a20033-2bde-72af-bd24-fef95a641c8f";
    for client in [&stranger, &administrator] {
        for (method, path) in routes()
            .into_iter()
            .filter(|(_, path)| path.starts_with("/cases/{id}"))
        {
            let ask = |id: &str| {
                let path = path
                    .replace("{id}", id)
                    .replace("{act}", "answer")
                    .replace("{kind}", "improvement")
                    .replace("{entry}", "6")
                    .replace("{scale}", "severity")
                    .replace("{party}", absent);
                let (client, method) = (client.clone(), method.clone());
                async move {
                    let body = json!({"link": "recomplaint", "case": absent, "told_by": "x", "record": absent, "unit": absent, "text": "x", "reason": "x", "clock": "reply", "note": "x", "more": 1, "entry": 1, "fields": {}, "role": "joint", "to": 2});
                    let body = keep_known(&path, &body);
                    let headers = [
                        ("idempotency-key", &*unique_key()),
                        ("if-match", "\"6\""),
                        ("file-name", "a.txt"),
                    ];
                    let answer = client.send(method, &path, Some(&body), &headers).await;
                    (answer.status, answer.body)
                }
            };
            let (foreign, missing) = (ask(&case).await, ask(absent).await);
            assert_eq!(foreign, missing, "{method} {path}");
            assert_eq!(
                foreign.0,
                StatusCode::NOT_FOUND,
                "{method} {path} {}",
                foreign.1
            );
        }
        assert_eq!(client.get("/cases").await.body["rows"], json!([]));
        assert_eq!(client.get("/cases/counts").await.body["all"], 0);
        assert_eq!(
            client.get("/search?q=TS2026000001").await.body["rows"],
            json!([])
        );
    }
}

/// Only the keys that the route's body has; others are refused before anything is looked up.
fn keep_known(path: &str, body: &Value) -> Value {
    let keys: &[&str] = match path.rsplit('/').next() {
        Some("notes") => &["text"],
        Some("dispatch" | "transfer") => &["unit", "reason"],
        Some("refuse" | "close" | "reopen" | "removal" | "remove" | "severity") => &["reason"],
        Some("parties") => &["role", "fields"],
        Some("links") => &["link", "case"],
        Some("undo") => &["link", "case", "reason"],
        Some("withdraw") => &["told_by", "reason"],
        Some("hold" | "lift") => &["reason"],
        Some("merge" | "part") => &["record", "reason"],
        Some("migrate") => &["to", "reason"],
        Some("pause") => &["clock", "reason", "note"],
        Some("extend") => &["clock", "more", "reason"],
        Some("resume") => &["clock"],
        Some("corrections") => &["entry", "reason"],
        Some("answer" | "improvement") => &["fields"],
        _ => &[],
    };
    keys.iter()
        .map(|key| ((*key).to_owned(), body[*key].clone()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// Every route of the document.
fn routes() -> Vec<(Method, String)> {
    let document = serde_json::to_value(huiyin_api::document()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    paths
        .iter()
        .flat_map(|(path, item)| {
            let methods = item
                .as_object()
                .unwrap()
                .keys()
                .filter_map(|method| method.to_uppercase().parse::<Method>().ok());
            methods
                .map(|method| (method, path.clone()))
                .collect::<Vec<_>>()
        })
        .collect()
}
