//! What each event changes. Total: an event that does not fit changes nothing but the sequence number.

use huiyin_policy::model::{ChoiceId, FactPath, LevelsId, Moment, Policy, StepId, Verb};

use super::entry::{Entry, EntryKind, Passage};
use super::{CaseState, Cause, Ending, FollowUpStanding, RaisedCase, Stage};
use crate::attachment::Attached;
use crate::event::{Event, Holder, Recorded};
use crate::historical::Imported;
use crate::id::{PersonId, UnitId};
use crate::level::{CaseLevel, Chosen, SetLevel};
use crate::moment::Happened;
use crate::party::Party;
use crate::seal::Unsealing;
use crate::value::Fields;

impl CaseState {
    /// Adds one event.
    pub fn apply(&mut self, recorded: &Recorded, policy: &Policy) {
        self.seq = recorded.seq;
        if is_cause(&recorded.event) {
            self.cause = Cause {
                seq: recorded.seq,
                is_correction: matches!(recorded.event, Event::EntryCorrected { .. }),
            };
        }
        match &recorded.event {
            Event::CaseOpened { fields, .. } => {
                self.enter_record(recorded, EntryKind::Opening, fields, policy);
                self.happen(
                    recorded,
                    Moment::Verb {
                        verb: Verb::Opened,
                        step: None,
                    },
                );
            }
            Event::CaseImported {
                origin,
                unit,
                missing,
                closing_told,
            } => {
                self.lead_unit = *unit;
                self.imported = Some(Imported {
                    origin: origin.clone(),
                    missing: missing.clone(),
                    closing_told: *closing_told,
                });
            }
            Event::ConsentGiven => {}
            Event::ReceiptIssued { receipt } => self.receipt = Some(*receipt),
            Event::DutyFellDue(owed) => self.duty = Some(owed.clone()),
            Event::RaisedFrom { case, above } => {
                self.raised_from = Some(*case);
                self.decider_above.clone_from(above);
            }
            Event::CaseRaised { case, kind } => self.raised.push(RaisedCase {
                case: *case,
                kind: kind.clone(),
                ended: false,
            }),
            Event::RaisedCaseMoved { case, ended } => {
                let raised = self.raised.iter_mut().find(|raised| raised.case == *case);
                if let Some(raised) = raised {
                    raised.ended = *ended;
                }
            }
            Event::NumberAssigned { number } => self.number = Some(number.clone()),
            Event::StepEntered { step, holder } => self.enter_step(recorded, step, holder),
            Event::ActRecorded {
                act,
                outcome,
                fields,
            } => {
                let kind = EntryKind::Act {
                    act: act.clone(),
                    outcome: outcome.clone(),
                };
                self.enter_record(recorded, kind, fields, policy);
                self.happen(
                    recorded,
                    Moment::Act {
                        act: act.clone(),
                        outcome: outcome.clone(),
                    },
                );
            }
            Event::NoteAdded { text } => self.enter_record(
                recorded,
                EntryKind::Note(text.clone()),
                &Fields::new(),
                policy,
            ),
            Event::HolderChanged { holder } => {
                self.holder = holder.clone();
                self.accepted = false;
            }
            Event::LevelChosen {
                levels, level, row, ..
            } => self.find_level(levels, level, *row, policy),
            Event::LevelSet {
                levels,
                level,
                reason,
            } => {
                let set = level.as_ref().map(|level| SetLevel {
                    level: level.clone(),
                    by: recorded.actor.person(),
                    at: recorded.occurred_at,
                    reason: reason.clone(),
                });
                self.set_level(levels, set, policy);
            }
            Event::PartyAdded {
                party,
                role,
                person,
                fields,
            } => self.parties.push(Party {
                id: *party,
                role: role.clone(),
                person: *person,
                fields: fields.clone(),
                seq: recorded.seq,
            }),
            Event::PartyRemoved { party, .. } => self.parties.retain(|one| one.id != *party),
            Event::CaseDispatched { to, .. } => {
                self.give_to(*to);
                self.dispatcher = recorded.in_right_of();
                self.dispatched_by = recorded.actor.person();
                self.happen_here(recorded, Verb::Dispatched);
            }
            Event::CaseTransferred { to, .. } => {
                self.give_to(*to);
                self.transfers += 1;
                self.happen_here(recorded, Verb::Transferred);
            }
            Event::CaseAccepted { person } => {
                self.holder.person = Some(*person);
                self.accepted = true;
                self.opening.taker.get_or_insert(*person);
                self.opening.first_contact.get_or_insert(*person);
                self.happen_here(recorded, Verb::Accepted);
            }
            Event::CaseRefused { count, .. } => {
                self.lead_unit = None;
                self.holder = Holder::default();
                self.accepted = false;
                self.refusals = *count;
                self.happen_here(recorded, Verb::Refused);
            }
            Event::CaseHandedOver {
                from, to, holder, ..
            } => self.hand_over(*from, *to, holder),
            Event::CaseClosed { .. } => self.end(recorded, Verb::Closed, Ending::Handled),
            Event::CaseReopened { .. } => {
                self.stage = Stage::Open;
                self.ending = None;
                self.reopens += 1;
                self.passages.clear();
                self.happen(
                    recorded,
                    Moment::Verb {
                        verb: Verb::Reopened,
                        step: None,
                    },
                );
            }
            Event::CaseArchived => {
                self.stage = Stage::Archived;
                self.happen(
                    recorded,
                    Moment::Verb {
                        verb: Verb::Archived,
                        step: None,
                    },
                );
            }
            Event::EntryCorrected { entry, fields, .. } => {
                self.correct(*entry, fields.as_ref(), policy);
            }
            Event::SheetsSettled { entry, kept } => {
                let settled = self.entries.iter_mut().find(|one| one.seq == *entry);
                if let Some(entry) = settled {
                    entry.settled = Some(kept.clone());
                }
            }
            Event::AttachmentAdded(what) => self.attachments.push(Attached {
                entry: recorded.seq,
                actor: recorded.actor,
                at: recorded.recorded_at,
                what: what.clone(),
                removed: false,
            }),
            Event::AttachmentRemoved { entry, .. } => {
                for attached in &mut self.attachments {
                    attached.removed |= attached.entry == *entry;
                }
            }
            Event::ClockStarted { .. }
            | Event::ClockMoved { .. }
            | Event::ClockPaused { .. }
            | Event::ClockExtended { .. }
            | Event::ClockStopped { .. }
            | Event::ClockWithdrawn { .. }
            | Event::ClockRuledAnew { .. }
            | Event::ClockFired { .. } => self.apply_to_clock(recorded, policy),
            Event::CaseMigrated { to, .. } => self.migrate(*to, policy),
            Event::FollowUpAsked { holder } => {
                self.follow_up_asked = Some((recorded.seq, holder.clone()));
            }
            Event::CaseWithdrawn { .. }
            | Event::CaseLinked { .. }
            | Event::LinkTakenBack { .. }
            | Event::HoldPlaced { .. }
            | Event::HoldLifted { .. }
            | Event::CustomersMerged { .. }
            | Event::CustomersParted { .. } => self.apply_to_file(recorded),
            Event::AttemptPlanned { contacts, next } => {
                self.planned.retain(|(id, _)| id != contacts);
                self.planned
                    .extend(next.map(|next| (contacts.clone(), next)));
            }
            Event::SealOpened { seal, .. } => self.unsealings.push(Unsealing {
                seal: seal.clone(),
                actor: recorded.actor,
                at: recorded.recorded_at,
            }),
            Event::NoticeSent { .. } => {}
        }
        self.judge_follow_up(policy);
    }

    /// The follow-up is done by one of its acts, whether it was asked for or not; what was done or asked for before the case was
    /// opened again counts no more. While a closed case waits for it, somebody has it on his list.
    fn judge_follow_up(&mut self, policy: &Policy) {
        let kind = self.kind(policy);
        let Some(follow_up) = kind.and_then(|kind| kind.follow_up.as_ref()) else {
            return;
        };
        let is_reopening = |moment: &Moment| {
            matches!(
                moment,
                Moment::Verb {
                    verb: Verb::Reopened,
                    ..
                }
            )
        };
        let reopened = self
            .happened
            .iter()
            .rev()
            .find(|one| is_reopening(&one.moment));
        let since = reopened.map_or(0, |one| one.seq);
        let is_done = self.happened.iter().any(|one| {
            one.seq > since
                && matches!(&one.moment, Moment::Act { act, .. } if follow_up.is_done_by(act))
        });
        let asked = self
            .follow_up_asked
            .as_ref()
            .filter(|(seq, _)| *seq > since);
        self.follow_up = match asked {
            _ if is_done => Some(FollowUpStanding::Done),
            Some(_) => Some(FollowUpStanding::Due),
            None => None,
        };
        if self.stage != Stage::Open {
            let waits =
                self.stage == Stage::Closed && self.follow_up == Some(FollowUpStanding::Due);
            let holder = asked.filter(|_| waits).map(|(_, holder)| holder.clone());
            self.holder = holder.unwrap_or_default();
        }
    }

    /// From now on the case keeps another version: facts are found by its parts, and what only the one before knew is gone.
    fn migrate(&mut self, to: u32, policy: &Policy) {
        self.version = to;
        self.add_up_facts(policy);
        let kind = self.opening.kind.clone();
        let on_scale = |id: &LevelsId| policy.levels_of(&kind).any(|(one, _)| one == id);
        self.levels.retain(|(id, _)| on_scale(id));
        self.planned
            .retain(|(id, _)| policy.contacts.contains_key(id));
    }

    fn find_level(&mut self, id: &LevelsId, level: &ChoiceId, row: u32, policy: &Policy) {
        let chosen = Chosen {
            level: level.clone(),
            row: usize::try_from(row).unwrap_or(usize::MAX),
        };
        match self.levels.iter_mut().find(|(one, _)| one == id) {
            Some((_, known)) => {
                known.chosen = chosen;
                if let Some(levels) = policy.levels.get(id) {
                    known.settle(levels);
                }
            }
            None => self.levels.push((id.clone(), CaseLevel::found(chosen))),
        }
    }

    fn set_level(&mut self, id: &LevelsId, set: Option<SetLevel>, policy: &Policy) {
        let known = self.levels.iter_mut().find(|(one, _)| one == id);
        if let (Some((_, known)), Some(levels)) = (known, policy.levels.get(id)) {
            known.set = set;
            known.settle(levels);
        }
    }

    fn enter_record(
        &mut self,
        recorded: &Recorded,
        what: EntryKind,
        fields: &Fields,
        policy: &Policy,
    ) {
        self.entries.push(Entry {
            seq: recorded.seq,
            actor: recorded.actor,
            acting_for: recorded.acting_for,
            occurred_at: recorded.occurred_at,
            recorded_at: recorded.recorded_at,
            what,
            fields: fields.clone(),
            void: false,
            settled: None,
        });
        self.add_up_facts(policy);
    }

    /// Facts are added up anew from all valid entries, so that a correction brings an earlier value back.
    fn add_up_facts(&mut self, policy: &Policy) {
        self.facts.clear();
        for entry in self.entries.iter().filter(|entry| !entry.void) {
            let Some(part) = self.part_of(policy, &entry.what) else {
                continue;
            };
            for (field, value) in &entry.fields {
                self.facts
                    .insert(FactPath::new(part.clone(), field.clone()), value.clone());
            }
        }
    }

    fn happen(&mut self, recorded: &Recorded, moment: Moment) {
        self.happened.push(Happened {
            moment,
            at: recorded.occurred_at,
            seq: recorded.seq,
        });
    }

    pub(super) fn happen_here(&mut self, recorded: &Recorded, verb: Verb) {
        let step = Some(self.step.clone());
        self.happen(recorded, Moment::Verb { verb, step });
    }

    fn give_to(&mut self, unit: UnitId) {
        self.lead_unit = Some(unit);
        self.holder = Holder {
            unit: Some(unit),
            ..Holder::default()
        };
        self.accepted = false;
    }

    fn hand_over(&mut self, from: PersonId, to: Option<PersonId>, holder: &Holder) {
        match to {
            Some(to) => {
                // Whoever got it from somebody may hand it back.
                self.handed_over.remove(&to);
                self.handed_over.insert(from, to);
            }
            None => self.accepted = false,
        }
        self.holder = holder.clone();
    }

    fn enter_step(&mut self, recorded: &Recorded, step: &StepId, holder: &Holder) {
        if self.cause.is_correction {
            self.take_back_passage(step, holder);
            return;
        }
        let from = self.left_step(recorded);
        self.happen(recorded, Moment::Entered(step.clone()));
        self.pass(recorded, from, Some(step.clone()));
        let accepted_already =
            self.accepted && holder.person.is_some() && holder.person == self.holder.person;
        self.step = step.clone();
        self.step_entered_at = recorded.occurred_at;
        self.holder = holder.clone();
        self.accepted = accepted_already;
    }

    /// The step that is left now, put on record as left; none right after the opening or the reopening.
    pub(super) fn left_step(&mut self, recorded: &Recorded) -> Option<StepId> {
        let from = self
            .passages
            .last()
            .and_then(|passage| passage.to.clone())?;
        self.happen(recorded, Moment::Left(from.clone()));
        Some(from)
    }

    pub(super) fn pass(&mut self, recorded: &Recorded, from: Option<StepId>, to: Option<StepId>) {
        self.passages.push(Passage {
            seq: recorded.seq,
            cause: self.cause.seq,
            from,
            to,
            holder_before: self.holder.clone(),
            accepted_before: self.accepted,
            at: recorded.occurred_at,
        });
    }

    /// A correction takes back the last passage, as if it had never happened.
    fn take_back_passage(&mut self, step: &StepId, holder: &Holder) {
        let Some(passage) = self.passages.pop() else {
            return;
        };
        self.forget(passage.seq);
        self.step = step.clone();
        self.step_entered_at = self
            .passages
            .last()
            .map_or(self.opening.at, |before| before.at);
        self.holder = holder.clone();
        self.accepted = passage.accepted_before;
    }

    pub(super) fn forget(&mut self, seq: u32) {
        self.happened.retain(|one| one.seq != seq);
        for (_, clock) in &mut self.clocks {
            clock.starts.retain(|start| start.seq != seq);
        }
    }

    fn correct(&mut self, seq: u32, fields: Option<&Fields>, policy: &Policy) {
        let Some(entry) = self.entries.iter_mut().find(|entry| entry.seq == seq) else {
            return;
        };
        match fields {
            Some(fields) => entry.fields = fields.clone(),
            None => {
                entry.void = true;
                self.forget(seq);
            }
        }
        self.add_up_facts(policy);
    }
}

/// Whether people or the policy did something; everything else follows from it.
fn is_cause(event: &Event) -> bool {
    match event {
        Event::CaseOpened { .. }
        | Event::ActRecorded { .. }
        | Event::NoteAdded { .. }
        | Event::CaseDispatched { .. }
        | Event::CaseTransferred { .. }
        | Event::CaseAccepted { .. }
        | Event::CaseRefused { .. }
        | Event::CaseHandedOver { .. }
        | Event::LevelSet { .. }
        | Event::PartyAdded { .. }
        | Event::PartyRemoved { .. }
        | Event::CaseReopened { .. }
        | Event::CaseArchived
        | Event::CaseWithdrawn { .. }
        | Event::CaseLinked { .. }
        | Event::LinkTakenBack { .. }
        | Event::EntryCorrected { .. }
        | Event::CaseMigrated { .. }
        | Event::AttachmentAdded(_)
        | Event::AttachmentRemoved { .. } => true,
        Event::CaseImported { .. }
        | Event::ConsentGiven
        | Event::ReceiptIssued { .. }
        | Event::DutyFellDue(_)
        | Event::RaisedFrom { .. }
        | Event::CaseRaised { .. }
        | Event::RaisedCaseMoved { .. }
        | Event::NumberAssigned { .. }
        | Event::HolderChanged { .. }
        | Event::SealOpened { .. }
        | Event::SheetsSettled { .. }
        | Event::LevelChosen { .. }
        | Event::StepEntered { .. }
        | Event::CaseClosed { .. }
        | Event::FollowUpAsked { .. }
        | Event::ClockStarted { .. }
        | Event::ClockMoved { .. }
        | Event::ClockPaused { .. }
        | Event::ClockExtended { .. }
        | Event::ClockStopped { .. }
        | Event::ClockWithdrawn { .. }
        | Event::ClockFired { .. }
        | Event::ClockRuledAnew { .. }
        | Event::AttemptPlanned { .. }
        | Event::HoldPlaced { .. }
        | Event::HoldLifted { .. }
        | Event::CustomersMerged { .. }
        | Event::CustomersParted { .. }
        | Event::NoticeSent { .. } => false,
    }
}
