//! Putting an act of the policy on record.

use huiyin_policy::model::{
    Act, ActId, BandOutcome, ChoiceId, ClauseId, FactPath, Moment, Policy, RoleId, Tell,
};

use super::authority::Doing;
use super::draft::Draft;
use super::follow_up;
use super::lifecycle::rows_after_close;
use super::moves::Judged;
use super::settle;
use crate::actor::Actor;
use crate::declaration::is_declared_by;
use crate::deputy::Right;
use crate::event::Event;
use crate::facts::Facts;
use crate::fields::{Filled, Form};
use crate::reconciliation;
use crate::refusal::{Refusal, Rule};
use crate::state::{CaseState, Stage};
use crate::value::{Fields, Value};

pub(super) fn record(draft: &mut Draft<'_>, id: &ActId, fields: &Fields) -> Result<(), Refusal> {
    let act = draft.policy().acts.get(id);
    if let Some(act) = act.filter(|_| follow_up::waits_for(draft, id)) {
        return follow_up::record(draft, id, act, fields);
    }
    if let Some(act) = act.filter(|_| is_declared_by(draft.policy(), &draft.state, id)) {
        return declare(draft, id, act, fields);
    }
    if draft.state.stage == Stage::Closed {
        return record_after_close(draft, id, fields);
    }
    let act = offered(draft, id)?;
    let outcome = put_on_record(draft, id, act, fields)?;
    let moment = Moment::Act {
        act: id.clone(),
        outcome,
    };
    draft.follow_act(id, &moment)?;
    tell(draft, &act.tell);
    Ok(())
}

/// Puts an act on record of a closed case, which a row lets stay closed. Who may and whether there is time is judged before it, conditions and
/// needs after it, as in a step.
fn record_after_close(draft: &mut Draft<'_>, id: &ActId, fields: &Fields) -> Result<(), Refusal> {
    let (act, rows) = offered_after_close(draft, id)?;
    put_on_record(draft, id, act, fields)?;
    let row = draft.first_hit(rows, Rule::NoRowFits(id.clone()), None)?;
    draft.check_needs(&row.needs)?;
    tell(draft, &act.tell);
    Ok(())
}

/// An act that a row lets put on record of a closed case, with the rows as they are judged before.
fn offered_after_close<'a>(
    draft: &Draft<'a>,
    id: &ActId,
) -> Result<(&'a Act, Vec<Judged<'a>>), Refusal> {
    let moment = Moment::Act {
        act: id.clone(),
        outcome: None,
    };
    let rows = rows_after_close(draft, &moment)?;
    let act = draft.policy().acts.get(id).filter(|_| !rows.is_empty());
    let act = act.ok_or(Rule::CaseEnded)?;
    let may = |(row, allowed): &Judged<'_>| allowed.is_ok() && draft.in_time(row).is_ok();
    if !rows.iter().any(may) {
        draft.first_hit(rows.clone(), Rule::NoRowFits(id.clone()), None)?;
    }
    Ok((act, rows))
}

/// Puts on record what somebody declares of himself. Whoever may see the case may, in any step; it leads nowhere.
fn declare(draft: &mut Draft<'_>, id: &ActId, act: &Act, fields: &Fields) -> Result<(), Refusal> {
    let in_own_right = draft.in_right_of() == draft.actor.person();
    if draft.actor.person().is_none() || !in_own_right {
        return Err(Refusal::under(
            Rule::DeclaresForHimself,
            act.clause.as_ref(),
        ));
    }
    put_on_record(draft, id, act, fields)?;
    tell(draft, &act.tell);
    Ok(())
}

/// Puts an act on record that the actor is entitled to, and gives its outcome.
pub(super) fn put_on_record(
    draft: &mut Draft<'_>,
    id: &ActId,
    act: &Act,
    fields: &Fields,
) -> Result<Option<ChoiceId>, Refusal> {
    let (fields, settled) = settle::filled_in(draft, act, fields)?;
    keep_own_work_out(draft, act, &fields)?;
    let outcome = act
        .outcome
        .as_ref()
        .and_then(|field| fields.get(field)?.choice().cloned());
    can_end_so(act, outcome.as_ref())?;
    let (policy, state) = (draft.context.policy, &draft.state);
    reconciliation::check_answer(policy, state, id, outcome.as_ref(), &fields)?;
    let entry = draft.state.seq + 1;
    draft.push(Event::ActRecorded {
        act: id.clone(),
        outcome: outcome.clone(),
        fields,
    });
    settle::keep(draft, entry, settled);
    respect_band(draft, act)?;
    Ok(outcome)
}

/// The act, if it has a place now: among those of the step, or of a closed case among what may be done after closing.
pub(super) fn offered_now<'a>(draft: &Draft<'a>, id: &ActId) -> Result<&'a Act, Refusal> {
    match draft.state.stage {
        Stage::Closed => offered_after_close(draft, id).map(|(act, _)| act),
        Stage::Open | Stage::Archived => offered(draft, id),
    }
}

/// The act, if it is among those of the step.
fn offered<'a>(draft: &Draft<'a>, id: &ActId) -> Result<&'a Act, Refusal> {
    let step = draft.step()?;
    let act = draft.policy().acts.get(id);
    let act = act.filter(|_| step.acts.contains(id)).ok_or_else(|| {
        let rule = Rule::ActNotOffered {
            act: id.clone(),
            step: draft.state.step.clone(),
        };
        Refusal::under(rule, step.clause.as_ref())
    })?;
    draft.authorise(step, act.by.as_ref(), Doing::Act, act.clause.as_ref())?;
    Ok(act)
}

/// Refuses an outcome that the act can't have.
fn can_end_so(act: &Act, outcome: Option<&ChoiceId>) -> Result<(), Refusal> {
    let (Some(some), Some(outcome)) = (&act.outcomes, outcome) else {
        return Ok(());
    };
    if some.contains(outcome) {
        return Ok(());
    }
    let path = act.part.as_ref().zip(act.outcome.as_ref());
    let field = path.map(|(part, field)| FactPath::new(part.clone(), field.clone()));
    let rule = field.map_or(Rule::UnknownKind, |field| Rule::FieldInvalid {
        field,
        problem: "not_a_choice",
    });
    Err(Refusal::under(rule, act.clause.as_ref()))
}

/// Tells those inside the organisation whom it concerns, and the deputies of those who are away, but not whoever did it.
pub(super) fn tell(draft: &mut Draft<'_>, tells: &[Tell]) {
    let today = draft.context.calendar.date_of(draft.context.now);
    for Tell { notice, to } in tells {
        let mut to = draft.who().told(to, today);
        to.retain(|&person| draft.actor != Actor::Person(person));
        if to.is_empty() {
            continue;
        }
        let at = draft.at;
        draft.follow_with(
            Event::NoticeSent {
                notice: notice.clone(),
                clock: None,
                to,
            },
            at,
        );
    }
}

/// Nobody checks or rates his own work, whatever else lets him: neither through a deputy, nor as the deputy of another. Neither
/// does he change how others rated it.
pub(super) fn keep_own_work_out(
    draft: &Draft<'_>,
    act: &Act,
    fields: &Fields,
) -> Result<(), Refusal> {
    let Some(not_by) = &act.not_by else {
        return Ok(());
    };
    let about = not_by
        .handlers_of
        .as_ref()
        .and_then(|field| match fields.get(field) {
            Some(Value::Case(case)) => draft.state.sample().iter().find(|one| one.case == *case),
            _ => None,
        });
    let kept_out = |person| {
        let who = not_by.who.as_ref();
        who.is_some_and(|who| draft.who().keeps_out(who, person))
            || about.is_some_and(|one| one.handlers.contains(&person))
    };
    if draft.people().any(kept_out) {
        return Err(Refusal::under(Rule::OwnWork, act.clause.as_ref()));
    }
    Ok(())
}

/// The form an act is recorded with.
pub(super) fn form_of<'d>(draft: &'d Draft<'_>, act: &'d Act) -> Form<'d> {
    Form {
        policy: draft.context.policy,
        organisation: draft.context.organisation,
        part: act.part.as_ref(),
        clause: act.clause.as_ref(),
        sample: draft.state.sample(),
        may_lack: None,
        filled: Filled::Typed,
    }
}

/// Whoever decides must have the role of the amount's band or of a higher one (P3.21).
pub(super) fn respect_band(draft: &Draft<'_>, act: &Act) -> Result<(), Refusal> {
    let Some((clause, deciders)) = deciders_of(draft.policy(), &draft.state, act) else {
        return Ok(());
    };
    let may = |right: &Right| {
        let mut deciders = deciders.iter();
        deciders.any(|role| draft.who().has_role(right, role))
    };
    if draft.right.as_ref().is_some_and(may) {
        Ok(())
    } else {
        Err(Refusal::of(Rule::AboveBand, clause))
    }
}

/// The roles that may decide by an act with a band, from that of the amount's row upwards, with the clause behind it; `None` where
/// the amount sets no bounds.
pub(super) fn deciders_of<'p>(
    policy: &'p Policy,
    state: &CaseState,
    act: &Act,
) -> Option<(&'p ClauseId, Vec<&'p RoleId>)> {
    let band = policy.bands.get(act.band.as_ref()?)?;
    let Value::Money(amount) = Facts::of(state).value(band.of.as_ref()?)? else {
        return None;
    };
    let row = band.rows.row_of(*amount)?;
    let deciders = band.rows.rows()[row..].iter();
    let deciders: Vec<&RoleId> = deciders
        .filter_map(|(_, outcome)| match outcome {
            BandOutcome::Decider(role) => Some(role),
            BandOutcome::Grade(_) => None,
        })
        .collect();
    (!deciders.is_empty()).then_some((&band.clause, deciders))
}
