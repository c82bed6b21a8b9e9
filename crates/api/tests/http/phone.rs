//! A customer at his phone.

use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Client, TestServer};

/// What a customer brings in.
pub(crate) fn complaint() -> Value {
    json!({
        "policy": "general", "kind": "complaint", "consents": true,
        "fields": {"about": "product", "subject": "水壶漏水", "content": "买了三天就漏水。",
            "customer_name": "张小花", "contact": "13900001111"},
    })
}

/// A customer at his phone.
pub(crate) struct Phone<'s> {
    server: &'s TestServer,
    cookie: Option<String>,
}

impl<'s> Phone<'s> {
    /// One that nobody entered with.
    pub(crate) fn at(server: &'s TestServer) -> Self {
        Self {
            server,
            cookie: None,
        }
    }

    /// Another with the same session.
    pub(crate) fn once_more(&self) -> Self {
        Self {
            server: self.server,
            cookie: self.cookie.clone(),
        }
    }

    pub(crate) fn browser(&self) -> Client {
        self.server.nobody().holding(self.cookie.clone())
    }

    pub(crate) async fn send(
        &mut self,
        method: Method,
        path: &str,
        body: &Value,
        key: &str,
    ) -> Answer {
        let headers = [("idempotency-key", key)];
        let path = format!("/portal{path}");
        let answer = self
            .browser()
            .send(method, &path, Some(body), &headers)
            .await;
        if answer.cookie.is_some() {
            self.cookie.clone_from(&answer.cookie);
        }
        answer
    }

    pub(crate) async fn post(&mut self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, body, &key()).await
    }

    pub(crate) async fn enter(&mut self, code: &str) -> Answer {
        self.post("/session", &json!({"code": code})).await
    }

    pub(crate) async fn own_case(&self) -> Answer {
        self.browser().get("/portal/case").await
    }

    pub(crate) async fn record(&mut self, act: &str, fields: Value) -> Answer {
        self.post("/case/acts", &json!({"act": act, "fields": fields}))
            .await
    }

    /// Sends a file, its name percent-encoded as far as it must be.
    pub(crate) async fn send_file(&self, name: &str, bytes: impl Into<Body>, key: &str) -> Answer {
        let name: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let headers = [("idempotency-key", key), ("file-name", &*name)];
        let path = "/portal/case/files";
        self.browser()
            .send_bytes(Method::POST, path, bytes.into(), &headers)
            .await
    }
}

/// A key no other request has, as long as the portal asks.
pub(crate) fn key() -> String {
    format!("{:0>32}", crate::support::unique_key())
}

pub(crate) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap()
}
