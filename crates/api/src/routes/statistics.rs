//! Statistics and reports, from counters.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use huiyin_app::Action;
use huiyin_app::statistics::{Days, KindFigures, Measured, OfUnit, last_over};
use huiyin_calendar::{PeriodLength, ReportingPeriod};
use huiyin_case::id::UnitId;
use huiyin_exchange::Format;
use huiyin_policy::model::{Kind, KindId, PolicyId, ReportId};
use huiyin_texts::Lang;
use serde::Deserialize;
use utoipa::IntoParams;

use super::tables::{file, form_of};
use crate::Server;
use crate::caller::Caller;
use crate::dto::form::pick;
use crate::dto::statistics::{
    KindStatistics, MeasuredKind, MonthlyTotal, MonthlyTotals, ReportName, ReportView,
    StatisticsIndex,
};
use crate::export::report_table;
use crate::present::{self, error, names};
use crate::problem::Problem;
use crate::query::Query;

/// Stands for "no unit" where a unit is asked for.
const NO_UNIT: &str = "-";

/// Which period.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct OfPeriod {
    /// `2026-W23`, `2026-06`, `2026-Q2`, `2026-H1` or `2026`; if left out, the last period of the report's own length that is over.
    period: Option<String>,
}

/// Which period, and in which form.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct ReportTable {
    /// As for the report itself.
    period: Option<String>,
    /// `csv`, `xlsx` or `jsonl`; `csv` if left out.
    format: Option<String>,
    /// Language of the headings, `zh-CN` or `en`.
    lang: Option<String>,
}

/// Which month.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Month {
    /// `yyyy-mm`.
    month: String,
}

/// Which days, and whose cases.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct DaysAndUnit {
    /// First day, inclusive.
    first: String,
    /// Last day, inclusive.
    last: String,
    /// Only the cases that this unit answers for; `-` those that none does.
    unit: Option<String>,
}

/// Lists what there are statistics of: the kinds of the policies in force, and their reports.
#[utoipa::path(get, path = "/statistics", tag = "statistics", operation_id = "list_statistics",
    responses((status = 200, description = "Kinds and reports", body = StatisticsIndex), (status = 403, description = "`forbidden`", body = Problem)))]
pub(crate) async fn index(
    State(server): State<Server>,
    caller: Caller,
) -> Result<Json<StatisticsIndex>, Problem> {
    error::require(&server, &caller, Action::SeeStatistics)?;
    let lang = caller.lang;
    let shelf = server.app.shelf();
    let today = server.app.today();
    let mut index = StatisticsIndex {
        kinds: Vec::new(),
        reports: Vec::new(),
    };
    for version in shelf.all_current(today) {
        let policy = &version.policy;
        // Who only reads is shown what he reads.
        let inside = server.app.may(&caller.principal, Action::SeeOrganisation);
        let read = |kind: &Kind| inside || kind.read_by.is_some();
        let kinds = policy.kinds.iter().filter(|(_, kind)| read(kind));
        let kinds = kinds.map(|(id, kind)| MeasuredKind {
            policy: policy.id.to_string(),
            policy_title: pick(&policy.title, lang),
            kind: id.to_string(),
            title: pick(&kind.title, lang),
            internal: kind.internal,
            measured: policy.measures_of(id).next().is_some(),
        });
        index.kinds.extend(kinds);
        let reports = policy.reports.iter().filter(|(_, report)| {
            let mut kinds = report.kinds.iter();
            kinds.all(|kind| policy.kinds.get(kind).is_some_and(read))
        });
        let reports = reports.map(|(id, report)| ReportName {
            policy: policy.id.to_string(),
            report: id.to_string(),
            title: pick(&report.title, lang),
            clause: present::statistics::clause(policy, &report.clause, lang),
            every: present::statistics::every(report.every),
            latest: last_over(report, today).map_or_else(String::new, |last| last.to_string()),
        });
        index.reports.extend(reports);
    }
    Ok(Json(index))
}

/// The figures of one kind of case over some days, of all units and by unit.
#[utoipa::path(get, path = "/statistics/{policy}/{kind}", tag = "statistics", operation_id = "show_statistics", params(DaysAndUnit,
    ("policy" = String, Path, description = "The policy"), ("kind" = String, Path, description = "The kind of case")),
    responses((status = 200, description = "The figures", body = KindStatistics), (status = 403, description = "`forbidden`", body = Problem),
        (status = 400, description = "`days_unreadable`", body = Problem), (status = 404, description = "`not_found`", body = Problem)))]
pub(crate) async fn of_kind(
    State(server): State<Server>,
    caller: Caller,
    Path((policy, kind)): Path<(String, String)>,
    Query(query): Query<DaysAndUnit>,
) -> Result<Json<KindStatistics>, Problem> {
    error::require(&server, &caller, Action::SeeStatistics)?;
    let lang = caller.lang;
    let days = days(&query.first, &query.last, lang)?;
    let unit = query.unit.as_deref().map(|id| unit(id, lang)).transpose()?;
    let of = (&PolicyId::new(policy), &KindId::new(kind));
    let figures = server
        .app
        .figures(&caller.principal, of, days, unit)
        .await
        .map_err(|failed| error::problem(&failed, lang))?;
    let directory = server.app.directory();
    Ok(Json(present::statistics::kind(
        &figures, days, &directory, lang,
    )))
}

/// A report that the policy asks for, as data.
#[utoipa::path(get, path = "/reports/{policy}/{report}", tag = "statistics", operation_id = "show_report", params(OfPeriod,
    ("policy" = String, Path, description = "The policy"), ("report" = String, Path, description = "The report")),
    responses((status = 200, description = "The report", body = ReportView), (status = 403, description = "`forbidden`", body = Problem),
        (status = 400, description = "`period_unreadable`", body = Problem), (status = 404, description = "`not_found`", body = Problem)))]
pub(crate) async fn report(
    State(server): State<Server>,
    caller: Caller,
    Path(of): Path<(String, String)>,
    Query(query): Query<OfPeriod>,
) -> Result<Json<ReportView>, Problem> {
    let report = made(&server, &caller, of, query.period.as_deref()).await?;
    Ok(Json(report))
}

/// The same report as a table to take along, a line for each figure.
#[utoipa::path(get, path = "/reports/{policy}/{report}/table", tag = "statistics", operation_id = "export_report", params(ReportTable,
    ("policy" = String, Path, description = "The policy"), ("report" = String, Path, description = "The report")),
    responses((status = 200, description = "The table", content_type = "text/csv", body = String), (status = 403, description = "`forbidden`", body = Problem),
        (status = 400, description = "`period_unreadable`, `format_unknown`", body = Problem), (status = 404, description = "`not_found`", body = Problem)))]
pub(crate) async fn report_as_table(
    State(server): State<Server>,
    caller: Caller,
    Path(of): Path<(String, String)>,
    Query(query): Query<ReportTable>,
) -> Result<Response, Problem> {
    let asked = (query.format.as_deref(), query.lang.as_deref());
    let (format, lang) = form_of(asked, (Format::Csv, caller.lang), caller.lang)?;
    let caller = Caller { lang, ..caller };
    let report = made(&server, &caller, of, query.period.as_deref()).await?;
    let made = report_table(&report, format, lang);
    let name = format!("{}-{}", report.report, report.period);
    file(&name, format, made, lang)
}

async fn made(
    server: &Server,
    caller: &Caller,
    (policy, report): (String, String),
    period: Option<&str>,
) -> Result<ReportView, Problem> {
    error::require(server, caller, Action::SeeStatistics)?;
    let lang = caller.lang;
    let period = period.map(str::parse::<ReportingPeriod>).transpose();
    let period =
        period.map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "period_unreadable", lang))?;
    let of = (&PolicyId::new(policy), &ReportId::new(report));
    let figures = server
        .app
        .report(&caller.principal, of, period)
        .await
        .map_err(|failed| error::problem(&failed, lang))?;
    let directory = server.app.directory();
    Ok(present::statistics::report(&figures, &directory, lang))
}

/// Totals of one month by unit and kind, over all policies in force.
#[utoipa::path(get, path = "/statistics/monthly", tag = "statistics", operation_id = "show_monthly_totals", params(Month),
    responses((status = 200, description = "The totals", body = MonthlyTotals), (status = 403, description = "`forbidden`", body = Problem),
        (status = 400, description = "`month_unreadable`", body = Problem)))]
pub(crate) async fn monthly(
    State(server): State<Server>,
    caller: Caller,
    Query(query): Query<Month>,
) -> Result<Json<MonthlyTotals>, Problem> {
    error::require(&server, &caller, Action::SeeStatistics)?;
    let lang = caller.lang;
    let days = month(&query.month, lang)?;
    let directory = server.app.directory();
    let shelf = server.app.shelf();
    let kinds = shelf.all_current(server.app.today()).flat_map(|version| {
        let kinds = version.policy.kinds.keys();
        kinds.map(|kind| (version.policy.id.clone(), kind.clone()))
    });
    let kinds: Vec<(PolicyId, KindId)> = kinds.collect();
    let mut rows = Vec::new();
    for (policy, kind) in &kinds {
        let figures = server
            .app
            .figures(&caller.principal, (policy, kind), days, None)
            .await
            .map_err(|failed| error::problem(&failed, lang))?;
        rows.extend(monthly_rows(&figures, &directory));
    }
    Ok(Json(MonthlyTotals {
        month: query.month,
        rows,
    }))
}

fn monthly_rows(of: &KindFigures, directory: &huiyin_app::Directory) -> Vec<MonthlyTotal> {
    let mut rows = Vec::new();
    for (unit, figures) in &of.units {
        let clocks = figures.measured.iter();
        let clocks = clocks.filter_map(|(_, measured)| match measured {
            Measured::InTime { met, missed } => Some((*met, *missed)),
            _ => None,
        });
        let (met, missed) = clocks.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        let counts = figures.counts.iter();
        let counts = counts.map(|(count, cases)| (count.as_str(), *cases));
        let all = counts.chain([("met", met), ("missed", missed)]);
        rows.extend(
            all.filter(|(_, count)| *count > 0)
                .map(|(what, count)| MonthlyTotal {
                    unit: unit.map_or_else(String::new, |unit| names::unit_name(directory, unit)),
                    kind: of.kind.to_string(),
                    what: what.to_owned(),
                    count,
                }),
        );
    }
    rows
}

fn month(text: &str, lang: Lang) -> Result<Days, Problem> {
    let period = text.parse::<ReportingPeriod>().ok();
    period
        .filter(|period| period.length() == PeriodLength::Month)
        .map(Days::of)
        .ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, "month_unreadable", lang))
}

/// Two days as they are asked for, both inclusive.
pub(crate) fn days(first: &str, last: &str, lang: Lang) -> Result<Days, Problem> {
    let unreadable = || Problem::new(StatusCode::BAD_REQUEST, "days_unreadable", lang);
    let days = Days {
        first: first.parse().map_err(|_| unreadable())?,
        last: last.parse().map_err(|_| unreadable())?,
    };
    if days.first > days.last {
        return Err(unreadable());
    }
    Ok(days)
}

/// A unit as it is asked for.
pub(crate) fn unit(id: &str, lang: Lang) -> Result<Option<UnitId>, Problem> {
    if id == NO_UNIT {
        return Ok(None);
    }
    let unit = id.parse::<UnitId>();
    unit.map(Some)
        .map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "unit_unknown", lang))
}

/// Whose cases are counted, as it is asked for.
pub(crate) fn of_unit(id: Option<&str>, lang: Lang) -> Result<OfUnit, Problem> {
    id.map(|id| unit(id, lang)).transpose()
}
