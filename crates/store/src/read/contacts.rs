//! Who is known under a contact. Every registration asks, so questions that come while one is being answered wait and are
//! answered together: a query costs far more on its way to the database than a further contact in it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use huiyin_case::id::PartyId;
use tokio::sync::oneshot;

use super::{ReadError, parsed};
use crate::bulk::{Column, rows_of, rows_query};
use crate::chain::Hash;
use crate::statement::{Arg, Statement};
use crate::store::Store;

/// Parties that share one contact and are offered as the returning customer, at most.
const PARTIES_MAX: usize = 20;

type Found = Result<Vec<PartyId>, Arc<ReadError>>;

/// Questions that wait for their answer.
#[derive(Default)]
pub(crate) struct Contacts(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    /// Whether a task takes the questions up.
    answering: bool,
    asked: Vec<(Hash, oneshot::Sender<Found>)>,
}

impl Contacts {
    /// Adds a question; true if nobody answers them yet.
    fn ask(&self, contact: Hash, answer: oneshot::Sender<Found>) -> bool {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.asked.push((contact, answer));
        !std::mem::replace(&mut waiting.answering, true)
    }

    /// All questions asked by now; with none left, nobody answers them any more.
    fn take(&self) -> Vec<(Hash, oneshot::Sender<Found>)> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.answering = !waiting.asked.is_empty();
        std::mem::take(&mut waiting.asked)
    }
}

impl Store {
    /// Parties known under a normalised contact, newest first.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn parties_by_contact(&self, contact: &str) -> Result<Vec<PartyId>, ReadError> {
        let (answer, answered) = oneshot::channel();
        let contact = self.inner.subkeys.blind_index(contact);
        if self.inner.contacts.ask(contact, answer) {
            // A task of its own: whoever asked first may go away, the others still wait.
            tokio::spawn(answer_all(self.clone()));
        }
        // An answer that never comes was lost when the store was closed.
        let found = answered.await.map_err(|_| sqlx::Error::PoolClosed)?;
        found.map_err(ReadError::Together)
    }

    async fn parties_by_contacts(
        &self,
        contacts: impl Iterator<Item = Hash>,
    ) -> Result<HashMap<Hash, Vec<PartyId>>, ReadError> {
        let contacts: Vec<Arg> = contacts.map(Arg::from).collect();
        let engine = self.engine();
        let columns = [Column::Bytes("contact_index")];
        let sql = format!(
            "WITH asked (contact_index) AS ({}), wanted AS (SELECT DISTINCT contact_index FROM asked) \
             SELECT parties.contact_index, parties.party_id \
             FROM wanted JOIN parties ON parties.contact_index = wanted.contact_index \
             ORDER BY parties.created_at_us DESC, parties.party_id",
            rows_query(engine, &columns, 1),
        );
        let args = rows_of(engine, &columns, contacts);
        let rows = self.inner.readers.all(Statement::built(sql, args)).await?;
        let mut found: HashMap<Hash, Vec<PartyId>> = HashMap::new();
        for row in rows.iter() {
            let contact = Hash::try_from(row.try_get::<&[u8]>(0)?).unwrap_or_default();
            let parties = found.entry(contact).or_default();
            if parties.len() < PARTIES_MAX {
                parties.push(parsed("party_id", row.try_get(1)?)?);
            }
        }
        Ok(found)
    }
}

/// Answers questions until none is left.
async fn answer_all(store: Store) {
    loop {
        let asked = store.inner.contacts.take();
        if asked.is_empty() {
            return;
        }
        let contacts = asked.iter().map(|(contact, _)| *contact);
        let found = store.parties_by_contacts(contacts).await.map_err(Arc::new);
        for (contact, answer) in asked {
            // Whoever asked may have gone.
            let _ = answer.send(match &found {
                Ok(found) => Ok(found.get(&contact).cloned().unwrap_or_default()),
                Err(error) => Err(Arc::clone(error)),
            });
        }
    }
}
