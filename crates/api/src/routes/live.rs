//! Live updates as server-sent events.

use std::convert::Infallible;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::{Stream, stream};
use huiyin_app::Principal;
use huiyin_app::live::{Change, Noticed, Told};
use huiyin_texts::Lang;
use serde::Serialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use utoipa::ToSchema;

use crate::Server;
use crate::caller::Caller;
use crate::cookie;
use crate::present::names;

/// A case changed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseChanged {
    /// The case.
    pub id: String,
    /// Its last event.
    pub seq: u32,
}

/// A notice is for the caller.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticeTold {
    /// The case it is about.
    pub(crate) case: String,
    /// What it says, in the caller's language. Nothing personal stands in it.
    pub(crate) title: String,
}

/// Streams changes of the cases the caller may see: `hello` once, then `case` for each change, `notice` for each notice to
/// the caller, and `reload` when the listener fell behind.
#[utoipa::path(get, path = "/live", tag = "cases", operation_id = "listen",
    responses((status = 200, description = "text/event-stream of `hello`, `case` (CaseChanged), `notice` (NoticeTold), `reload`", body = CaseChanged, content_type = "text/event-stream")))]
pub(crate) async fn listen(
    State(server): State<Server>,
    caller: Caller,
    headers: HeaderMap,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let listener = Listener {
        told: server.app.listen(),
        lang: caller.lang,
        token: cookie::SESSION
            .token(&headers, server.secure_cookies)
            .unwrap_or_default(),
        server,
        greeted: false,
    };
    Sse::new(stream::unfold(listener, Listener::next)).keep_alive(KeepAlive::default())
}

struct Listener {
    server: Server,
    token: String,
    told: Receiver<Told>,
    lang: Lang,
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
            let received = self.told.recv().await;
            let principal = self.server.app.principal(&self.token).await?;
            let event = match received {
                Ok(Told::Changed(change)) => self.change(&principal, &change),
                Ok(Told::Noticed(noticed)) => self.notice(&principal, &noticed),
                Err(RecvError::Lagged(_)) => Some(Event::default().event("reload").data("{}")),
                Err(RecvError::Closed) => return None,
            };
            if let Some(event) = event {
                return Some((Ok(event), self));
            }
        }
    }

    fn change(&self, principal: &Principal, change: &Change) -> Option<Event> {
        let data = CaseChanged {
            id: change.case.to_string(),
            seq: change.seq,
        };
        let sees = self.server.app.may_see(principal, &change.scope);
        Event::default()
            .event("case")
            .json_data(data)
            .ok()
            .filter(|_| sees)
    }

    fn notice(&self, principal: &Principal, noticed: &Noticed) -> Option<Event> {
        let title = names::notice_title(
            &noticed.policy,
            &noticed.kind,
            &noticed.notice,
            noticed.clock.as_ref(),
            &noticed.number,
            self.lang,
        );
        let data = NoticeTold {
            case: noticed.case.to_string(),
            title,
        };
        let is_addressed = noticed.to.contains(&principal.person);
        Event::default()
            .event("notice")
            .json_data(data)
            .ok()
            .filter(|_| is_addressed)
    }
}
