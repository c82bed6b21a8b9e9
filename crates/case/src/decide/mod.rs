//! From a command to events, or to the rule it would break.

mod attach;
mod authority;
mod clocks;
mod copies;
mod correct;
mod corrector;
mod draft;
mod extend;
mod follow;
mod follow_up;
mod hand_over;
mod import;
mod keeping;
mod levels;
mod lifecycle;
mod links;
pub mod migrate;
mod moves;
mod open;
mod parties;
mod portal;
mod record;
mod register;
pub mod retell;
mod seal;
mod settle;
mod timer;
mod withdrawal;

use huiyin_calendar::Calendar;
use huiyin_policy::model::{Policy, Verb};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::command::{Act, Command};
use crate::event::Recorded;
use crate::numbering::NumberRequest;
use crate::organisation::Organisation;
use crate::refusal::{Refusal, Rule};
use crate::selector::Who;
use crate::state::{CaseState, Stage};

use draft::Draft;

pub use settle::preview;

/// What a decision is made in: everything outside the case.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The policy version the case is handled under (P1.16); for a new case the one in force.
    pub policy: &'a Policy,
    /// Its version, from 1.
    pub policy_version: u32,
    /// Working time.
    pub calendar: &'a Calendar,
    /// Units and persons as they are now.
    pub organisation: &'a Organisation,
    /// The time of recording.
    pub now: Timestamp,
}

impl<'a> Context<'a> {
    /// The day of recording, in the calendar's zone.
    fn today(&self) -> Date {
        self.calendar.date_of(self.now)
    }

    /// What selectors are resolved against.
    fn who<'w>(&self, state: &'w CaseState) -> Who<'w>
    where
        'a: 'w,
    {
        Who {
            policy: self.policy,
            organisation: self.organisation,
            state: Some(state),
            on: Some(self.today()),
        }
    }
}

/// Whether a command is carried out, or only tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Carried out.
    Real,
    /// Tried with values that stand for what somebody would fill in.
    Trial,
}

/// What a command leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The events to append, numbered from the state's `seq` + 1. Consequences that the engine draws (clocks, notices)
    /// carry no actor. Empty when there is nothing to do.
    pub events: Vec<Recorded>,
    /// The number to draw in the same transaction; told by a [`NumberAssigned`](crate::Event::NumberAssigned) after the last event.
    pub number: Option<NumberRequest>,
}

/// Decides a command: the events it leads to, clocks and notices included.
///
/// Pure: the same arguments give the same answer, and nothing is changed. `state` is `None` only for
/// [`Act::Register`], [`Act::Submit`], [`Act::Import`] and [`Act::Open`].
///
/// # Errors
///
/// The first rule the command would break, with the clause where the rule comes from the policy.
pub fn decide(
    state: Option<&CaseState>,
    context: &Context<'_>,
    command: &Command,
) -> Result<Decision, Refusal> {
    decide_as(state, context, command, Mode::Real)
}

/// The same, or a trial of it.
pub(crate) fn decide_as(
    state: Option<&CaseState>,
    context: &Context<'_>,
    command: &Command,
    mode: Mode,
) -> Result<Decision, Refusal> {
    match (&command.act, state) {
        (Act::Register { .. }, None) => return register::register(context, command),
        (Act::Submit { .. }, None) => return portal::submit(context, command),
        (Act::Import { customer, past, .. }, None) => {
            return import::import(context, command, *customer, past);
        }
        (Act::Open { customer, by, .. }, None) => {
            return open::open(context, command, *customer, by);
        }
        _ => {}
    }
    let state = state.ok_or(Rule::CaseEnded)?;
    let about_the_file = command.act.is_about_the_file();
    if state.stage == Stage::Archived && !about_the_file {
        let is_timer = matches!(command.act, Act::Fire { .. } | Act::Recompute);
        return Err(if is_timer {
            Rule::TimerOutdated
        } else {
            Rule::CaseEnded
        }
        .into());
    }
    let mut draft = Draft::new(context, command, state)?;
    draft.mode = mode;
    match &command.act {
        Act::Register { .. } | Act::Submit { .. } | Act::Import { .. } | Act::Open { .. } => {
            let step = Some(state.step.clone());
            return Err(Rule::MoveNotAllowed {
                verb: Verb::Opened,
                step,
            }
            .into());
        }
        Act::Raise { case, kind } => open::raise(&mut draft, *case, kind)?,
        Act::NoteRaised { case, ended } => open::note_raised(&mut draft, *case, *ended),
        Act::IssueReceipt { receipt } => portal::issue_receipt(&mut draft, *receipt)?,
        Act::Record { act, fields } => record::record(&mut draft, act, fields)?,
        Act::AddParty { party, new } => parties::add(&mut draft, *party, new)?,
        Act::RemoveParty { party, reason } => parties::remove(&mut draft, *party, reason)?,
        Act::OpenSeal { seal: id, reason } => seal::open(&mut draft, id, reason)?,
        Act::SetLevel {
            levels: id,
            level,
            reason,
        } => levels::set(&mut draft, id, level.as_ref(), reason)?,
        Act::Note { text } => lifecycle::note(&mut draft, text)?,
        Act::Dispatch { to, reason } => hand_over::dispatch(&mut draft, *to, reason.as_deref())?,
        Act::Transfer { to, reason } => hand_over::transfer(&mut draft, *to, reason.as_deref())?,
        Act::Accept => hand_over::accept(&mut draft)?,
        Act::Refuse { reason } => hand_over::refuse(&mut draft, reason)?,
        Act::Migrate { plan, reason } => migrate::migrate(&mut draft, plan, reason)?,
        Act::HandOver { from, to, reason } => {
            hand_over::from_leaver(&mut draft, *from, *to, reason)?;
        }
        Act::Pause {
            clock,
            reason,
            note,
        } => clocks::pause(&mut draft, clock, reason, note)?,
        Act::Resume { clock } => clocks::resume(&mut draft, clock)?,
        Act::Extend {
            clock,
            more,
            reason,
        } => extend::extend(&mut draft, clock, *more, reason)?,
        Act::Close { reason } => lifecycle::close(&mut draft, reason.as_deref())?,
        Act::Reopen { reason } => lifecycle::reopen(&mut draft, reason)?,
        Act::Archive => lifecycle::archive(&mut draft)?,
        Act::Withdraw { told_by, reason } => withdrawal::withdraw(&mut draft, told_by, reason)?,
        Act::Link { other, kind } => links::link(&mut draft, other, *kind)?,
        Act::TakeBackLink { case, kind, reason } => {
            links::take_back(&mut draft, *case, *kind, reason)?;
        }
        Act::NoteLink { case, link } => links::note(&mut draft, *case, *link)?,
        Act::NoteLinkTakenBack { case, link, reason } => {
            links::note_taken_back(&mut draft, *case, *link, reason);
        }
        Act::Hold { reason } => keeping::hold(&mut draft, reason)?,
        Act::LiftHold { reason } => keeping::lift(&mut draft, reason)?,
        Act::MergeCustomers {
            party,
            into,
            reason,
        } => keeping::merge_customers(&mut draft, *party, *into, reason)?,
        Act::PartCustomers { party, reason } => {
            keeping::part_customers(&mut draft, *party, reason)?;
        }
        Act::Correct {
            entry,
            fields,
            reason,
        } => correct::correct(&mut draft, *entry, fields.as_ref(), reason)?,
        // No clock watches attachments, and nothing else follows from one.
        Act::Attach(what) => {
            attach::attach(&mut draft, what)?;
            return Ok(draft.finish(None));
        }
        Act::Detach { entry, reason } => {
            attach::detach(&mut draft, *entry, reason)?;
            return Ok(draft.finish(None));
        }
        Act::Fire {
            clock,
            generation,
            firing,
        } => timer::fire(&mut draft, clock, *generation, *firing)?,
        Act::Recompute => clocks::recompute(&mut draft)?,
    }
    parties::pass_on(&mut draft);
    // What is said about an archived case starts and stops nothing.
    if state.stage != Stage::Archived {
        follow::follow(&mut draft)?;
    }
    Ok(draft.finish(None))
}
