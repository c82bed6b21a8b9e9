//! Tables as an XLSX workbook. Rows go to a nameless temporary file, so that a large table needs little memory.

use huiyin_settlement::Money;
use jiff::civil::DateTime;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Column, Value, WriteError, neutralised};
use crate::limits::XLSX_ROWS_MAX;

/// The most characters that a cell has room for.
const CELL_CHARS_MAX: usize = 32_767;
/// Width of a column, in characters of a spreadsheet's own font.
const COLUMN_WIDTH: f64 = 18.0;

/// Below this number of cents every amount is a number of its own in a spreadsheet, which has fifteen digits.
const EXACT_CENTS_BELOW: u64 = 1_000_000_000_000_000;

/// How cells look that hold no text.
struct Shapes {
    moment: Format,
    amount: Format,
}

pub(super) struct Book {
    book: Workbook,
    shapes: Shapes,
    rows: usize,
}

impl Book {
    pub(super) fn new(columns: &[Column]) -> Result<Self, WriteError> {
        let mut book = Workbook::new();
        let sheet = book
            .add_worksheet_with_constant_memory()
            .map_err(WriteError::Workbook)?;
        heading(sheet, columns).map_err(WriteError::Workbook)?;
        Ok(Self {
            book,
            shapes: Shapes {
                moment: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
                amount: Format::new().set_num_format("#,##0.00"),
            },
            rows: 0,
        })
    }

    /// Has it say when it was made, instead of now.
    pub(super) fn date(&mut self, made: DateTime) -> Result<(), WriteError> {
        let made = excel(&made).map_err(WriteError::Workbook)?;
        let properties = DocProperties::new().set_creation_datetime(&made);
        self.book.set_properties(&properties);
        Ok(())
    }

    pub(super) fn row(&mut self, values: &[Value]) -> Result<(), WriteError> {
        if self.rows >= XLSX_ROWS_MAX {
            return Err(WriteError::TooManyRows(XLSX_ROWS_MAX));
        }
        self.rows += 1;
        let row = u32::try_from(self.rows).map_err(|_| WriteError::TooManyRows(XLSX_ROWS_MAX))?;
        let sheet = self
            .book
            .worksheet_from_index(0)
            .map_err(WriteError::Workbook)?;
        for (column, value) in (0_u16..).zip(values) {
            cell(sheet, (row, column), value, &self.shapes).map_err(WriteError::Workbook)?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<Vec<u8>, WriteError> {
        self.book.save_to_buffer().map_err(WriteError::Workbook)
    }
}

fn heading(sheet: &mut Worksheet, columns: &[Column]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    sheet.set_freeze_panes(1, 0)?;
    for (at, column) in (0_u16..).zip(columns) {
        sheet.set_column_width(at, COLUMN_WIDTH)?;
        sheet.write_string_with_format(0, at, neutralised(&column.title), &bold)?;
    }
    Ok(())
}

fn cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value,
    shapes: &Shapes,
) -> Result<(), XlsxError> {
    match value {
        Value::Text(text) | Value::Named { title: text, .. } if text.is_empty() => {}
        Value::Text(text) | Value::Named { title: text, .. } => {
            // A text is no formula here, but becomes one when the sheet is saved as CSV.
            sheet.write_string(row, column, fitting(&neutralised(text)))?;
        }
        Value::Amount(amount) => match number(*amount) {
            Some(number) => {
                sheet.write_number_with_format(row, column, number, &shapes.amount)?;
            }
            None => {
                sheet.write_string(row, column, amount.to_string())?;
            }
        },
        Value::Count(count) => match u32::try_from(*count) {
            Ok(count) => {
                sheet.write_number(row, column, count)?;
            }
            // More than a spreadsheet is sure to hold exactly.
            Err(_) => {
                sheet.write_string(row, column, count.to_string())?;
            }
        },
        Value::Moment { local, .. } => {
            sheet.write_datetime_with_format(row, column, &excel(local)?, &shapes.moment)?;
        }
    }
    Ok(())
}

/// An amount as a spreadsheet has numbers, unless that would lose a cent.
fn number(amount: Money) -> Option<f64> {
    let written = amount.to_string();
    let number: f64 = written.parse().ok()?;
    (format!("{number:.2}") == written && amount.cents().unsigned_abs() < EXACT_CENTS_BELOW)
        .then_some(number)
}

fn fitting(text: &str) -> String {
    if text.chars().count() <= CELL_CHARS_MAX {
        return text.to_owned();
    }
    let kept = text.chars().take(CELL_CHARS_MAX - 1);
    kept.chain(['…']).collect()
}

fn excel(local: &DateTime) -> Result<ExcelDateTime, XlsxError> {
    let number = |part: i8| u8::try_from(part).unwrap_or_default();
    let year = u16::try_from(local.year()).unwrap_or_default();
    ExcelDateTime::from_ymd(year, number(local.month()), number(local.day()))?.and_hms(
        u16::try_from(local.hour()).unwrap_or_default(),
        number(local.minute()),
        f64::from(local.second()),
    )
}
