//! Handing vouchers over to the accounting system.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use huiyin_app::vouchers::RunForm;
use huiyin_exchange::Format;
use huiyin_texts::Lang;

use super::tables::{TableQuery, file, kept};
use crate::Server;
use crate::caller::Caller;
use crate::dto::voucher::{
    FullVoucherRunView, VoucherRunView, VouchersHandedOverView, WaitingVouchersView,
};
use crate::export::voucher_table;
use crate::present::{error, voucher};
use crate::problem::Problem;
use crate::query::Query;

/// Shows what the next run would hand over; nothing is put on record. Vouchers of cases that the caller doesn't see are left out.
#[utoipa::path(get, path = "/vouchers", tag = "vouchers", operation_id = "list_waiting_vouchers",
    responses((status = 200, description = "What waits", body = WaitingVouchersView), (status = 403, description = "`forbidden`", body = Problem)))]
pub(crate) async fn waiting(
    State(server): State<Server>,
    caller: Caller,
) -> Result<Json<WaitingVouchersView>, Problem> {
    let plan = server.app.vouchers_to_hand_over(&caller.principal).await;
    let plan = plan.map_err(|failed| error::problem(&failed, caller.lang))?;
    Ok(Json(voucher::waiting(
        &server.app,
        &caller.principal,
        &plan,
        caller.lang,
    )))
}

/// Hands over what was not handed over yet, as a run on record; the table is fetched by the run's number. What is sent again hands
/// nothing over again.
#[utoipa::path(post, path = "/vouchers/runs", tag = "vouchers", operation_id = "hand_over_vouchers", params(TableQuery),
    responses((status = 200, description = "There was nothing to hand over", body = VouchersHandedOverView), (status = 201, description = "The run", body = VouchersHandedOverView),
        (status = 400, description = "`format_unknown`, `lang_unknown`", body = Problem), (status = 403, description = "`forbidden`", body = Problem), (status = 503, description = "`busy`", body = Problem)))]
pub(crate) async fn hand_over(
    State(server): State<Server>,
    caller: Caller,
    Query(query): Query<TableQuery>,
) -> Result<(StatusCode, Json<VouchersHandedOverView>), Problem> {
    let (format, lang) = query.form((Format::Csv, caller.lang), caller.lang)?;
    let form = RunForm {
        format: format.to_string(),
        language: lang.to_string(),
    };
    let now = server
        .app
        .hand_over_vouchers(&caller.principal, &form)
        .await;
    let now = now.map_err(|failed| error::problem(&failed, caller.lang))?;
    let status = match now.run {
        Some(_) => StatusCode::CREATED,
        None => StatusCode::OK,
    };
    let view = voucher::handed_over(&server.app, &now, caller.lang);
    Ok((status, Json(view)))
}

/// Lists the runs, the last first, at most 200; those are left out that have a case which the caller doesn't see.
#[utoipa::path(get, path = "/vouchers/runs", tag = "vouchers", operation_id = "list_voucher_runs",
    responses((status = 200, description = "The runs", body = Vec<VoucherRunView>), (status = 403, description = "`forbidden`", body = Problem)))]
pub(crate) async fn runs(
    State(server): State<Server>,
    caller: Caller,
) -> Result<Json<Vec<VoucherRunView>>, Problem> {
    let runs = server.app.voucher_runs(&caller.principal).await;
    let runs = runs.map_err(|failed| error::problem(&failed, caller.lang))?;
    let views = runs.iter().map(|run| voucher::run(&server.app, run));
    Ok(Json(views.collect()))
}

/// Shows what a run handed over. That somebody looks is on the audit record.
#[utoipa::path(get, path = "/vouchers/runs/{number}", tag = "vouchers", operation_id = "show_voucher_run", params(("number" = u32, Path, description = "The run's number")),
    responses((status = 200, description = "The run", body = FullVoucherRunView), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem), (status = 410, description = "`erased`", body = Problem)))]
pub(crate) async fn show(
    State(server): State<Server>,
    caller: Caller,
    Path(number): Path<String>,
) -> Result<Json<FullVoucherRunView>, Problem> {
    let number = run_number(&number, caller.lang)?;
    let run = server.app.voucher_run(&caller.principal, number).await;
    let run = run.map_err(|failed| error::problem(&failed, caller.lang))?;
    Ok(Json(voucher::full_run(&server.app, &run, caller.lang)))
}

/// Gives out the table of a run: in the form in which it was handed over, byte by byte the same, or in another.
#[utoipa::path(get, path = "/vouchers/runs/{number}/table", tag = "vouchers", operation_id = "export_voucher_run", params(("number" = u32, Path, description = "The run's number"), TableQuery),
    responses((status = 200, description = "The table", content_type = "text/csv", body = String), (status = 400, description = "`format_unknown`, `lang_unknown`", body = Problem),
        (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem), (status = 410, description = "`erased`", body = Problem)))]
pub(crate) async fn table(
    State(server): State<Server>,
    caller: Caller,
    Path(number): Path<String>,
    Query(query): Query<TableQuery>,
) -> Result<Response, Problem> {
    let number = run_number(&number, caller.lang)?;
    let run = server.app.voucher_run(&caller.principal, number).await;
    let run = run.map_err(|failed| error::problem(&failed, caller.lang))?;
    let form = kept(&run.run.format, &run.run.language, caller.lang);
    let (format, lang) = query.form(form, caller.lang)?;
    let made = voucher_table(&server.app, &run, format, lang);
    file(&format!("vouchers-{number}"), format, made, caller.lang)
}

fn run_number(text: &str, lang: Lang) -> Result<u32, Problem> {
    text.parse()
        .map_err(|_| Problem::new(StatusCode::NOT_FOUND, "not_found", lang))
}
