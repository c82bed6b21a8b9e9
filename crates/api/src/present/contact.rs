//! Attempts to reach the customer: which count, and when the next may be made.

use huiyin_calendar::NotCounted;
use huiyin_case::contact::CaseContacts;
use huiyin_policy::model::{Contacts, ContactsId};
use huiyin_policy::show::contact_rules;
use huiyin_texts::{Args, render};
use jiff::Timestamp;

use super::level::language;
use super::{View, names};
use crate::dto::contact::{AttemptView, ContactsView};
use crate::dto::form::pick;
use crate::dto::offer::ClauseText;

/// How far the attempts of a case are, by each of its rules.
pub(crate) fn contacts(view: &View<'_>, contacts: &[CaseContacts]) -> Vec<ContactsView> {
    let known = contacts.iter().filter_map(|one| {
        let declared = view.policy.contacts.get(&one.id)?;
        Some(series(view, one, declared))
    });
    known.collect()
}

fn series(view: &View<'_>, one: &CaseContacts, declared: &Contacts) -> ContactsView {
    let text = view.policy.clauses.get(&declared.clause);
    let instant = |at: Option<Timestamp>| at.map(|at| names::instant(view.calendar, at));
    ContactsView {
        id: one.id.to_string(),
        title: pick(&declared.title, view.lang),
        rules: contact_rules(view.policy, declared, language(view.lang)),
        clause: ClauseText {
            id: declared.clause.to_string(),
            text: text.map_or_else(String::new, |clause| pick(&clause.text, view.lang)),
        },
        act: declared.act.to_string(),
        counted: one.counted(),
        uncounted: one.attempts.len() - one.counted(),
        reached: one.reached,
        complete: one.complete,
        missing: one.missing.iter().map(ToString::to_string).collect(),
        next_possible: instant(one.next_possible),
        next_needed: instant(one.next_needed),
    }
}

/// What is said of an entry that is an attempt.
pub(crate) fn attempt(view: &View<'_>, contacts: &[CaseContacts], seq: u32) -> Option<AttemptView> {
    let (of, judged) = contacts.iter().find_map(|one| {
        let judged = one.attempts.iter().find(|attempt| attempt.seq == seq)?;
        Some((one, judged))
    })?;
    let declared = view.policy.contacts.get(&of.id)?;
    Some(AttemptView {
        counts: judged.not_counted.is_none(),
        why_not: judged.not_counted.map(|why| why_not(view, why)),
        clause: declared.clause.to_string(),
    })
}

fn why_not(view: &View<'_>, why: NotCounted) -> String {
    let say = |key: &str, args: &Args| render(view.lang, key, args);
    match why {
        NotCounted::BeforeStart => say("attempt-before-start", &Args::new()),
        NotCounted::OutsideWindow => say("attempt-outside-window", &Args::new()),
        NotCounted::TooSoon { earliest } => {
            let earliest = names::instant_in_words(view.calendar, earliest);
            say("attempt-too-soon", &Args::new().with("earliest", earliest))
        }
    }
}

/// When the next attempt was planned, or that none is owed any more.
pub(crate) fn planned_in_words(
    view: &View<'_>,
    contacts: &ContactsId,
    next: Option<Timestamp>,
) -> String {
    let title = view.policy.contacts.get(contacts);
    let title = title.map_or_else(
        || contacts.to_string(),
        |contacts| pick(&contacts.title, view.lang),
    );
    let args = Args::new().with("contacts", title);
    match next {
        Some(next) => {
            let args = args.with("next", names::instant_in_words(view.calendar, next));
            render(view.lang, "entry-attempt-planned", &args)
        }
        None => render(view.lang, "entry-attempts-over", &args),
    }
}
