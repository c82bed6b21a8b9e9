//! Tying two cases together: one decision, put on record of both in one transaction.

use huiyin_case::Refusal;
use huiyin_case::command::{Act, Command};
use huiyin_case::id::{CaseId, PersonId};
use huiyin_case::link::OtherCase;
use huiyin_case::refusal::Rule;
use huiyin_policy::model::LinkKind;

use crate::app::App;
use crate::authorise::Action;
use crate::commands::{CommandRequest, Decided, Done, Key, SYSTEM_TRIES_MAX, Start, refused};
use crate::error::Error;
use crate::once::Once;
use crate::principal::Principal;
use crate::shelf::Version;

/// Two cases to link, or whose link is to be taken back.
#[derive(Debug, Clone)]
pub struct LinkRequest {
    /// The case that repeats, is part of, or goes on in the other.
    pub case: CaseId,
    /// Its last event that the caller saw.
    pub seen_seq: u32,
    /// For whom the caller acts, if not in the own right.
    pub acting_for: Option<PersonId>,
    /// The other case.
    pub other: CaseId,
    /// How they belong together.
    pub kind: LinkKind,
    /// The caller's key.
    pub key: Key,
}

impl App {
    /// Links a case to another.
    ///
    /// # Errors
    /// As [`App::command`]; [`Error::NotFound`] also if the caller may not see the other case.
    pub async fn link(&self, principal: &Principal, request: LinkRequest) -> Result<Done, Error> {
        self.refuse_itself(principal, &request).await?;
        let other = self.other_case(principal, request.other).await?;
        let act = Act::Link {
            other: Box::new(other),
            kind: request.kind,
        };
        self.command(principal, of_case(request, act)).await
    }

    /// Takes a link back.
    ///
    /// # Errors
    /// As [`App::link`].
    pub async fn take_back_link(
        &self,
        principal: &Principal,
        request: LinkRequest,
        reason: String,
    ) -> Result<Done, Error> {
        self.refuse_itself(principal, &request).await?;
        self.other_case(principal, request.other).await?;
        let act = Act::TakeBackLink {
            case: request.other,
            kind: request.kind,
            reason,
        };
        self.command(principal, of_case(request, act)).await
    }

    /// What is to be known of another case before something is linked to it.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the caller may not see it.
    pub async fn other_case(
        &self,
        principal: &Principal,
        case: CaseId,
    ) -> Result<OtherCase, Error> {
        let (state, _) = self.load(case).await?;
        self.require_sight(principal, Action::See, case, &state)
            .await?;
        Ok(OtherCase {
            case,
            policy: state.opening.policy,
            kind: state.opening.kind,
            stage: state.stage,
            opened_at: state.opening.at,
        })
    }

    /// A case is not linked to itself; whether there is one is told before that.
    async fn refuse_itself(
        &self,
        principal: &Principal,
        request: &LinkRequest,
    ) -> Result<(), Error> {
        let (state, version) = self.load(request.case).await?;
        self.require_sight(principal, Action::Handle, request.case, &state)
            .await?;
        match request.case == request.other {
            true => {
                let refusal = Refusal::new(Rule::LinkNotPossible("itself"));
                Err(refused(refusal, &version))
            }
            false => Ok(()),
        }
    }

    /// Carries out a command together with what it puts on record of another case. Whoever changes only that other case
    /// meanwhile is waited for.
    pub(crate) async fn carry_out_beside(
        &self,
        case: CaseId,
        version: &Version,
        from: Start,
        command: &Command,
        once: Once,
    ) -> Result<Done, Error> {
        let Some((other, act)) = command.act.counterpart(case) else {
            return self
                .carry_out(case, version, from, command, Some(once))
                .await;
        };
        let seen_seq = from.before.as_ref().map_or(0, |state| state.seq);
        let noted = Command {
            actor: command.actor,
            acting_for: command.acting_for,
            occurred: None,
            act,
        };
        let mut tries = 0;
        loop {
            tries += 1;
            let (state, of_other) = self.load(other).await?;
            let beside = self.decide(other, &of_other, Start::at(state), &noted, None)?;
            let decided = self.decide(case, version, from.clone(), command, Some(&once))?;
            let outcome = match (decided, beside) {
                (Decided::Ready(mut ready), Decided::Ready(beside)) => {
                    ready.put_beside(*beside);
                    self.write(*ready).await
                }
                (Decided::Ready(ready), Decided::Nothing(_)) => self.write(*ready).await,
                (Decided::Nothing(done), Decided::Nothing(_)) => Ok(done),
                (Decided::Nothing(done), Decided::Ready(beside)) => {
                    self.write(*beside).await.map(|_| done)
                }
            };
            match outcome {
                Err(Error::Conflict { current_seq })
                    if current_seq == seen_seq && tries < SYSTEM_TRIES_MAX => {}
                outcome => return outcome,
            }
        }
    }
}

fn of_case(request: LinkRequest, act: Act) -> CommandRequest {
    CommandRequest {
        case: request.case,
        seen_seq: request.seen_seq,
        acting_for: request.acting_for,
        act,
        occurred: None,
        key: request.key,
    }
}
