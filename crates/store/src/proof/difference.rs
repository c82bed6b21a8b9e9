//! Comparing the tables with what the log says, in words that hold nothing of a case's texts.

use huiyin_case::id::{CaseId, FileId};

use super::derive::Derived;
use crate::crypto::{KeyOwner, Unreadable};
use crate::read::{Access, ReadError};
use crate::row::{CaseRow, ClockRow};
use crate::store::Store;

const ORDINAL: &str = "SELECT ordinal FROM cases WHERE case_id = $1";

impl Store {
    /// In what the rows of a case are not the derived ones; `ordinal` is the position of its opening.
    pub(super) async fn differences(
        &self,
        derived: &Derived,
        ordinal: i64,
    ) -> Result<Vec<String>, ReadError> {
        let case = derived.row.case;
        let mut differences = Vec::new();
        match self.case_row(&Access::All, case).await? {
            Some(row) => {
                let columns = differing_columns(&row, &derived.row);
                if !columns.is_empty() {
                    differences.push(format!("work list row differs in {}", columns.join(", ")));
                }
                let rows = self.read(ORDINAL, [case.to_string().into()]).await?;
                let found: Option<i64> = rows.first().map(|row| row.try_get(0)).transpose()?;
                if found != Some(ordinal) {
                    differences.push(format!(
                        "work list row stands at {found:?} instead of {ordinal}"
                    ));
                }
            }
            None => differences.push("work list row is missing".to_owned()),
        }
        clock_differences(&self.clocks(case).await?, &derived.clocks, &mut differences);
        differences.extend(self.measurement_differences(derived, ordinal).await?);
        differences.extend(self.party_differences(derived).await?);
        differences.extend(self.voucher_difference(derived).await?);
        differences.extend(self.charge_difference(derived).await?);
        Ok(differences)
    }

    /// In what the files kept of a case are not those of its attachments; gives those that none has its bytes in. Bytes
    /// that are missing can't be had back, unless the case was erased and they are to be missing.
    pub(super) async fn file_differences(
        &self,
        derived: &Derived,
        differences: &mut Vec<String>,
    ) -> Result<Vec<FileId>, ReadError> {
        let case = derived.row.case;
        let kept = self.kept_files(case).await?;
        let missing = derived.files.difference(&kept).count();
        if missing > 0 && !self.is_erased(case).await? {
            differences.push(format!("files of attachments are missing: {missing}"));
        }
        let stray: Vec<FileId> = kept.difference(&derived.files).copied().collect();
        if !stray.is_empty() {
            differences.push(format!("files of no attachment: {}", stray.len()));
        }
        Ok(stray)
    }

    async fn is_erased(&self, case: CaseId) -> Result<bool, ReadError> {
        match self.data_key(KeyOwner::Case(case)).await {
            Err(ReadError::Unreadable(Unreadable::Erased)) => Ok(true),
            other => other.map(|_| false),
        }
    }
}

fn differing_columns(row: &CaseRow, derived: &CaseRow) -> Vec<&'static str> {
    let same = [
        ("seq", row.seq == derived.seq),
        ("policy", row.policy == derived.policy),
        (
            "policy version",
            row.policy_version == derived.policy_version,
        ),
        ("kind", row.kind == derived.kind),
        ("channel", row.channel == derived.channel),
        ("step", row.step == derived.step),
        ("stage", row.stage == derived.stage),
        ("ending", row.ending == derived.ending),
        ("hold", row.held == derived.held),
        ("number", row.number == derived.number),
        ("subject", row.subject == derived.subject),
        ("excerpt", row.excerpt == derived.excerpt),
        ("customer", row.customer == derived.customer),
        ("customer name", row.customer_name == derived.customer_name),
        ("taker", row.taker == derived.taker),
        ("first contact", row.first_contact == derived.first_contact),
        ("lead unit", row.lead_unit == derived.lead_unit),
        ("holder", row.holder == derived.holder),
        ("opened at", row.opened_at == derived.opened_at),
        ("recorded at", row.recorded_at == derived.recorded_at),
        ("tightest clock", row.tightest == derived.tightest),
        ("receipt", row.receipt == derived.receipt),
        ("standing", row.standing == derived.standing),
    ];
    let differing = same.into_iter().filter(|(_, same)| !same);
    differing.map(|(name, _)| name).collect()
}

fn clock_differences(clocks: &[ClockRow], derived: &[ClockRow], differences: &mut Vec<String>) {
    for expected in derived {
        match clocks.iter().find(|clock| clock.clock == expected.clock) {
            Some(found) if found == expected => {}
            Some(found) => differences.push(format!("clock: {found:?} instead of {expected:?}")),
            None => differences.push(format!("clock `{}` is missing", expected.clock)),
        }
    }
    for found in clocks {
        if !derived.iter().any(|clock| clock.clock == found.clock) {
            differences.push(format!("clock `{}` is none of the case's", found.clock));
        }
    }
}
