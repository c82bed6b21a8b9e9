//! Books compared with the system.

use huiyin_app::App;
use huiyin_app::reconciliation::{ComparedEntry, Comparison, LikelyCase};
use huiyin_case::reconciliation::Standing;
use huiyin_case::state::entry::EntryKind;
use huiyin_case::value::Fields;
use huiyin_policy::model::{
    Act, ChoiceId, FieldId, FieldType, KindId, Part, Reconciliation, ReconciliationId,
};
use huiyin_texts::Lang;

use super::row::rows;
use super::{View, fact, names};
use crate::dto::form::pick;
use crate::dto::reconciliation::{
    BookEntryView, BookPin, DecideOutcomeView, DecideView, LikelyCaseView, ReconciliationView,
};

/// The books in the caller's language.
pub(crate) fn books(app: &App, comparison: &Comparison, lang: Lang) -> Vec<ReconciliationView> {
    let directory = app.directory();
    let sealed = comparison.state.sealed_texts(&comparison.version.policy);
    let view = View {
        linked: Some(&comparison.found),
        sealed: &sealed,
        ..View::new(app, &directory, &comparison.version, lang)
    };
    let books = comparison.books.iter();
    let books = books.filter_map(|book| {
        let rule = view.policy.reconciliations.get(&book.id)?;
        let entries = book.entries.iter();
        Some(ReconciliationView {
            id: book.id.to_string(),
            title: pick(&rule.title, lang),
            clause: rule.clause.to_string(),
            unit: names::unit_name(&directory, book.unit),
            from: book.days.0.to_string(),
            to: book.days.1.to_string(),
            within_days: rule.within_days,
            enter: rule.entries.act.to_string(),
            decide: decide(&view, rule),
            entries: entries.map(|one| entry(app, &view, rule, one)).collect(),
            others: rows(app, &book.others, lang),
            cut: book.cut,
        })
    });
    books.collect()
}

/// The books that are compared in a case of a kind.
pub(crate) fn pins(view: &View<'_>, kind: &KindId) -> Vec<BookPin> {
    let books = view.policy.reconciliations_of(kind);
    let pin = |(id, rule): (&ReconciliationId, &Reconciliation)| BookPin {
        id: id.to_string(),
        enter: rule.entries.act.to_string(),
        decide: rule.answers.act.to_string(),
    };
    books.map(pin).collect()
}

/// The part of an act of the policy.
fn part_of<'v>(view: &View<'v>, act: Option<&'v Act>) -> Option<&'v Part> {
    view.policy.parts.get(act?.part.as_ref()?)
}

fn decide(view: &View<'_>, rule: &Reconciliation) -> DecideView {
    let act = view.policy.acts.get(&rule.answers.act);
    let field = act.and_then(|act| act.outcome.as_ref());
    let part = part_of(view, act);
    let choices = part.and_then(|part| match &part.fields.get(field?)?.ty {
        FieldType::OneOf(choices) => Some(choices),
        _ => None,
    });
    let some = act.and_then(|act| act.outcomes.as_ref());
    let choices = choices.into_iter().flatten();
    let choices = choices.filter(|(id, _)| some.is_none_or(|some| some.contains(id)));
    DecideView {
        act: rule.answers.act.to_string(),
        entry: rule.answers.entry.to_string(),
        case: rule.answers.case.to_string(),
        outcome: field.map(ToString::to_string).unwrap_or_default(),
        outcomes: choices
            .map(|(id, title)| DecideOutcomeView {
                id: id.to_string(),
                title: pick(title, view.lang),
                standing: says(rule, id).to_owned(),
            })
            .collect(),
    }
}

/// What an outcome says of an entry.
fn says(rule: &Reconciliation, outcome: &ChoiceId) -> &'static str {
    if *outcome == rule.answers.found {
        "found"
    } else if *outcome == rule.answers.missing {
        Standing::Missing.as_str()
    } else {
        Standing::Settled.as_str()
    }
}

fn entry(app: &App, view: &View<'_>, rule: &Reconciliation, one: &ComparedEntry) -> BookEntryView {
    let part = part_of(view, view.policy.acts.get(&rule.entries.act));
    let (mut head, mut rest) = (Fields::new(), Fields::new());
    for (id, value) in &one.entry.fields {
        let of_head = *id == rule.entries.on || *id == rule.entries.text;
        let fields = if of_head { &mut head } else { &mut rest };
        fields.insert(id.clone(), value.clone());
    }
    let head = fact::list(view, part, &head);
    let said = |field: &FieldId| {
        let fact = head.iter().find(|fact| fact.id == field.as_str());
        fact.map(|fact| fact.text.clone()).unwrap_or_default()
    };
    let found = match one.standing {
        Standing::Found(case) => view.linked.and_then(|linked| linked.get(&case)),
        Standing::Undecided | Standing::Missing | Standing::Settled => None,
    };
    BookEntryView {
        number: one.number,
        entry: one.entry.seq,
        on: said(&rule.entries.on),
        text: said(&rule.entries.text),
        facts: fact::list(view, part, &rest),
        standing: one.standing.as_str().to_owned(),
        answer: answer(view, rule, one),
        found: found.and_then(|found| rows(app, std::slice::from_ref(found), view.lang).pop()),
        likely: one
            .likely
            .iter()
            .filter_map(|likely| self::likely(app, view, (rule, part), likely))
            .collect(),
    }
}

/// What was decided, in words.
fn answer(view: &View<'_>, rule: &Reconciliation, one: &ComparedEntry) -> Option<String> {
    let act = view.policy.acts.get(&rule.answers.act)?;
    let EntryKind::Act { outcome, .. } = &one.answer.as_ref()?.what else {
        return None;
    };
    let FieldType::OneOf(choices) = &part_of(view, Some(act))?
        .fields
        .get(act.outcome.as_ref()?)?
        .ty
    else {
        return None;
    };
    let title = choices.get(outcome.as_ref()?)?;
    Some(pick(title, view.lang))
}

fn likely(
    app: &App,
    view: &View<'_>,
    (rule, part): (&Reconciliation, Option<&Part>),
    likely: &LikelyCase,
) -> Option<LikelyCaseView> {
    let contact = rule.entries.contact.as_ref();
    let contact = contact.filter(|_| likely.same_contact);
    let same = contact.into_iter().chain(&likely.same);
    let title = |field| Some(pick(&part?.fields.get(field)?.title, view.lang));
    Some(LikelyCaseView {
        case: rows(app, std::slice::from_ref(&likely.row), view.lang).pop()?,
        same: same.filter_map(title).collect(),
        text_percent: likely.text_percent,
        days_after: likely.days_after,
        since: likely.since,
    })
}
