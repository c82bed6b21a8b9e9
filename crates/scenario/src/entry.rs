//! Fields as a test writes them.

use huiyin_calendar::Calendar;
use huiyin_case::value::{Fields, Value};
use huiyin_policy::model::{ChoiceId, FieldId, FieldType, PartId, Policy};
use huiyin_policy::settle::Raw;
use huiyin_policy::yaml::{Node, Shape};

use crate::cast::Cast;
use crate::names::{Names, each_word};
use crate::reading::{Read, bad, text, time, unknown_name, words, yes_no};
use crate::settle::raw;
use crate::world::case_named;

/// What fields are read with.
#[derive(Clone, Copy)]
pub(crate) struct Entering<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) calendar: &'a Calendar,
    pub(crate) cast: &'a Cast,
    /// The forms the file fills in beforehand.
    pub(crate) forms: Option<Node<'a>>,
    /// The field that is left out, whatever the step fills in.
    pub(crate) leave_out: Option<&'a FieldId>,
    /// What the cases of the test are called.
    pub(crate) cases: &'a [String],
    /// Whether the engine is to be asked about names that the part does not have: the step says that it refuses them.
    pub(crate) as_written: bool,
}

impl<'a> Entering<'a> {
    pub(crate) const fn names(&self) -> Names<'a> {
        Names {
            policy: self.policy,
            cast: self.cast,
        }
    }

    /// The fields of `with:`: a map, the name of a form of the file, or a map that is `like:` such a form with changes.
    /// A field with nothing after it is left empty.
    pub(crate) fn fields(&self, with: Option<Node<'_>>, part: Option<&PartId>) -> Read<Fields> {
        let mut fields = Fields::new();
        let Some(node) = with else { return Ok(fields) };
        if node.shape() == Shape::Scalar {
            self.fill(self.form(node)?, part, &mut fields)?;
        } else {
            if let Some(like) = node.get("like") {
                self.fill(self.form(like)?, part, &mut fields)?;
            }
            self.fill(node, part, &mut fields)?;
        }
        if let Some(field) = self.leave_out {
            fields.remove(field);
        }
        Ok(fields)
    }

    fn form(&self, name: Node<'_>) -> Read<Node<'_>> {
        let known = self
            .forms
            .into_iter()
            .flat_map(Node::entries)
            .map(|entry| entry.key)
            .collect::<Vec<_>>();
        let name_text = text(name)?;
        let form = self.forms.and_then(|forms| forms.get(name_text));
        form.ok_or_else(|| unknown_name(name.place(), "form", name_text, known.iter().copied()))
    }

    fn fill(&self, node: Node<'_>, part: Option<&PartId>, fields: &mut Fields) -> Read<()> {
        let declared = part.and_then(|part| self.policy.parts.get(part));
        for entry in node.entries().filter(|entry| entry.key != "like") {
            let field = FieldId::new(entry.key);
            if entry.value.shape() == Shape::Nothing {
                fields.remove(&field);
                continue;
            }
            let value = match declared.and_then(|part| part.fields.get(&field)) {
                Some(declared) => self.value(&declared.ty, entry.value)?,
                None if self.as_written => Value::Text(text(entry.value)?.to_owned()),
                None => {
                    let known = declared.into_iter().flat_map(|part| part.fields.keys());
                    let known = known.map(FieldId::as_str);
                    let place = entry.key_place;
                    return Err(unknown_name(place, "field", entry.key, known));
                }
            };
            fields.insert(field, value);
        }
        Ok(())
    }

    fn check_choices(&self, ty: &FieldType, node: Node<'_>) -> Read<()> {
        match self.names().choices(ty).filter(|_| !self.as_written) {
            Some(known) => each_word(&known, "choice", node),
            None => Ok(()),
        }
    }

    fn value(&self, ty: &FieldType, node: Node<'_>) -> Read<Value> {
        let parsed = |value: Option<Value>, expected| value.ok_or_else(|| bad(node, expected));
        let scalar = || node.scalar().unwrap_or_default();
        match ty {
            FieldType::Text { .. } => Ok(Value::Text(text(node)?.to_owned())),
            FieldType::Bool => yes_no(node).map(Value::Bool),
            FieldType::Integer => parsed(scalar().parse().ok().map(Value::Integer), "whole"),
            FieldType::Money => parsed(scalar().parse().ok().map(Value::Money), "money"),
            FieldType::Percent => parsed(scalar().parse().ok().map(Value::Percent), "percent"),
            FieldType::Quantity => parsed(scalar().parse().ok().map(Value::Quantity), "quantity"),
            FieldType::Date => parsed(scalar().parse().ok().map(Value::Date), "date"),
            FieldType::Instant => time(node, self.calendar).map(Value::Instant),
            FieldType::OneOf(_) | FieldType::Category { .. } => {
                self.check_choices(ty, node)?;
                Ok(Value::OneOf(ChoiceId::new(text(node)?)))
            }
            FieldType::ManyOf(_) => {
                self.check_choices(ty, node)?;
                let choices = words(node)?.into_iter().map(ChoiceId::new);
                Ok(Value::ManyOf(choices.collect()))
            }
            FieldType::Unit => self.cast.unit(node).map(Value::Unit),
            FieldType::Case => {
                each_word(self.cases, "case", node)?;
                Ok(Value::Case(case_named(text(node)?)))
            }
            FieldType::Person => self.cast.person(node).map(Value::Person),
            FieldType::Rows(_) => match raw(node) {
                rows @ Raw::List(_) => Ok(Value::Rows(rows)),
                _ => Err(bad(node, "list")),
            },
        }
    }
}
