//! Settling a form as it is put on record.

use huiyin_policy::model::{Act, Part, PartId, Settles};
use huiyin_policy::settle::Kept;

use super::draft::Draft;
use super::record::{form_of, offered_now};
use super::{Context, Mode};
use crate::command::{Act as Asked, Command};
use crate::event::Event;
use crate::fields::{Filled, Form};
use crate::refusal::{Refusal, Rule};
use crate::settling::{self, FormSettled};
use crate::state::CaseState;
use crate::state::entry::Entry;
use crate::value::Fields;

/// The fields of an act, with those that its form's sheets give, and what was settled.
///
/// # Errors
///
/// What is wrong with the form, what keeps its rows from being settled, and what its sheets need.
pub(super) fn filled_in(
    draft: &Draft<'_>,
    act: &Act,
    fields: &Fields,
) -> Result<(Fields, Option<FormSettled>), Refusal> {
    let form = form_of(draft, act);
    if draft.mode == Mode::Trial {
        let form = Form {
            filled: Filled::StandIn,
            ..form
        };
        return Ok((form.check(fields, draft.facts())?, None));
    }
    let typed = form.check(fields, draft.facts())?;
    let Some((id, part, settles)) = settled_form(draft, act) else {
        return Ok((typed, None));
    };
    let settled = settle(draft, (id, part), settles, &typed)?;
    settling::nothing_open(settles, &settled.settled)?;
    let mut all = typed;
    all.extend(settled.given.clone());
    let form = Form {
        filled: Filled::Complete,
        ..form
    };
    Ok((form.check(&all, draft.facts())?, Some(settled)))
}

/// Puts on record what was settled with an entry.
pub(super) fn keep(draft: &mut Draft<'_>, entry: u32, settled: Option<FormSettled>) {
    let Some(settled) = settled else { return };
    let kept: Box<Kept> = Box::new(settled.kept());
    let at = draft.at;
    draft.follow_with(Event::SheetsSettled { entry, kept }, at);
}

/// What a form's sheets give as far as it is filled in; nothing is put on record, and what else is missing on the form is not
/// looked at.
///
/// # Errors
///
/// As for putting the act on record, where the actor may not; otherwise what keeps the rows from being settled.
pub fn preview(
    state: &CaseState,
    context: &Context<'_>,
    command: &Command,
) -> Result<FormSettled, Refusal> {
    let Asked::Record { act: id, fields } = &command.act else {
        return Err(Rule::NotEntitled.into());
    };
    let draft = Draft::new(context, command, state)?;
    let act = offered_now(&draft, id)?;
    let Some((id, part, settles)) = settled_form(&draft, act) else {
        return Err(Rule::NotEntitled.into());
    };
    form_of(&draft, act).check_rows(fields)?;
    settle(
        &draft,
        (id, part),
        settles,
        &settling::typed(Some(part), fields),
    )
}

/// Whether a later entry was settled with what a correction of this one would change; `None` voids it.
pub(super) fn rests_on(draft: &Draft<'_>, entry: &Entry, fields: Option<&Fields>) -> bool {
    let policy = draft.policy();
    let Some(part) = draft.state.part_of(policy, &entry.what) else {
        return false;
    };
    let later = draft.state.entries.iter();
    let later = later.filter(|one| one.seq > entry.seq && !one.void && one.settled.is_some());
    let used = later.filter_map(|one| {
        let part = draft.state.part_of(policy, &one.what)?;
        policy.parts.get(part)?.settles.as_ref()
    });
    let mut paths = used.flat_map(Settles::uses);
    paths.any(|path| {
        let field = path.field();
        let now = fields.and_then(|fields| fields.get(field));
        path.part() == part && entry.fields.get(field) != now
    })
}

fn settle(
    draft: &Draft<'_>,
    form: (&PartId, &Part),
    settles: &Settles,
    typed: &Fields,
) -> Result<FormSettled, Refusal> {
    let facts = draft.facts().with(form.0, typed);
    let number = draft.state.number.as_deref();
    settling::settle(draft.policy(), form, settles, facts, number)
}

fn settled_form<'a>(
    draft: &Draft<'a>,
    act: &'a Act,
) -> Option<(&'a PartId, &'a Part, &'a Settles)> {
    let id = act.part.as_ref()?;
    let part = draft.policy().parts.get(id)?;
    Some((id, part, part.settles.as_ref()?))
}
