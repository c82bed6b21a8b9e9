//! Deductions over HTTP: what cases charge is taken month by month, a month is closed once, and its table stays.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use huiyin_policy::SourceFile;
use huiyin_testkit::damages_text;
use huiyin_testkit::postgres::{self, Server};
use serde_json::{Value, json};

use crate::support::{Answer, Client, TestServer};

const ACCOUNT: &str = "/deductions/damages/deductions";

async fn publish(server: &TestServer) {
    let rules = vec![SourceFile::new("policy.yaml", damages_text())];
    server.app.publish(rules).await.unwrap();
}

async fn done(client: &Client, case: &str, act: &str, fields: Value) {
    let body = json!({ "fields": fields });
    let done = client.command(case, &format!("acts/{act}"), &body).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
}

fn shares(of: &[(&str, &str)]) -> Value {
    let rows = of.iter();
    let rows: Vec<Value> = rows
        .map(|(who, weight)| json!({"who": who, "weight": weight}))
        .collect();
    json!({ "people": rows })
}

/// A damage of so much that these people bear, charged on a day.
async fn charged(head: &Client, paid: &str, of: &[(&str, &str)], on: &str) -> String {
    let body = json!({"policy": "damages", "kind": "damage", "channel": "phone", "fields": {"subject": "分层"}});
    let answer = head.post("/cases", &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let case = answer.body["id"].as_str().unwrap().to_owned();
    let losses =
        json!({"on": "2026-01-02", "items": [{"item": "A", "remedy": "claim", "paid": paid}]});
    done(head, &case, "state_losses", losses).await;
    done(head, &case, "share_out", shares(of)).await;
    done(head, &case, "charge", json!({ "on": on })).await;
    case
}

/// Takes an act of a case back, or corrects it.
async fn correct(head: &Client, case: &str, act: &str, fields: Option<Value>) {
    let seen = head.get(&format!("/cases/{case}")).await.body;
    let mut entries = seen["entries"].as_array().unwrap().iter().rev();
    let entry = entries
        .find(|entry| entry["act"] == act && entry["void"] != true)
        .unwrap();
    let mut body = json!({"entry": entry["seq"], "reason": "更正"});
    if let Some(fields) = fields {
        body["fields"] = fields;
    }
    let done = head.command(case, "corrections", &body).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
}

async fn put(client: &Client, path: &str, bytes: Vec<u8>) -> Answer {
    send(client, Method::PUT, path, bytes).await
}

async fn send(client: &Client, method: Method, path: &str, bytes: Vec<u8>) -> Answer {
    client
        .send_bytes(method, path, Body::from(bytes), &[])
        .await
}

async fn enter(head: &Client, month: &str, rows: &Value) -> Value {
    let path = format!("{ACCOUNT}/months/{month}/bonuses");
    let answer = put(head, &path, rows.to_string().into_bytes()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.body
}

async fn close(client: &Client, month: &str) -> (StatusCode, Value) {
    let path = format!("{ACCOUNT}/months/{month}/closing?format=xlsx");
    let answer = client.post(&path, &json!({})).await;
    (answer.status, answer.body)
}

/// Person, owed, at most, taken, carried on.
fn told(month: &Value) -> Vec<String> {
    let people = month["people"].as_array().unwrap().iter();
    let text = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
    let line = |one: &Value| {
        ["person", "owed", "room", "taken", "rest"]
            .map(|key| text(one, key))
            .join(" ")
    };
    people.map(line).collect()
}

async fn table(client: &Client, month: &str, query: &str) -> Vec<u8> {
    let path = format!("{ACCOUNT}/months/{month}/table{query}");
    client.table(&path).await
}

#[tokio::test]
async fn what_is_charged_is_taken_month_by_month_and_a_correction_comes_into_the_next() {
    let server = TestServer::start().await;
    publish(&server).await;
    let head = server.first().await;
    let people = [("王一", "60%"), ("李二", "40%")];
    let case = charged(&head, "500.01", &people, "2026-01-03").await;
    let mut charges = head.get(&format!("{ACCOUNT}/charges")).await.body;
    for charge in charges.as_array_mut().unwrap() {
        assert_eq!(charge["case"].take(), case.as_str());
    }
    insta::assert_json_snapshot!("charges", charges);
    let rows = json!([{"person": "王一", "bonus": "401.01"}, {"person": "周七", "bonus": "1"}]);
    let entered = enter(&head, "2026-01", &rows).await;
    assert_eq!(entered["without"], json!(["李二"]));

    // What closing would take is what it takes, and then it stays.
    let plan = head.get(&format!("{ACCOUNT}/months/2026-01")).await.body;
    assert_eq!(plan["closing"], Value::Null);
    let (status, closed) = close(&head, "2026-01").await;
    assert_eq!(status, StatusCode::CREATED, "{closed}");
    assert_eq!(closed["people"], plan["people"]);
    let january = [
        "李二 200.00 0.00 0.00 200.00",
        "王一 300.01 200.50 200.50 99.51",
    ];
    assert_eq!(told(&closed), january);
    let shown = head.get(&format!("{ACCOUNT}/months/2026-01")).await.body;
    assert_eq!(shown["people"], closed["people"]);
    let book = table(&head, "2026-01", "").await;
    let csv = table(&head, "2026-01", "?format=csv&lang=en").await;

    // A correction after that changes nothing of it: the difference comes into the next month.
    correct(&head, &case, "charge", None).await;
    correct(
        &head,
        &case,
        "share_out",
        Some(shares(&[("王一", "10%"), ("李二", "90%")])),
    )
    .await;
    done(&head, &case, "charge", json!({"on": "2026-02-08"})).await;
    enter(&head, "2026-02", &json!([{"person": "李二", "bonus": "500"}, {"person": "王一", "bonus": "500", "used": "250"}])).await;
    let (_, february) = close(&head, "2026-02").await;
    // 王一 bears 50.00 now, and 200.50 were taken of him.
    let given_back = [
        "李二 450.01 250.00 250.00 200.01",
        "王一 -150.50 0.00 -150.50 0.00",
    ];
    assert_eq!(told(&february), given_back);
    assert_eq!(february["taken"], "99.50");
    assert_eq!(table(&head, "2026-01", "").await, book);

    // The files are what they were, also after a restart.
    let login = head.login.clone().unwrap();
    let server = server.restart().await;
    let head = server.sign_in(&login).await;
    assert_eq!(table(&head, "2026-01", "").await, book);
    assert_eq!(table(&head, "2026-01", "?format=csv&lang=en").await, csv);
    let text = String::from_utf8(table(&head, "2026-02", "?format=csv&lang=zh-CN").await).unwrap();
    insta::assert_snapshot!("deductions_as_csv", text);
    let text = table(&head, "2026-02", "?of=charges&format=csv&lang=zh-CN").await;
    insta::assert_snapshot!(
        "deductions_charges_as_csv",
        String::from_utf8(text).unwrap()
    );
    let account = head.get("/deductions").await.body;
    let account = &account[0];
    assert_eq!(account["next"], "2026-03");
    assert_eq!(account["owed"], "200.01");
    let months: Vec<&Value> = account["closings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["month"])
        .collect();
    assert_eq!(months, ["2026-02", "2026-01"]);
    let rebuilt =
        huiyin_app::maintain::rebuild(server.app.store(), &server.app.shelf(), false).await;
    assert_eq!(rebuilt.unwrap().differences, []);
}

#[tokio::test]
async fn months_are_closed_in_order_each_once_and_none_before_it_begins() {
    let server = TestServer::start().await;
    publish(&server).await;
    let head = server.first().await;
    let (status, refused) = close(&head, "2026-01").await;
    assert_eq!(
        (status, &refused["code"]),
        (StatusCode::CONFLICT, &json!("month_not_next"))
    );
    charged(&head, "10", &[("王一", "100%")], "2026-01-03").await;
    for (month, code) in [
        ("2026-02", "month_not_next"),
        ("2025-12", "month_not_next"),
        ("2027-03", "month_to_come"),
    ] {
        let (status, refused) = close(&head, month).await;
        assert_eq!(
            (status, &refused["code"]),
            (StatusCode::CONFLICT, &json!(code)),
            "{month}"
        );
    }
    let (status, _) = close(&head, "2026-01").await;
    assert_eq!(status, StatusCode::CREATED);
    let (status, refused) = close(&head, "2026-01").await;
    assert_eq!(
        (status, &refused["code"]),
        (StatusCode::CONFLICT, &json!("month_closed"))
    );
    let path = format!("{ACCOUNT}/months/2026-01/bonuses");
    let late = put(&head, &path, b"[]".to_vec()).await;
    assert_eq!(late.body["code"], "month_closed");
    let table = head.get(&format!("{ACCOUNT}/months/2026-02/table")).await;
    assert_eq!(table.status, StatusCode::NOT_FOUND);
    let unread = head.get(&format!("{ACCOUNT}/months/september")).await;
    assert_eq!(unread.body["code"], "month_unreadable");
    let missing = head.get("/deductions/damages/wages/charges").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_file_with_mistakes_enters_nothing_and_tells_each_with_its_line() {
    let server = TestServer::start().await;
    publish(&server).await;
    let head = server.first().await;
    charged(&head, "10", &[("王一", "100%")], "2026-01-03").await;
    let path = |what: &str| format!("{ACCOUNT}/months/2026-01/bonuses{what}");
    let messages = |body: &Value| -> Vec<String> {
        let fields = body["fields"].as_array().unwrap().iter();
        fields
            .map(|one| one["message"].as_str().unwrap().to_owned())
            .collect()
    };
    let csv = "姓名,当月奖金\n王一,900\n\n李二,-1\n王一,5\n,7\n"
        .as_bytes()
        .to_vec();
    let refused = put(&head, &path("?format=csv"), csv).await;
    assert_eq!(refused.body["code"], "bonuses_faulty");
    insta::assert_json_snapshot!("bonus_findings", messages(&refused.body));
    let heading = "姓名,工资\n王一,900\n".as_bytes().to_vec();
    let refused = put(&head, &path("?format=csv"), heading).await;
    insta::assert_json_snapshot!("bonus_heading_findings", messages(&refused.body));
    let plan = head.get(&format!("{ACCOUNT}/months/2026-01")).await.body;
    assert_eq!(plan["bonuses"], Value::Null, "nothing was entered");

    let right = "姓名,当月奖金,月份\n王一,15.01,2026-01\n"
        .as_bytes()
        .to_vec();
    let preview = send(
        &head,
        Method::POST,
        &path("/preview?format=csv"),
        right.clone(),
    )
    .await;
    assert_eq!(
        (preview.status, &preview.body["entered"]),
        (StatusCode::OK, &json!(false))
    );
    let plan = head.get(&format!("{ACCOUNT}/months/2026-01")).await.body;
    assert_eq!(plan["bonuses"], Value::Null);
    let entered = put(&head, &path("?format=csv"), right).await;
    assert_eq!(entered.body["entered"], true);
    let plan = head.get(&format!("{ACCOUNT}/months/2026-01")).await.body;
    assert_eq!(told(&plan), ["王一 10.00 7.50 7.50 2.50"]);
    let unknown = put(&head, &path("?format=pdf"), Vec::new()).await;
    assert_eq!(unknown.body["code"], "format_unknown");
    let no_json = put(&head, &path(""), b"{".to_vec()).await;
    assert_eq!(no_json.body["fields"][0]["code"], "no_json");
}

#[tokio::test]
async fn a_supervisor_closes_an_auditor_reads_and_nobody_else_does_either() {
    let server = TestServer::start().await;
    publish(&server).await;
    let head = server.first().await;
    charged(&head, "1", &[("王一", "100%")], "2026-01-03").await;
    for (name, role, may) in [
        ("王磊", "administrator", (403, 403)),
        ("林晓", "staff", (403, 403)),
        ("何静", "auditor", (200, 403)),
        ("孙丽", "supervisor", (200, 201)),
    ] {
        let client = server.person(&head, name, &[role]).await;
        let paths = ["/deductions", "/deductions/damages/deductions/charges"];
        for path in paths {
            let read = client.get(path).await.status.as_u16();
            assert_eq!(read, may.0, "{role} {path}");
        }
        let month = client.get(&format!("{ACCOUNT}/months/2026-01")).await;
        assert_eq!(month.status.as_u16(), may.0, "{role}");
        let bonuses = format!("{ACCOUNT}/months/2026-01/bonuses");
        let entered = put(&client, &bonuses, b"[]".to_vec()).await;
        assert_eq!(entered.status == StatusCode::OK, may.1 == 201, "{role}");
        let (closed, _) = close(&client, "2026-01").await;
        assert_eq!(closed.as_u16(), may.1, "{role}");
        let me = client.get("/me").await.body;
        let doors = me["may"].as_array().unwrap();
        assert_eq!(
            doors.contains(&json!("see_deductions")),
            may.0 == 200,
            "{role}"
        );
    }
    let audits = server.app.store().audits(None, 50).await.unwrap();
    let told = audits.iter().find(|one| one.entry.action == "close_month");
    let detail = &told.unwrap().entry.detail;
    let begins = "account=damages/deductions month=2026-01 people=1 content=";
    assert!(detail.starts_with(begins), "{detail}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_close_a_month_once() {
    if postgres::is_left_out() {
        return;
    }
    let durable = Server::durable();
    let database = durable.database();
    let one = TestServer::start_node(&database, None).await;
    publish(&one).await;
    let other = TestServer::start_node(&database, Some(&one)).await;
    let head = one.first().await;
    charged(&head, "100", &[("王一", "100%")], "2026-01-03").await;
    let (here, there) = (head.at(&one), head.at(&other));
    for month in ["2026-01", "2026-02", "2026-03"] {
        enter(&head, month, &json!([{"person": "王一", "bonus": "20"}])).await;
        let (first, second) = tokio::join!(close(&here, month), close(&there, month));
        let mut both = [first.0.as_u16(), second.0.as_u16()];
        both.sort_unstable();
        assert_eq!(both, [201, 409], "{} {}", first.1, second.1);
    }
    let account = head.get("/deductions").await.body;
    assert_eq!(account[0]["owed"], "70.00");
}
