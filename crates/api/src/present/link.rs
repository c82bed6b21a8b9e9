//! The cases a case is linked to.

use huiyin_case::id::CaseId;
use huiyin_case::state::CaseState;
use huiyin_case::value::Value;

use super::{View, row};
use crate::dto::case::{LinkKind, LinkView};

/// All links: the one it came out of, the sample in the order of the draw, what was opened out of it.
pub(crate) fn links(view: &View<'_>, state: &CaseState) -> Vec<LinkView> {
    let from = state.raised_from.iter();
    let from = from.map(|case| link(view, LinkKind::RaisedFrom, *case, None));
    let sample = state.sample().iter().map(|one| {
        let done = is_done(state, one.case);
        link(view, LinkKind::Sampled, one.case, Some(done))
    });
    let raised = state.raised.iter();
    let raised = raised.map(|(_, case)| link(view, LinkKind::Raised, *case, None));
    from.chain(sample).chain(raised).collect()
}

/// Whether any valid entry is about the case.
fn is_done(state: &CaseState, case: CaseId) -> bool {
    let about = |value: &Value| *value == Value::Case(case);
    let mut entries = state.entries.iter().filter(|entry| !entry.void);
    entries.any(|entry| entry.fields.values().any(about))
}

fn link(view: &View<'_>, link: LinkKind, case: CaseId, done: Option<bool>) -> LinkView {
    let found = view.linked.and_then(|linked| linked.get(&case));
    LinkView {
        link,
        id: case.to_string(),
        case: found.map(|found| row::row(view, found)),
        done,
    }
}

/// A case as it is named in a sentence or a list of choices: number and subject, nothing of one that the caller may not
/// see.
pub(crate) fn name(view: &View<'_>, case: CaseId) -> String {
    let found = view.linked.and_then(|linked| linked.get(&case));
    found.map_or_else(
        || "—".to_owned(),
        |found| {
            let number = found.number.as_deref().unwrap_or_default();
            format!("{number} {}", found.subject).trim().to_owned()
        },
    )
}
