//! The work list: keyset pages and counts.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use huiyin_case::id::CaseId;
use huiyin_case::state::Stage;

use super::access::{Access, Arm};
use super::filter::Filter;
use super::listed::{CASE_COLUMNS, Listed, ROWS_END};
use super::{ReadError, count};
use crate::engine::Engine;
use crate::row::{CaseRow, stage_name};
use crate::statement::Text;
use crate::store::Store;

/// Rows on a page at most.
pub const PAGE_MAX: u32 = 200;
/// Counts go up to here; more are given as this number, so that a count never reads the whole table.
pub const COUNT_MAX: u32 = 10_000;

const STAGES: [Stage; 3] = [Stage::Open, Stage::Closed, Stage::Archived];

/// How a list is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// By the tightest open clock; cases without one come last, older ones first.
    #[default]
    TightestDue,
    /// By registration, newest first.
    NewestFirst,
    /// The most severe first, among these by the tightest open clock; cases without a severity come last.
    MostSevere,
    /// The most urgent first, in the same way.
    MostUrgent,
}

impl Order {
    /// The column that comes before the due time, if one does.
    const fn rank(self) -> Option<&'static str> {
        match self {
            Self::TightestDue | Self::NewestFirst => None,
            Self::MostSevere => Some("severity_order"),
            Self::MostUrgent => Some("urgency_order"),
        }
    }

    /// The columns that a row of a seek has, to be ordered by.
    const fn keys(self) -> &'static str {
        match self {
            Self::TightestDue | Self::NewestFirst => "sort_due_at_us, ordinal",
            Self::MostSevere => "severity_order, sort_due_at_us, ordinal",
            Self::MostUrgent => "urgency_order, sort_due_at_us, ordinal",
        }
    }

    const fn order_by(self) -> &'static str {
        match self {
            Self::TightestDue => " ORDER BY sort_due_at_us, ordinal",
            Self::NewestFirst => " ORDER BY ordinal DESC",
            Self::MostSevere => " ORDER BY severity_order, sort_due_at_us, ordinal",
            Self::MostUrgent => " ORDER BY urgency_order, sort_due_at_us, ordinal",
        }
    }

    const fn order_page_by(self) -> &'static str {
        match self {
            Self::TightestDue => " ORDER BY page.sort_due_at_us, page.ordinal",
            Self::NewestFirst => " ORDER BY page.ordinal DESC",
            Self::MostSevere => " ORDER BY page.severity_order, page.sort_due_at_us, page.ordinal",
            Self::MostUrgent => " ORDER BY page.urgency_order, page.sort_due_at_us, page.ordinal",
        }
    }

    /// The place of a row in a list that is so ordered.
    fn cursor(self, row: &Listed<'_>) -> Cursor {
        Cursor {
            rank: match self {
                Self::TightestDue | Self::NewestFirst => 0,
                Self::MostSevere => row.severity_order,
                Self::MostUrgent => row.urgency_order,
            },
            due_us: row.sort_due_at_us,
            ordinal: row.ordinal,
        }
    }
}

/// Which page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PageRequest {
    /// How the list is ordered.
    pub order: Order,
    /// After this row; `None` from the beginning.
    pub after: Option<Cursor>,
    /// Rows at most; no more than [`PAGE_MAX`].
    pub rows_max: u32,
}

/// The place of a row in a list. Its text is opaque to callers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    rank: i64,
    due_us: i64,
    ordinal: i64,
}

impl Cursor {
    /// Adds the condition for what comes after it.
    fn condition(self, order: Order, text: &mut Text) {
        if order == Order::NewestFirst {
            text.push(" AND ordinal < ").value(self.ordinal);
            return;
        }
        text.push(" AND (").push(order.keys()).push(") > (");
        if order.rank().is_some() {
            text.value(self.rank).push(", ");
        }
        text.value(self.due_us).push(", ").value(self.ordinal);
        text.push(")");
    }
}

/// A cursor's text was not made by the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the page cursor is malformed; begin with the first page")]
pub struct MalformedCursor;

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{:x}-{:x}", self.rank, self.due_us, self.ordinal)
    }
}

impl FromStr for Cursor {
    type Err = MalformedCursor;

    fn from_str(text: &str) -> Result<Cursor, MalformedCursor> {
        let number = |text| {
            i64::from_str_radix(text, 16)
                .ok()
                .filter(|number| *number >= 0)
        };
        let (rank, place) = text.split_once('-').ok_or(MalformedCursor)?;
        let (due, ordinal) = place.split_once('-').ok_or(MalformedCursor)?;
        Ok(Cursor {
            rank: number(rank).ok_or(MalformedCursor)?,
            due_us: number(due).ok_or(MalformedCursor)?,
            ordinal: number(ordinal).ok_or(MalformedCursor)?,
        })
    }
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The rows.
    pub rows: Vec<CaseRow>,
    /// Where the next page begins; `None` on the last page.
    pub next: Option<Cursor>,
}

impl Store {
    /// A page of the cases that `access` reaches and `filter` asks for.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn list(
        &self,
        access: &Access,
        filter: &Filter,
        page: PageRequest,
    ) -> Result<Page, ReadError> {
        let rows_max = page.rows_max.clamp(1, PAGE_MAX);
        let seeks = Seeks::of(access, filter);
        if seeks.places.is_empty() {
            return Ok(Page {
                rows: Vec::new(),
                next: None,
            });
        }
        // One row more than asked for tells whether there is a next page.
        let text = page_text(self.engine(), filter, page, &seeks, rows_max + 1);
        self.listed(text, |mut found| {
            let more = found.len() > usize::try_from(rows_max).unwrap_or(usize::MAX);
            if more {
                found.pop();
            }
            let next = found.last().filter(|_| more);
            let next = next.map(|last| page.order.cursor(last));
            let rows = found.into_iter().map(Listed::case_row);
            Ok(Page {
                rows: rows.collect::<Result<_, _>>()?,
                next,
            })
        })
        .await
    }

    /// How many cases each of `filters` finds, up to [`COUNT_MAX`].
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn counts(&self, access: &Access, filters: &[Filter]) -> Result<Vec<u32>, ReadError> {
        let mut counts = Vec::with_capacity(filters.len());
        for filter in filters {
            let mut text = Text::default();
            text.push("SELECT COUNT(*) FROM (SELECT 1 FROM cases WHERE 1 = 1");
            filter.condition(&mut text);
            access.condition(&mut text);
            text.limit(COUNT_MAX).push(") AS counted").plan_anew();
            let rows = self.inner.readers.all(text.statement()).await?;
            counts.push(count("count", rows.one()?.try_get(0)?)?);
        }
        Ok(counts)
    }

    /// The work list's row of a case, if `access` reaches it.
    ///
    /// # Errors
    ///
    /// When the database can't be read.
    pub async fn case_row(
        &self,
        access: &Access,
        case: CaseId,
    ) -> Result<Option<CaseRow>, ReadError> {
        let mut text = Text::default();
        text.push(self.engine().rows_begin())
            .push(CASE_COLUMNS)
            .push(self.engine().rows_from())
            .push("cases WHERE case_id = ")
            .value(case.to_string());
        access.condition(&mut text);
        text.push(ROWS_END);
        self.listed(text, |found| {
            found.into_iter().next().map(Listed::case_row).transpose()
        })
        .await
    }
}

/// An equality on an indexed column that a list begins with; `None` is the whole table.
type Seek = Option<(&'static str, String)>;

const FIRST_CONTACT: &str = "first_contact";

/// Where a list looks for its rows.
struct Seeks<'a> {
    places: Vec<Seek>,
    /// The predicate that rows found there must still meet: where each place is a value of one of its arms, only what is hidden.
    access: Option<Cow<'a, Access>>,
}

impl Seeks<'_> {
    /// At one indexed condition of the filter if it has any, or else once per value of each arm.
    fn of<'a>(access: &'a Access, filter: &Filter) -> Seeks<'a> {
        if !filter.customers.is_empty() {
            let customers = filter.customers.iter();
            return Seeks {
                places: customers
                    .map(|party| Some(("customer", party.to_string())))
                    .collect(),
                access: Some(Cow::Borrowed(access)),
            };
        }
        let asked = [
            (
                "holder_person",
                filter.holder_person.map(|person| person.to_string()),
            ),
            ("taker", filter.taker.map(|person| person.to_string())),
        ];
        if let Some((column, Some(value))) = asked.into_iter().find(|(_, value)| value.is_some()) {
            return Seeks {
                places: vec![Some((column, value))],
                access: Some(Cow::Borrowed(access)),
            };
        }
        let places = match access.reach() {
            Access::All | Access::Except(..) | Access::Confined(..) => {
                vec![filter.lead_unit.map(|unit| ("lead_unit", unit.to_string()))]
            }
            Access::Arms(arms) => of_arms(arms).into_iter().map(Some).collect(),
        };
        Seeks {
            places,
            access: access.hiding().map(Cow::Owned),
        }
    }
}

fn of_arms(arms: &[Arm]) -> BTreeSet<(&'static str, String)> {
    let values = arms.iter().flat_map(|arm| {
        let (column, values) = arm.column_and_values();
        values.into_iter().map(move |value| (column, value))
    });
    values
        .flat_map(|(column, value)| {
            // The index of first contacts leaves out whoever took the case in too: in most cases the same person.
            let taker = (column == FIRST_CONTACT).then(|| ("taker", value.clone()));
            taker.into_iter().chain([(column, value)])
        })
        .collect()
}

fn page_text(
    engine: Engine,
    filter: &Filter,
    page: PageRequest,
    seeks: &Seeks<'_>,
    rows_max: u32,
) -> Text {
    let order = page.order.order_by();
    let stages = filter
        .stage
        .as_ref()
        .map_or(&STAGES[..], std::slice::from_ref);
    let mut text = Text::default();
    text.push(engine.rows_begin())
        .push(CASE_COLUMNS)
        .push(engine.rows_from())
        .push("(");
    let mut first = true;
    for seek in &seeks.places {
        for stage in stages {
            text.push(if first { "" } else { " UNION " });
            first = false;
            text.push("SELECT ").push(page.order.keys());
            text.push(" FROM (SELECT ").push(page.order.keys());
            text.push(" FROM cases WHERE ");
            let in_span = page.order == Order::TightestDue;
            let order_of_index = seek_text(engine, &mut text, seek.as_ref(), *stage, in_span);
            filter.condition(&mut text);
            if let Some(access) = &seeks.access {
                access.condition(&mut text);
            }
            if let Some(after) = page.after {
                after.condition(page.order, &mut text);
            }
            match order_of_index {
                Some(column) => text
                    .push(" ORDER BY cases.")
                    .push(column)
                    .push(", cases.status, sort_due_at_us, ordinal"),
                None => text.push(order),
            };
            text.limit(rows_max).push(") AS seek");
        }
    }
    text.push(order)
        .limit(rows_max)
        .push(") AS page JOIN cases ON cases.ordinal = page.ordinal");
    text.push(page.order.order_page_by());
    text.push(ROWS_END);
    if filter.counted.is_some() || page.order == Order::NewestFirst {
        text.plan_anew();
    }
    text
}

/// Adds the condition of a seek. If the rows are asked for as a span of the column's index, they must be ordered by that
/// column too, which is given then.
fn seek_text(
    engine: Engine,
    text: &mut Text,
    seek: Option<&(&'static str, String)>,
    stage: Stage,
    in_span: bool,
) -> Option<&'static str> {
    let stage = stage_name(stage);
    let Some((column, value)) = seek else {
        text.push("status = ").value(stage);
        return None;
    };
    // No index of customers is ordered by due time.
    let spans = in_span && engine.seeks_by_span() && *column != "customer";
    if spans {
        for bound in [" >= (", " <= ("] {
            text.push("(")
                .push(column)
                .push(", status)")
                .push(bound)
                .value(value.as_str())
                .push(", ")
                .value(stage)
                .push(") AND ");
        }
        // What the indexes leave out is not derived from bounds.
        text.push(column).push(" IS NOT NULL");
    } else {
        text.push("status = ").value(stage);
        text.push(" AND cases.")
            .push(column)
            .push(" = ")
            .value(value.as_str());
    }
    if *column == FIRST_CONTACT {
        text.push(" AND cases.first_contact <> cases.taker");
    }
    spans.then_some(*column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::writer::NO_DUE_US;

    #[test]
    fn a_cursor_is_read_back_and_nothing_else_is() {
        let cursor = Cursor {
            rank: 2,
            due_us: NO_DUE_US,
            ordinal: 17,
        };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for wrong in [
            "",
            "-",
            "1",
            "1-",
            "-1-1",
            "g-1",
            "1-1",
            "1-1-1-1",
            "1--1",
            "1-ffffffffffffffffff-1",
        ] {
            assert_eq!(wrong.parse::<Cursor>(), Err(MalformedCursor), "{wrong}");
        }
    }
}
