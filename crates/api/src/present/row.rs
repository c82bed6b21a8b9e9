//! Rows of the work list.

use huiyin_app::App;
use huiyin_case::event::Holder;
use huiyin_case::state::Stage;
use huiyin_policy::model::Policy;
use huiyin_store::CaseRow;
use huiyin_texts::{Args, Lang, render};

use super::{View, entry, names};
use crate::dto::case::{CaseRowView, CaseStatus, DueView, HolderView};
use crate::dto::form::pick;

/// Rows in the caller's language. A row whose policy version is gone is left out: it can't be shown truthfully.
pub(crate) fn rows(app: &App, rows: &[CaseRow], lang: Lang) -> Vec<CaseRowView> {
    let shelf = app.shelf();
    let directory = app.directory();
    rows.iter()
        .filter_map(|found| {
            let version = shelf.version(&found.policy, found.policy_version)?;
            let view = View {
                policy: &version.policy,
                calendar: app.calendar(),
                directory: &directory,
                lang,
                linked: None,
            };
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
    CaseRowView {
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
        status: status(row.stage),
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

/// A stage as it is sent.
pub(crate) const fn status(stage: Stage) -> CaseStatus {
    match stage {
        Stage::Open => CaseStatus::Open,
        Stage::Closed => CaseStatus::Closed,
        Stage::Archived => CaseStatus::Archived,
    }
}

/// A holder with names.
pub(crate) fn holder(view: &View<'_>, holder: &Holder) -> HolderView {
    HolderView {
        unit_id: holder.unit.map(|unit| unit.to_string()),
        unit: holder
            .unit
            .map(|unit| names::unit_name(view.directory, unit)),
        role: holder.role.as_ref().map(ToString::to_string),
        role_title: holder
            .role
            .as_ref()
            .map(|role| role_title(view.policy, role, view.lang)),
        person_id: holder.person.map(|person| person.to_string()),
        person: holder
            .person
            .map(|person| names::person_name(view.directory, person)),
    }
}

fn role_title(policy: &Policy, role: &huiyin_policy::model::RoleId, lang: Lang) -> String {
    policy
        .roles
        .get(role)
        .map_or_else(|| role.to_string(), |role| pick(&role.title, lang))
}

/// A holder in a sentence; `waits` where somebody has to accept the case first.
pub(crate) fn holder_in_words(view: &View<'_>, holder: &Holder, waits: bool) -> String {
    let unit = holder
        .unit
        .map(|unit| names::unit_name(view.directory, unit));
    let person = holder
        .person
        .map(|person| names::person_name(view.directory, person));
    let say = |key: &str, args: &Args| render(view.lang, key, args);
    match (person, unit, &holder.role) {
        (Some(person), Some(unit), _) => say(
            "holder-person-unit",
            &Args::new().with("person", person).with("unit", unit),
        ),
        (Some(person), None, _) => say("holder-person", &Args::new().with("person", person)),
        (None, Some(unit), _) => say(
            if waits {
                "holder-awaited"
            } else {
                "holder-person"
            },
            &Args::new().with("person", unit),
        ),
        (None, None, Some(role)) => say(
            if waits {
                "holder-awaited"
            } else {
                "holder-person"
            },
            &Args::new().with("person", role_title(view.policy, role, view.lang)),
        ),
        (None, None, None) => say("holder-nobody", &Args::new()),
    }
}
