//! Exports: what one may see, as a table.

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use huiyin_app::cases::ListView;
use huiyin_app::export::ExportRequest;
use huiyin_case::state::Stage;
use huiyin_exchange::Format;
use huiyin_policy::model::{ChannelId, KindId};
use huiyin_texts::Lang;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::Server;
use crate::caller::Caller;
use crate::export::{CaseExport, ExportError};
use crate::present::error;
use crate::problem::Problem;

/// Which cases to take out, and in which form.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct ExportQuery {
    /// `csv` (default), `xlsx` or `jsonl`.
    format: Option<String>,
    /// `mine`, `unclaimed`, `due_soon`, `overdue`, `taken` or `all` (default).
    view: Option<String>,
    /// `open` (default), `closed`, `archived` or `all`.
    status: Option<String>,
    /// Only this kind.
    kind: Option<String>,
    /// Only this channel.
    channel: Option<String>,
    /// Language of the headings, `zh-CN` or `en`; that of the request if not given.
    lang: Option<String>,
}

/// Takes out the cases of a list as a table: the rows that the list has for the caller, newest first, personal data masked.
/// In CSV and XLSX no text is taken for a formula. Each export is on the audit record.
#[utoipa::path(get, path = "/exports/cases", tag = "cases", operation_id = "export_cases", params(ExportQuery),
    responses((status = 200, description = "The table", content_type = "text/csv", body = String),
        (status = 400, description = "`view_unknown`, `format_unknown`, `status_unknown`", body = Problem)))]
pub(crate) async fn cases(
    State(server): State<Server>,
    caller: Caller,
    Query(query): Query<ExportQuery>,
) -> Result<Response, Problem> {
    let lang = query
        .lang
        .as_deref()
        .and_then(|tag| tag.parse::<Lang>().ok())
        .unwrap_or(caller.lang);
    let bad = |code| Problem::new(StatusCode::BAD_REQUEST, code, lang);
    let format: Format = query
        .format
        .as_deref()
        .unwrap_or("csv")
        .parse()
        .map_err(|_| bad("format_unknown"))?;
    let request = ExportRequest {
        view: query
            .view
            .as_deref()
            .unwrap_or("all")
            .parse::<ListView>()
            .map_err(|_| bad("view_unknown"))?,
        stage: stage(query.status.as_deref()).ok_or_else(|| bad("status_unknown"))?,
        kind: query.kind.map(KindId::new),
        channel: query.channel.map(ChannelId::new),
    };
    let file = format!(
        "cases-{}.{format}",
        server.app.calendar().date_of(server.app.now())
    );
    let app = std::sync::Arc::clone(&server.app);
    let mut export = CaseExport::begin(app, caller.principal, request, format, lang)
        .await
        .map_err(|failed| problem(&failed, lang))?;
    // What fails at once is still told as a problem; later the connection can only be broken off.
    let first = export
        .next()
        .await
        .map_err(|failed| problem(&failed, lang))?;
    Ok((
        [
            (header::CONTENT_TYPE, format.media_type().to_owned()),
            (
                header::CONTENT_DISPOSITION,
                format!("attachment; filename=\"{file}\""),
            ),
            (header::CACHE_CONTROL, "no-store".to_owned()),
        ],
        body(first, export),
    )
        .into_response())
}

/// The pieces one after the other, each made when the one before was sent.
fn body(first: Option<Vec<u8>>, export: CaseExport) -> Body {
    Body::from_stream(stream::try_unfold(
        (first, export),
        |(ready, mut export)| async move {
            let piece = match ready {
                Some(piece) => Some(piece),
                None => export.next().await.inspect_err(|failed| {
                    tracing::error!(
                        error = failed as &dyn std::error::Error,
                        "an export broke off"
                    );
                })?,
            };
            Ok::<_, ExportError>(piece.map(|piece| (piece, (None, export))))
        },
    ))
}

/// The stage asked for: `Some(None)` any, `None` no such word.
fn stage(status: Option<&str>) -> Option<Option<Stage>> {
    match status.unwrap_or("open") {
        "open" => Some(Some(Stage::Open)),
        "closed" => Some(Some(Stage::Closed)),
        "archived" => Some(Some(Stage::Archived)),
        "all" => Some(None),
        _ => None,
    }
}

fn problem(failed: &ExportError, lang: Lang) -> Problem {
    match failed {
        ExportError::App(failed) => error::problem(failed, lang),
        ExportError::Write(huiyin_exchange::WriteError::TooManyRows(_)) => {
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "export_too_big", lang)
        }
        ExportError::Write(failed) => {
            tracing::error!(error = failed as &dyn std::error::Error, "an export failed");
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", lang)
        }
    }
}
