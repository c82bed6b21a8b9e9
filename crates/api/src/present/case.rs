//! A whole case.

use huiyin_app::App;
use huiyin_app::cases::CaseDetail;
use huiyin_app::shelf::Version;
use huiyin_case::state::CaseState;
use huiyin_case::value::Fields;
use huiyin_policy::model::PartId;
use huiyin_texts::Lang;
use indexmap::IndexMap;

use super::{
    View, attachment, clock, contact, copies, entry, fact, level, link, names, offer, party,
    process, reconciliation, row, seal,
};
use crate::dto::case::{CaseView, FactGroup, PolicyPin};
use crate::dto::form::pick;
use crate::dto::tie::HoldView;

/// The case in the caller's language.
pub(crate) fn case(app: &App, detail: &CaseDetail, lang: Lang) -> CaseView {
    let directory = app.directory();
    let sealed = detail.state.sealed_texts(&detail.version.policy);
    let view = View {
        linked: Some(&detail.linked),
        sealed: &sealed,
        ..View::new(app, &directory, &detail.version, lang)
    };
    let state = &detail.state;
    let contacts = state.contacts(view.policy, view.calendar, app.now());
    let newer = detail.could_migrate_to.as_ref();
    let unit_of = |version: &Version| {
        let unit = version.unit();
        unit.map(|unit| names::unit_name(&directory, unit))
    };
    // Whoever brings a historical case in did not take it in: who did is not told.
    let taken_by = |person| match (person, &state.imported) {
        (Some(person), None) => names::person_name(&directory, person),
        _ => String::new(),
    };
    CaseView {
        row: row::row(&view, &detail.row),
        policy: PolicyPin {
            id: view.policy.id.to_string(),
            title: pick(&view.policy.title, lang),
            version: detail.version.version,
            unit: unit_of(&detail.version),
        },
        migrate_to: newer.map(|newer| newer.version),
        migrate_to_unit: newer.and_then(unit_of),
        taker: taken_by(state.opening.taker),
        first_contact: taken_by(state.opening.first_contact),
        by_customer: state.opening.by_customer,
        customer_contact: huiyin_app::mask::contact(&detail.contact),
        levels: level::levels(&view, state),
        parties: party::groups(&view, state),
        seals: seal::seals(&view, state, &detail.history),
        facts: facts(&view, state),
        contacts: contact::contacts(&view, &contacts),
        clocks: clock::clocks(&view, state),
        process: process::process(&view, state, &detail.history),
        links: link::links(&view, state, &detail.loose),
        attachments: attachment::list(&view, state, detail.attachable, &detail.removable),
        books: reconciliation::pins(&view, &state.opening.kind),
        hold: detail.sees_holds.then(|| hold(&view, detail)),
        offers: offer::offers(&view, state, &detail.offers),
        entries: entry::entries(&view, detail, &contacts),
    }
}

/// The legal hold, for those whom it concerns.
fn hold(view: &View<'_>, detail: &CaseDetail) -> HoldView {
    let held = detail.state.held.as_ref();
    HoldView {
        since: held.map(|held| names::instant(view.calendar, held.at)),
        by: held
            .and_then(|held| held.by)
            .map(|person| names::person_name(view.directory, person)),
        reason: held.map(|held| view.written(&held.reason)),
        may_decide: detail.may_hold,
    }
}

/// The facts as last corrected, by part, in the order of the policy.
fn facts(view: &View<'_>, state: &CaseState) -> Vec<FactGroup> {
    let mut parts: IndexMap<&PartId, Fields> = IndexMap::new();
    for (path, value) in &state.facts {
        parts
            .entry(path.part())
            .or_default()
            .insert(path.field().clone(), value.clone());
    }
    let policy = view.policy;
    let filled = policy
        .parts
        .iter()
        .filter_map(|(id, part)| Some((id, part, parts.get(id)?)));
    filled
        .map(|(id, part, fields)| FactGroup {
            part: id.to_string(),
            title: pick(&part.title, view.lang),
            fields: fact::list(view, Some(part), fields),
            copies: copies::copies(view, state, id, part),
        })
        .collect()
}
