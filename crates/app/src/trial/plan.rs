//! The files of the trial cases, read: when what happens to whom, and how each case ends.

use std::collections::HashMap;

use huiyin_calendar::Calendar;
use huiyin_case::actor::Actor;
use huiyin_case::id::{PersonId, UnitId};
use huiyin_case::organisation::Organisation;
use huiyin_case::value::{Fields, Value};
use huiyin_diagnostic::Place;
use huiyin_policy::model::{
    ChannelId, ChoiceId, FieldId, FieldType, KindId, Part, PartId, Policy, PolicyId,
};
use huiyin_policy::yaml::{Entry, Node, Shape};
use jiff::Timestamp;

use super::moment::{After, Begin};
use crate::shelf::{Shelf, Version};
use crate::source::{Source, Wrong};

/// Lines of a case that are no fields of its form.
const KEYS: [&str; 7] = [
    "kind",
    "when",
    "by",
    "channel",
    "first_contact",
    "course",
    "ends",
];

/// A case as its file tells it.
pub(super) struct PlannedCase<'s> {
    pub(super) source: &'s Source,
    pub(super) place: Place,
    pub(super) version: Version,
    pub(super) kind: KindId,
    pub(super) channel: ChannelId,
    pub(super) by: Actor,
    pub(super) first_contact: Option<PersonId>,
    pub(super) fields: Fields,
    pub(super) registered_at: Timestamp,
    /// In the order of their time.
    pub(super) steps: Vec<PlannedStep<'s>>,
    pub(super) ends: Ends<'s>,
}

impl PlannedCase<'_> {
    /// Whether this is its subject.
    pub(super) fn is_about(&self, subject: &str) -> bool {
        let value = self.fields.get(&FieldId::new("subject"));
        matches!(value, Some(Value::Text(text)) if text == subject)
    }
}

/// A step of its course.
pub(super) struct PlannedStep<'s> {
    pub(super) at: Timestamp,
    pub(super) by: Actor,
    /// `accept`, `correct investigate`, or an act of the policy.
    pub(super) what: &'s str,
    pub(super) given: Node<'s>,
    pub(super) place: Place,
}

/// How a case stands at the first start.
pub(super) struct Ends<'s> {
    /// The step it is in, `closed` or `archived`.
    pub(super) stands: &'s str,
    /// Whether a clock must have run out.
    pub(super) overdue: bool,
    /// Levels at which it must stand, each on some scale.
    pub(super) levels: Vec<&'s str>,
    pub(super) place: Place,
}

/// What files are read with.
pub(super) struct Reading<'a> {
    pub(super) shelf: &'a Shelf,
    pub(super) calendar: &'a Calendar,
    pub(super) names: Names<'a>,
    /// Nothing happens before the policies came into force.
    pub(super) begin: Timestamp,
    /// The first start; nothing happens after it.
    pub(super) now: Timestamp,
}

/// Units and people by name.
pub(super) struct Names<'a> {
    units: HashMap<&'a str, UnitId>,
    people: HashMap<&'a str, PersonId>,
}

impl<'a> Names<'a> {
    pub(super) fn of(organisation: &'a Organisation) -> Self {
        let units = organisation.units.iter();
        let people = organisation.persons.iter();
        Self {
            units: units.map(|(id, unit)| (unit.name.as_str(), *id)).collect(),
            people: people
                .map(|(id, person)| (person.name.as_str(), *id))
                .collect(),
        }
    }

    pub(super) fn unit(&self, source: &Source, node: Node<'_>) -> Result<UnitId, Wrong> {
        let name = source.text(node)?;
        let unit = self.units.get(name).copied();
        unit.ok_or_else(|| source.wrong(node.place(), format!("there is no unit `{name}`")))
    }

    pub(super) fn person(
        &self,
        source: &Source,
        place: Place,
        name: &str,
    ) -> Result<PersonId, Wrong> {
        let person = self.people.get(name).copied();
        person.ok_or_else(|| source.wrong(place, format!("nobody is called `{name}`")))
    }
}

/// Who the customer is in a file; nobody is called so.
const CUSTOMER: &str = "customer";

impl Names<'_> {
    /// A person, or the customer himself.
    fn actor(&self, source: &Source, place: Place, name: &str) -> Result<Actor, Wrong> {
        match name {
            CUSTOMER => Ok(Actor::Customer),
            name => self.person(source, place, name).map(Actor::Person),
        }
    }
}

impl Reading<'_> {
    /// Reads the cases of a file; what can't be used goes to `wrong`, and the other cases are read all the same.
    pub(super) fn cases<'s>(
        &self,
        source: &'s Source,
        wrong: &mut Vec<Wrong>,
    ) -> Vec<PlannedCase<'s>> {
        let root = source.root();
        let head = source
            .only(root, &["policy", "cases"])
            .and_then(|()| self.policy(source, root))
            .and_then(|version| Ok((version, source.need(root, "cases")?)));
        let (version, cases) = match head {
            Ok(head) => head,
            Err(mistake) => {
                wrong.push(mistake);
                return Vec::new();
            }
        };
        let mut read = Vec::new();
        for node in cases.items() {
            match self.case(source, &version, node) {
                Ok(case) => read.push(case),
                Err(mistake) => wrong.push(mistake),
            }
        }
        read
    }

    fn policy(&self, source: &Source, root: Node<'_>) -> Result<Version, Wrong> {
        let node = source.need(root, "policy")?;
        let name = source.text(node)?;
        let version = self.shelf.newest(&PolicyId::new(name)).cloned();
        version.ok_or_else(|| source.wrong(node.place(), format!("there is no policy `{name}`")))
    }

    fn case<'s>(
        &self,
        source: &'s Source,
        version: &Version,
        node: Node<'s>,
    ) -> Result<PlannedCase<'s>, Wrong> {
        let text = |key| source.need(node, key).and_then(|node| source.text(node));
        let person = |key| -> Result<Option<PersonId>, Wrong> {
            let Some(node) = node.get(key) else {
                return Ok(None);
            };
            let person = self.names.person(source, node.place(), source.text(node)?);
            person.map(Some)
        };
        let kind = KindId::new(text("kind")?);
        let part = version.policy.kinds.get(&kind).map(|kind| &kind.open.part);
        let part = part.ok_or_else(|| {
            source.wrong(node.place(), format!("the policy has no kind `{kind}`"))
        })?;
        let entries = node.entries().filter(|entry| !KEYS.contains(&entry.key));
        let registered_at = self.begin(source, source.need(node, "when")?)?;
        let by = source.need(node, "by")?;
        let by = self.names.actor(source, by.place(), source.text(by)?)?;
        let portal = version
            .policy
            .kinds
            .get(&kind)
            .and_then(|kind| kind.portal.as_ref());
        let channel = match (by, portal) {
            (Actor::Customer, Some(portal)) => portal.channel.clone(),
            _ => ChannelId::new(text("channel")?),
        };
        Ok(PlannedCase {
            source,
            place: node.place(),
            version: version.clone(),
            channel,
            by,
            first_contact: person("first_contact")?,
            fields: fields(source, &version.policy, part, entries)?,
            registered_at,
            steps: self.course(source, node, registered_at)?,
            ends: ends(source, source.need(node, "ends")?)?,
            kind,
        })
    }

    fn begin(&self, source: &Source, node: Node<'_>) -> Result<Timestamp, Wrong> {
        let text = source.text(node)?;
        Begin::parse(text)
            .and_then(|begin| begin.before(self.now, self.calendar))
            .filter(|&at| at >= self.begin)
            .ok_or_else(|| {
                let what = format!("`{text}` is no time a case may come in at");
                source.wrong(node.place(), what)
            })
    }

    fn course<'s>(
        &self,
        source: &'s Source,
        case: Node<'s>,
        registered_at: Timestamp,
    ) -> Result<Vec<PlannedStep<'s>>, Wrong> {
        let mut steps = Vec::new();
        let mut from = registered_at;
        let lines = case.get("course").into_iter().flat_map(Node::items);
        for line in lines {
            let mut entries = line.entries();
            let (Some(entry), None) = (entries.next(), entries.next()) else {
                return Err(source.wrong(line.place(), "a step is one line"));
            };
            let step = self.step(source, entry, from)?;
            from = step.at;
            steps.push(step);
        }
        Ok(steps)
    }

    fn step<'s>(
        &self,
        source: &'s Source,
        entry: Entry<'s>,
        from: Timestamp,
    ) -> Result<PlannedStep<'s>, Wrong> {
        let place = entry.key_place;
        let (after, rest) = After::parse(entry.key)
            .ok_or_else(|| source.wrong(place, "a step begins with its time"))?;
        let (name, what) = rest
            .split_once(' ')
            .ok_or_else(|| source.wrong(place, "a step says who does what"))?;
        let at = after
            .after(from, self.calendar)
            .filter(|&at| from <= at && at <= self.now);
        Ok(PlannedStep {
            at: at.ok_or_else(|| {
                source.wrong(place, "the step lies before the last one, or in the future")
            })?,
            by: self.names.actor(source, place, name)?,
            what,
            given: entry.value,
            place,
        })
    }
}

/// `handling`, `handling overdue`, `closed serious urgent`.
fn ends<'s>(source: &'s Source, node: Node<'s>) -> Result<Ends<'s>, Wrong> {
    let text = source.text(node)?;
    let mut words = text.split(' ');
    let stands = words.next().unwrap_or_default();
    let (overdue, levels): (Vec<&str>, Vec<&str>) = words.partition(|word| *word == "overdue");
    Ok(Ends {
        stands,
        overdue: !overdue.is_empty(),
        levels,
        place: node.place(),
    })
}

/// Fields of a part, by their names.
pub(super) fn fields<'s>(
    source: &'s Source,
    policy: &Policy,
    part: &PartId,
    entries: impl Iterator<Item = Entry<'s>>,
) -> Result<Fields, Wrong> {
    let part = policy.parts.get(part);
    let field = |entry: Entry<'s>| {
        let id = FieldId::new(entry.key);
        let declared = part.and_then(|part| part.fields.get(&id));
        let declared = declared.ok_or_else(|| {
            source.wrong(
                entry.key_place,
                format!("there is no field `{}`", entry.key),
            )
        })?;
        Ok((id, value(source, &declared.ty, entry.value)?))
    };
    entries.map(field).collect()
}

/// What is given for an act: a map of fields, or the value of the first field alone.
pub(super) fn given(
    source: &Source,
    policy: &Policy,
    part: &PartId,
    node: Node<'_>,
) -> Result<Fields, Wrong> {
    if node.shape() != Shape::Scalar {
        return fields(source, policy, part, source.entries(node)?);
    }
    let first = policy.parts.get(part).and_then(first_field);
    let (id, ty) = first.ok_or_else(|| source.wrong(node.place(), "nothing can be said here"))?;
    Ok(Fields::from([(id, value(source, ty, node)?)]))
}

fn first_field(part: &Part) -> Option<(FieldId, &FieldType)> {
    let (id, field) = part.fields.first()?;
    Some((id.clone(), &field.ty))
}

fn value(source: &Source, ty: &FieldType, node: Node<'_>) -> Result<Value, Wrong> {
    let text = source.text(node)?;
    match (ty, text) {
        (FieldType::Text { .. }, _) => Ok(Value::Text(text.to_owned())),
        (FieldType::Bool, "yes") => Ok(Value::Bool(true)),
        (FieldType::Bool, "no") => Ok(Value::Bool(false)),
        (FieldType::OneOf(_) | FieldType::Category { .. }, _) => {
            Ok(Value::OneOf(ChoiceId::new(text)))
        }
        _ => Err(source.wrong(
            node.place(),
            format!("`{text}` is no text, choice, yes or no"),
        )),
    }
}
