//! Erasing: the key is destroyed and every readable copy deleted; the log and its proof stay. What is under legal hold can't
//! be erased, and neither can its customer.

use huiyin_case::id::{CaseId, PartyId};
use jiff::Timestamp;

use crate::charges::{STILL_OWED, delete_charges};
use crate::crypto::KeyOwner;
use crate::files;
use crate::read::{ReadError, parsed};
use crate::statement::{Statement, Text};
use crate::store::Store;
use crate::vouchers::{STILL_TO_HAND_OVER, delete_vouchers};
use crate::writer::WriteError;

/// The hold is asked for in the same statement, so that none can come between.
const ERASE_CASE_KEY: &str = "UPDATE keys SET wrapped = NULL, erased_at_us = $3 WHERE owner_kind = $1 AND owner_id = $2 \
    AND erased_at_us IS NULL AND NOT EXISTS (SELECT 1 FROM cases WHERE case_id = $2 AND held = 1)";
const ERASE_PARTY_KEY: &str = "UPDATE keys SET wrapped = NULL, erased_at_us = $3 WHERE owner_kind = $1 AND owner_id = $2 \
    AND erased_at_us IS NULL AND NOT EXISTS (SELECT 1 FROM cases WHERE customer = $2 AND held = 1)";
const DELETE_PARTY: &str = "DELETE FROM parties WHERE party_id = $1";
const CLEAR_TEXTS: &str = "UPDATE cases SET subject = '', excerpt = '' WHERE case_id = $1";
const CLEAR_NAME: &str = "UPDATE cases SET customer_name = '' WHERE customer = $1";

/// Cases asked about in one statement.
const ASKED_MAX: usize = 500;

/// What was erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// Records of the customer.
    pub parties: Vec<PartyId>,
    /// Cases whose texts are gone.
    pub cases: Vec<CaseId>,
}

/// Why nothing was erased.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// These cases are under legal hold.
    #[error("{} case(s) under legal hold", .0.len())]
    Held(Vec<CaseId>),
    /// These cases are still being handled.
    #[error("{} case(s) still being handled", .0.len())]
    Open(Vec<CaseId>),
    /// Vouchers of these cases are still to be handed over; after erasing nobody could tell any more what they are.
    #[error("{} case(s) with vouchers to hand over", .0.len())]
    Vouchers(Vec<CaseId>),
    /// Something of what these cases charge to people's accounts is still owed, or is to be given back.
    #[error("{} case(s) with charges that are not settled", .0.len())]
    Charges(Vec<CaseId>),
    /// It was erased before, or a hold came between.
    #[error("it was erased before, or put on hold just now")]
    Gone,
    /// The database can't be read.
    #[error("the database can't be read")]
    Read(#[from] ReadError),
    /// The database can't be written.
    #[error("the database can't be written")]
    Write(#[source] WriteError),
}

impl Store {
    /// Erases a customer: all records that are the same person's, with the texts of all their cases, in one piece.
    ///
    /// # Errors
    ///
    /// [`EraseError::Held`] while any of the cases is under legal hold, [`EraseError::Open`] while any is being handled,
    /// [`EraseError::Vouchers`] while any has vouchers to hand over, [`EraseError::Charges`] while something of its charges is owed;
    /// nothing is erased then.
    pub async fn erase_customer(
        &self,
        party: PartyId,
        now: Timestamp,
    ) -> Result<Erased, EraseError> {
        let mut erased = Erased {
            parties: Vec::new(),
            cases: Vec::new(),
        };
        let (mut held, mut open) = (Vec::new(), Vec::new());
        for record in self.records_of(party).await? {
            for case in self.cases_of(record.party).await? {
                if case.held {
                    held.push(case.case);
                } else if case.open {
                    open.push(case.case);
                }
                erased.cases.push(case.case);
            }
            erased.parties.push(record.party);
        }
        if !held.is_empty() {
            return Err(EraseError::Held(held));
        }
        if !open.is_empty() {
            return Err(EraseError::Open(open));
        }
        let waiting = self.those_of(&erased.cases, STILL_TO_HAND_OVER).await?;
        if !waiting.is_empty() {
            return Err(EraseError::Vouchers(waiting));
        }
        let owed = self.those_of(&erased.cases, STILL_OWED).await?;
        if !owed.is_empty() {
            return Err(EraseError::Charges(owed));
        }
        let mut statements: Vec<Statement> = Vec::new();
        for &party in &erased.parties {
            // A record may have been erased alone before.
            if self.has_key(KeyOwner::Party(party)).await? {
                statements.extend(party_statements(party, now));
            }
        }
        for &case in &erased.cases {
            if self.has_key(KeyOwner::Case(case)).await? {
                statements.extend(self.case_statements(case, now));
            }
        }
        if statements.is_empty() {
            return Err(EraseError::Gone);
        }
        self.write_told(statements)
            .await
            .map_err(|error| match error {
                WriteError::Unmet => EraseError::Gone,
                other => EraseError::Write(other),
            })?;
        for &party in &erased.parties {
            self.inner.keys.forget(KeyOwner::Party(party));
        }
        for &case in &erased.cases {
            self.inner.keys.forget(KeyOwner::Case(case));
        }
        Ok(erased)
    }

    /// Destroys a party's key: personal fields about it can't be read any more. Texts of its cases are erased with
    /// [`Store::erase_case`].
    ///
    /// # Errors
    ///
    /// [`WriteError::Unmet`] when the party has no key, it was destroyed before, or a case of it is under legal hold.
    pub async fn erase_party(&self, party: PartyId, now: Timestamp) -> Result<(), WriteError> {
        self.write_told(party_statements(party, now).into()).await?;
        self.inner.keys.forget(KeyOwner::Party(party));
        Ok(())
    }

    /// Destroys a case's key and deletes the readable copies of its texts from the work list and the search index, and the
    /// bytes of its attachments.
    ///
    /// # Errors
    ///
    /// [`WriteError::Unmet`] when there is no such case, its key was destroyed before, or it is under legal hold.
    pub async fn erase_case(&self, case: CaseId, now: Timestamp) -> Result<(), WriteError> {
        self.write_told(self.case_statements(case, now)).await?;
        self.inner.keys.forget(KeyOwner::Case(case));
        Ok(())
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

    /// Those of these cases that a condition on `cases` holds of.
    async fn those_of(
        &self,
        cases: &[CaseId],
        condition: &'static str,
    ) -> Result<Vec<CaseId>, ReadError> {
        let mut found = Vec::new();
        for asked in cases.chunks(ASKED_MAX) {
            let mut text = Text::default();
            text.push("SELECT cases.case_id FROM cases WHERE cases.case_id IN ")
                .list(asked.iter().map(ToString::to_string))
                .push(" AND ")
                .push(condition);
            let rows = self.inner.readers.all(text.statement()).await?;
            for row in rows.iter() {
                found.push(parsed("case_id", row.try_get(0)?)?);
            }
        }
        Ok(found)
    }

    fn case_statements(&self, case: CaseId, now: Timestamp) -> Vec<Statement> {
        let id = case.to_string();
        let mut statements = vec![
            destroy(ERASE_CASE_KEY, KeyOwner::Case(case), now),
            Statement::new(CLEAR_TEXTS, [id.as_str().into()]),
            Statement::new(self.engine().remove_search(), [id.as_str().into()]),
        ];
        statements.extend(files::delete_of_case(&id));
        statements.push(delete_vouchers(id.as_str()));
        statements.push(delete_charges(id));
        statements
    }
}

fn party_statements(party: PartyId, now: Timestamp) -> [Statement; 3] {
    let delete = Statement::new(DELETE_PARTY, [party.to_string().into()]);
    let clear = Statement::new(CLEAR_NAME, [party.to_string().into()]);
    [
        destroy(ERASE_PARTY_KEY, KeyOwner::Party(party), now),
        delete,
        clear,
    ]
}

fn destroy(sql: &'static str, owner: KeyOwner, now: Timestamp) -> Statement {
    let args = [
        owner.kind().into(),
        owner.id().into(),
        now.as_microsecond().into(),
    ];
    Statement::new(sql, args).changing_one()
}
