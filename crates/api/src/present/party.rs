//! Parties of a case, by role.

use huiyin_app::mask;
use huiyin_case::party::Party;
use huiyin_case::state::CaseState;
use huiyin_case::value::Value;
use huiyin_policy::model::{Employee, KindId, Meaning, Part, PartyRole, PartyRoleId, Policy};
use huiyin_texts::Lang;

use super::{View, fact, names};
use crate::dto::form::{PartForm, pick};
use crate::dto::party::{EmployeeKind, PartyGroup, PartyRoleForm, PartyView};

/// The roles of parties that cases of a kind can have, with those who have them.
pub(crate) fn groups(view: &View<'_>, state: &CaseState) -> Vec<PartyGroup> {
    let roles = view.policy.parties_of(&state.opening.kind);
    let groups = roles.map(|(id, role)| PartyGroup {
        role: role_form(view.policy, id, role, view.lang),
        parties: state
            .parties_in(id)
            .map(|party| party_view(view, role, party))
            .collect(),
    });
    groups.collect()
}

/// The roles that can be named when a case of a kind is registered.
pub(crate) fn roles(policy: &Policy, kind: &KindId, lang: Lang) -> Vec<PartyRoleForm> {
    let roles = policy.parties_of(kind);
    roles
        .map(|(id, role)| role_form(policy, id, role, lang))
        .collect()
}

fn role_form(policy: &Policy, id: &PartyRoleId, role: &PartyRole, lang: Lang) -> PartyRoleForm {
    let part = role.part.as_ref();
    PartyRoleForm {
        role: id.to_string(),
        title: pick(&role.title, lang),
        clause: role.clause.to_string(),
        max: role.max,
        employee: match role.employee {
            Employee::Never => EmployeeKind::Never,
            Employee::Allowed => EmployeeKind::Allowed,
            Employee::Always => EmployeeKind::Always,
        },
        part: part.and_then(|id| Some(PartForm::new(policy, id, policy.parts.get(id)?, lang))),
    }
}

fn party_view(view: &View<'_>, role: &PartyRole, party: &Party) -> PartyView {
    let part = part_of(view.policy, role);
    PartyView {
        id: party.id.to_string(),
        name: name(view, part, party),
        person: party.person.map(|person| person.to_string()),
        fields: fact::list(view, part, &party.fields),
    }
}

/// The part that a role's parties fill in.
pub(crate) fn part_of<'p>(policy: &'p Policy, role: &PartyRole) -> Option<&'p Part> {
    policy.parts.get(role.part.as_ref()?)
}

/// Who it is, an outsider masked.
fn name(view: &View<'_>, part: Option<&Part>, party: &Party) -> String {
    if let Some(person) = party.person {
        return names::person_name(view.directory, person);
    }
    let mut fields = part.into_iter().flat_map(|part| &part.fields);
    let field = fields.find(|(_, field)| field.meaning == Some(Meaning::PartyName));
    let field = field.filter(|(_, field)| field.sealed.is_none());
    match field.and_then(|(id, _)| party.fields.get(id)) {
        Some(Value::Text(name)) => mask::name(name),
        _ => String::new(),
    }
}
