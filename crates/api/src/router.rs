//! All routes, and the document that describes them.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::response::IntoResponse;
use axum::routing::any;
use axum::{Router, middleware};
use huiyin_app::App;
use utoipa::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;
use utoipa_swagger_ui::SwaggerUi;

use crate::body::{BODY_BYTES_MAX, refuse_nul};
use crate::bonuses::BONUS_FILE_BYTES_MAX;
use crate::caller::CallerLang;
use crate::origin::same_origin;
use crate::problem::Problem;
use crate::read_only::refuse_writes;
use crate::routes::{
    adoptions, attachments, calendars, cases, commands, customers, deductions, deputies, drafts,
    duties, exports, extend, health, leaving, levels, live, migrations, organisation, parties,
    people, policies, policy_versions, portal, portal_files, raise, receipts, reconciliations,
    relations, seals, session, settling, statistics, test_clock, ties, vouchers,
};

/// Where the API stands.
const BASE: &str = "/api/v1";

/// What routes need.
#[derive(Debug, Clone)]
pub struct Server {
    /// The application.
    pub app: Arc<App>,
    /// Address under which people reach the server, without a slash at the end.
    pub public_url: Arc<str>,
    /// Whether cookies are sent over TLS only.
    pub secure_cookies: bool,
    /// Proxies whose word on where a request comes from is taken.
    pub trusted_proxies: Arc<[IpAddr]>,
}

#[derive(OpenApi)]
#[openapi(
    info(title = "Huiyin (回音)", description = "Cases, clocks, policies and people. Texts come in the language of `Accept-Language` (zh-CN or en). Errors are RFC 9457 problems with stable codes."),
    security(("session" = [])),
    components(schemas(live::NoticeTold))
)]
struct Document;

/// The API, its document and the pages that show it.
pub fn router(server: Server) -> Router {
    let (routes, document) = described().split_for_parts();
    let routes = routes
        .fallback(any(unknown))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(middleware::from_fn_with_state(
            server.clone(),
            refuse_writes,
        ))
        .layer(middleware::from_fn(same_origin))
        .layer(middleware::from_fn(refuse_nul))
        .with_state(server);
    let document = with_security(document);
    Router::new()
        .merge(SwaggerUi::new("/api/docs").url("/api/v1/openapi.json", document))
        .nest_service(BASE, routes)
}

/// The OpenAPI document.
pub fn document() -> utoipa::openapi::OpenApi {
    with_security(described().into_openapi())
}

/// For bodies that are files with bonuses.
fn with_bonuses() -> DefaultBodyLimit {
    DefaultBodyLimit::max(BONUS_FILE_BYTES_MAX)
}

/// For bodies that hold the files of a policy.
fn with_files() -> DefaultBodyLimit {
    DefaultBodyLimit::max(drafts::FILES_BODY_BYTES_MAX)
}

fn described() -> OpenApiRouter<Server> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(session::sign_in, session::sign_out))
        .routes(routes!(session::show_setup))
        .routes(routes!(session::accept_invitation))
        .routes(routes!(session::show_me))
        .routes(routes!(session::change_password))
        .routes(routes!(policies::list_kinds))
        .routes(routes!(policies::list_policies))
        .routes(routes!(policies::show_clauses))
        .routes(routes!(drafts::list))
        .routes(routes!(drafts::add).layer(with_files()))
        .routes(routes!(drafts::show))
        .routes(routes!(drafts::files))
        .routes(routes!(drafts::replace).layer(with_files()))
        .routes(routes!(drafts::comment))
        .routes(routes!(drafts::ask))
        .routes(routes!(drafts::consent))
        .routes(routes!(drafts::withdraw))
        .routes(routes!(drafts::publish))
        .routes(routes!(policy_versions::list))
        .routes(routes!(policy_versions::show))
        .routes(routes!(policy_versions::stop))
        .routes(routes!(policy_versions::resume))
        .routes(routes!(adoptions::list))
        .routes(routes!(adoptions::adopt))
        .routes(routes!(adoptions::end))
        .routes(routes!(calendars::list))
        .routes(routes!(calendars::file))
        .routes(routes!(calendars::preview).layer(with_files()))
        .routes(routes!(calendars::add).layer(with_files()))
        .routes(routes!(cases::list, cases::register))
        .routes(routes!(cases::counts))
        .routes(routes!(cases::preview))
        .routes(routes!(cases::search))
        .routes(routes!(exports::cases))
        .routes(routes!(cases::show))
        .routes(routes!(cases::customer))
        .routes(routes!(commands::record_act))
        .routes(routes!(settling::settle))
        .routes(routes!(reconciliations::list))
        .routes(routes!(commands::add_note))
        .routes(routes!(commands::dispatch))
        .routes(routes!(commands::transfer))
        .routes(routes!(commands::accept))
        .routes(routes!(commands::refuse))
        .routes(routes!(commands::pause))
        .routes(routes!(commands::resume))
        .routes(routes!(extend::extend))
        .routes(routes!(commands::close))
        .routes(routes!(commands::reopen))
        .routes(routes!(commands::archive))
        .routes(routes!(commands::correct))
        .routes(routes!(attachments::list, attachments::add))
        .routes(routes!(attachments::show))
        .routes(routes!(attachments::remove))
        .routes(routes!(raise::raise))
        .routes(routes!(duties::list))
        .routes(routes!(duties::show))
        .routes(routes!(receipts::issue))
        .routes(routes!(portal::home))
        .routes(routes!(portal::submit))
        .routes(routes!(portal::enter, portal::leave))
        .routes(routes!(portal::show))
        .routes(routes!(portal::record))
        .routes(routes!(portal::reopen))
        .routes(routes!(portal_files::send))
        .routes(routes!(ties::link))
        .routes(routes!(ties::undo))
        .routes(routes!(ties::withdraw))
        .routes(routes!(ties::hold))
        .routes(routes!(ties::lift))
        .routes(routes!(migrations::preview))
        .routes(routes!(migrations::migrate))
        .routes(routes!(customers::earlier))
        .routes(routes!(customers::file))
        .routes(routes!(customers::merge))
        .routes(routes!(customers::part))
        .routes(routes!(parties::add))
        .routes(routes!(parties::show))
        .routes(routes!(parties::remove))
        .routes(routes!(levels::set))
        .routes(routes!(seals::open))
        .routes(routes!(organisation::show))
        .routes(routes!(people::list_units, organisation::add_unit))
        .routes(routes!(organisation::change_unit))
        .routes(routes!(people::list_people, organisation::add_person))
        .routes(routes!(organisation::change_person))
        .routes(routes!(people::list_accounts))
        .routes(routes!(people::invite))
        .routes(routes!(people::change_roles))
        .routes(routes!(people::end_sessions))
        .routes(routes!(leaving::holdings))
        .routes(routes!(leaving::leave))
        .routes(routes!(leaving::come_back))
        .routes(routes!(deputies::list, deputies::add_deputy))
        .routes(routes!(deputies::end_deputy))
        .routes(routes!(deputies::add_absence))
        .routes(routes!(deputies::end_absence))
        .routes(routes!(relations::list, relations::add))
        .routes(routes!(relations::end))
        .routes(routes!(relations::remove))
        .routes(routes!(statistics::index))
        .routes(routes!(statistics::monthly))
        .routes(routes!(statistics::of_kind))
        .routes(routes!(statistics::report))
        .routes(routes!(statistics::report_as_table))
        .routes(routes!(vouchers::waiting))
        .routes(routes!(vouchers::runs, vouchers::hand_over))
        .routes(routes!(vouchers::show))
        .routes(routes!(vouchers::table))
        .routes(routes!(deductions::accounts))
        .routes(routes!(deductions::charges))
        .routes(routes!(deductions::show))
        .routes(routes!(deductions::preview).layer(with_bonuses()))
        .routes(routes!(deductions::enter).layer(with_bonuses()))
        .routes(routes!(deductions::close))
        .routes(routes!(deductions::table))
        .routes(routes!(live::listen))
        .routes(routes!(health::health))
        .routes(routes!(health::ready))
        .routes(routes!(health::activity))
        .routes(routes!(test_clock::set))
}

fn with_security(mut document: utoipa::openapi::OpenApi) -> utoipa::openapi::OpenApi {
    let cookie = |name| SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(name)));
    let components = document.components.get_or_insert_default();
    components.add_security_scheme("session", cookie("huiyin_session"));
    components.add_security_scheme("portal", cookie("huiyin_portal"));
    document.servers = Some(vec![utoipa::openapi::Server::new(BASE)]);
    document
}

async fn unknown(CallerLang(lang): CallerLang) -> impl IntoResponse {
    Problem::new(axum::http::StatusCode::NOT_FOUND, "not_found", lang)
}
