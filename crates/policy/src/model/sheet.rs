//! Sheets: rows of figures with what is computed from them, and what follows: accounts and vouchers.

use huiyin_settlement::{Figure, Percent};
use indexmap::IndexMap;

use super::{
    AccountId, BandId, ChoiceId, ClauseId, ColumnId, LadderId, ParamId, SheetId, Text, VoucherId,
};
use crate::condition::Condition;

/// Grades in order, the lowest first.
#[derive(Debug, Clone)]
pub struct Ladder {
    /// What it is a ladder of, e.g. 处分.
    pub title: Text,
    /// The grades, the lowest first.
    pub grades: IndexMap<ChoiceId, Text>,
    /// The clause that sets the order.
    pub clause: ClauseId,
}

/// Rows of figures, some filled in and some computed (P3.22 to P3.31).
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Heading.
    pub title: Text,
    /// Where its rows come from.
    pub rows: Rows,
    /// The columns in the order of the file; a computed one uses only those before it.
    pub columns: IndexMap<ColumnId, Column>,
    /// What must hold of a row before its money is settled.
    pub needs: Vec<RowNeed>,
    /// The clause that asks for the sheet.
    pub clause: ClauseId,
}

/// Where the rows of a sheet come from.
#[derive(Debug, Clone)]
pub enum Rows {
    /// Exactly one, filled in; every sheet below can use it.
    One,
    /// Any number, filled in; these columns together name a row.
    Entered(Vec<ColumnId>),
    /// One for each row of another sheet, or for each pair of rows of two sheets.
    Derived(Derived),
}

/// Rows that follow from those of other sheets.
#[derive(Debug, Clone)]
pub struct Derived {
    /// The sheet whose rows it goes through.
    pub each: SheetId,
    /// Which of them; `None` means all.
    pub when: Option<Condition>,
    /// The other sheet, and which of its rows belong to a row of the first.
    pub with: Option<Join>,
}

/// Which rows of a sheet belong to a row of another. There must be at least one.
#[derive(Debug, Clone)]
pub struct Join {
    /// The sheet whose rows are looked for.
    pub sheet: SheetId,
    /// The column whose choice says by what to look.
    pub by: Option<ColumnPath>,
    /// What must be equal: for each choice, or one for all.
    pub matches: Vec<Match>,
}

/// Which columns of a joined sheet equal which columns in reach.
#[derive(Debug, Clone)]
pub struct Match {
    /// The choice that it is for; `None` means always.
    pub choice: Option<ChoiceId>,
    /// The pairs of columns; without any, all rows match.
    pub pairs: Vec<(ColumnId, ColumnPath)>,
}

/// One column of a sheet.
#[derive(Debug, Clone)]
pub struct Column {
    /// Heading.
    pub title: Text,
    /// What its cells hold.
    pub ty: ColumnType,
    /// How it is computed; `None` means that it is filled in.
    pub how: Option<How>,
    /// The clause behind it.
    pub clause: Option<ClauseId>,
}

/// What cells of a column hold.
#[derive(Debug, Clone, PartialEq)]
pub enum ColumnType {
    /// The name or number of somebody or something that rows are about.
    Name,
    /// An amount of yuan.
    Money,
    /// A number of pieces, hours, base points.
    Quantity,
    /// A share of 100.
    Percent,
    /// Yes or no.
    Bool,
    /// A day.
    Date,
    /// A month, `2026-03`.
    Month,
    /// Exactly one of the choices.
    OneOf(IndexMap<ChoiceId, Text>),
    /// Any number of the choices.
    ManyOf(IndexMap<ChoiceId, Text>),
    /// A grade of a ladder.
    Grade(LadderId),
}

/// A column of a sheet: `sheet.column`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ColumnPath {
    /// The sheet.
    pub sheet: SheetId,
    /// The column in it.
    pub column: ColumnId,
}

/// How a column is computed.
#[derive(Debug, Clone)]
pub enum How {
    /// By one formula.
    Formula(Term),
    /// By one formula for each choice of another column.
    Cases {
        /// The column that has the choice.
        by: ColumnPath,
        /// The formulas.
        of: IndexMap<ChoiceId, Case>,
    },
    /// By the first row whose condition holds.
    First(Vec<FirstRow>),
    /// By dividing an amount among the rows, to the cent, the rest by largest remainder.
    Split {
        /// The amount.
        total: Term,
        /// The column of weights.
        by: ColumnPath,
        /// What the weights must add up to, if anything.
        sum: Option<Percent>,
    },
    /// By the row of a band that an amount belongs to.
    Band {
        /// The band.
        band: BandId,
        /// The amount.
        of: Term,
    },
    /// A grade some steps higher or lower.
    Move {
        /// The column that has the grade.
        of: ColumnPath,
        /// How many steps; lower if negative.
        steps: i32,
    },
}

/// A formula that holds for one choice.
#[derive(Debug, Clone)]
pub struct Case {
    /// The formula.
    pub is: Term,
    /// The clause behind this one, if it has its own.
    pub clause: Option<ClauseId>,
}

/// One row of a first-hit table.
#[derive(Debug, Clone)]
pub struct FirstRow {
    /// When it applies; the last row has none.
    pub when: Option<Condition>,
    /// What follows.
    pub then: Outcome,
    /// The clause behind this row, if it has its own.
    pub clause: Option<ClauseId>,
}

/// What a row of a first-hit table gives.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// One of the column's choices.
    Choice(ChoiceId),
    /// What a formula gives.
    Formula(Term),
}

/// A formula: columns and figures joined by a few operations, without loops or division.
#[derive(Debug, Clone, PartialEq)]
pub enum Term {
    /// A cell of the row, or of a row that it comes from.
    Column(ColumnPath),
    /// A figure as written.
    Figure(Figure),
    /// A parameter of the policy.
    Param(ParamId),
    /// The sum of a column over all rows of a sheet above.
    Total(ColumnPath),
    /// The product of all.
    Product(Vec<Term>),
    /// The sum of all.
    Sum(Vec<Term>),
    /// The first less all others.
    Less(Vec<Term>),
    /// The smallest of all.
    Smallest(Vec<Term>),
    /// The largest of all.
    Largest(Vec<Term>),
}

/// What must hold of a row (P3.37).
#[derive(Debug, Clone)]
pub struct RowNeed {
    /// When it is asked for; `None` means always.
    pub when: Option<Condition>,
    /// What must hold.
    pub holds: Condition,
    /// What is missing as long as it doesn't.
    pub text: Text,
    /// The clause that asks for it.
    pub clause: ClauseId,
}

/// What somebody owes, taken month by month up to a limit (P3.31).
#[derive(Debug, Clone)]
pub struct Account {
    /// Heading.
    pub title: Text,
    /// What is owed, and by whom.
    pub of: Vec<Owed>,
    /// The column of a single row with the month of the first taking.
    pub from: ColumnPath,
    /// What limits it.
    pub cap: Cap,
    /// The clause behind it.
    pub clause: ClauseId,
}

/// The rows of one sheet that are owed.
#[derive(Debug, Clone)]
pub struct Owed {
    /// The sheet.
    pub sheet: SheetId,
    /// Who owes.
    pub who: ColumnPath,
    /// How much.
    pub amount: ColumnPath,
}

/// The most that is taken in a month.
#[derive(Debug, Clone)]
pub struct Cap {
    /// The sheet with a row for each person and month.
    pub sheet: SheetId,
    /// Its column with the person.
    pub who: ColumnId,
    /// Its column with the month.
    pub month: ColumnId,
    /// Its column with the amount of which a share may be taken.
    pub of: ColumnId,
    /// Its column with what was taken already, if it has one.
    pub used: Option<ColumnId>,
    /// The share that may be taken.
    pub at: Percent,
}

/// A journal voucher for each row of a sheet, handed over once (P3.38).
#[derive(Debug, Clone)]
pub struct Voucher {
    /// Heading.
    pub title: Text,
    /// The sheet.
    pub each: SheetId,
    /// For which rows; `None` means all.
    pub when: Option<Condition>,
    /// The column with the amount.
    pub amount: ColumnPath,
    /// The column of a single row with the number of the matter, part of the identifier.
    pub number: ColumnPath,
    /// The clause behind it.
    pub clause: ClauseId,
}

/// What a policy says about settling money.
#[derive(Debug, Clone, Default)]
pub struct Settlement {
    /// Grades in order.
    pub ladders: IndexMap<LadderId, Ladder>,
    /// Sheets, each using only those above it.
    pub sheets: IndexMap<SheetId, Sheet>,
    /// What is owed month by month.
    pub accounts: IndexMap<AccountId, Account>,
    /// What goes to the accounting system.
    pub vouchers: IndexMap<VoucherId, Voucher>,
}

impl ColumnPath {
    /// The path of `column` in `sheet`.
    pub fn new(sheet: &SheetId, column: &ColumnId) -> Self {
        Self {
            sheet: sheet.clone(),
            column: column.clone(),
        }
    }
}

impl std::fmt::Display for ColumnPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.sheet, self.column)
    }
}

impl ColumnType {
    /// The word for it in policies and findings.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Money => "money",
            Self::Quantity => "quantity",
            Self::Percent => "percent",
            Self::Bool => "bool",
            Self::Date => "date",
            Self::Month => "month",
            Self::OneOf(_) => "one_of",
            Self::ManyOf(_) => "many_of",
            Self::Grade(_) => "grade",
        }
    }
}

impl Settlement {
    /// Every column of every sheet.
    pub(crate) fn paths(&self) -> impl Iterator<Item = ColumnPath> {
        let sheets = self.sheets.iter();
        sheets.flat_map(|(id, sheet)| {
            sheet
                .columns
                .keys()
                .map(|column| ColumnPath::new(id, column))
        })
    }

    /// A column, if the sheet has it.
    pub fn column(&self, path: &ColumnPath) -> Option<&Column> {
        self.sheets.get(&path.sheet)?.columns.get(&path.column)
    }
}
