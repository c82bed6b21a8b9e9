//! The vouchers that the tables say a case has, compared with the log.

use super::derive::Derived;
use crate::crypto::KeyOwner;
use crate::read::ReadError;
use crate::statement::Statement;
use crate::store::Store;
use crate::vouchers::{
    VOUCHERS_OF, delete_vouchers, kept_vouchers, prepare_vouchers, voucher_statements,
};

impl Store {
    /// Whether the tables have other vouchers of a case than its forms say. What was sealed by another key, or changed, counts as
    /// other too.
    pub(super) async fn voucher_difference(
        &self,
        derived: &Derived,
    ) -> Result<Option<String>, ReadError> {
        let case = derived.row.case;
        let rows = self.read(VOUCHERS_OF, [case.to_string().into()]).await?;
        if rows.is_empty() && derived.vouchers.is_empty() {
            return Ok(None);
        }
        let owner = KeyOwner::Case(case);
        let key = match self.has_key(owner).await? {
            true => self.data_key(owner).await?,
            false => None,
        };
        let same = key.is_some_and(|key| {
            let found = kept_vouchers(&rows, case, &key, &self.inner.subkeys);
            found.is_ok_and(|found| found == derived.vouchers)
        });
        let told = format!(
            "vouchers: {} instead of {}, or others",
            rows.len(),
            derived.vouchers.len()
        );
        Ok((!same).then_some(told))
    }

    /// The statements that put a case's vouchers right.
    pub(super) async fn voucher_repair(
        &self,
        derived: &Derived,
    ) -> Result<Vec<Statement>, ReadError> {
        let case = derived.row.case;
        let owner = KeyOwner::Case(case);
        if derived.vouchers.is_empty() || !self.has_key(owner).await? {
            return Ok(vec![delete_vouchers(case.to_string())]);
        }
        let Some(key) = self.data_key(owner).await? else {
            return Ok(vec![delete_vouchers(case.to_string())]);
        };
        let vouchers = derived.vouchers.clone();
        let prepared = prepare_vouchers(case, vouchers, &key, &self.inner.subkeys);
        Ok(voucher_statements(&case.to_string(), &prepared))
    }
}
