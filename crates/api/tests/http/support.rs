//! A server in this process with a small organisation, and clients that are signed in to it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use huiyin_api::{Server, router};
use huiyin_app::start::{Config, FirstStart, start};
use huiyin_app::{App, Clock};
use huiyin_policy::SourceFile;
use huiyin_store::PostgresUrl;
use huiyin_testkit::postgres::Database;
use serde_json::{Value, json};
use tower::ServiceExt;

/// A small organisation without cases.
const ORGANISATION: &str = include_str!("../../../testkit/organisation.yaml");
pub(crate) const PASSWORD: &str = "correct horse battery";

/// A server with a data directory of its own and a clock that stands at a Monday morning.
pub(crate) struct TestServer {
    pub(crate) app: Arc<App>,
    pub(crate) router: Router,
    setup: String,
    data: TempDir,
}

/// A directory that goes with its owner.
struct TempDir(PathBuf);

impl TempDir {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "huiyin-http-{}-{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for TempDir {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl TestServer {
    pub(crate) async fn start() -> Self {
        Self::start_in(TempDir::new()).await
    }

    /// The server stopped and started again on the same data.
    pub(crate) async fn restart(self) -> Self {
        let Self { app, data, .. } = self;
        app.store().close().await;
        Self::start_in(data).await
    }

    /// The same, only to be read from.
    pub(crate) async fn restart_reading(self) -> Self {
        let Self { app, data, .. } = self;
        app.store().close().await;
        Self::start_with(data, true).await
    }

    async fn start_in(data: TempDir) -> Self {
        Self::start_with(data, false).await
    }

    /// A node on a database that others use as well, with the master key of the node it is given.
    pub(crate) async fn start_node(database: &Database<'_>, first: Option<&Self>) -> Self {
        let data = TempDir::new();
        if let Some(first) = first {
            std::fs::copy(first.data.0.join("master.key"), data.0.join("master.key")).unwrap();
        }
        Self::start_on(data, false, Some(database.url().parse().unwrap())).await
    }

    async fn start_with(data: TempDir, read_only: bool) -> Self {
        Self::start_on(data, read_only, None).await
    }

    async fn start_on(data: TempDir, read_only: bool, database: Option<PostgresUrl>) -> Self {
        let config = Config {
            read_only,
            database,
            first_start: Some(FirstStart {
                organisation: SourceFile::new("organisation.yaml", ORGANISATION),
                cases: Vec::new(),
            }),
            clock: Clock::set_from_outside("2026-03-02T09:00:00+08:00".parse().unwrap()),
            ..Config::new(data.0.clone(), vec![general_policy()])
        };
        let started = start(config).await.unwrap();
        let server = Server {
            app: Arc::clone(&started.app),
            public_url: "http://desk.example".into(),
            secure_cookies: false,
            trusted_proxies: Arc::from([]),
        };
        let setup = started
            .setup
            .map(|secret| secret.reveal().to_owned())
            .unwrap_or_default();
        Self {
            app: started.app,
            router: router(server),
            setup,
            data,
        }
    }

    /// The first administrator: 沈佳, head of customer service.
    pub(crate) async fn first(&self) -> Client {
        self.accept(&self.setup, "shenjia").await
    }

    /// A person of the organisation with an account of these roles, invited by the first administrator.
    pub(crate) async fn person(
        &self,
        administrator: &Client,
        name: &str,
        roles: &[&str],
    ) -> Client {
        let login = format!("user{}", name.chars().map(|c| c as usize).sum::<usize>());
        self.account(administrator, name, roles, &login).await
    }

    /// The same with a login of their choice.
    pub(crate) async fn account(
        &self,
        administrator: &Client,
        name: &str,
        roles: &[&str],
        login: &str,
    ) -> Client {
        let people = administrator.get("/people").await.body;
        let person = people
            .as_array()
            .unwrap()
            .iter()
            .find(|person| person["name"] == name)
            .unwrap();
        let path = format!("/people/{}/invitation", person["id"].as_str().unwrap());
        let invited = administrator.post(&path, &json!({"roles": roles})).await;
        assert_eq!(invited.status, StatusCode::CREATED, "{}", invited.body);
        let link = invited.body["link"].as_str().unwrap();
        self.accept(link.split_once('#').unwrap().1, login).await
    }

    async fn accept(&self, token: &str, login: &str) -> Client {
        let client = self.nobody();
        let body = json!({"token": token, "login": login, "password": PASSWORD});
        let answer = client.post("/invitations/accept", &body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        client.signed_in(login, answer.cookie.unwrap())
    }

    /// Someone who has an account already, in a new session.
    pub(crate) async fn sign_in(&self, login: &str) -> Client {
        let client = self.nobody();
        let answer = client
            .post("/session", &json!({"login": login, "password": PASSWORD}))
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        client.signed_in(login, answer.cookie.unwrap())
    }

    /// The same person after a time in which the session ended.
    pub(crate) async fn again(&self, client: &Client) -> Client {
        self.sign_in(client.login.as_deref().unwrap()).await
    }

    /// A client that is not signed in.
    pub(crate) fn nobody(&self) -> Client {
        Client {
            router: self.router.clone(),
            cookie: None,
            login: None,
            lang: "zh-CN",
        }
    }

    /// Sets the clock; timers due by then fire.
    pub(crate) async fn set_clock(&self, now: &str) {
        assert!(self.app.set_clock(now.parse().unwrap()).await.unwrap());
    }

    /// The id of a unit.
    pub(crate) async fn unit(&self, client: &Client, name: &str) -> String {
        let units = client.get("/units").await.body;
        let unit = units
            .as_array()
            .unwrap()
            .iter()
            .find(|unit| unit["name"] == name)
            .unwrap();
        unit["id"].as_str().unwrap().to_owned()
    }
}

/// The files of the general policy.
pub(crate) fn general_policy() -> Vec<SourceFile> {
    shipped_policy("general")
}

/// The files in a folder under `policies`.
pub(crate) fn shipped_policy(folder: &str) -> Vec<SourceFile> {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let files = std::fs::read_dir(policies.join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path());
    files
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .map(|path| {
            SourceFile::new(
                path.file_name().unwrap().to_string_lossy(),
                std::fs::read(&path).unwrap(),
            )
        })
        .collect()
}

/// Someone at a browser.
#[derive(Clone)]
pub(crate) struct Client {
    router: Router,
    cookie: Option<String>,
    pub(crate) login: Option<String>,
    lang: &'static str,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Value,
    pub(crate) cookie: Option<String>,
    pub(crate) etag: Option<String>,
    pub(crate) retry_after: Option<String>,
    /// The whole answer, headers and body, as it goes over the wire.
    pub(crate) wire: String,
}

impl Client {
    fn signed_in(self, login: &str, cookie: String) -> Self {
        Self {
            cookie: Some(cookie),
            login: Some(login.to_owned()),
            ..self
        }
    }

    /// A browser that holds this cookie.
    pub(crate) fn holding(self, cookie: Option<String>) -> Self {
        Self { cookie, ..self }
    }

    /// The same browser, at a server that was started anew.
    pub(crate) fn at(&self, server: &TestServer) -> Self {
        Self {
            router: server.router.clone(),
            ..self.clone()
        }
    }

    pub(crate) fn in_english(&self) -> Self {
        Self {
            lang: "en",
            ..self.clone()
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, &[]).await
    }

    /// A write with a key of its own.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.post_with(path, body, &[("idempotency-key", &unique_key())])
            .await
    }

    pub(crate) async fn post_with(
        &self,
        path: &str,
        body: &Value,
        headers: &[(&str, &str)],
    ) -> Answer {
        self.send(Method::POST, path, Some(body), headers).await
    }

    /// A command on the case as it is now.
    pub(crate) async fn command(&self, case: &str, command: &str, body: &Value) -> Answer {
        let seen = self.get(&format!("/cases/{case}")).await;
        let etag = seen.etag.unwrap_or_else(|| "\"0\"".to_owned());
        self.command_on(case, command, body, &etag).await
    }

    /// A command on the case as it was at `etag`.
    pub(crate) async fn command_on(
        &self,
        case: &str,
        command: &str,
        body: &Value,
        etag: &str,
    ) -> Answer {
        let headers = [("idempotency-key", &*unique_key()), ("if-match", etag)];
        self.post_with(&format!("/cases/{case}/{command}"), body, &headers)
            .await
    }

    /// Listens to live updates.
    pub(crate) async fn listen(&self) -> Heard {
        let request = Request::builder()
            .uri("/api/v1/live")
            .header(header::COOKIE, self.cookie.as_ref().unwrap());
        let response = self
            .router
            .clone()
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        Heard {
            body: response.into_body(),
            rest: String::new(),
        }
    }

    /// What stands at a path, byte for byte.
    pub(crate) async fn get_bytes(&self, path: &str) -> (StatusCode, Vec<u8>, HeaderMap) {
        let request = Request::builder()
            .uri(format!("/api/v1{path}"))
            .header(header::ACCEPT_LANGUAGE, self.lang)
            .header(header::COOKIE, self.cookie.as_ref().unwrap());
        let response = self
            .router
            .clone()
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        let (head, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        (head.status, bytes.to_vec(), head.headers)
    }

    /// A table, which no cache keeps.
    pub(crate) async fn table(&self, path: &str) -> Vec<u8> {
        let (status, bytes, headers) = self.get_bytes(path).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(headers["cache-control"], "no-store");
        bytes
    }

    /// Registers a complaint and gives its id.
    pub(crate) async fn complain(&self) -> String {
        self.register(&complaint()).await
    }

    /// Registers a complaint about a subject.
    pub(crate) async fn complain_about(&self, subject: &str) -> String {
        let mut complaint = complaint();
        complaint["fields"]["subject"] = subject.into();
        self.register(&complaint).await
    }

    async fn register(&self, complaint: &Value) -> String {
        let answer = self.post("/cases", complaint).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
        answer.body["id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        headers: &[(&str, &str)],
    ) -> Answer {
        let json = [(header::CONTENT_TYPE.as_str(), "application/json")];
        match body {
            Some(body) => {
                let headers = [&json, headers].concat();
                let body = Body::from(body.to_string());
                self.send_bytes(method, path, body, &headers).await
            }
            None => self.send_bytes(method, path, Body::empty(), headers).await,
        }
    }

    pub(crate) async fn send_bytes(
        &self,
        method: Method,
        path: &str,
        body: Body,
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header(header::ACCEPT_LANGUAGE, self.lang);
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body);
        let response = self.router.clone().oneshot(request.unwrap()).await.unwrap();
        let text = |name| {
            response
                .headers()
                .get(name)
                .map(|value| value.to_str().unwrap().to_owned())
        };
        let cookie =
            text(header::SET_COOKIE).map(|cookie| cookie.split(';').next().unwrap().to_owned());
        let (status, etag) = (response.status(), text(header::ETAG));
        let retry_after = text(header::RETRY_AFTER);
        let headers = format!("{:?}", response.headers());
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        Answer {
            status,
            retry_after,
            wire: format!("{headers}{}", String::from_utf8_lossy(&bytes)),
            body: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
            cookie,
            etag,
        }
    }
}

/// A key no other request has.
pub(crate) fn unique_key() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("key-{}", COUNT.fetch_add(1, Ordering::Relaxed))
}

/// An answer without the ids in it, which differ each time.
pub(crate) fn without_ids(mut value: Value) -> Value {
    match &mut value {
        Value::Object(entries) => {
            entries.remove("id");
            for entry in entries.values_mut() {
                *entry = without_ids(entry.take());
            }
        }
        Value::Array(items) => {
            for item in items {
                *item = without_ids(item.take());
            }
        }
        _ => {}
    }
    value
}

/// A complaint as it is sent.
pub(crate) fn complaint() -> Value {
    json!({
        "policy": "general", "kind": "complaint", "channel": "phone",
        "fields": {"about": "product", "subject": "新装的衣柜门合不上", "content": "上周六安装的衣柜，右边的门一直合不拢。",
            "customer_name": "王秀兰", "contact": "13800002207"},
    })
}

/// A stream of server-sent events.
pub(crate) struct Heard {
    body: Body,
    rest: String,
}

impl Heard {
    /// The next event, without the blank line after it; comments that keep the connection open are passed over.
    pub(crate) async fn next(&mut self) -> String {
        loop {
            if let Some((event, rest)) = self.rest.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.rest = rest;
                if !event.starts_with(':') {
                    return event;
                }
                continue;
            }
            let frame = self.body.frame().await.unwrap().unwrap();
            self.rest
                .push_str(std::str::from_utf8(&frame.into_data().unwrap()).unwrap());
        }
    }
}
