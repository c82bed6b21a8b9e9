//! Names of people and units, and times as they are printed.

use huiyin_app::Directory;
use huiyin_calendar::Calendar;
use huiyin_case::id::{PersonId, UnitId};
use huiyin_policy::model::{ClockId, KindId, NoticeId, Policy};
use huiyin_texts::{Args, Lang, render};
use jiff::Timestamp;

use crate::dto::form::pick;
use crate::dto::people::{PersonName, UnitName};

/// A moment as RFC 3339 in the calendar's zone, to the second.
pub(crate) fn instant(calendar: &Calendar, at: Timestamp) -> String {
    // Stored to the microsecond, told to the second.
    calendar.written(Timestamp::from_second(at.as_second()).unwrap_or(at))
}

/// A unit with its path; a unit nobody knows has an empty name.
pub(crate) fn unit(directory: &Directory, id: UnitId) -> UnitName {
    let path = directory.organisation.path(id);
    UnitName {
        id: id.to_string(),
        name: path.last().copied().unwrap_or_default().to_owned(),
        path: path.join(" / "),
    }
}

/// A person with the unit; a person nobody knows has an empty name.
pub(crate) fn person(directory: &Directory, id: PersonId) -> PersonName {
    let person = directory.organisation.persons.get(&id);
    PersonName {
        id: id.to_string(),
        name: person.map(|person| person.name.clone()).unwrap_or_default(),
        unit: person.map_or_else(
            || UnitName {
                id: String::new(),
                name: String::new(),
                path: String::new(),
            },
            |person| unit(directory, person.unit),
        ),
    }
}

/// A person's name alone.
pub(crate) fn person_name(directory: &Directory, id: PersonId) -> String {
    directory
        .organisation
        .persons
        .get(&id)
        .map(|person| person.name.clone())
        .unwrap_or_default()
}

/// Who did something, and for whom if not in the own right: `李敏（代王强）`.
pub(crate) fn actor(
    directory: &Directory,
    actor: PersonId,
    acting_for: Option<PersonId>,
    lang: Lang,
) -> String {
    let name = person_name(directory, actor);
    let Some(represented) = acting_for else {
        return name;
    };
    let args = Args::new()
        .with("person", name)
        .with("represented", person_name(directory, represented));
    render(lang, "actor-for", &args)
}

/// A unit's name alone.
pub(crate) fn unit_name(directory: &Directory, id: UnitId) -> String {
    directory
        .organisation
        .units
        .get(&id)
        .map(|unit| unit.name.clone())
        .unwrap_or_default()
}

/// A moment as people read it in a list, `2026-02-26 18:00`, in the calendar's zone.
pub(crate) fn instant_in_words(calendar: &Calendar, at: Timestamp) -> String {
    calendar.local(at).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The subject line of a notice with its blanks filled.
pub(crate) fn notice_title(
    policy: &Policy,
    kind: &KindId,
    notice: &NoticeId,
    clock: Option<&ClockId>,
    number: &str,
    lang: Lang,
) -> String {
    let title = policy
        .notices
        .get(notice)
        .map(|notice| pick(&notice.title, lang))
        .unwrap_or_default();
    let clock = clock.and_then(|clock| policy.kinds.get(kind)?.clock_title(clock));
    let clock = clock.map(|title| pick(title, lang)).unwrap_or_default();
    title.replace("{number}", number).replace("{clock}", &clock)
}
