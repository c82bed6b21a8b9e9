//! An upgrade is tried on a copy first; when it fails, everything can still be read, and nothing was changed.

use std::io::Read;
use std::path::Path;

use huiyin_app::ReadOnly;
use huiyin_app::operate::upgrade::{Extent, UpgradeError, upgrade};
use huiyin_app::start::{Config, StartError, Started, open_store_read_only, segmenter, start};
use huiyin_store::{OpenError, Options, Step, Store};
use huiyin_testkit::postgres;

use crate::support::{
    Folder, accepted, complain, config, has, is_whole, morning, names_in, refused, restored,
    running,
};

/// A step as an upgrade brings it.
const GOOD: &[Step] = &[Step {
    name: "a mark for each case",
    sql: "CREATE TABLE marks (case_id TEXT PRIMARY KEY, mark TEXT NOT NULL); \
          INSERT INTO marks SELECT case_id, 'old' FROM cases;",
}];
/// The second step fails after the first has changed rows.
const BAD: &[Step] = &[
    GOOD[0],
    Step {
        name: "fails half-way",
        sql: "UPDATE cases SET subject = ''; INSERT INTO marks SELECT case_id, 'twice' FROM cases;",
    },
];
/// Takes away what the tables derived from the log need.
const HARMFUL: &[Step] = &[Step {
    name: "loses a column",
    sql: "ALTER TABLE clocks DROP COLUMN clause;",
}];
/// Goes well wherever work is unfinished, and fails on the database itself.
const TREACHEROUS: &[Step] = &[Step {
    name: "fails in earnest",
    sql: "SELECT CASE WHEN file LIKE '%.part/%' THEN 1 ELSE abs(-9223372036854775808) END FROM pragma_database_list;",
}];

async fn filled(data: &Path) -> Vec<huiyin_case::id::CaseId> {
    let (app, who) = running(data).await;
    let mut cases = Vec::new();
    for number in 0..3 {
        cases.push(complain(&app, &who, number).await);
    }
    app.store().close().await;
    cases
}

/// Names in a folder, without what a reader of the database leaves there.
fn kept_in(folder: &Path) -> Vec<String> {
    let mut names = names_in(folder);
    names.retain(|name| !name.ends_with("-wal") && !name.ends_with("-shm"));
    names
}

async fn step_of(data: &Path) -> i64 {
    let options = Options::new(segmenter());
    let schema = Store::schema(&data.join("huiyin.db"), options).await;
    schema.unwrap().unwrap().applied
}

#[tokio::test]
async fn a_start_takes_the_steps_and_keeps_the_copy_made_before() {
    let folder = Folder::new();
    let cases = filled(&folder.data()).await;
    let before = step_of(&folder.data()).await;
    let Started { app, upgrade, .. } = start(config(&folder.data(), GOOD)).await.unwrap();
    let upgraded = upgrade.unwrap().unwrap();
    assert_eq!(
        (upgraded.schema.applied, upgraded.schema.known),
        (before, before + 1)
    );
    assert_eq!(
        (upgraded.cases, upgraded.corrected, app.read_only()),
        (3, 0, None)
    );
    is_whole(app.store(), 3).await;
    app.store().close().await;
    assert_eq!(step_of(&folder.data()).await, before + 1);

    // The way back: the former program on the copy made before.
    let (kept, key) = (upgraded.kept.unwrap(), folder.data().join("master.key"));
    let former = folder.path("former");
    restored(&kept, &former, Some(&key)).await.unwrap();
    assert_eq!(step_of(&former).await, before);
    let Started { app, upgrade, .. } = start(config(&former, &[])).await.unwrap();
    assert!(upgrade.is_none() && has(app.store(), cases[2]).await);
    // And no way back on the new one.
    let refused = refused(config(&folder.data(), &[])).await;
    assert!(matches!(refused, StartError::Open(OpenError::Newer(_))));
    assert!(refused.to_string().contains("does not open"));
}

#[tokio::test]
async fn a_trial_changes_nothing() {
    let folder = Folder::new();
    filled(&folder.data()).await;
    let (names, before) = (kept_in(&folder.data()), step_of(&folder.data()).await);
    let with = |further_steps| Options {
        further_steps,
        ..Options::new(segmenter())
    };
    let nothing = upgrade(&folder.data(), with(&[]), Extent::Tried, morning()).await;
    assert!(nothing.unwrap().is_none());
    let tried = upgrade(&folder.data(), with(GOOD), Extent::Tried, morning()).await;
    assert_eq!(tried.unwrap().unwrap().kept, None);
    let failed = upgrade(&folder.data(), with(BAD), Extent::Tried, morning()).await;
    assert!(matches!(
        failed,
        Err(StartError::Upgrade(UpgradeError::Steps(_)))
    ));
    assert_eq!(
        (kept_in(&folder.data()), step_of(&folder.data()).await),
        (names, before)
    );
    let made = upgrade(&folder.data(), with(GOOD), Extent::Made, morning()).await;
    assert!(made.unwrap().unwrap().kept.is_some());
    assert_eq!(step_of(&folder.data()).await, before + 1);
}

#[tokio::test]
async fn after_a_failed_upgrade_everything_can_be_read_and_nothing_written() {
    for steps in [BAD, HARMFUL, TREACHEROUS] {
        let folder = Folder::new();
        let cases = filled(&folder.data()).await;
        let before = step_of(&folder.data()).await;
        let Started { app, upgrade, .. } = start(config(&folder.data(), steps)).await.unwrap();
        let failed = upgrade.unwrap().unwrap_err();
        assert_eq!(app.read_only(), Some(ReadOnly::UpgradeFailed));
        assert_eq!(
            matches!(failed, UpgradeError::Itself(_)),
            steps == TREACHEROUS,
            "{failed}"
        );
        for case in &cases {
            assert!(has(app.store(), *case).await);
        }
        is_whole(app.store(), 3).await;
        assert!(app.store().put_setting("a", "b").await.is_err());
        app.store().close().await;

        // The former program goes on as if nothing had been.
        assert_eq!(step_of(&folder.data()).await, before);
        let Started { app, .. } = start(config(&folder.data(), &[])).await.unwrap();
        app.store().put_setting("a", "b").await.unwrap();
        is_whole(app.store(), 3).await;
    }
}

#[tokio::test]
async fn nobody_writes_while_an_upgrade_is_made() {
    let folder = Folder::new();
    filled(&folder.data()).await;
    let lock = Store::lock(&folder.data().join("huiyin.db")).unwrap();
    let refused = refused(config(&folder.data(), GOOD)).await;
    assert!(matches!(refused, StartError::Open(OpenError::InUse)));
    drop(lock);
}

#[tokio::test]
async fn read_only_mode_can_be_asked_for_but_not_without_data() {
    let folder = Folder::new();
    let reading = |data: &Path| Config {
        read_only: true,
        ..config(data, GOOD)
    };
    let nothing = refused(reading(&folder.data())).await;
    assert!(matches!(nothing, StartError::Open(OpenError::Nothing)));
    assert!(folder.names().is_empty());
    filled(&folder.data()).await;
    let before = step_of(&folder.data()).await;
    let Started { app, upgrade, .. } = start(reading(&folder.data())).await.unwrap();
    assert!(upgrade.is_none() && app.read_only() == Some(ReadOnly::Asked));
    assert_eq!(step_of(&folder.data()).await, before);
}

/// The database as the first version of the schema left it, with cases and a checkpoint.
#[tokio::test]
async fn a_database_of_the_first_schema_comes_to_the_newest_one() {
    let folder = Folder::new();
    let data = folder.data();
    std::fs::create_dir(&data).unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let packed = std::fs::File::open(fixtures.join("schema-1.db.gz")).unwrap();
    let mut database = Vec::new();
    flate2::read::GzDecoder::new(packed)
        .read_to_end(&mut database)
        .unwrap();
    std::fs::write(data.join("huiyin.db"), database).unwrap();
    std::fs::write(data.join("master.key"), "42".repeat(32)).unwrap();
    assert_eq!(step_of(&data).await, 1);
    let Started { app, upgrade, .. } = start(config(&data, GOOD)).await.unwrap();
    let upgraded = upgrade.unwrap().unwrap();
    assert_eq!((upgraded.schema.applied, upgraded.cases), (1, 4));
    is_whole(app.store(), 4).await;
    app.store().close().await;
    assert!(matches!(
        open_store_read_only(&data).await,
        Err(StartError::Open(OpenError::Newer(_)))
    ));
}

#[tokio::test]
async fn on_a_server_a_failed_upgrade_is_taken_back_and_everything_can_be_read() {
    if postgres::is_left_out() {
        return;
    }
    let server = postgres::Server::durable();
    let (database, folder) = (server.database(), Folder::new());
    let on_server = |further_steps| Config {
        database: Some(database.url().parse().unwrap()),
        ..config(&folder.data(), further_steps)
    };
    let (app, who) = accepted(start(on_server(&[])).await.unwrap()).await;
    let case = complain(&app, &who, 1).await;

    let Started {
        app: reading,
        upgrade,
        ..
    } = start(on_server(BAD)).await.unwrap();
    let failed = upgrade.unwrap().unwrap_err();
    assert!(matches!(failed, UpgradeError::OnServer(_)), "{failed}");
    assert_eq!(reading.read_only(), Some(ReadOnly::UpgradeFailed));
    assert!(has(reading.store(), case).await);
    assert!(reading.store().put_setting("a", "b").await.is_err());
    reading.store().close().await;
    // A node of the former program goes on all the while.
    complain(&app, &who, 2).await;
    app.store().close().await;

    let Started { app, .. } = start(on_server(GOOD)).await.unwrap();
    assert_eq!(app.read_only(), None);
    is_whole(app.store(), 2).await;
    app.store().close().await;
    let asked = Config {
        read_only: true,
        ..on_server(GOOD)
    };
    let Started { app, .. } = start(asked).await.unwrap();
    assert_eq!(app.read_only(), Some(ReadOnly::Asked));
    app.store().close().await;
}
