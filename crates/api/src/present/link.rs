//! The cases a case is linked to.

use huiyin_case::id::CaseId;
use huiyin_case::link::{Link, Tie};
use huiyin_case::state::CaseState;
use huiyin_case::state::entry::Entry;
use huiyin_policy::model::{FieldId, FieldType, KindId};

use super::{View, fact, names, row};
use crate::dto::case::FactView;
use crate::dto::tie::{LinkKind, LinkView};

/// All links: the one it came out of, the sample in the order of the draw, what was opened out of it, and what it was tied to
/// by decision. Of the last, those to cases that the caller may not see are left out: even that there are such would tell of
/// them. `loose` are the ties that the caller may take back.
pub(crate) fn links(view: &View<'_>, state: &CaseState, loose: &[Tie]) -> Vec<LinkView> {
    let from = state.raised_from.iter();
    let from = from.map(|case| link(view, LinkKind::RaisedFrom, *case));
    let sample = state.sample().iter().map(|one| {
        let last = state.entries_about(one.case).last();
        LinkView {
            done: Some(last.is_some()),
            who: last
                .and_then(|entry| entry.actor.person())
                .map(|person| names::person_name(view.directory, person)),
            entered: last
                .map(|entry| entered(view, state, entry))
                .unwrap_or_default(),
            ..link(view, LinkKind::Sampled, one.case)
        }
    });
    let raised = state.raised.iter();
    let raised = raised.filter(|raised| is_shown(view, &raised.kind, raised.case));
    let raised = raised.map(|raised| link(view, LinkKind::Raised, raised.case));
    let ties = state.ties.iter();
    let ties = ties.filter(|tie| is_visible(view, tie.case)).map(|tie| {
        let decision = tie.link.decision().filter(|_| loose.contains(tie));
        LinkView {
            undo: decision.map(|kind| kind.as_str().to_owned()),
            ..link(view, kind_of(tie.link), tie.case)
        }
    });
    from.chain(sample).chain(raised).chain(ties).collect()
}

/// Whether the caller may see a linked case.
pub(crate) fn is_visible(view: &View<'_>, case: CaseId) -> bool {
    view.linked.is_some_and(|linked| linked.contains_key(&case))
}

/// Whether a case that was opened out of this one may be spoken of: one of a kind that only some people see would betray itself.
pub(crate) fn is_shown(view: &View<'_>, kind: &KindId, case: CaseId) -> bool {
    let kind = view.policy.kinds.get(kind);
    is_visible(view, case) || kind.is_none_or(|kind| kind.sees.is_none())
}

const fn kind_of(link: Link) -> LinkKind {
    match link {
        Link::SameMatter => LinkKind::SameMatter,
        Link::Repeats => LinkKind::Repeats,
        Link::RepeatedBy => LinkKind::RepeatedBy,
        Link::PartOf => LinkKind::PartOf,
        Link::Concerns => LinkKind::Concerns,
        Link::MergedInto => LinkKind::MergedInto,
        Link::Absorbed => LinkKind::Absorbed,
    }
}

/// What was said of a case of the sample, without which case that is.
fn entered(view: &View<'_>, state: &CaseState, entry: &Entry) -> Vec<FactView> {
    let part = state.part_of(view.policy, &entry.what);
    let part = part.and_then(|part| view.policy.parts.get(part));
    let is_case = |fact: &FactView| {
        let field = part.and_then(|part| part.fields.get(&FieldId::new(&fact.id)));
        field.is_some_and(|field| field.ty == FieldType::Case)
    };
    let mut facts = fact::list(view, part, &entry.fields);
    facts.retain(|fact| !is_case(fact));
    facts
}

fn link(view: &View<'_>, link: LinkKind, case: CaseId) -> LinkView {
    let found = view.linked.and_then(|linked| linked.get(&case));
    LinkView {
        link,
        id: case.to_string(),
        case: found.map(|found| row::row(view, found)),
        done: None,
        who: None,
        entered: Vec::new(),
        undo: None,
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
