//! The copies of a form, and which were handed out.

use huiyin_case::state::CaseState;
use huiyin_policy::model::{Part, PartId};

use super::{View, names};
use crate::dto::case::CopyView;
use crate::dto::form::pick;

/// Every copy of a form in its order, with the last time it was handed out.
pub(crate) fn copies(
    view: &View<'_>,
    state: &CaseState,
    form: &PartId,
    part: &Part,
) -> Vec<CopyView> {
    let copies = part.copies.iter().map(|(id, copy)| {
        let entry = state.handed_out(view.policy, form, id).last();
        CopyView {
            id: id.to_string(),
            title: pick(&copy.title, view.lang),
            handed_out: entry.map(|entry| names::instant(view.calendar, entry.occurred_at)),
            by: entry
                .and_then(|entry| entry.actor.person())
                .map(|person| names::person_name(view.directory, person)),
        }
    });
    copies.collect()
}
