//! Files of every sort give the same table, and hostile ones cost nothing.

use std::io::{Cursor, Read, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use huiyin_exchange::{Cell, Encoding, Reading, Sheet, Unreadable, read};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn sheet(name: &str, bytes: impl Into<Vec<u8>>) -> Sheet {
    read(name, bytes.into(), &Reading::default()).expect("the file can be read")
}

fn refusal(name: &str, bytes: impl Into<Vec<u8>>) -> String {
    let Unreadable(message) =
        read(name, bytes.into(), &Reading::default()).expect_err("the file is refused");
    message.key().to_owned()
}

/// Rows as text: the number, then the cells.
fn rows(sheet: &Sheet) -> Vec<String> {
    let line = |row: &huiyin_exchange::Row| match &row.cells {
        Ok(cells) => {
            let cells: Vec<_> = cells.iter().map(Cell::text).collect();
            format!("{} {}", row.number, cells.join("|"))
        }
        Err(problem) => format!("{} {}", row.number, problem.message.key()),
    };
    sheet.rows.iter().map(line).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

const CSV: &str = "编号,标题,内容\n1,漏水,\"水壶\n漏水\"\n\n2, 电费 ,\n3,a,b,c\n";

#[test]
fn csv_is_read_in_every_encoding_packed_or_not() {
    let expected = ["2 1|漏水|水壶\n漏水", "5 2|电费|", "6 import-row-too-wide"];
    let (gb18030, _, _) = encoding_rs::GB18030.encode(CSV);
    for bytes in [
        CSV.as_bytes().to_vec(),
        format!("\u{FEFF}{CSV}").into_bytes(),
        gb18030.into_owned(),
    ] {
        assert_eq!(rows(&sheet("a.csv", bytes.clone())), expected);
        assert_eq!(rows(&sheet("A.CSV.GZ", gzip(&bytes))), expected);
    }
    assert_eq!(sheet("a.csv", CSV).columns, ["编号", "标题", "内容"]);
}

#[test]
fn the_separator_is_found_out_or_named() {
    for (name, text) in [
        ("a.csv", "a;b\n1;2\n"),
        ("a.csv", "a\tb\n1\t2\n"),
        ("a.tsv", "a\tb\n1\t2\n"),
    ] {
        assert_eq!(rows(&sheet(name, text)), ["2 1|2"], "{text}");
    }
    let reading = Reading {
        separator: Some(b'|'),
        ..Reading::default()
    };
    let sheet = read("a.csv", b"a|b\n1|2,3\n".to_vec(), &reading).expect("it can be read");
    assert_eq!(rows(&sheet), ["2 1|2,3"]);
}

#[test]
fn a_row_with_bytes_of_another_encoding_is_bad_and_the_others_are_not() {
    let reading = Reading {
        encoding: Some(Encoding::Utf8),
        ..Reading::default()
    };
    let sheet = read("a.csv", b"a,b\n1,\xC4\xE3\n2,ok\n".to_vec(), &reading);
    let sheet = sheet.expect("it can be read");
    assert_eq!(rows(&sheet), ["2 import-row-undecodable", "3 2|ok"]);
}

#[test]
fn jsonl_takes_its_columns_from_all_lines() {
    let text = concat!(
        "{\"a\": \"x\", \"n\": 12.50, \"yes\": true, \"none\": null}\n",
        "not json\n",
        "[1]\n",
        "\n",
        "{\"b\": [\"p\", \"q\"], \"n\": 3}\n",
        "{\"b\": {\"c\": 1}}\n"
    );
    let sheet = sheet("a.jsonl", text);
    assert_eq!(sheet.columns, ["a", "n", "yes", "none", "b"]);
    let expected = [
        "1 x|12.5|true||",
        "2 import-row-no-object",
        "3 import-row-no-object",
        "5 |3|||p\nq",
        "6 import-cell-nested",
    ];
    assert_eq!(rows(&sheet), expected);
}

/// A workbook with a text, a number, dates, a formula, and a cell at the far end.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let moment = Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
    let mut made = || -> Result<(), rust_xlsxwriter::XlsxError> {
        for (column, name) in (0_u16..).zip(["编号", "电话", "登记", "日期", "合计"]) {
            sheet.write(1, column, name)?;
        }
        sheet.write(3, 0, "A-1")?;
        sheet.write(3, 1, 13_800_000_000_f64)?;
        let at = ExcelDateTime::from_ymd(2024, 3, 4)?;
        sheet.write_with_format(3, 2, &at.clone().and_hms(9, 32, 9)?, &moment)?;
        sheet.write_with_format(3, 3, &at, &date)?;
        sheet.write(
            3,
            4,
            Formula::new("=0.1+0.2").set_result("0.30000000000000004"),
        )?;
        sheet.write(1_048_575, 0, "A-2")?;
        Ok(())
    };
    made().expect("the workbook is right");
    book.save_to_buffer().expect("memory takes it")
}

#[test]
fn a_workbook_gives_its_dates_and_numbers_as_they_are_shown() {
    let sheet = sheet("a.xlsx", workbook());
    assert_eq!(sheet.columns, ["编号", "电话", "登记", "日期", "合计"]);
    let expected = [
        "4 A-1|13800000000|2024-03-04 09:32:09|2024-03-04|0.3",
        "1048576 A-2||||",
    ];
    assert_eq!(rows(&sheet), expected);
    let first = sheet.rows[0].cells.as_ref().expect("the row is good");
    assert!(matches!(first[2], Cell::DateTime(_)) && matches!(first[3], Cell::Date(_)));
}

#[test]
fn a_sheet_is_named_or_the_first() {
    let reading = Reading {
        sheet: Some("汇总".to_owned()),
        ..Reading::default()
    };
    let refused = read("a.xlsx", workbook(), &reading).expect_err("there is no such sheet");
    assert_eq!(refused.0.key(), "import-file-no-sheet");
}

/// The workbook with one part replaced.
fn with_part(part: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(workbook())).expect("it is an archive");
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut entry = from.by_index(at).expect("the part is there");
        let mut text = String::new();
        entry.read_to_string(&mut text).expect("the part is text");
        let name = entry.name().expect("parts have names").into_owned();
        if name == part {
            text = change(&text);
        }
        to.start_file(name, SimpleFileOptions::default())
            .expect("memory takes it");
        to.write_all(text.as_bytes()).expect("memory takes it");
    }
    to.finish().expect("memory takes it").into_inner()
}

#[test]
fn a_workbook_that_claims_more_texts_than_it_holds_is_refused_before_its_reader_believes_it() {
    let part = "xl/sharedStrings.xml";
    let untouched = with_part(part, str::to_owned);
    assert_eq!(sheet("a.xlsx", untouched).rows.len(), 2);
    for claim in [
        "99999999999",
        "18446744073709551615",
        "999999999999999999999999",
    ] {
        let lying = with_part(part, |text| {
            let (before, after) = text.split_once("uniqueCount=\"").expect("it says how many");
            let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
            format!("{before}uniqueCount=\"{claim}{rest}")
        });
        assert_eq!(refusal("a.xlsx", lying), "import-file-damaged", "{claim}");
    }
}

#[test]
fn a_column_out_of_all_bounds_is_refused() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "a").expect("it fits");
    sheet.write(1, 16_383, "b").expect("it fits");
    let bytes = book.save_to_buffer().expect("memory takes it");
    assert_eq!(refusal("a.xlsx", bytes), "import-file-too-big");
}

#[test]
fn what_is_no_table_is_refused_and_never_panics() {
    for name in ["a.csv", "a.jsonl", "a.xlsx", "a.csv.gz", "a.xlsx.gz"] {
        for bytes in [
            &b""[..],
            b"\0\0\0",
            b"PK\x03\x04",
            b"\x1f\x8b\x08",
            b"\n\n\n",
            b",,,\n",
        ] {
            let read = read(name, bytes.to_vec(), &Reading::default());
            assert!(
                read.is_err() || read.is_ok_and(|sheet| sheet.rows.is_empty()),
                "{name}"
            );
        }
        let mut cut = if name.contains("xlsx") {
            workbook()
        } else {
            CSV.into()
        };
        cut.truncate(cut.len() / 2);
        drop(read(name, cut, &Reading::default()));
    }
    assert_eq!(refusal("a.docx", "a"), "import-file-unknown-sort");
    assert_eq!(
        refusal("a.csv", "a,b,a\n1,2,3\n"),
        "import-file-column-twice"
    );
}
