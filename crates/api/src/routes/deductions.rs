//! Accounts of people: what they owe, the bonuses of a month, and closing it.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use huiyin_app::Error;
use huiyin_app::deductions::MonthForm;
use huiyin_exchange::Format;
use huiyin_policy::model::{AccountId, PolicyId};
use huiyin_policy::settle::Month;
use huiyin_store::AccountKey;
use huiyin_texts::Lang;
use serde::Deserialize;
use utoipa::IntoParams;

use super::tables::{TableQuery, file, kept};
use crate::Server;
use crate::bonuses::{BonusFile, BonusesRefused, bonuses_from_file};
use crate::caller::Caller;
use crate::dto::deduction::{BonusesView, ChargeView, DeductionAccountView, DeductionMonthView};
use crate::export::{DeductionTable, deduction_table};
use crate::present::{deduction, error};
use crate::problem::Problem;
use crate::query::Query;

/// What a file with bonuses is.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct BonusQuery {
    /// `json` (the default: a list of rows), `csv`, `xlsx` or `jsonl`.
    format: Option<String>,
}

/// Which table of a month is given out.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct OfQuery {
    /// `people` (the default: what is taken of each) or `charges` (what each comes from).
    of: Option<String>,
}

/// An account in an address.
type AccountPath = Path<(String, String)>;
/// An account and a month in an address.
type MonthPath = Path<(String, String, String)>;

/// Lists the accounts that forms of the policies charge, each as it stands. Charges of cases that the caller doesn't see are left out.
#[utoipa::path(get, path = "/deductions", tag = "deductions", operation_id = "list_deduction_accounts",
    responses((status = 200, description = "The accounts", body = Vec<DeductionAccountView>), (status = 403, description = "`forbidden`", body = Problem), (status = 409, description = "`account_too_many`", body = Problem)))]
pub(crate) async fn accounts(
    State(server): State<Server>,
    caller: Caller,
) -> Result<Json<Vec<DeductionAccountView>>, Problem> {
    let found = server.app.deduction_accounts(&caller.principal).await;
    let found = found.map_err(|failed| error::problem(&failed, caller.lang))?;
    let views = found
        .iter()
        .map(|one| deduction::summary(&server.app, &caller.principal, one, caller.lang));
    Ok(Json(views.collect()))
}

/// Lists what is owed to an account, charge by charge, and what is held back.
#[utoipa::path(get, path = "/deductions/{policy}/{account}/charges", tag = "deductions", operation_id = "list_charges",
    params(("policy" = String, Path, description = "The policy"), ("account" = String, Path, description = "The account")),
    responses((status = 200, description = "The charges", body = Vec<ChargeView>), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem), (status = 409, description = "`account_too_many`", body = Problem)))]
pub(crate) async fn charges(
    State(server): State<Server>,
    caller: Caller,
    Path((policy, account)): AccountPath,
) -> Result<Json<Vec<ChargeView>>, Problem> {
    let of = key(policy, account);
    let found = server.app.account_charges(&caller.principal, &of).await;
    let found = found.map_err(|failed| error::problem(&failed, caller.lang))?;
    let views = deduction::charges(&server.app, &of.policy, &found, caller.lang);
    Ok(Json(views))
}

/// Shows a month as it was closed, or what closing it would take. That somebody looks at a closed one is on the audit record.
#[utoipa::path(get, path = "/deductions/{policy}/{account}/months/{month}", tag = "deductions", operation_id = "show_deduction_month",
    params(("policy" = String, Path, description = "The policy"), ("account" = String, Path, description = "The account"), ("month" = String, Path, description = "The month, `yyyy-mm`")),
    responses((status = 200, description = "The month", body = DeductionMonthView), (status = 400, description = "`month_unreadable`", body = Problem), (status = 403, description = "`forbidden`", body = Problem),
        (status = 404, description = "`not_found`", body = Problem), (status = 409, description = "`month_not_next`, `month_to_come`, `account_too_many`", body = Problem), (status = 410, description = "`erased`", body = Problem)))]
pub(crate) async fn show(
    State(server): State<Server>,
    caller: Caller,
    Path((policy, account, month)): MonthPath,
) -> Result<Json<DeductionMonthView>, Problem> {
    let (of, month) = (key(policy, account), month_of(&month, caller.lang)?);
    let told = |failed: Error| error::problem(&failed, caller.lang);
    let found = server.app.account_month(&caller.principal, &of, month);
    let found = found.await.map_err(told)?;
    let view = deduction::month(&server.app, &found, caller.lang).map_err(told)?;
    Ok(Json(view))
}

/// Says what entering these bonuses would come to, and what is wrong with them. Nothing is stored.
#[utoipa::path(post, path = "/deductions/{policy}/{account}/months/{month}/bonuses/preview", tag = "deductions", operation_id = "preview_bonuses",
    params(("policy" = String, Path, description = "The policy"), ("account" = String, Path, description = "The account"), ("month" = String, Path, description = "The month, `yyyy-mm`"), BonusQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The file, at most 4 MiB"),
    responses((status = 200, description = "What it would come to", body = BonusesView), (status = 400, description = "`month_unreadable`, `format_unknown`", body = Problem), (status = 403, description = "`forbidden`", body = Problem),
        (status = 404, description = "`not_found`", body = Problem), (status = 409, description = "`month_closed`, `month_to_come`", body = Problem), (status = 413, description = "`body_unreadable`", body = Problem), (status = 422, description = "`bonuses_faulty` with each mistake", body = Problem)))]
pub(crate) async fn preview(
    State(server): State<Server>,
    caller: Caller,
    Path(path): MonthPath,
    Query(query): Query<BonusQuery>,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<Json<BonusesView>, Problem> {
    bonuses(&server, &caller, path, &query, (bytes, true)).await
}

/// Enters the bonuses of a month, in place of those entered before. If anything is wrong with them nothing is entered. A file's columns
/// are called as in the policy, by name or by title; JSON is a list of rows.
#[utoipa::path(put, path = "/deductions/{policy}/{account}/months/{month}/bonuses", tag = "deductions", operation_id = "enter_bonuses",
    params(("policy" = String, Path, description = "The policy"), ("account" = String, Path, description = "The account"), ("month" = String, Path, description = "The month, `yyyy-mm`"), BonusQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The file, at most 4 MiB"),
    responses((status = 200, description = "Entered", body = BonusesView), (status = 400, description = "`month_unreadable`, `format_unknown`", body = Problem), (status = 403, description = "`forbidden`", body = Problem),
        (status = 404, description = "`not_found`", body = Problem), (status = 409, description = "`month_closed`, `month_to_come`", body = Problem), (status = 413, description = "`body_unreadable`", body = Problem), (status = 422, description = "`bonuses_faulty` with each mistake", body = Problem), (status = 503, description = "`busy`", body = Problem)))]
pub(crate) async fn enter(
    State(server): State<Server>,
    caller: Caller,
    Path(path): MonthPath,
    Query(query): Query<BonusQuery>,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<Json<BonusesView>, Problem> {
    bonuses(&server, &caller, path, &query, (bytes, false)).await
}

/// Closes a month: takes what is owed, at most what the policy allows, and carries the rest on. Months are closed in order, each once;
/// what a closed month took never changes.
#[utoipa::path(post, path = "/deductions/{policy}/{account}/months/{month}/closing", tag = "deductions", operation_id = "close_deduction_month",
    params(("policy" = String, Path, description = "The policy"), ("account" = String, Path, description = "The account"), ("month" = String, Path, description = "The month, `yyyy-mm`"), TableQuery),
    responses((status = 201, description = "Closed", body = DeductionMonthView), (status = 400, description = "`month_unreadable`, `format_unknown`, `lang_unknown`", body = Problem), (status = 403, description = "`forbidden`", body = Problem),
        (status = 404, description = "`not_found`", body = Problem), (status = 409, description = "`month_closed`, `month_not_next`, `month_to_come`, `account_too_many`", body = Problem), (status = 503, description = "`busy`", body = Problem)))]
pub(crate) async fn close(
    State(server): State<Server>,
    caller: Caller,
    Path((policy, account, month)): MonthPath,
    Query(query): Query<TableQuery>,
) -> Result<(StatusCode, Json<DeductionMonthView>), Problem> {
    let (of, month) = (key(policy, account), month_of(&month, caller.lang)?);
    let (format, lang) = query.form((Format::Csv, caller.lang), caller.lang)?;
    let form = MonthForm {
        format: format.to_string(),
        language: lang.to_string(),
    };
    let told = |failed: Error| error::problem(&failed, caller.lang);
    let closed = server.app.close_month(&caller.principal, &of, month, &form);
    let closed = closed.await.map_err(told)?;
    let view = deduction::month(&server.app, &closed, caller.lang).map_err(told)?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// Gives out a table of a closed month: in the form in which it was closed, byte by byte the same, or in another.
#[utoipa::path(get, path = "/deductions/{policy}/{account}/months/{month}/table", tag = "deductions", operation_id = "export_deduction_month",
    params(("policy" = String, Path, description = "The policy"), ("account" = String, Path, description = "The account"), ("month" = String, Path, description = "The month, `yyyy-mm`"), TableQuery, OfQuery),
    responses((status = 200, description = "The table", content_type = "text/csv", body = String), (status = 400, description = "`month_unreadable`, `format_unknown`, `lang_unknown`, `table_unknown`", body = Problem),
        (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`: it is not closed, or has a case that the caller doesn't see", body = Problem), (status = 409, description = "`month_not_next`, `month_to_come`", body = Problem), (status = 410, description = "`erased`", body = Problem)))]
pub(crate) async fn table(
    State(server): State<Server>,
    caller: Caller,
    Path((policy, account, month)): MonthPath,
    Query(query): Query<TableQuery>,
    Query(which): Query<OfQuery>,
) -> Result<Response, Problem> {
    let (of, month) = (key(policy, account), month_of(&month, caller.lang)?);
    let told = |failed: Error| error::problem(&failed, caller.lang);
    let which = match which.of.as_deref() {
        None | Some("people") => DeductionTable::People,
        Some("charges") => DeductionTable::Charges,
        Some(_) => return Err(bad("table_unknown", caller.lang)),
    };
    let found = server.app.account_month(&caller.principal, &of, month);
    let found = found.await.map_err(told)?;
    let closing = found
        .closing
        .as_ref()
        .ok_or_else(|| told(Error::NotFound))?;
    let form = kept(&closing.format, &closing.language, caller.lang);
    let (format, lang) = query.form(form, caller.lang)?;
    let name = format!("{}-{month}-{}", of.account, which.as_str());
    let made = deduction_table(&server.app, &found, which, format, lang);
    file(&name, format, made, caller.lang)
}

async fn bonuses(
    server: &Server,
    caller: &Caller,
    (policy, account, month): (String, String, String),
    query: &BonusQuery,
    (bytes, preview): (Result<Bytes, BytesRejection>, bool),
) -> Result<Json<BonusesView>, Problem> {
    let (of, month) = (key(policy, account), month_of(&month, caller.lang)?);
    let ending = query.format.as_deref().unwrap_or("json");
    if !["json", "csv", "xlsx", "jsonl"].contains(&ending) {
        return Err(bad("format_unknown", caller.lang));
    }
    let bytes = bytes.map_err(|_| {
        let status = StatusCode::PAYLOAD_TOO_LARGE;
        Problem::new(status, "body_unreadable", caller.lang)
    })?;
    let file = BonusFile {
        name: &format!("bonuses.{ending}"),
        bytes: bytes.to_vec(),
    };
    let asked = (preview, caller.lang);
    let done = bonuses_from_file(&server.app, &caller.principal, (&of, month), file, asked).await;
    match done {
        Ok(done) => Ok(Json(deduction::bonuses(&done))),
        Err(BonusesRefused::File(found)) => Err(deduction::faulty(&found, caller.lang)),
        Err(BonusesRefused::App(failed)) => Err(error::problem(&failed, caller.lang)),
    }
}

fn key(policy: String, account: String) -> AccountKey {
    AccountKey {
        policy: PolicyId::new(policy),
        account: AccountId::new(account),
    }
}

fn month_of(text: &str, lang: Lang) -> Result<Month, Problem> {
    text.parse().map_err(|()| bad("month_unreadable", lang))
}

fn bad(code: &str, lang: Lang) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, code, lang)
}
