//! Correcting a wrong entry. The entry stays in the log; what follows from it is taken back where that is possible.
//!
//! - The fields of the registration and of an act may be replaced at any time before archiving, as long as the outcome
//!   stays: an outcome decides where the case goes, so a wrong one is voided and recorded anew.
//! - Whoever may not put an act on record because it judges his own work may not correct it either.
//! - An act or note may be voided. Clocks that the act stopped run again, and needs no longer see it.
//! - If the act brought the case to its present step, and nothing was done there yet, the case goes back.
//! - If the case was closed on the act, went on from the step it led to, or passed a need that only this act fulfilled,
//!   voiding is refused. Opening the case again settles what came before: nothing of it is rested on any more.

use huiyin_policy::model::{ActId, Need, NeedWhat, PartId, Policy, StepId};

use super::corrector::{authorise, respect_seals};
use super::draft::{Draft, required_text};
use super::record::{keep_own_work_out, respect_band};
use super::register::form;
use super::{Mode, settle};
use crate::event::{Event, Holder};
use crate::fields::Form;
use crate::moment::Happened;
use crate::reconciliation;
use crate::refusal::{Refusal, Rule};
use crate::seal::restored;
use crate::settling;
use crate::state::Stage;
use crate::state::entry::{Entry, EntryKind, Passage};
use crate::value::Fields;

pub(super) fn correct(
    draft: &mut Draft<'_>,
    seq: u32,
    fields: Option<&Fields>,
    reason: &str,
) -> Result<(), Refusal> {
    let entry = draft
        .state
        .entry(seq)
        .filter(|entry| !entry.void)
        .cloned()
        .ok_or(Rule::EntryNotCorrectable(seq))?;
    authorise(draft, &entry)?;
    required_text(reason)?;
    let reason = reason.to_owned();
    let seen = fields.map(|sent| {
        let part = draft.state.part_of(draft.policy(), &entry.what);
        let sealed = draft.state.sealed_texts(draft.policy());
        restored(draft.policy(), part, &entry.fields, sent, &sealed)
    });
    let fields = seen.as_ref();
    if let Some(fields) = fields {
        respect_seals(draft, &entry, fields)?;
    }
    if settle::rests_on(draft, &entry, fields) {
        return Err(Rule::EntryRestedOn(seq).into());
    }
    match (&entry.what, fields) {
        (EntryKind::Opening, Some(fields)) => {
            let form = Form {
                sample: draft.state.sample(),
                ..form(draft.context, draft.kind)
            };
            let fields = Some(form.check(fields, draft.facts())?);
            draft.push(Event::EntryCorrected {
                entry: seq,
                fields,
                reason,
            });
            Ok(())
        }
        (EntryKind::Act { act: id, outcome }, Some(fields)) => {
            let act = draft
                .policy()
                .acts
                .get(id)
                .ok_or(Rule::EntryNotCorrectable(seq))?;
            keep_own_work_out(draft, act, &entry.fields)?;
            let part = act.part.as_ref();
            let part = part.and_then(|part| draft.policy().parts.get(part));
            let typed = match draft.mode {
                Mode::Real => settling::typed(part, fields),
                Mode::Trial => fields.clone(),
            };
            let (fields, settled) = settle::filled_in(draft, act, &typed)?;
            keep_own_work_out(draft, act, &fields)?;
            let outcome_now = act
                .outcome
                .as_ref()
                .and_then(|field| fields.get(field)?.choice());
            if outcome_now != outcome.as_ref() {
                return Err(Rule::EntryRestedOn(seq).into());
            }
            let (policy, state) = (draft.context.policy, &draft.state);
            reconciliation::check_answer(policy, state, id, outcome.as_ref(), &fields)?;
            draft.push(Event::EntryCorrected {
                entry: seq,
                fields: Some(fields),
                reason,
            });
            settle::keep(draft, seq, settled);
            respect_band(draft, act)
        }
        (EntryKind::Note(_), None) => {
            draft.push(Event::EntryCorrected {
                entry: seq,
                fields: None,
                reason,
            });
            Ok(())
        }
        (EntryKind::Act { act, .. }, None) => {
            if let Some(act) = draft.policy().acts.get(act) {
                keep_own_work_out(draft, act, &entry.fields)?;
            }
            void(draft, &entry, act, reason)
        }
        _ => Err(Rule::EntryNotCorrectable(seq).into()),
    }
}

fn void(draft: &mut Draft<'_>, entry: &Entry, act: &ActId, reason: String) -> Result<(), Refusal> {
    let passage = draft
        .state
        .passages
        .iter()
        .find(|passage| passage.cause == entry.seq)
        .cloned();
    let taken_back = match passage {
        Some(passage) if can_go_back(draft, &passage) => passage
            .from
            .clone()
            .map(|from| (from, passage.holder_before)),
        Some(_) => return Err(Rule::EntryRestedOn(entry.seq).into()),
        None => None,
    };
    if is_needed(draft, entry, act) {
        return Err(Rule::EntryRestedOn(entry.seq).into());
    }
    draft.push(Event::EntryCorrected {
        entry: entry.seq,
        fields: None,
        reason,
    });
    if let Some((step, holder)) = taken_back {
        let holder = held_again(draft, &step, holder);
        draft.push(Event::StepEntered { step, holder });
    }
    Ok(())
}

/// Who held the case before; whoever has left since, or handed it on, doesn't get it back.
fn held_again(draft: &Draft<'_>, step: &StepId, before: Holder) -> Holder {
    let Some(person) = before.person else {
        return before;
    };
    let person = draft.state.successor_of(person);
    if draft.context.organisation.active(person).is_some() {
        return Holder {
            person: Some(person),
            ..before
        };
    }
    let step = draft.kind.steps.get(step);
    step.map_or(before, |step| draft.who().holder(&step.by, None))
}

/// Whether nothing was done since a passage.
fn can_go_back(draft: &Draft<'_>, passage: &Passage) -> bool {
    draft.state.stage == Stage::Open
        && draft.state.passages.last() == Some(passage)
        && !draft.state.happened.iter().any(|one| one.seq > passage.seq)
}

/// Whether a later passage, other than the entry's own, passed a need that only this entry fulfilled.
fn is_needed(draft: &Draft<'_>, entry: &Entry, act: &ActId) -> bool {
    let part = draft
        .policy()
        .acts
        .get(act)
        .and_then(|act| act.part.as_ref());
    let later = draft
        .state
        .passages
        .iter()
        .filter(|passage| passage.seq > entry.seq && passage.cause != entry.seq);
    later.into_iter().any(|passage| {
        let again = draft.state.entries.iter().any(|other| {
            let same = matches!(&other.what, EntryKind::Act { act: other, .. } if other == act);
            same && !other.void && other.seq != entry.seq && other.seq < passage.seq
        });
        !again
            && needs_of(draft, passage)
                .into_iter()
                .any(|need| asks_for(draft.policy(), need, act, part))
    })
}

/// The needs that a passage had to fulfil.
fn needs_of<'a>(draft: &Draft<'a>, passage: &Passage) -> Vec<&'a Need> {
    let causes: Vec<&Happened> = draft
        .state
        .happened
        .iter()
        .filter(|one| one.seq == passage.cause || one.seq == passage.seq)
        .collect();
    let step = passage
        .from
        .as_ref()
        .and_then(|from| draft.kind.steps.get(from));
    let rows = step
        .into_iter()
        .flat_map(|step| &step.moves)
        .filter(|row| causes.iter().any(|one| one.is(&row.on)));
    let closing = draft
        .kind
        .close_needs
        .iter()
        .filter(|_| passage.to.is_none());
    rows.flat_map(|row| &row.needs).chain(closing).collect()
}

fn asks_for(policy: &Policy, need: &Need, act: &ActId, part: Option<&PartId>) -> bool {
    match &need.what {
        NeedWhat::Act { act: asked, .. } => asked == act,
        NeedWhat::Each { act: asked, .. } => asked == act,
        NeedWhat::Raised { .. } => false,
        NeedWhat::Copies { of, .. } => {
            let fields = part.and_then(|part| policy.parts.get(part));
            let mut fields = fields.into_iter().flat_map(|part| part.fields.values());
            fields.any(|field| field.copies_of.as_ref() == Some(of))
        }
        NeedWhat::Field(path) => Some(path.part()) == part,
        NeedWhat::Holds { condition, .. } => condition
            .facts()
            .iter()
            .any(|path| Some(path.part()) == part),
    }
}
