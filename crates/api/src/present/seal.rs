//! What is sealed in a case: that it is there, who opened it; and what is under it for whoever opens it now.

use huiyin_app::seals::Opened;
use huiyin_case::event::{Event, Recorded};
use huiyin_case::id::PartyId;
use huiyin_case::state::CaseState;
use huiyin_policy::model::{Seal, SealId};
use huiyin_policy::show::selector;

use super::statistics::{clause, language};
use super::{View, attachment, error, fact, names};
use crate::dto::attachment::AttachmentView;
use crate::dto::case::FactView;
use crate::dto::form::{MeaningKind, pick};
use crate::dto::seal::{OpeningView, SealView, SealedFact};
use crate::dto::value;

/// The seals under which something is on record.
pub(crate) fn seals(view: &View<'_>, state: &CaseState, history: &[Recorded]) -> Vec<SealView> {
    let seals = view.policy.seals.iter();
    seals
        .map(|(id, declared)| seal(view, state, history, id, declared))
        .filter(|seal| !seal.fields.is_empty() || seal.files > 0)
        .collect()
}

fn seal(
    view: &View<'_>,
    state: &CaseState,
    history: &[Recorded],
    id: &SealId,
    declared: &Seal,
) -> SealView {
    let filled = state.sealed(view.policy, id).into_iter();
    let mut fields: Vec<String> = filled
        .filter_map(|one| Some(pick(&view.policy.field(&one.path)?.title, view.lang)))
        .collect();
    fields.dedup();
    let openings = history.iter().rev().filter_map(|recorded| {
        let Event::SealOpened { seal, reason } = &recorded.event else {
            return None;
        };
        (seal == id).then(|| OpeningView {
            who: recorded
                .actor
                .person()
                .map(|actor| names::actor(view.directory, actor, recorded.acting_for, view.lang))
                .unwrap_or_default(),
            at: names::instant(view.calendar, recorded.occurred_at),
            reason: view.written(reason),
        })
    });
    SealView {
        seal: id.to_string(),
        title: pick(&declared.title, view.lang),
        clause: clause(view.policy, &declared.clause, view.lang),
        fields,
        files: state.files_under(id).count(),
        opened_by: selector(view.policy, &declared.opened_by, language(view.lang)),
        openings: openings.collect(),
    }
}

/// What is under the seal that was just opened.
pub(crate) fn opened(view: &View<'_>, opened: &Opened) -> Vec<SealedFact> {
    let state = &opened.state;
    let role = |party: PartyId| {
        let party = state.parties.iter().find(|one| one.id == party)?;
        Some(error::party_title(view.policy, &party.role, view.lang))
    };
    let values = state.sealed(view.policy, &opened.seal).into_iter();
    values
        .filter_map(|one| {
            let field = view.policy.field(&one.path)?;
            Some(SealedFact {
                party: one.party.and_then(role),
                fact: FactView {
                    id: one.path.field().to_string(),
                    title: pick(&field.title, view.lang),
                    meaning: field.meaning.map(MeaningKind::of),
                    value: Some(value::write(one.value)),
                    text: fact::in_words(view, &field.ty, one.value),
                    sealed: true,
                },
            })
        })
        .collect()
}

/// The files under the seal that was just opened.
pub(crate) fn opened_files(view: &View<'_>, opened: &Opened) -> Vec<AttachmentView> {
    let files = opened.state.files_under(&opened.seal);
    files
        .map(|file| attachment::whole(view, file, &[]))
        .collect()
}
