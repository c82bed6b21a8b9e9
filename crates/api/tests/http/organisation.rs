//! Keeping units, people and accounts.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Answer, Client, PASSWORD, TestServer, unique_key};

pub(crate) async fn put(client: &Client, path: &str, body: &Value, seen: &Value) -> Answer {
    let etag = format!("\"{seen}\"");
    let headers = [("if-match", &*etag)];
    client.send(Method::PUT, path, Some(body), &headers).await
}

async fn organisation(client: &Client) -> Value {
    client.get("/organisation").await.body
}

pub(crate) fn named<'v>(list: &'v Value, name: &str) -> &'v Value {
    let mut entries = list.as_array().unwrap().iter();
    let is_it = |one: &&Value| one["name"] == name || one["person"]["name"] == name;
    entries.find(is_it).unwrap()
}

fn code(answer: &Answer) -> (u16, &str) {
    (
        answer.status.as_u16(),
        answer.body["code"].as_str().unwrap_or_default(),
    )
}

#[tokio::test]
async fn units_are_added_renamed_moved_and_closed() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let all = organisation(&head).await;
    let east = named(&all["units"], "华东分公司")["id"].clone();
    let new = json!({"name": "华东客服组", "parent": east});
    let key = unique_key();
    let headers = [("idempotency-key", &*key)];
    let added = head.post_with("/units", &new, &headers).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
    let again = head.post_with("/units", &new, &headers).await;
    assert_eq!(added.body, again.body);
    let path = format!("/units/{}", added.body["id"].as_str().unwrap());
    let moved = json!({"name": "华东服务组", "parent": null, "closed": false});
    let changed = put(&head, &path, &moved, &json!(1)).await;
    assert_eq!(
        (changed.status, changed.etag.as_deref()),
        (StatusCode::OK, Some("\"2\""))
    );
    let units = head.get("/units").await.body;
    assert_eq!(named(&units, "华东服务组")["path"], "华东服务组");
    let closed = json!({"name": "华东服务组", "parent": null, "closed": true});
    assert_eq!(
        put(&head, &path, &closed, &json!(2)).await.status,
        StatusCode::OK
    );
    let units = head.get("/units").await.body;
    assert!(!units.to_string().contains("华东服务组"));
}

#[tokio::test]
async fn what_breaks_the_tree_is_refused() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let case = head.complain().await;
    let all = organisation(&head).await;
    let unit = |name: &str| named(&all["units"], name).clone();
    let (root, service, repair) = (unit("晴川家居"), unit("客服部"), unit("安装维修部"));
    let (east, team) = (unit("华东分公司"), unit("华东安装组"));
    let change = |of: &Value, name: &str, parent: &Value, closed: bool| {
        let path = format!("/units/{}", of["id"].as_str().unwrap());
        let body = json!({"name": name, "parent": parent, "closed": closed});
        let head = head.clone();
        async move { put(&head, &path, &body, &json!(1)).await }
    };
    let below_itself = change(&east, "华东分公司", &team["id"], false).await;
    assert_eq!(code(&below_itself), (422, "unit_below_itself"));
    assert_eq!(
        code(&change(&east, "客服部", &root["id"], false).await),
        (422, "name_taken")
    );
    assert_eq!(
        code(&change(&east, "  ", &root["id"], false).await),
        (422, "name_unusable")
    );
    assert_eq!(
        code(&change(&east, "华东", &json!("x"), false).await),
        (422, "unit_unknown")
    );
    let in_use = change(&east, "华东分公司", &root["id"], true).await;
    assert_eq!(code(&in_use), (409, "unit_in_use"));
    assert!(
        in_use.body["detail"]
            .as_str()
            .unwrap()
            .contains("下级部门 2 个"),
        "{}",
        in_use.body
    );

    // A department without people that has to deal with a case.
    let added = head.post("/units", &json!({"name": "空部门"})).await.body;
    let investigated = json!({"fields": {"findings": "查过了", "nature": "quality"}});
    head.command(&case, "acts/investigate", &investigated).await;
    let sent = head
        .command(&case, "dispatch", &json!({"unit": added["id"]}))
        .await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    let closing = change(&added, "空部门", &Value::Null, true).await;
    assert_eq!(code(&closing), (409, "unit_in_use"));
    let unchanged = organisation(&head).await;
    for one in [&root, &service, &repair, &east, &team] {
        assert_eq!(
            *one,
            *named(&unchanged["units"], one["name"].as_str().unwrap())
        );
    }
}

#[tokio::test]
async fn a_closed_unit_gets_no_cases_and_no_people() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let added = head.post("/units", &json!({"name": "旧部门"})).await.body;
    let path = format!("/units/{}", added["id"].as_str().unwrap());
    let closed = json!({"name": "旧部门", "closed": true});
    assert_eq!(
        put(&head, &path, &closed, &json!(1)).await.status,
        StatusCode::OK
    );
    let case = head.complain().await;
    let investigated = json!({"fields": {"findings": "查过了", "nature": "quality"}});
    head.command(&case, "acts/investigate", &investigated).await;
    let sent = head
        .command(&case, "dispatch", &json!({"unit": added["id"]}))
        .await;
    assert_eq!(code(&sent), (409, "unit_not_possible"));
    let person = json!({"name": "新人", "unit": added["id"], "positions": []});
    assert_eq!(
        code(&head.post("/people", &person).await),
        (422, "unit_unknown")
    );
}

#[tokio::test]
async fn of_two_administrators_who_change_one_entry_only_the_first_does() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let other = server.person(&head, "王磊", &["administrator"]).await;
    let all = organisation(&head).await;
    let lin = named(&all["people"], "林晓");
    let path = format!("/people/{}", lin["person"]["id"].as_str().unwrap());
    let service = &lin["person"]["unit"]["id"];
    let as_named = |name: &str| json!({"name": name, "unit": service, "positions": []});
    let wanted = ["林晓一", "林晓二"].map(as_named);
    let (one, two) = tokio::join!(
        put(&head, &path, &wanted[0], &lin["revision"]),
        put(&other, &path, &wanted[1], &lin["revision"])
    );
    let mut statuses = [one.status, two.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::PRECONDITION_FAILED]);
    let lost = if one.status == StatusCode::OK {
        two
    } else {
        one
    };
    assert_eq!(lost.body["code"], "changed");
    // What is as asked already is as asked, however often it is sent.
    let all = organisation(&head).await;
    let mut people = all["people"].as_array().unwrap().iter();
    let now = people.find(|one| one["revision"] == 2).unwrap();
    let name = now["person"]["name"].as_str().unwrap();
    let again = put(&head, &path, &as_named(name), &lin["revision"]).await;
    assert_eq!(
        (again.status, &again.body["revision"]),
        (StatusCode::OK, &json!(2))
    );
    let blind = head
        .send(Method::PUT, &path, Some(&as_named("林晓")), &[])
        .await;
    assert_eq!(code(&blind), (428, "if_match_missing"));
}

#[tokio::test]
async fn changes_of_many_at_once_all_take_effect() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let add = |name: &'static str| {
        let head = head.clone();
        async move { head.post("/units", &json!({"name": name})).await.status }
    };
    let added = tokio::join!(add("甲组"), add("乙组"), add("丙组"));
    assert_eq!(
        added,
        (
            StatusCode::CREATED,
            StatusCode::CREATED,
            StatusCode::CREATED
        )
    );
    let twins = tokio::join!(add("丁组"), add("丁组"));
    let mut statuses = [twins.0, twins.1];
    statuses.sort();
    assert_eq!(
        statuses,
        [StatusCode::CREATED, StatusCode::UNPROCESSABLE_ENTITY]
    );
}

#[tokio::test]
async fn a_person_gets_a_position_and_with_it_what_the_policy_lets() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let zhou = server.person(&head, "周敏", &["staff"]).await;
    let case = head.complain().await;
    assert_eq!(
        zhou.get(&format!("/cases/{case}")).await.status,
        StatusCode::NOT_FOUND
    );
    let all = organisation(&head).await;
    let known = named(&all["people"], "周敏");
    let path = format!("/people/{}", known["person"]["id"].as_str().unwrap());
    let unit = &known["person"]["unit"]["id"];
    let unknown = json!({"name": "周敏", "unit": unit, "positions": ["astronaut"]});
    assert_eq!(
        code(&put(&head, &path, &unknown, &json!(1)).await),
        (422, "position_unknown")
    );
    let specialist = json!({"name": "周敏", "unit": unit, "positions": ["technician", "customer-service-specialist"]});
    assert_eq!(
        put(&head, &path, &specialist, &json!(1)).await.status,
        StatusCode::OK
    );
    assert_eq!(
        zhou.get(&format!("/cases/{case}")).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn the_last_administrator_stays_one() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let all = organisation(&head).await;
    let shen = named(&all["people"], "沈佳");
    let id = shen["person"]["id"].as_str().unwrap();
    let body = json!({"seen": shen["roles"], "roles": ["staff"]});
    let path = format!("/people/{id}/roles");
    let headers = [("idempotency-key", "k")];
    let refused = head.send(Method::PUT, &path, Some(&body), &headers).await;
    assert_eq!(code(&refused), (409, "last_administrator"));
    let holdings = head.get(&format!("/people/{id}/holdings")).await.body;
    assert_eq!(holdings["last_administrator"], true);
    let leave = json!({"reason": "离职"});
    let headers = [("if-match", "\"1\"")];
    let refused = head
        .post_with(&format!("/people/{id}/leave"), &leave, &headers)
        .await;
    assert_eq!(code(&refused), (409, "last_administrator"));
}

#[tokio::test]
async fn other_roles_end_the_sessions_and_so_does_an_administrator() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let lin = server.person(&head, "林晓", &["staff"]).await;
    let all = organisation(&head).await;
    let id = named(&all["people"], "林晓")["person"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("/people/{id}/roles");
    let stale = json!({"seen": ["auditor"], "roles": ["supervisor"]});
    let refused = head.send(Method::PUT, &path, Some(&stale), &[]).await;
    assert_eq!(code(&refused), (412, "changed"));
    let body = json!({"seen": ["staff"], "roles": ["staff", "supervisor"]});
    let changed = head.send(Method::PUT, &path, Some(&body), &[]).await;
    assert_eq!(changed.status, StatusCode::NO_CONTENT);
    assert_eq!(lin.get("/me").await.status, StatusCode::UNAUTHORIZED);
    let lin = server.again(&lin).await;
    assert_eq!(
        lin.get("/me").await.body["roles"],
        json!(["staff", "supervisor"])
    );
    let sessions = format!("/people/{id}/sessions");
    let ended = head.send(Method::DELETE, &sessions, None, &[]).await;
    assert_eq!(ended.status, StatusCode::NO_CONTENT);
    assert_eq!(lin.get("/me").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_new_link_sets_a_new_password_and_keeps_the_roles() {
    let server = TestServer::start().await;
    let head = server.first().await;
    let lin = server.person(&head, "林晓", &["staff"]).await;
    let all = organisation(&head).await;
    let id = named(&all["people"], "林晓")["person"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("/people/{id}/invitation");
    let invited = head.post(&path, &json!({"roles": ["administrator"]})).await;
    let link = invited.body["link"].as_str().unwrap().to_owned();
    let token = link.split_once('#').unwrap().1.to_owned();
    let body = json!({"token": token, "login": "linxiao", "password": "another long secret"});
    let accepted = server.nobody().post("/invitations/accept", &body).await;
    assert_eq!(accepted.status, StatusCode::OK, "{}", accepted.body);
    assert_eq!(accepted.body["roles"], json!(["staff"]));
    assert_eq!(lin.get("/me").await.status, StatusCode::UNAUTHORIZED);
    let old = json!({"login": "linxiao", "password": PASSWORD});
    assert_eq!(
        server.nobody().post("/session", &old).await.status,
        StatusCode::UNAUTHORIZED
    );
}
