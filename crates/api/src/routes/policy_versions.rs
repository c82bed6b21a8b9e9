//! The versions of policies: which are in force, to come or stopped, and the emergency stop.

use axum::Json;
use axum::extract::{Path, State};
use huiyin_app::Action;
use huiyin_app::shelf::Version;
use huiyin_policy::model::PolicyId;

use crate::Server;
use crate::body::Body;
use crate::caller::Caller;
use crate::dto::policy_version::{PolicyOrder, PolicyVersionDetail, PolicyVersionView};
use crate::present::{error, policy_version};
use crate::problem::Problem;

/// Lists all versions of all policies, of each policy the newest first.
#[utoipa::path(get, path = "/policies/versions", tag = "policies", operation_id = "list_policy_versions",
    responses((status = 200, description = "All versions", body = Vec<PolicyVersionView>), (status = 403, description = "`forbidden`", body = Problem)))]
pub(crate) async fn list(
    State(server): State<Server>,
    caller: Caller,
) -> Result<Json<Vec<PolicyVersionView>>, Problem> {
    error::require(&server, &caller, Action::SeeOrganisation)?;
    let shelf = server.app.shelf();
    let mut versions: Vec<&Version> = shelf.all().collect();
    versions.sort_by(|a, b| (&a.policy.id, b.version).cmp(&(&b.policy.id, a.version)));
    let views = versions.into_iter();
    let views = views.map(|one| policy_version::version(&server.app, one, caller.lang));
    Ok(Json(views.collect()))
}

/// Shows a version: what it says clause by clause, what carries that out, and how its cases go.
#[utoipa::path(get, path = "/policies/{id}/versions/{version}", tag = "policies", operation_id = "show_policy_version",
    params(("id" = String, Path, description = "The policy"), ("version" = u32, Path, description = "The version")),
    responses((status = 200, description = "The version", body = PolicyVersionDetail), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem)))]
pub(crate) async fn show(
    State(server): State<Server>,
    caller: Caller,
    Path((id, version)): Path<(String, u32)>,
) -> Result<Json<PolicyVersionDetail>, Problem> {
    error::require(&server, &caller, Action::SeeOrganisation)?;
    let shelf = server.app.shelf();
    let found = shelf.version(&PolicyId::new(&id), version);
    let found = found.ok_or_else(|| error::problem(&huiyin_app::Error::NotFound, caller.lang))?;
    let detail = policy_version::detail(&server.app, found, caller.lang);
    Ok(Json(detail))
}

/// Stops a version in an emergency (紧急停用): from this moment no new case is taken in under it, on any node. The version before
/// it takes over, if there is one; open cases go on.
#[utoipa::path(post, path = "/policies/{id}/versions/{version}/stop", tag = "policies", operation_id = "stop_policy", request_body = PolicyOrder,
    params(("id" = String, Path, description = "The policy"), ("version" = u32, Path, description = "The version")),
    responses((status = 200, description = "Stopped", body = PolicyVersionView), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem),
        (status = 409, description = "`policy_stopped_already`", body = Problem), (status = 412, description = "`changed`", body = Problem), (status = 422, description = "`policy_reason_unusable`", body = Problem)))]
pub(crate) async fn stop(
    State(server): State<Server>,
    caller: Caller,
    Path((id, version)): Path<(String, u32)>,
    Body(order): Body<PolicyOrder>,
) -> Result<Json<PolicyVersionView>, Problem> {
    let policy = PolicyId::new(&id);
    let of = (&policy, version);
    let stopped = server.app.stop_policy(&caller.principal, of, &order.reason);
    answer(&server, &caller, stopped.await)
}

/// Lifts the stop of a version (恢复): it takes cases in again.
#[utoipa::path(post, path = "/policies/{id}/versions/{version}/resume", tag = "policies", operation_id = "resume_policy", request_body = PolicyOrder,
    params(("id" = String, Path, description = "The policy"), ("version" = u32, Path, description = "The version")),
    responses((status = 200, description = "Lifted", body = PolicyVersionView), (status = 403, description = "`forbidden`", body = Problem), (status = 404, description = "`not_found`", body = Problem),
        (status = 409, description = "`policy_not_stopped`", body = Problem), (status = 412, description = "`changed`", body = Problem), (status = 422, description = "`policy_reason_unusable`", body = Problem)))]
pub(crate) async fn resume(
    State(server): State<Server>,
    caller: Caller,
    Path((id, version)): Path<(String, u32)>,
    Body(order): Body<PolicyOrder>,
) -> Result<Json<PolicyVersionView>, Problem> {
    let policy = PolicyId::new(&id);
    let of = (&policy, version);
    let resumed = server
        .app
        .resume_policy(&caller.principal, of, &order.reason);
    answer(&server, &caller, resumed.await)
}

fn answer(
    server: &Server,
    caller: &Caller,
    version: Result<Version, huiyin_app::Error>,
) -> Result<Json<PolicyVersionView>, Problem> {
    let version = version.map_err(|failed| error::problem(&failed, caller.lang))?;
    let view = policy_version::version(&server.app, &version, caller.lang);
    Ok(Json(view))
}
