//! Books compared with the system.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::cases::case_id;
use crate::Server;
use crate::caller::Caller;
use crate::dto::reconciliation::ReconciliationView;
use crate::present::{self, error};
use crate::problem::Problem;

/// Compares the books of a case with the system: for each entry the cases it is likely to be about, and the cases that no entry is about.
/// Only cases that the caller may see are listed. Nothing is put on record.
#[utoipa::path(get, path = "/cases/{id}/reconciliations", tag = "cases", operation_id = "list_reconciliations", params(("id" = String, Path, description = "The case")),
    responses((status = 200, description = "Its books; none if its kind has none", body = [ReconciliationView]), (status = 404, description = "`not_found`", body = Problem)))]
pub(crate) async fn list(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let case = case_id(&id, caller.lang)?;
    let comparison = server
        .app
        .reconciliations(&caller.principal, case)
        .await
        .map_err(|failed| error::problem(&failed, caller.lang))?;
    let body = present::reconciliation::books(&server.app, &comparison, caller.lang);
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(body)).into_response())
}
