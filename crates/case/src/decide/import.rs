//! Bringing in a historical case (历史案件): its acts are put on record at the times they occurred, and every clock is
//! measured by them as if it had run here.
//!
//! Nobody's right to register, approve or close is asked for: that was settled elsewhere. For the same reason such a
//! case never becomes a live one. It is archived in the moment it comes in, nothing is sent and nothing fires.

use std::collections::BTreeSet;

use huiyin_policy::model::{Act as PolicyAct, ActId, FactPath, Kind, Moment, Verb};
use jiff::Timestamp;

use super::draft::{Draft, acting_person};
use super::{Context, Decision, follow};
use crate::command::Command;
use crate::deputy::Right;
use crate::event::Event;
use crate::facts::Facts;
use crate::fields::{Filled, Form};
use crate::historical::{HistoricalAct, HistoricalCase};
use crate::id::{PartyId, PersonId};
use crate::limits::{HISTORICAL_ACTS_MAX, ORIGIN_CHARS_MAX, has_control};
use crate::refusal::{Refusal, Rule};
use crate::value::Fields;
use crate::watch::watches;

/// Opens, measures, closes and archives a historical case in one go.
pub(super) fn import(
    context: &Context<'_>,
    command: &Command,
    customer: PartyId,
    past: &HistoricalCase,
) -> Result<Decision, Refusal> {
    let importer = acting_person(context, command)?;
    let kind = context
        .policy
        .kinds
        .get(&past.kind)
        .ok_or(Rule::UnknownKind)?;
    within_limits(past)?;
    if !context.policy.channels.contains_key(&past.channel) {
        return Err(Rule::ChannelNotOpen(past.channel.clone()).into());
    }
    if past
        .unit
        .is_some_and(|unit| !context.organisation.units.contains_key(&unit))
    {
        return Err(Rule::UnitNotPossible.into());
    }
    let acts = in_order(context, past)?;
    let mut draft = open(context, (importer, customer), kind, past)?;
    say_historical(&mut draft, past, &acts)?;
    for one in &acts {
        act(&mut draft, past, one)?;
    }
    let closed_at = past.closed_at.unwrap_or(draft.at);
    draft.at = closed_at;
    draft.push(Event::CaseClosed { reason: None });
    measure(&mut draft)?;
    draft.push(Event::CaseArchived);
    measure(&mut draft)?;
    withdraw_untold(&mut draft, &|act| past.told.contains(act), closed_at);
    Ok(draft.finish(None))
}

fn within_limits(past: &HistoricalCase) -> Result<(), Refusal> {
    let names = [
        Some(&past.origin.source),
        Some(&past.origin.key),
        past.number.as_ref(),
    ];
    let mut names = names.into_iter().flatten();
    if names
        .clone()
        .any(|name| name.chars().count() > ORIGIN_CHARS_MAX)
    {
        return Err(Rule::LimitReached("origin_chars").into());
    }
    if names.any(|name| has_control(name)) {
        return Err(Rule::ControlCharacter.into());
    }
    if past.acts.len() > HISTORICAL_ACTS_MAX {
        return Err(Rule::LimitReached("historical_acts").into());
    }
    Ok(())
}

/// The acts by time; all of them lie between the opening and the closing, and none in the future.
fn in_order<'p>(
    context: &Context<'_>,
    past: &'p HistoricalCase,
) -> Result<Vec<&'p HistoricalAct>, Refusal> {
    let mut acts: Vec<&HistoricalAct> = past.acts.iter().collect();
    acts.sort_by_key(|act| act.at);
    let closed_at = past
        .closed_at
        .or(acts.last().map(|act| act.at))
        .ok_or(Rule::HistoryUnfinished)?;
    let moments = std::iter::once(past.opened_at)
        .chain(acts.iter().map(|act| act.at))
        .chain([closed_at]);
    let mut before = past.opened_at;
    for moment in moments {
        if moment > context.now {
            return Err(Rule::OccursInFuture(moment).into());
        }
        if moment < before {
            return Err(Rule::OccursTooEarly(before).into());
        }
        before = moment;
    }
    Ok(acts)
}

/// Puts the opening on record.
fn open<'a>(
    context: &'a Context<'a>,
    (importer, customer): (PersonId, PartyId),
    kind: &Kind,
    past: &HistoricalCase,
) -> Result<Draft<'a>, Refusal> {
    let form = opening_form(context, kind, past);
    let opened = Event::CaseOpened {
        policy: context.policy.id.clone(),
        policy_version: context.policy_version,
        kind: past.kind.clone(),
        channel: past.channel.clone(),
        customer,
        taker: Some(importer),
        first_contact: Some(importer),
        fields: form.check(
            &past.fields,
            Facts::before(&past.kind, &past.channel, importer.into()),
        )?,
    };
    let by = (importer.into(), Some(Right::own(importer)));
    Draft::opened_at(context, by, past.opened_at, None, opened)
}

/// Puts on record where the case comes from and what it lacks, and its number.
fn say_historical(
    draft: &mut Draft<'_>,
    past: &HistoricalCase,
    acts: &[&HistoricalAct],
) -> Result<(), Refusal> {
    let form = opening_form(draft.context, draft.kind, past);
    let before = Facts::before(&past.kind, &past.channel, draft.actor);
    let mut missing = form.lacking(&form.check(&past.fields, before)?, before);
    for act in acts {
        missing.extend(lacking_in(draft, past, act)?);
    }
    let mut seen = BTreeSet::new();
    missing.retain(|path| seen.insert(path.clone()));
    draft.push(Event::CaseImported {
        origin: past.origin.clone(),
        unit: past.unit,
        missing,
        closing_told: past.closed_at.is_some(),
    });
    if let Some(number) = &past.number {
        let (number, at) = (number.clone(), draft.at);
        draft.follow_with(Event::NumberAssigned { number }, at);
    }
    measure(draft)
}

fn opening_form<'a>(
    context: &'a Context<'_>,
    kind: &'a Kind,
    past: &'a HistoricalCase,
) -> Form<'a> {
    Form {
        policy: context.policy,
        organisation: context.organisation,
        part: Some(&kind.open.part),
        clause: Some(&kind.open.clause),
        sample: &[],
        may_lack: Some(&past.may_lack),
        filled: Filled::Complete,
    }
}

fn act(draft: &mut Draft<'_>, past: &HistoricalCase, done: &HistoricalAct) -> Result<(), Refusal> {
    let declared = declared(draft, &done.act)?;
    let form = form_of(draft, past, declared);
    let fields = form.check(&done.fields, draft.facts())?;
    let outcome = declared
        .outcome
        .as_ref()
        .and_then(|field| fields.get(field)?.choice().cloned());
    draft.at = done.at;
    draft.push(Event::ActRecorded {
        act: done.act.clone(),
        outcome,
        fields,
    });
    measure(draft)
}

fn lacking_in(
    draft: &Draft<'_>,
    past: &HistoricalCase,
    done: &HistoricalAct,
) -> Result<Vec<FactPath>, Refusal> {
    let form = form_of(draft, past, declared(draft, &done.act)?);
    let filled: Fields = form.check(&done.fields, draft.facts())?;
    Ok(form.lacking(&filled, draft.facts()))
}

fn form_of<'d>(draft: &'d Draft<'_>, past: &'d HistoricalCase, act: &'d PolicyAct) -> Form<'d> {
    Form {
        sample: &[],
        may_lack: Some(&past.may_lack),
        filled: Filled::Complete,
        ..super::record::form_of(draft, act)
    }
}

/// The act, if cases of this kind have it in any of their steps.
fn declared<'a>(draft: &Draft<'a>, id: &ActId) -> Result<&'a PolicyAct, Refusal> {
    let kind = draft.kind;
    let mut offered = kind
        .steps
        .values()
        .flat_map(|step| &step.acts)
        .chain(&kind.open.acts);
    let declared = draft
        .policy()
        .acts
        .get(id)
        .filter(|_| offered.any(|act| act == id));
    declared.ok_or_else(|| {
        Rule::ActNotOffered {
            act: id.clone(),
            step: draft.state.step.clone(),
        }
        .into()
    })
}

/// Lets the clocks follow what was just put on record, as they do in a live case.
fn measure(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    follow::follow(draft)?;
    draft.seq_before = draft.state.seq;
    Ok(())
}

/// The same for a case whose record is told again: what happened last is when it was closed.
pub(super) fn withdraw_untold_of(draft: &mut Draft<'_>, told_of: &dyn Fn(&ActId) -> bool) {
    let happened = draft.state.happened.iter();
    let closed_at = happened.map(|one| one.at).max();
    let closed_at = closed_at.unwrap_or(draft.state.opening.at);
    withdraw_untold(draft, told_of, closed_at);
}

/// Takes back the clocks of which the source doesn't tell how they ended. What it would have told and didn't was not
/// done: a clock that was late by the closing stays late.
fn withdraw_untold(draft: &mut Draft<'_>, told_of: &dyn Fn(&ActId) -> bool, closed_at: Timestamp) {
    let told = |moment: &Moment| match moment {
        Moment::Act { act, .. } => told_of(act),
        Moment::Verb {
            verb: Verb::Opened | Verb::Closed | Verb::Archived,
            ..
        } => true,
        _ => false,
    };
    for watch in watches(draft.kind) {
        let Some(clock) = draft
            .state
            .clock(watch.id())
            .filter(|clock| clock.is_running())
        else {
            continue;
        };
        let late = clock.due.is_some_and(|due| due.at < closed_at);
        if late && watch.stop().iter().flatten().all(told) {
            continue;
        }
        let event = Event::ClockWithdrawn {
            clock: watch.id().clone(),
            generation: clock.generation,
        };
        draft.follow_with(event, closed_at);
    }
}
