//! Values that stand for what a person would fill in.

use huiyin_policy::model::{
    ActId, ChoiceId, DataClass, Employee, FieldId, FieldType, PartyRoleId, Policy,
};
use huiyin_policy::settle::Raw;
use huiyin_settlement::Money;

use uuid::Uuid;

use crate::attachment::Attachment;
use crate::decide::Context;
use crate::id::{CaseId, FileId, PersonId};
use crate::party::NewParty;
use crate::reconciliation;
use crate::state::CaseState;
use crate::value::{Fields, Value};

/// What stands for a text.
pub(super) const TEXT: &str = "-";

/// A file that there is room for whenever there is room for any.
pub(super) fn attachment() -> Attachment {
    Attachment {
        file: FileId::new(Uuid::nil()),
        name: TEXT.to_owned(),
        note: None,
        media: String::new(),
        bytes: 1,
        hash: [0; 32],
        seal: None,
    }
}

/// Every field of an act's part filled in, the outcome with `outcome`.
pub(super) fn fields(
    context: &Context<'_>,
    state: &CaseState,
    people: &[PersonId],
    id: &ActId,
    outcome: Option<&ChoiceId>,
) -> Fields {
    let act = context.policy.acts.get(id);
    let part = act.and_then(|act| context.policy.parts.get(act.part.as_ref()?));
    let outcome_field = act.and_then(|act| act.outcome.as_ref());
    let value = |(field, declared): (&FieldId, &huiyin_policy::model::Field)| {
        let (policy, any) = (context.policy, CaseId::new(Uuid::nil()));
        if let Some(answer) = reconciliation::stand_in(policy, state, id, field, outcome, any) {
            return answer.map(|value| (field.clone(), value));
        }
        let value = match outcome.filter(|_| Some(field) == outcome_field) {
            Some(outcome) => Value::OneOf(outcome.clone()),
            None if declared.ty == FieldType::Case => Value::Case(a_case(state, people)?),
            None => value(context, &declared.ty)?,
        };
        Some((field.clone(), value))
    };
    part.map(|part| part.fields.iter().filter_map(value).collect())
        .unwrap_or_default()
}

/// A party in a role: an outsider with everything filled in, or one of the organisation's people who is none yet.
pub(super) fn party(
    context: &Context<'_>,
    state: &CaseState,
    id: &PartyRoleId,
) -> Option<NewParty> {
    let role = context.policy.parties.get(id)?;
    let is_party = |person: &PersonId| {
        let mut parties = state.parties_in(id);
        parties.any(|party| party.person == Some(*person))
    };
    let mut persons = context.organisation.persons.keys().copied();
    let person = match role.employee {
        Employee::Always => Some(persons.find(|person| !is_party(person))?),
        Employee::Never | Employee::Allowed => None,
    };
    let part = role.part.as_ref();
    let part = part.and_then(|part| context.policy.parts.get(part));
    let filled_in = part
        .into_iter()
        .flat_map(|part| &part.fields)
        .filter(|(_, field)| person.is_none() || field.class != DataClass::Personal);
    let fields = filled_in.filter_map(|(id, field)| Some((id.clone(), value(context, &field.ty)?)));
    Some(NewParty {
        role: id.clone(),
        person,
        fields: fields.collect(),
    })
}

/// A case of the sample, one that none of these people handled if there is any.
fn a_case(state: &CaseState, people: &[PersonId]) -> Option<CaseId> {
    let sample = state.sample();
    let free = sample
        .iter()
        .find(|one| !people.iter().any(|person| one.handlers.contains(person)));
    free.or(sample.first()).map(|one| one.case)
}

fn value(context: &Context<'_>, ty: &FieldType) -> Option<Value> {
    Some(match ty {
        FieldType::Text { .. } => Value::Text(TEXT.to_owned()),
        FieldType::Bool => Value::Bool(true),
        FieldType::Integer => Value::Integer(0),
        FieldType::Money => Value::Money(Money::ZERO),
        FieldType::Percent => Value::Percent(Default::default()),
        FieldType::Quantity => Value::Quantity(Default::default()),
        FieldType::Date => Value::Date(context.calendar.date_of(context.now)),
        FieldType::Instant => Value::Instant(context.now),
        FieldType::OneOf(choices) => Value::OneOf(choices.keys().next()?.clone()),
        FieldType::ManyOf(choices) => Value::ManyOf(choices.keys().take(1).cloned().collect()),
        ty @ FieldType::Category { .. } => {
            let (tree, _) = context.policy.tree_of(ty)?;
            let leaf = tree.nodes.iter().find(|(_, node)| node.is_leaf);
            Value::OneOf(leaf?.0.clone())
        }
        FieldType::Unit => Value::Unit(*context.organisation.units.keys().next()?),
        FieldType::Case => return None,
        FieldType::Rows(_) => Value::Rows(Raw::List(vec![Raw::Nothing])),
        FieldType::Person => Value::Person(*context.organisation.persons.keys().next()?),
    })
}

/// The outcomes an act may have.
pub(super) fn outcomes(policy: &Policy, id: &ActId) -> Vec<ChoiceId> {
    let choices = || {
        let act = policy.acts.get(id)?;
        let part = policy.parts.get(act.part.as_ref()?)?;
        match &part.fields.get(act.outcome.as_ref()?)?.ty {
            FieldType::OneOf(choices) => Some(match &act.outcomes {
                Some(some) => some.clone(),
                None => choices.keys().cloned().collect(),
            }),
            _ => None,
        }
    };
    choices().unwrap_or_default()
}
