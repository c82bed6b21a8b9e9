//! The vouchers that the tables say a case has, compared with the log.

use huiyin_case::id::CaseId;

use super::derive::Derived;
use crate::crypto::{DataKey, KeyOwner};
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
        let key = self.key_if_any(case).await?;
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
        let vouchers = derived.vouchers.clone();
        let key = match vouchers.is_empty() {
            true => None,
            false => self.key_if_any(case).await?,
        };
        let Some(key) = key else {
            return Ok(vec![delete_vouchers(case.to_string())]);
        };
        let prepared = prepare_vouchers(case, vouchers, &key, &self.inner.subkeys);
        Ok(voucher_statements(&case.to_string(), &prepared))
    }

    /// A case's key, unless it has none or it was destroyed.
    pub(super) async fn key_if_any(&self, case: CaseId) -> Result<Option<DataKey>, ReadError> {
        let owner = KeyOwner::Case(case);
        match self.has_key(owner).await? {
            true => self.data_key(owner).await,
            false => Ok(None),
        }
    }
}
