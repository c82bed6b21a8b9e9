//! What the organisation owes at intervals, and what comes of it.

use axum::http::StatusCode;
use huiyin_app::maintain::rebuild;
use huiyin_policy::SourceFile;
use huiyin_testkit::damages_text;
use serde_json::{Value, json};

use crate::organisation::{named, put};
use crate::support::{Client, TestServer, unique_key};

/// Registers, answers and closes an inquiry, and gives its id.
async fn closed_inquiry(client: &Client) -> String {
    let inquiry = json!({
        "policy": "general", "kind": "inquiry", "channel": "phone",
        "fields": {"nature": "question", "subject": "保修期", "content": "衣柜保修几年？", "other_unit": false},
    });
    let answer = client.post("/cases", &inquiry).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let case = answer.body["id"].as_str().unwrap().to_owned();
    let reply = json!({"fields": {"text": "保修三年。"}});
    for (command, body) in [("acts/answer", &reply), ("close", &json!({}))] {
        let done = client.command(&case, command, body).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    }
    case
}

pub(crate) async fn open_of_kind(client: &Client, kind: &str) -> Vec<Value> {
    let page = client
        .get(&format!("/cases?view=all&kind={kind}"))
        .await
        .body;
    page["rows"].as_array().unwrap().clone()
}

#[tokio::test]
async fn an_inspection_is_opened_once_with_a_sample_also_after_downtime() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let specialist = server.person(&head, "林晓", &["staff"]).await;
    let case = closed_inquiry(&specialist).await;
    assert_eq!(open_of_kind(&head, "inspection").await.len(), 0);

    let server = server.restart().await;
    server.set_clock("2026-04-02T08:00:00+08:00").await;
    server.set_clock("2026-04-02T09:00:00+08:00").await;
    assert_eq!(server.app.open_owed().await.unwrap(), 0);
    let head = server.again(&head).await;
    let inspections = open_of_kind(&head, "inspection").await;
    assert_eq!(inspections.len(), 1, "{inspections:?}");
    assert_eq!(inspections[0]["number"], "JC20260001");
    assert_eq!(inspections[0]["subject"], "质量检查 2026-03");
    assert_eq!(inspections[0]["internal"], true);
    assert_eq!(inspections[0]["due"]["at"], "2026-04-30T18:00:00+08:00");

    let id = inspections[0]["id"].as_str().unwrap();
    let seen = head.get(&format!("/cases/{id}")).await.body;
    let links = seen["links"].as_array().unwrap();
    assert_eq!(links.len(), 1, "{links:?}");
    assert_eq!(links[0]["id"], case.as_str());
    assert_eq!(
        (&links[0]["link"], &links[0]["done"]),
        (&json!("sampled"), &json!(false))
    );

    let server = server.restart().await;
    server.set_clock("2026-04-03T09:00:00+08:00").await;
    let head = server.again(&head).await;
    assert_eq!(open_of_kind(&head, "inspection").await.len(), 1);
}

#[tokio::test]
async fn findings_become_an_improvement_item_and_the_inspection_is_closed() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let specialist = server.person(&head, "林晓", &["staff"]).await;
    let case = closed_inquiry(&specialist).await;
    server.set_clock("2026-04-02T08:00:00+08:00").await;
    let (head, specialist) = (server.again(&head).await, server.again(&specialist).await);
    let inspection = open_of_kind(&head, "inspection").await[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();

    let score = json!({"fields": {"which": case, "effect": "s3", "satisfaction": "s4"}});
    let own = specialist
        .command(&inspection, "acts/score_case", &score)
        .await;
    assert_eq!(own.body["code"], "own_work", "{}", own.body);
    let early = head.command(&inspection, "close", &json!({})).await;
    assert_eq!(early.body["code"], "needs_each", "{}", early.body);
    ok(&head.command(&inspection, "acts/score_case", &score).await);
    let found = json!({"fields": {"summary": "答复偏慢", "has_findings": true}});
    ok(&head
        .command(&inspection, "acts/conclude_inspection", &found)
        .await);
    let early = head.command(&inspection, "close", &json!({})).await;
    assert_eq!(early.body["code"], "needs_raised", "{}", early.body);

    let people = head.get("/people").await.body;
    let owner = people
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["name"] == "周敏")
        .unwrap();
    let item = json!({"fields": {"subject": "加快答复", "about": "service", "problem": "答复偏慢",
        "owner": owner["id"], "due_on": "2026-04-20"}});
    let etag = head
        .get(&format!("/cases/{inspection}"))
        .await
        .etag
        .unwrap();
    let (key, path) = (
        unique_key(),
        format!("/cases/{inspection}/raise/improvement"),
    );
    let headers = [
        ("idempotency-key", key.as_str()),
        ("if-match", etag.as_str()),
    ];
    let raised = head.post_with(&path, &item, &headers).await;
    assert_eq!(raised.status, StatusCode::CREATED, "{}", raised.body);
    let again = head.post_with(&path, &item, &headers).await;
    assert_eq!(
        (again.status, &again.body),
        (StatusCode::CREATED, &raised.body)
    );
    assert_eq!(open_of_kind(&head, "improvement").await.len(), 1);

    ok(&head.command(&inspection, "close", &json!({})).await);
    let item = raised.body["raised"].as_str().unwrap();
    let seen = head.get(&format!("/cases/{item}")).await.body;
    assert_eq!(seen["holder"]["person"], "周敏");
    assert_eq!(seen["links"][0]["link"], "raised_from");
    assert_eq!(seen["links"][0]["id"], inspection.as_str());

    let verified = server.app.store().verify(None).await.unwrap();
    assert_eq!(verified.findings, []);
    let rebuilt = rebuild(server.app.store(), &server.app.shelf(), false)
        .await
        .unwrap();
    assert_eq!(rebuilt.differences, vec![]);
}

#[tokio::test]
async fn a_case_hears_when_one_opened_out_of_it_has_ended() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let specialist = server.person(&head, "林晓", &["staff"]).await;
    let case = head.complain().await;
    let people = head.get("/people").await.body;
    let people = people.as_array().unwrap();
    let owner = people.iter().find(|one| one["name"] == "林晓").unwrap();
    let item = json!({"fields": {"subject": "加强检测", "about": "service", "problem": "漏检",
        "owner": owner["id"], "due_on": "2026-12-20"}});
    let raised = head.command(&case, "raise/improvement", &item).await;
    let item = raised.body["raised"].as_str().unwrap();
    let measures = json!({"fields": {"measures": "加一道检测"}});
    ok(&specialist
        .command(item, "acts/take_measures", &measures)
        .await);
    let checked = json!({"fields": {"result": "effective"}});
    ok(&head.command(item, "acts/check_improvement", &checked).await);

    let seen = head.get(&format!("/cases/{case}")).await.body;
    let entries = seen["entries"].as_array().unwrap().iter();
    let linked = entries.filter(|entry| entry["kind"] == "linked");
    let told: Vec<String> = linked.map(|entry| entry["title"].to_string()).collect();
    assert!(told.iter().any(|one| one.contains("已办结")), "{told:?}");
    let verified = server.app.store().verify(None).await.unwrap();
    assert_eq!(verified.findings, []);
    let rebuilt = rebuild(server.app.store(), &server.app.shelf(), false)
        .await
        .unwrap();
    assert_eq!(rebuilt.differences, vec![]);
}

#[tokio::test]
async fn a_case_is_opened_out_of_another_only_where_the_policy_says_so() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = head.complain().await;
    let item = json!({"fields": {"subject": "加强检测"}});
    let none = head.command(&case, "raise/inspection", &item).await;
    assert_eq!(none.body["code"], "move_not_allowed", "{}", none.body);
    let lacking = head.command(&case, "raise/improvement", &item).await;
    assert_eq!(lacking.body["code"], "field_missing", "{}", lacking.body);
    assert_eq!(open_of_kind(&head, "improvement").await.len(), 0);
}

/// The periods of a duty of the general policy, as a client sees them.
async fn periods(client: &Client, duty: &str, days: &str) -> Vec<Value> {
    let answer = client.get(&format!("/duties{days}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let duties = answer.body["duties"].as_array().unwrap().clone();
    let found = duties.into_iter().find(|one| one["duty"] == duty).unwrap();
    found["periods"].as_array().unwrap().clone()
}

fn standings(periods: &[Value]) -> Vec<&str> {
    let standings = periods.iter().map(|one| one["standing"].as_str().unwrap());
    standings.collect()
}

#[tokio::test]
async fn duties_are_planned_a_year_ahead_and_told_by_their_cases_once_they_are_due() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let specialist = server.person(&head, "林晓", &["staff"]).await;
    let fitter = server.person(&head, "陈思远", &["staff"]).await;
    let planned = periods(&head, "inspection", "").await;
    assert_eq!(planned.len(), 12, "April 2026 to March 2027: {planned:?}");
    assert!(standings(&planned).iter().all(|one| *one == "planned"));
    assert_eq!(planned[0]["opens"], "2026-04-01");
    assert_eq!(
        (&planned[0]["from"], &planned[0]["to"]),
        (&json!("2026-03-01"), &json!("2026-03-31"))
    );
    assert_eq!(planned[11]["due"], "2027-03-31");

    closed_inquiry(&specialist).await;
    server.set_clock("2026-05-06T08:00:00+08:00").await;
    let (head, specialist) = (server.again(&head).await, server.again(&specialist).await);
    let fitter = server.again(&fitter).await;
    let year = "?first=2026-01-01&last=2026-12-31";
    let seen = periods(&head, "inspection", year).await;
    assert_eq!(standings(&seen)[..3], ["late", "open", "planned"]);
    let case = seen[0]["case"]["id"].as_str().unwrap();
    let score = json!({"fields": {"which": only_sampled(&head, case).await, "effect": "s3", "satisfaction": "s4"}});
    ok(&head.command(case, "acts/score_case", &score).await);
    let found = json!({"fields": {"summary": "良好", "has_findings": false}});
    ok(&head.command(case, "acts/conclude_inspection", &found).await);

    let shown = head.get("/duties/general/inspection").await.body;
    assert_eq!(
        shown["periods"][0]["sample"],
        json!({"drawn": 1, "done": 1})
    );
    assert_eq!(shown["people"][0]["name"], "沈佳");
    assert_eq!(shown["clause"]["id"], "P1.12");
    assert_eq!(shown["agenda"].as_array().unwrap().len(), 3);
    let links = head.get(&format!("/cases/{case}")).await.body["links"].clone();
    assert_eq!(links[0]["who"], "沈佳");
    let entered = links[0]["entered"].as_array().unwrap();
    let entered: Vec<_> = entered
        .iter()
        .map(|fact| fact["id"].as_str().unwrap())
        .collect();
    assert_eq!(entered, ["effect", "satisfaction"]);

    ok(&head.command(case, "close", &json!({})).await);
    let seen = periods(&head, "inspection", year).await;
    assert_eq!(standings(&seen)[..3], ["done_late", "open", "planned"]);
    assert_eq!(seen[0]["done_on"], "2026-05-06");
    // A specialist may open an improvement item out of it; a fitter has nothing to do with it.
    let seen = periods(&specialist, "inspection", year).await;
    assert_eq!(standings(&seen)[..3], ["done_late", "open", "planned"]);
    let seen = periods(&fitter, "inspection", year).await;
    assert_eq!(standings(&seen)[..3], ["hidden", "hidden", "planned"]);
}

async fn only_sampled(client: &Client, case: &str) -> Value {
    client.get(&format!("/cases/{case}")).await.body["links"][0]["id"].clone()
}

#[tokio::test]
async fn what_became_of_duties_is_told_to_those_who_may_see_their_cases() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let mut clients = Vec::new();
    for (name, roles) in [
        ("王磊", &["administrator"][..]),
        ("林晓", &["staff"]),
        ("高远", &["staff"]),
        ("孙丽", &["supervisor"]),
        ("何静", &["auditor"]),
    ] {
        clients.push((name, server.person(&head, name, roles).await));
    }
    server.set_clock("2026-04-02T08:00:00+08:00").await;
    let (mut seen, mut unseen) = (0, 0);
    for (name, client) in &clients {
        let client = server.again(client).await;
        let answer = client.get("/duties?first=2026-04-01&last=2026-06-30").await;
        if *name == "王磊" {
            assert_eq!(answer.status, StatusCode::FORBIDDEN);
            continue;
        }
        for duty in answer.body["duties"].as_array().unwrap() {
            let kind = duty["kind"].as_str().unwrap();
            let visible = open_of_kind(&client, kind).await;
            let shown: Vec<&Value> = duty["periods"].as_array().unwrap().iter().collect();
            let cases = shown.iter().filter(|one| one.get("case").is_some()).count();
            assert_eq!(cases, visible.len(), "{name} {kind}");
            let standing = |word: &str| shown.iter().filter(|one| one["standing"] == word).count();
            let begun = shown.len() - standing("planned");
            assert_eq!(standing("hidden"), begun - cases, "{name} {kind}");
            seen += cases;
            unseen += standing("hidden");
            assert!(shown.iter().all(|one| one["standing"] != "owed"));
        }
        for matter in answer.body["matters"].as_array().unwrap() {
            let kind = matter["kind"].as_str().unwrap();
            let visible = open_of_kind(&client, kind).await.len();
            assert_eq!(matter["open"], visible, "{name} {kind}");
        }
    }
    assert!(seen > 0 && unseen > 0, "{seen} {unseen}");
    let head = server.again(&head).await;
    for (path, status, code) in [
        (
            "/duties?first=2026-04-01&last=2029-04-01",
            StatusCode::BAD_REQUEST,
            "days_too_many",
        ),
        (
            "/duties?first=tomorrow",
            StatusCode::BAD_REQUEST,
            "days_unreadable",
        ),
        (
            "/duties/general/nothing",
            StatusCode::NOT_FOUND,
            "not_found",
        ),
        (
            "/duties/nothing/inspection",
            StatusCode::NOT_FOUND,
            "not_found",
        ),
    ] {
        let answer = head.get(path).await;
        assert_eq!(
            (answer.status, &answer.body["code"]),
            (status, &json!(code)),
            "{path}"
        );
    }
}

pub(crate) fn ok(answer: &crate::support::Answer) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

/// A check of all closed damages, by whoever has a position that nothing else names.
const CHECKS: &str = "roles: {checker: {title: {zh-CN: 检查员, en: Checker}, position: checker}}
parts:
  check_form: {title: {zh-CN: 检查, en: Check}, fields: {subject: {title: {zh-CN: 事由, en: Subject}, type: text, meaning: subject}}}
  mark:
    title: {zh-CN: 评分, en: Mark}
    clause: D.1
    fields: {which: {title: {zh-CN: 案件, en: Case}, type: case, required: true}}
acts:
  give_mark: {title: {zh-CN: 评分, en: Mark a case}, part: mark, clause: D.1}
duties:
  checks: {title: {zh-CN: 检查, en: Checks}, opens: check, by: checker, every: once a month, sample: {of: damage, take: 100%}, clause: D.1}
kinds:
  check:
    title: {zh-CN: 检查, en: Check}
    internal: true
    clause: D.1
    open: {by: nobody, channels: [phone], part: check_form, series: number, clause: D.1}
    steps:
      checking: {title: {zh-CN: 检查, en: Checking}, by: checker, acts: [give_mark], moves: [{on: closed, then: closed}]}
";

async fn closed_damage(head: &Client) -> String {
    let body = json!({"policy": "damages", "kind": "damage", "channel": "phone", "fields": {"subject": "分层"}});
    let answer = head.post("/cases", &body).await;
    let case = answer.body["id"].as_str().unwrap().to_owned();
    let losses =
        json!({"on": "2026-03-02", "items": [{"item": "A", "remedy": "claim", "paid": "9.90"}]});
    let people = json!({"people": [{"who": "王一", "weight": "100%"}]});
    for (command, body) in [
        ("acts/state_losses", json!({ "fields": losses })),
        ("acts/share_out", json!({ "fields": people })),
        ("close", json!({})),
    ] {
        ok(&head.command(&case, command, &body).await);
    }
    case
}

#[tokio::test]
async fn who_checks_a_case_that_was_drawn_sees_it_until_that_is_done() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let rules = [("policy.yaml", damages_text()), ("checks.yaml", CHECKS)];
    let rules = rules.map(|(name, text)| SourceFile::new(name, text));
    server.app.publish(rules.to_vec()).await.unwrap();
    let case = closed_damage(&head).await;
    let path = format!("/cases/{case}");
    let people = head.get("/organisation").await.body["people"].clone();
    let zhou = named(&people, "周敏");
    let (id, unit) = (&zhou["person"]["id"], &zhou["person"]["unit"]["id"]);
    let checker = json!({"name": "周敏", "unit": unit, "positions": ["checker"]});
    let person = format!("/people/{}", id.as_str().unwrap());
    let put = put(&head, &person, &checker, &zhou["revision"]).await;
    assert_eq!(put.status, StatusCode::OK, "{}", put.body);
    let checker = server.person(&head, "周敏", &["staff"]).await;
    let other = server.person(&head, "林晓", &["staff"]).await;
    assert_eq!(checker.get(&path).await.status, StatusCode::NOT_FOUND);

    server.set_clock("2026-04-02T08:00:00+08:00").await;
    let (checker, other) = (server.again(&checker).await, server.again(&other).await);
    let checks = open_of_kind(&checker, "check").await;
    let check = checks[0]["id"].as_str().unwrap();
    let seen = checker.get(&format!("/cases/{check}")).await.body;
    assert_eq!(seen["links"][0]["id"], case.as_str(), "{}", seen["links"]);
    let drawn = checker.get(&path).await;
    assert_eq!(drawn.status, StatusCode::OK, "{}", drawn.body);
    assert_eq!(drawn.body["offers"], json!([]), "he only reads it");
    let listed = checker.get("/cases?view=all&kind=damage").await.body;
    assert_eq!(listed["rows"], json!([]), "it is in no list of his");
    assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND);

    let mark = json!({"fields": {"which": case}});
    ok(&checker.command(check, "acts/give_mark", &mark).await);
    ok(&checker.command(check, "close", &json!({})).await);
    assert_eq!(checker.get(&path).await.status, StatusCode::NOT_FOUND);
}
