//! Attaching files, and taking them away again.

use huiyin_policy::model::SealId;

use super::corrector::may_correct;
use super::draft::{Draft, required_text};
use super::portal::takes_file;
use crate::actor::Actor;
use crate::attachment::Attachment;
use crate::event::Event;
use crate::limits::{ATTACHMENT_BYTES_MAX, ATTACHMENT_NAME_CHARS_MAX, ATTACHMENT_NOTE_CHARS_MAX};
use crate::refusal::{Refusal, Rule};

/// Attaches a file; whoever can see the case may, as with a note, and its customer as far as the policy takes files from him.
pub(super) fn attach(draft: &mut Draft<'_>, what: &Attachment) -> Result<(), Refusal> {
    if draft.actor == Actor::Customer {
        takes_file(draft)?;
    }
    let name_is_fit = !what.name.trim().is_empty()
        && what.name.chars().count() <= ATTACHMENT_NAME_CHARS_MAX
        && !what.name.chars().any(char::is_control);
    if !name_is_fit {
        return Err(Rule::LimitReached("attachment_name").into());
    }
    let note_chars = what.note.as_ref().map_or(0, |note| note.chars().count());
    if note_chars > ATTACHMENT_NOTE_CHARS_MAX {
        return Err(Rule::LimitReached("attachment_note").into());
    }
    if what.bytes > ATTACHMENT_BYTES_MAX {
        return Err(Rule::LimitReached("attachment_bytes").into());
    }
    draft.state.has_room_for(what.bytes)?;
    let seal = seal(draft, what)?;
    draft.push(Event::AttachmentAdded(Attachment {
        seal,
        ..what.clone()
    }));
    Ok(())
}

/// The seal it comes under: what the customer sends under the one that the policy has for it, anything else where whoever
/// attaches it puts it.
fn seal(draft: &Draft<'_>, what: &Attachment) -> Result<Option<SealId>, Refusal> {
    let policy = draft.policy();
    if draft.actor == Actor::Customer {
        return Ok(policy.seal_of_customers_files(draft.kind).cloned());
    }
    if let Some(seal) = &what.seal {
        let mut takers = policy.seals_for_files(draft.kind);
        if !takers.any(|(id, _)| id == seal) {
            return Err(Rule::SealTakesNoFile(seal.clone()).into());
        }
    }
    Ok(what.seal.clone())
}

/// Takes an attachment away; whoever might correct an entry of the same author may.
pub(super) fn detach(draft: &mut Draft<'_>, entry: u32, reason: &str) -> Result<(), Refusal> {
    let attached = draft
        .state
        .attachment(entry)
        .ok_or(Rule::AttachmentNotThere(entry))?;
    may_correct(draft, attached.actor, None)?;
    required_text(reason)?;
    draft.push(Event::AttachmentRemoved {
        entry,
        reason: reason.to_owned(),
    });
    Ok(())
}
