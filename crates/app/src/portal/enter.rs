//! Getting in with a receipt code, and the session on the one case that it opens.

use huiyin_case::actor::Actor;
use huiyin_case::id::CaseId;
use huiyin_case::offers::{attachable, offers};
use huiyin_case::receipt::{ReceiptCode, ReceiptHash};
use jiff::SignedDuration;

use super::{Address, CustomersCase, PortalError};
use crate::app::App;
use crate::error::Error;
use crate::secret::Secret;

/// A session on the portal ends after this time without a request: the phone may be anybody's.
const IDLE_MAX: SignedDuration = SignedDuration::from_mins(15);
/// It ends after this time in any case.
const AGE_MAX: SignedDuration = SignedDuration::from_hours(2);
/// A session's last use is put down at most this often.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(1);

impl App {
    /// Opens a session on the case of a receipt code, as it was typed.
    ///
    /// # Errors
    /// [`PortalError::NoSuchCode`], which tells a mistyped code from an unknown one in no way; [`PortalError::TooManyTries`].
    pub async fn enter_portal(&self, from: Address, typed: &str) -> Result<Secret, PortalError> {
        self.portal_limits.code(&from)?;
        if self.read_only().is_some() {
            return Err(Error::ReadOnly.into());
        }
        let code: ReceiptCode = typed.parse().map_err(|_| PortalError::NoSuchCode)?;
        let receipt = self.store().receipt_hash(&code);
        let found = self.store().case_by_receipt(receipt).await;
        let case = found.map_err(Error::from)?.ok_or(PortalError::NoSuchCode)?;
        Ok(self.open_portal_session(case, receipt).await?)
    }

    pub(super) async fn open_portal_session(
        &self,
        case: CaseId,
        receipt: ReceiptHash,
    ) -> Result<Secret, Error> {
        let token = Secret::generate();
        let now = self.now();
        self.store()
            .open_portal_session(
                token.reveal().as_bytes(),
                (case, receipt),
                now,
                now + AGE_MAX,
            )
            .await?;
        Ok(token)
    }

    /// What is kept of a receipt code that nobody is told.
    pub(crate) fn unknown_receipt(&self, case: CaseId) -> ReceiptHash {
        let code = self.store().receipt_code(case, Secret::generate().reveal());
        self.store().receipt_hash(&code)
    }

    /// Ends a session; one that is not there is ended already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn leave_portal(&self, token: &str) -> Result<(), Error> {
        let token = token.as_bytes();
        // Anybody can send any token: what is no session costs no write.
        if self
            .store()
            .portal_session(token, self.now())
            .await?
            .is_some()
        {
            self.store().end_portal_session(token).await?;
        }
        Ok(())
    }

    /// The case of a session, as its customer may see it.
    ///
    /// # Errors
    /// [`PortalError::NotEntered`] once the session has ended.
    pub async fn customers_case(&self, token: &str) -> Result<CustomersCase, PortalError> {
        let case = self.case_of_session(token).await?;
        let (state, version, history) = self.load_with_history(case).await?;
        let directory = self.directory();
        let context = self.context(&version, &directory.organisation);
        Ok(CustomersCase {
            offers: offers(&state, &context, Actor::Customer),
            may_send_file: attachable(&state, &context, Actor::Customer).is_ok(),
            opening: history.into_iter().next(),
            state,
            version,
        })
    }

    pub(super) async fn case_of_session(&self, token: &str) -> Result<CaseId, PortalError> {
        let now = self.now();
        let session = self.store().portal_session(token.as_bytes(), now).await;
        let session = session.map_err(Error::from)?;
        let session = session
            .filter(|session| now.duration_since(session.seen_at) <= IDLE_MAX)
            .ok_or(PortalError::NotEntered)?;
        let is_stale = now.duration_since(session.seen_at) > SEEN_EVERY;
        if is_stale && self.read_only().is_none() {
            let touched = self.store().touch_portal_session(token.as_bytes(), now);
            touched.await.map_err(Error::from)?;
        }
        Ok(session.case)
    }
}
