//! The organisation to try with: its cases are played whenever the first start may be, and end as their files say.
#![allow(
    clippy::unwrap_used,
    reason = "a test that can't set up its world has failed"
)]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use huiyin_app::Clock;
use huiyin_app::progress::Progress;
use huiyin_app::simulate::{ClockFigures, LARGEST_MAX, Question, simulate};
use huiyin_app::start::{Config, FirstStart, Started, start};
use huiyin_policy::model::{ClockId, KindId, Policy};
use huiyin_policy::{SourceFile, check};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// A data directory that goes with its owner.
struct Data(PathBuf);

impl Data {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("huiyin-trial-{}-{count}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }

    async fn start(&self, now: &str, cases: Vec<SourceFile>) -> Started {
        self.start_with("trial/organisation.yaml", now, cases).await
    }

    async fn start_with(&self, organisation: &str, now: &str, cases: Vec<SourceFile>) -> Started {
        let organisation = Path::new(ROOT).join(organisation);
        start(Config {
            clock: Clock::set_from_outside(now.parse().unwrap()),
            first_start: Some(FirstStart {
                organisation: SourceFile::new(
                    "organisation.yaml",
                    std::fs::read(organisation).unwrap(),
                ),
                cases,
            }),
            ..Config::new(self.0.clone(), vec![files("policies/general")])
        })
        .await
        .unwrap()
    }
}

impl Drop for Data {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The YAML files of a folder, by name.
fn files(folder: &str) -> Vec<SourceFile> {
    let entries = std::fs::read_dir(Path::new(ROOT).join(folder)).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "yaml"));
    paths.sort();
    let file = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy();
        SourceFile::new(name, std::fs::read(path).unwrap())
    };
    paths.iter().map(file).collect()
}

async fn plays_as_written(now: &str) {
    let data = Data::new();
    let started = data.start(now, files("trial/cases")).await;
    let wrong: Vec<String> = started.wrong.iter().map(ToString::to_string).collect();
    assert!(wrong.is_empty(), "started at {now}:\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn every_case_ends_as_its_file_says_on_a_working_afternoon() {
    plays_as_written("2026-11-25T15:30:00+08:00").await;
}

#[tokio::test]
async fn every_case_ends_as_its_file_says_early_on_a_monday() {
    plays_as_written("2026-03-02T07:10:00+08:00").await;
}

#[tokio::test]
async fn every_case_ends_as_its_file_says_in_a_holiday_night() {
    plays_as_written("2026-10-05T23:40:00+08:00").await;
}

#[tokio::test]
async fn every_case_ends_as_its_file_says_in_a_year_the_calendar_does_not_know() {
    plays_as_written("2028-02-29T11:00:00+08:00").await;
}

#[tokio::test]
async fn a_second_start_adds_nothing_and_the_log_of_the_first_is_sound() {
    let data = Data::new();
    let first = data
        .start("2026-11-25T15:30:00+08:00", files("trial/cases"))
        .await;
    let position = *first.app.store().position().borrow();
    assert!(position > 1_000, "the cases are on record");
    first.app.store().close().await;
    let second = data
        .start("2026-11-25T15:31:00+08:00", files("trial/cases"))
        .await;
    assert_eq!(*second.app.store().position().borrow(), position);
}

#[tokio::test]
async fn no_duty_is_owed_for_the_time_before_the_first_start() {
    let data = Data::new();
    let now = "2026-11-25T15:30:00+08:00";
    let app = data.start(now, files("trial/cases")).await.app;
    let position = *app.store().position().borrow();
    assert_eq!(app.open_owed().await.unwrap(), 0);
    assert_eq!(*app.store().position().borrow(), position);
}

#[tokio::test]
async fn real_use_begins_with_the_first_administrator_and_without_cases() {
    let data = Data::new();
    let started = data
        .start_with("trial/alone.yaml", "2026-11-25T15:30:00+08:00", Vec::new())
        .await;
    let directory = started.app.directory();
    assert_eq!(directory.organisation.persons.len(), 1);
    assert!(started.setup.is_some());
    assert_eq!(*started.app.store().position().borrow(), 0);
}

#[tokio::test]
async fn a_mistake_names_file_and_line_and_holds_up_no_other_case() {
    let registered = "  kind: inquiry\n  by: 林晓\n  channel: phone\n  nature: question\n  subject: 床垫尺寸\n  \
                      content: 有一米八的吗\n  other_unit: no\n";
    let text = format!(
        "policy: general\ncases:\n\
         - when: 3d 10:00\n{registered}  course:\n  - +5m 林晓 close:\n  ends: closed\n\
         - when: 3d 11:00\n{registered}  ends: closed\n\
         - when: 3d 12:00\n{registered}  course:\n  - +5m 某人 answer: 有\n  ends: answering\n\
         - when: 3d 13:00\n{registered}  course:\n  - +5m 林晓 answer: 有\n  - +1m 林晓 close:\n  ends: closed normal\n\
         - when: 3d 14:00\n{registered}  course:\n  - +5m 林晓 level urgency: {{to: urgent, reason: 急}}\n  ends: answering normal\n\
         - when: 3d 15:00\n{registered}  course:\n  - +5m 林晓 party neighbour: {{name: 某人}}\n  ends: answering\n"
    );
    let data = Data::new();
    let file = SourceFile::new("cases.yaml", text);
    let started = data.start("2026-11-25T15:30:00+08:00", vec![file]).await;
    let wrong: Vec<String> = started.wrong.iter().map(ToString::to_string).collect();
    assert_eq!(
        wrong,
        [
            "cases.yaml:32: nobody is called `某人`",
            "cases.yaml:12: it is refused: needs_act (P1.5)",
            "cases.yaml:66: there is no role of parties `neighbour`",
            "cases.yaml:22: it ends in `answering normal`",
            "cases.yaml:56: it ends in `answering urgent`",
        ]
    );
}

#[tokio::test]
async fn told_under_another_version_the_cases_to_try_with_are_due_by_its_limits() {
    let now = "2026-11-25T15:30:00+08:00";
    let data = Data::new();
    let started = data.start(now, files("trial/cases")).await;
    let (app, shelf) = (&started.app, started.app.shelf());
    let from = shelf.all_in_force(app.today()).next().unwrap();
    let told = async |to: &Policy| {
        let question = Question {
            shelf: &shelf,
            from,
            to,
            since: None,
            until: None,
            calendar: &app.calendar(),
            organisation: &app.directory().organisation,
            now: app.now(),
        };
        let (mut total, mut done) = (0, 0);
        let mut progress = |progress| match progress {
            Progress::Total(cases) => total = cases,
            Progress::Done => done += 1,
        };
        let simulated = simulate(app.store(), &question, &mut progress)
            .await
            .unwrap();
        assert_eq!((total, done), (simulated.cases, simulated.cases));
        simulated
    };

    let same = told(&from.policy).await;
    assert!(same.cases > 200 && same.unfit == 0, "{}", same.cases);
    assert!(same.largest.is_empty(), "{:?}", same.largest);
    assert!(same.deciders.is_empty(), "{:?}", same.deciders);
    let changed = |figures: &ClockFigures| figures.newly_late + figures.no_longer_late;
    assert_eq!(same.clocks.values().map(changed).sum::<u64>(), 0);

    let text = std::fs::read_to_string(Path::new(ROOT).join("policies/general/policy.yaml"));
    let text = text
        .unwrap()
        .replace("length: 7 working days", "length: 5 working days");
    let others = files("policies/general").into_iter();
    let others = others.filter(|file| file.name != "policy.yaml");
    let shorter: Vec<SourceFile> = others
        .chain([SourceFile::new("policy.yaml", text)])
        .collect();
    let shorter = told(&check(&shorter).policy.unwrap()).await;
    let key = (KindId::new("complaint"), ClockId::new("reply"));
    let (was, is) = (&same.clocks[&key], &shorter.clocks[&key]);
    assert_eq!(is.earlier.cases(), was.cases);
    assert_eq!(is.late_before, was.late_before);
    assert_eq!(is.late_after, is.late_before + is.newly_late);
    assert!(is.newly_late > 0);
    let others = shorter.clocks.iter().filter(|(one, _)| **one != key);
    assert!(
        others
            .map(|(_, figures)| changed(figures))
            .all(|cases| cases == 0)
    );
    assert_eq!(shorter.largest.len(), LARGEST_MAX);
    assert!(
        shorter
            .largest
            .iter()
            .all(|shift| shift.by().is_negative() && !shift.number.is_empty())
    );
}
