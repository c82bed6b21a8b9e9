//! The charges that the tables say a case has, compared with the log.

use super::derive::Derived;
use crate::charges::{
    CHARGES_OF, charge_statements, delete_charges, kept_charges, prepare_charges,
};
use crate::read::ReadError;
use crate::statement::Statement;
use crate::store::Store;

impl Store {
    /// Whether the tables have other charges of a case than its forms say. What was sealed by another key, or changed, counts as other
    /// too.
    pub(super) async fn charge_difference(
        &self,
        derived: &Derived,
    ) -> Result<Option<String>, ReadError> {
        let case = derived.row.case;
        let rows = self.read(CHARGES_OF, [case.to_string().into()]).await?;
        if rows.is_empty() && derived.charges.is_empty() {
            return Ok(None);
        }
        let key = self.key_if_any(case).await?;
        let same = key.is_some_and(|key| {
            let found = kept_charges(&rows, case, &key, &self.inner.subkeys);
            found.is_ok_and(|found| found == derived.charges)
        });
        let told = format!(
            "charges: {} instead of {}, or others",
            rows.len(),
            derived.charges.len()
        );
        Ok((!same).then_some(told))
    }

    /// The statements that put a case's charges right.
    pub(super) async fn charge_repair(
        &self,
        derived: &Derived,
    ) -> Result<Vec<Statement>, ReadError> {
        let case = derived.row.case;
        let charges = derived.charges.clone();
        let key = match charges.is_empty() {
            true => None,
            false => self.key_if_any(case).await?,
        };
        let Some(key) = key else {
            return Ok(vec![delete_charges(case.to_string())]);
        };
        let prepared = prepare_charges(case, charges, &key, &self.inner.subkeys);
        Ok(charge_statements(&case.to_string(), &prepared))
    }
}
