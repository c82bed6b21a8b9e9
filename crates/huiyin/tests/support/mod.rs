//! A data directory that a server has set up, and the program run in it.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "no test uses all of it, and one that can't set up its world has failed"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

use huiyin_app::start::{Config, FirstStart, start};
use huiyin_policy::SourceFile;

/// The policy that is in force there.
pub const GENERAL: &str = include_str!("../../../../policies/general/policy.yaml");

/// A mapping of historical inquiries for the general policy.
pub const MAPPING: &str = "
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

/// The directory; it goes with the value.
pub struct Place(PathBuf);

impl Place {
    /// A directory with the test organisation and the general policy, and no server on it.
    pub async fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("huiyin-cli-{}-{count}", std::process::id());
        let place = Self(std::env::temp_dir().join(name));
        let started = start(place.config()).await.unwrap();
        started.app.store().close().await;
        place
    }

    /// The same with an account of the first administrator, who supervises too.
    pub async fn with_account(login: &str) -> Self {
        let place = Self::new().await;
        let started = start(place.config()).await.unwrap();
        let (token, app) = (started.setup.unwrap(), started.app);
        app.accept_link(token.reveal(), login, "correct horse battery")
            .await
            .unwrap();
        app.store().close().await;
        place
    }

    /// What a server starts with there.
    pub fn config(&self) -> Config {
        let organisation = include_str!("../../../testkit/organisation.yaml");
        Config {
            first_start: Some(FirstStart {
                organisation: SourceFile::new("organisation.yaml", organisation),
                cases: Vec::new(),
            }),
            ..Config::new(
                self.0.clone(),
                vec![vec![SourceFile::new("policy.yaml", GENERAL)]],
            )
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file into it.
    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).unwrap();
    }

    /// A file in it, if it is there.
    pub fn read(&self, name: &str) -> Option<String> {
        std::fs::read_to_string(self.0.join(name)).ok()
    }

    /// Runs the program in the directory, on it, in English.
    pub fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_huiyin"))
            .current_dir(&self.0)
            .args(arguments)
            .args(["--lang", "en", "--data", "."])
            .output()
            .unwrap()
    }

    /// Runs a command that needs no data, in English: whether it succeeded, and all it said.
    pub fn plain(&self, arguments: &[&str]) -> (bool, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_huiyin"))
            .current_dir(&self.0)
            .args(["--lang", "en"])
            .args(arguments)
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(said).unwrap())
    }

    /// The same as [`Place::run`]: whether it succeeded, and all it said.
    pub fn said(&self, arguments: &[&str]) -> (bool, String) {
        let output = self.run(arguments);
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(said).unwrap())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
