//! Cases: registering, lists, search, one case.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use huiyin_app::cases::{Cursor, ListRequest, ListView, Sort, StandingAsked};
use huiyin_app::commands::{Key, NewCaseRequest};
use huiyin_case::id::{CaseId, PersonId};
use huiyin_case::link::OtherCase;
use huiyin_case::state::Stage;
use huiyin_policy::model::{ChannelId, ChoiceId, KindId, PolicyId};
use huiyin_texts::Lang;
use serde::Deserialize;
use utoipa::IntoParams;

use super::commands::{done_response, misfits, occurred};
use super::{counted, parties};
use crate::Server;
use crate::body::Body;
use crate::caller::{Caller, IdempotencyKey};
use crate::dto::case::{CasePage, CaseView, CommandDone, CustomerView, NewCase, ViewCounts};
use crate::dto::preview::Preview;
use crate::dto::value::read_fields;
use crate::present::{self, error};
use crate::problem::Problem;
use crate::query::Query;

/// Rows of a page unless the caller asks for fewer.
const PAGE_ROWS_DEFAULT: u32 = 50;
/// Most rows of a page.
const PAGE_ROWS_MAX: u32 = 200;

/// Which cases to list.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct ListQuery {
    /// `mine`, `unclaimed`, `due_soon`, `overdue`, `follow_up` (closed, whatever `status`), `taken` or `all` (default).
    view: Option<String>,
    /// Id of somebody for whom the caller is deputy today: the list as that person has it.
    acting_for: Option<String>,
    /// `open`, `closed`, `archived` or `all`; if not given `open`, or `all` with `measure`.
    status: Option<String>,
    /// Only of this policy.
    pub(super) policy: Option<String>,
    /// Only this kind.
    pub(super) kind: Option<String>,
    /// Only this channel.
    channel: Option<String>,
    /// Only this severe.
    severity: Option<String>,
    /// Only this urgent.
    urgency: Option<String>,
    /// Only of this category or one below it: the way down its tree, names joined by slashes.
    category: Option<String>,
    /// `severity` or `urgency`: the highest first, among these by the tightest limit.
    sort: Option<String>,
    /// Only the cases behind a figure of the statistics, in this measure; needs `policy`, `kind`, `first` and `last`.
    pub(super) measure: Option<String>,
    /// First day of the figure, inclusive.
    pub(super) first: Option<String>,
    /// Last day of the figure, inclusive.
    pub(super) last: Option<String>,
    /// Only with one of these choices, separated by commas; `-` is none on record.
    pub(super) class: Option<String>,
    /// Only with at least this value: a duration in its unit, an amount in cents.
    pub(super) value_min: Option<i64>,
    /// Only with at most this value.
    pub(super) value_max: Option<i64>,
    /// Only what this unit answers for, with `measure`; `-` what none does.
    pub(super) unit: Option<String>,
    /// Where the page begins: `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows of the page, at most 200; 50 if not given.
    limit: Option<u32>,
}

/// Lists cases: open ones by their tightest limit, ended ones and those behind a figure newest first.
#[utoipa::path(get, path = "/cases", tag = "cases", operation_id = "list_cases", params(ListQuery),
    responses((status = 200, description = "A page", body = CasePage), (status = 400, description = "`view_unknown`, `status_unknown`, `cursor_unreadable`, `days_unreadable`, `kind_unknown`, `unit_unknown`, `person_unknown`, `sort_unknown`", body = Problem), (status = 403, description = "`forbidden`: the caller is not the person's deputy today", body = Problem)))]
pub(crate) async fn list(
    State(server): State<Server>,
    caller: Caller,
    Query(query): Query<ListQuery>,
) -> Result<Json<CasePage>, Problem> {
    let request = list_request(query, caller.lang)?;
    let page = server
        .app
        .list(&caller.principal, &request)
        .await
        .map_err(|failed| error::problem(&failed, caller.lang))?;
    let counted = match &request.counted {
        None => None,
        Some(of) => {
            let total = server
                .app
                .count_listed(&caller.principal, &request)
                .await
                .map_err(|failed| error::problem(&failed, caller.lang))?;
            let kind = (request.policy.as_ref(), request.kind.as_ref());
            Some(counted::named(&server.app, kind, of, total, caller.lang))
        }
    };
    Ok(Json(CasePage {
        rows: present::row::rows(&server.app, &page.rows, caller.lang),
        next_cursor: page.next.map(|cursor| cursor.to_string()),
        counted,
    }))
}

/// Where the cases of a list are to stand, as it is asked for.
pub(super) fn standing_asked(
    severity: Option<String>,
    urgency: Option<String>,
    category: Option<&str>,
) -> StandingAsked {
    let names = category.into_iter().flat_map(|path| path.split('/'));
    StandingAsked {
        severity: severity.map(ChoiceId::new),
        urgency: urgency.map(ChoiceId::new),
        category: names
            .filter(|name| !name.is_empty())
            .map(ChoiceId::new)
            .collect(),
    }
}

/// What a list is asked for.
pub(super) fn list_request(query: ListQuery, lang: Lang) -> Result<ListRequest, Problem> {
    let bad = |code| Problem::new(StatusCode::BAD_REQUEST, code, lang);
    let counted = counted::counted(&query, lang)?;
    let stage = match (query.status.as_deref(), &counted) {
        (None | Some("open"), None) | (Some("open"), Some(_)) => Some(Stage::Open),
        (Some("closed"), _) => Some(Stage::Closed),
        (Some("archived"), _) => Some(Stage::Archived),
        (Some("all"), _) | (None, Some(_)) => None,
        (Some(_), _) => return Err(bad("status_unknown")),
    };
    let sort = match query.sort.as_deref() {
        None => None,
        Some("severity") => Some(Sort::Severity),
        Some("urgency") => Some(Sort::Urgency),
        Some(_) => return Err(bad("sort_unknown")),
    };
    let view: Result<ListView, _> = query.view.as_deref().unwrap_or("all").parse();
    let after = query.cursor.map(|cursor| cursor.parse::<Cursor>());
    let rows = query.limit.unwrap_or(PAGE_ROWS_DEFAULT);
    Ok(ListRequest {
        view: view.map_err(|_| bad("view_unknown"))?,
        acting_for: represented(query.acting_for.as_deref(), lang)?,
        stage,
        policy: query.policy.map(PolicyId::new),
        kind: query.kind.map(KindId::new),
        channel: query.channel.map(ChannelId::new),
        standing: standing_asked(query.severity, query.urgency, query.category.as_deref()),
        sort,
        counted,
        after: after.transpose().map_err(|_| bad("cursor_unreadable"))?,
        rows: rows.clamp(1, PAGE_ROWS_MAX),
    })
}

/// As whom the counts are asked for.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct CountsQuery {
    /// Id of somebody for whom the caller is deputy today: the counts as that person has them.
    acting_for: Option<String>,
}

fn represented(id: Option<&str>, lang: Lang) -> Result<Option<PersonId>, Problem> {
    id.map(str::parse)
        .transpose()
        .map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "person_unknown", lang))
}

/// Counts the cases of each view.
#[utoipa::path(get, path = "/cases/counts", tag = "cases", operation_id = "count_cases", params(CountsQuery),
    responses((status = 200, description = "The counts", body = ViewCounts), (status = 400, description = "`person_unknown`", body = Problem), (status = 403, description = "`forbidden`: the caller is not the person's deputy today", body = Problem)))]
pub(crate) async fn counts(
    State(server): State<Server>,
    caller: Caller,
    Query(query): Query<CountsQuery>,
) -> Result<Json<ViewCounts>, Problem> {
    let acting_for = represented(query.acting_for.as_deref(), caller.lang)?;
    let counts = server
        .app
        .counts(&caller.principal, acting_for)
        .await
        .map_err(|failed| error::problem(&failed, caller.lang))?;
    let of = |view| counts.get(&view).copied().unwrap_or_default();
    Ok(Json(ViewCounts {
        mine: of(ListView::Mine),
        unclaimed: of(ListView::Unclaimed),
        due_soon: of(ListView::DueSoon),
        overdue: of(ListView::Overdue),
        follow_up: of(ListView::FollowUp),
        taken: of(ListView::Taken),
        all: of(ListView::All),
    }))
}

/// What to search for.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct SearchQuery {
    /// Words, a name, a number or a contact.
    q: String,
    /// Rows, at most 200; 50 if not given.
    limit: Option<u32>,
}

/// Finds cases by their text, number or contact, newest first.
#[utoipa::path(get, path = "/search", tag = "cases", operation_id = "search_cases", params(SearchQuery),
    responses((status = 200, description = "What was found", body = CasePage)))]
pub(crate) async fn search(
    State(server): State<Server>,
    caller: Caller,
    Query(query): Query<SearchQuery>,
) -> Result<Json<CasePage>, Problem> {
    let rows = query
        .limit
        .unwrap_or(PAGE_ROWS_DEFAULT)
        .clamp(1, PAGE_ROWS_MAX);
    let found = server
        .app
        .search(&caller.principal, &query.q, rows)
        .await
        .map_err(|failed| error::problem(&failed, caller.lang))?;
    Ok(Json(CasePage {
        rows: present::row::rows(&server.app, &found, caller.lang),
        next_cursor: None,
        counted: None,
    }))
}

/// Registers a case.
#[utoipa::path(post, path = "/cases", tag = "cases", operation_id = "register_case", request_body = NewCase,
    params(("Idempotency-Key" = String, Header, description = "Takes effect once under this key")),
    responses((status = 201, description = "Registered", body = CommandDone), (status = 403, description = "`forbidden`", body = Problem),
        (status = 409, description = "Refused by the policy", body = Problem), (status = 422, description = "Fields to correct", body = Problem)))]
pub(crate) async fn register(
    State(server): State<Server>,
    caller: Caller,
    key: IdempotencyKey,
    Body(body): Body<NewCase>,
) -> Result<Response, Problem> {
    let lang = caller.lang;
    let request = new_case(&server, &caller, body, key).await?;
    let done = server
        .app
        .register(&caller.principal, request)
        .await
        .map_err(|failed| error::problem(&failed, lang))?;
    let location = format!("/api/v1/cases/{}", done.case);
    let body = CommandDone {
        id: done.case.to_string(),
        number: done.number,
        seq: done.seq,
    };
    let mut response = done_response(StatusCode::CREATED, body);
    if let Ok(location) = HeaderValue::try_from(location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// Shows which clocks a registration would start; nothing is stored.
#[utoipa::path(post, path = "/cases/preview", tag = "cases", operation_id = "preview_case", request_body = NewCase,
    responses((status = 200, description = "What would follow", body = Preview), (status = 409, description = "Refused by the policy", body = Problem), (status = 422, description = "Fields to correct", body = Problem)))]
pub(crate) async fn preview(
    State(server): State<Server>,
    caller: Caller,
    Body(body): Body<NewCase>,
) -> Result<Json<Preview>, Problem> {
    let lang = caller.lang;
    let request = new_case(&server, &caller, body, IdempotencyKey(String::new())).await?;
    let preview = server
        .app
        .preview(&caller.principal, request)
        .await
        .map_err(|failed| error::problem(&failed, lang))?;
    let directory = server.app.directory();
    let view = present::View::new(&server.app, &directory, &preview.version, lang);
    Ok(Json(Preview {
        clocks: present::clock::clocks(&view, &preview.state),
        levels: present::level::levels(&view, &preview.state),
        likenesses: present::customer::likenesses(
            &preview.version.policy,
            &preview.likenesses,
            lang,
        ),
    }))
}

async fn new_case(
    server: &Server,
    caller: &Caller,
    body: NewCase,
    key: IdempotencyKey,
) -> Result<NewCaseRequest, Problem> {
    let lang = caller.lang;
    let repeats = match &body.repeats {
        Some(earlier) => Some(earlier_case(server, caller, earlier).await?),
        None => None,
    };
    let unknown = || Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "kind_unknown", lang);
    let policy_id = PolicyId::new(&body.policy);
    let kind_id = KindId::new(&body.kind);
    let taker = caller.principal.person;
    let version = server.app.taken_in_by(taker, &policy_id);
    let version = version.map_err(|failed| match failed {
        huiyin_app::Error::NotFound => unknown(),
        failed => error::problem(&failed, lang),
    })?;
    let policy = &version.policy;
    let open = &policy.kinds.get(&kind_id).ok_or_else(unknown)?.open;
    let fields = read_fields(policy.parts.get(&open.part), &body.fields)
        .map_err(|wrong| misfits(open.part.as_str(), &wrong, lang))?;
    let parties = parties::read(policy, body.parties, lang)?;
    let first_contact = body
        .first_contact
        .map(|id| id.parse::<PersonId>())
        .transpose();
    Ok(NewCaseRequest {
        policy: policy_id,
        kind: kind_id,
        channel: ChannelId::new(&body.channel),
        fields,
        occurred: occurred(body.occurred_at.as_deref(), body.late_reason, lang)?,
        first_contact: first_contact
            .map_err(|_| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "person_unknown", lang))?,
        repeats,
        parties,
        key: Key::new(key.0),
    })
}

/// The earlier case that a new one repeats. One that the caller may not see is as unknown as one that is not there.
async fn earlier_case(server: &Server, caller: &Caller, id: &str) -> Result<OtherCase, Problem> {
    let unknown = || {
        Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "case_unknown",
            caller.lang,
        )
    };
    let case = id.parse().map_err(|_| unknown())?;
    match server.app.other_case(&caller.principal, case).await {
        Ok(other) => Ok(other),
        Err(huiyin_app::Error::NotFound | huiyin_app::Error::Forbidden) => Err(unknown()),
        Err(failed) => Err(error::problem(&failed, caller.lang)),
    }
}

/// Shows a case with its history, its clocks and what the caller may do now.
#[utoipa::path(get, path = "/cases/{id}", tag = "cases", operation_id = "show_case", params(("id" = String, Path, description = "The case")),
    responses((status = 200, description = "The case; `ETag` is its last event", body = CaseView), (status = 404, description = "`not_found`", body = Problem)))]
pub(crate) async fn show(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let case = case_id(&id, caller.lang)?;
    let detail = server
        .app
        .case(&caller.principal, case)
        .await
        .map_err(|failed| error::problem(&failed, caller.lang))?;
    let etag = format!("\"{}\"", detail.state.seq);
    let body: CaseView = present::case::case(&server.app, &detail, caller.lang);
    Ok((
        [
            (header::ETAG, etag),
            (header::CACHE_CONTROL, "no-store".to_owned()),
        ],
        Json(body),
    )
        .into_response())
}

/// Shows the customer in full. Each look is on record.
#[utoipa::path(get, path = "/cases/{id}/customer", tag = "cases", operation_id = "show_customer", params(("id" = String, Path, description = "The case")),
    responses((status = 200, description = "Name and contact", body = CustomerView), (status = 404, description = "`not_found`", body = Problem)))]
pub(crate) async fn customer(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let case = case_id(&id, caller.lang)?;
    let customer = server
        .app
        .customer(&caller.principal, case)
        .await
        .map_err(|failed| error::problem(&failed, caller.lang))?;
    let body = CustomerView {
        name: customer.name,
        contact: customer.contact,
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(body)).into_response())
}

pub(super) fn case_id(id: &str, lang: Lang) -> Result<CaseId, Problem> {
    id.parse()
        .map_err(|_| Problem::new(StatusCode::NOT_FOUND, "not_found", lang))
}
