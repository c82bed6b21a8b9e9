//! What customers do: bringing a case in, adding to it, rating, opening it again. And the staff's part: a new code.

use huiyin_case::actor::Actor;
use huiyin_case::command::{Act, Command};
use huiyin_case::id::{CaseId, PartyId, PersonId};
use huiyin_case::receipt::ReceiptCode;

use super::{Address, PortalError, Submission, Submitted};
use crate::app::App;
use crate::commands::{CommandRequest, Done, Key, Start};
use crate::error::Error;
use crate::ids;
use crate::once::{Once, request_hash};
use crate::principal::Principal;

/// Under which name the answers to customers who bring something in are kept: nobody has signed in.
const PRINCIPAL: &str = "portal";
/// How often a customer's command is decided anew when somebody inside was faster.
const TRIES_MAX: usize = 5;

impl App {
    /// Takes in the case that a customer brings himself. The same request sent again gets the same number and code.
    ///
    /// # Errors
    /// [`PortalError::TooManyTries`]; [`Error::Refused`] with rule and clause; [`Error::NotFound`] for an unknown policy.
    pub async fn submit(
        &self,
        from: Address,
        submission: Submission,
    ) -> Result<Submitted, PortalError> {
        self.portal_limits.submission(&from)?;
        let version = self.taken_in_under(&submission.policy, None)?;
        let hash = request_hash(&(
            &submission.policy,
            &submission.kind,
            &submission.fields,
            submission.consents,
        ));
        let once = self.once(PRINCIPAL.to_owned(), submission.key.clone(), hash);
        let key = submission.key.as_str().to_owned();
        let known = self
            .known_customer(&version.policy, &submission.kind, &submission.fields)
            .await?;
        let case = CaseId::new(ids::new());
        let receipt = self
            .store()
            .receipt_hash(&self.store().receipt_code(case, &key));
        let command = Command {
            actor: Actor::Customer,
            acting_for: None,
            occurred: None,
            act: Act::Submit {
                case,
                customer: known.unwrap_or_else(|| PartyId::new(ids::new())),
                kind: submission.kind,
                fields: submission.fields,
                consents: submission.consents,
                receipt,
            },
        };
        let start = Start {
            before: None,
            customer_is_new: known.is_none(),
        };
        let done = self
            .carry_out(case, &version, start, &command, Some(once))
            .await?;
        // The case of the answer may be one that the same request made before.
        let code = self.store().receipt_code(done.case, &key);
        let receipt = self.store().receipt_hash(&code);
        Ok(Submitted {
            number: done.number,
            session: self.open_portal_session(done.case, receipt).await?,
            code,
        })
    }

    /// Does what a customer asks for on the case of his session.
    ///
    /// # Errors
    /// [`PortalError::NotEntered`]; [`PortalError::TooManyTries`]; [`Error::Refused`] with rule and clause.
    pub async fn customer_does(&self, token: &str, act: Act, key: Key) -> Result<(), PortalError> {
        let case = self.case_of_session(token).await?;
        self.portal_limits.act(case)?;
        let once = self.once(format!("customer {case}"), key, request_hash(&act));
        let command = Command {
            actor: Actor::Customer,
            acting_for: None,
            occurred: None,
            act,
        };
        for _ in 1..TRIES_MAX {
            match self.try_of_customer(case, &command, &once).await {
                Err(Error::Conflict { .. }) => {}
                done => return Ok(done.map(drop)?),
            }
        }
        Ok(self
            .try_of_customer(case, &command, &once)
            .await
            .map(drop)?)
    }

    async fn try_of_customer(
        &self,
        case: CaseId,
        command: &Command,
        once: &Once,
    ) -> Result<Done, Error> {
        if let Some(done) = self.replayed(once).await? {
            return Ok(done);
        }
        let (state, version) = self.load(case).await?;
        let start = Start::at(state);
        self.carry_out_beside(case, &version, start, command, once.clone())
            .await
    }

    /// Issues a new receipt code for a customer who lost his; the one before opens nothing any more.
    ///
    /// # Errors
    /// As [`App::command`].
    pub async fn issue_receipt(
        &self,
        principal: &Principal,
        case: CaseId,
        acting_for: Option<PersonId>,
        seen_seq: u32,
        key: Key,
    ) -> Result<(Done, ReceiptCode), Error> {
        let code = self.store().receipt_code(case, key.as_str());
        let request = CommandRequest {
            case,
            seen_seq,
            act: Act::IssueReceipt {
                receipt: self.store().receipt_hash(&code),
            },
            acting_for,
            occurred: None,
            key,
        };
        let done = self.command(principal, request).await?;
        Ok((done, code))
    }
}
