//! What was worked out of a form's sheets, over the wire.

use std::collections::BTreeMap;

use huiyin_policy::model::{ColumnType, Policy, Rows, SheetId};
use huiyin_texts::Lang;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::case::FactView;
use super::form::{Named, pick};

/// A form as it is filled in so far.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct FormDraft {
    /// Its fields by name; those that are worked out are left out.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, Object>)]
    pub fields: BTreeMap<String, serde_json::Value>,
}

/// Sheets with every figure and its reason.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SettlementView {
    /// The fields of the form that nobody types.
    pub given: Vec<FactView>,
    /// The sheets that have rows, in the order of the policy.
    pub sheets: Vec<SheetView>,
    /// The vouchers that are made.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vouchers: Vec<VoucherView>,
    /// What is charged to people's accounts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub charges: Vec<SettledChargeView>,
    /// What is open.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<OpenView>,
    /// Whether this version of the program would work out something else of the same rows. What is shown is what is on record.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub differs: bool,
}

/// A sheet.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SheetView {
    /// Its name in the policy.
    pub id: String,
    /// Heading.
    pub title: String,
    /// The clause that asks for it.
    pub clause: String,
    /// Its rows.
    pub rows: Vec<SheetRowView>,
    /// Sums of amounts that were worked out, where there is more than one row.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub totals: Vec<SheetTotal>,
}

/// A row.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SheetRowView {
    /// Its key; empty for the only row of a sheet.
    pub name: String,
    /// Its cells in the order of the columns.
    pub cells: Vec<SheetCell>,
}

/// A cell.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SheetCell {
    /// The column's name in the policy.
    pub column: String,
    /// Its heading.
    pub title: String,
    /// What stands in it.
    pub value: String,
    /// The formula in words; absent where it was filled in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The clause behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
}

/// The sum of a column.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SheetTotal {
    /// The column's heading.
    pub title: String,
    /// The amount.
    pub amount: String,
}

/// A voucher.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct VoucherView {
    /// Its identifier.
    pub id: String,
    /// What it is for.
    pub title: String,
    /// The amount.
    pub amount: String,
    /// Whether something open holds it back.
    pub held: bool,
}

/// What is charged to somebody's account.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SettledChargeView {
    /// The account, in words.
    pub title: String,
    /// Who owes it.
    pub person: String,
    /// The amount.
    pub amount: String,
    /// The month of the first taking.
    pub from: String,
    /// The clause behind it.
    pub clause: String,
    /// Whether something open holds it back.
    pub held: bool,
}

/// Something open.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct OpenView {
    /// What, with sheet and row.
    pub text: String,
    /// The clause that asks for it.
    pub clause: String,
}

/// A column that rows are filled in under.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ColumnForm {
    /// Its name in the sheet.
    pub id: String,
    /// Heading.
    pub title: String,
    /// What is filled in.
    #[serde(rename = "type")]
    pub ty: ColumnKind,
    /// What can be chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choices: Option<Vec<Named>>,
    /// Whether it names the row, so that it must be filled in.
    pub key: bool,
    /// The clause behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
}

impl ColumnForm {
    /// The columns of a sheet that are filled in, in the caller's language.
    pub(crate) fn all(policy: &Policy, sheet: &SheetId, lang: Lang) -> Vec<Self> {
        let Some(sheet) = policy.settlement.sheets.get(sheet) else {
            return Vec::new();
        };
        let columns = sheet
            .columns
            .iter()
            .filter(|(_, column)| column.how.is_none());
        let columns = columns.map(|(id, column)| Self {
            id: id.to_string(),
            title: pick(&column.title, lang),
            ty: ColumnKind::of(&column.ty),
            choices: match &column.ty {
                ColumnType::OneOf(choices) | ColumnType::ManyOf(choices) => {
                    let named = choices.iter().map(|(id, text)| Named {
                        id: id.to_string(),
                        title: pick(text, lang),
                    });
                    Some(named.collect())
                }
                _ => None,
            },
            key: matches!(&sheet.rows, Rows::Entered(key) if key.contains(id)),
            clause: column.clause.as_ref().map(ToString::to_string),
        });
        columns.collect()
    }
}

/// Types of columns. Figures are strings, as in fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ColumnKind {
    /// A name or number of at most 100 characters without `/` and `·`.
    Name,
    /// An amount, `"1200.00"`.
    Money,
    /// An exact decimal.
    Quantity,
    /// A share of 100, `"33.33%"`.
    Percent,
    /// `true` or `false`.
    Bool,
    /// `yyyy-mm-dd`.
    Date,
    /// `yyyy-mm`.
    Month,
    /// The id of one choice.
    OneOf,
    /// A list of ids of choices.
    ManyOf,
}

impl ColumnKind {
    /// A grade is never filled in, so it needs no kind of its own.
    const fn of(ty: &ColumnType) -> Self {
        match ty {
            ColumnType::Name => Self::Name,
            ColumnType::Money => Self::Money,
            ColumnType::Quantity => Self::Quantity,
            ColumnType::Percent => Self::Percent,
            ColumnType::Bool => Self::Bool,
            ColumnType::Date => Self::Date,
            ColumnType::Month => Self::Month,
            ColumnType::OneOf(_) | ColumnType::Grade(_) => Self::OneOf,
            ColumnType::ManyOf(_) => Self::ManyOf,
        }
    }
}
