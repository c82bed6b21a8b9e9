//! Whether entered fields are what their part asks for. All problems are found at once, in the order of the form.

use std::collections::BTreeSet;

use huiyin_policy::model::{
    ClauseId, FactPath, Field, FieldId, FieldType, Part, PartId, Policy, Required,
};

use huiyin_policy::settle::Raw;

use crate::duty::Sampled;
use crate::facts::Facts;
use crate::limits::{FIELDS_BYTES_MAX, PROBLEMS_MAX, has_control};
use crate::organisation::Organisation;
use crate::refusal::{Refusal, Rule};
use crate::settling;
use crate::value::{Fields, Value};

/// What fields are checked against.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) organisation: &'a Organisation,
    /// The part to fill in; an act without a part takes no fields.
    pub(crate) part: Option<&'a PartId>,
    /// The clause behind the form, for fields that name none.
    pub(crate) clause: Option<&'a ClauseId>,
    /// The sample that fields may name cases of.
    pub(crate) sample: &'a [Sampled],
    /// Fields that may be empty although they are asked for: what a historical case may lack.
    pub(crate) may_lack: Option<&'a BTreeSet<FactPath>>,
    /// What of it is filled in.
    pub(crate) filled: Filled,
}

/// Who filled a form in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Filled {
    /// Somebody: what is worked out is not among it.
    Typed,
    /// Somebody, and what is worked out is added.
    Complete,
    /// Nobody: the values stand for what somebody would fill in, and no rows are looked at.
    StandIn,
}

impl Form<'_> {
    /// Checks the fields and drops empty texts, so that an empty field is an absent one.
    ///
    /// # Errors
    ///
    /// The first problem in the order of the form, with all further ones.
    pub(crate) fn check(&self, fields: &Fields, facts: Facts<'_>) -> Result<Fields, Refusal> {
        if fields.values().map(bytes).sum::<usize>() > FIELDS_BYTES_MAX {
            return Err(Rule::LimitReached("fields_bytes").into());
        }
        let filled: Fields = fields
            .iter()
            .filter(|(_, value)| !is_empty(value))
            .map(|(id, value)| (id.clone(), tidy(value)))
            .collect();
        let part = self
            .part
            .and_then(|id| Some((id, self.policy.parts.get(id)?)));
        let mut problems = match part {
            Some((id, part)) => self.problems_of(id, part, &filled, facts.with(id, &filled)),
            None => Vec::new(),
        };
        let known = |field: &FieldId| part.is_some_and(|(_, part)| part.fields.contains_key(field));
        let unknown = fields.keys().filter(|field| !known(field));
        problems.extend(unknown.map(|field| Rule::FieldUnknown(field.to_string()).into()));
        problems.truncate(PROBLEMS_MAX + 1);
        let mut problems = problems.into_iter();
        match problems.next() {
            None => Ok(filled),
            Some(first) => Err(Refusal {
                also: problems.collect(),
                ..first
            }),
        }
    }

    /// The fields that are asked for and empty, in the order of the form.
    pub(crate) fn lacking(&self, filled: &Fields, facts: Facts<'_>) -> Vec<FactPath> {
        let Some((id, part)) = self
            .part
            .and_then(|id| Some((id, self.policy.parts.get(id)?)))
        else {
            return Vec::new();
        };
        let facts = facts.with(id, filled);
        part.fields
            .iter()
            .filter(|(name, field)| !filled.contains_key(*name) && is_required(field, facts))
            .map(|(name, _)| FactPath::new(id.clone(), name.clone()))
            .collect()
    }

    fn may_be_lacking(&self, path: &FactPath) -> bool {
        self.may_lack.is_some_and(|lack| lack.contains(path))
    }

    fn problems_of(
        &self,
        id: &PartId,
        part: &Part,
        filled: &Fields,
        facts: Facts<'_>,
    ) -> Vec<Refusal> {
        let problem = |(name, field): (&FieldId, &Field)| {
            if part.gives(name) && !filled.contains_key(name) {
                return None;
            }
            let path = FactPath::new(id.clone(), name.clone());
            let rule = match filled.get(name) {
                Some(_) if self.filled == Filled::Typed && part.gives(name) => Rule::FieldInvalid {
                    field: path,
                    problem: "worked_out",
                },
                None if is_required(field, facts) && !self.may_be_lacking(&path) => {
                    Rule::FieldMissing(path)
                }
                None => return None,
                Some(value) => Rule::FieldInvalid {
                    field: path,
                    problem: self.problem_of(id, name, field, value)?,
                },
            };
            Some(Refusal::under(
                rule,
                field
                    .clause
                    .as_ref()
                    .or(part.clause.as_ref())
                    .or(self.clause),
            ))
        };
        let mut problems: Vec<Refusal> = part.fields.iter().filter_map(problem).collect();
        problems.extend(self.wrong_rows(id, part, filled));
        problems
    }

    /// Checks the rows alone.
    ///
    /// # Errors
    ///
    /// The first mistake in them, with all further ones.
    pub(crate) fn check_rows(&self, fields: &Fields) -> Result<(), Refusal> {
        let part = self
            .part
            .and_then(|id| Some((id, self.policy.parts.get(id)?)));
        let problems = part.map(|(id, part)| self.wrong_rows(id, part, fields));
        let mut problems = problems.unwrap_or_default().into_iter();
        match problems.next() {
            None => Ok(()),
            Some(first) => Err(Refusal {
                also: problems.take(PROBLEMS_MAX).collect(),
                ..first
            }),
        }
    }

    /// What is wrong with the rows that are filled in.
    fn wrong_rows(&self, id: &PartId, part: &Part, filled: &Fields) -> Vec<Refusal> {
        if self.filled == Filled::StandIn {
            return Vec::new();
        }
        let mut problems = Vec::new();
        for (name, field) in &part.fields {
            let (FieldType::Rows(sheet), Some(Value::Rows(raw))) = (&field.ty, filled.get(name))
            else {
                continue;
            };
            let path = FactPath::new(id.clone(), name.clone());
            let clause = field
                .clause
                .as_ref()
                .or_else(|| settling::sheet_clause(self.policy, sheet));
            let wrong = settling::wrong_rows(self.policy, sheet, raw).into_iter();
            problems.extend(
                wrong.map(|wrong| Refusal::under(settling::rows_wrong(&path, wrong), clause)),
            );
        }
        problems
    }

    /// What is wrong with the value of a field. A case with which a book was compared is none of a sample; whoever names it must see
    /// it, which is asked where all cases are known.
    pub(crate) fn problem_of(
        &self,
        part: &PartId,
        name: &FieldId,
        field: &Field,
        value: &Value,
    ) -> Option<&'static str> {
        let compared = matches!(value, Value::Case(_)) && field.ty == FieldType::Case;
        match compared && self.policy.names_compared_case(part, name) {
            true => None,
            false => self.problem(&field.ty, value),
        }
    }

    /// What is wrong with a value, as a key for texts.
    fn problem(&self, ty: &FieldType, value: &Value) -> Option<&'static str> {
        match (ty, value) {
            (
                FieldType::Text {
                    multiline,
                    max_chars,
                },
                Value::Text(text),
            ) => {
                if text.chars().count() > *max_chars {
                    return Some("too_long");
                }
                if has_control(text) {
                    return Some("control_character");
                }
                (!multiline && text.contains(['\n', '\r'])).then_some("line_break")
            }
            (FieldType::Bool, Value::Bool(_))
            | (FieldType::Integer, Value::Integer(_))
            | (FieldType::Date, Value::Date(_))
            | (FieldType::Instant, Value::Instant(_))
            | (FieldType::Percent, Value::Percent(_))
            | (FieldType::Quantity, Value::Quantity(_))
            | (FieldType::Rows(_), Value::Rows(_)) => None,
            (FieldType::Money, Value::Money(money)) => money.is_negative().then_some("negative"),
            (FieldType::OneOf(choices), Value::OneOf(choice)) => {
                (!choices.contains_key(choice)).then_some("not_a_choice")
            }
            (FieldType::ManyOf(choices), Value::ManyOf(taken)) => {
                let twice = (1..taken.len()).any(|at| taken[..at].contains(&taken[at]));
                (twice || taken.iter().any(|choice| !choices.contains_key(choice)))
                    .then_some("not_a_choice")
            }
            (ty @ FieldType::Category { .. }, Value::OneOf(category)) => {
                let tree = self.policy.tree_of(ty);
                let takes = tree.is_some_and(|(tree, branches)| {
                    let node = tree.nodes.get(category);
                    node.is_some_and(|node| branches || node.is_leaf)
                });
                (!takes).then_some("not_a_choice")
            }
            (FieldType::Unit, Value::Unit(unit)) => {
                (!self.organisation.units.contains_key(unit)).then_some("unknown_unit")
            }
            (FieldType::Person, Value::Person(person)) => {
                (!self.organisation.persons.contains_key(person)).then_some("unknown_person")
            }
            (FieldType::Case, Value::Case(case)) => {
                (!self.sample.iter().any(|one| one.case == *case)).then_some("not_in_sample")
            }
            _ => Some("type"),
        }
    }
}

fn is_required(field: &Field, facts: Facts<'_>) -> bool {
    match &field.required {
        Required::Always => true,
        Required::Optional => false,
        Required::When(condition) => facts.hold(condition),
    }
}

fn tidy(value: &Value) -> Value {
    match value {
        Value::Rows(raw) => Value::Rows(raw.clone().tidied()),
        value => value.clone(),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.trim().is_empty(),
        Value::ManyOf(choices) => choices.is_empty(),
        Value::Rows(Raw::List(rows)) => rows.is_empty(),
        _ => false,
    }
}

fn bytes(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.len(),
        Value::OneOf(choice) => choice.as_str().len(),
        Value::ManyOf(choices) => choices.iter().map(|choice| choice.as_str().len()).sum(),
        Value::Rows(raw) => settling::bytes(raw),
        _ => size_of::<Value>(),
    }
}
