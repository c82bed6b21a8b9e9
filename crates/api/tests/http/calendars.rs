//! Calendars in a running system: a policy counts by the one it names, and a new version of one reaches the clocks that run (T9).

use axum::http::StatusCode;
use huiyin_app::maintain::rebuild;
use huiyin_policy::SourceFile;
use huiyin_testkit::postgres::{self, Server};
use serde_json::{Value, json};

use crate::support::{Client, TestServer, general_policy};

/// The working days of England in 2026.
const ENGLAND: &str = r#"{
    "tz": "Europe/London",
    "weekly": {"1": [["09:00", "17:00"]], "2": [["09:00", "17:00"]], "3": [["09:00", "17:00"]], "4": [["09:00", "17:00"]], "5": [["09:00", "17:00"]]},
    "holidays": [
        "2026-01-01", {"date": "2026-04-03", "name": "Good Friday"}, {"date": "2026-04-06", "name": "Easter Monday"},
        "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25", {"date": "2026-12-28", "name": "Boxing Day"}
    ],
    "published_years": [2026, 2026]
}"#;

/// The first days of 2027, as an overlay.
const YEAR_2027: &str = r#"{"holidays": [{"date": "2027-01-01", "name": "New Year's Day"}], "published_years": [2027, 2027]}"#;

/// The general policy that counts by England's days, with the calendar or without.
fn english_policy(calendar: Option<&str>) -> Vec<SourceFile> {
    let mut files = general_policy();
    files.push(SourceFile::new("calendar.yaml", "calendar: england\n"));
    files.extend(calendar.map(|text| SourceFile::new("calendars/england.json", text)));
    files
}

async fn is_sound(server: &TestServer) {
    let store = server.app.store();
    let verified = store.verify(None).await.unwrap();
    assert_eq!(verified.findings_total, 0, "{:?}", verified.findings);
    let rebuilt = rebuild(store, &server.app.shelf(), false).await.unwrap();
    assert!(rebuilt.differences.is_empty(), "{:?}", rebuilt.differences);
}

/// The limit of the complete reply: when it is due, and whether that may still change.
async fn reply(client: &Client, case: &str) -> (String, bool) {
    let case = client.get(&format!("/cases/{case}")).await.body;
    let mut clocks = case["clocks"].as_array().unwrap().iter();
    let reply = clocks.rfind(|one| one["clock"] == "reply");
    let reply = reply.unwrap_or(&Value::Null);
    let due = reply["due_at"].as_str().unwrap_or_default().to_owned();
    (due, reply["provisional"] == true)
}

async fn load(client: &Client, name: &str, file: &str, seen: u32) -> (StatusCode, Value) {
    let path = format!("/calendars/{name}/versions");
    let seen = format!("\"{seen}\"");
    let body = json!({"file": file});
    let answer = client.post_with(&path, &body, &[("if-match", &seen)]).await;
    (answer.status, answer.body)
}

async fn versions(client: &Client) -> Vec<(String, u64)> {
    let all = client.get("/calendars").await.body;
    let all = all.as_array().unwrap().iter();
    let version = |one: &Value| {
        let name = one["name"].as_str().unwrap().to_owned();
        (name, one["version"].as_u64().unwrap())
    };
    all.map(version).collect()
}

async fn titles(client: &Client, case: &str) -> Vec<String> {
    let case = client.get(&format!("/cases/{case}")).await.body;
    let entries = case["entries"].as_array().unwrap().iter();
    let title = |one: &Value| one["title"].as_str().unwrap().to_owned();
    entries.map(title).collect()
}

/// A policy from abroad brings its calendar along, and its limits end on the right day.
async fn counts_by_england(server: TestServer) {
    let head = server.first().await;
    let unknown = server.app.publish(english_policy(None)).await;
    let unknown = format!("{:?}", unknown.unwrap_err());
    assert!(unknown.contains("Calendar(\"england\")"), "{unknown}");
    assert_eq!(versions(&head).await, [("own".to_owned(), 0)]);
    let here = head.complain().await;
    let due_here = reply(&head, &here).await;

    let published = server.app.publish(english_policy(Some(ENGLAND))).await;
    assert_eq!(published.unwrap(), 2);
    let all = head.get("/calendars").await.body;
    let england = all[1].clone();
    assert_eq!(england["name"], "england", "{all}");
    assert_eq!(england["zone"], "Europe/London");
    assert_eq!(england["published"], json!([2026, 2026]));
    assert_eq!(england["policies"][0]["id"], "general");
    assert_eq!(england["versions"][0]["policy"], "general");
    let file = head.get("/calendars/england/versions/1").await.body;
    assert_eq!(file["file"], ENGLAND);

    // Seven working days over Easter: 1, 2, 7, 8, 9, 10 and 13 April.
    server.set_clock("2026-03-31T10:00:00+01:00").await;
    let head = server.again(&head).await;
    let easter = head.complain().await;
    let due = ("2026-04-13T17:00:00+01:00".to_owned(), false);
    assert_eq!(reply(&head, &easter).await, due);
    // Over the two bank holidays in May.
    server.set_clock("2026-05-01T10:00:00+01:00").await;
    let head = server.again(&head).await;
    let may = head.complain().await;
    assert_eq!(reply(&head, &may).await.0, "2026-05-13T17:00:00+01:00");
    assert_eq!(reply(&head, &here).await, due_here, "it keeps its version");

    // Christmas, and a year that is not published yet: 23, 24, 29, 30, 31 December, 1 and 4 January.
    server.set_clock("2026-12-22T10:00:00+00:00").await;
    let head = server.again(&head).await;
    let christmas = head.complain().await;
    let due = ("2027-01-04T17:00:00+00:00".to_owned(), true);
    assert_eq!(reply(&head, &christmas).await, due);
    is_sound(&server).await;
    takes_a_year_in(server, head, [christmas, easter]).await;
}

/// The next year is loaded: what runs into it is computed again, on record, and nothing else.
async fn takes_a_year_in(server: TestServer, head: Client, [christmas, easter]: [String; 2]) {
    let missed = head.get("/calendars").await.body;
    assert_eq!(missed[0]["year_missed"], 2027, "{missed}");
    assert_eq!(missed[1]["year_missed"], 2027, "{missed}");
    let staff = server.person(&head, "周敏", &["staff"]).await;
    let preview = "/calendars/england/preview";
    let denied = staff.post(preview, &json!({"file": YEAR_2027})).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
    assert_eq!(
        load(&staff, "england", YEAR_2027, 1).await.0,
        StatusCode::FORBIDDEN
    );
    assert_eq!(staff.get("/calendars").await.status, StatusCode::OK);

    let seen = head.post(preview, &json!({"file": YEAR_2027})).await.body;
    assert_eq!(seen["changes_count"], 1, "{seen}");
    assert_eq!(seen["changes"][0]["date"], "2027-01-01");
    assert_eq!(seen["published"], json!([2026, 2027]));
    assert_eq!((&seen["earlier"], &seen["later"]), (&json!(0), &json!(1)));
    assert_eq!(versions(&head).await[1].1, 1, "a preview stores nothing");

    let before = reply(&head, &easter).await;
    let (status, loaded) = load(&head, "england", YEAR_2027, 0).await;
    assert_eq!(
        (status, &loaded["code"]),
        (StatusCode::PRECONDITION_FAILED, &json!("changed"))
    );
    let (status, loaded) = load(&head, "england", YEAR_2027, 1).await;
    assert_eq!(status, StatusCode::CREATED, "{loaded}");
    assert_eq!(loaded["versions"][0]["by"]["name"], "沈佳");
    assert_eq!(loaded["versions"][0]["recomputed"], false);
    server.set_clock("2026-12-22T10:00:01+00:00").await;
    let now = ("2027-01-05T17:00:00+00:00".to_owned(), false);
    assert_eq!(reply(&head, &christmas).await, now);
    assert_eq!(reply(&head, &easter).await, before);
    let all = head.get("/calendars").await.body;
    assert_eq!(all[1]["versions"][0]["recomputed"], true);
    assert!(all[1].get("year_missed").is_none(), "{all}");
    let told = titles(&head.in_english(), &christmas).await;
    let told: Vec<&String> = told
        .iter()
        .filter(|one| one.contains("new calendar"))
        .collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].contains("5 Jan") || told[0].contains("01-05") || told[0].contains("1/5"),
        "{told:?}"
    );
    is_sound(&server).await;

    // A new case counts by it at once, and after a restart everything is as it was.
    let new = head.complain().await;
    assert_eq!(reply(&head, &new).await, now);
    let shown = head.get(&format!("/cases/{christmas}")).await.body;
    if server.app.store().is_shared() {
        return;
    }
    let server = server.restart().await;
    server.set_clock("2026-12-22T10:00:01+00:00").await;
    let head = server.again(&head).await;
    assert_eq!(versions(&head).await[1], ("england".to_owned(), 2));
    assert_eq!(head.get(&format!("/cases/{christmas}")).await.body, shown);
    is_sound(&server).await;
}

/// The databases of a test: a file, and one on a server.
async fn on_a_server(test: impl AsyncFnOnce(TestServer)) {
    if postgres::is_left_out() {
        return;
    }
    let server = Server::durable();
    let database = server.database();
    test(TestServer::start_node(&database, None).await).await;
}

#[tokio::test]
async fn a_policy_counts_by_the_calendar_it_brings_along() {
    counts_by_england(TestServer::start().await).await;
}

#[tokio::test]
async fn it_does_so_on_a_database_on_a_server() {
    on_a_server(counts_by_england).await;
}

/// A file that is wrong changes nothing, and everything that is wrong is told at once.
async fn refuses_wrong_files(server: TestServer) {
    let head = server.first().await;
    let case = head.complain().await;
    let before = (reply(&head, &case).await, versions(&head).await);
    let faulty =
        r#"{"tz": "Europe/Nowhere", "weekly": {"8": []}, "holidays": ["2026-02-30"], "extra": 1}"#;
    let (status, refused) = load(&head, "england", faulty, 0).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
    assert_eq!(refused["code"], "calendar_faulty");
    let at: Vec<&str> = refused["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["field"].as_str().unwrap())
        .collect();
    for place in ["tz", "weekly.8", "holidays[0]", "extra"] {
        assert!(at.contains(&place), "{refused}");
    }
    let whole = r#"{"tz": "Asia/Shanghai", "weekly": {"1": [["09:00", "18:00"]]}}"#;
    for (name, file, code) in [
        ("England", ENGLAND, "calendar_name_unusable"),
        ("england", YEAR_2027, "calendar_new"),
        ("own", "{}", "calendar_unchanged"),
        (
            "own",
            r#"{"published_years": [2029, 2029]}"#,
            "calendar_years",
        ),
        ("own", ENGLAND, "calendar_zone"),
    ] {
        let (_, refused) = load(&head, name, file, 0).await;
        assert_eq!(refused["code"], code, "{refused}");
    }
    let body = json!({"file": whole, "from": "tomorrow"});
    let refused = head.post("/calendars/own/preview", &body).await.body;
    assert_eq!(refused["code"], "day_unreadable");
    assert_eq!((reply(&head, &case).await, versions(&head).await), before);
    is_sound(&server).await;
}

#[tokio::test]
async fn the_own_calendar_can_be_that_of_another_country_before_the_first_case() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let (status, loaded) = load(&head, "own", ENGLAND, 0).await;
    assert_eq!(status, StatusCode::CREATED, "{loaded}");
    server.set_clock("2026-03-31T10:00:00+01:00").await;
    let head = server.again(&head).await;
    let easter = head.complain().await;
    assert_eq!(reply(&head, &easter).await.0, "2026-04-13T17:00:00+01:00");
    is_sound(&server).await;
}

#[tokio::test]
async fn a_wrong_file_changes_nothing() {
    refuses_wrong_files(TestServer::start().await).await;
}

#[tokio::test]
async fn a_wrong_file_changes_nothing_on_a_server() {
    on_a_server(refuses_wrong_files).await;
}

/// Days that are taken off after the fact move running clocks, and no figure of the past.
async fn leaves_the_past_alone(server: TestServer) {
    let head = server.first().await;
    let (done, open) = (head.complain().await, head.complain().await);
    server.set_clock("2026-03-05T10:00:00+08:00").await;
    let head = server.again(&head).await;
    for (command, fields) in [
        (
            "acts/investigate",
            json!({"findings": "铰链装反", "nature": "quality"}),
        ),
        ("acts/tell_progress", json!({"text": "已安排上门"})),
    ] {
        let answer = head
            .command(&done, command, &json!({"fields": fields}))
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }
    let figures = "/statistics/general/complaint?first=2026-03-01&last=2026-03-31";
    let figures_before = head.get(figures).await.body;
    assert_eq!(reply(&head, &open).await.0, "2026-03-11T18:00:00+08:00");
    let off = r#"{"holidays": [{"from": "2026-03-03", "to": "2026-03-04", "name": "停电"}]}"#;
    assert_eq!(load(&head, "own", off, 0).await.0, StatusCode::CREATED);
    server.set_clock("2026-03-05T10:00:01+08:00").await;
    assert_eq!(reply(&head, &open).await.0, "2026-03-13T18:00:00+08:00");
    assert_eq!(head.get(figures).await.body, figures_before);
    is_sound(&server).await;
}

#[tokio::test]
async fn a_day_off_after_the_fact_moves_clocks_and_no_figures() {
    leaves_the_past_alone(TestServer::start().await).await;
}

#[tokio::test]
async fn a_day_off_after_the_fact_moves_clocks_and_no_figures_on_a_server() {
    on_a_server(leaves_the_past_alone).await;
}

#[tokio::test]
async fn a_node_that_has_not_heard_of_a_calendar_puts_nothing_on_record_by_the_old_one() {
    if postgres::is_left_out() {
        return;
    }
    let server = Server::durable();
    let database = server.database();
    let one = TestServer::start_node(&database, None).await;
    let other = TestServer::start_node(&database, Some(&one)).await;
    let head = one.first().await;
    let there = head.at(&other);
    let open = head.complain().await;
    assert_eq!(reply(&head, &open).await.0, "2026-03-11T18:00:00+08:00");
    let off = r#"{"holidays": ["2026-03-09"]}"#;
    assert_eq!(load(&head, "own", off, 0).await.0, StatusCode::CREATED);
    // The other node follows nobody: it learns of it when it is about to write.
    let new = there.complain().await;
    let due = "2026-03-12T18:00:00+08:00";
    assert_eq!(reply(&head, &new).await.0, due);
    assert_eq!(reply(&there, &new).await.0, due);
    // Both compute again, and it is put on record once.
    tokio::join!(
        one.set_clock("2026-03-02T09:00:01+08:00"),
        other.set_clock("2026-03-02T09:00:01+08:00"),
    );
    assert_eq!(reply(&there, &open).await.0, due);
    let told = titles(&head.in_english(), &open).await;
    let told = told
        .iter()
        .filter(|one| one.contains("new calendar"))
        .count();
    assert_eq!(told, 1);
    is_sound(&one).await;
}
