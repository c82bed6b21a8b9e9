//! Tying two cases together: one decision, put on record of both in one transaction.

use huiyin_case::Refusal;
use huiyin_case::command::{Act, Command};
use huiyin_case::id::{CaseId, PersonId};
use huiyin_case::link::OtherCase;
use huiyin_case::refusal::Rule;
use huiyin_case::state::CaseState;
use huiyin_policy::model::LinkKind;
use huiyin_store::AppendError;

use crate::app::App;
use crate::authorise::Action;
use crate::commands::{
    CommandRequest, Decided, Done, Key, Ready, SYSTEM_TRIES_MAX, Start, refused,
};
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

    /// What a command puts on record of another case; `None` if that is known there already.
    async fn decide_beside(
        &self,
        other: CaseId,
        act: Act,
        command: &Command,
    ) -> Result<Option<Ready>, Error> {
        let noted = Command {
            actor: command.actor,
            acting_for: command.acting_for,
            occurred: None,
            act,
        };
        let (state, version) = self.load(other).await?;
        match self.decide(other, &version, Start::at(state), &noted, None)? {
            Decided::Ready(ready) => Ok(Some(*ready)),
            Decided::Nothing(_) => Ok(None),
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
        let counterpart = command.act.counterpart(case);
        let before = from.before.as_ref();
        let origin = before.and_then(|state| Origin::of(case, state));
        if counterpart.is_none() && origin.is_none() {
            return self
                .carry_out(case, version, from, command, Some(once))
                .await;
        }
        let seen_seq = before.map_or(0, |state| state.seq);
        let mut tries = 0;
        loop {
            tries += 1;
            let version = &version.as_of(&self.shelf());
            let decided = self.decide(case, version, from.clone(), command, Some(&once))?;
            let hears = || origin.as_ref().and_then(|origin| origin.hears(&decided));
            let beside = match counterpart.clone().or_else(hears) {
                Some((other, act)) => self.decide_beside(other, act, command).await?,
                None => None,
            };
            let outcome = match (decided, beside) {
                (Decided::Ready(mut ready), Some(beside)) => {
                    ready.put_beside(beside);
                    self.write(*ready).await
                }
                (Decided::Ready(ready), None) => self.write(*ready).await,
                (Decided::Nothing(done), None) => Ok(done),
                (Decided::Nothing(done), Some(beside)) => self.write(beside).await.map(|_| done),
            };
            match outcome {
                Err(Error::Conflict { current_seq })
                    if current_seq == seen_seq && tries < SYSTEM_TRIES_MAX => {}
                Err(Error::Append(AppendError::CalendarChanged)) if tries < SYSTEM_TRIES_MAX => {}
                outcome => return outcome,
            }
        }
    }
}

/// The case that another was opened out of, and whether that other had ended before a command.
struct Origin {
    origin: CaseId,
    own: CaseId,
    ended: bool,
}

impl Origin {
    fn of(own: CaseId, state: &CaseState) -> Option<Self> {
        Some(Self {
            origin: state.raised_from?,
            own,
            ended: state.ending.is_some(),
        })
    }

    /// What is put on record there, if the command ended the case or opened it again.
    fn hears(&self, decided: &Decided) -> Option<(CaseId, Act)> {
        let Decided::Ready(ready) = decided else {
            return None;
        };
        let ended = ready.has_ended();
        let act = Act::NoteRaised {
            case: self.own,
            ended,
        };
        (ended != self.ended).then_some((self.origin, act))
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
