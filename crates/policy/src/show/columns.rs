//! Columns, choices and formulas of sheets in words.

use super::Language;
use super::speaker::Speaker;
use crate::condition::Condition;
use crate::model::{
    ChoiceId, Column, ColumnId, ColumnPath, ColumnType, FactPath, ParamId, SheetId, Term,
};

impl<'p> Speaker<'p> {
    fn column(self, sheet: &SheetId, column: &ColumnId) -> Option<&'p Column> {
        let sheet = self.policy.settlement.sheets.get(sheet)?;
        sheet.columns.get(column)
    }

    /// The title of a column.
    pub(super) fn titled(self, sheet: &SheetId, column: &ColumnId) -> String {
        match self.column(sheet, column) {
            Some(column) => self.text(&column.title).to_owned(),
            None => column.to_string(),
        }
    }

    /// The title of a sheet in quotes.
    pub(super) fn sheet_title(self, sheet: &SheetId) -> String {
        match self.policy.settlement.sheets.get(sheet) {
            Some(sheet) => self.quoted(self.text(&sheet.title)),
            None => sheet.to_string(),
        }
    }

    /// The title of a parameter.
    pub(super) fn param(self, id: &ParamId) -> String {
        match self.policy.params.get(id) {
            Some(param) => self.text(&param.title).to_owned(),
            None => id.to_string(),
        }
    }

    /// A choice that is made in a column.
    pub(super) fn choice_title(self, by: &ColumnPath, choice: &ChoiceId) -> String {
        match self.column(&by.sheet, &by.column) {
            Some(column) => self.choice_of(&column.ty, choice),
            None => choice.to_string(),
        }
    }

    /// A choice or grade of a type.
    pub(super) fn choice_of(self, ty: &'p ColumnType, choice: &ChoiceId) -> String {
        let title = match ty {
            ColumnType::OneOf(choices) | ColumnType::ManyOf(choices) => choices.get(choice),
            ColumnType::Grade(ladder) => {
                let ladder = self.policy.settlement.ladders.get(ladder);
                ladder.and_then(|ladder| ladder.grades.get(choice))
            }
            _ => None,
        };
        title.map_or(choice.to_string(), |title| self.text(title).to_owned())
    }

    /// A condition over columns.
    pub(super) fn row_condition(self, condition: &Condition) -> String {
        let of = |path: &FactPath| {
            let sheet = SheetId::new(path.part().as_str());
            ColumnPath::new(&sheet, &ColumnId::new(path.field().as_str()))
        };
        let fact = |path: &FactPath| {
            let path = of(path);
            self.titled(&path.sheet, &path.column)
        };
        let choice =
            |path: &FactPath, choice: &str| self.choice_title(&of(path), &ChoiceId::new(choice));
        let chinese = self.language == Language::ZhCn;
        condition.in_words(chinese, &fact, &choice)
    }

    /// A formula with the titles of its columns.
    pub(super) fn formula(self, term: &'p Term) -> String {
        let joined = |terms: &'p [Term], sign: &str| {
            let terms: Vec<String> = terms
                .iter()
                .map(|term| match term {
                    Term::Sum(_) | Term::Less(_) => format!("({})", self.formula(term)),
                    term => self.formula(term),
                })
                .collect();
            terms.join(sign)
        };
        match term {
            Term::Column(path) => self.titled(&path.sheet, &path.column),
            Term::Figure(figure) => figure.to_string(),
            Term::Param(id) => self.param(id),
            Term::Total(path) => self.total_of(path),
            Term::Product(terms) => joined(terms, " × "),
            Term::Sum(terms) => joined(terms, " + "),
            Term::Less(terms) => joined(terms, " − "),
            Term::Smallest(terms) => format!("min({})", joined(terms, ", ")),
            Term::Largest(terms) => format!("max({})", joined(terms, ", ")),
        }
    }

    /// A column added up.
    pub(super) fn total_of(self, path: &ColumnPath) -> String {
        let title = self.titled(&path.sheet, &path.column);
        match self.language {
            Language::ZhCn => format!("{title}合计"),
            Language::En => format!("sum of {title}"),
        }
    }

    /// A grade some steps from another.
    pub(super) fn moved(self, from: &str, steps: i32) -> String {
        let count = steps.unsigned_abs();
        match (self.language, steps < 0) {
            (Language::ZhCn, true) => format!("比{from}低 {count} 级"),
            (Language::ZhCn, false) => format!("比{from}高 {count} 级"),
            (Language::En, true) => format!("{count} below {from}"),
            (Language::En, false) => format!("{count} above {from}"),
        }
    }
}
