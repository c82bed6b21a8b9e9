//! Tables as CSV.

use std::borrow::Cow;

use super::{Column, Value, neutralised};

/// Tells a spreadsheet that the text is UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

pub(super) struct Csv {
    writer: csv::Writer<Vec<u8>>,
    /// Whether the mark at the beginning is still to be taken.
    begins: bool,
}

impl Csv {
    pub(super) fn new(columns: &[Column]) -> Self {
        let mut csv = Self {
            writer: writer(),
            begins: true,
        };
        csv.record(columns.iter().map(|column| neutralised(&column.title)));
        csv
    }

    pub(super) fn row(&mut self, values: &[Value]) {
        self.record(values.iter().map(text));
    }

    pub(super) fn take(&mut self) -> Vec<u8> {
        let done = std::mem::replace(&mut self.writer, writer());
        let rows = done.into_inner().expect("writing to memory does not fail");
        if std::mem::take(&mut self.begins) {
            [BYTE_ORDER_MARK, &rows].concat()
        } else {
            rows
        }
    }

    fn record<'t>(&mut self, texts: impl Iterator<Item = Cow<'t, str>>) {
        self.writer
            .write_record(texts.map(Cow::into_owned))
            .expect("writing to memory does not fail");
    }
}

/// Every cell is quoted: where another separator is usual, an unquoted text could fall apart into cells of its own.
fn writer() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new())
}

fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Text(text) | Value::Named { title: text, .. } => neutralised(text),
        Value::Amount(amount) => amount.to_string().into(),
        Value::Count(count) => count.to_string().into(),
        Value::Moment { local, .. } => local.strftime("%Y-%m-%d %H:%M").to_string().into(),
    }
}
