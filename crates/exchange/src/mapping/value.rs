//! From a cell to a value of a field.

use huiyin_case::value::Value;
use huiyin_policy::model::{ChoiceId, FieldType};

use super::apply::Reader;
use super::model::{Origin, Taken};
use super::moment::found;
use crate::problem::Problem;
use crate::sheet::Cell;

/// What stands between several choices in one cell.
const BETWEEN: [char; 8] = ['\n', '、', ',', '，', ';', '；', '|', '/'];

impl Reader<'_> {
    /// The value of a field; `None` if the cell is empty.
    pub(super) fn value(&self, ty: &FieldType, from: &Taken) -> Result<Option<Value>, Problem> {
        match ty {
            FieldType::Date => self.date(from),
            FieldType::Instant => self.instant(from),
            FieldType::ManyOf(_) => self.choices(from),
            _ => match self.word(from)? {
                Some(word) => self.simple(ty, from, &word).map(Some),
                None => Ok(None),
            },
        }
    }

    /// What a cell stands for by the value map; `None` if it is empty and the map has no word for that.
    pub(super) fn word(&self, from: &Taken) -> Result<Option<String>, Problem> {
        let written = match &from.from {
            Origin::Fixed(text) => return Ok(Some(text.clone())),
            Origin::Column(column) => self.cell(column).text().into_owned(),
        };
        self.mapped(from, &written)
    }

    fn mapped(&self, from: &Taken, written: &str) -> Result<Option<String>, Problem> {
        let Some(values) = &from.values else {
            let word = Some(written).filter(|word| !word.is_empty());
            return Ok(word.map(str::to_owned).or_else(|| from.otherwise.clone()));
        };
        if let Some(value) = values.get(written) {
            return Ok(Some(value.clone()));
        }
        match &from.otherwise {
            Some(otherwise) => Ok(Some(otherwise.clone())),
            None if written.is_empty() => Ok(None),
            None => Err(self.bad(from, "import-cell-no-value", written)),
        }
    }

    fn simple(&self, ty: &FieldType, from: &Taken, word: &str) -> Result<Value, Problem> {
        let number = || word.replace([',', '，', ' '], "");
        let parsed = match ty {
            FieldType::Text {
                multiline,
                max_chars,
            } => return Ok(Value::Text(text(word, *multiline, *max_chars, from.cut))),
            FieldType::Bool => match word {
                "true" | "TRUE" | "是" | "1" | "yes" => Some(Value::Bool(true)),
                "false" | "FALSE" | "否" | "0" | "no" => Some(Value::Bool(false)),
                _ => None,
            },
            FieldType::Integer => number().parse().ok().map(Value::Integer),
            FieldType::Money => {
                let amount = number();
                let amount = amount.trim_start_matches(['¥', '￥']);
                amount.trim_end_matches('元').parse().ok().map(Value::Money)
            }
            FieldType::Percent => number().parse().ok().map(Value::Percent),
            FieldType::Quantity => number().parse().ok().map(Value::Quantity),
            FieldType::OneOf(_) | FieldType::Category { .. } => {
                Some(Value::OneOf(ChoiceId::new(word)))
            }
            FieldType::Unit => self.unit_named(word).map(Value::Unit),
            FieldType::Person => self.person_named(word).map(Value::Person),
            // A sample is drawn here; no case handled elsewhere has one. Nor do rows fit into a cell.
            FieldType::Date
            | FieldType::Instant
            | FieldType::ManyOf(_)
            | FieldType::Case
            | FieldType::Rows(_) => None,
        };
        parsed.ok_or_else(|| self.bad(from, key(ty), word))
    }

    fn date(&self, from: &Taken) -> Result<Option<Value>, Problem> {
        let cell = self.cell_of(from);
        if cell.is_empty() {
            return Ok(None);
        }
        let date = found(&cell, &from.formats)
            .map(|found| found.date(|instant| self.local(instant).date()));
        let date = date.ok_or_else(|| self.bad(from, "import-cell-no-date", &cell.text()))?;
        Ok(Some(Value::Date(date)))
    }

    fn instant(&self, from: &Taken) -> Result<Option<Value>, Problem> {
        let cell = self.cell_of(from);
        if cell.is_empty() {
            return Ok(None);
        }
        let instant = self
            .moment_in(&cell, &from.formats, from.time)
            .map_err(|key| self.bad(from, key, &cell.text()))?;
        Ok(Some(Value::Instant(instant)))
    }

    fn choices(&self, from: &Taken) -> Result<Option<Value>, Problem> {
        let cell = self.cell_of(from);
        let text = cell.text();
        let words = text.split(BETWEEN).map(str::trim);
        let mut choices = Vec::new();
        for word in words.filter(|word| !word.is_empty()) {
            let choice = self.mapped(from, word)?.map(ChoiceId::new);
            choices.extend(choice.filter(|choice| !choices.contains(choice)));
        }
        Ok(Some(Value::ManyOf(choices)).filter(|_| !cell.is_empty()))
    }

    fn cell_of(&self, from: &Taken) -> Cell {
        match &from.from {
            Origin::Fixed(text) => Cell::Text(text.clone()),
            Origin::Column(column) => self.cell(column).clone(),
        }
    }

    pub(super) fn bad(&self, from: &Taken, key: &str, found: &str) -> Problem {
        match &from.from {
            Origin::Column(column) => Problem::of_cell(column, key, found),
            Origin::Fixed(_) => Problem::of_row(key).with("found", found),
        }
    }
}

/// A text that fits its field: on one line if the field has only one, and cut where the mapping allows it.
fn text(word: &str, multiline: bool, max_chars: usize, cut: bool) -> String {
    let word = if multiline {
        word.to_owned()
    } else {
        word.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    if cut && word.chars().count() > max_chars {
        let kept = word.chars().take(max_chars.saturating_sub(1));
        kept.chain(['…']).collect()
    } else {
        word
    }
}

fn key(ty: &FieldType) -> &'static str {
    match ty {
        FieldType::Bool => "import-cell-no-bool",
        FieldType::Unit => "import-cell-no-unit",
        FieldType::Person => "import-cell-no-person",
        FieldType::Date | FieldType::Instant => "import-cell-no-date",
        _ => "import-cell-no-number",
    }
}
