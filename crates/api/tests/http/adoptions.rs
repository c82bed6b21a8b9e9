//! Head office and branches: a unit adopts a policy with figures of its own, and the cases it takes in keep them.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use huiyin_app::maintain::rebuild;
use huiyin_app::policies::{Publication, Unfit};
use huiyin_case::id::UnitId;
use huiyin_policy::SourceFile;
use huiyin_policy::model::PolicyId;
use huiyin_testkit::postgres::{self, Server};
use serde_json::{Value, json};

use crate::support::{Client, TestServer, complaint, general_policy, without_ids};

const BRANCH: &str = "华东分公司";
const SHOP: &str = "华东门店";

/// The general policy with two figures that it leaves to units.
fn left_to_units(first_word: &str) -> Vec<SourceFile> {
    let files = general_policy().into_iter().map(|file| {
        let text = String::from_utf8(file.bytes).unwrap();
        let text = text.replace("length: 48 hours", "length: {param: first_word}");
        SourceFile::new(file.name, text)
    });
    let params = format!(
        "params:
  first_word: {{title: {{zh-CN: 首次反馈时限, en: First word}}, type: limit, default: {first_word}, units: at_most, clause: P1.8}}
  counter: {{title: {{zh-CN: 服务窗口, en: Counter}}, type: text, default: 总台, units: any, clause: P1.8}}
"
    );
    let files = files.chain([SourceFile::new("units.yaml", params)]);
    let mut files: Vec<SourceFile> = files.collect();
    files.sort_by(|one, other| one.name.cmp(&other.name));
    files
}

async fn published(server: &TestServer, first_word: &str, from: Option<&str>) -> u32 {
    publish(server, first_word, from, &[]).await.unwrap()
}

async fn publish(
    server: &TestServer,
    first_word: &str,
    from: Option<&str>,
    ending: &[&str],
) -> Result<u32, huiyin_app::Error> {
    let principal = server.app.operator(None).await.unwrap();
    let ending: BTreeSet<UnitId> = ending.iter().map(|unit| unit.parse().unwrap()).collect();
    let publication = Publication {
        files: left_to_units(first_word),
        from: from.map(|day| day.parse().unwrap()),
        ending,
    };
    let version = server.app.publish_as(&principal, publication).await?;
    Ok(version.version)
}

/// Has a unit adopt the policy, and gives the numbers of that.
async fn adopt(client: &Client, unit: &str, own: Value, from: Option<&str>) -> Vec<u64> {
    let body = json!({"unit": unit, "own": own, "from": from});
    let adopted = client.post("/policies/general/adoptions", &body).await;
    assert_eq!(adopted.status, StatusCode::CREATED, "{}", adopted.body);
    let adopted = adopted.body.as_array().unwrap().iter();
    adopted
        .map(|one| one["version"].as_u64().unwrap())
        .collect()
}

async fn end(client: &Client, unit: &str, from: Option<&str>) -> (StatusCode, Value) {
    let body = json!({"unit": unit, "from": from});
    let ended = client.post("/policies/general/adoptions/end", &body).await;
    (ended.status, ended.body)
}

/// The version that a case keeps and when its first word is due.
async fn pinned(client: &Client, case: &str) -> (u64, String) {
    let case = client.get(&format!("/cases/{case}")).await.body;
    let due = case["clocks"][0]["due_at"].as_str().unwrap().to_owned();
    (case["policy"]["version"].as_u64().unwrap(), due)
}

/// The version under which somebody's complaint is taken in now.
async fn taken_in(client: &Client) -> u64 {
    pinned(client, &client.complain().await).await.0
}

/// What is on record is whole, and the tables and totals are what it says.
async fn is_sound(server: &TestServer) {
    let store = server.app.store();
    let verified = store.verify(None).await.unwrap();
    assert_eq!(verified.findings_total, 0, "{:?}", verified.findings);
    let rebuilt = rebuild(store, &server.app.shelf(), false).await.unwrap();
    assert!(rebuilt.differences.is_empty(), "{:?}", rebuilt.differences);
}

/// The same complaint at head office, at a branch and at a shop of the branch.
async fn by_its_own_figures(server: &TestServer) {
    let head = server.first().await;
    let installer = server.person(&head, "郑晓东", &["staff"]).await;
    let shop = server.person(&head, "陈思远", &["staff"]).await;
    let before = shop.complain().await;
    assert_eq!(published(server, "48 hours", None).await, 2);
    let (branch_id, shop_id) = (
        server.unit(&head, BRANCH).await,
        server.unit(&head, SHOP).await,
    );
    let branch_own = json!({"first_word": "24 hours"});
    assert_eq!(adopt(&head, &branch_id, branch_own, None).await, [3]);
    let shop_own = json!({"first_word": "12 hours", "counter": "一楼"});
    assert_eq!(adopt(&head, &shop_id, shop_own.clone(), None).await, [4]);
    // What is adopted so already is not put down again.
    assert_eq!(adopt(&head, &shop_id, shop_own, None).await, [4]);

    let due = |hour: &str| format!("2026-03-0{hour}:00:00+08:00");
    let cases = [
        (&head, head.complain().await, 2, due("4T09")),
        (&installer, installer.complain().await, 3, due("3T09")),
        (&shop, shop.complain().await, 4, due("2T21")),
        (&shop, before, 1, due("4T09")),
    ];
    for (client, case, version, due) in &cases {
        assert_eq!(pinned(client, case).await, (*version, due.clone()));
    }
    let shown = shop.get(&format!("/cases/{}", cases[2].1)).await.body;
    assert_eq!(shown["policy"]["unit"], SHOP, "{}", shown["policy"]);
    // The page that shows when it would be due knows it, too, and the clauses have the figures.
    let preview = shop.post("/cases/preview", &complaint()).await.body;
    assert_eq!(preview["clocks"][0]["due_at"], json!(due("2T21")));
    let detail = shop.get("/policies/general/versions/4").await.body;
    assert!(detail["clauses"].to_string().contains("12 小时"));
    assert_eq!(detail["adopted_by"]["unit"]["name"], SHOP);
    assert_eq!(detail["adopted_by"]["base"], 2);
    is_sound(server).await;
}

#[tokio::test]
async fn the_same_complaint_is_due_by_the_figures_of_the_nearest_unit() {
    by_its_own_figures(&TestServer::start().await).await;
}

#[tokio::test]
async fn it_is_so_on_a_database_on_a_server_too_and_on_every_node() {
    if postgres::is_left_out() {
        return;
    }
    let durable = Server::durable();
    let database = durable.database();
    let server = TestServer::start_node(&database, None).await;
    by_its_own_figures(&server).await;
    let other = TestServer::start_node(&database, Some(&server)).await;
    let shop = server.sign_in(&login("陈思远")).await.at(&other);
    assert_eq!(taken_in(&shop).await, 4);
    is_sound(&other).await;
}

fn login(name: &str) -> String {
    format!("user{}", name.chars().map(|c| c as usize).sum::<usize>())
}

#[tokio::test]
async fn a_case_is_told_alike_after_a_restart_whatever_was_adopted_since() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let shop = server.person(&head, "陈思远", &["staff"]).await;
    published(&server, "48 hours", None).await;
    let unit = server.unit(&head, BRANCH).await;
    adopt(&head, &unit, json!({"first_word": "24 hours"}), None).await;
    let case = shop.complain().await;
    let shown = shop.get(&format!("/cases/{case}")).await.body;
    adopt(&head, &unit, json!({"first_word": "10 hours"}), None).await;
    let listed = head.get("/policies/general/adoptions").await.body;
    let server = server.restart().await;
    let (shop, head) = (server.again(&shop).await, server.again(&head).await);
    assert_eq!(shop.get(&format!("/cases/{case}")).await.body, shown);
    assert_eq!(
        head.get("/policies/general/adoptions").await.body,
        listed,
        "adoptions are read back"
    );
    assert_eq!(taken_in(&shop).await, 4);
    is_sound(&server).await;
}

#[tokio::test]
async fn an_adoption_begins_and_ends_on_its_days() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let shop = server.person(&head, "陈思远", &["staff"]).await;
    published(&server, "48 hours", None).await;
    let unit = server.unit(&head, BRANCH).await;
    let own = json!({"first_word": "24 hours"});
    assert_eq!(adopt(&head, &unit, own, Some("2026-03-04")).await, [3]);
    let (status, ended) = end(&head, &unit, Some("2026-03-09")).await;
    assert_eq!(
        (status, &ended["ends"]),
        (StatusCode::CREATED, &json!(true))
    );
    for (now, version) in [
        ("2026-03-03T23:59:00+08:00", 2),
        ("2026-03-04T00:00:00+08:00", 3),
        ("2026-03-08T23:59:00+08:00", 3),
        ("2026-03-09T00:00:00+08:00", 2),
    ] {
        server.set_clock(now).await;
        let shop = server.again(&shop).await;
        assert_eq!(taken_in(&shop).await, version, "{now}");
    }
    let head = server.again(&head).await;
    let again = end(&head, &unit, None).await;
    assert_eq!(
        (again.0, &again.1["code"]),
        (StatusCode::CONFLICT, &json!("not_adopted"))
    );
    let listed = head.get("/policies/general/adoptions").await.body;
    insta::assert_json_snapshot!("listed", without_ids(listed));
}

#[tokio::test]
async fn what_a_unit_may_not_set_is_said_value_by_value() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let staff = server.person(&head, "林晓", &["staff"]).await;
    published(&server, "48 hours", None).await;
    let unit = server.unit(&head, BRANCH).await;
    let asked = async |client: &Client, body: Value| {
        let answer = client.post("/policies/general/adoptions", &body).await;
        (answer.status, answer.body)
    };
    let own = json!({"first_word": "3 days", "inspection_share": "1%", "nothing": "1"});
    let refused = asked(&head, json!({"unit": unit, "own": own})).await;
    assert_eq!(refused.0, StatusCode::UNPROCESSABLE_ENTITY);
    insta::assert_json_snapshot!("unfit", refused.1);
    let too_late = json!({"first_word": "72 hours"});
    let refused = asked(&head, json!({"unit": unit, "own": too_late})).await;
    assert_eq!(refused.1["fields"][0]["field"], "first_word");
    // The policy is proved with the value: its warning would come before the clock starts.
    let proved = json!({"first_word": "6 hours"});
    let warned = asked(&head, json!({"unit": unit, "own": proved})).await;
    assert_eq!(warned.1["code"], "own_values_unfit", "{}", warned.1);
    for (body, code) in [
        (json!({"unit": "nowhere"}), "unit_unusable"),
        (
            json!({"unit": unit, "from": "2026-03-01"}),
            "effective_day_unusable",
        ),
        (
            json!({"unit": unit, "from": "soon"}),
            "effective_day_unusable",
        ),
        (
            json!({"unit": unit, "own": {"counter": "长".repeat(501)}}),
            "own_values_too_long",
        ),
        (
            json!({"unit": unit, "own": {"counter": "响\u{7}"}}),
            "own_values_too_long",
        ),
    ] {
        let refused = asked(&head, body).await;
        assert_eq!(refused.1["code"], code, "{}", refused.1);
    }
    let denied = asked(&staff, json!({"unit": unit})).await;
    assert_eq!(denied.0, StatusCode::FORBIDDEN);
    assert_eq!(end(&staff, &unit, None).await.0, StatusCode::FORBIDDEN);
    assert_eq!(
        head.post("/policies/nothing/adoptions", &json!({"unit": unit}))
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    let seen = staff.get("/policies/general/adoptions").await;
    assert_eq!(seen.body["adoptions"], json!([]), "nothing was put down");
    assert_eq!(seen.body["may_change"], false);
}

#[tokio::test]
async fn adoptions_follow_a_new_version_and_hold_up_one_that_they_do_not_fit() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let shop = server.person(&head, "陈思远", &["staff"]).await;
    published(&server, "48 hours", None).await;
    let unit = server.unit(&head, BRANCH).await;
    adopt(&head, &unit, json!({"first_word": "24 hours"}), None).await;
    let quicker = json!({"first_word": "12 hours"});
    assert_eq!(adopt(&head, &unit, quicker, Some("2026-03-10")).await, [4]);

    // Both what holds now and what is to come follow, each from its day on.
    assert_eq!(published(&server, "36 hours", Some("2026-03-05")).await, 5);
    let due = async |now: &str| {
        server.set_clock(now).await;
        let shop = server.again(&shop).await;
        pinned(&shop, &shop.complain().await).await
    };
    let at = |day: &str| format!("2026-03-{day}:00:00+08:00");
    assert_eq!(due("2026-03-04T09:00:00+08:00").await, (3, at("05T09")));
    assert_eq!(due("2026-03-05T09:00:00+08:00").await, (6, at("06T09")));
    assert_eq!(due("2026-03-10T09:00:00+08:00").await, (7, at("10T21")));
    let head = server.again(&head).await;
    assert_eq!(taken_in(&head).await, 5);

    // The organisation becomes quicker than the branch may be.
    let held_up = publish(&server, "10 hours", None, &[]).await.unwrap_err();
    let huiyin_app::Error::Unfit(Unfit::Adoptions(units)) = held_up else {
        unreachable!("the branch's value is beyond the organisation's: {held_up}");
    };
    assert_eq!((units.len(), units[0].name.as_str()), (1, BRANCH));
    let files = left_to_units("10 hours").into_iter().map(|file| {
        let text = String::from_utf8(file.bytes).unwrap();
        (file.name, Value::String(text))
    });
    let files = Value::Object(files.collect());
    let draft = json!({"policy": "general", "files": files});
    let draft = head.post("/policies/drafts", &draft).await.body;
    assert_eq!(draft["hindrances"][0]["code"], "adoptions_unfit");
    assert_eq!(draft["not_fitting"][0]["unit"]["name"], BRANCH);
    let publish = async |body: Value| {
        let path = format!("/policies/drafts/{}/publish", draft["id"].as_str().unwrap());
        let seen = format!("\"{}\"", draft["revision"]);
        head.post_with(&path, &body, &[("if-match", &seen)]).await
    };
    let refused = publish(json!({})).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    insta::assert_json_snapshot!("held_up", refused.body);
    let published = publish(json!({"ending": [unit]})).await;
    assert_eq!(published.status, StatusCode::CREATED, "{}", published.body);
    assert_eq!(published.body["version"], 8);
    let shop = server.again(&shop).await;
    assert_eq!(
        taken_in(&shop).await,
        8,
        "the branch uses the organisation's"
    );
    // It adopts anew what fits.
    assert_eq!(
        adopt(&head, &unit, json!({"first_word": "9 hours"}), None).await,
        [10]
    );
    assert_eq!(taken_in(&shop).await, 10);
    is_sound(&server).await;
}

#[tokio::test]
async fn an_adoption_made_ahead_stands_with_the_versions_to_come() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let shop = server.person(&head, "陈思远", &["staff"]).await;
    published(&server, "48 hours", None).await;
    published(&server, "40 hours", Some("2026-03-05")).await;
    let unit = server.unit(&head, SHOP).await;
    let own = json!({"first_word": "24 hours"});
    assert_eq!(adopt(&head, &unit, own, None).await, [4, 5]);
    assert_eq!(taken_in(&shop).await, 4);
    server.set_clock("2026-03-05T09:00:00+08:00").await;
    let shop = server.again(&shop).await;
    assert_eq!(taken_in(&shop).await, 5);
}

#[tokio::test]
async fn a_stop_of_the_version_stops_what_was_adopted_of_it_and_an_adoption_can_be_stopped_alone() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let shop = server.person(&head, "陈思远", &["staff"]).await;
    published(&server, "48 hours", None).await;
    let unit = server.unit(&head, SHOP).await;
    adopt(&head, &unit, json!({"first_word": "24 hours"}), None).await;
    published(&server, "40 hours", None).await;
    assert_eq!(taken_in(&shop).await, 5);
    let order = async |version: u32, verb: &str| {
        let path = format!("/policies/general/versions/{version}/{verb}");
        let answer = head.post(&path, &json!({"reason": "时限有误"})).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    };
    order(4, "stop").await;
    assert_eq!((taken_in(&shop).await, taken_in(&head).await), (3, 2));
    order(4, "resume").await;
    assert_eq!(taken_in(&shop).await, 5);
    order(5, "stop").await;
    order(3, "stop").await;
    assert_eq!((taken_in(&shop).await, taken_in(&head).await), (4, 4));
    // What is stopped doesn't follow a new version.
    assert_eq!(published(&server, "30 hours", None).await, 6);
    assert_eq!(taken_in(&shop).await, 6);
    order(5, "resume").await;
    is_sound(&server).await;
}

#[tokio::test]
async fn a_case_that_moves_keeps_its_figures_until_somebody_decides_otherwise() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let shop = server.person(&head, "陈思远", &["staff"]).await;
    published(&server, "48 hours", None).await;
    let unit = server.unit(&head, SHOP).await;
    adopt(&head, &unit, json!({"first_word": "24 hours"}), None).await;
    let (moved, own) = (head.complain().await, shop.complain().await);
    let before = pinned(&head, &moved).await;
    head.command(
        &moved,
        "acts/investigate",
        &json!({"fields": {"findings": "x", "nature": "quality"}}),
    )
    .await;
    let sent = head
        .command(&moved, "dispatch", &json!({"unit": unit}))
        .await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    assert_eq!(pinned(&head, &moved).await, before, "it keeps what it has");
    let shown = head.get(&format!("/cases/{moved}")).await.body;
    assert_eq!(
        (&shown["migrate_to"], &shown["migrate_to_unit"]),
        (&json!(3), &json!(SHOP))
    );
    let body = json!({"to": 3, "reason": "the shop answers for it now"});
    let migrated = head.command(&moved, "migrate", &body).await;
    assert_eq!(migrated.status, StatusCode::OK, "{}", migrated.body);
    let due = "2026-03-03T09:00:00+08:00".to_owned();
    assert_eq!(pinned(&head, &moved).await, (3, due));
    let back = head
        .command(&moved, "migrate", &json!({"to": 1, "reason": "x"}))
        .await;
    assert_eq!(back.body["code"], "not_newer");

    // All together: each goes on under what its unit has adopted of the new version.
    let stays = head.complain().await;
    assert_eq!(published(&server, "40 hours", None).await, 4);
    let principal = server.app.operator(None).await.unwrap();
    let general = PolicyId::new("general");
    let all = server
        .app
        .migrate_all(&principal, (&general, 4), Some("new limits"), &mut |_| {})
        .await;
    assert_eq!(all.unwrap().migrated, 3);
    assert_eq!(pinned(&shop, &own).await.0, 5);
    assert_eq!(pinned(&head, &moved).await.0, 5);
    assert_eq!(pinned(&head, &stays).await.0, 4);
    is_sound(&server).await;
}
