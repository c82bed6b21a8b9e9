//! A backup is whole, consistent and sealed, and made while the server goes on.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use huiyin_app::operate::backup::{BackupError, Request, backup};
use huiyin_app::start::open_store;

use crate::support::{
    Folder, PLANTED, backed_up, complain, has, holds, is_whole, morning, restored, running,
};

const WRITERS: usize = 8;
const ACKNOWLEDGED_MIN: usize = 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_command_acknowledged_before_it_began_is_in_it() {
    let folder = Folder::new();
    let (app, who) = running(&folder.data()).await;
    let (next, stop) = (
        Arc::new(AtomicU32::new(0)),
        Arc::new(AtomicBool::new(false)),
    );
    let acknowledged = Arc::new(Mutex::new(Vec::new()));
    let mut writers = tokio::task::JoinSet::new();
    for _ in 0..WRITERS {
        let (app, who) = (Arc::clone(&app), who.clone());
        let (next, stop, acknowledged) = (next.clone(), stop.clone(), acknowledged.clone());
        writers.spawn(async move {
            while !stop.load(Ordering::Relaxed) {
                let case = complain(&app, &who, next.fetch_add(1, Ordering::Relaxed)).await;
                acknowledged.lock().unwrap().push(case);
            }
        });
    }
    let mut position = app.store().position();
    while acknowledged.lock().unwrap().len() < ACKNOWLEDGED_MIN {
        position.changed().await.unwrap();
    }
    let before = acknowledged.lock().unwrap().clone();
    let file = folder.path("night.tar");
    let manifest = backed_up(&folder.data(), &file, true).await;
    let after = acknowledged.lock().unwrap().len();
    stop.store(true, Ordering::Relaxed);
    while writers.join_next().await.is_some() {}
    assert!(after > before.len(), "the writers stood still meanwhile");

    let copy = folder.path("copy");
    let restored = restored(&file, &copy, None).await.unwrap();
    let store = open_store(&copy).await.unwrap();
    for case in &before {
        assert!(has(&store, *case).await);
    }
    is_whole(&store, restored.cases).await;
    assert_eq!(manifest.cases, restored.cases);
    assert_eq!(folder.names(), ["copy", "data", "night.tar"]);
}

#[tokio::test]
async fn whoever_has_the_file_but_not_the_key_reads_nothing() {
    let folder = Folder::new();
    let (app, who) = running(&folder.data()).await;
    for number in 0..5 {
        complain(&app, &who, number).await;
    }
    let file = folder.path("night.tar");
    let manifest = backed_up(&folder.data(), &file, false).await;
    assert!(!manifest.has_key());
    let bytes = std::fs::read(&file).unwrap();
    let key = std::fs::read_to_string(folder.data().join("master.key")).unwrap();
    for text in PLANTED
        .iter()
        .copied()
        .chain([key.trim(), "柜门", "general"])
    {
        assert!(!holds(&bytes, text), "{text}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[tokio::test]
async fn an_earlier_backup_is_not_overwritten() {
    let folder = Folder::new();
    running(&folder.data()).await;
    let file = folder.path("night.tar");
    std::fs::write(&file, "an earlier one").unwrap();
    let request = Request {
        data: &folder.data(),
        to: &file,
        with_key: false,
    };
    let refused = backup(request, morning()).await;
    assert!(matches!(refused, Err(BackupError::Exists(_))));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "an earlier one");
}

#[tokio::test]
async fn a_database_that_was_tampered_with_makes_no_backup() {
    let folder = Folder::new();
    let (app, who) = running(&folder.data()).await;
    complain(&app, &who, 1).await;
    app.store().close().await;
    let database = folder.data().join("huiyin.db");
    let mut bytes = std::fs::read(&database).unwrap();
    let body = br#""channel":"phone""#;
    let at = bytes.windows(body.len()).position(|window| window == body);
    bytes[at.unwrap() + body.len() - 2] ^= 1;
    std::fs::write(&database, bytes).unwrap();
    let request = Request {
        data: &folder.data(),
        to: &folder.path("night.tar"),
        with_key: false,
    };
    let refused = backup(request, morning()).await;
    assert!(
        matches!(refused, Err(BackupError::Damaged(_))),
        "{refused:?}"
    );
    assert_eq!(folder.names(), ["data"]);
}

#[tokio::test]
async fn a_folder_without_a_database_is_left_as_it_is() {
    let folder = Folder::new();
    let request = Request {
        data: &folder.data(),
        to: &folder.path("night.tar"),
        with_key: false,
    };
    let refused = backup(request, morning()).await;
    assert!(matches!(refused, Err(BackupError::NoDatabase(_))));
    assert!(folder.names().is_empty());
}
