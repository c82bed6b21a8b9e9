//! Policies in force, for everyone to read (P1.18), and the kinds of case one may register.

use axum::Json;
use axum::extract::{Path, State};
use huiyin_app::Action;
use huiyin_app::shelf::Version;
use huiyin_policy::model::{LinkKind, PolicyId};
use huiyin_policy::show::{Language, clause_view, everyone};
use huiyin_texts::Lang;

use crate::Server;
use crate::caller::Caller;
use crate::dto::form::{Named, PartForm, pick};
use crate::dto::policy::{ClauseView, KindForm, PolicyInForce};
use crate::present::{error, level, names, party, policy_version};
use crate::problem::Problem;

/// Lists the kinds of case the caller may register, with their forms.
#[utoipa::path(get, path = "/kinds", tag = "policies", operation_id = "list_kinds",
    responses((status = 200, description = "Kinds with channels and forms", body = Vec<KindForm>)))]
pub(crate) async fn list_kinds(
    State(server): State<Server>,
    caller: Caller,
) -> Json<Vec<KindForm>> {
    let lang = caller.lang;
    let mut forms = Vec::new();
    for (version, kind_id) in server.app.kinds_open_to(&caller.principal) {
        let policy = &version.policy;
        let Some(kind) = policy.kinds.get(&kind_id) else {
            continue;
        };
        let Some(part) = policy.parts.get(&kind.open.part) else {
            continue;
        };
        let channels = kind.open.channels.keys().map(|id| Named {
            id: id.to_string(),
            title: policy
                .channels
                .get(id)
                .map_or_else(|| id.to_string(), |channel| pick(&channel.title, lang)),
        });
        forms.push(KindForm {
            policy: policy.id.to_string(),
            policy_title: pick(&policy.title, lang),
            kind: kind_id.to_string(),
            title: pick(&kind.title, lang),
            clause: kind.open.clause.to_string(),
            channels: channels.collect(),
            part: PartForm::new(policy, &kind.open.part, part, lang),
            repeats: kind
                .links
                .get(&LinkKind::Recomplaint)
                .map(|rule| rule.to.iter().map(ToString::to_string).collect())
                .unwrap_or_default(),
            parties: party::roles(policy, &kind_id, lang),
            seen_by: kind
                .sees
                .as_ref()
                .map(|sees| everyone(policy, &sees.by, level::language(lang))),
        });
    }
    Json(forms)
}

/// Lists the policies in force.
#[utoipa::path(get, path = "/policies", tag = "policies", operation_id = "list_policies",
    responses((status = 200, description = "The version in force of each, or the last one while it is stopped", body = Vec<PolicyInForce>)))]
pub(crate) async fn list_policies(
    State(server): State<Server>,
    caller: Caller,
) -> Json<Vec<PolicyInForce>> {
    let lang = caller.lang;
    let shelf = server.app.shelf();
    let today = server.app.today();
    // Why the organisation has stopped something is told inside.
    let inside = server.app.may(&caller.principal, Action::SeeOrganisation);
    let stop_of = |version: &Version| {
        let held_up = shelf.held_up(&version.policy.id, today)?;
        let stop = held_up.stop().filter(|_| inside)?;
        Some(policy_version::stop(&server.app, stop))
    };
    let policies = shelf.all_current(today).map(|version| PolicyInForce {
        id: version.policy.id.to_string(),
        title: pick(&version.policy.title, lang),
        version: version.version,
        effective_at: names::instant(&server.app.calendar(), version.effective_at),
        takes_cases_in: version.stop().is_none(),
        stop: stop_of(version),
        kinds: version
            .policy
            .kinds
            .iter()
            .map(|(id, kind)| Named {
                id: id.to_string(),
                title: pick(&kind.title, lang),
            })
            .collect(),
        scales: level::scales(&version.policy, lang),
        trees: level::trees(&version.policy, lang),
    });
    Json(policies.collect())
}

/// Shows the clauses of a policy and what the product does with each.
#[utoipa::path(get, path = "/policies/{id}/clauses", tag = "policies", operation_id = "show_clauses", params(("id" = String, Path, description = "The policy")),
    responses((status = 200, description = "The clause view", body = ClauseView), (status = 404, description = "`not_found`", body = Problem)))]
pub(crate) async fn show_clauses(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<ClauseView>, Problem> {
    let version = server
        .app
        .current_version(&PolicyId::new(&id))
        .ok_or_else(|| error::problem(&huiyin_app::Error::NotFound, caller.lang))?;
    let language = match caller.lang {
        Lang::ZhCn => Language::ZhCn,
        Lang::En => Language::En,
    };
    let markdown = clause_view(&version.policy, language);
    Ok(Json(ClauseView {
        title: pick(&version.policy.title, caller.lang),
        markdown,
    }))
}
