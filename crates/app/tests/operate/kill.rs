//! Killed at any moment, a backup leaves no half file under its name, and an upgrade is made or not.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use huiyin_app::start::{Started, start};
use huiyin_store::Step;

use crate::support::{Folder, backed_up, complain, config, has, is_whole, restored, running};

/// Tells the child which data directory to back up, and where to.
const DATA: &str = "HUIYIN_OPERATE_DATA";
const TO: &str = "HUIYIN_OPERATE_TO";
const KILLS: usize = 12;

#[tokio::test]
async fn the_child_backs_up_until_it_is_killed() {
    let (Some(data), Some(to)) = (std::env::var_os(DATA), std::env::var_os(TO)) else {
        return;
    };
    backed_up(Path::new(&data), Path::new(&to), true).await;
}

fn child(data: &Path, to: &Path) -> std::process::Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::the_child_backs_up_until_it_is_killed"])
        .env(DATA, data)
        .env(TO, to)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// How many bytes of unfinished work lie in a folder.
fn unfinished_bytes(folder: &Path) -> u64 {
    let parts = std::fs::read_dir(folder).unwrap().flatten();
    let parts = parts.filter(|part| part.file_name().to_string_lossy().ends_with(".part"));
    let files = parts.flat_map(|part| std::fs::read_dir(part.path()).into_iter().flatten());
    let lengths = files.flatten().filter_map(|file| file.metadata().ok());
    lengths.map(|file| file.len()).sum()
}

#[tokio::test]
async fn there_is_no_half_file_under_the_name_and_nothing_stays_behind() {
    let folder = Folder::new();
    let (app, who) = running(&folder.data()).await;
    for number in 0..20 {
        complain(&app, &who, number).await;
    }
    app.store().close().await;
    let to = folder.path("backups");
    std::fs::create_dir(&to).unwrap();
    let file: PathBuf = to.join("night.tar");
    let whole = {
        backed_up(&folder.data(), &file, true).await;
        let bytes = std::fs::metadata(&file).unwrap().len();
        std::fs::remove_file(&file).unwrap();
        bytes
    };
    let mut cut_short = 0;
    for kill in 0..KILLS {
        // The copy and then the archive grow; each kill comes a little later in that.
        let enough = 2 * whole * u64::try_from(kill).unwrap() / u64::try_from(KILLS).unwrap();
        let mut child = child(&folder.data(), &file);
        while unfinished_bytes(&to) < enough && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        if file.exists() {
            let copy = folder.path("copy");
            restored(&file, &copy, None).await.unwrap();
            std::fs::remove_dir_all(&copy).unwrap();
            std::fs::remove_file(&file).unwrap();
        } else {
            cut_short += 1;
        }
    }
    assert!(cut_short > 0, "no kill came in time");
    backed_up(&folder.data(), &file, true).await;
    assert_eq!(crate::support::names_in(&to), ["night.tar"]);
}

/// Long enough to be met half-way, and more than what is held in memory before it goes to the write-ahead log.
const LONG: &[Step] = &[Step {
    name: "fills a table",
    sql: "CREATE TABLE filled (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL); \
          WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < 12000) \
          INSERT INTO filled SELECT number, randomblob(2000) FROM numbers;",
}];
/// What the step writes, in bytes.
const LONG_BYTES: u64 = 24_000_000;
const UPGRADES_KILLED: u64 = 5;

#[tokio::test]
async fn the_child_upgrades_until_it_is_killed() {
    if let (Some(data), None) = (std::env::var_os(DATA), std::env::var_os(TO)) {
        start(config(Path::new(&data), LONG)).await.unwrap();
    }
}

/// Kills an upgrade once its unfinished work, or then the write-ahead log of the database itself, has so many bytes.
fn upgrade_and_kill(data: &Path, unfinished: u64, log: u64) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::the_child_upgrades_until_it_is_killed"])
        .env(DATA, data)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let log_bytes = || std::fs::metadata(data.join("huiyin.db-wal")).map_or(0, |log| log.len());
    while (unfinished_bytes(data) < unfinished || log_bytes() < log)
        && child.try_wait().unwrap().is_none()
    {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[tokio::test]
async fn an_upgrade_that_is_killed_anywhere_is_made_or_not_and_loses_nothing() {
    let folder = Folder::new();
    let (app, who) = running(&folder.data()).await;
    let mut cases = Vec::new();
    for number in 0..10 {
        cases.push(complain(&app, &who, number).await);
    }
    app.store().close().await;
    for kill in 0..UPGRADES_KILLED {
        let part = LONG_BYTES * kill / UPGRADES_KILLED;
        upgrade_and_kill(&folder.data(), part, 0);
        upgrade_and_kill(&folder.data(), 0, part);
        // The former program finds everything, unless the new one had come to the end.
        if let Ok(Started { app, .. }) = start(config(&folder.data(), &[])).await {
            is_whole(app.store(), 10).await;
            app.store().close().await;
        }
    }
    let Started { app, .. } = start(config(&folder.data(), LONG)).await.unwrap();
    assert_eq!(app.read_only(), None);
    is_whole(app.store(), 10).await;
    assert!(has(app.store(), cases[9]).await);
    assert!(!app.store().tables_may_lag().await.unwrap());
    let names = crate::support::names_in(&folder.data());
    assert!(
        !names.iter().any(|name| name.ends_with(".part")),
        "{names:?}"
    );
}
