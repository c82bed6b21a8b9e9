//! Exports: what one may see, as a table.

use axum::body::Body;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use huiyin_app::export::{Columns, ExportRequest};
use huiyin_exchange::Format;
use huiyin_texts::Lang;
use serde::Deserialize;
use utoipa::IntoParams;

use super::cases::{ListQuery, list_request};
use crate::Server;
use crate::caller::Caller;
use crate::export::{CaseExport, ExportError};
use crate::present::error;
use crate::problem::Problem;
use crate::query::Query;

/// In which form to take cases out.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct ExportQuery {
    /// `csv` (default), `xlsx` or `jsonl`.
    format: Option<String>,
    /// `list` (default): the columns of the work list; `full`: also what the cases of the `kind` have on record.
    columns: Option<String>,
    /// Language of the headings, `zh-CN` or `en`; that of the request if not given.
    lang: Option<String>,
}

/// Takes out the cases of a list as a table: the rows that the list has for the caller on all its pages, newest first, personal
/// data masked. In CSV and XLSX no text is taken for a formula. Each export is on the audit record.
#[utoipa::path(get, path = "/exports/cases", tag = "cases", operation_id = "export_cases", params(ExportQuery, ListQuery),
    responses((status = 200, description = "The table", content_type = "text/csv", body = String),
        (status = 400, description = "`view_unknown`, `format_unknown`, `status_unknown`, `columns_unknown`, `columns_need_kind`; those of the list", body = Problem)))]
pub(crate) async fn cases(
    State(server): State<Server>,
    caller: Caller,
    Query(query): Query<ExportQuery>,
    Query(list): Query<ListQuery>,
) -> Result<Response, Problem> {
    let lang = query
        .lang
        .as_deref()
        .and_then(|tag| tag.parse::<Lang>().ok())
        .unwrap_or(caller.lang);
    let bad = |code| Problem::new(StatusCode::BAD_REQUEST, code, lang);
    let format: Result<Format, _> = query.format.as_deref().unwrap_or("csv").parse();
    let format = format.map_err(|_| bad("format_unknown"))?;
    let columns = query.columns.as_deref().map(str::parse::<Columns>);
    let columns = columns.transpose().map_err(|_| bad("columns_unknown"))?;
    let request = ExportRequest {
        list: list_request(list, lang)?,
        columns: columns.unwrap_or_default(),
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

fn problem(failed: &ExportError, lang: Lang) -> Problem {
    match failed {
        ExportError::App(failed) => error::problem(failed, lang),
        ExportError::NoKind => Problem::new(StatusCode::BAD_REQUEST, "columns_need_kind", lang),
        ExportError::Write(huiyin_exchange::WriteError::TooManyRows(_)) => {
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "export_too_big", lang)
        }
        ExportError::Write(failed) => {
            tracing::error!(error = failed as &dyn std::error::Error, "an export failed");
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", lang)
        }
    }
}
