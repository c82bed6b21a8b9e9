//! Tables in XLSX: the values as they stand, formulas by the result that was saved with them.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader, SheetVisible, Xlsx};
use jiff::civil::{Date, DateTime, Time, date};
use jiff::{Span, ToSpan};

use super::unpack::inspect_xlsx;
use crate::limits::{COLUMNS_MAX, ROWS_MAX};
use crate::problem::Unreadable;
use crate::sheet::{Cell, Sheet};

/// Seconds of a day.
const DAY_SECONDS: f64 = 86_400.0;
/// Spreadsheets compute with this many digits; what lies behind them is no part of a number.
const DIGITS: usize = 15;

/// Cells of one row by column, from 0.
type Cells = BTreeMap<usize, Cell>;

pub(super) fn read(bytes: Vec<u8>, sheet: Option<&str>) -> Result<Sheet, Unreadable> {
    let damaged = || Unreadable::because("import-file-damaged");
    inspect_xlsx(&bytes)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let name = sheet_name(&book, sheet)?;
    let from_1904 = book.has_1904_epoch();
    let mut reader = book.worksheet_cells_reader(&name).map_err(|_| damaged())?;
    let mut rows: BTreeMap<u32, Cells> = BTreeMap::new();
    // Cell by cell: the reader's own table would span from the first cell to the last, however far apart they are.
    while let Some(cell) = reader.next_cell().map_err(|_| damaged())? {
        let value = cell_of(cell.get_value(), from_1904);
        if value.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= COLUMNS_MAX {
            return Err(Unreadable::too_big("columns", COLUMNS_MAX));
        }
        rows.entry(row).or_default().insert(column, value);
        if rows.len() > ROWS_MAX + 1 {
            return Err(Unreadable::too_big("rows", ROWS_MAX));
        }
    }
    let mut rows = rows.into_iter();
    let (_, heading) = rows
        .next()
        .ok_or_else(|| Unreadable::because("import-file-no-heading"))?;
    let heading = in_line(heading);
    let heading: Vec<String> = heading
        .iter()
        .map(|cell| cell.text().into_owned())
        .collect();
    let mut table = Sheet::headed(&heading)?;
    for (row, cells) in rows {
        table.push(u64::from(row) + 1, Ok(in_line(cells)))?;
    }
    Ok(table)
}

fn sheet_name(book: &Xlsx<Cursor<Vec<u8>>>, wanted: Option<&str>) -> Result<String, Unreadable> {
    let sheets = book.sheets_metadata();
    let found = match wanted {
        Some(wanted) => sheets.iter().find(|sheet| sheet.name == wanted),
        None => sheets
            .iter()
            .find(|sheet| sheet.visible == SheetVisible::Visible),
    };
    found.map(|sheet| sheet.name.clone()).ok_or_else(|| {
        Unreadable::because("import-file-no-sheet").with("sheet", wanted.unwrap_or_default())
    })
}

fn in_line(cells: Cells) -> Vec<Cell> {
    let width = cells.keys().next_back().map_or(0, |last| last + 1);
    let mut line = vec![Cell::default(); width];
    for (column, cell) in cells {
        line[column] = cell;
    }
    line
}

fn cell_of(value: &DataRef<'_>, from_1904: bool) -> Cell {
    match value {
        DataRef::Empty => Cell::default(),
        DataRef::String(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Int(number) => Cell::Text(number.to_string()),
        DataRef::Float(number) => Cell::Text(number_text(*number)),
        DataRef::Bool(known) => Cell::Text(known.to_string()),
        DataRef::DateTime(moment) if moment.is_datetime() => moment_of(moment.as_f64(), from_1904)
            .unwrap_or_else(|| Cell::Text(number_text(moment.as_f64()))),
        DataRef::DateTime(span) => Cell::Text(number_text(span.as_f64())),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::Text(text.clone()),
        DataRef::Error(error) => Cell::Text(error.to_string()),
    }
}

/// A number as a spreadsheet shows it unformatted: no exponent, no digits that come from binary arithmetic.
fn number_text(number: f64) -> String {
    let rounded: f64 = format!("{number:.*e}", DIGITS - 1)
        .parse()
        .unwrap_or(number);
    rounded.to_string()
}

/// A day count as a local moment, to the second; a time of day alone is text.
fn moment_of(days: f64, from_1904: bool) -> Option<Cell> {
    // Spreadsheets count from 1900 as if that had been a leap year: up to its 28 February they are one day off.
    let first: Date = match (from_1904, days < 60.0) {
        (true, _) => date(1904, 1, 1),
        (false, true) => date(1899, 12, 31),
        (false, false) => date(1899, 12, 30),
    };
    let whole = days.floor();
    let seconds = ((days - whole) * DAY_SECONDS).round();
    if !(0.0..3_000_000.0).contains(&days) {
        return None;
    }
    // Both lie within these bounds, so nothing is cut off.
    #[expect(clippy::cast_possible_truncation, reason = "checked above")]
    let span: Span = (whole as i64).days();
    #[expect(clippy::cast_possible_truncation, reason = "at most a day")]
    let time = (seconds as i64).seconds();
    let midnight = first.checked_add(span).ok()?.to_datetime(Time::midnight());
    let moment: DateTime = midnight.checked_add(time).ok()?;
    Some(if whole == 0.0 && !from_1904 {
        Cell::Text(moment.time().to_string())
    } else if moment.time() == Time::midnight() {
        Cell::Date(moment.date())
    } else {
        Cell::DateTime(moment)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_count_is_the_moment_a_spreadsheet_shows() {
        let check = |days, from_1904, expected: &str| {
            let cell = moment_of(days, from_1904).expect("it is a moment");
            assert_eq!(cell.text(), expected, "{days}");
        };
        check(45_943.0, false, "2025-10-13");
        check(45_943.437_5, false, "2025-10-13 10:30:00");
        check(45_943.999_999_9, false, "2025-10-14");
        check(44_481.0, true, "2025-10-13");
        check(61.0, false, "1900-03-01");
        check(1.0, false, "1900-01-01");
        check(0.75, false, "18:00:00");
        assert_eq!(moment_of(-1.0, false), None);
        assert_eq!(moment_of(1e300, false), None);
        assert_eq!(moment_of(f64::NAN, false), None);
    }

    #[test]
    fn a_number_keeps_its_digits_and_loses_what_binary_arithmetic_added() {
        let check = |number, expected: &str| assert_eq!(number_text(number), expected);
        check(13_800_000_000.0, "13800000000");
        check(0.1 + 0.2, "0.3");
        check(1_200.5, "1200.5");
        check(-3.0, "-3");
        check(110_101_199_001_011_234.0, "110101199001011000");
    }
}
