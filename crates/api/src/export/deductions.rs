//! A closed month of an account as a table, the same byte by byte whenever it is asked for.

use huiyin_app::App;
use huiyin_app::deductions::MonthOfAccount;
use huiyin_exchange::{Column, Format, Value, WriteError, Writer};
use huiyin_policy::settle::{Deducted, Deduction};
use huiyin_settlement::Money;
use huiyin_store::ChargeOf;
use huiyin_texts::{Args, Lang, render};

use crate::present::deduction::charge;

/// Most charges that are told in a person's row; the table of charges has them all.
const CHARGES_TOLD_MAX: usize = 20;

const PEOPLE: [(&str, &str); 9] = [
    ("person", "export-deduction-person"),
    ("month", "export-deduction-month"),
    ("bonus", "export-deduction-bonus"),
    ("used", "export-deduction-used"),
    ("room", "export-deduction-room"),
    ("owed", "export-deduction-owed"),
    ("taken", "export-deduction-taken"),
    ("rest", "export-deduction-rest"),
    ("charges", "export-deduction-charges"),
];
const CHARGES: [(&str, &str); 11] = [
    ("person", "export-deduction-person"),
    ("month", "export-deduction-month"),
    ("case", "export-deduction-case"),
    ("row", "export-deduction-row"),
    ("amount", "export-deduction-amount"),
    ("before", "export-deduction-before"),
    ("taken", "export-deduction-charge-taken"),
    ("rest", "export-deduction-charge-rest"),
    ("from", "export-deduction-from"),
    ("clause", "export-deduction-clause"),
    ("working", "export-deduction-working"),
];

/// The tables of a closed month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeductionTable {
    /// What is taken of each person: what payroll needs.
    People,
    /// What each of them comes from.
    Charges,
}

impl DeductionTable {
    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Charges => "charges",
        }
    }
}

/// A table of a month.
///
/// # Errors
/// When a workbook can't be made.
pub fn deduction_table(
    app: &App,
    of: &MonthOfAccount,
    which: DeductionTable,
    format: Format,
    lang: Lang,
) -> Result<Vec<u8>, WriteError> {
    let columns = match which {
        DeductionTable::People => columns(&PEOPLE, lang),
        DeductionTable::Charges => columns(&CHARGES, lang),
    };
    let mut writer = match &of.closing {
        Some(closing) => Writer::dated(format, columns, app.calendar().local(closing.at))?,
        None => Writer::new(format, columns)?,
    };
    for person in &of.people {
        match which {
            DeductionTable::People => writer.row(&in_all(of, person, lang))?,
            DeductionTable::Charges => {
                for one in &person.charges {
                    writer.row(&one_by_one(app, of, one, lang))?;
                }
            }
        }
    }
    writer.finish()
}

fn columns(names: &[(&'static str, &'static str)], lang: Lang) -> Vec<Column> {
    let columns = names.iter().map(|(name, key)| Column {
        name: (*name).into(),
        title: render(lang, key, &Args::new()),
    });
    columns.collect()
}

fn in_all(of: &MonthOfAccount, person: &Deduction<ChargeOf>, lang: Lang) -> [Value; 9] {
    let known = |amount: Option<Money>| amount.map_or_else(|| Value::text(""), Value::Amount);
    let month = person.month;
    [
        Value::text(person.who.as_str()),
        Value::text(of.month.to_string()),
        known(person.bonus.map(|bonus| bonus.of)),
        known(person.bonus.map(|bonus| bonus.used)),
        Value::Amount(month.room),
        Value::Amount(month.owed),
        Value::Amount(month.taken),
        Value::Amount(month.rest),
        Value::text(brief(person, lang)),
    ]
}

/// Which charges something is taken of now, with case and clause.
fn brief(person: &Deduction<ChargeOf>, lang: Lang) -> String {
    let now = person.charges.iter().filter(|one| one.taken != Money::ZERO);
    let now: Vec<&Deducted<ChargeOf>> = now.collect();
    let told = now.iter().take(CHARGES_TOLD_MAX).map(|one| {
        let args = Args::new()
            .with("case", one.charge.of.number.as_str())
            .with("taken", one.taken.to_string())
            .with("clause", one.charge.of.clause.as_str());
        render(lang, "deduction-charge-brief", &args)
    });
    let mut told: Vec<String> = told.collect();
    if now.len() > CHARGES_TOLD_MAX {
        let args = Args::new().with("count", now.len() - CHARGES_TOLD_MAX);
        told.push(render(lang, "deduction-charges-more", &args));
    }
    told.join(&render(lang, "list-separator", &Args::new()))
}

fn one_by_one(app: &App, of: &MonthOfAccount, one: &Deducted<ChargeOf>, lang: Lang) -> [Value; 11] {
    let view = charge(app, &of.of.policy, &one.charge, (None, false), lang);
    let row = match view.row.is_empty() {
        true => view.title,
        false => format!("{} {}", view.title, view.row),
    };
    [
        Value::text(view.person),
        Value::text(of.month.to_string()),
        Value::text(view.number),
        Value::text(row),
        Value::Amount(one.charge.amount),
        Value::Amount(one.charge.before),
        Value::Amount(one.taken),
        Value::Amount(one.rest().unwrap_or_default()),
        Value::text(view.from),
        Value::text(view.clause),
        Value::text(view.working.unwrap_or_default()),
    ]
}
