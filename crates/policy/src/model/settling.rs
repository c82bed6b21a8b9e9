//! Forms that are settled by sheets: what is typed on them, and what the engine works out of it.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::{
    AccountId, ColumnId, ColumnPath, ColumnType, FactPath, FieldId, FieldType, How, Outcome, Rows,
    Settlement, Sheet, SheetId, Term, VoucherId,
};
use crate::condition::Condition;

/// How a form is settled when it is put on record.
#[derive(Debug, Clone)]
pub struct Settles {
    /// Every sheet that is worked out, those named and those they use, in the order of the policy.
    pub sheets: Vec<SheetId>,
    /// Where the rows of each sheet come from that is filled in.
    pub rows: IndexMap<SheetId, RowsFrom>,
    /// The fields of the form that nobody types, and what is put into them.
    pub gives: IndexMap<FieldId, Given>,
    /// Which vouchers the form makes.
    pub vouchers: Vec<VoucherId>,
    /// Which accounts the form charges, with the rows of its sheets that they are of.
    pub accounts: Vec<AccountId>,
    /// Whether the form may be given although a need of a row is not met.
    pub may_be_open: bool,
}

/// Where the rows of a sheet come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowsFrom {
    /// From a field that has them, of this form or of one on record.
    Field(FactPath),
    /// One row, put together from what is on record.
    Facts(IndexMap<ColumnId, CellFrom>),
}

/// Where a cell of such a row comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellFrom {
    /// The number of the case.
    CaseNumber,
    /// A field.
    Field(FactPath),
}

/// What is put into a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// A cell of the only row of a sheet.
    Cell(ColumnPath),
    /// The sum of a column.
    Total(ColumnPath),
    /// How many rows a sheet has.
    Count(SheetId),
}

impl Settles {
    /// Every field that its rows come from.
    pub fn uses(&self) -> impl Iterator<Item = &FactPath> {
        self.rows.values().flat_map(|from| match from {
            RowsFrom::Field(path) => vec![path],
            RowsFrom::Facts(cells) => {
                let cells = cells.values();
                let fields = cells.filter_map(|cell| match cell {
                    CellFrom::Field(path) => Some(path),
                    CellFrom::CaseNumber => None,
                });
                fields.collect()
            }
        })
    }
}

impl Settlement {
    /// Whether a sheet has exactly one row with rows from there, whatever is filled in.
    pub(crate) fn has_one_row(&self, id: &SheetId, from: &IndexMap<SheetId, RowsFrom>) -> bool {
        match self.sheets.get(id).map(|sheet| &sheet.rows) {
            Some(Rows::One) => true,
            Some(Rows::Entered(_)) => matches!(from.get(id), Some(RowsFrom::Facts(_))),
            Some(Rows::Derived(derived)) => {
                let plain = derived.when.is_none() && derived.with.is_none();
                plain && self.has_one_row(&derived.each, from)
            }
            None => false,
        }
    }

    /// These sheets, those of vouchers and those that say from when accounts are charged, with all that they use, in the order of
    /// the policy. Which rows are charged is for the sheets to say: an account may be of others, too.
    pub fn with_those_used(
        &self,
        sheets: &[SheetId],
        vouchers: &[VoucherId],
        accounts: &[AccountId],
    ) -> Vec<SheetId> {
        let mut wanted: BTreeSet<SheetId> = sheets.iter().cloned().collect();
        for voucher in vouchers.iter().filter_map(|id| self.vouchers.get(id)) {
            wanted.insert(voucher.each.clone());
            wanted.insert(voucher.number.sheet.clone());
            wanted.insert(voucher.amount.sheet.clone());
            self.add_condition(voucher.when.as_ref(), &mut wanted);
        }
        for account in accounts.iter().filter_map(|id| self.accounts.get(id)) {
            wanted.insert(account.from.sheet.clone());
        }
        // A sheet uses only those above it.
        for (id, sheet) in self.sheets.iter().rev() {
            if wanted.contains(id) {
                self.add_used(sheet, &mut wanted);
            }
        }
        let known = self.sheets.keys();
        known.filter(|id| wanted.contains(*id)).cloned().collect()
    }

    fn add_used(&self, sheet: &Sheet, used: &mut BTreeSet<SheetId>) {
        if let Rows::Derived(derived) = &sheet.rows {
            used.insert(derived.each.clone());
            self.add_condition(derived.when.as_ref(), used);
            if let Some(join) = &derived.with {
                used.insert(join.sheet.clone());
                let pairs = join.matches.iter().flat_map(|one| &one.pairs);
                let paths = pairs.map(|(_, path)| path).chain(&join.by);
                used.extend(paths.map(|path| path.sheet.clone()));
            }
        }
        for how in sheet
            .columns
            .values()
            .filter_map(|column| column.how.as_ref())
        {
            self.add_how(how, used);
        }
        for need in &sheet.needs {
            self.add_condition(need.when.as_ref(), used);
            self.add_condition(Some(&need.holds), used);
        }
    }

    fn add_how(&self, how: &How, used: &mut BTreeSet<SheetId>) {
        match how {
            How::Formula(term) | How::Band { of: term, .. } => term.add_sheets(used),
            How::Cases { by, of } => {
                used.insert(by.sheet.clone());
                for case in of.values() {
                    case.is.add_sheets(used);
                }
            }
            How::First(rows) => {
                for row in rows {
                    self.add_condition(row.when.as_ref(), used);
                    if let Outcome::Formula(term) = &row.then {
                        term.add_sheets(used);
                    }
                }
            }
            How::Split { total, by, .. } => {
                total.add_sheets(used);
                used.insert(by.sheet.clone());
            }
            How::Move { of, .. } => {
                used.insert(of.sheet.clone());
            }
        }
    }

    fn add_condition(&self, condition: Option<&Condition>, used: &mut BTreeSet<SheetId>) {
        let facts = condition.map(Condition::facts).unwrap_or_default();
        let sheets = facts
            .into_iter()
            .map(|path| SheetId::new(path.part().as_str()));
        used.extend(sheets.filter(|sheet| self.sheets.contains_key(sheet)));
    }
}

impl Term {
    fn add_sheets(&self, used: &mut BTreeSet<SheetId>) {
        match self {
            Self::Column(path) | Self::Total(path) => {
                used.insert(path.sheet.clone());
            }
            Self::Figure(_) | Self::Param(_) => {}
            Self::Product(terms)
            | Self::Sum(terms)
            | Self::Less(terms)
            | Self::Smallest(terms)
            | Self::Largest(terms) => terms.iter().for_each(|term| term.add_sheets(used)),
        }
    }
}

impl FieldType {
    /// Whether its values can stand in cells of a column.
    pub(crate) fn fills(&self, column: &ColumnType) -> bool {
        match (self, column) {
            (Self::Text { multiline, .. }, ColumnType::Name) => !multiline,
            (Self::Money, ColumnType::Money)
            | (Self::Quantity | Self::Integer, ColumnType::Quantity)
            | (Self::Percent, ColumnType::Percent)
            | (Self::Bool, ColumnType::Bool)
            | (Self::Date, ColumnType::Date | ColumnType::Month) => true,
            (Self::OneOf(own), ColumnType::OneOf(its) | ColumnType::ManyOf(its))
            | (Self::ManyOf(own), ColumnType::ManyOf(its)) => {
                own.keys().all(|choice| its.contains_key(choice))
            }
            _ => false,
        }
    }

    /// Whether what stands in cells of a column can be put into it; grades are asked with their names.
    pub(crate) fn takes(&self, column: &ColumnType, settlement: &Settlement) -> bool {
        match (self, column) {
            (Self::Text { .. }, ColumnType::Name)
            | (Self::Money, ColumnType::Money)
            | (Self::Quantity, ColumnType::Quantity)
            | (Self::Percent, ColumnType::Percent)
            | (Self::Bool, ColumnType::Bool)
            | (Self::Date, ColumnType::Date) => true,
            (Self::OneOf(own), ColumnType::OneOf(its))
            | (Self::ManyOf(own), ColumnType::ManyOf(its)) => {
                its.keys().all(|choice| own.contains_key(choice))
            }
            (Self::OneOf(own), ColumnType::Grade(ladder)) => {
                let ladder = settlement.ladders.get(ladder);
                ladder
                    .is_some_and(|ladder| ladder.grades.keys().all(|grade| own.contains_key(grade)))
            }
            _ => false,
        }
    }
}
