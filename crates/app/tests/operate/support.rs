//! A data directory with the organisation to try with, and cases to put into it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use huiyin_app::commands::{Key, NewCaseRequest};
use huiyin_app::operate::archive::Manifest;
use huiyin_app::operate::{backup, restore};
use huiyin_app::start::{Config, FirstStart, StartError, Started, start};
use huiyin_app::{App, Clock, Principal, maintain};
use huiyin_case::id::CaseId;
use huiyin_case::value::Value;
use huiyin_policy::SourceFile;
use huiyin_policy::model::{ChannelId, ChoiceId, FieldId, KindId, PolicyId};
use huiyin_store::{Access, Step, Store};
use jiff::Timestamp;

pub(crate) const LOGIN: &str = "shenjia-qwzx";
pub(crate) const PASSWORD: &str = "correct horse battery";

/// A directory that goes with its owner.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "huiyin-operate-{}-{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The data directory in it.
    pub(crate) fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// Names of what lies in it, in order.
    pub(crate) fn names(&self) -> Vec<String> {
        names_in(&self.0)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// A small organisation without cases.
const ORGANISATION: &str = include_str!("../../../testkit/organisation.yaml");

/// A Monday morning.
pub(crate) fn morning() -> Timestamp {
    "2026-03-02T09:00:00+08:00".parse().unwrap()
}

pub(crate) fn config(data: &Path, further_steps: &'static [Step]) -> Config {
    Config {
        clock: Clock::set_from_outside(morning()),
        first_start: Some(FirstStart {
            organisation: SourceFile::new("organisation.yaml", ORGANISATION),
            cases: Vec::new(),
        }),
        further_steps,
        ..Config::new(data.to_owned(), vec![general_policy()])
    }
}

pub(crate) async fn started(data: &Path) -> Started {
    start(config(data, &[])).await.unwrap()
}

/// A started application with its first account.
pub(crate) async fn running(data: &Path) -> (Arc<App>, Principal) {
    accepted(started(data).await).await
}

/// The first account of a started application.
pub(crate) async fn accepted(started: Started) -> (Arc<App>, Principal) {
    let Started { app, setup, .. } = started;
    let token = setup.unwrap();
    let accepted = app.accept_link(token.reveal(), LOGIN, PASSWORD).await;
    (app, accepted.unwrap().1)
}

/// Registers a complaint; the number stands in its texts.
pub(crate) async fn complain(app: &App, who: &Principal, number: u32) -> CaseId {
    let text = |text: String| Value::Text(text);
    let fields = [
        ("about", Value::OneOf(ChoiceId::new("product"))),
        ("subject", text(format!("龘靐{number:04}：柜门合不上"))),
        (
            "content",
            text(format!("饕餮{number:04}，右边的门一直合不拢。")),
        ),
        ("customer_name", text(format!("欧阳麤{number:04}"))),
        ("contact", text(format!("1391234{number:04}"))),
    ];
    let request = NewCaseRequest {
        policy: PolicyId::new("general"),
        kind: KindId::new("complaint"),
        channel: ChannelId::new("phone"),
        fields: fields
            .into_iter()
            .map(|(name, value)| (FieldId::new(name), value))
            .collect(),
        occurred: None,
        first_contact: None,
        repeats: None,
        parties: Vec::new(),
        key: Key::new(format!("complaint-{number}")),
    };
    app.register(who, request).await.unwrap().case
}

/// Parts of what [`complain`] and the first account put down, which may stand nowhere in the open.
pub(crate) const PLANTED: [&str; 8] = [
    "龘靐",
    "饕餮",
    "欧阳麤",
    "1391234",
    "欧**",
    "shenjia",
    "沈佳",
    "correct horse",
];

/// Whether a text stands in bytes.
pub(crate) fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

pub(crate) async fn backed_up(data: &Path, to: &Path, with_key: bool) -> Manifest {
    let request = backup::Request { data, to, with_key };
    backup::backup(request, morning()).await.unwrap()
}

pub(crate) async fn restored(
    from: &Path,
    data: &Path,
    key: Option<&Path>,
) -> Result<restore::Restored, restore::RestoreError> {
    restore::restore(restore::Request { from, data, key }).await
}

/// Everything is there: the log is whole, and the tables are what it says.
pub(crate) async fn is_whole(store: &Store, cases: u64) {
    let verified = store.verify(None).await.unwrap();
    assert!(verified.is_intact(), "{:?}", verified.findings);
    let shelf = huiyin_app::start::open_shelf(store).await.unwrap();
    let rebuilt = maintain::rebuild(store, &shelf, false).await.unwrap();
    assert_eq!((rebuilt.cases, rebuilt.differences), (cases, vec![]));
}

/// Whether a case is in the work list and its texts can be read.
pub(crate) async fn has(store: &Store, case: CaseId) -> bool {
    let row = store.case_row(&Access::All, case).await.unwrap();
    row.is_some() && !store.load(case).await.unwrap().is_empty()
}

/// The error of a start that must not succeed.
pub(crate) async fn refused(config: Config) -> StartError {
    match start(config).await {
        Ok(_) => panic!("it started"),
        Err(error) => error,
    }
}

fn general_policy() -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/general");
    let files = std::fs::read_dir(folder).unwrap();
    let files = files.map(|entry| entry.unwrap().path());
    files
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            SourceFile::new(name, std::fs::read(&path).unwrap())
        })
        .collect()
}
