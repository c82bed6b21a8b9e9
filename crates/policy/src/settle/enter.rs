//! Reading rows against the sheets of a policy: every mistake, at its place.

use std::collections::{BTreeMap, HashSet};

use huiyin_settlement::{Figure, Money, Percent, Quantity};
use indexmap::IndexMap;

use super::cell::Cell;
use super::handover::{HandedOver, standing};
use super::problem::{Problem, Wrong};
use super::scope::Scope;
use super::{NAME_CHARS_MAX, PROBLEMS_MAX, ROWS_MAX};
use crate::model::{ChoiceId, Column, ColumnId, ColumnType, Policy, Rows, Sheet, SheetId, Text};

/// The word under which vouchers stand that were handed over before.
const EXPORTED: &str = "exported";
/// What of a wrong value is quoted, in characters.
const QUOTED_CHARS_MAX: usize = 40;

/// Rows as they come from a file, before the policy says what they mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Raw {
    /// Nothing.
    Nothing,
    /// A text or whole number.
    Text(String),
    /// A number with a fraction that was not written as a text and so may have lost digits.
    Fraction(String),
    /// Yes or no.
    Bool(bool),
    /// A list.
    List(Vec<Raw>),
    /// A map in the order of writing; a word may stand in it twice.
    Map(Vec<(String, Raw)>),
}

impl Raw {
    /// The same with the words of every map in order and without those that nothing is said under.
    #[must_use]
    pub fn tidied(self) -> Self {
        match self {
            Self::List(items) => Self::List(items.into_iter().map(Self::tidied).collect()),
            Self::Map(lines) => {
                let said = lines.into_iter().filter(|(_, raw)| *raw != Self::Nothing);
                let mut lines: Vec<(String, Self)> =
                    said.map(|(name, raw)| (name, raw.tidied())).collect();
                lines.sort_by(|(one, _), (other, _)| one.cmp(other));
                Self::Map(lines)
            }
            other => other,
        }
    }
}

/// A row that was filled in.
#[derive(Debug)]
pub(super) struct EnteredRow {
    pub(super) path: String,
    pub(super) cells: IndexMap<ColumnId, Cell>,
}

pub(super) type Entered = IndexMap<SheetId, Vec<EnteredRow>>;
/// What was handed over before, by identifier.
pub(super) type Exported = BTreeMap<String, HandedOver>;

/// The rows of one sheet that is filled in, as far as they can be judged alone.
///
/// # Errors
///
/// Every mistake at its place, at most [`PROBLEMS_MAX`].
pub fn check_rows(policy: &Policy, id: &SheetId, raw: &Raw) -> Result<(), Vec<Problem>> {
    let mut reader = Reader::default();
    match policy.settlement.sheets.get(id) {
        Some(sheet) => drop(reader.sheet(id, sheet, raw)),
        None => reader.wrong("", Wrong::NoSheets),
    }
    match reader.problems.is_empty() {
        true => Ok(()),
        false => Err(reader.problems),
    }
}

/// Reads everything; a single mistake anywhere gives problems alone.
pub(super) fn enter(
    policy: &Policy,
    raw: &Raw,
    scope: Scope<'_>,
) -> Result<(Entered, Exported), Vec<Problem>> {
    let mut reader = Reader::default();
    let mut entered = Entered::new();
    let mut exported = Exported::new();
    let sheets = &policy.settlement.sheets;
    if sheets.is_empty() {
        reader.wrong("", Wrong::NoSheets);
        return Err(reader.problems);
    }
    let filled_in = |sheet: &&Sheet| !matches!(sheet.rows, Rows::Derived(_));
    let known: Vec<&str> = sheets
        .iter()
        .filter(|(id, sheet)| scope.sheet(id) && filled_in(sheet))
        .map(|(id, _)| id.as_str())
        .collect();
    for (name, raw) in reader.map("", raw) {
        match sheets.get_key_value(name.as_str()) {
            _ if name == EXPORTED => exported = reader.exported(raw),
            Some((id, sheet)) if scope.sheet(id) && filled_in(&sheet) => {
                let rows = reader.sheet(id, sheet, raw);
                entered.insert(id.clone(), rows);
            }
            _ => reader.unknown(name, name, &known),
        }
    }
    for (id, sheet) in sheets {
        if scope.sheet(id) && matches!(sheet.rows, Rows::One) && !entered.contains_key(id) {
            let needed_for = String::new();
            reader.wrong(id.as_str(), Wrong::Missing { needed_for });
        }
    }
    match reader.problems.is_empty() {
        true => Ok((entered, exported)),
        false => {
            reader.problems.truncate(PROBLEMS_MAX);
            Err(reader.problems)
        }
    }
}

#[derive(Default)]
pub(super) struct Reader {
    pub(super) problems: Vec<Problem>,
}

impl Reader {
    /// Whether something was found at this place.
    pub(super) fn is_told(&self, path: &str) -> bool {
        self.problems.iter().any(|problem| problem.path == path)
    }

    pub(super) fn wrong(&mut self, path: impl Into<String>, wrong: Wrong) {
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(Problem::new(path, wrong));
        }
    }

    fn bad_value(&mut self, path: &str, raw: &Raw, expected: &'static str) {
        let found = match raw {
            Raw::Nothing => "null".to_owned(),
            Raw::Text(text) | Raw::Fraction(text) => text.chars().take(QUOTED_CHARS_MAX).collect(),
            Raw::Bool(known) => known.to_string(),
            Raw::List(_) => "[…]".to_owned(),
            Raw::Map(_) => "{…}".to_owned(),
        };
        let expected = match raw {
            Raw::Fraction(_) => "quoted",
            _ => expected,
        };
        self.wrong(path, Wrong::BadValue { found, expected });
    }

    fn unknown(&mut self, path: &str, name: &str, known: &[&str]) {
        let name = name.chars().take(QUOTED_CHARS_MAX).collect();
        let known = known.join(", ");
        self.wrong(path, Wrong::UnknownName { name, known });
    }

    /// The lines of a map, each word once.
    fn map<'r>(&mut self, path: &str, raw: &'r Raw) -> Vec<&'r (String, Raw)> {
        let Raw::Map(lines) = raw else {
            self.bad_value(path, raw, "map");
            return Vec::new();
        };
        let mut names = HashSet::new();
        let mut once = Vec::with_capacity(lines.len());
        for line in lines {
            match names.insert(line.0.as_str()) {
                true => once.push(line),
                false => {
                    let name = line.0.chars().take(QUOTED_CHARS_MAX).collect();
                    let first = path.to_owned();
                    self.wrong(join(path, &line.0), Wrong::Twice { name, first });
                }
            }
        }
        once
    }

    pub(super) fn sheet(&mut self, id: &SheetId, sheet: &Sheet, raw: &Raw) -> Vec<EnteredRow> {
        let Rows::Entered(key) = &sheet.rows else {
            return vec![self.row(id.as_str().to_owned(), sheet, &[], raw)];
        };
        let Raw::List(rows) = raw else {
            self.bad_value(id.as_str(), raw, "list");
            return Vec::new();
        };
        if rows.len() > ROWS_MAX {
            self.wrong(id.as_str(), Wrong::TooMany { max: ROWS_MAX });
            return Vec::new();
        }
        let mut entered: Vec<EnteredRow> = Vec::with_capacity(rows.len());
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        for (index, raw) in rows.iter().enumerate() {
            let row = self.row(format!("{id}[{index}]"), sheet, key, raw);
            let name = name_of(key, &row.cells);
            match names.get(&name) {
                _ if name.is_empty() => {}
                None => {
                    names.insert(name, row.path.clone());
                }
                Some(first) => {
                    let first = first.clone();
                    self.wrong(row.path.clone(), Wrong::Twice { name, first });
                }
            }
            entered.push(row);
        }
        entered
    }

    fn row(&mut self, path: String, sheet: &Sheet, key: &[ColumnId], raw: &Raw) -> EnteredRow {
        let mut cells = IndexMap::new();
        let is_entered = |column: &&Column| column.how.is_none();
        let known: Vec<&str> = sheet
            .columns
            .iter()
            .filter(|(_, column)| is_entered(column))
            .map(|(id, _)| id.as_str())
            .collect();
        for (name, raw) in self.map(&path, raw) {
            let at = join(&path, name);
            match sheet.columns.get_key_value(name.as_str()) {
                None => self.unknown(&at, name, &known),
                Some((_, column)) if column.how.is_some() => self.wrong(at, Wrong::Computed),
                Some((id, column)) if *raw != Raw::Nothing => {
                    if let Some(cell) = self.cell(&at, &column.ty, raw) {
                        cells.insert(id.clone(), cell);
                    }
                }
                Some(_) => {}
            }
        }
        let given = |column: &ColumnId| match raw {
            Raw::Map(lines) => lines
                .iter()
                .any(|(name, raw)| name == column.as_str() && *raw != Raw::Nothing),
            _ => true,
        };
        for column in key.iter().filter(|column| !given(column)) {
            let needed_for = String::new();
            self.wrong(join(&path, column.as_str()), Wrong::Missing { needed_for });
        }
        EnteredRow { path, cells }
    }

    fn cell(&mut self, path: &str, ty: &ColumnType, raw: &Raw) -> Option<Cell> {
        let text = match raw {
            Raw::Text(text) => text.as_str(),
            _ => "",
        };
        let read = match ty {
            ColumnType::OneOf(choices) => return self.choice(path, choices, raw).map(Cell::Choice),
            ColumnType::ManyOf(choices) => return self.choices(path, choices, raw),
            ColumnType::Bool => yes_no(raw).map(Cell::Bool),
            ColumnType::Name => is_name(text).then(|| Cell::Name(text.to_owned())),
            ColumnType::Date => text.parse().ok().map(Cell::Date),
            ColumnType::Month => text.parse().ok().map(Cell::Month),
            ColumnType::Money => amount(text).map(|money| Cell::Figure(Figure::from(money))),
            ColumnType::Quantity => {
                let quantity = text.parse::<Quantity>().ok();
                quantity.map(|quantity| Cell::Figure(Figure::from(quantity)))
            }
            ColumnType::Percent => {
                let percent = text.parse::<Percent>().ok();
                percent.map(|percent| Cell::Figure(Figure::from(percent)))
            }
            // Grades are computed.
            ColumnType::Grade(_) => None,
        };
        if read.is_none() {
            self.bad_value(path, raw, ty.name());
        }
        read
    }

    fn choice(
        &mut self,
        path: &str,
        choices: &IndexMap<ChoiceId, Text>,
        raw: &Raw,
    ) -> Option<ChoiceId> {
        let Raw::Text(text) = raw else {
            self.bad_value(path, raw, "one_of");
            return None;
        };
        if let Some((id, _)) = choices.get_key_value(text.as_str()) {
            return Some(id.clone());
        }
        let known: Vec<&str> = choices.keys().map(ChoiceId::as_str).collect();
        let name = text.chars().take(QUOTED_CHARS_MAX).collect();
        let known = known.join(", ");
        self.wrong(path, Wrong::UnknownChoice { name, known });
        None
    }

    fn choices(
        &mut self,
        path: &str,
        choices: &IndexMap<ChoiceId, Text>,
        raw: &Raw,
    ) -> Option<Cell> {
        let Raw::List(items) = raw else {
            self.bad_value(path, raw, "many_of");
            return None;
        };
        let mut chosen: Vec<ChoiceId> = Vec::new();
        for (index, item) in items.iter().enumerate().take(ROWS_MAX) {
            let choice = self.choice(&format!("{path}[{index}]"), choices, item)?;
            if !chosen.contains(&choice) {
                chosen.push(choice);
            }
        }
        Some(Cell::Choices(chosen))
    }

    fn exported(&mut self, raw: &Raw) -> Exported {
        let mut exported = BTreeMap::new();
        for (id, raw) in self.map(EXPORTED, raw) {
            // Counter-vouchers are below zero.
            let amount = match raw {
                Raw::Text(text) => text.parse::<Money>().ok(),
                _ => None,
            };
            match amount {
                Some(amount) => {
                    exported.insert(id.clone(), amount);
                }
                None => self.bad_value(&format!("{EXPORTED}[{id}]"), raw, "money"),
            }
        }
        standing(&exported).unwrap_or_else(|id| {
            let needed_for = EXPORTED.to_owned();
            self.wrong(
                format!("{EXPORTED}[{id}]"),
                Wrong::OutOfBounds { needed_for },
            );
            Exported::new()
        })
    }
}

/// The key of a row in words; empty if a part of it is missing.
pub(super) fn name_of(key: &[ColumnId], cells: &IndexMap<ColumnId, Cell>) -> String {
    let parts: Option<Vec<String>> = key
        .iter()
        .map(|column| cells.get(column).map(ToString::to_string))
        .collect();
    parts.map(|parts| parts.join(NAME_JOIN)).unwrap_or_default()
}

/// What stands between the parts of a row's name.
pub(super) const NAME_JOIN: &str = " · ";

fn join(path: &str, name: &str) -> String {
    let name: String = name.chars().take(QUOTED_CHARS_MAX).collect();
    match path {
        "" => name,
        path => format!("{path}.{name}"),
    }
}

fn yes_no(raw: &Raw) -> Option<bool> {
    match raw {
        Raw::Bool(known) => Some(*known),
        Raw::Text(text) if text == "yes" || text == "true" => Some(true),
        Raw::Text(text) if text == "no" || text == "false" => Some(false),
        _ => None,
    }
}

/// An amount of zero or more with at most two decimal places.
fn amount(text: &str) -> Option<Money> {
    let amount = text.parse::<Money>().ok();
    amount.filter(|amount| !amount.is_negative())
}

/// A name is printed as it is, so nothing invisible may stand in it, nor what joins names.
fn is_name(text: &str) -> bool {
    let plain = text
        .chars()
        .all(|letter| !letter.is_control() && letter != '·' && letter != '/');
    plain && text.trim() == text && !text.is_empty() && text.chars().nth(NAME_CHARS_MAX).is_none()
}
