//! One case: its history, its clocks, its customer.

mod history;

use huiyin_case::command::Firing;
use huiyin_case::event::DueTime;
use huiyin_case::id::{CaseId, PartyId};
use huiyin_policy::model::{ClauseId, ClockId};
use jiff::Timestamp;

use super::{ReadError, count, instant, parsed};
use crate::codec::named_firing;
use crate::engine::Row;
use crate::row::{ClockRow, named_phase};
use crate::statement::Text;
use crate::store::Store;
pub(crate) use history::{LOG_COLUMNS, OwnedLogRow};

const CLOCKS: &str = "SELECT clock, generation, state, started_at_us, due_at_us, due_on, provisional, clause, next_firing, \
                      next_fire_at_us FROM clocks WHERE case_id = $1 ORDER BY started_at_us, clock";
const DUE_TIMERS: &str = "SELECT case_id, clock, generation, next_firing, next_fire_at_us FROM clocks \
                          WHERE next_fire_at_us IS NOT NULL AND next_fire_at_us <= ";
const NEXT_TIMER: &str =
    "SELECT MIN(next_fire_at_us) FROM clocks WHERE next_fire_at_us IS NOT NULL";
const PARTY_DISPLAY: &str = "SELECT display FROM parties WHERE party_id = $1";
const CASE_BY_NUMBER: &str =
    "SELECT case_id FROM cases WHERE number = $1 ORDER BY ordinal DESC LIMIT 1";

/// Something that has to fire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueTimer {
    /// The case.
    pub case: CaseId,
    /// Which clock.
    pub clock: ClockId,
    /// Which of its runs.
    pub generation: u32,
    /// What fires.
    pub firing: Firing,
    /// When it was to fire.
    pub at: Timestamp,
}

impl Store {
    /// All clocks of a case, in the order of their start.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn clocks(&self, case: CaseId) -> Result<Vec<ClockRow>, ReadError> {
        let rows = self.read(CLOCKS, [case.to_string().into()]).await?;
        rows.iter().map(clock_row).collect()
    }

    /// What has to fire at `now` (inclusive), soonest first, at most `rows_max`.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn due_timers(
        &self,
        now: Timestamp,
        rows_max: u32,
    ) -> Result<Vec<DueTimer>, ReadError> {
        let mut due = Text::default();
        due.push(DUE_TIMERS)
            .value(now.as_microsecond())
            .push(" ORDER BY next_fire_at_us")
            .limit(rows_max);
        let rows = self.inner.readers.all(due.statement()).await?;
        let timer = |row: Row<'_>| {
            Ok(DueTimer {
                case: parsed("case_id", row.try_get(0)?)?,
                clock: ClockId::new(row.try_get::<&str>(1)?),
                generation: count("generation", row.try_get(2)?)?,
                firing: firing(row.try_get(3)?)?,
                at: instant("next_fire_at_us", row.try_get(4)?)?,
            })
        };
        rows.iter().map(timer).collect()
    }

    /// When the next timer fires, if any is set.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn next_timer(&self) -> Result<Option<Timestamp>, ReadError> {
        let next: Option<i64> = self.read(NEXT_TIMER, []).await?.one()?.try_get(0)?;
        next.map(|us| instant("next_fire_at_us", us)).transpose()
    }

    /// The masked name of a party, if it is known and not erased.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn party_display(&self, party: PartyId) -> Result<Option<String>, ReadError> {
        let found = self.read(PARTY_DISPLAY, [party.to_string().into()]).await?;
        let display = found.first().map(|row| row.try_get(0)).transpose()?;
        Ok(display)
    }

    /// The case with a number as printed.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn case_by_number(&self, number: &str) -> Result<Option<CaseId>, ReadError> {
        let found = self.read(CASE_BY_NUMBER, [number.into()]).await?;
        let case = |row: Row<'_>| parsed("case_id", row.try_get(0)?);
        found.first().map(case).transpose()
    }
}

fn firing(name: &str) -> Result<Firing, ReadError> {
    named_firing(name).ok_or_else(|| ReadError::Corrupt {
        column: "next_firing",
        value: name.to_owned(),
    })
}

fn clock_row(row: Row<'_>) -> Result<ClockRow, ReadError> {
    let state: &str = row.try_get(2)?;
    let due = match (
        row.try_get::<Option<i64>>(4)?,
        row.try_get::<Option<&str>>(5)?,
    ) {
        (Some(at), Some(on)) => Some(DueTime {
            at: instant("due_at_us", at)?,
            date: parsed("due_on", on)?,
            provisional: row.try_get::<i64>(6)? != 0,
        }),
        _ => None,
    };
    let next = match (
        row.try_get::<Option<&str>>(8)?,
        row.try_get::<Option<i64>>(9)?,
    ) {
        (Some(name), Some(at)) => Some((firing(name)?, instant("next_fire_at_us", at)?)),
        _ => None,
    };
    Ok(ClockRow {
        clock: ClockId::new(row.try_get::<&str>(0)?),
        generation: count("generation", row.try_get(1)?)?,
        phase: named_phase(state).ok_or_else(|| ReadError::Corrupt {
            column: "state",
            value: state.to_owned(),
        })?,
        started_at: instant("started_at_us", row.try_get(3)?)?,
        due,
        clause: ClauseId::new(row.try_get::<&str>(7)?),
        next,
    })
}
