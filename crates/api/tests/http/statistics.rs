//! Figures over HTTP: right, listed case by case, and only for those who may know them.

use axum::http::StatusCode;
use huiyin_app::maintain::rebuild;
use serde_json::{Value, json};

use crate::support::{Client, TestServer};

const MARCH: &str = "first=2026-03-01&last=2026-03-31";

fn inquiry(nature: &str) -> Value {
    json!({
        "policy": "general", "kind": "inquiry", "channel": "web",
        "fields": {"nature": nature, "subject": "门店营业时间", "content": "周末几点关门？", "other_unit": false},
    })
}

async fn ok(client: &Client, case: &str, command: &str, body: Value) {
    let answer = client.command(case, command, &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{command}: {}", answer.body);
}

/// Five inquiries and two complaints in March, some replied to late, one opened again, one passed on.
async fn march(server: &TestServer) -> Client {
    let mut head = server.first().await;
    let mut cases = Vec::new();
    for nature in ["question", "opinion", "question", "suggestion", "question"] {
        let answer = head.post("/cases", &inquiry(nature)).await;
        cases.push(answer.body["id"].as_str().unwrap().to_owned());
    }
    let complaint = head.complain().await;
    head.complain().await;
    ok(
        &head,
        &complaint,
        "acts/investigate",
        json!({"fields": {"findings": "铰链装反", "nature": "quality"}}),
    )
    .await;
    ok(
        &head,
        &complaint,
        "acts/tell_progress",
        json!({"fields": {"text": "已安排上门"}}),
    )
    .await;
    let repair = server.unit(&head, "安装维修部").await;
    ok(&head, &complaint, "dispatch", json!({"unit": repair})).await;
    ok(
        &head,
        &cases[3],
        "transfer",
        json!({"unit": repair, "reason": "归维修部答复"}),
    )
    .await;
    for (day, replied) in [("03", 0), ("04", 1), ("09", 2)] {
        server
            .set_clock(&format!("2026-03-{day}T10:00:00+08:00"))
            .await;
        head = server.again(&head).await;
        let case = &cases[replied];
        ok(
            &head,
            case,
            "acts/answer",
            json!({"fields": {"text": "周末九点关门。"}}),
        )
        .await;
        if replied == 0 {
            let asked = json!({"fields": {"satisfaction": "satisfied"}});
            // Whoever answered does not ask himself.
            let other = server.person(&head, "徐冰", &["supervisor"]).await;
            ok(&other, case, "acts/ask_satisfaction", asked).await;
        }
        ok(&head, case, "close", json!({})).await;
    }
    ok(
        &head,
        &cases[1],
        "reopen",
        json!({"reason": "客户还有疑问"}),
    )
    .await;
    head
}

/// The figures of a kind in March.
async fn figures(client: &Client, kind: &str) -> Value {
    let answer = client
        .get(&format!("/statistics/general/{kind}?{MARCH}"))
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.body
}

fn measure<'v>(figures: &'v Value, name: &str) -> &'v Value {
    let measures = figures["measures"].as_array().unwrap();
    let found = measures.iter().find(|measure| measure["measure"] == name);
    &found.unwrap()["figure"]
}

#[tokio::test]
async fn a_month_is_counted_and_measured() {
    let server = TestServer::start().await;
    let head = march(&server).await;
    let all = figures(&head, "inquiry").await["all"].clone();
    let count = |name: &str| {
        let counts = all["counts"].as_array().unwrap();
        let found = counts.iter().find(|count| count["measure"] == name);
        found.unwrap()["cases"].as_u64().unwrap()
    };
    let names = ["opened", "closed", "late", "reopened", "transferred"];
    assert_eq!(names.map(count), [5, 3, 3, 1, 1]);
    let time = measure(&all, "reply_time");
    assert_eq!(
        (&time["cases"], &time["median"], &time["p90"]),
        (&json!(3), &json!(2.0), &json!(5))
    );
    assert_eq!(
        time["values"],
        json!([{"value": 1, "cases": 1}, {"value": 2, "cases": 1}, {"value": 5, "cases": 1}])
    );
    assert_eq!(
        time["within"][0],
        json!({"limit": 3, "cases": 2, "permille": 667})
    );
    let in_time = measure(&all, "reply_in_time");
    assert_eq!(
        (&in_time["met"], &in_time["missed"], &in_time["permille"]),
        (&json!(2), &json!(3), &json!(400))
    );
    let satisfied = measure(&all, "satisfied");
    assert_eq!(
        (
            &satisfied["cases"],
            &satisfied["among"],
            &satisfied["permille"]
        ),
        (&json!(1), &json!(1), &json!(1000))
    );
    let followed_up = measure(&all, "followed_up");
    assert_eq!(
        (&followed_up["cases"], &followed_up["among"]),
        (&json!(1), &json!(3))
    );
    let rebuilt = rebuild(server.app.store(), &server.app.shelf(), false)
        .await
        .unwrap();
    assert_eq!((rebuilt.cases, rebuilt.differences), (7, vec![]));
}

/// The cases that a figure's filter finds, checked against the number shown.
async fn listed(client: &Client, kind: &str, unit: Option<&str>, filter: &str, shown: &Value) {
    let unit = unit.map_or_else(String::new, |unit| format!("&unit={unit}"));
    let path = format!("/cases?policy=general&kind={kind}&{MARCH}{unit}&{filter}&limit=200");
    let answer = client.get(&path).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let rows = answer.body["rows"].as_array().unwrap();
    assert_eq!(&json!(rows.len()), shown, "{path}");
    assert_eq!(&answer.body["counted"]["total"], shown, "{path}");
}

async fn every_figure_is_listed(client: &Client, kind: &str, unit: Option<&str>, all: &Value) {
    for count in all["counts"].as_array().unwrap() {
        let filter = format!("measure={}", count["measure"].as_str().unwrap());
        listed(client, kind, unit, &filter, &count["cases"]).await;
    }
    for measured in all["measures"].as_array().unwrap() {
        let of = format!("measure={}", measured["measure"].as_str().unwrap());
        let figure = &measured["figure"];
        let check = async |filter: String, shown: &Value| {
            listed(client, kind, unit, &filter, shown).await;
        };
        match figure["type"].as_str().unwrap() {
            "duration" => {
                check(of.clone(), &figure["cases"]).await;
                for within in figure["within"].as_array().unwrap() {
                    let most = &within["limit"];
                    check(format!("{of}&value_max={most}"), &within["cases"]).await;
                }
                for value in figure["values"].as_array().unwrap() {
                    let one = &value["value"];
                    check(
                        format!("{of}&value_min={one}&value_max={one}"),
                        &value["cases"],
                    )
                    .await;
                }
            }
            "in_time" => {
                check(format!("{of}&class=met"), &figure["met"]).await;
                check(format!("{of}&class=missed"), &figure["missed"]).await;
            }
            "tally" => {
                check(of.clone(), &figure["cases"]).await;
                for class in figure["classes"].as_array().unwrap() {
                    let name = class["class"].as_str().unwrap();
                    check(format!("{of}&class={name}"), &class["cases"]).await;
                }
            }
            _ => {
                let classes = figure["classes"].as_array().unwrap();
                let classes: Vec<_> = classes.iter().map(|one| one.as_str().unwrap()).collect();
                let of = figure["of"].as_str().unwrap();
                check(
                    format!("measure={of}&class={}", classes.join(",")),
                    &figure["cases"],
                )
                .await;
            }
        }
    }
}

#[tokio::test]
async fn every_figure_has_as_many_cases_behind_it() {
    let server = TestServer::start().await;
    let head = march(&server).await;
    for kind in ["inquiry", "complaint"] {
        let seen = figures(&head, kind).await;
        every_figure_is_listed(&head, kind, None, &seen["all"]).await;
        let units = seen["units"].as_array().unwrap();
        assert_eq!(units.len(), 2, "{units:?}");
        for unit in units {
            let id = unit["unit"]["id"].as_str().unwrap_or("-");
            every_figure_is_listed(&head, kind, Some(id), &unit["figures"]).await;
        }
    }
}

#[tokio::test]
async fn the_monthly_report_is_data_with_definitions_and_clauses() {
    let server = TestServer::start().await;
    let head = march(&server).await;
    let mut seen = head
        .get("/reports/general/monthly_inquiries?period=2026-03")
        .await
        .body;
    // Ids of units are new in every test.
    for unit in seen["kinds"][0]["units"].as_array_mut().unwrap() {
        unit.as_object_mut().unwrap().remove("figures");
        if let Some(unit) = unit["unit"].as_object_mut() {
            unit.remove("id");
        }
    }
    insta::assert_snapshot!(serde_json::to_string_pretty(&seen).unwrap());
    let english = head.in_english();
    let english = english
        .get("/reports/general/monthly_complaints?period=2026-03")
        .await
        .body;
    assert_eq!(english["title"], "Monthly report on complaints");
    assert_eq!(english["clause"]["id"], "P1.13");
    let february = head
        .get("/reports/general/monthly_inquiries?period=2026-02")
        .await
        .body;
    assert_eq!(february["kinds"][0]["all"]["counts"][0]["cases"], 0);
}

#[tokio::test]
async fn statistics_are_for_those_who_may_see_them_and_of_what_there_is() {
    let server = TestServer::start().await;
    let head = march(&server).await;
    let staff = server.person(&head, "林晓", &["staff"]).await;
    let mut table = String::new();
    for path in [
        "/statistics".to_owned(),
        format!("/statistics/general/inquiry?{MARCH}"),
        format!("/statistics/general/praise?{MARCH}"),
        format!("/statistics/other/inquiry?{MARCH}"),
        "/statistics/general/inquiry?first=2026-03-31&last=2026-03-01".to_owned(),
        "/statistics/general/inquiry?first=2026-03&last=2026-03-01".to_owned(),
        format!("/statistics/general/inquiry?{MARCH}&unit=north"),
        "/reports/general/monthly_inquiries?period=2026-03".to_owned(),
        "/reports/general/monthly_inquiries?period=March".to_owned(),
        "/reports/general/yearly?period=2026-03".to_owned(),
        "/cases?measure=closed".to_owned(),
        format!("/cases?measure=closed&{MARCH}"),
    ] {
        let (head, staff) = (head.get(&path).await, staff.get(&path).await);
        let code = |answer: &crate::support::Answer| {
            let code = answer.body["code"].as_str().unwrap_or("ok");
            format!("{} {code}", answer.status.as_u16())
        };
        table.push_str(&format!(
            "{path}: {}, staff {}\n",
            code(&head),
            code(&staff)
        ));
    }
    insta::assert_snapshot!(table);

    // Nobody gets a case listed that he may not see: the one from the repair shop answers for what was given to it.
    let technician = server.person(&head, "周敏", &["staff"]).await;
    let path = format!("/cases?policy=general&kind=inquiry&measure=opened&{MARCH}");
    let own = technician.get(&path).await.body;
    assert_eq!(own["counted"]["total"], 1);
    assert_eq!(own["rows"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_query_that_can_not_be_read_is_a_problem_like_any_other() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let answer = head.get("/statistics/general/complaint").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(answer.body["code"], "query_unreadable");
    let detail = answer.body["detail"].as_str().unwrap();
    assert!(detail.contains("first"), "{detail}");
}
