//! What the tables say about customers, compared with the log.

use super::derive::Derived;
use crate::read::{ReadError, parsed};
use crate::row::PartyMerge;
use crate::statement::Statement;
use crate::store::Store;

const MERGES: &str =
    "SELECT party_id, into_id FROM party_merges WHERE case_id = $1 ORDER BY party_id";
const NAME: &str = "SELECT CAST(CASE WHEN name_index IS NULL THEN 1 ELSE 0 END AS BIGINT) FROM parties WHERE party_id = $1";
/// A later case may tell another name; only what is missing is filled in.
const PUT_NAME: &str =
    "UPDATE parties SET name_index = $2 WHERE party_id = $1 AND name_index IS NULL";

impl Store {
    /// In what the tables don't say about customers what the case does.
    pub(super) async fn party_differences(
        &self,
        derived: &Derived,
    ) -> Result<Vec<String>, ReadError> {
        let mut differences = Vec::new();
        let case = derived.row.case.to_string();
        let rows = self.read(MERGES, [case.into()]).await?;
        let mut found = Vec::new();
        for row in rows.iter() {
            found.push(PartyMerge {
                party: parsed("party_id", row.try_get(0)?)?,
                into: parsed("into_id", row.try_get(1)?)?,
            });
        }
        let mut expected = derived.merges.clone();
        expected.sort();
        found.sort();
        if found != expected {
            differences.push(format!(
                "merged customers: {found:?} instead of {expected:?}"
            ));
        }
        if derived.customer_full_name.is_some() {
            let customer = derived.row.customer.to_string();
            let rows = self.read(NAME, [customer.into()]).await?;
            let is_missing = rows.first().map(|row| row.try_get::<i64>(0)).transpose()?;
            if is_missing == Some(1) {
                differences.push("the customer can't be found by name".to_owned());
            }
        }
        Ok(differences)
    }

    /// Fills in the keyed hash by which the customer is found by name.
    pub(super) fn name_repair(&self, derived: &Derived) -> Option<Statement> {
        let name = derived.customer_full_name.as_deref()?;
        let args = [
            derived.row.customer.to_string().into(),
            self.inner.subkeys.name_index(name).into(),
        ];
        Some(Statement::new(PUT_NAME, args))
    }
}
