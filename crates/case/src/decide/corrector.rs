//! Who may correct what is on record.

use huiyin_policy::model::{ActId, Moment};

use super::draft::Draft;
use crate::actor::Actor;
use crate::id::PersonId;
use crate::refusal::{Refusal, Rule};
use crate::state::entry::{Entry, EntryKind};
use crate::value::Fields;

/// Who may correct an entry: whoever put it on record, in his own right or another's, and besides him those whom the policy names.
/// Where it names nobody, the taker and whoever acts in the case's step may correct what opened the case, and an act whoever may
/// put it on record. What the system put on record nobody corrects, nor what the customer said later than when he brought the case in.
pub(super) fn authorise(draft: &Draft<'_>, entry: &Entry) -> Result<(), Refusal> {
    let is_his_word = entry.actor == Actor::Customer && entry.what != EntryKind::Opening;
    if entry.actor == Actor::System || is_his_word {
        return Err(Rule::EntryNotCorrectable(entry.seq).into());
    }
    if is_by(draft, entry) {
        return Ok(());
    }
    let (named, clause) = match &entry.what {
        EntryKind::Opening => {
            let open = &draft.kind.open;
            (open.corrected_by.as_ref(), Some(&open.clause))
        }
        EntryKind::Act { act, .. } => {
            let act = draft.policy().acts.get(act);
            let named = act.and_then(|act| act.corrected_by.as_ref());
            (named, act.and_then(|act| act.clause.as_ref()))
        }
        EntryKind::Note(_) => (None, None),
    };
    let may = match (named, &entry.what) {
        (Some(named), _) => draft.admits(named),
        (None, EntryKind::Act { act, .. }) => may_record(draft, act),
        (None, _) => return may_correct(draft, entry.actor, entry.acting_for),
    };
    may.then_some(())
        .ok_or_else(|| Refusal::under(Rule::NotEntitled, clause))
}

/// Whether the entry is the actor's own.
fn is_by(draft: &Draft<'_>, entry: &Entry) -> bool {
    let authors = [entry.actor.person(), entry.acting_for];
    let own = draft.right.as_ref().is_some_and(|right| {
        let mut authors = authors.into_iter().flatten();
        authors.any(|person| right.is(person))
    });
    own || (entry.actor == Actor::Customer && draft.actor == Actor::Customer)
}

/// Whether the actor is among those who put such an act on record, in whichever step that is, or after closing.
fn may_record(draft: &Draft<'_>, id: &ActId) -> bool {
    let own = draft.policy().acts.get(id).and_then(|act| act.by.as_ref());
    let steps = draft.kind.steps.values();
    let mut steps = steps.filter(|step| step.acts.contains(id));
    let mut after = draft.kind.after_close.iter().filter(|row| {
        let is_it = |moment: &Moment| matches!(moment, Moment::Act { act, .. } if act == id);
        is_it(&row.on)
    });
    let last = draft.state.last_step(draft.context.policy);
    steps.any(|step| draft.admits(own.unwrap_or(&step.by)))
        || after.any(|row| {
            let by = row.by.as_ref().or(last.map(|step| &step.by));
            by.is_some_and(|by| draft.admits(by))
        })
}

/// Refuses to put another text in the place of a sealed one: whoever replaced it would have it lost without anybody's having opened the
/// seal. Whoever wrote it may, and whoever may open the seal.
pub(super) fn respect_seals(
    draft: &Draft<'_>,
    entry: &Entry,
    fields: &Fields,
) -> Result<(), Refusal> {
    if is_by(draft, entry) {
        return Ok(());
    }
    let part = draft.state.part_of(draft.policy(), &entry.what);
    let part = part.and_then(|part| draft.policy().parts.get(part));
    for (id, field) in part.into_iter().flat_map(|part| &part.fields) {
        let seal = field.sealed.as_ref();
        let Some(seal) = seal.and_then(|seal| draft.policy().seals.get(seal)) else {
            continue;
        };
        let before = entry.fields.get(id);
        let replaced = before.is_some() && before != fields.get(id);
        if replaced && !draft.admits(&seal.opened_by) {
            return Err(Refusal::under(Rule::NotEntitled, Some(&seal.clause)));
        }
    }
    Ok(())
}

/// The author may correct, in his own right or another's, and so may the taker and whoever acts in the case's step.
pub(super) fn may_correct(
    draft: &Draft<'_>,
    author: Actor,
    acting_for: Option<PersonId>,
) -> Result<(), Refusal> {
    let taker = draft.state.opening.taker;
    let named = [author.person(), acting_for, taker];
    let step = draft.state.last_step(draft.context.policy);
    let may = draft.right.as_ref().is_some_and(|right| {
        named.into_iter().flatten().any(|person| right.is(person))
            || step.is_some_and(|step| draft.who().entitles(&step.by, right))
    });
    // The customer corrects what he has put on record himself.
    if may || (author == Actor::Customer && draft.actor == Actor::Customer) {
        Ok(())
    } else {
        Err(Rule::NotEntitled.into())
    }
}
