//! One case of each policy that ships, walked over HTTP from its opening to the archive, on both databases.
//!
//! The walk is a scenario test of the policy marked `walk: yes`. It is played in memory first; the same is asked of a server that
//! runs, by the same people at the same times, and after every step number, stage, step and clocks must be those of the engine in memory.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that can't set up its world has failed"
)]

mod client;
mod player;
mod world;

use std::path::{Path, PathBuf};

use huiyin_policy::{SourceFile, adopted_in_tests, check};
use huiyin_scenario::walks;
use huiyin_testkit::calendar;
use huiyin_testkit::postgres::{self, Server};

use player::Player;
use world::Running;

/// The folders of the policies that ship, in the order of their names.
fn folders() -> Vec<PathBuf> {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let entries = std::fs::read_dir(policies).unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

/// The YAML files of a policy, adopted as its own tests adopt it.
fn files(folder: &Path) -> Vec<SourceFile> {
    let mut files = Vec::new();
    for (prefix, folder) in [("", folder.to_owned()), ("tests/", folder.join("tests"))] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy();
            if name.ends_with(".yaml") {
                let bytes = std::fs::read(&path).unwrap();
                files.push(SourceFile::new(format!("{prefix}{name}"), bytes));
            }
        }
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    adopted_in_tests(&files)
}

/// At least so many policies have a walk.
const POLICIES_MIN: usize = 9;

/// Walks every policy that has a test marked so, each on a server of its own.
async fn walk_all(database: Option<&Server>) {
    let mut policies = 0;
    for folder in folders() {
        let files = files(&folder);
        let policy = check(&files).policy.expect("the policy has no error");
        let walks = walks(&policy, &calendar(), &files).expect("its tests pass in memory");
        policies += usize::from(!walks.is_empty());
        for walk in &walks {
            let last = walk.steps.last().and_then(|step| step.after.as_ref());
            let stage = last.map(|state| state.stage);
            assert_eq!(
                stage,
                Some(huiyin_case::state::Stage::Archived),
                "{}: `{}` ends in the archive",
                folder.display(),
                walk.name
            );
            let database = database.map(Server::database);
            let running = Running::start(walk, &files, database.as_ref()).await;
            let mut player = Player::new(walk, &policy, &running).await;
            for step in &walk.steps {
                player.play(step).await;
            }
            running.stop().await;
        }
    }
    assert!(policies >= POLICIES_MIN, "only {policies} have a walk");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_policy_is_walked_to_the_archive_on_sqlite() {
    walk_all(None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_policy_is_walked_to_the_archive_on_postgresql() {
    if postgres::is_left_out() {
        return;
    }
    walk_all(Some(&Server::durable())).await;
}
