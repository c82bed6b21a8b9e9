//! Bonuses of a month from a file: which column is which of the sheet, and what is wrong where.

use huiyin_app::deductions::{AccountUnfit, BonusesOfMonth, account};
use huiyin_app::{App, Error, Principal};
use huiyin_exchange::{Cell, Reading, Sheet, json_rows, read};
use huiyin_policy::model::{Account, Column, ColumnId, ColumnType, Policy};
use huiyin_policy::settle::{Month, Problem, Raw};
use huiyin_store::AccountKey;
use huiyin_texts::{Args, Lang, render};

use crate::dto::form::pick;
use crate::message_in_words;
use crate::present::rows::{column_in_words, problem_told};

/// The longest file with bonuses, in bytes.
pub const BONUS_FILE_BYTES_MAX: usize = 4 * 1024 * 1024;

/// A file with the bonuses of a month.
#[derive(Debug)]
pub struct BonusFile<'a> {
    /// Its name, whose ending tells what it is: `.csv`, `.xlsx`, `.jsonl` or `.json`.
    pub name: &'a str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Something wrong with a file of bonuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BonusFinding {
    /// The line of the file, from 1, as its reader shows it; `None` if it is about all of it. In JSON it is the number of the row.
    pub line: Option<u64>,
    /// The column, as the policy names it.
    pub column: Option<String>,
    /// Stable code.
    pub code: String,
    /// What is wrong, with its place, in the reader's language.
    pub text: String,
}

/// Why bonuses were not entered.
#[derive(Debug)]
pub enum BonusesRefused {
    /// Everything that is wrong with the file.
    File(Vec<BonusFinding>),
    /// Anything else.
    App(Error),
}

/// Rows of a file under the names of the sheet's columns, and where each stands.
struct Rows {
    rows: Raw,
    lines: Vec<u64>,
}

/// Enters the bonuses of a month from a file, or only says what that would come to.
///
/// # Errors
/// Everything that is wrong with the file, and then nothing is entered; as [`App::enter_bonuses`].
pub async fn bonuses_from_file(
    app: &App,
    principal: &Principal,
    (of, month): (&AccountKey, Month),
    file: BonusFile<'_>,
    (preview, lang): (bool, Lang),
) -> Result<BonusesOfMonth, BonusesRefused> {
    let version = app.deduction_version(principal, of, month);
    let version = version.map_err(BonusesRefused::App)?;
    let policy = &version.policy;
    let Some(account) = account(&version, of) else {
        return Err(BonusesRefused::App(Error::NotFound));
    };
    let rows = rows(policy, account, file, lang).map_err(BonusesRefused::File)?;
    let done = match preview {
        true => app.preview_bonuses(principal, of, month, &rows.rows).await,
        false => app.enter_bonuses(principal, of, month, &rows.rows).await,
    };
    done.map_err(|failed| match failed {
        Error::Account(AccountUnfit::Bonuses(problems)) => {
            let found = problems
                .iter()
                .map(|one| finding(policy, one, &rows.lines, lang));
            BonusesRefused::File(found.collect())
        }
        failed => BonusesRefused::App(failed),
    })
}

fn rows(
    policy: &Policy,
    account: &Account,
    file: BonusFile<'_>,
    lang: Lang,
) -> Result<Rows, Vec<BonusFinding>> {
    let unusable = |code: &str, text: String| vec![about_all(code, text)];
    if file.bytes.len() > BONUS_FILE_BYTES_MAX {
        let max = (BONUS_FILE_BYTES_MAX / (1024 * 1024)).to_string();
        let text = render(lang, "bonuses-file-too-big", &Args::new().with("max", max));
        return Err(unusable("too_big", text));
    }
    if file.name.to_lowercase().ends_with(".json") {
        let rows = json_rows(&file.bytes).map_err(|failed| {
            let args = Args::new().with("why", failed.to_string());
            unusable("no_json", render(lang, "bonuses-no-json", &args))
        })?;
        let count = match &rows {
            Raw::List(rows) => rows.len() as u64,
            _ => 0,
        };
        let lines = (1..=count).collect();
        return Ok(Rows { rows, lines });
    }
    let sheet = read(file.name, file.bytes, &Reading::default())
        .map_err(|failed| unusable("unreadable", message_in_words(&failed.0, lang)))?;
    of_table(policy, account, &sheet, lang)
}

/// The column of the sheet that each column of a table is, if any.
type Meant<'p> = Vec<Option<(&'p ColumnId, &'p Column)>>;

/// The rows of a table. Its columns are called as in the policy, by name or by title.
fn of_table(
    policy: &Policy,
    account: &Account,
    table: &Sheet,
    lang: Lang,
) -> Result<Rows, Vec<BonusFinding>> {
    let sheet = policy.settlement.sheets.get(&account.cap.sheet);
    let columns = sheet.into_iter().flat_map(|sheet| &sheet.columns);
    let columns: Vec<(&ColumnId, &Column)> =
        columns.filter(|(_, column)| column.how.is_none()).collect();
    let (meant, mut found) = headed(account, &columns, table, lang);
    let (mut rows, mut lines) = (Vec::new(), Vec::new());
    for row in &table.rows {
        match &row.cells {
            Ok(cells) => {
                let cells = meant.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
                let cells = cells.filter_map(|(column, cell)| {
                    let (id, column) = (*column)?;
                    Some((id.to_string(), Raw::Text(written(column, cell))))
                });
                rows.push(Raw::Map(cells.collect()));
                lines.push(row.number);
            }
            Err(problem) => found.push(BonusFinding {
                line: Some(row.number),
                column: problem.column.clone(),
                code: "row_unreadable".to_owned(),
                text: at_line(row.number, &message_in_words(&problem.message, lang), lang),
            }),
        }
        if found.len() >= huiyin_policy::settle::PROBLEMS_MAX {
            break;
        }
    }
    match found.is_empty() {
        true => Ok(Rows {
            rows: Raw::List(rows),
            lines,
        }),
        false => Err(found),
    }
}

/// What the heading of a table means, and what is wrong with it.
fn headed<'p>(
    account: &Account,
    columns: &[(&'p ColumnId, &'p Column)],
    table: &Sheet,
    lang: Lang,
) -> (Meant<'p>, Vec<BonusFinding>) {
    let mut found = Vec::new();
    let mut meant: Meant<'p> = Vec::new();
    let is_meant =
        |meant: &Meant<'p>, id: &ColumnId| meant.iter().flatten().any(|(one, _)| *one == id);
    for name in &table.columns {
        let mut all = columns.iter().copied();
        let column = all.find(|(id, column)| is_called(id, column, name));
        if column.is_none() && !name.is_empty() {
            found.push(unknown_column(name, columns, lang));
        }
        if column.is_some_and(|(id, _)| is_meant(&meant, id)) {
            let args = Args::new().with("column", name.as_str());
            let text = render(lang, "bonuses-column-twice", &args);
            found.push(in_heading("column_twice", text));
        }
        meant.push(column);
    }
    for needed in [&account.cap.who, &account.cap.of] {
        if !is_meant(&meant, needed) {
            let title = columns.iter().find(|(id, _)| *id == needed);
            let title = title.map_or_else(|| needed.to_string(), |(_, one)| pick(&one.title, lang));
            let args = Args::new().with("column", title);
            let text = render(lang, "bonuses-column-missing", &args);
            found.push(in_heading("column_missing", text));
        }
    }
    (meant, found)
}

fn is_called(id: &ColumnId, column: &Column, name: &str) -> bool {
    id.as_str() == name || column.title.zh == name || column.title.en == name
}

/// A cell as it is written in rows. A month that a spreadsheet made a day of is that day's month.
fn written(column: &Column, cell: &Cell) -> String {
    let day = match cell {
        Cell::Date(date) => Some(*date),
        Cell::DateTime(moment) => Some(moment.date()),
        Cell::Text(_) => None,
    };
    match (&column.ty, day) {
        (ColumnType::Month, Some(day)) => Month::of(day).to_string(),
        _ => cell.text().into_owned(),
    }
}

fn unknown_column(name: &str, columns: &[(&ColumnId, &Column)], lang: Lang) -> BonusFinding {
    let known = columns.iter().map(|(_, column)| pick(&column.title, lang));
    let known = known.collect::<Vec<String>>();
    let known = known.join(&render(lang, "list-separator", &Args::new()));
    let args = Args::new().with("column", name).with("known", known);
    in_heading(
        "column_unknown",
        render(lang, "bonuses-column-unknown", &args),
    )
}

fn about_all(code: &str, text: String) -> BonusFinding {
    BonusFinding {
        line: None,
        column: None,
        code: code.to_owned(),
        text,
    }
}

fn in_heading(code: &str, text: String) -> BonusFinding {
    BonusFinding {
        line: Some(1),
        ..about_all(code, text)
    }
}

fn at_line(line: u64, what: &str, lang: Lang) -> String {
    let args = Args::new()
        .with("line", line.to_string())
        .with("what", what);
    render(lang, "bonuses-at-line", &args)
}

/// A mistake in the rows, with the line of the file instead of the row's place among them.
fn finding(policy: &Policy, problem: &Problem, lines: &[u64], lang: Lang) -> BonusFinding {
    let row = |place: &str| -> Option<u64> {
        let (row, _) = place.strip_prefix('[')?.split_once(']')?;
        lines.get(row.parse::<usize>().ok()?).copied()
    };
    let line_of = |place: &str| {
        let line = row(place)?.to_string();
        Some(render(
            lang,
            "bonuses-line",
            &Args::new().with("line", line),
        ))
    };
    let place = problem.place();
    let line = row(place);
    let what = problem_told(policy, problem, &line_of, lang);
    let column = place.rsplit_once('.').map(|(_, column)| column.to_owned());
    let title = column_in_words(policy, problem, lang);
    let what = match title.is_empty() {
        true => what,
        false => {
            let args = Args::new().with("column", title).with("what", what);
            render(lang, "bonuses-in-column", &args)
        }
    };
    BonusFinding {
        text: line.map_or_else(|| what.clone(), |line| at_line(line, &what, lang)),
        code: problem.wrong.key().0.replace('-', "_"),
        line,
        column,
    }
}
