//! Duties looked over: what is owed at intervals, by whom, and what became of it.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use huiyin_app::duty_plan::PLAN_DAYS_MAX;
use huiyin_app::statistics::Days;
use huiyin_policy::model::{DutyId, PolicyId};
use huiyin_texts::Lang;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::IntoParams;

use super::statistics::days;
use crate::Server;
use crate::caller::Caller;
use crate::dto::duty::{DutyCalendar, DutyView};
use crate::present::{self, error};
use crate::problem::Problem;
use crate::query::Query;

/// How many months before and after the present one are looked over unless the caller says so.
const MONTHS_DEFAULT: i32 = 12;

/// Which days.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct DutyDays {
    /// First day, inclusive; that of the same month a year ago if not given.
    first: Option<String>,
    /// Last day, inclusive, at most 800 days on; that of the same month a year ahead if not given.
    last: Option<String>,
}

/// Lists the duties of the policies in force with their periods. When they are due is for everyone to read; what became of
/// them for those who may see their cases.
#[utoipa::path(get, path = "/duties", tag = "duties", operation_id = "list_duties", params(DutyDays),
    responses((status = 200, description = "The duties", body = DutyCalendar), (status = 403, description = "`forbidden`", body = Problem),
        (status = 400, description = "`days_unreadable`, `days_too_many`", body = Problem)))]
pub(crate) async fn list(
    State(server): State<Server>,
    caller: Caller,
    Query(query): Query<DutyDays>,
) -> Result<Json<DutyCalendar>, Problem> {
    let lang = caller.lang;
    let today = server.app.calendar().date_of(server.app.now());
    let days = asked(&query, today, lang)?;
    let failed = |failed: huiyin_app::Error| error::problem(&failed, lang);
    let plans = server.app.duty_plans(&caller.principal, days).await;
    let plans = plans.map_err(failed)?;
    let matters = server.app.matters(&caller.principal).await;
    let matters = matters.map_err(failed)?;
    Ok(Json(DutyCalendar {
        today: today.to_string(),
        first: days.first.to_string(),
        last: days.last.to_string(),
        duties: plans
            .iter()
            .filter_map(|plan| present::duty::duty(&server.app, plan, lang))
            .collect(),
        matters: present::duty::matters(&matters, lang),
    }))
}

/// Shows one duty with its periods and how far their samples are.
#[utoipa::path(get, path = "/duties/{policy}/{duty}", tag = "duties", operation_id = "show_duty", params(DutyDays,
    ("policy" = String, Path, description = "The policy"), ("duty" = String, Path, description = "The duty")),
    responses((status = 200, description = "The duty", body = DutyView), (status = 403, description = "`forbidden`", body = Problem),
        (status = 400, description = "`days_unreadable`, `days_too_many`", body = Problem), (status = 404, description = "`not_found`", body = Problem)))]
pub(crate) async fn show(
    State(server): State<Server>,
    caller: Caller,
    Path((policy, duty)): Path<(String, String)>,
    Query(query): Query<DutyDays>,
) -> Result<Json<DutyView>, Problem> {
    let lang = caller.lang;
    let today = server.app.calendar().date_of(server.app.now());
    let days = asked(&query, today, lang)?;
    let failed = |failed: huiyin_app::Error| error::problem(&failed, lang);
    let of = (&PolicyId::new(policy), &DutyId::new(duty));
    let plan = server.app.duty_plan(&caller.principal, of, days).await;
    let plan = plan.map_err(failed)?;
    let view = present::duty::duty(&server.app, &plan, lang);
    let mut view = view.ok_or_else(|| failed(huiyin_app::Error::NotFound))?;
    for (shown, period) in view.periods.iter_mut().zip(&plan.periods) {
        let sampled = server.app.sampled(period).await.map_err(failed)?;
        shown.sample = sampled.map(present::duty::progress);
    }
    Ok(Json(view))
}

fn asked(query: &DutyDays, today: Date, lang: Lang) -> Result<Days, Problem> {
    let before = today
        .first_of_month()
        .saturating_sub(MONTHS_DEFAULT.months());
    let after = today
        .first_of_month()
        .saturating_add(MONTHS_DEFAULT.months());
    let text = |given: &Option<String>, otherwise: Date| {
        given.clone().unwrap_or_else(|| otherwise.to_string())
    };
    let first = text(&query.first, before);
    let days = days(&first, &text(&query.last, after.last_of_month()), lang)?;
    if (days.last - days.first).get_days() >= PLAN_DAYS_MAX {
        return Err(Problem::new(StatusCode::BAD_REQUEST, "days_too_many", lang));
    }
    Ok(days)
}
