//! Receipt codes and the sessions that they open. Neither codes nor tokens are kept, only keyed hashes.

use huiyin_case::id::CaseId;
use huiyin_case::receipt::{RANDOM_BYTES, ReceiptCode, ReceiptHash};
use jiff::Timestamp;

use crate::read::{ReadError, instant, parsed};
use crate::statement::Statement;
use crate::store::Store;
use crate::writer::WriteError;

/// The code itself is the predicate: whoever has it may see this case, and no other query finds it.
const BY_RECEIPT: &str = "SELECT case_id FROM cases WHERE receipt = $1";
const OPEN: &str = "INSERT INTO portal_sessions (token_hash, case_id, receipt, seen_at_us, expires_at_us) VALUES ($1, $2, $3, $4, $5)";
/// A session ends with the code that opened it.
const FIND: &str = "SELECT portal_sessions.case_id, portal_sessions.seen_at_us FROM portal_sessions \
    JOIN cases ON cases.case_id = portal_sessions.case_id AND cases.receipt = portal_sessions.receipt \
    WHERE portal_sessions.token_hash = $1 AND portal_sessions.expires_at_us > $2";
const SEEN: &str = "UPDATE portal_sessions SET seen_at_us = $2 WHERE token_hash = $1";
const END: &str = "DELETE FROM portal_sessions WHERE token_hash = $1";

/// A customer's session on the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortalSession {
    /// The one case it shows.
    pub case: CaseId,
    /// When it was last used.
    pub seen_at: Timestamp,
}

impl Store {
    /// The receipt code for a case that a request with a key of its own asks for; the same request gets the same code.
    pub fn receipt_code(&self, case: CaseId, key: &str) -> ReceiptCode {
        let random = self
            .inner
            .subkeys
            .receipt_random(case.uuid().as_bytes(), key);
        let mut bytes = [0; RANDOM_BYTES];
        bytes.copy_from_slice(&random[..RANDOM_BYTES]);
        ReceiptCode::new(&bytes)
    }

    /// What is kept of a receipt code.
    pub fn receipt_hash(&self, code: &ReceiptCode) -> ReceiptHash {
        ReceiptHash::new(self.inner.subkeys.receipt_hash(&code.plain()))
    }

    /// The case that a receipt code opens.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn case_by_receipt(&self, receipt: ReceiptHash) -> Result<Option<CaseId>, ReadError> {
        let found = self.read(BY_RECEIPT, [receipt.to_string().into()]).await?;
        found
            .first()
            .map(|row| parsed("case_id", row.try_get(0)?))
            .transpose()
    }

    /// Opens a session on the case of a receipt code under a secret token.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub async fn open_portal_session(
        &self,
        token: &[u8],
        (case, receipt): (CaseId, ReceiptHash),
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), WriteError> {
        let args = [
            self.inner.subkeys.token_hash(token).into(),
            case.to_string().into(),
            receipt.to_string().into(),
            now.as_microsecond().into(),
            expires_at.as_microsecond().into(),
        ];
        self.write(vec![Statement::new(OPEN, args)]).await.map(drop)
    }

    /// The session under a token, unless it has expired at `now` or its code was replaced.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn portal_session(
        &self,
        token: &[u8],
        now: Timestamp,
    ) -> Result<Option<PortalSession>, ReadError> {
        let hash = self.inner.subkeys.token_hash(token);
        let args = [hash.into(), now.as_microsecond().into()];
        let found = self.read(FIND, args).await?;
        let Some(row) = found.first() else {
            return Ok(None);
        };
        Ok(Some(PortalSession {
            case: parsed("case_id", row.try_get(0)?)?,
            seen_at: instant("seen_at_us", row.try_get(1)?)?,
        }))
    }

    /// Notes that a session on the portal was used.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub async fn touch_portal_session(
        &self,
        token: &[u8],
        now: Timestamp,
    ) -> Result<(), WriteError> {
        let hash = self.inner.subkeys.token_hash(token);
        let args = [hash.into(), now.as_microsecond().into()];
        self.write(vec![Statement::new(SEEN, args)]).await.map(drop)
    }

    /// Ends a session on the portal; one that is not there is ended already.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub async fn end_portal_session(&self, token: &[u8]) -> Result<(), WriteError> {
        let hash = self.inner.subkeys.token_hash(token);
        self.write(vec![Statement::new(END, [hash.into()])])
            .await
            .map(drop)
    }
}
