//! Parties of a case: adding, removing, looking at one in full.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use huiyin_case::command::Act;
use huiyin_case::id::PartyId;
use huiyin_case::party::{NewParty as Named, party_of};
use huiyin_policy::model::{PartyRoleId, Policy};
use huiyin_texts::Lang;
use serde::Deserialize;

use super::commands::{CommandHeaders, Envelope, misfits};
use crate::Server;
use crate::body::Body;
use crate::caller::Caller;
use crate::dto::case::{CommandDone, WithReason};
use crate::dto::party::{NewParty, PartyInFull};
use crate::dto::value::read_fields;
use crate::present::{self, error, fact};
use crate::problem::Problem;

/// Reads parties against the roles of a policy.
pub(super) fn read(
    policy: &Policy,
    parties: Vec<NewParty>,
    lang: Lang,
) -> Result<Vec<Named>, Problem> {
    let parties = parties.into_iter();
    parties.map(|party| read_one(policy, party, lang)).collect()
}

fn read_one(policy: &Policy, party: NewParty, lang: Lang) -> Result<Named, Problem> {
    let wrong = |code| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code, lang);
    let role = PartyRoleId::new(&party.role);
    let declared = policy.parties.get(&role);
    let part = declared.and_then(|role| role.part.as_ref());
    let fields = read_fields(part.and_then(|part| policy.parts.get(part)), &party.fields)
        .map_err(|wrong| misfits(part.map_or("", |part| part.as_str()), &wrong, lang))?;
    let person = party.person.filter(|id| !id.trim().is_empty());
    let person = person.map(|id| id.parse()).transpose();
    Ok(Named {
        role,
        person: person.map_err(|_| wrong("person_unknown"))?,
        fields,
    })
}

/// Adds a party.
#[utoipa::path(post, path = "/cases/{id}/parties", tag = "cases", operation_id = "add_party", request_body = NewParty, params(("id" = String, Path, description = "The case"), CommandHeaders),
    responses((status = 200, description = "Added", body = CommandDone), (status = 404, description = "`not_found`", body = Problem), (status = 409, description = "Refused by the policy", body = Problem), (status = 412, description = "`conflict`", body = Problem), (status = 422, description = "Fields to correct", body = Problem)))]
pub(crate) async fn add(
    State(server): State<Server>,
    envelope: Envelope,
    Body(body): Body<NewParty>,
) -> Result<Response, Problem> {
    let lang = envelope.caller.lang;
    let policy = server
        .app
        .policy_of(&envelope.caller.principal, envelope.case)
        .await
        .map_err(|failed| error::problem(&failed, lang))?;
    let new = read_one(&policy, body, lang)?;
    // The same request that comes again adds the same party.
    let key = format!("{} {}", envelope.caller.principal.person, envelope.key.0);
    let party = party_of(envelope.case, &key, 0);
    envelope
        .carry_out(&server, Act::AddParty { party, new }, None)
        .await
}

/// Which party of which case.
#[derive(Debug, Deserialize)]
pub(crate) struct PartyPath {
    id: String,
    party: String,
}

/// Takes a party off the case; what is on record of it stays there.
#[utoipa::path(post, path = "/cases/{id}/parties/{party}/remove", tag = "cases", operation_id = "remove_party", request_body = WithReason,
    params(("id" = String, Path, description = "The case"), ("party" = String, Path, description = "The party"), CommandHeaders),
    responses((status = 200, description = "Removed", body = CommandDone), (status = 404, description = "`not_found`", body = Problem), (status = 409, description = "Refused by the policy", body = Problem), (status = 412, description = "`conflict`", body = Problem)))]
pub(crate) async fn remove(
    State(server): State<Server>,
    envelope: Envelope,
    Path(path): Path<PartyPath>,
    Body(body): Body<WithReason>,
) -> Result<Response, Problem> {
    let act = Act::RemoveParty {
        party: party_id(&path.party, envelope.caller.lang)?,
        reason: body.reason.unwrap_or_default(),
    };
    envelope.carry_out(&server, act, None).await
}

/// Shows a party in full. Each look is on record.
#[utoipa::path(get, path = "/cases/{id}/parties/{party}", tag = "cases", operation_id = "show_party",
    params(("id" = String, Path, description = "The case"), ("party" = String, Path, description = "The party")),
    responses((status = 200, description = "What is on record of it", body = PartyInFull), (status = 404, description = "`not_found`", body = Problem)))]
pub(crate) async fn show(
    State(server): State<Server>,
    caller: Caller,
    Path(path): Path<PartyPath>,
) -> Result<Response, Problem> {
    let lang = caller.lang;
    let not_found = || Problem::new(StatusCode::NOT_FOUND, "not_found", lang);
    let case = path.id.parse().map_err(|_| not_found())?;
    let party = party_id(&path.party, lang)?;
    let found = server.app.party(&caller.principal, case, party).await;
    let (party, version) = found.map_err(|failed| error::problem(&failed, lang))?;
    let directory = server.app.directory();
    let view = present::View::new(&server.app, &directory, &version, lang);
    let policy = &version.policy;
    let role = policy.parties.get(&party.role);
    let part = role.and_then(|role| present::party::part_of(policy, role));
    let body = PartyInFull {
        fields: fact::in_full(&view, part, &party.fields),
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(body)).into_response())
}

fn party_id(id: &str, lang: Lang) -> Result<PartyId, Problem> {
    id.parse()
        .map_err(|_| Problem::new(StatusCode::NOT_FOUND, "not_found", lang))
}
