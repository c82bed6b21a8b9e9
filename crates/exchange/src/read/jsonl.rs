//! Tables in JSONL: one object a line, its names the columns.

use indexmap::IndexSet;
use serde_json::{Map, Value};

use super::{Encoding, all_readable, decoded};
use crate::limits::COLUMNS_MAX;
use crate::problem::{Problem, Unreadable};
use crate::sheet::{Cell, Sheet};

pub(super) fn read(bytes: &[u8], encoding: Option<Encoding>) -> Result<Sheet, Unreadable> {
    let (text, readable) = decoded(bytes, encoding);
    let mut objects = Vec::new();
    let mut columns: IndexSet<String> = IndexSet::new();
    for (number, line) in (1_u64..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let checked = if readable {
            Ok(())
        } else {
            all_readable(std::iter::once(line))
        };
        let object = checked.and_then(|()| object(line));
        if let Ok(object) = &object {
            for name in object.keys() {
                if !columns.contains(name.trim()) {
                    columns.insert(name.trim().to_owned());
                }
            }
        }
        if columns.len() > COLUMNS_MAX {
            return Err(Unreadable::too_big("columns", COLUMNS_MAX));
        }
        objects.push((number, object));
    }
    let mut sheet = Sheet::headed(&columns.into_iter().collect::<Vec<_>>())?;
    for (number, object) in objects {
        let cells = object.and_then(|object| cells(&sheet.columns, object));
        sheet.push(number, cells)?;
    }
    Ok(sheet)
}

fn object(line: &str) -> Result<Map<String, Value>, Problem> {
    match serde_json::from_str(line) {
        Ok(Value::Object(object)) => Ok(object),
        _ => Err(Problem::of_row("import-row-no-object")),
    }
}

fn cells(columns: &[String], object: Map<String, Value>) -> Result<Vec<Cell>, Problem> {
    let mut cells = vec![Cell::default(); columns.len()];
    for (name, value) in object {
        let text = match value {
            Value::Null => String::new(),
            Value::String(text) => text,
            Value::Bool(known) => known.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Array(items) => list(&name, &items)?,
            Value::Object(_) => {
                return Err(Problem::of_cell(name.trim(), "import-cell-nested", ""));
            }
        };
        let at = columns.iter().position(|column| column == name.trim());
        if let Some(cell) = at.and_then(|at| cells.get_mut(at)) {
            *cell = Cell::Text(text);
        }
    }
    Ok(cells)
}

/// A list of words, one a line, as a cell with several choices holds them.
fn list(name: &str, items: &[Value]) -> Result<String, Problem> {
    let words: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
    words
        .map(|words| words.join("\n"))
        .ok_or_else(|| Problem::of_cell(name.trim(), "import-cell-nested", ""))
}
