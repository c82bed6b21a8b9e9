//! A book compared with the system, over HTTP.

use axum::http::StatusCode;
use huiyin_app::maintain::rebuild;
use huiyin_policy::SourceFile;
use serde_json::{Value, json};

use crate::support::{Answer, Client, TestServer, shipped_policy};

#[track_caller]
fn ok(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

/// The policy of a brand with stores, with 林晓 in the market department; complaints about `hidden` are seen by the general manager alone.
fn retail() -> Vec<SourceFile> {
    let adopted = SourceFile::new("adoption.yaml", "set:\n  revisit_limit: 30 days\n");
    let hidden = SourceFile::new("hidden.yaml", HIDDEN);
    let files = shipped_policy("retail").into_iter().map(|file| {
        let text = String::from_utf8(file.bytes).unwrap();
        let text = text
            .replace(
                "position: market-officer",
                "position: customer-service-specialist",
            )
            .replace(
                "against: {kinds: complaint,",
                "against: {kinds: [complaint, hidden],",
            );
        SourceFile::new(file.name, text)
    });
    files.chain([adopted, hidden]).collect()
}

const HIDDEN: &str = "
series:
  hidden_number: {prefix: MM, restart: year, digits: 4, clause: P2.14}
kinds:
  hidden:
    title: {zh-CN: 密件, en: Confidential}
    clause: P2.14
    sees: {by: general_manager, clause: P2.14}
    open: {by: anyone, channels: [counter], part: record_form, series: hidden_number, clause: P2.14}
    steps:
      looking: {title: {zh-CN: 核查, en: Looking}, by: general_manager, moves: [{on: closed, then: closed}]}
";

struct World {
    server: TestServer,
    head: Client,
    /// Of the market department.
    checker: Client,
    /// Of the store.
    assistant: Client,
    store: String,
}

async fn world() -> World {
    let server = TestServer::start().await;
    let head = server.first().await;
    server.app.publish(retail()).await.unwrap();
    World {
        checker: server.person(&head, "林晓", &["staff"]).await,
        assistant: server.person(&head, "陈思远", &["staff"]).await,
        store: server.unit(&head, "华东门店").await,
        server,
        head,
    }
}

impl World {
    /// Goes on to another time, at which everybody signs in again.
    async fn later(self, now: &str) -> Self {
        self.server.set_clock(now).await;
        Self {
            checker: self.server.again(&self.checker).await,
            assistant: self.server.again(&self.assistant).await,
            head: self.server.again(&self.head).await,
            ..self
        }
    }

    async fn registered(&self, by: &Client, kind: &str, contact: &str, content: &str) -> String {
        let fields = json!({
            "customer_name": "张三", "contact": contact, "class": "other", "market": "home", "subject": content,
            "content": content, "responsible": self.store, "ignored": false,
        });
        let body =
            json!({"policy": "retail", "kind": kind, "channel": "counter", "fields": fields});
        let answer = by.post("/cases", &body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
        answer.body["id"].as_str().unwrap().to_owned()
    }

    /// A check of the store's book from 1 to 10 March.
    async fn check(&self) -> String {
        let fields = json!({"subject": "华东门店意见簿", "store": self.store, "from": "2026-03-01", "to": "2026-03-10"});
        let body = json!({"policy": "retail", "kind": "book_check", "channel": "internal", "fields": fields});
        let answer = self.checker.post("/cases", &body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
        answer.body["id"].as_str().unwrap().to_owned()
    }

    async fn enter(&self, check: &str, fields: Value) {
        let body = json!({ "fields": fields });
        let done = self.checker.command(check, "acts/enter_from_book", &body);
        ok(&done.await);
    }

    async fn decide(&self, check: &str, fields: Value) -> Answer {
        let body = json!({ "fields": fields });
        self.checker
            .command(check, "acts/decide_entry", &body)
            .await
    }

    async fn book(&self, by: &Client, check: &str) -> Value {
        let answer = by.get(&format!("/cases/{check}/reconciliations")).await;
        ok(&answer);
        answer.body[0].clone()
    }
}

/// The ids of the cases that an entry is likely to be about.
fn likely(book: &Value, entry: usize) -> Vec<&str> {
    let likely = book["entries"][entry]["likely"].as_array().unwrap();
    likely
        .iter()
        .map(|one| one["case"]["id"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn each_entry_is_shown_beside_what_it_is_likely_to_be_about() {
    let world = world().await;
    let assistant = &world.assistant;
    let sofa = world
        .registered(
            assistant,
            "complaint",
            "13800000001",
            "沙发用了两个月，左边扶手的皮面开裂",
        )
        .await;
    let late = world
        .registered(
            assistant,
            "complaint",
            "13800000002",
            "送货晚了三天，师傅态度生硬",
        )
        .await;
    // Another unit's, by the same customer.
    let phoned = world
        .registered(&world.head, "complaint", "13800000003", "灯不亮")
        .await;
    let elsewhere = world
        .registered(
            &world.head,
            "complaint",
            "13800000004",
            "沙发左边扶手的皮面开裂了",
        )
        .await;
    let world = world.later("2026-03-11T09:00:00+08:00").await;
    let (checker, assistant) = (&world.checker, &world.assistant);
    let check = world.check().await;
    world.server.set_clock("2026-03-11T09:05:00+08:00").await;
    let hasty = world
        .registered(assistant, "complaint", "13800000005", "餐桌晃，说了没人理")
        .await;
    world
        .enter(
            &check,
            json!({"entered_on": "2026-03-02", "text": "沙发左边扶手皮面开裂，一直没人来修"}),
        )
        .await;
    world
        .enter(
            &check,
            json!({"entered_on": "2026-03-03", "text": "坏了", "contact": "138 0000 0003"}),
        )
        .await;
    world
        .enter(
            &check,
            json!({"entered_on": "2026-03-09", "text": "餐桌晃，没人理"}),
        )
        .await;
    world
        .enter(
            &check,
            json!({"entered_on": "2026-03-10", "text": "衣柜门掉了"}),
        )
        .await;

    let book = world.book(checker, &check).await;
    assert_eq!(book["unit"], "华东门店");
    assert_eq!(book["entries"][0]["standing"], "undecided");
    assert_eq!(likely(&book, 0)[0], sofa, "{book}");
    assert!(book["entries"][0]["likely"][0]["text_percent"].as_u64() >= Some(40));
    assert!(!book.to_string().contains(&elsewhere), "of another unit");
    let by_contact = &book["entries"][1]["likely"][0];
    assert_eq!(by_contact["case"]["id"], phoned.as_str(), "{by_contact}");
    assert_eq!(by_contact["same"], json!(["联系方式"]));
    let masked = &book["entries"][1]["facts"][0]["text"];
    assert!(!masked.as_str().unwrap().contains("00000003"), "{masked}");
    assert_eq!(likely(&book, 2)[0], hasty);
    assert_eq!(book["entries"][2]["likely"][0]["since"], true);
    assert_eq!(book["entries"][0]["likely"][0]["since"], false);
    let others: Vec<&str> = book["others"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["id"].as_str().unwrap())
        .collect();
    assert_eq!(
        others,
        [late.as_str(), sofa.as_str()],
        "of these days, and of the store"
    );

    ok(&world
        .decide(
            &check,
            json!({"entry": 1, "answer": "in_system", "found": sofa}),
        )
        .await);
    ok(&world
        .decide(
            &check,
            json!({"entry": 2, "answer": "in_system", "found": phoned}),
        )
        .await);
    ok(&world
        .decide(&check, json!({"entry": 3, "answer": "no_complaint"}))
        .await);
    ok(&world
        .decide(&check, json!({"entry": 4, "answer": "missing"}))
        .await);
    let book = world.book(checker, &check).await;
    let standings: Vec<&str> = book["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["standing"].as_str().unwrap())
        .collect();
    assert_eq!(standings, ["found", "found", "settled", "missing"]);
    assert_eq!(book["entries"][0]["found"]["id"], sofa.as_str());
    assert_eq!(book["entries"][3]["answer"], "系统里没有");
    assert_eq!(book["others"].as_array().unwrap().len(), 1);
    let history = checker.get(&format!("/cases/{check}")).await.body;
    let pin = json!({"id": "book", "enter": "enter_from_book", "decide": "decide_entry"});
    assert_eq!(history["books"], json!([pin]));
    let number = book["entries"][0]["found"]["number"].as_str().unwrap();
    assert!(history["entries"].to_string().contains(number), "{history}");

    let record = json!({"fields": {"concealed": false, "finding": "一条没有登记"}});
    ok(&checker.command(&check, "acts/conclude_book", &record).await);
    let refused = checker.command(&check, "close", &json!({})).await;
    assert_eq!(refused.body["code"], "needs_condition", "{}", refused.body);
    assert_eq!(refused.body["clause"]["id"], "P2.14");
    let fields = json!({
        "customer_name": "李四", "contact": "13800000009", "class": "other", "market": "home", "subject": "衣柜门掉了",
        "content": "衣柜门掉了", "responsible": world.store, "ignored": false,
    });
    let raised = checker
        .command(&check, "raise/complaint", &json!({ "fields": fields }))
        .await;
    assert!(raised.status.is_success(), "{}", raised.body);
    let book = world.book(checker, &check).await;
    assert!(
        !likely(&book, 3).contains(&raised.body["id"].as_str().unwrap_or("-")),
        "what was registered because of the entry was not in the system: {book}"
    );
    let refused = checker.command(&check, "close", &json!({})).await;
    assert_eq!(refused.body["code"], "needs_raised", "{}", refused.body);

    let verified = world.server.app.store().verify(None).await.unwrap();
    assert_eq!(verified.findings, []);
    let shelf = world.server.app.shelf();
    let rebuilt = rebuild(world.server.app.store(), &shelf, false)
        .await
        .unwrap();
    assert_eq!(rebuilt.differences, vec![]);
}

#[tokio::test]
async fn a_case_that_the_checker_may_not_see_is_neither_named_nor_found() {
    let world = world().await;
    let secret = world
        .registered(
            &world.assistant,
            "hidden",
            "13800000007",
            "沙发用了两个月，左边扶手的皮面开裂",
        )
        .await;
    let chief = world
        .server
        .person(&world.head, "王磊", &["supervisor"])
        .await;
    let check = world.check().await;
    world
        .enter(&check, json!({"entered_on": "2026-03-02", "text": "沙发用了两个月，左边扶手的皮面开裂", "contact": "13800000007"}))
        .await;
    let book = world.book(&world.checker, &check).await;
    assert_eq!(book["entries"][0]["likely"], json!([]));
    assert_eq!(book["others"], json!([]));
    let nowhere = "01a20033-2bde-72af-bd24-fef95a641c8f";
    let answers = [&secret, nowhere].map(|case| {
        world.decide(
            &check,
            json!({"entry": 1, "answer": "in_system", "found": case}),
        )
    });
    for answer in answers {
        let answer = answer.await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.body);
    }
    let seen = world.book(&chief, &check).await;
    assert_eq!(likely(&seen, 0), [secret.as_str()], "who may see it does");
}

#[tokio::test]
async fn a_book_is_compared_with_the_kinds_it_is_about_and_shown_to_who_sees_its_case() {
    let world = world().await;
    let complaint = world
        .registered(&world.assistant, "complaint", "13800000001", "沙发开裂")
        .await;
    let check = world.check().await;
    world
        .enter(
            &check,
            json!({"entered_on": "2026-03-02", "text": "沙发开裂"}),
        )
        .await;
    let itself = json!({"entry": 1, "answer": "in_system", "found": check});
    let refused = world.decide(&check, itself).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.body["clause"]["id"], "P2.14", "{}", refused.body);
    let path = format!("/cases/{check}/reconciliations");
    let hidden = world.assistant.get(&path).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND, "{}", hidden.body);
    let none = world
        .checker
        .get(&format!("/cases/{complaint}/reconciliations"))
        .await;
    assert_eq!(none.body, json!([]));
}
