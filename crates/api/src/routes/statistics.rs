//! Totals.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use huiyin_app::Action;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::Server;
use crate::caller::Caller;
use crate::dto::statistics::{MonthlyTotal, MonthlyTotals};
use crate::present::{error, names};
use crate::problem::Problem;

/// Which month.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Month {
    /// `yyyy-mm`.
    month: String,
}

/// Totals of one month by unit and kind, from counters.
#[utoipa::path(get, path = "/statistics/monthly", tag = "statistics", operation_id = "show_monthly_totals", params(Month),
    responses((status = 200, description = "The totals", body = MonthlyTotals), (status = 403, description = "`forbidden`", body = Problem),
        (status = 400, description = "`month_unreadable`", body = Problem)))]
pub(crate) async fn monthly(
    State(server): State<Server>,
    caller: Caller,
    Query(query): Query<Month>,
) -> Result<Json<MonthlyTotals>, Problem> {
    error::require(&server, &caller, Action::SeeStatistics)?;
    let first: jiff::civil::Date = format!("{}-01", query.month)
        .parse()
        .map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "month_unreadable", caller.lang))?;
    let totals = server
        .app
        .monthly_totals(&caller.principal, first)
        .await
        .map_err(|failed| error::problem(&failed, caller.lang))?;
    let directory = server.app.directory();
    let rows = totals.into_iter().map(|total| MonthlyTotal {
        unit: names::unit_name(&directory, total.unit),
        kind: total.kind.to_string(),
        what: total.what,
        count: total.total,
    });
    Ok(Json(MonthlyTotals {
        month: query.month,
        rows: rows.collect(),
    }))
}
