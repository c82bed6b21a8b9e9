//! Policies change, cases don't: a case keeps the version it was taken in under (P1.16).

use std::collections::BTreeSet;

use axum::http::StatusCode;
use huiyin_app::maintain::rebuild;
use huiyin_app::policies::Publication;
use huiyin_app::progress::Progress;
use huiyin_case::misfit::Misfit;
use huiyin_policy::SourceFile;
use huiyin_policy::model::{PolicyId, StepId};
use huiyin_testkit::postgres::{self, Server};
use serde_json::{Value, json};

use crate::support::{Client, TestServer, complaint, general_policy, unique_key, without_ids};

/// The general policy with some words changed.
fn revised(from: &str, to: &str) -> Vec<SourceFile> {
    let files = general_policy().into_iter();
    let files = files.map(|file| {
        let text = String::from_utf8(file.bytes).unwrap();
        SourceFile::new(file.name, text.replace(from, to))
    });
    files.collect()
}

/// What is on record is whole, and the tables and totals are what it says.
async fn is_sound(server: &TestServer) {
    let store = server.app.store();
    let verified = store.verify(None).await.unwrap();
    assert_eq!(verified.findings_total, 0, "{:?}", verified.findings);
    let rebuilt = rebuild(store, &server.app.shelf(), false).await.unwrap();
    assert!(rebuilt.differences.is_empty(), "{:?}", rebuilt.differences);
}

async fn version_and_due(client: &Client, case: &str) -> (u64, String) {
    let case = client.get(&format!("/cases/{case}")).await.body;
    let due = case["clocks"][0]["due_at"].as_str().unwrap().to_owned();
    (case["policy"]["version"].as_u64().unwrap(), due)
}

/// A supervisor previews and decides; who may not is refused; the rest goes on together.
async fn migrates(server: &TestServer) {
    let head = server.first().await;
    let (one, other) = (
        head.complain().await,
        head.complain_about("the other").await,
    );
    let nothing = head.get(&format!("/cases/{one}")).await.body;
    assert!(
        nothing.get("migrate_to").is_none(),
        "there is no newer version"
    );
    let shorter = revised("length: 48 hours", "length: 24 hours");
    assert_eq!(server.app.publish(shorter).await.unwrap(), 2);

    let staff = server.person(&head, "周敏", &["staff"]).await;
    let seen = staff.get(&format!("/cases/{one}")).await;
    assert!(seen.body.get("migrate_to").is_none(), "{}", seen.body);
    let asked = format!("/cases/{one}/migration?to=2");
    assert_ne!(staff.get(&asked).await.status, StatusCode::OK);
    assert_eq!(
        head.get(&format!("/cases/{one}")).await.body["migrate_to"],
        2
    );

    let preview = head.get(&asked).await.body;
    assert_eq!((&preview["from"], &preview["to"]), (&json!(1), &json!(2)));
    assert_eq!(preview["misfits"], json!([]));
    let clock = &preview["clocks"][0];
    assert_eq!(clock["becomes"], "running", "{preview}");
    assert_eq!(clock["before"], "2026-03-04T09:00:00+08:00");
    assert_eq!(clock["after"], "2026-03-03T09:00:00+08:00");
    assert_eq!(
        version_and_due(&head, &one).await.0,
        1,
        "nothing has changed"
    );
    assert_eq!(
        head.get(&format!("/cases/{one}/migration?to=9"))
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        head.get(&format!("/cases/{one}/migration?to=1")).await.body["code"],
        "not_newer"
    );

    let body = json!({ "to": 2, "reason": "the customer was promised the new limits" });
    let done = head.command(&one, "migrate", &body).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let due = "2026-03-03T09:00:00+08:00".to_owned();
    assert_eq!(version_and_due(&head, &one).await, (2, due.clone()));
    let entries = head.get(&format!("/cases/{one}")).await.body["entries"].clone();
    let entries = entries.as_array().unwrap().clone();
    let decided = entries
        .iter()
        .find(|one| one["kind"] == "migrated")
        .unwrap();
    assert!(
        decided["title"].as_str().unwrap().contains("第 2 版"),
        "{decided}"
    );
    assert_eq!(decided["text"], body["reason"]);
    let again = head.command(&one, "migrate", &body).await;
    assert_eq!(again.body["code"], "not_newer", "{}", again.body);
    is_sound(server).await;

    let principal = server.app.operator(None).await.unwrap();
    let general = PolicyId::new("general");
    let all = async |reason: Option<&str>| {
        let (to, mut told) = ((&general, 2), Vec::new());
        let mut tell = |step| told.push(step);
        let migrated = server.app.migrate_all(&principal, to, reason, &mut tell);
        let migrated = migrated.await.unwrap();
        (migrated, told)
    };
    let (tried, told) = all(None).await;
    assert_eq!((tried.migrated, tried.left.len()), (1, 0));
    assert_eq!(told, [Progress::Total(1), Progress::Done]);
    assert_eq!(version_and_due(&head, &other).await.0, 1, "only tried");
    let reason = Some("all of them");
    assert_eq!(all(reason).await.0.migrated, 1);
    assert_eq!(version_and_due(&head, &other).await, (2, due));
    assert_eq!(all(reason).await.0.migrated, 0, "there is none left");

    let renamed = revised("investigation", "looking_into_it");
    assert_eq!(server.app.publish(renamed).await.unwrap(), 3);
    let left = server
        .app
        .migrate_all(&principal, (&general, 3), Some("renamed"), &mut |_| {})
        .await
        .unwrap();
    assert_eq!((left.migrated, left.left.len()), (0, 2), "{left:?}");
    let step = Misfit::Step(StepId::new("investigation"));
    let all = left.left.iter();
    assert!(
        all.map(|one| &one.misfits)
            .all(|misfits| misfits.contains(&step))
    );
    let refused = head
        .command(&one, "migrate", &json!({ "to": 3, "reason": "x" }))
        .await;
    assert_eq!(refused.body["code"], "has_no_place", "{}", refused.body);
    assert_eq!(version_and_due(&head, &one).await.0, 2);
    is_sound(server).await;
}

#[tokio::test]
async fn an_open_case_goes_on_under_a_newer_version_by_decision() {
    migrates(&TestServer::start().await).await;
}

#[tokio::test]
async fn it_does_so_on_a_database_on_a_server_too() {
    if postgres::is_left_out() {
        return;
    }
    let server = Server::durable();
    let database = server.database();
    migrates(&TestServer::start_node(&database, None).await).await;
}

#[tokio::test]
async fn lateness_by_the_new_limit_is_told_and_the_case_is_the_same_after_a_restart() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = head.complain().await;
    server.set_clock("2026-03-03T15:00:00+08:00").await;
    let shorter = revised("length: 48 hours", "length: 24 hours");
    server.app.publish(shorter).await.unwrap();
    let head = server.again(&head).await;
    let preview = head
        .get(&format!("/cases/{case}/migration?to=2"))
        .await
        .body;
    assert_eq!(preview["clocks"][0]["late"], true, "{preview}");
    let body = json!({ "to": 2, "reason": "as promised" });
    head.command(&case, "migrate", &body).await;
    server.set_clock("2026-03-03T15:00:01+08:00").await;
    let shown = head.get(&format!("/cases/{case}")).await.body;
    let told = shown["entries"].as_array().unwrap().iter();
    let told = told.filter(|one| one["kind"] == "notice").count();
    assert!(told > 0, "whoever is to hear that it is late hears it");
    is_sound(&server).await;
    let server = server.restart().await;
    let head = server.again(&head).await;
    assert_eq!(head.get(&format!("/cases/{case}")).await.body, shown);
}

#[tokio::test]
async fn a_case_keeps_its_version_and_a_new_one_is_taken_in_under_the_newest() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let old = head.complain().await;
    let revised: Vec<SourceFile> = general_policy()
        .into_iter()
        .map(|file| {
            let text = String::from_utf8(file.bytes).unwrap();
            SourceFile::new(
                file.name,
                text.replace("length: 48 hours", "length: 24 hours"),
            )
        })
        .collect();
    server.app.publish(revised).await.unwrap();
    let new = head.complain().await;
    let pin = |case: String| {
        let head = head.clone();
        async move {
            let case = head.get(&format!("/cases/{case}")).await.body;
            (
                case["policy"]["version"].clone(),
                case["clocks"][0]["due_at"].clone(),
            )
        }
    };
    assert_eq!(
        pin(old).await,
        (json!(1), json!("2026-03-04T09:00:00+08:00"))
    );
    assert_eq!(
        pin(new).await,
        (json!(2), json!("2026-03-03T09:00:00+08:00"))
    );
    assert_eq!(head.get("/policies").await.body[0]["version"], 2);
}

#[tokio::test]
async fn a_policy_with_an_error_is_not_published() {
    let server = TestServer::start().await;
    let broken = vec![SourceFile::new("policy.yaml", "policy: {id: general}")];
    assert!(server.app.publish(broken).await.is_err());
    assert_eq!(server.app.shelf().all().count(), 1);
}

#[tokio::test]
async fn a_second_start_keeps_everything() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = head.complain().await;
    let server = server.restart().await;
    let head = server.again(&head).await;
    assert_eq!(
        head.get("/cases").await.body["rows"][0]["id"],
        case.as_str()
    );
    assert_eq!(server.nobody().get("/setup").await.body["open"], false);
    assert_eq!(
        head.get("/policies").await.body.as_array().unwrap().len(),
        1
    );
}

/// Publishes the general policy once more, from this day on.
async fn publish_from(server: &TestServer, day: &str) -> Result<u32, huiyin_app::Error> {
    let publication = Publication {
        files: general_policy(),
        from: Some(day.parse().unwrap()),
        ending: BTreeSet::new(),
    };
    let principal = server.app.operator(None).await.unwrap();
    let version = server.app.publish_as(&principal, publication).await?;
    Ok(version.version)
}

/// Under which version a complaint is taken in now.
async fn taken_in_under(head: &Client) -> Value {
    let case = head.complain().await;
    let case = head.get(&format!("/cases/{case}")).await.body;
    case["policy"]["version"].clone()
}

/// What is asked of a version.
async fn order(client: &Client, version: u32, verb: &str, reason: &str) -> (StatusCode, Value) {
    let path = format!("/policies/general/versions/{version}/{verb}");
    let answer = client.post(&path, &json!({"reason": reason})).await;
    (answer.status, answer.body)
}

#[tokio::test]
async fn a_version_takes_no_case_in_before_its_day_and_the_newest_whose_day_has_come_does() {
    let server = TestServer::start().await;
    let head = server.first().await;
    publish_from(&server, "2026-03-05").await.unwrap();
    publish_from(&server, "2026-03-04").await.unwrap();
    assert!(publish_from(&server, "2026-03-01").await.is_err());
    assert!(publish_from(&server, "2046-03-01").await.is_err());
    let standings = async |head: &Client| -> Vec<String> {
        let versions = head.get("/policies/versions").await.body;
        let versions = versions.as_array().unwrap().iter();
        let standing = |one: &Value| one["standing"].as_str().unwrap().to_owned();
        versions.map(standing).collect()
    };
    assert_eq!(taken_in_under(&head).await, 1);
    assert_eq!(standings(&head).await, ["to_come", "to_come", "in_force"]);
    server.set_clock("2026-03-03T23:59:59+08:00").await;
    let head = server.again(&head).await;
    assert_eq!(taken_in_under(&head).await, 1);
    server.set_clock("2026-03-04T00:00:00+08:00").await;
    let head = server.again(&head).await;
    assert_eq!(taken_in_under(&head).await, 3);
    // The older one, whose day comes later, never gets its turn.
    server.set_clock("2026-03-05T10:00:00+08:00").await;
    let head = server.again(&head).await;
    assert_eq!(taken_in_under(&head).await, 3);
    assert_eq!(standings(&head).await, ["in_force", "earlier", "earlier"]);
    // A second start knows the days, too; its clock stands where the first one's did.
    let server = server.restart().await;
    let head = server.again(&head).await;
    assert_eq!(taken_in_under(&head).await, 1);
    server.set_clock("2026-03-05T10:00:00+08:00").await;
    let head = server.again(&head).await;
    assert_eq!(taken_in_under(&head).await, 3);
}

#[tokio::test]
async fn a_stopped_version_takes_no_case_in_and_tells_why_until_the_stop_is_lifted() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let open = head.complain().await;
    let staff = server.person(&head, "林晓", &["staff"]).await;
    let denied = order(&staff, 1, "stop", "不想办").await;
    assert_eq!(denied.0, StatusCode::FORBIDDEN);
    for wrong in ["  ", &"长".repeat(501), "响\u{7}"] {
        let refused = order(&head, 1, "stop", wrong).await;
        assert_eq!(refused.0, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.1);
    }
    assert_eq!(
        order(&head, 9, "stop", "没有").await.0,
        StatusCode::NOT_FOUND
    );
    server.app.publish(general_policy()).await.unwrap();

    // The version before takes over.
    let (_, stopped) = order(&head, 2, "stop", "第二版时限有误").await;
    insta::assert_json_snapshot!("stopped", without_ids(stopped));
    assert_eq!(taken_in_under(&head).await, 1);
    let policies = staff.get("/policies").await.body;
    assert_eq!(
        (
            &policies[0]["version"],
            &policies[0]["takes_cases_in"],
            &policies[0]["stop"]["version"]
        ),
        (&json!(1), &json!(true), &json!(2))
    );

    // With no other left, its kinds are refused; what is open goes on.
    order(&head, 1, "stop", "等待法务确认").await;
    let again = order(&head, 1, "stop", "再停一次").await;
    assert_eq!(
        (again.0, &again.1["code"]),
        (StatusCode::CONFLICT, &json!("policy_stopped_already"))
    );
    assert_eq!(head.get("/kinds").await.body, json!([]));
    let refused = head.post("/cases", &complaint()).await;
    insta::assert_json_snapshot!("refused", refused.body);
    let preview = head.post("/cases/preview", &complaint()).await;
    assert_eq!(preview.body["code"], "policy_stopped");
    let policies = head.get("/policies").await.body;
    assert_eq!(
        (&policies[0]["version"], &policies[0]["takes_cases_in"]),
        (&json!(2), &json!(false))
    );
    let note = head
        .command(&open, "notes", &json!({"text": "继续办理"}))
        .await;
    assert_eq!(note.status, StatusCode::OK, "{}", note.body);

    // Customers are told no more than that.
    let submission = json!({"policy": "general", "kind": "complaint", "fields": complaint()["fields"], "consents": true});
    let key = format!("{}-long-enough-for-a-portal", unique_key());
    let customer = server.nobody();
    let submitted = customer
        .post_with("/portal/cases", &submission, &[("idempotency-key", &key)])
        .await;
    assert_eq!(submitted.body["code"], "intake_stopped");
    assert!(!submitted.wire.contains("法务"), "{}", submitted.wire);
    assert_eq!(customer.get("/portal").await.body["kinds"], json!([]));

    let (status, resumed) = order(&head, 2, "resume", "已改正").await;
    assert_eq!(
        (status, &resumed["standing"]),
        (StatusCode::OK, &json!("in_force"))
    );
    assert_eq!(taken_in_under(&head).await, 2);
    let lifted = order(&head, 2, "resume", "再来").await;
    assert_eq!(
        (lifted.0, &lifted.1["code"]),
        (StatusCode::CONFLICT, &json!("policy_not_stopped"))
    );

    let audits = server.app.store().audits(None, 20).await.unwrap();
    let orders: Vec<String> = audits
        .iter()
        .rev()
        .filter(|one| one.entry.action.ends_with("_policy"))
        .map(|one| format!("{} {}", one.entry.action, one.entry.detail))
        .collect();
    assert_eq!(
        orders,
        [
            "stop_policy policy=general version=2 stop=1",
            "stop_policy policy=general version=1 stop=1",
            "resume_policy policy=general version=2 stop=1",
        ]
    );
}

#[tokio::test]
async fn a_version_is_read_clause_by_clause_with_the_maps_of_its_kinds() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let version = head.get("/policies/general/versions/1").await.body;
    insta::assert_json_snapshot!("clause", version["clauses"][1]);
    let kinds = version["kinds"].as_array().unwrap();
    let complaint = kinds.iter().find(|one| one["kind"] == "complaint").unwrap();
    let steps = complaint["process"]["nodes"].as_array().unwrap().iter();
    assert!(steps.clone().count() > 2 && steps.clone().all(|one| one["state"] == "ahead"));
    let none = head.get("/policies/general/versions/7").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_duty_waits_while_its_policy_is_stopped_and_stays_owed() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let opened = async |head: &Client| -> usize {
        let duties = head.get("/duties?first=2026-03-01&last=2026-04-30").await;
        let duties = duties.body["duties"].as_array().unwrap().clone();
        let periods = duties
            .iter()
            .flat_map(|duty| duty["periods"].as_array().unwrap());
        periods.filter(|one| one["standing"] == "open").count()
    };
    order(&head, 1, "stop", "暂停").await;
    server.set_clock("2026-04-02T09:00:00+08:00").await;
    let head = server.again(&head).await;
    assert_eq!(opened(&head).await, 0);
    order(&head, 1, "resume", "恢复").await;
    server.set_clock("2026-04-03T09:00:00+08:00").await;
    let head = server.again(&head).await;
    assert_eq!(opened(&head).await, 3, "what fell due meanwhile is opened");
}
