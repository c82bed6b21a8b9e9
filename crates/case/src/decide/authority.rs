//! Who may do what in a step.

use huiyin_policy::model::{ClauseId, Selector, Step, Verb};

use super::draft::Draft;
use crate::refusal::{Refusal, Rule};

/// What somebody is about to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doing {
    Act,
    Verb(Verb),
}

impl Doing {
    /// What may be done before somebody accepted the case.
    fn needs_no_acceptance(self) -> bool {
        matches!(
            self,
            Self::Verb(Verb::Accepted | Verb::Refused | Verb::Transferred)
        )
    }
}

impl Draft<'_> {
    /// Whether the actor may do this in the step, in the right he acts in.
    ///
    /// `own` is the selector of the act or move itself: whoever it names acts in his own right, whether or not the
    /// step's own people have accepted the case.
    pub(super) fn authorise(
        &self,
        step: &Step,
        own: Option<&Selector>,
        doing: Doing,
        clause: Option<&ClauseId>,
    ) -> Result<(), Refusal> {
        let clause = clause.or(step.clause.as_ref());
        match own {
            Some(own) if self.admits(own) => Ok(()),
            None if self.admits(&step.by) => self
                .respect_acceptance(step, doing)
                .map_err(|rule| Refusal::under(rule, clause)),
            _ => Err(Refusal::under(Rule::NotEntitled, clause)),
        }
    }

    fn respect_acceptance(&self, step: &Step, doing: Doing) -> Result<(), Rule> {
        if !step.accept_first {
            return Ok(());
        }
        let accepts = doing == Doing::Verb(Verb::Accepted);
        match self.accepted_by() {
            None if doing.needs_no_acceptance() => Ok(()),
            None => Err(Rule::NotAccepted),
            // Accepting what another holds is taking it over; accepting twice is nothing.
            Some(holder) if (Some(holder) == self.in_right_of()) != accepts => Ok(()),
            Some(_) if accepts => Err(Rule::MoveNotAllowed {
                verb: Verb::Accepted,
                step: Some(self.state.step.clone()),
            }),
            Some(_) => Err(Rule::HeldByAnother),
        }
    }

    /// Who accepted the case in this step; nobody if he has left, or keeps out of it since.
    fn accepted_by(&self) -> Option<crate::id::PersonId> {
        let person = self.state.holder.person.filter(|_| self.state.accepted)?;
        let active = self.context.organisation.active(person).map(|_| person);
        active.filter(|&person| !self.who().is_excluded(person))
    }
}
