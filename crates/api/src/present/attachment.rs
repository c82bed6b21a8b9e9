//! Attachments in the caller's words.

use huiyin_app::attachments::{FILE_TYPES, FileSort, media};
use huiyin_case::Actor;
use huiyin_case::attachment::Attached;
use huiyin_case::limits::ATTACHMENT_BYTES_MAX;
use huiyin_case::state::CaseState;

use super::{View, error, names};
use crate::dto::attachment::{AttachmentList, AttachmentSort, AttachmentView, SealChoice};
use crate::dto::form::pick;

/// What is attached to a case, and whether more may be.
pub(crate) fn list(
    view: &View<'_>,
    state: &CaseState,
    may_add: bool,
    removable: &[u32],
) -> AttachmentList {
    AttachmentList {
        items: state
            .attached()
            .map(|one| item(view, one, removable))
            .collect(),
        seals: kind_seals(view, state),
        may_add,
        bytes_max: ATTACHMENT_BYTES_MAX,
        extensions: extensions(),
    }
}

/// The extensions of all files that are taken.
pub(crate) fn extensions() -> Vec<String> {
    let all = FILE_TYPES.iter().flat_map(|one| one.extensions);
    all.map(|&one| one.to_owned()).collect()
}

/// The seals under which a file of this case can be put.
fn kind_seals(view: &View<'_>, state: &CaseState) -> Vec<SealChoice> {
    let kind = view.policy.kinds.get(&state.opening.kind).into_iter();
    kind.flat_map(|kind| view.policy.seals_for_files(kind))
        .map(|(id, seal)| SealChoice {
            seal: id.to_string(),
            title: pick(&seal.title, view.lang),
        })
        .collect()
}

/// An attachment as everybody sees it who sees the case.
fn item(view: &View<'_>, attached: &Attached, removable: &[u32]) -> AttachmentView {
    let whole = whole(view, attached, removable);
    match &attached.what.seal {
        None => whole,
        Some(seal) => AttachmentView {
            name: String::new(),
            note: None,
            sort: AttachmentSort::Document,
            media: String::new(),
            sealed: Some(error::seal_title(view.policy, seal, view.lang)),
            previewed: false,
            ..whole
        },
    }
}

/// An attachment with everything that is known of it, whether it is under a seal or not.
pub(super) fn whole(view: &View<'_>, attached: &Attached, removable: &[u32]) -> AttachmentView {
    let what = &attached.what;
    AttachmentView {
        entry: attached.entry,
        name: view.written(&what.name),
        note: what
            .note
            .as_deref()
            .filter(|note| !note.is_empty())
            .map(|note| view.written(note)),
        sort: match media::sort_of(&what.media) {
            FileSort::Image => AttachmentSort::Image,
            FileSort::Document => AttachmentSort::Document,
            FileSort::Audio => AttachmentSort::Audio,
            FileSort::Video => AttachmentSort::Video,
            FileSort::Text => AttachmentSort::Text,
        },
        media: what.media.clone(),
        bytes: what.bytes,
        who: attached
            .actor
            .person()
            .map(|person| names::person_name(view.directory, person)),
        at: names::instant(view.calendar, attached.at),
        from_customer: attached.actor == Actor::Customer,
        previewed: media::is_previewed(&what.media),
        removable: removable.contains(&attached.entry),
        sealed: None,
    }
}
