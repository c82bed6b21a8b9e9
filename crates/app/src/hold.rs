//! Legal hold (法律保全), and erasing, which it forbids.

use huiyin_case::command::Act;
use huiyin_case::id::CaseId;
use huiyin_store::{AuditEntry, EraseError, Erased, Store, WriteError};
use jiff::Timestamp;

use crate::app::App;
use crate::authorise::Action;
use crate::commands::{CommandRequest, Done, Key};
use crate::error::Error;
use crate::principal::Principal;

/// A case to put on hold, or whose hold is to be lifted.
#[derive(Debug, Clone)]
pub struct HoldRequest {
    /// The case.
    pub case: CaseId,
    /// Its last event that the caller saw.
    pub seen_seq: u32,
    /// Why.
    pub reason: String,
    /// The caller's key.
    pub key: Key,
}

impl App {
    /// Puts a case on legal hold: nothing of it, and nothing of its customer, can be erased.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without the right; otherwise as [`App::command`].
    pub async fn hold(&self, principal: &Principal, request: HoldRequest) -> Result<Done, Error> {
        let reason = request.reason.clone();
        self.keep(principal, "hold_case", request, Act::Hold { reason })
            .await
    }

    /// Lifts a hold.
    ///
    /// # Errors
    /// As [`App::hold`].
    pub async fn lift_hold(
        &self,
        principal: &Principal,
        request: HoldRequest,
    ) -> Result<Done, Error> {
        let reason = request.reason.clone();
        self.keep(principal, "lift_hold", request, Act::LiftHold { reason })
            .await
    }

    /// Whether a hold is shown to the caller.
    pub fn sees_holds(&self, principal: &Principal) -> bool {
        self.may(principal, Action::Hold) || self.may(principal, Action::Audit)
    }

    async fn keep(
        &self,
        principal: &Principal,
        action: &str,
        request: HoldRequest,
        act: Act,
    ) -> Result<Done, Error> {
        let (state, _) = self.load(request.case).await?;
        self.require_sight(principal, Action::Hold, request.case, &state)
            .await?;
        self.record_keeping(principal, action, request.case, "")
            .await?;
        let command = CommandRequest {
            case: request.case,
            seen_seq: request.seen_seq,
            acting_for: None,
            act,
            occurred: None,
            key: request.key,
        };
        self.command(principal, command).await
    }
}

/// Why a customer was not erased.
#[derive(Debug, thiserror::Error)]
pub enum ErasureError {
    /// There is no such case.
    #[error("there is no case with this number")]
    NoCase,
    /// The store refused.
    #[error(transparent)]
    Refused(#[from] EraseError),
    /// The database can't be read.
    #[error("the database can't be read")]
    Read(#[from] huiyin_store::ReadError),
    /// The audit log can't be written, so nothing is erased.
    #[error("the audit log can't be written")]
    Audit(#[from] WriteError),
}

/// Erases the customer of a case: all records of that person, with the texts of all their cases. Both that it was asked
/// and how it ended are in the audit log.
///
/// # Errors
/// [`ErasureError`]; nothing is erased then.
pub async fn erase_customer(
    store: &Store,
    number: &str,
    now: Timestamp,
) -> Result<Erased, ErasureError> {
    let case = store
        .case_by_number(number)
        .await?
        .ok_or(ErasureError::NoCase)?;
    let customer = store.customer_of(case).await?.ok_or(ErasureError::NoCase)?;
    let entry = |verdict: &str| AuditEntry {
        at: now,
        account: None,
        action: "erase_customer".to_owned(),
        case: Some(case),
        verdict: verdict.to_owned(),
        detail: customer.to_string(),
    };
    store.audit(entry("asked")).await?;
    let outcome = store.erase_customer(customer, now).await;
    let verdict = match &outcome {
        Ok(_) => "allowed",
        Err(EraseError::Held(_)) => "held",
        Err(EraseError::Vouchers(_)) => "vouchers_wait",
        Err(EraseError::Charges(_)) => "charges_owed",
        Err(_) => "denied",
    };
    store.audit(entry(verdict)).await?;
    let erased = outcome?;
    store.compact().await?;
    Ok(erased)
}
