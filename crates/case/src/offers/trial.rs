//! Commands tried without being carried out.

use std::num::NonZeroU32;

use huiyin_policy::case_facts::LEVELS;
use huiyin_policy::condition::Condition;
use huiyin_policy::model::{
    ActId, ChoiceId, ClauseId, ClockId, LevelsId, LinkKind, LinkRule, Moment, Move, PauseReasonId,
    PauseRule, Verb,
};

use super::stand_in::{self, TEXT};
use super::{Offer, Offered};
use crate::actor::Actor;
use crate::command::{Act, Command};
use crate::decide::{Context, Mode, decide_as};
use crate::id::{CaseId, PartyId, PersonId, UnitId};
use crate::link::OtherCase;
use crate::moment::matches;
use crate::receipt::ReceiptHash;
use crate::refusal::{Refusal, Rule};
use crate::state::{CaseState, Stage};
use crate::watch::watch;
use uuid::Uuid;

/// Who tries, on which case.
pub(super) struct Trial<'a> {
    pub(super) state: &'a CaseState,
    pub(super) context: &'a Context<'a>,
    pub(super) actor: Actor,
    /// Whom he represents, if anyone.
    pub(super) acting_for: Option<PersonId>,
}

impl Trial<'_> {
    /// Why a command would be refused; `None` if it would be carried out.
    pub(super) fn refusal(&self, act: Act) -> Option<Refusal> {
        let command = Command {
            actor: self.actor,
            acting_for: self.acting_for,
            occurred: None,
            act,
        };
        decide_as(Some(self.state), self.context, &command, Mode::Trial).err()
    }

    pub(super) fn record(&self, id: &ActId) -> Offer {
        let record = |outcome: Option<&ChoiceId>| {
            let fields = stand_in::fields(self.context, self.state, &self.people(), id, outcome);
            let refusal = self.refusal(Act::Record {
                act: id.clone(),
                fields,
            });
            // What is filled in decides it then, and not what stands for it here.
            refusal.filter(|refusal| {
                !matches!(refusal.rule, Rule::NoRowFits(_)) || !self.decides_itself(id)
            })
        };
        let choices = stand_in::outcomes(self.context.policy, id);
        let outcomes: Vec<_> = choices
            .into_iter()
            .map(|choice| (choice.clone(), record(Some(&choice))))
            .collect();
        let refusal = match outcomes.as_slice() {
            [] => record(None),
            [(_, first), ..] => first
                .clone()
                .filter(|_| outcomes.iter().all(|(_, refusal)| refusal.is_some())),
        };
        let act = self.context.policy.acts.get(id);
        Offer {
            what: Offered::Record(id.clone()),
            acting_for: self.acting_for,
            part: act.and_then(|act| act.part.clone()),
            reason: false,
            clause: act.and_then(|act| act.clause.clone()),
            refusal,
            outcomes,
        }
    }

    /// Whether a row that waits for an act asks for something that is filled in with the act.
    fn decides_itself(&self, id: &ActId) -> bool {
        let policy = self.context.policy;
        let act = policy.acts.get(id);
        let Some(own) = act.and_then(|act| act.part.as_ref()) else {
            return false;
        };
        let Some(kind) = self.state.kind(policy) else {
            return false;
        };
        let step = self.state.current_step(policy);
        let rows = step.map_or(&kind.after_close, |step| &step.moves);
        let waits = |row: &&Move| matches!(&row.on, Moment::Act { act, .. } if act == id);
        let conditions = rows
            .iter()
            .filter(waits)
            .filter_map(|row| row.when.as_ref());
        let mut facts = conditions.flat_map(Condition::facts);
        facts.any(|fact| fact.part() == own || fact.part().as_str() == LEVELS)
    }

    /// The offer of a verb, a note or a pause; `None` if there is nothing to try.
    pub(super) fn verb(&self, what: Offered) -> Option<Offer> {
        let refusal = self.refusal(self.command(&what, TEXT)?);
        let without_reason = self.refusal(self.command(&what, "")?);
        let reason = refusal.is_none()
            && without_reason.is_some_and(|refusal| refusal.rule == Rule::ReasonMissing);
        let clause = self.clause(&what);
        Some(Offer {
            part: match &what {
                Offered::Raise(kind) => {
                    let raised = self.context.policy.kinds.get(kind);
                    raised.map(|raised| raised.open.part.clone())
                }
                Offered::AddParty(role) => {
                    let role = self.context.policy.parties.get(role);
                    role.and_then(|role| role.part.clone())
                }
                _ => None,
            },
            what,
            acting_for: self.acting_for,
            reason,
            clause,
            refusal,
            outcomes: Vec::new(),
        })
    }

    fn command(&self, what: &Offered, reason: &str) -> Option<Act> {
        let optional = Some(reason.to_owned()).filter(|reason| !reason.is_empty());
        let reason = reason.to_owned();
        Some(match what {
            Offered::Record(_) => return None,
            Offered::Note => Act::Note { text: reason },
            Offered::Dispatch => Act::Dispatch {
                to: self.another_unit()?,
                reason: optional,
            },
            Offered::Transfer => Act::Transfer {
                to: self.another_unit()?,
                reason: optional,
            },
            Offered::Accept => Act::Accept,
            Offered::Refuse => Act::Refuse { reason },
            Offered::Pause(clock) => Act::Pause {
                clock: clock.clone(),
                reason: self.pause_reason(clock)?,
                note: reason,
            },
            Offered::Resume(clock) => Act::Resume {
                clock: clock.clone(),
            },
            Offered::Extend(clock) => Act::Extend {
                clock: clock.clone(),
                more: NonZeroU32::MIN,
                reason,
            },
            Offered::Close => Act::Close { reason: optional },
            Offered::Reopen => Act::Reopen { reason },
            Offered::Archive => Act::Archive,
            Offered::IssueReceipt => Act::IssueReceipt {
                receipt: ReceiptHash::new([0; 32]),
            },
            Offered::Withdraw => Act::Withdraw {
                told_by: TEXT.to_owned(),
                reason,
            },
            Offered::Link(kind) => Act::Link {
                other: Box::new(self.another_case(*kind)?),
                kind: *kind,
            },
            Offered::AddParty(role) => Act::AddParty {
                party: PartyId::new(Uuid::nil()),
                new: stand_in::party(self.context, self.state, role)?,
            },
            Offered::RemoveParty(role) => Act::RemoveParty {
                party: self.state.parties_in(role).next()?.id,
                reason,
            },
            Offered::SetLevel(levels) => Act::SetLevel {
                levels: levels.clone(),
                level: self.highest(levels),
                reason,
            },
            Offered::OpenSeal(seal) => Act::OpenSeal {
                seal: seal.clone(),
                reason,
            },
            Offered::Raise(kind) => Act::Raise {
                case: CaseId::new(Uuid::nil()),
                kind: kind.clone(),
            },
        })
    }

    /// Who tries, and whom he represents.
    fn people(&self) -> Vec<PersonId> {
        let actor = self.actor.person();
        actor.into_iter().chain(self.acting_for).collect()
    }

    /// A unit that does not have the case; the one that has it if there is no other.
    fn another_unit(&self) -> Option<UnitId> {
        let organisation = self.context.organisation;
        let in_right_of = self.acting_for.or(self.actor.person());
        let own = in_right_of.and_then(|person| organisation.active(person));
        let own = own.map(|person| person.unit);
        let from = self.state.lead_unit.or(own);
        organisation
            .units
            .iter()
            .filter(|(_, unit)| !unit.closed)
            .map(|(&id, _)| id)
            .find(|&unit| Some(unit) != from)
            .or(from)
    }

    fn link_rule(&self, kind: LinkKind) -> Option<&LinkRule> {
        self.state.kind(self.context.policy)?.links.get(&kind)
    }

    /// A case that this one could be linked to so; `None` if the policy has no such link.
    fn another_case(&self, kind: LinkKind) -> Option<OtherCase> {
        Some(OtherCase {
            case: CaseId::new(Uuid::nil()),
            policy: self.context.policy.id.clone(),
            kind: self.link_rule(kind)?.to.first()?.clone(),
            stage: Stage::Open,
            opened_at: self.state.opening.at,
        })
    }

    /// The highest level of a scale: where any can be set, this one can.
    fn highest(&self, levels: &LevelsId) -> Option<ChoiceId> {
        let levels = self.context.policy.levels.get(levels)?;
        levels.scale.keys().last().cloned()
    }

    fn pause_rule(&self, clock: &ClockId) -> Option<&PauseRule> {
        watch(self.state.kind(self.context.policy)?, clock)?
            .clock()?
            .pause
            .as_ref()
    }

    fn pause_reason(&self, clock: &ClockId) -> Option<PauseReasonId> {
        self.pause_rule(clock)?.reasons.keys().next().cloned()
    }

    /// The clause of the move or pause rule, else of the step.
    fn clause(&self, what: &Offered) -> Option<ClauseId> {
        let verb = match what {
            Offered::Pause(clock) | Offered::Resume(clock) => {
                return self.pause_rule(clock).map(|rule| rule.clause.clone());
            }
            Offered::Extend(clock) => {
                let declared = watch(self.state.kind(self.context.policy)?, clock)?.clock()?;
                return declared.extend.as_ref().map(|rule| rule.clause.clone());
            }
            Offered::Record(_) | Offered::Note => return None,
            Offered::IssueReceipt => {
                let portal = self.state.kind(self.context.policy)?.portal.as_ref()?;
                return Some(portal.clause.clone());
            }
            Offered::Raise(kind) => {
                let raised = self.context.policy.kinds.get(kind)?;
                let raise = raised.raised_from.get(&self.state.opening.kind)?;
                return Some(raise.clause.clone());
            }
            Offered::Withdraw => {
                let rule = self.state.kind(self.context.policy)?.withdrawal.as_ref()?;
                return Some(rule.clause.clone());
            }
            Offered::Link(kind) => return self.link_rule(*kind).map(|rule| rule.clause.clone()),
            Offered::AddParty(role) | Offered::RemoveParty(role) => {
                let role = self.context.policy.parties.get(role)?;
                return Some(role.clause.clone());
            }
            Offered::OpenSeal(seal) => {
                let seal = self.context.policy.seals.get(seal)?;
                return Some(seal.clause.clone());
            }
            Offered::SetLevel(levels) => {
                let levels = self.context.policy.levels.get(levels)?;
                return levels.set.as_ref().map(|set| set.clause.clone());
            }
            Offered::Dispatch => Verb::Dispatched,
            Offered::Transfer => Verb::Transferred,
            Offered::Accept => Verb::Accepted,
            Offered::Refuse => Verb::Refused,
            Offered::Close => Verb::Closed,
            Offered::Reopen => Verb::Reopened,
            Offered::Archive => Verb::Archived,
        };
        let kind = self.state.kind(self.context.policy)?;
        let step = self.state.current_step(self.context.policy);
        let rows = step.map_or(kind.after_close.as_slice(), |step| step.moves.as_slice());
        let moment = Moment::Verb {
            verb,
            step: step.map(|_| self.state.step.clone()),
        };
        let row = rows
            .iter()
            .find(|row| matches(&row.on, &moment))
            .and_then(|row| row.clause.clone());
        row.or_else(|| step.and_then(|step| step.clause.clone()))
    }
}
