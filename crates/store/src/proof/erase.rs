//! Erasing: the key is destroyed and every readable copy deleted; the log and its proof stay.

use huiyin_case::id::{CaseId, PartyId};
use jiff::Timestamp;

use crate::crypto::KeyOwner;
use crate::files;
use crate::statement::Statement;
use crate::store::Store;
use crate::writer::WriteError;

const ERASE_KEY: &str = "UPDATE keys SET wrapped = NULL, erased_at_us = $3 WHERE owner_kind = $1 AND owner_id = $2 AND erased_at_us IS NULL";
const DELETE_PARTY: &str = "DELETE FROM parties WHERE party_id = $1";
const CLEAR_TEXTS: &str = "UPDATE cases SET subject = '', excerpt = '' WHERE case_id = $1";
const CLEAR_NAME: &str = "UPDATE cases SET customer_name = '' WHERE customer = $1";

impl Store {
    /// Destroys a party's key: personal fields about it can't be read any more. Texts of its cases are erased with
    /// [`Store::erase_case`].
    ///
    /// # Errors
    ///
    /// [`WriteError::Unmet`] when the party has no key or it was destroyed before.
    pub async fn erase_party(&self, party: PartyId, now: Timestamp) -> Result<(), WriteError> {
        let delete = Statement::new(DELETE_PARTY, [party.to_string().into()]);
        let clear = Statement::new(CLEAR_NAME, [party.to_string().into()]);
        self.erase(KeyOwner::Party(party), now, vec![delete, clear])
            .await
    }

    /// Destroys a case's key and deletes the readable copies of its texts from the work list and the search index, and the
    /// bytes of its attachments.
    ///
    /// # Errors
    ///
    /// [`WriteError::Unmet`] when there is no such case or its key was destroyed before.
    pub async fn erase_case(&self, case: CaseId, now: Timestamp) -> Result<(), WriteError> {
        let id = case.to_string();
        let clear = Statement::new(CLEAR_TEXTS, [id.as_str().into()]);
        let remove = Statement::new(self.engine().remove_search(), [id.as_str().into()]);
        let mut copies = vec![clear, remove];
        copies.extend(files::delete_of_case(&id));
        self.erase(KeyOwner::Case(case), now, copies).await
    }

    /// Rewrites the database so that nothing deleted is left in unused parts of its files. Reads and writes wait for
    /// it; it takes seconds per gigabyte.
    ///
    /// # Errors
    ///
    /// When it can't be written.
    pub async fn compact(&self) -> Result<(), WriteError> {
        for sql in self.engine().compact() {
            self.write_alone(sql).await?;
        }
        Ok(())
    }

    async fn erase(
        &self,
        owner: KeyOwner,
        now: Timestamp,
        copies: Vec<Statement>,
    ) -> Result<(), WriteError> {
        let args = [
            owner.kind().into(),
            owner.id().into(),
            now.as_microsecond().into(),
        ];
        let mut statements = vec![Statement::new(ERASE_KEY, args).changing_one()];
        statements.extend(copies);
        self.write_told(statements).await?;
        self.inner.keys.forget(owner);
        Ok(())
    }
}
