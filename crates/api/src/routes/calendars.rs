//! The calendars that the organisation keeps: its own, and those that policies name.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use huiyin_app::Error;
use huiyin_app::calendars::Load;
use huiyin_policy::model::CalendarId;

use super::organisation::SeenHeader;
use crate::Server;
use crate::body::Body;
use crate::caller::{Caller, IfMatch};
use crate::dto::calendar::{CalendarContents, CalendarFileBody, CalendarPreview, CalendarView};
use crate::present::{calendar, error};
use crate::problem::Problem;

/// Lists the calendars, the organisation's own first.
#[utoipa::path(get, path = "/calendars", tag = "calendars", operation_id = "list_calendars",
    responses((status = 200, description = "All calendars", body = Vec<CalendarView>), (status = 403, description = "`forbidden`", body = Problem)))]
pub(crate) async fn list(
    State(server): State<Server>,
    caller: Caller,
) -> Result<Json<Vec<CalendarView>>, Problem> {
    let found = server.app.calendars(&caller.principal);
    let found = found.map_err(|failed| error::problem(&failed, caller.lang))?;
    let views = calendar::calendars(&server.app, &found, caller.lang);
    Ok(Json(views))
}

/// Gives the file of a version out, as it was loaded.
#[utoipa::path(get, path = "/calendars/{name}/versions/{version}", tag = "calendars", operation_id = "show_calendar_file",
    params(("name" = String, Path, description = "The calendar"), ("version" = u32, Path, description = "The version")),
    responses((status = 200, description = "Its file", body = CalendarContents), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem)))]
pub(crate) async fn file(
    State(server): State<Server>,
    caller: Caller,
    Path((name, version)): Path<(String, u32)>,
) -> Result<Json<CalendarContents>, Problem> {
    let told = |failed: Error| error::problem(&failed, caller.lang);
    let all = server.app.calendars(&caller.principal).map_err(told)?;
    let kept = all.get(&CalendarId::new(&name));
    let versions = kept.into_iter().flat_map(|kept| &kept.versions);
    let mut found = versions.filter(|one| one.version.version == version);
    let found = found.next().ok_or_else(|| told(Error::NotFound))?;
    Ok(Json(CalendarContents {
        file: found.version.file.clone(),
    }))
}

/// Says what loading a file would come to: which days would be otherwise, and how many running clocks would move. Nothing is
/// stored.
#[utoipa::path(post, path = "/calendars/{name}/preview", tag = "calendars", operation_id = "preview_calendar", request_body = CalendarFileBody,
    params(("name" = String, Path, description = "The calendar, also one that is not there yet")),
    responses((status = 200, description = "What it would come to", body = CalendarPreview), (status = 403, description = "`forbidden`", body = Problem), (status = 409, description = "`calendar_zone`", body = Problem),
        (status = 422, description = "`calendar_faulty` with each problem, `calendar_new`, `calendar_years`, `calendar_unchanged`, `calendar_name_unusable`, `too_many`, `day_unreadable`", body = Problem)))]
pub(crate) async fn preview(
    State(server): State<Server>,
    caller: Caller,
    Path(name): Path<String>,
    Body(body): Body<CalendarFileBody>,
) -> Result<Json<CalendarPreview>, Problem> {
    let load = load(&name, body, &caller)?;
    let found = server.app.preview_calendar(&caller.principal, &load).await;
    let found = found.map_err(|failed| error::problem(&failed, caller.lang))?;
    Ok(Json(calendar::preview(&found, caller.lang)))
}

/// Loads a file as the next version of a calendar. Running clocks are computed again by it, each on record.
#[utoipa::path(post, path = "/calendars/{name}/versions", tag = "calendars", operation_id = "load_calendar", request_body = CalendarFileBody,
    params(("name" = String, Path, description = "The calendar, also one that is not there yet"), SeenHeader),
    responses((status = 201, description = "Loaded", body = CalendarView), (status = 403, description = "`forbidden`", body = Problem), (status = 409, description = "`calendar_zone`", body = Problem), (status = 412, description = "`changed`: the caller has not seen the newest version", body = Problem),
        (status = 422, description = "`calendar_faulty` with each problem, `calendar_new`, `calendar_years`, `calendar_unchanged`, `calendar_name_unusable`, `too_many`, `day_unreadable`", body = Problem)))]
pub(crate) async fn add(
    State(server): State<Server>,
    caller: Caller,
    seen: IfMatch,
    Path(name): Path<String>,
    Body(body): Body<CalendarFileBody>,
) -> Result<(StatusCode, Json<CalendarView>), Problem> {
    let load = load(&name, body, &caller)?;
    let loaded = server.app.load_calendar(&caller.principal, &load, seen.0);
    let kept = loaded.await;
    let kept = kept.map_err(|failed| error::problem(&failed, caller.lang))?;
    let view = calendar::calendar(&server.app, &kept, caller.lang);
    Ok((StatusCode::CREATED, Json(view)))
}

fn load(name: &str, body: CalendarFileBody, caller: &Caller) -> Result<Load, Problem> {
    let unreadable = || {
        Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "day_unreadable",
            caller.lang,
        )
    };
    let from = body.from.map(|day| day.parse()).transpose();
    Ok(Load {
        name: CalendarId::new(name),
        file: body.file,
        from: from.map_err(|_| unreadable())?,
    })
}
