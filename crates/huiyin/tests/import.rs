//! `huiyin import cases`: what an administrator sees.

#![allow(
    clippy::unwrap_used,
    reason = "a test that can't set up its world has failed"
)]

mod support;

use std::process::Output;

use huiyin_app::start::start;
use support::{MAPPING, Place};

const TABLE: &str = "id,opened,subject,content,replied,reply
1,2024-03-04 10:00,a,b,2024-03-05 10:00,c
2,2024-03-04 10:00,=1+1,,2024-03-05 10:00,c
3,2024-03-04 10:00,a,b,,
4,2024-03-04 10:00,a,b,2024-03-06 11:00,c
1,2024-03-04 10:00,other,b,2024-03-05 10:00,c
";

/// A data directory with a table and its mapping.
async fn with_table() -> Place {
    let place = Place::new().await;
    place.write("m.yaml", MAPPING);
    place.write("old.csv", TABLE);
    place
}

fn import(place: &Place, more: &[&str]) -> Output {
    let table = ["import", "cases", "old.csv", "--mapping", "m.yaml"];
    place.run(&[&table, more].concat())
}

/// The code it ends with, and its first line.
fn says(place: &Place, more: &[&str]) -> String {
    let output = import(place, more);
    let text = String::from_utf8(output.stdout).unwrap();
    let first = text.lines().next().unwrap_or_default();
    format!("{} {first}", output.status.code().unwrap())
}

#[tokio::test]
async fn good_rows_come_in_once_and_bad_ones_are_listed_with_their_reasons() {
    let place = with_table().await;
    let trial = "1 trial run, nothing was stored: 2 cases would come in, 0 are here already, 3 rows would be rejected";
    assert_eq!(says(&place, &["--dry-run"]), trial);
    assert_eq!(
        says(&place, &[]),
        "1 2 cases came in, 0 were here already, 3 rows were rejected"
    );
    assert_eq!(
        says(&place, &[]),
        "1 0 cases came in, 2 were here already, 3 rows were rejected"
    );
    let list = place.read("old.csv.rejected.csv").unwrap();
    let expected = "\u{FEFF}\"Row\",\"Id\",\"Column\",\"Reason\"\r\n\
        \"3\",\"2\",\"content\",\"fill in “Content” (P1.1)\"\r\n\
        \"4\",\"3\",\"\",\"this historical case is not finished: no act and no closing is told; register it as a new case\"\r\n\
        \"6\",\"1\",\"\",\"an earlier row of the file has the same id and another content\"\r\n";
    assert_eq!(list, expected);
    place.write(
        "old.csv",
        &TABLE.lines().take(2).collect::<Vec<_>>().join("\n"),
    );
    assert_eq!(
        says(&place, &[]),
        "0 0 cases came in, 1 were here already, 0 rows were rejected"
    );
    assert_eq!(place.read("old.csv.rejected.csv"), None);
}

#[tokio::test]
async fn an_import_beside_a_running_server_is_refused() {
    let place = with_table().await;
    let started = start(place.config()).await.unwrap();
    let output = import(&place, &[]);
    started.app.store().close().await;
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("another process has this database open"),
        "{told}"
    );
}

#[tokio::test]
async fn a_mistake_in_the_mapping_is_shown_with_its_line_and_nothing_comes_in() {
    let place = with_table().await;
    place.write(
        "m.yaml",
        &MAPPING.replace("subject: subject", "subject: subjct"),
    );
    let output = import(&place, &[]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("HY-M006") && told.contains("m.yaml:10"),
        "{told}"
    );
    assert!(told.contains("perhaps `subject`?"), "{told}");
}

#[tokio::test]
async fn only_a_data_directory_that_exists_is_imported_into() {
    let place = with_table().await;
    std::fs::remove_file(place.path().join("master.key")).unwrap();
    let output = import(&place, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("start the server once")
    );
}
