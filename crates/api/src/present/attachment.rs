//! Attachments in the caller's words.

use huiyin_app::attachments::{FILE_TYPES, FileSort, media};
use huiyin_case::Actor;
use huiyin_case::attachment::Attached;
use huiyin_case::limits::ATTACHMENT_BYTES_MAX;
use huiyin_case::state::CaseState;

use super::{View, names};
use crate::dto::attachment::{AttachmentList, AttachmentSort, AttachmentView};

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

fn item(view: &View<'_>, attached: &Attached, removable: &[u32]) -> AttachmentView {
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
    }
}
