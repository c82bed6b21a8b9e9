//! Rows of sheets in words, and what is wrong with them.

use huiyin_policy::model::{Column, ColumnType, FieldType, Policy, Rows, SheetId};
use huiyin_policy::settle::{Problem, Raw, Wrong};
use huiyin_texts::{Args, Lang, render};

use super::View;
use crate::dto::form::pick;

/// Rows without what is sealed.
pub(crate) fn written(view: &View<'_>, raw: &Raw) -> Raw {
    match raw {
        Raw::Text(text) => Raw::Text(view.written(text)),
        Raw::List(items) => Raw::List(items.iter().map(|raw| written(view, raw)).collect()),
        Raw::Map(lines) => {
            let lines = lines
                .iter()
                .map(|(name, raw)| (name.clone(), written(view, raw)));
            Raw::Map(lines.collect())
        }
        other => other.clone(),
    }
}

/// One line for each row: its cells in the order of the columns.
pub(crate) fn in_words(view: &View<'_>, ty: &FieldType, raw: &Raw) -> String {
    let FieldType::Rows(sheet) = ty else {
        return String::new();
    };
    let (Some(sheet), Raw::List(rows)) = (view.policy.settlement.sheets.get(sheet), raw) else {
        return String::new();
    };
    let row = |row: &Raw| {
        let Raw::Map(lines) = row else {
            return String::new();
        };
        let cells = sheet.columns.iter().filter_map(|(id, column)| {
            let (_, raw) = lines.iter().find(|(name, _)| name == id.as_str())?;
            cell_in_words(column, raw, view.lang)
        });
        cells.collect::<Vec<String>>().join(" · ")
    };
    rows.iter().map(row).collect::<Vec<String>>().join("\n")
}

fn cell_in_words(column: &Column, raw: &Raw, lang: Lang) -> Option<String> {
    let title = pick(&column.title, lang);
    Some(match (&column.ty, raw) {
        (ColumnType::OneOf(choices), Raw::Text(choice)) => {
            let text = choices.get(choice.as_str());
            text.map_or_else(|| choice.clone(), |text| pick(text, lang))
        }
        (ColumnType::ManyOf(choices), Raw::List(chosen)) => {
            let titles = chosen.iter().filter_map(|choice| match choice {
                Raw::Text(choice) => Some(pick(choices.get(choice.as_str())?, lang)),
                _ => None,
            });
            let separator = render(lang, "list-separator", &Args::new());
            titles.collect::<Vec<String>>().join(&separator)
        }
        (ColumnType::Bool, Raw::Bool(yes)) => {
            let key = if *yes { "value-yes" } else { "value-no" };
            format!("{title} {}", render(lang, key, &Args::new()))
        }
        (ColumnType::Name, Raw::Text(text)) => text.clone(),
        (_, Raw::Text(text)) => format!("{title} {text}"),
        _ => return None,
    })
}

/// Where in the rows of a field a problem lies; the only row of a sheet is the first of its field.
pub(crate) fn place(policy: &Policy, problem: &Problem) -> Option<String> {
    let place = problem.place();
    let sheet = policy.settlement.sheets.get(&problem.sheet());
    let single = sheet.is_some_and(|sheet| matches!(sheet.rows, Rows::One));
    match place {
        "" => None,
        place if single && place.starts_with('.') => Some(format!("[0]{place}")),
        place => Some(place.to_owned()),
    }
}

/// The same for people: the sheet, the number of the row from 1, the column.
pub(crate) fn place_in_words(policy: &Policy, problem: &Problem, lang: Lang) -> String {
    path_in_words(policy, &problem.sheet(), problem.place(), lang)
}

fn path_in_words(policy: &Policy, sheet: &SheetId, place: &str, lang: Lang) -> String {
    let mut words = vec![sheet_title(policy, sheet, lang)];
    let (row, column) = match place
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
    {
        Some((row, rest)) => (row.parse::<usize>().ok(), rest),
        None => (None, place),
    };
    if let Some(row) = row {
        let args = Args::new().with("row", (row + 1).to_string());
        words.push(render(lang, "rows-row", &args));
    }
    let column = column.trim_start_matches('.');
    let column = column.split(['.', '[']).next().unwrap_or_default();
    if !column.is_empty() {
        words.push(column_title(policy, sheet, column, lang));
    }
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

/// The title of the column that a problem is about; empty if it is about a whole row.
pub(crate) fn column_in_words(policy: &Policy, problem: &Problem, lang: Lang) -> String {
    let column = problem.place().rsplit_once('.');
    column.map_or_else(String::new, |(_, column)| {
        column_title(policy, &problem.sheet(), column, lang)
    })
}

/// What is wrong, with the titles of sheets and columns instead of their names.
pub(crate) fn problem_in_words(policy: &Policy, problem: &Problem, lang: Lang) -> String {
    let sheet = problem.sheet();
    let place = |place: &str| Some(path_in_words(policy, &sheet, place, lang));
    problem_told(policy, problem, &place, lang)
}

/// The same where another place in the rows is told otherwise.
pub(crate) fn problem_told(
    policy: &Policy,
    problem: &Problem,
    place_told: &dyn Fn(&str) -> Option<String>,
    lang: Lang,
) -> String {
    let (key, args) = problem.wrong.key();
    let titled = |name: &str, value: String| match name {
        "for" => match value.split_once('.') {
            Some((sheet, column)) => column_title(policy, &SheetId::new(sheet), column, lang),
            None if value == "none" => value,
            None => sheet_title(policy, &SheetId::new(value.as_str()), lang),
        },
        "sheet" => sheet_title(policy, &SheetId::new(value.as_str()), lang),
        _ => value,
    };
    let args = args.into_iter().fold(Args::new(), |args, (name, value)| {
        let value = match (&problem.wrong, name) {
            (Wrong::NoMatch { sheet, .. }, "wanted") => {
                wanted_in_words(policy, &SheetId::new(sheet.as_str()), &value, lang)
            }
            (Wrong::Twice { .. }, "first") => {
                let sheet = problem.sheet();
                let place = value.strip_prefix(sheet.as_str()).unwrap_or_default();
                place_told(place).unwrap_or_else(|| place.to_owned())
            }
            _ => titled(name, value),
        };
        args.with(name, value)
    });
    render(lang, &format!("settle-{key}"), &args)
}

/// `column = value, …` with the titles of the columns.
fn wanted_in_words(policy: &Policy, sheet: &SheetId, wanted: &str, lang: Lang) -> String {
    let pairs = wanted.split(", ").map(|pair| match pair.split_once(" = ") {
        Some((column, value)) => {
            let title = column_title(policy, sheet, column, lang);
            format!("{title} = {value}")
        }
        None => pair.to_owned(),
    });
    pairs.collect::<Vec<String>>().join(", ")
}

fn sheet_title(policy: &Policy, sheet: &SheetId, lang: Lang) -> String {
    let found = policy.settlement.sheets.get(sheet);
    found.map_or_else(|| sheet.to_string(), |sheet| pick(&sheet.title, lang))
}

fn column_title(policy: &Policy, sheet: &SheetId, column: &str, lang: Lang) -> String {
    let found = policy.settlement.sheets.get(sheet);
    let found = found.and_then(|sheet| sheet.columns.get(column));
    found.map_or_else(|| column.to_owned(), |column| pick(&column.title, lang))
}
