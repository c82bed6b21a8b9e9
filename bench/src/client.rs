//! A lean HTTP client: one keep-alive connection, no redirects, no retries, so that the server is what is measured.

use anyhow::{Context, Result, bail};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{CONTENT_TYPE, COOKIE, HOST, SET_COOKIE};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;

/// Where the API stands under the server's address.
const BASE: &str = "/api/v1";

/// What the server answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) cookie: Option<String>,
    pub(crate) body: Bytes,
}

impl Answer {
    /// The body as JSON.
    ///
    /// # Errors
    /// When the status is no success (with the problem's code), or the body is no JSON.
    pub(crate) fn json(&self) -> Result<Value> {
        let body: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        if !self.status.is_success() {
            bail!("the server answered {}: {body}", self.status);
        }
        Ok(body)
    }
}

/// A server and a session with it: all that a connection needs.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    authority: String,
    cookie: Option<String>,
}

impl Target {
    /// A server by its address, `http://127.0.0.1:8080`.
    ///
    /// # Errors
    /// When the address is not one of plain HTTP.
    pub(crate) fn new(url: &str) -> Result<Self> {
        let authority = url
            .strip_prefix("http://")
            .with_context(|| format!("`{url}` does not begin with `http://`"))?;
        let authority = authority.trim_end_matches('/').to_owned();
        Ok(Self {
            authority,
            cookie: None,
        })
    }

    /// The same server as someone with an account.
    ///
    /// # Errors
    /// When the server can't be reached or refuses.
    pub(crate) async fn sign_in(&self, login: &str, password: &str) -> Result<Self> {
        self.enter("/session", &json!({"login": login, "password": password}))
            .await
    }

    /// The same server as the person a one-time link was made for.
    ///
    /// # Errors
    /// When the server can't be reached or refuses.
    pub(crate) async fn accept(&self, token: &str, login: &str, password: &str) -> Result<Self> {
        let body = json!({"token": token, "login": login, "password": password});
        self.enter("/invitations/accept", &body).await
    }

    async fn enter(&self, path: &str, body: &Value) -> Result<Self> {
        let answer = self.connect().await?.post(path, body, None).await?;
        answer.json()?;
        let cookie = answer.cookie.context("the server set no session cookie")?;
        Ok(Self {
            cookie: Some(cookie),
            ..self.clone()
        })
    }

    /// Opens a connection.
    ///
    /// # Errors
    /// When the server can't be reached.
    pub(crate) async fn connect(&self) -> Result<Client> {
        let stream = TcpStream::connect(&self.authority)
            .await
            .with_context(|| format!("can't reach the server at `{}`", self.authority))?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        // Ends with the connection; a failure shows in the request under way.
        tokio::spawn(connection);
        Ok(Client {
            sender,
            target: self.clone(),
        })
    }
}

/// A connection.
pub(crate) struct Client {
    sender: SendRequest<Full<Bytes>>,
    target: Target,
}

impl Client {
    /// Reads.
    ///
    /// # Errors
    /// When the connection breaks.
    pub(crate) async fn get(&mut self, path: &str) -> Result<Answer> {
        self.send(Method::GET, path, Bytes::new(), None).await
    }

    /// Writes, once under `key` if one is given.
    ///
    /// # Errors
    /// When the connection breaks.
    pub(crate) async fn post(
        &mut self,
        path: &str,
        body: &Value,
        key: Option<&str>,
    ) -> Result<Answer> {
        let body = Bytes::from(serde_json::to_vec(body)?);
        self.send(Method::POST, path, body, key).await
    }

    async fn send(
        &mut self,
        method: Method,
        path: &str,
        body: Bytes,
        key: Option<&str>,
    ) -> Result<Answer> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{BASE}{path}"))
            .header(HOST, &self.target.authority);
        if let Some(cookie) = &self.target.cookie {
            request = request.header(COOKIE, cookie);
        }
        if !body.is_empty() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        let request = request.body(Full::new(body))?;
        self.sender.ready().await?;
        let response = self.sender.send_request(request).await?;
        let (head, body) = response.into_parts();
        let cookie = head
            .headers
            .get(SET_COOKIE)
            .and_then(|cookie| cookie.to_str().ok())
            .and_then(|cookie| cookie.split(';').next());
        Ok(Answer {
            status: head.status,
            cookie: cookie.map(str::to_owned),
            body: body.collect().await?.to_bytes(),
        })
    }
}
