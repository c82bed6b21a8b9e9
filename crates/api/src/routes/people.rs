//! Units, people, accounts.

use std::collections::BTreeSet;
use std::str::FromStr;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use huiyin_app::{AccountRole, Action};
use huiyin_case::id::PersonId;
use huiyin_texts::Lang;

use crate::Server;
use crate::body::Body;
use crate::caller::Caller;
use crate::dto::organisation::RolesChange;
use crate::dto::people::{Invitation, Invite, PersonAccount, PersonName, UnitName};
use crate::present::{error, names};
use crate::problem::Problem;

/// Lists the units of the organisation.
#[utoipa::path(get, path = "/units", tag = "organisation", operation_id = "list_units",
    responses((status = 200, description = "All units in use, by path", body = Vec<UnitName>), (status = 403, description = "`forbidden`: the account only reads", body = Problem)))]
pub(crate) async fn list_units(
    State(server): State<Server>,
    caller: Caller,
) -> Result<Json<Vec<UnitName>>, Problem> {
    error::require(&server, &caller, Action::SeeOrganisation)?;
    let directory = server.app.directory();
    let mut units: Vec<UnitName> = directory
        .organisation
        .units
        .iter()
        .filter(|(_, unit)| !unit.closed)
        .map(|(&id, _)| names::unit(&directory, id))
        .collect();
    units.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Json(units))
}

/// Lists the people who work here.
#[utoipa::path(get, path = "/people", tag = "organisation", operation_id = "list_people",
    responses((status = 200, description = "All active people", body = Vec<PersonName>), (status = 403, description = "`forbidden`: the account only reads", body = Problem)))]
pub(crate) async fn list_people(
    State(server): State<Server>,
    caller: Caller,
) -> Result<Json<Vec<PersonName>>, Problem> {
    error::require(&server, &caller, Action::SeeOrganisation)?;
    let directory = server.app.directory();
    let active = directory
        .organisation
        .persons
        .iter()
        .filter(|(_, person)| person.active);
    Ok(Json(
        active
            .map(|(&id, _)| names::person(&directory, id))
            .collect(),
    ))
}

/// Lists people with their accounts.
#[utoipa::path(get, path = "/people/accounts", tag = "organisation", operation_id = "list_accounts",
    responses((status = 200, description = "All people", body = Vec<PersonAccount>), (status = 403, description = "`forbidden`", body = Problem)))]
pub(crate) async fn list_accounts(
    State(server): State<Server>,
    caller: Caller,
) -> Result<Json<Vec<PersonAccount>>, Problem> {
    error::require(&server, &caller, Action::Administer)?;
    let directory = server.app.directory();
    let accounts = server
        .app
        .accounts()
        .await
        .map_err(|failed| error::problem(&failed, caller.lang))?;
    let rows = directory.organisation.persons.iter().map(|(&id, person)| {
        let account = accounts.iter().find(|account| account.person == id);
        PersonAccount {
            person: names::person(&directory, id),
            positions: person.positions.iter().map(ToString::to_string).collect(),
            login: account.map(|account| account.login.clone()),
            roles: account
                .map(|account| account.roles.iter().map(AccountRole::to_string).collect())
                .unwrap_or_default(),
            active: person.active,
        }
    });
    Ok(Json(rows.collect()))
}

/// Invites a person: a one-time link by which an account with these roles is made. Where there is an account already, the link
/// opens it with a new password, and one in use keeps its roles.
#[utoipa::path(post, path = "/people/{id}/invitation", tag = "organisation", operation_id = "invite_person", request_body = Invite,
    params(("id" = String, Path, description = "The person")),
    responses((status = 201, description = "The link, shown once", body = Invitation), (status = 403, description = "`forbidden`", body = Problem),
        (status = 404, description = "`not_found`", body = Problem), (status = 422, description = "`role_unknown`, `role_missing`", body = Problem)))]
pub(crate) async fn invite(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
    Body(body): Body<Invite>,
) -> Result<(StatusCode, Json<Invitation>), Problem> {
    error::require(&server, &caller, Action::Administer)?;
    let person: PersonId = path_id(&id, caller.lang)?;
    let roles = account_roles(&body.roles, caller.lang)?;
    let invited = server
        .app
        .invite(&caller.principal, person, roles)
        .await
        .map_err(|failed| error::problem(&failed, caller.lang))?;
    let link = format!(
        "{}/invitation#{}",
        server.public_url,
        invited.secret.reveal()
    );
    let expires_at = names::instant(&server.app.calendar(), invited.expires_at);
    Ok((StatusCode::CREATED, Json(Invitation { link, expires_at })))
}

/// Gives an account other roles; its sessions end.
#[utoipa::path(put, path = "/people/{id}/roles", tag = "organisation", operation_id = "change_roles", request_body = RolesChange,
    params(("id" = String, Path, description = "The person")),
    responses((status = 204, description = "Changed"), (status = 403, description = "`forbidden`", body = Problem), (status = 409, description = "`last_administrator`", body = Problem),
        (status = 412, description = "`changed`: it has other roles than the caller saw", body = Problem), (status = 422, description = "`role_unknown`, `role_missing`, `account_missing`", body = Problem)))]
pub(crate) async fn change_roles(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
    Body(body): Body<RolesChange>,
) -> Result<StatusCode, Problem> {
    error::require(&server, &caller, Action::Administer)?;
    let person = path_id(&id, caller.lang)?;
    let seen = account_roles(&body.seen, caller.lang)?;
    let roles = account_roles(&body.roles, caller.lang)?;
    server
        .app
        .set_roles(&caller.principal, person, &seen, &roles)
        .await
        .map_err(|failed| error::problem(&failed, caller.lang))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends all sessions of a person.
#[utoipa::path(delete, path = "/people/{id}/sessions", tag = "organisation", operation_id = "end_sessions",
    params(("id" = String, Path, description = "The person")),
    responses((status = 204, description = "Ended"), (status = 403, description = "`forbidden`", body = Problem), (status = 422, description = "`account_missing`", body = Problem)))]
pub(crate) async fn end_sessions(
    State(server): State<Server>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    error::require(&server, &caller, Action::Administer)?;
    let person = path_id(&id, caller.lang)?;
    server
        .app
        .end_sessions(&caller.principal, person)
        .await
        .map_err(|failed| error::problem(&failed, caller.lang))?;
    Ok(StatusCode::NO_CONTENT)
}

fn account_roles(names: &[String], lang: Lang) -> Result<BTreeSet<AccountRole>, Problem> {
    let roles = names.iter().map(|role| role.parse::<AccountRole>());
    roles
        .collect::<Result<_, _>>()
        .map_err(|_| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "role_unknown", lang))
}

/// The id in a path; one that is none is that of nothing.
pub(super) fn path_id<Id: FromStr>(id: &str, lang: Lang) -> Result<Id, Problem> {
    id.parse()
        .map_err(|_| Problem::new(StatusCode::NOT_FOUND, "not_found", lang))
}
