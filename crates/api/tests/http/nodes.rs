//! Two nodes on one PostgreSQL database: people notice nothing of it.

use std::sync::Arc;
use std::time::Duration;

use huiyin_policy::model::PolicyId;
use huiyin_testkit::postgres::{self, Database, Server};
use serde_json::Value;

use crate::support::{Client, Heard, TestServer, complaint, general_policy};

/// How long one node waits to be told what another has done.
const TOLD_WITHIN: Duration = Duration::from_secs(30);

/// Two nodes that follow each other, and the head of customer service at both.
struct Nodes {
    one: TestServer,
    other: TestServer,
    head: [Client; 2],
}

impl Nodes {
    async fn start(database: &Database<'_>) -> Self {
        let one = TestServer::start_node(database, None).await;
        let other = TestServer::start_node(database, Some(&one)).await;
        for node in [&one, &other] {
            tokio::spawn(Arc::clone(&node.app).run_follower());
        }
        let head = one.first().await;
        let head = [head.at(&one), head.at(&other)];
        Self { one, other, head }
    }

    /// Sets both clocks; both nodes fire what is due.
    async fn set_clocks(&mut self, now: &str) {
        tokio::join!(self.one.set_clock(now), self.other.set_clock(now));
        // The session has ended meanwhile.
        let head = self.one.again(&self.head[0]).await;
        self.head = [head.at(&self.one), head.at(&self.other)];
    }
}

/// Runs a test with two nodes on a database of their own.
async fn with_nodes(test: impl AsyncFnOnce(Nodes)) {
    if postgres::is_left_out() {
        return;
    }
    let server = Server::durable();
    let database = server.database();
    test(Nodes::start(&database).await).await;
}

/// The first event of this kind that is heard from now on.
async fn hear(heard: &mut Heard, kind: &str) -> String {
    loop {
        let event = heard.next().await;
        if event.starts_with(&format!("event: {kind}\n")) {
            return event;
        }
    }
}

#[tokio::test]
async fn a_desk_hears_what_was_done_at_another_node() {
    with_nodes(async |nodes| {
        let mut desks = [nodes.head[0].listen().await, nodes.head[1].listen().await];
        let case = nodes.head[0].complain().await;
        for desk in &mut desks {
            let event = hear(desk, "case").await;
            assert!(event.contains(&case), "{event}");
        }
        let seen = nodes.head[1].get(&format!("/cases/{case}")).await.body;
        assert_eq!(seen["number"], "TS2026000001");
    })
    .await;
}

#[tokio::test]
async fn a_deadline_that_passes_at_both_nodes_takes_effect_once_and_is_told_at_both() {
    with_nodes(async |mut nodes| {
        let case = nodes.head[0].complain().await;
        nodes.set_clocks("2026-03-04T08:45:00+08:00").await;
        let mut desks = [nodes.head[0].listen().await, nodes.head[1].listen().await];
        for desk in &mut desks {
            hear(desk, "hello").await;
        }
        tokio::join!(
            nodes.one.set_clock("2026-03-04T09:00:01+08:00"),
            nodes.other.set_clock("2026-03-04T09:00:01+08:00")
        );
        for desk in &mut desks {
            let notice = hear(desk, "notice").await;
            assert!(notice.contains("TS2026000001 已超时"), "{notice}");
        }
        let (one, other) = tokio::join!(nodes.one.app.deliver_due(), nodes.other.app.deliver_due());
        one.unwrap();
        other.unwrap();

        nodes.set_clocks("2026-03-20T09:00:00+08:00").await;
        let path = format!("/cases/{case}");
        let entries = nodes.head[1].get(&path).await.body["entries"].clone();
        let notices = |entries: &Value| {
            let entries = entries.as_array().unwrap().iter();
            entries.filter(|entry| entry["kind"] == "notice").count()
        };
        // That 48 hours are soon over and are over, and the same of the 7 working days, whose warning comes too late.
        assert_eq!(notices(&entries), 3, "{entries}");
    })
    .await;
}

#[tokio::test]
async fn a_policy_published_at_one_node_is_in_force_at_the_other() {
    with_nodes(async |nodes| {
        nodes.one.app.publish(general_policy()).await.unwrap();
        let newest = |node: &TestServer| {
            let general = PolicyId::new("general");
            node.app
                .shelf()
                .newest(&general)
                .map(|newest| newest.version)
        };
        let told = async {
            while newest(&nodes.other) != Some(2) {
                tokio::task::yield_now().await;
            }
        };
        let told = tokio::time::timeout(TOLD_WITHIN, told).await;
        assert!(told.is_ok(), "it still has {:?}", newest(&nodes.other));
    })
    .await;
}

#[tokio::test]
async fn a_policy_stopped_at_one_node_takes_no_case_in_at_the_other_from_that_moment() {
    with_nodes(async |nodes| {
        let [head, at_other] = &nodes.head;
        nodes.one.app.publish(general_policy()).await.unwrap();
        let order = serde_json::json!({"reason": "时限有误"});
        let stop = |version: u32| format!("/policies/general/versions/{version}/stop");
        for version in [1, 2] {
            let stopped = head.post(&stop(version), &order).await;
            assert_eq!(stopped.status.as_u16(), 200, "{}", stopped.body);
        }
        // The other node may not have heard of it; its next case is refused all the same.
        let refused = at_other.post("/cases", &complaint()).await;
        assert_eq!(
            (refused.status.as_u16(), refused.body["code"].as_str()),
            (409, Some("policy_stopped")),
            "{}",
            refused.body
        );
        let resumed = at_other
            .post("/policies/general/versions/1/resume", &order)
            .await;
        assert_eq!(resumed.status.as_u16(), 200, "{}", resumed.body);
        let case = at_other.complain().await;
        let taken_in = at_other.get(&format!("/cases/{case}")).await.body;
        assert_eq!(taken_in["policy"]["version"], 1);
    })
    .await;
}

#[tokio::test]
async fn who_signs_out_at_one_node_is_signed_out_at_the_other() {
    with_nodes(async |nodes| {
        let session = nodes.head[1].get("/me").await;
        assert_eq!(session.status, 200);
        let left = nodes.head[0]
            .send(axum::http::Method::DELETE, "/session", None, &[])
            .await;
        assert!(left.status.is_success(), "{}", left.body);
        // A node believes a session for five seconds without asking.
        let later = "2026-03-02T09:00:06+08:00";
        nodes.other.set_clock(later).await;
        assert_eq!(nodes.head[1].get("/me").await.status, 401);
    })
    .await;
}

#[tokio::test]
async fn tries_to_sign_in_are_counted_on_all_nodes_together() {
    with_nodes(async |nodes| {
        let wrong = serde_json::json!({"login": "shenjia", "password": "wrong password!"});
        let mut statuses = Vec::new();
        for at in 0..12 {
            let node = if at % 2 == 0 {
                &nodes.one
            } else {
                &nodes.other
            };
            let answer = node.nobody().post("/session", &wrong).await;
            statuses.push(answer.status.as_u16());
        }
        assert_eq!(statuses[..10], [401; 10]);
        assert_eq!(statuses[10..], [429; 2]);
    })
    .await;
}

#[tokio::test]
async fn a_deputy_named_at_one_node_acts_at_the_other() {
    with_nodes(async |nodes| {
        let [head, at_other] = &nodes.head;
        let lin = nodes
            .one
            .person(head, "林晓", &["staff"])
            .await
            .at(&nodes.other);
        let people = head.get("/people").await.body;
        let id = |name: &str| {
            let mut people = people.as_array().unwrap().iter();
            let person = people.find(|person| person["name"] == name).unwrap();
            person["id"].as_str().unwrap().to_owned()
        };
        let of = id("高远");
        let named = serde_json::json!({"by": id("林晓"), "from": "2026-03-02", "to": "2026-03-06"});
        let added = head.post(&format!("/people/{of}/deputies"), &named).await;
        assert_eq!(added.status.as_u16(), 201, "{}", added.body);
        tokio::time::timeout(TOLD_WITHIN, async {
            while lin.get("/me").await.body["acts_for"][0]["person"]["name"] != "高远" {
                tokio::task::yield_now().await;
            }
        })
        .await
        .unwrap();
        assert_eq!(
            at_other
                .get(&format!("/people/{of}/deputies"))
                .await
                .status
                .as_u16(),
            200
        );
    })
    .await;
}

#[tokio::test]
async fn a_calendar_loaded_at_one_node_counts_at_the_other_without_a_restart() {
    with_nodes(async |nodes| {
        let [head, at_other] = &nodes.head;
        let off = serde_json::json!({"file": r#"{"holidays": ["2026-03-09"]}"#});
        let loaded = head.post_with("/calendars/own/versions", &off, &[("if-match", "\"0\"")]);
        assert_eq!(loaded.await.status.as_u16(), 201);
        tokio::time::timeout(TOLD_WITHIN, async {
            while at_other.get("/calendars").await.body[0]["version"] != 1 {
                tokio::task::yield_now().await;
            }
        })
        .await
        .unwrap();
    })
    .await;
}
