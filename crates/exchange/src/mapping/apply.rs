//! From a row to a historical case.

use std::collections::BTreeSet;

use huiyin_case::historical::{HistoricalAct, HistoricalCase, Origin as CaseOrigin};
use huiyin_case::id::{PersonId, UnitId};
use huiyin_case::value::Fields;
use huiyin_policy::model::{ActId, ChannelId, FactPath};
use jiff::civil::{DateTime, Time};
use jiff::{Timestamp, ToSpan};
use sha2::{Digest, Sha256};

use super::model::{ActRule, CaseRule, FieldRule, Origin, When};
use super::moment::{Found, found};
use super::{Bound, World};
use crate::problem::Problem;
use crate::sheet::{Cell, Row};

/// Days added to a date at most; more is a mistake in the file.
const PLUS_DAYS_MAX: i64 = 36_500;

/// A row that became a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapped {
    /// The case.
    pub case: HistoricalCase,
    /// Hash of the row's cells with the names of their columns; a row that comes again has the same one.
    pub content: [u8; 32],
}

impl Bound<'_> {
    /// Makes a case of a row.
    ///
    /// # Errors
    /// Everything that is wrong with the row.
    pub fn case(&self, row: &Row, world: World<'_>) -> Result<Mapped, Vec<Problem>> {
        let cells = row
            .cells
            .as_deref()
            .map_err(|problem| vec![problem.clone()])?;
        let reader = Reader {
            bound: self,
            cells,
            world,
        };
        let case = reader.case()?;
        Ok(Mapped {
            case,
            content: self.content(cells),
        })
    }

    /// What names the row in its source; empty if there is nothing.
    pub fn key(&self, row: &Row) -> String {
        let place = self.places.get(&self.mapping.id);
        let cell = row.cells.as_ref().ok().zip(place);
        cell.and_then(|(cells, place)| cells.get(*place))
            .map(|cell| cell.text().into_owned())
            .unwrap_or_default()
    }

    /// The column that a field is filled from, if it is from one.
    pub fn column_of(&self, path: &FactPath) -> Option<&str> {
        let rules = self.mapping.cases.iter().flat_map(|rule| {
            let acts = rule.acts.iter().flat_map(|act| &act.fields);
            rule.fields.iter().chain(acts)
        });
        let mut found = rules.filter(|rule| rule.path == *path);
        match &found.next()?.from.from {
            Origin::Column(column) => Some(column),
            Origin::Fixed(_) => None,
        }
    }

    fn content(&self, cells: &[Cell]) -> [u8; 32] {
        let mut places: Vec<(&String, &usize)> = self.places.iter().collect();
        places.sort();
        let mut hash = Sha256::new();
        for (column, place) in places {
            let Some(cell) = cells.get(*place).filter(|cell| !cell.is_empty()) else {
                continue;
            };
            for text in [column.as_str(), &*cell.text()] {
                let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
                hash.update(length.to_be_bytes());
                hash.update(text.as_bytes());
            }
        }
        hash.finalize().into()
    }
}

/// One row being read.
pub(super) struct Reader<'a> {
    bound: &'a Bound<'a>,
    cells: &'a [Cell],
    world: World<'a>,
}

impl Reader<'_> {
    fn case(&self) -> Result<HistoricalCase, Vec<Problem>> {
        let mapping = self.bound.mapping;
        let rule = mapping
            .cases
            .iter()
            .find(|rule| self.fits(rule))
            .ok_or_else(|| vec![Problem::of_row("import-row-no-rule")])?;
        let mut problems = Vec::new();
        let key = self.cell(&mapping.id).text().into_owned();
        if key.is_empty() {
            problems.push(Problem::of_cell(&mapping.id, "import-cell-no-id", ""));
        }
        let channel = self.word(&rule.channel);
        let channel = kept(&mut problems, channel).flatten();
        if channel.is_none() && problems.is_empty() {
            problems.push(Problem::of_row("import-row-no-channel"));
        }
        let opened_at = kept(&mut problems, self.needed(&rule.opened));
        let closed = rule.closed.as_ref().map(|when| self.moment(when));
        let closed_at = closed
            .and_then(|closed| kept(&mut problems, closed))
            .flatten();
        let number = rule.number.as_ref().map(|from| self.word(from));
        let number = number
            .and_then(|number| kept(&mut problems, number))
            .flatten();
        let unit = kept(&mut problems, self.unit(rule)).flatten();
        let fields = self.fields(&rule.fields, &mut problems);
        let acts = self.acts(&rule.acts, &mut problems);
        match (channel, opened_at) {
            (Some(channel), Some(opened_at)) if problems.is_empty() => Ok(HistoricalCase {
                kind: rule.kind.clone(),
                channel: ChannelId::new(channel),
                origin: CaseOrigin {
                    source: mapping.source.clone(),
                    key,
                },
                number: number.map(|number| one_line(&number)),
                unit,
                opened_at,
                fields,
                acts,
                closed_at,
                may_lack: rule.may_lack.clone(),
                told: told(rule),
            }),
            _ => Err(problems),
        }
    }

    fn fits(&self, rule: &CaseRule) -> bool {
        rule.when.iter().all(|(column, values)| {
            values
                .iter()
                .any(|value| *value == self.cell(column).text())
        })
    }

    fn fields(&self, rules: &[FieldRule], problems: &mut Vec<Problem>) -> Fields {
        let mut fields = Fields::new();
        for rule in rules {
            match self.value(&rule.ty, &rule.from) {
                Ok(Some(value)) => {
                    fields.insert(rule.path.field().clone(), value);
                }
                Ok(None) => {}
                Err(problem) => problems.push(problem),
            }
        }
        fields
    }

    /// The acts whose time is told. Words without a time can't be put on record, and are not dropped in silence.
    fn acts(&self, rules: &[ActRule], problems: &mut Vec<Problem>) -> Vec<HistoricalAct> {
        let mut acts = Vec::new();
        for rule in rules {
            let at = kept(problems, self.moment(&rule.at));
            match at {
                Some(Some(at)) => acts.push(HistoricalAct {
                    act: rule.act.clone(),
                    at,
                    fields: self.fields(&rule.fields, problems),
                }),
                Some(None) => {
                    let said = rule.fields.iter().find(|field| self.says_something(field));
                    if said.is_some() {
                        problems.push(Problem::of_cell(
                            &rule.at.column,
                            "import-cell-act-without-time",
                            "",
                        ));
                    }
                }
                None => {}
            }
        }
        acts
    }

    fn says_something(&self, rule: &FieldRule) -> bool {
        match &rule.from.from {
            Origin::Column(column) => !self.cell(column).is_empty(),
            Origin::Fixed(_) => false,
        }
    }

    fn needed(&self, when: &When) -> Result<Timestamp, Problem> {
        self.moment(when)?
            .ok_or_else(|| Problem::of_cell(&when.column, "import-cell-no-time-given", ""))
    }

    /// A moment; `None` if its cell, or that of the days to add, is empty.
    fn moment(&self, when: &When) -> Result<Option<Timestamp>, Problem> {
        let cell = self.cell(&when.column);
        if cell.is_empty() {
            return Ok(None);
        }
        let Some(column) = &when.plus_days else {
            let moment = self.moment_in(cell, &when.formats, when.time);
            return moment
                .map(Some)
                .map_err(|key| Problem::of_cell(&when.column, key, &cell.text()));
        };
        let days = self.cell(column);
        if days.is_empty() {
            return Ok(None);
        }
        let count = days.text().parse::<i64>().ok();
        let count = count.filter(|count| (0..=PLUS_DAYS_MAX).contains(count));
        let count =
            count.ok_or_else(|| Problem::of_cell(column, "import-cell-no-days", &days.text()))?;
        let start = found(cell, &when.formats)
            .ok_or_else(|| Problem::of_cell(&when.column, "import-cell-no-date", &cell.text()))?;
        let later = self.plus(start, count);
        later
            .and_then(|later| self.instant_of(later, when.time))
            .map(Some)
            .map_err(|key| Problem::of_cell(&when.column, key, &cell.text()))
    }

    fn plus(&self, start: Found, days: i64) -> Result<Found, &'static str> {
        let failed = |_| "import-cell-no-date";
        Ok(match start {
            Found::Date(date) => Found::Date(date.checked_add(days.days()).map_err(failed)?),
            Found::Local(moment) => Found::Local(moment.checked_add(days.days()).map_err(failed)?),
            Found::Instant(instant) => {
                let local = self.local(instant).checked_add(days.days());
                Found::Local(local.map_err(failed)?)
            }
        })
    }

    /// The instant a cell names; otherwise the key of what is wrong.
    pub(super) fn moment_in(
        &self,
        cell: &Cell,
        formats: &[String],
        time: Option<Time>,
    ) -> Result<Timestamp, &'static str> {
        let found = found(cell, formats).ok_or("import-cell-no-date")?;
        self.instant_of(found, time)
    }

    /// A date without a time of day is given the one that the mapping says, and none of our own making.
    fn instant_of(&self, found: Found, time: Option<Time>) -> Result<Timestamp, &'static str> {
        let local = match found {
            Found::Instant(instant) => return Ok(instant),
            Found::Local(moment) => moment,
            Found::Date(date) => date.to_datetime(time.ok_or("import-cell-no-time-of-day")?),
        };
        match &self.bound.mapping.zone {
            None => Ok(self.world.calendar.instant(local)),
            Some(zone) => zone
                .to_ambiguous_timestamp(local)
                .compatible()
                .map_err(|_| "import-cell-no-date"),
        }
    }

    /// An instant in the zone of the file.
    pub(super) fn local(&self, instant: Timestamp) -> DateTime {
        match &self.bound.mapping.zone {
            None => self.world.calendar.local(instant),
            Some(zone) => zone.to_datetime(instant),
        }
    }

    fn unit(&self, rule: &CaseRule) -> Result<Option<UnitId>, Problem> {
        let Some(from) = &rule.unit else {
            return Ok(None);
        };
        let Some(name) = self.word(from)? else {
            return Ok(None);
        };
        let unit = self.unit_named(&name);
        unit.map(Some)
            .ok_or_else(|| self.bad(from, "import-cell-no-unit", &name))
    }

    /// The unit of this name, if exactly one has it.
    pub(super) fn unit_named(&self, name: &str) -> Option<UnitId> {
        let units = &self.world.organisation.units;
        only(units.iter().filter(|(_, unit)| unit.name == name)).map(|(id, _)| *id)
    }

    /// The person of this name, if exactly one has it.
    pub(super) fn person_named(&self, name: &str) -> Option<PersonId> {
        let persons = &self.world.organisation.persons;
        only(persons.iter().filter(|(_, person)| person.name == name)).map(|(id, _)| *id)
    }

    /// The cell of a column, which [`super::Mapping::bind`] found.
    pub(super) fn cell(&self, column: &str) -> &Cell {
        static EMPTY: Cell = Cell::Text(String::new());
        let place = self.bound.places.get(column);
        place
            .and_then(|place| self.cells.get(*place))
            .unwrap_or(&EMPTY)
    }
}

/// The acts that the source would tell of.
fn told(rule: &CaseRule) -> BTreeSet<ActId> {
    rule.acts.iter().map(|act| act.act.clone()).collect()
}

/// Keeps a value, or the problem that took its place.
fn kept<T>(problems: &mut Vec<Problem>, value: Result<T, Problem>) -> Option<T> {
    value.map_err(|problem| problems.push(problem)).ok()
}

fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    let first = found.next();
    first.filter(|_| found.next().is_none())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
