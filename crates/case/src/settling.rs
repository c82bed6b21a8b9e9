//! Forms settled by sheets: where the rows come from, and what stands in the fields that nobody types.
//!
//! The figures themselves are worked out in one place, [`huiyin_policy::settle`].

use std::collections::BTreeMap;

use huiyin_policy::model::{
    CellFrom, ClauseId, ColumnType, FactPath, FieldId, FieldType, Given, Part, PartId, Policy,
    Rows, RowsFrom, Settles, SheetId,
};
use huiyin_policy::settle::{Cell, Kept, Problem, Raw, Settled, check_rows, settle_form};
use huiyin_settlement::Figure;

use crate::facts::Facts;
use crate::refusal::{Refusal, Rule};
use crate::state::CaseState;
use crate::state::entry::Entry;
use crate::value::{Fields, Value};

/// What settling a form gives.
#[derive(Debug, Clone, PartialEq)]
pub struct FormSettled {
    /// The rows that went in, by sheet.
    pub rows: Raw,
    /// Everything that follows from them.
    pub settled: Settled,
    /// The fields that nobody types.
    pub given: Fields,
}

impl FormSettled {
    /// What is put on record of it.
    pub(crate) fn kept(&self) -> Kept {
        Kept::of(&self.settled, self.rows.clone())
    }
}

/// Works out the sheets of a form with these fields.
///
/// # Errors
///
/// Every mistake in the rows, the first with the others beside it.
pub(crate) fn settle(
    policy: &Policy,
    (id, part): (&PartId, &Part),
    settles: &Settles,
    facts: Facts<'_>,
    number: Option<&str>,
) -> Result<FormSettled, Refusal> {
    let rows = gather(policy, settles, facts, number);
    match settle_form(policy, settles, &rows) {
        Ok(settled) => {
            let given = given(part, settles, &settled);
            Ok(FormSettled {
                rows,
                settled,
                given,
            })
        }
        Err(problems) => Err(refusal(policy, problems, (id, part), settles)),
    }
}

/// The first need that is not met, unless the form may be given all the same.
///
/// # Errors
///
/// The need with its clause, and further ones beside it.
pub(crate) fn nothing_open(settles: &Settles, settled: &Settled) -> Result<(), Refusal> {
    if settles.may_be_open {
        return Ok(());
    }
    let mut open = settled.open.iter().map(|open| {
        let rule = Rule::LeftOpen(Box::new(open.clone()));
        Refusal::of(rule, &open.clause)
    });
    match open.next() {
        None => Ok(()),
        Some(first) => Err(Refusal {
            also: open.take(crate::limits::PROBLEMS_MAX).collect(),
            ..first
        }),
    }
}

/// What is wrong with the rows of a field, as far as they can be judged alone.
pub(crate) fn wrong_rows(policy: &Policy, sheet: &SheetId, raw: &Raw) -> Vec<Problem> {
    let rows = rows_for(policy, sheet, raw);
    check_rows(policy, sheet, &rows).err().unwrap_or_default()
}

/// A settlement on record worked out again, if this program gives just what is kept. What is on record stays either way.
pub fn settled_again(policy: &Policy, part: &Part, kept: &Kept) -> Option<Settled> {
    let again = settle_form(policy, part.settles.as_ref()?, &kept.rows).ok()?;
    (Kept::of(&again, kept.rows.clone()) == *kept).then_some(again)
}

/// Whether this program works out every settlement on record of a case just as it was; those whose keys were destroyed are not
/// looked at.
pub fn holds_still(state: &CaseState, policy: &Policy) -> bool {
    state.entries.iter().all(|entry| {
        let kept = entry.settled.as_deref();
        let Some(kept) = kept.filter(|kept| **kept != Kept::erased()) else {
            return true;
        };
        let part = state.part_of(policy, &entry.what);
        let part = part.and_then(|part| policy.parts.get(part));
        part.is_some_and(|part| settled_again(policy, part, kept).is_some())
    })
}

/// The settled forms that count, as they stand after all corrections, in the order in which they were given: of a form that was given
/// more than once the last one, as for its facts.
pub(crate) fn standing_forms<'s>(
    policy: &Policy,
    state: &'s CaseState,
) -> impl Iterator<Item = &'s Entry> {
    let mut forms: BTreeMap<Option<&PartId>, usize> = BTreeMap::new();
    for (at, entry) in state.entries.iter().enumerate() {
        if !entry.void && entry.settled.is_some() {
            forms.insert(state.part_of(policy, &entry.what), at);
        }
    }
    let mut counting: Vec<usize> = forms.into_values().collect();
    counting.sort_unstable();
    counting.into_iter().map(|at| &state.entries[at])
}

/// The rows of every sheet that is filled in.
fn gather(policy: &Policy, settles: &Settles, facts: Facts<'_>, number: Option<&str>) -> Raw {
    let sheets = settles.rows.iter().filter_map(|(sheet, from)| {
        let rows = match from {
            RowsFrom::Field(path) => match facts.value(path)? {
                Value::Rows(raw) => rows_for(policy, sheet, raw),
                _ => return None,
            },
            RowsFrom::Facts(cells) => {
                let cells = cells.iter().filter_map(|(column, from)| {
                    let cell = match from {
                        CellFrom::CaseNumber => Raw::Text(number?.to_owned()),
                        CellFrom::Field(path) => {
                            let declared = policy.settlement.sheets.get(sheet)?;
                            let ty = &declared.columns.get(column)?.ty;
                            raw_of(facts.value(path)?, ty)?
                        }
                    };
                    Some((column.to_string(), cell))
                });
                row_of(policy, sheet, Raw::Map(cells.collect()))
            }
        };
        Some((sheet.to_string(), rows))
    });
    Raw::Map(sheets.collect()).tidied()
}

/// The only row of a single one, otherwise all.
fn rows_for(policy: &Policy, sheet: &SheetId, raw: &Raw) -> Raw {
    let sheet = policy.settlement.sheets.get(sheet);
    let single = sheet.is_some_and(|sheet| matches!(sheet.rows, Rows::One));
    match raw {
        Raw::List(rows) if single && rows.len() == 1 => rows[0].clone(),
        raw => raw.clone(),
    }
}

/// One row as the rows of a sheet.
fn row_of(policy: &Policy, sheet: &SheetId, row: Raw) -> Raw {
    let sheet = policy.settlement.sheets.get(sheet);
    match sheet.map(|sheet| &sheet.rows) {
        Some(Rows::Entered(_)) => Raw::List(vec![row]),
        _ => row,
    }
}

/// A value as it is written in rows.
fn raw_of(value: &Value, column: &ColumnType) -> Option<Raw> {
    Some(match value {
        Value::Text(text) => Raw::Text(text.trim().to_owned()),
        Value::Bool(known) => Raw::Bool(*known),
        Value::Integer(number) => Raw::Text(number.to_string()),
        Value::Money(amount) => Raw::Text(amount.to_string()),
        Value::Percent(share) => Raw::Text(share.to_string()),
        Value::Quantity(quantity) => Raw::Text(quantity.to_string()),
        Value::Date(date) if *column == ColumnType::Month => {
            Raw::Text(format!("{:04}-{:02}", date.year(), date.month()))
        }
        Value::Date(date) => Raw::Text(date.to_string()),
        Value::OneOf(choice) if matches!(column, ColumnType::ManyOf(_)) => {
            Raw::List(vec![Raw::Text(choice.to_string())])
        }
        Value::OneOf(choice) => Raw::Text(choice.to_string()),
        Value::ManyOf(choices) => {
            let choices = choices.iter().map(|choice| Raw::Text(choice.to_string()));
            Raw::List(choices.collect())
        }
        Value::Instant(_) | Value::Unit(_) | Value::Person(_) | Value::Case(_) | Value::Rows(_) => {
            return None;
        }
    })
}

fn given(part: &Part, settles: &Settles, settled: &Settled) -> Fields {
    let gives = settles.gives.iter().filter_map(|(id, given)| {
        let field = part.fields.get(id)?;
        let value = match given {
            Given::Cell(path) => {
                let row = settled.sheets.get(&path.sheet)?.rows.first()?;
                value_of(&row.cells.get(&path.column)?.cell, &field.ty)?
            }
            Given::Total(path) => {
                let rows = settled.sheets.get(&path.sheet)?.rows.iter();
                let cells = rows.filter_map(|row| Some(&row.cells.get(&path.column)?.cell));
                total(cells, &field.ty)?
            }
            Given::Count(sheet) => {
                let rows = settled.sheets.get(sheet)?.rows.len();
                Value::Integer(i64::try_from(rows).ok()?)
            }
        };
        Some((id.clone(), value))
    });
    gives.collect()
}

fn value_of(cell: &Cell, ty: &FieldType) -> Option<Value> {
    Some(match (cell, ty) {
        (Cell::Figure(figure), ty) => figure_value(*figure, ty)?,
        (Cell::Name(name), FieldType::Text { .. }) => Value::Text(name.clone()),
        (Cell::Bool(known), FieldType::Bool) => Value::Bool(*known),
        (Cell::Date(date), FieldType::Date) => Value::Date(*date),
        (Cell::Choice(choice), FieldType::OneOf(_)) => Value::OneOf(choice.clone()),
        (Cell::Choices(choices), FieldType::ManyOf(_)) => Value::ManyOf(choices.clone()),
        _ => return None,
    })
}

fn figure_value(figure: Figure, ty: &FieldType) -> Option<Value> {
    let written = figure.to_string();
    Some(match ty {
        FieldType::Money => Value::Money(figure.money()?),
        FieldType::Quantity => Value::Quantity(written.parse().ok()?),
        FieldType::Percent => Value::Percent(written.parse().ok()?),
        _ => return None,
    })
}

/// The sum of cells; nothing added up is zero.
fn total<'c>(cells: impl Iterator<Item = &'c Cell>, ty: &FieldType) -> Option<Value> {
    let mut sum: Option<Figure> = None;
    for cell in cells {
        let Cell::Figure(figure) = cell else {
            continue;
        };
        sum = Some(match sum {
            Some(sum) => sum.plus(*figure).ok()?,
            None => *figure,
        });
    }
    match (sum, ty) {
        (Some(sum), ty) => figure_value(sum.to_cent(), ty),
        (None, FieldType::Money) => Some(Value::Money(Default::default())),
        (None, FieldType::Quantity) => Some(Value::Quantity(Default::default())),
        (None, FieldType::Percent) => Some(Value::Percent(Default::default())),
        _ => None,
    }
}

/// Problems as a refusal, each with the field of this form that has the row and its clause, or that of the sheet.
fn refusal(
    policy: &Policy,
    problems: Vec<Problem>,
    (id, part): (&PartId, &Part),
    settles: &Settles,
) -> Refusal {
    let refused = problems.into_iter().map(|problem| {
        let sheet = problem.sheet();
        let from = settles.rows.get(&sheet);
        let field = match from {
            Some(RowsFrom::Field(path)) if path.part() == id => Some(path.clone()),
            _ => None,
        };
        let own = field
            .as_ref()
            .and_then(|path| part.fields.get(path.field()));
        let clause = own.and_then(|field| field.clause.as_ref());
        let clause = clause.or_else(|| sheet_clause(policy, &sheet)).cloned();
        let clause = clause.or_else(|| part.clause.clone());
        Refusal::under(Rule::NotSettled { field, problem }, clause.as_ref())
    });
    let mut refused = refused.take(crate::limits::PROBLEMS_MAX + 1);
    match refused.next() {
        Some(first) => Refusal {
            also: refused.collect(),
            ..first
        },
        // Settling says at least one thing that is wrong.
        None => Rule::ConditionFailed(String::new()).into(),
    }
}

/// The clause that asks for a sheet.
pub(crate) fn sheet_clause<'p>(policy: &'p Policy, sheet: &SheetId) -> Option<&'p ClauseId> {
    policy
        .settlement
        .sheets
        .get(sheet)
        .map(|sheet| &sheet.clause)
}

/// A problem with the rows of a field.
pub(crate) fn rows_wrong(path: &FactPath, problem: Problem) -> Rule {
    Rule::NotSettled {
        field: Some(path.clone()),
        problem,
    }
}

/// How much room rows take, in bytes.
pub(crate) fn bytes(raw: &Raw) -> usize {
    let per_value = size_of::<Raw>();
    per_value
        + match raw {
            Raw::Nothing | Raw::Bool(_) => 0,
            Raw::Text(text) | Raw::Fraction(text) => text.len(),
            Raw::List(items) => items.iter().map(bytes).sum(),
            Raw::Map(lines) => lines
                .iter()
                .map(|(name, raw)| name.len() + bytes(raw))
                .sum(),
        }
}

/// The fields of a form that are typed: those that the engine gives are left out.
pub(crate) fn typed(part: Option<&Part>, fields: &Fields) -> Fields {
    let is_typed = |field: &FieldId| !part.is_some_and(|part| part.gives(field));
    let typed = fields.iter().filter(|(field, _)| is_typed(field));
    typed
        .map(|(field, value)| (field.clone(), value.clone()))
        .collect()
}
