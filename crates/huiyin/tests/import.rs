//! `huiyin import cases`: what an administrator sees.

#![allow(
    clippy::unwrap_used,
    reason = "a test that can't set up its world has failed"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

use huiyin_app::start::{Config, FirstStart, start};
use huiyin_policy::SourceFile;

const MAPPING: &str = "
source: old-desk
policy: general
id: id
cases:
  - kind: inquiry
    channel: {fixed: phone}
    number: id
    opened: opened
    fields: {nature: {fixed: question}, subject: subject, content: content, other_unit: {fixed: 'false'}}
    acts: [{act: answer, at: replied, fields: {text: reply}}]
";

const TABLE: &str = "id,opened,subject,content,replied,reply
1,2024-03-04 10:00,a,b,2024-03-05 10:00,c
2,2024-03-04 10:00,=1+1,,2024-03-05 10:00,c
3,2024-03-04 10:00,a,b,,
4,2024-03-04 10:00,a,b,2024-03-06 11:00,c
1,2024-03-04 10:00,other,b,2024-03-05 10:00,c
";

/// A data directory that a server has set up, with a table and its mapping.
struct Place(PathBuf);

impl Place {
    async fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "huiyin-import-{}-{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        let place = Self(std::env::temp_dir().join(name));
        let started = start(place.config()).await.unwrap();
        started.app.store().close().await;
        place.write("m.yaml", MAPPING);
        place.write("old.csv", TABLE);
        place
    }

    fn config(&self) -> Config {
        let policy = include_str!("../../../policies/general/policy.yaml");
        let shipped = vec![vec![SourceFile::new("policy.yaml", policy)]];
        let organisation = include_str!("../../testkit/organisation.yaml");
        Config {
            first_start: Some(FirstStart {
                organisation: SourceFile::new("organisation.yaml", organisation),
                cases: Vec::new(),
            }),
            ..Config::new(self.0.clone(), shipped)
        }
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> Option<String> {
        std::fs::read_to_string(self.0.join(name)).ok()
    }

    fn run(&self, more: &[&str]) -> Output {
        let path = |name: &str| self.0.join(name);
        Command::new(env!("CARGO_BIN_EXE_huiyin"))
            .args(["import", "--lang", "en", "cases"])
            .arg(path("old.csv"))
            .arg("--mapping")
            .arg(path("m.yaml"))
            .arg("--data")
            .arg(&self.0)
            .args(more)
            .output()
            .unwrap()
    }

    fn says(&self, more: &[&str]) -> String {
        let output = self.run(more);
        let text = String::from_utf8(output.stdout).unwrap();
        let first = text.lines().next().unwrap_or_default();
        format!("{} {first}", output.status.code().unwrap())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(Path::new(&self.0));
    }
}

#[tokio::test]
async fn good_rows_come_in_once_and_bad_ones_are_listed_with_their_reasons() {
    let place = Place::new().await;
    let trial = "1 trial run, nothing was stored: 2 cases would come in, 0 are here already, 3 rows would be rejected";
    assert_eq!(place.says(&["--dry-run"]), trial);
    assert_eq!(
        place.says(&[]),
        "1 2 cases came in, 0 were here already, 3 rows were rejected"
    );
    assert_eq!(
        place.says(&[]),
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
        place.says(&[]),
        "0 0 cases came in, 1 were here already, 0 rows were rejected"
    );
    assert_eq!(place.read("old.csv.rejected.csv"), None);
}

#[tokio::test]
async fn an_import_beside_a_running_server_is_refused() {
    let place = Place::new().await;
    let started = start(place.config()).await.unwrap();
    let output = place.run(&[]);
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
    let place = Place::new().await;
    place.write(
        "m.yaml",
        &MAPPING.replace("subject: subject", "subject: subjct"),
    );
    let output = place.run(&[]);
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
    let place = Place::new().await;
    std::fs::remove_file(place.0.join("master.key")).unwrap();
    let output = place.run(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("start the server once")
    );
}
