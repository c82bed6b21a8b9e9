//! Where acts and verbs lead: a step's moves as a first-hit table, the needs before them, and entering a step.

use huiyin_policy::model::{
    ActId, KindId, Moment, Move, Need, NeedWhat, Selector, Step, StepId, Target, Verb,
};
use jiff::Timestamp;

use super::authority::Doing;
use super::copies;
use super::draft::{Draft, optional_text, required_text};
use super::follow::due;
use super::follow_up;
use crate::actor::Actor;
use crate::event::{Event, Holder};
use crate::facts::Facts;
use crate::id::PersonId;
use crate::moment::{Happened, matches};
use crate::refusal::{Refusal, Rule};
use crate::state::Stage;

/// A verb with what it puts on record; closing and archiving are put on record by the move itself.
pub(super) struct Doable<'r> {
    pub(super) verb: Verb,
    pub(super) event: Option<Event>,
    pub(super) reason: Option<&'r str>,
}

/// Why a row does not fit, where there would be another reason if there were none.
fn unfit_rule(otherwise: &Rule) -> Rule {
    match otherwise {
        Rule::MoveNotAllowed { verb, step } => Rule::MoveDoesNotFit {
            verb: *verb,
            step: step.clone(),
        },
        other => other.clone(),
    }
}

/// A row that waits for what is done, with whether the actor may take it.
pub(super) type Judged<'a> = (&'a Move, Result<(), Refusal>);

impl<'a> Draft<'a> {
    /// Does a verb in the step the case is in: finds its move, checks what the move asks for and follows it.
    ///
    /// Who may is judged before the verb, `when` after it: the second refusal finds `case.refusals == 2`.
    pub(super) fn do_verb(&mut self, doable: Doable<'_>) -> Result<(), Refusal> {
        let Doable {
            verb,
            event,
            reason,
        } = doable;
        let step = self.step()?;
        if self.at < self.state.step_entered_at {
            return Err(Rule::OccursTooEarly(self.state.step_entered_at).into());
        }
        let here = Some(self.state.step.clone());
        let moment = Moment::Verb {
            verb,
            step: here.clone(),
        };
        let rows: Vec<Judged<'a>> = step
            .moves
            .iter()
            .filter(|row| matches(&row.on, &moment))
            .map(|row| {
                (
                    row,
                    self.authorise(
                        step,
                        row.by.as_ref(),
                        Doing::Verb(verb),
                        row.clause.as_ref(),
                    ),
                )
            })
            .collect();
        if rows.is_empty() && verb == Verb::Accepted && step.accept_first {
            self.authorise(step, None, Doing::Verb(verb), None)?;
            event.into_iter().for_each(|event| self.push(event));
            return Ok(());
        }
        event.into_iter().for_each(|event| self.push(event));
        let row = self.first_hit(
            rows,
            Rule::MoveNotAllowed { verb, step: here },
            step.clause.as_ref(),
        )?;
        self.take(row, reason)?;
        // Whoever sends a case back without a step for it leaves it with nobody.
        if verb == Verb::Refused && row.then == Target::Stay {
            self.somebody_acts(&self.state.step, step, &self.state.holder)?;
        }
        Ok(())
    }

    /// The first row that the actor may take, whose condition holds and whose time is not over. Otherwise the reason that tells most: that the
    /// time is over, else that a condition does not hold, else that it is for others.
    pub(super) fn first_hit(
        &self,
        rows: Vec<Judged<'a>>,
        otherwise: Rule,
        clause: Option<&huiyin_policy::model::ClauseId>,
    ) -> Result<&'a Move, Refusal> {
        let (mut too_late, mut unfit, mut not_entitled) = (None, None, None);
        for (row, allowed) in rows {
            if let Err(refusal) = allowed {
                not_entitled = not_entitled.or(Some(refusal));
            } else if row
                .when
                .as_ref()
                .is_some_and(|when| !self.facts_after(&row.on).hold(when))
            {
                let clause = row.clause.as_ref().or(clause);
                unfit = Some(Refusal::under(unfit_rule(&otherwise), clause));
            } else if let Err(refusal) = self.in_time(row) {
                too_late = Some(refusal);
            } else {
                return Ok(row);
            }
        }
        let told = too_late.or(unfit).or(not_entitled);
        Err(told.unwrap_or_else(|| otherwise.into()))
    }

    /// What a row's `when` is asked of: what is on record once its moment has happened. A reopening is judged before it is put on
    /// record, because it undoes what its rows ask about, such as that the case was withdrawn; it counts all the same.
    fn facts_after(&self, moment: &Moment) -> Facts<'_> {
        match moment {
            Moment::Verb {
                verb: Verb::Reopened,
                ..
            } if self.state.stage == Stage::Closed => self.facts().with_this_reopening(),
            _ => self.facts(),
        }
    }

    /// Whether a row's time is not over yet, counted from when the case came to its step or was closed.
    pub(super) fn in_time(&self, row: &Move) -> Result<(), Refusal> {
        let Some(within) = &row.within else {
            return Ok(());
        };
        let since = self.state.passages.last();
        let since = since.map_or(self.state.opening.at, |passage| passage.at);
        match due(self, within, since, &[])? {
            Some(due) if self.at > due.at => {
                Err(Refusal::under(Rule::TooLate(due.date), row.clause.as_ref()))
            }
            _ => Ok(()),
        }
    }

    /// Follows a move of a verb.
    pub(super) fn take(&mut self, row: &'a Move, reason: Option<&str>) -> Result<(), Refusal> {
        optional_text(reason)?;
        if row.reason {
            required_text(reason.unwrap_or_default())
                .map_err(|refusal| Refusal::under(refusal.rule, row.clause.as_ref()))?;
        }
        self.check_needs(&row.needs)?;
        self.go(&row.then, reason)
    }

    /// Follows the first move that an act just recorded leads to. An act that no row waits for leads nowhere; one that rows wait for, of
    /// which none fits, is refused: it would be on record and nothing would come of it.
    pub(super) fn follow_act(&mut self, act: &ActId, moment: &Moment) -> Result<(), Refusal> {
        let step = self.step()?;
        let rows = step.moves.iter().filter(|row| matches(&row.on, moment));
        let rows: Vec<Judged<'a>> = rows
            .map(|row| {
                let admits = row.by.as_ref().is_none_or(|by| self.admits(by));
                let refusal = || Refusal::under(Rule::NotEntitled, row.clause.as_ref());
                (row, admits.then_some(()).ok_or_else(refusal))
            })
            .collect();
        if rows.is_empty() {
            return Ok(());
        }
        let row = self.first_hit(rows, Rule::NoRowFits(act.clone()), step.clause.as_ref())?;
        self.check_needs(&row.needs)?;
        // An act may have happened before its step was entered; what it leads to can't.
        self.at = self.at.max(self.state.step_entered_at);
        self.go(&row.then, None)
    }

    pub(super) fn go(&mut self, target: &Target, reason: Option<&str>) -> Result<(), Refusal> {
        match target {
            Target::Stay => Ok(()),
            Target::Step(step) => self.enter(step),
            Target::Closed => {
                self.check_needs(&self.kind.close_needs)?;
                self.push(Event::CaseClosed {
                    reason: reason.map(str::to_owned),
                });
                follow_up::ask(self);
                Ok(())
            }
            Target::Archived => {
                self.check_needs(&self.kind.archive_needs)?;
                self.push(Event::CaseArchived);
                Ok(())
            }
        }
    }

    /// Enters a step, or the first after it that is not passed over. Passing over the last one closes the case.
    pub(super) fn enter(&mut self, to: &StepId) -> Result<(), Refusal> {
        let steps = &self.kind.steps;
        // Whoever is kept out of the case does not take it over by bringing it here.
        let excluded = |person: &PersonId| self.who().is_excluded(*person);
        let person = self.in_right_of().filter(|person| !excluded(person));
        let mut acceptor = self.acceptor();
        let mut at = steps.get_index_of(to);
        for _ in 0..=steps.len() {
            let Some((id, step)) = at.and_then(|at| steps.get_index(at)) else {
                return self.go(&Target::Closed, None);
            };
            let next = at.map(|at| at + 1);
            let taken_by_actor = person.filter(|_| step.skip_if_actor && self.admits(&step.by));
            if step
                .when
                .as_ref()
                .is_some_and(|when| !self.facts().hold(when))
            {
                at = next;
            } else if taken_by_actor.is_some() {
                acceptor = taken_by_actor;
                let accepted = Moment::Verb {
                    verb: Verb::Accepted,
                    step: Some(id.clone()),
                };
                let fits = |row: &&Move| {
                    matches(&row.on, &accepted)
                        && row.when.as_ref().is_none_or(|when| self.facts().hold(when))
                };
                at = match step.moves.iter().find(fits).map(|row| &row.then) {
                    Some(Target::Step(step)) => steps.get_index_of(step),
                    Some(Target::Closed | Target::Archived) => None,
                    Some(Target::Stay) | None => next,
                };
            } else {
                let mut holder = self.who().holder(&step.by, self.in_right_of());
                holder.person = acceptor
                    .filter(|&person| self.who().includes(&step.by, person))
                    .or(holder.person);
                // What is brought in is kept, whoever will have it; what is under way goes nowhere where nobody has it.
                if self.seq_before > 0 {
                    self.somebody_acts(id, step, &holder)?;
                }
                self.push(Event::StepEntered {
                    step: id.clone(),
                    holder,
                });
                return Ok(());
            }
        }
        Err(Rule::ConditionFailed(format!("every step after `{to}` is passed over")).into())
    }

    /// Refuses to leave a case in a step that waits for somebody whom nothing names yet, such as a lead unit before any dispatch.
    fn somebody_acts(&self, id: &StepId, step: &Step, holder: &Holder) -> Result<(), Refusal> {
        if *holder != Holder::default() || !self.who().everyone(&step.by).is_empty() {
            return Ok(());
        }
        let nobody = matches!(step.by, Selector::Nobody | Selector::Customer);
        if nobody || self.actor == Actor::System {
            return Ok(());
        }
        let clause = step.clause.as_ref();
        Err(Refusal::under(Rule::NobodyToAct(id.clone()), clause))
    }

    /// The person who has just accepted the case, and so goes on with it.
    fn acceptor(&self) -> Option<PersonId> {
        let accepted = |one: &Happened| {
            one.seq > self.seq_before
                && matches!(
                    one.moment,
                    Moment::Verb {
                        verb: Verb::Accepted,
                        ..
                    }
                )
        };
        self.in_right_of()
            .filter(|_| self.state.happened.iter().any(accepted))
    }

    pub(super) fn check_needs(&self, needs: &[Need]) -> Result<(), Refusal> {
        needs.iter().try_for_each(|need| self.check_need(need))
    }

    fn check_need(&self, need: &Need) -> Result<(), Refusal> {
        if need
            .when
            .as_ref()
            .is_some_and(|when| !self.facts().hold(when))
        {
            return Ok(());
        }
        let missing = match &need.what {
            NeedWhat::Act { act, after } => {
                let happened = &self.state.happened;
                let since = after.as_ref().and_then(|after| self.last(after));
                let asked = Moment::Act {
                    act: act.clone(),
                    outcome: None,
                };
                let found = happened
                    .iter()
                    .any(|one| one.is(&asked) && since.is_none_or(|since| one.order() > since));
                (!found).then(|| Rule::NeedsAct(act.clone()))
            }
            NeedWhat::Raised { kind, closed } => self.lacks_raised(kind, *closed),
            NeedWhat::Copies { of, copy, after } => {
                let since = after.as_ref().and_then(|after| self.last(after));
                (!copies::are_handed_out(self, of, copy.as_ref(), since))
                    .then(|| Rule::NeedsCopies(of.clone(), copy.clone()))
            }
            NeedWhat::Each { of, act, field } => {
                let missing = self.state.without_act(of, act, field);
                (missing > 0).then(|| Rule::NeedsEach {
                    act: act.clone(),
                    missing,
                })
            }
            NeedWhat::Field(path) => self
                .facts()
                .value(path)
                .is_none()
                .then(|| Rule::NeedsField(path.clone())),
            NeedWhat::Holds { condition, text } => {
                (!self.facts().hold(condition)).then(|| Rule::NeedsCondition(text.clone()))
            }
        };
        missing.map_or(Ok(()), |rule| Err(Refusal::of(rule, &need.clause)))
    }

    /// When a moment happened last, and where it stands in the log.
    fn last(&self, moment: &Moment) -> Option<(Timestamp, u32)> {
        let happened = self.state.happened.iter();
        let happened = happened.filter(|one| one.is(moment));
        happened.map(Happened::order).max()
    }

    /// What is missing of the cases of a kind that are opened out of this one.
    fn lacks_raised(&self, kind: &KindId, closed: bool) -> Option<Rule> {
        let mut raised = self.state.raised.iter().filter(|one| one.kind == *kind);
        match raised.next() {
            None => Some(Rule::NeedsRaised(kind.clone())),
            Some(first) if closed && !(first.ended && raised.all(|one| one.ended)) => {
                Some(Rule::NeedsRaisedClosed(kind.clone()))
            }
            Some(_) => None,
        }
    }
}
