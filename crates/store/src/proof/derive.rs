//! Deriving anew: what the tables hold must be what the log says.

use std::collections::BTreeSet;
use std::sync::Arc;

use huiyin_case::Recorded;
use huiyin_case::charges::CaseCharge;
use huiyin_case::id::{CaseId, FileId};
use huiyin_case::measure::Increments;
use huiyin_case::vouchers::CaseVoucher;

use super::statistics::DELETE_MEASUREMENTS;
use crate::charges::delete_charges;
use crate::engine::Engine;
use crate::files::{self, FileChange};
use crate::read::{ReadError, parsed};
use crate::row::{CaseRow, ClockRow, PartyMerge};
use crate::statement::Statement;
use crate::statistics::{MEASUREMENTS, Totals, measurement_values};
use crate::store::Store;
use crate::vouchers::delete_vouchers;
use crate::writer::{CASES, CLOCKS, WriteError, case_values, clock_values, merge_statements};

/// Cases derived between two writes.
const CASES_AT_ONCE: i64 = 200;

const OPENINGS: &str = "SELECT case_id, position FROM events WHERE position > $1 AND seq = 1 ORDER BY position LIMIT $2";
const STRAY_ROWS: &str = "SELECT case_id FROM cases WHERE case_id NOT IN (SELECT case_id FROM events WHERE seq = 1) \
                          UNION SELECT case_id FROM clocks WHERE case_id NOT IN (SELECT case_id FROM events WHERE seq = 1) \
                          UNION SELECT case_id FROM files WHERE case_id NOT IN (SELECT case_id FROM events WHERE seq = 1) \
                          UNION SELECT case_id FROM party_merges WHERE case_id NOT IN (SELECT case_id FROM events WHERE seq = 1) \
                          UNION SELECT case_id FROM vouchers WHERE case_id NOT IN (SELECT case_id FROM events WHERE seq = 1) \
                          UNION SELECT case_id FROM charges WHERE case_id NOT IN (SELECT case_id FROM events WHERE seq = 1)";
const DELETE_ROW: &str = "DELETE FROM cases WHERE case_id = $1";
/// The row of a case, and whatever stands where it belongs.
const CLEAR_ROW: &str = "DELETE FROM cases WHERE case_id = $1 OR ordinal = $2";
const DELETE_CLOCKS: &str = "DELETE FROM clocks WHERE case_id = $1";
const DELETE_MERGES: &str = "DELETE FROM party_merges WHERE case_id = $1";
/// What the derived tables are to hold about a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Derived {
    /// Its row of the work list.
    pub row: CaseRow,
    /// All its clocks.
    pub clocks: Vec<ClockRow>,
    /// Its searchable text; `None` for confidential and erased cases.
    pub search: Option<String>,
    /// What it counts for in statistics.
    pub statistics: Increments,
    /// The files its attachments have their bytes in.
    pub files: BTreeSet<FileId>,
    /// What it says about records of customers being the same.
    pub merges: Vec<PartyMerge>,
    /// Its vouchers.
    pub vouchers: Vec<CaseVoucher>,
    /// What it charges to people's accounts.
    pub charges: Vec<CaseCharge>,
    /// Its customer's normalised full name, if it is known and not erased.
    pub customer_full_name: Option<String>,
}

impl Derived {
    /// Adds what the case counts for to totals.
    pub(super) fn add_to(&self, totals: &mut Totals) {
        totals.add(&self.row.policy, &self.row.kind, &self.statistics);
    }
}

/// Derives a case's rows from its history, as the application does when it appends. `Err` says why it can't.
pub type Derive<'a> = &'a (dyn Fn(CaseId, &[Recorded]) -> Result<Derived, String> + Send + Sync);

/// A place where the tables are not what the log says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The case; `None` for totals.
    pub case: Option<CaseId>,
    /// What differs.
    pub what: String,
}

/// The result of deriving anew.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Cases derived.
    pub cases: u64,
    /// Where the tables were not what the log says.
    pub differences: Vec<Difference>,
}

impl Store {
    /// Derives every case's rows from the log, compares them with the tables and, if `repair`, corrects the tables.
    /// Cases that change meanwhile may be reported though nothing is wrong; run it while nobody writes.
    ///
    /// # Errors
    ///
    /// When the database can't be read, or written for the repair.
    pub async fn rebuild(&self, derive: Derive<'_>, repair: bool) -> Result<Rebuilt, RebuildError> {
        let mut rebuilt = Rebuilt::default();
        let mut totals = Totals::default();
        let mut after = 0;
        loop {
            let openings = self.openings(after).await?;
            let Some((_, last)) = openings.last() else {
                break;
            };
            after = *last;
            let mut repairs = Vec::new();
            for (case, ordinal) in openings {
                rebuilt.cases += 1;
                match derive(case, &self.load(case).await?) {
                    Ok(derived) => {
                        let mut what = self.differences(&derived, ordinal).await?;
                        if !what.is_empty() {
                            repairs.extend(rows_of(self.engine(), &derived, ordinal));
                            repairs.extend(self.name_repair(&derived));
                            repairs.extend(self.voucher_repair(&derived).await?);
                            repairs.extend(self.charge_repair(&derived).await?);
                        }
                        let stray = self.file_differences(&derived, &mut what).await?;
                        let case = case.to_string();
                        repairs.extend(
                            stray
                                .into_iter()
                                .flat_map(|file| FileChange::Drop(file).statements(&case)),
                        );
                        rebuilt
                            .differences
                            .extend(what.into_iter().map(|what| Difference {
                                case: Some(derived.row.case),
                                what,
                            }));
                        derived.add_to(&mut totals);
                    }
                    Err(what) => rebuilt.differences.push(Difference {
                        case: Some(case),
                        what,
                    }),
                }
            }
            if repair && !repairs.is_empty() {
                self.write(repairs).await?;
            }
        }
        self.rebuild_strays(&mut rebuilt, repair).await?;
        self.rebuild_stray_measurements(&mut rebuilt, repair)
            .await?;
        self.rebuild_totals(&mut rebuilt, totals, repair).await?;
        Ok(rebuilt)
    }

    /// Cases opened after a position, with the position of their opening.
    pub(super) async fn openings(&self, after: i64) -> Result<Vec<(CaseId, i64)>, ReadError> {
        let args = [after.into(), CASES_AT_ONCE.into()];
        let rows = self.read(OPENINGS, args).await?;
        rows.iter()
            .map(|row| Ok((parsed("case_id", row.try_get(0)?)?, row.try_get(1)?)))
            .collect()
    }

    async fn rebuild_strays(
        &self,
        rebuilt: &mut Rebuilt,
        repair: bool,
    ) -> Result<(), RebuildError> {
        let strays = self.read(STRAY_ROWS, []).await.map_err(ReadError::from)?;
        for row in strays.iter() {
            let id: &str = row.try_get(0).map_err(ReadError::from)?;
            rebuilt.differences.push(Difference {
                case: Some(parsed("case_id", id)?),
                what: "rows without a case".to_owned(),
            });
            if repair {
                let mut delete = vec![DELETE_ROW, DELETE_CLOCKS, DELETE_MERGES]
                    .into_iter()
                    .map(|sql| Statement::new(sql, [id.into()]))
                    .collect::<Vec<_>>();
                delete.push(delete_vouchers(id));
                delete.push(delete_charges(id));
                delete.extend(files::delete_of_case(id));
                self.write(delete).await?;
            }
        }
        Ok(())
    }
}

fn rows_of(engine: Engine, derived: &Derived, ordinal: i64) -> Vec<Statement> {
    let case: Arc<str> = derived.row.case.to_string().into();
    let mut statements = vec![
        Statement::new(CLEAR_ROW, [Arc::clone(&case).into(), ordinal.into()]),
        Statement::new(DELETE_CLOCKS, [Arc::clone(&case).into()]),
    ];
    let row = case_values(&derived.row, &case, ordinal, derived.row.seq, None);
    statements.push(CASES.statement(engine, row));
    let clocks: Vec<_> = derived
        .clocks
        .iter()
        .flat_map(|clock| clock_values(clock, &case))
        .collect();
    statements.push(CLOCKS.statement(engine, clocks));
    statements.push(Statement::new(DELETE_MEASUREMENTS, [ordinal.into()]));
    let measured = derived.statistics.put.iter();
    let measured: Vec<_> = measured
        .flat_map(|of| measurement_values(ordinal, of))
        .collect();
    statements.push(MEASUREMENTS.statement(engine, measured));
    statements.extend(merge_statements(&case, &derived.merges));
    statements
}

/// Why the tables can't be derived anew.
#[derive(Debug, thiserror::Error)]
pub enum RebuildError {
    /// The database can't be read.
    #[error("the log can't be read")]
    Read(#[from] ReadError),
    /// The repair can't be written.
    #[error("the tables can't be written")]
    Write(#[from] WriteError),
    /// A case's rows can't be derived.
    #[error("case {case} can't be derived: {why}")]
    Underivable {
        /// The case.
        case: CaseId,
        /// Why.
        why: String,
    },
}
