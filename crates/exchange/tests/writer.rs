//! Tables on their way out come back as they were, and nothing in them is computed.

use huiyin_exchange::{Cell, Column, Format, Reading, Sheet, Value, Writer, read};

fn written(format: Format, rows: &[[Value; 2]]) -> Vec<u8> {
    let columns = vec![
        Column {
            name: "subject".into(),
            title: "事由".to_owned(),
        },
        Column {
            name: "opened_at".into(),
            title: "=受理".to_owned(),
        },
    ];
    let mut writer = Writer::new(format, columns).expect("a table can begin");
    let mut bytes = writer.take();
    for row in rows {
        writer.row(row).expect("there is room");
        bytes.extend(writer.take());
    }
    bytes.extend(writer.finish().expect("a table can end"));
    bytes
}

fn moment() -> Value {
    Value::Moment {
        local: jiff::civil::date(2026, 3, 2).at(9, 30, 15, 0),
        written: "2026-03-02T09:30:15+08:00".to_owned(),
    }
}

fn rows() -> [[Value; 2]; 2] {
    [
        [Value::text("=HYPERLINK(\"x\")"), moment()],
        [Value::text("a \"b\", c；\nd"), Value::named("late", "迟")],
    ]
}

#[test]
fn csv_begins_with_the_mark_quotes_every_cell_and_makes_formulas_harmless() {
    let text = String::from_utf8(written(Format::Csv, &rows())).expect("it is UTF-8");
    let expected = "\u{FEFF}\"事由\",\"'=受理\"\r\n\
        \"'=HYPERLINK(\"\"x\"\")\",\"2026-03-02 09:30\"\r\n\
        \"a \"\"b\"\", c；\nd\",\"迟\"\r\n";
    assert_eq!(text, expected);
}

#[test]
fn jsonl_has_stable_names_and_texts_as_they_are() {
    let text = String::from_utf8(written(Format::Jsonl, &rows())).expect("it is UTF-8");
    let first = r#"{"subject":"=HYPERLINK(\"x\")","opened_at":"2026-03-02T09:30:15+08:00"}"#;
    assert_eq!(text.lines().next(), Some(first));
    assert!(
        text.lines()
            .nth(1)
            .is_some_and(|line| line.ends_with(r#""opened_at":"late"}"#))
    );
}

#[test]
fn a_workbook_holds_texts_and_true_dates() {
    let bytes = written(Format::Xlsx, &rows());
    let sheet: Sheet = read("a.xlsx", bytes, &Reading::default()).expect("it can be read");
    assert_eq!(sheet.columns, ["事由", "'=受理"]);
    let cells = |row: usize| sheet.rows[row].cells.as_ref().expect("the row is good");
    assert_eq!(cells(0)[0].text(), "'=HYPERLINK(\"x\")");
    assert_eq!(
        cells(0)[1],
        Cell::DateTime(jiff::civil::date(2026, 3, 2).at(9, 30, 15, 0))
    );
    assert_eq!(cells(1)[0].text(), "a \"b\", c；\nd");
}

#[test]
fn a_text_longer_than_a_cell_is_cut_in_a_workbook() {
    let long = "长".repeat(40_000);
    let bytes = written(Format::Xlsx, &[[Value::text(long), Value::text("")]]);
    let sheet = read("a.xlsx", bytes, &Reading::default()).expect("it can be read");
    let cells = sheet.rows[0].cells.as_ref().expect("the row is good");
    assert_eq!(cells[0].text().chars().count(), 32_767);
}

#[test]
fn an_amount_is_a_number_and_a_dated_table_comes_out_the_same_again() {
    let amount = |text: &str| Value::Amount(text.parse().expect("an amount"));
    let made = jiff::civil::date(2026, 3, 2).at(9, 30, 0, 0);
    let column = |name: &'static str| Column {
        name: name.into(),
        title: name.to_owned(),
    };
    let write = |format| {
        let columns = vec![column("id"), column("amount")];
        let mut writer = Writer::dated(format, columns, made).expect("a table can begin");
        for (id, of) in [("-1", "-100.01"), ("b", "999999999999999.99")] {
            let row = [Value::text(id), amount(of)];
            writer.row(&row).expect("there is room");
        }
        writer.finish().expect("a table can end")
    };
    for format in Format::ALL {
        assert_eq!(write(format), write(format), "{format}");
    }
    let csv = String::from_utf8(write(Format::Csv)).expect("it is UTF-8");
    assert!(csv.contains("\"'-1\",\"-100.01\""), "{csv}");
    let lines = String::from_utf8(write(Format::Jsonl)).expect("it is UTF-8");
    assert!(lines.contains(r#""amount":"-100.01""#), "{lines}");
    let book = read("a.xlsx", write(Format::Xlsx), &Reading::default()).expect("it can be read");
    let cells = |row: usize| book.rows[row].cells.as_ref().expect("the row is good");
    assert_eq!(cells(0)[1].text(), "-100.01");
    assert_eq!(
        cells(1)[1].text(),
        "999999999999999.99",
        "too many digits for a number"
    );
}
