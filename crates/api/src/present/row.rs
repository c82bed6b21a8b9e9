//! Rows of the work list.

use huiyin_app::App;
use huiyin_case::event::{Holder, Roles};
use huiyin_case::state::{Ending, Stage};
use huiyin_store::CaseRow;
use huiyin_texts::{Args, Lang, render};

use super::{View, entry, level, names};
use crate::dto::case::{CaseRowView, CaseStatus, DueView, HolderView};
use crate::dto::form::pick;
use crate::dto::tie::EndingView;

/// Rows in the caller's language. A row whose policy version is gone is left out: it can't be shown truthfully.
pub(crate) fn rows(app: &App, rows: &[CaseRow], lang: Lang) -> Vec<CaseRowView> {
    let shelf = app.shelf();
    let directory = app.directory();
    rows.iter()
        .filter_map(|found| {
            let version = shelf.version(&found.policy, found.policy_version)?;
            let view = View::new(app, &directory, version, lang);
            Some(row(&view, found))
        })
        .collect()
}

/// One row.
pub(crate) fn row(view: &View<'_>, row: &CaseRow) -> CaseRowView {
    let kind = view.policy.kinds.get(&row.kind);
    let step = row.step.as_ref();
    let step_title = step
        .and_then(|step| kind?.steps.get(step))
        .map(|step| pick(&step.title, view.lang));
    let (severity, urgency, category) = level::of_row(view, &row.kind, &row.standing);
    CaseRowView {
        severity,
        urgency,
        category,
        id: row.case.to_string(),
        number: row.number.clone().unwrap_or_default(),
        kind: row.kind.to_string(),
        kind_title: kind
            .map(|kind| pick(&kind.title, view.lang))
            .unwrap_or_default(),
        subject: row.subject.clone(),
        excerpt: row.excerpt.clone(),
        customer_name: row.customer_name.clone(),
        internal: kind.is_some_and(|kind| kind.internal),
        sealed: kind.is_some_and(|kind| view.policy.seals_customer(&kind.open.part)),
        status: status(row.stage),
        ending: ending(row.ending),
        step: step.map(ToString::to_string).unwrap_or_default(),
        step_title: step_title.unwrap_or_default(),
        holder: holder(view, &row.holder),
        channel: row.channel.to_string(),
        channel_title: view
            .policy
            .channels
            .get(&row.channel)
            .map(|channel| pick(&channel.title, view.lang))
            .unwrap_or_default(),
        opened_at: names::instant(view.calendar, row.opened_at),
        due: row.tightest.as_ref().map(|tightest| DueView {
            clock: tightest.clock.to_string(),
            title: entry::clock_title(view, kind, &tightest.clock),
            started_at: names::instant(view.calendar, tightest.started_at),
            at: names::instant(view.calendar, tightest.due.at),
            date: tightest.due.date.to_string(),
            provisional: tightest.due.provisional,
        }),
        seq: row.seq,
    }
}

/// An ending as it is sent.
const fn ending(ending: Option<Ending>) -> Option<EndingView> {
    match ending {
        Some(Ending::Withdrawn) => Some(EndingView::Withdrawn),
        Some(Ending::Merged) => Some(EndingView::Merged),
        Some(Ending::Handled) | None => None,
    }
}

/// A stage as it is sent.
pub(crate) const fn status(stage: Stage) -> CaseStatus {
    match stage {
        Stage::Open => CaseStatus::Open,
        Stage::Closed => CaseStatus::Closed,
        Stage::Archived => CaseStatus::Archived,
    }
}

/// A holder with names, and whether who holds it is away.
pub(crate) fn holder(view: &View<'_>, holder: &Holder) -> HolderView {
    let organisation = &view.directory.organisation;
    let absent_until = holder
        .person
        .and_then(|person| organisation.absent_until(person, view.today));
    let deputies = holder
        .person
        .filter(|_| absent_until.is_some())
        .map(|person| organisation.deputies_of(person, view.today))
        .unwrap_or_default();
    HolderView {
        unit_id: holder.unit.map(|unit| unit.to_string()),
        unit: holder
            .unit
            .map(|unit| names::unit_name(view.directory, unit)),
        role: holder.roles.iter().next().map(ToString::to_string),
        roles: holder.roles.iter().map(ToString::to_string).collect(),
        role_title: Some(roles_in_words(view, &holder.roles)).filter(|title| !title.is_empty()),
        person_id: holder.person.map(|person| person.to_string()),
        person: holder
            .person
            .map(|person| names::person_name(view.directory, person)),
        absent_until: absent_until.map(|day| day.to_string()),
        deputies: deputies
            .into_iter()
            .map(|deputy| names::person_name(view.directory, deputy))
            .collect(),
    }
}

/// The titles of roles, all of them: `客服专员、客服部负责人`.
fn roles_in_words(view: &View<'_>, roles: &Roles) -> String {
    let titles: Vec<String> = roles
        .iter()
        .map(|role| {
            let known = view.policy.roles.get(role);
            known.map_or_else(|| role.to_string(), |role| pick(&role.title, view.lang))
        })
        .collect();
    titles.join(&render(view.lang, "list-separator", &Args::new()))
}

/// A holder in a sentence; `waits` where somebody has to accept the case first.
pub(crate) fn holder_in_words(view: &View<'_>, holder: &Holder, waits: bool) -> String {
    let unit = holder
        .unit
        .map(|unit| names::unit_name(view.directory, unit));
    let person = holder
        .person
        .map(|person| names::person_name(view.directory, person));
    let roles = Some(roles_in_words(view, &holder.roles)).filter(|titles| !titles.is_empty());
    let say = |key: &str, args: &Args| render(view.lang, key, args);
    let list = |who: String| {
        let key = if waits {
            "holder-awaited"
        } else {
            "holder-person"
        };
        say(key, &Args::new().with("person", who))
    };
    match (person, unit.or(roles)) {
        (Some(person), Some(unit)) if holder.unit.is_some() => say(
            "holder-person-unit",
            &Args::new().with("person", person).with("unit", unit),
        ),
        (Some(person), _) => say("holder-person", &Args::new().with("person", person)),
        (None, Some(list_of)) => list(list_of),
        (None, None) => say("holder-nobody", &Args::new()),
    }
}
