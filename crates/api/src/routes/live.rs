//! Live updates as server-sent events.

use std::convert::Infallible;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::{Stream, stream};
use huiyin_app::live::Change;
use serde::Serialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use utoipa::ToSchema;

use crate::Server;
use crate::caller::Caller;
use crate::cookie;

/// A case changed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseChanged {
    /// The case.
    pub id: String,
    /// Its last event.
    pub seq: u32,
}

/// Streams changes of the cases the caller may see: `hello` once, then `case` for each change, and `reload` when the
/// listener fell behind.
#[utoipa::path(get, path = "/live", tag = "cases", operation_id = "listen",
    responses((status = 200, description = "text/event-stream of `hello`, `case`, `reload`", body = CaseChanged, content_type = "text/event-stream")))]
pub(crate) async fn listen(
    State(server): State<Server>,
    _caller: Caller,
    headers: HeaderMap,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let listener = Listener {
        changes: server.app.listen(),
        token: cookie::session(&headers).unwrap_or_default(),
        server,
        greeted: false,
    };
    Sse::new(stream::unfold(listener, Listener::next)).keep_alive(KeepAlive::default())
}

struct Listener {
    server: Server,
    token: String,
    changes: Receiver<Change>,
    greeted: bool,
}

impl Listener {
    /// The next event the caller may hear of. Session and rights are asked for at each change, so that the stream ends
    /// with them.
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        if !self.greeted {
            self.greeted = true;
            return Some((Ok(Event::default().event("hello").data("{}")), self));
        }
        loop {
            let received = self.changes.recv().await;
            let principal = self.server.app.principal(&self.token).await?;
            match received {
                Ok(change) if self.server.app.may_see(&principal, &change.scope) => {
                    let data = CaseChanged {
                        id: change.case.to_string(),
                        seq: change.seq,
                    };
                    let event = Event::default().event("case").json_data(data).ok()?;
                    return Some((Ok(event), self));
                }
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => {
                    return Some((Ok(Event::default().event("reload").data("{}")), self));
                }
                Err(RecvError::Closed) => return None,
            }
        }
    }
}
