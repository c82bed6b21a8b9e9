//! `huiyin policy simulate`: what past and open cases would have come to under another version of their policy.

mod json;
mod text;
mod words;

use std::process::ExitCode;
use std::sync::Arc;

use huiyin_app::Clock;
use huiyin_app::shelf::{Shelf, Version};
use huiyin_app::simulate::{Question, Simulated, simulate};
use huiyin_app::start::{open_directory, open_shelf};
use huiyin_calendar::Calendar;
use huiyin_policy::model::{Policy, PolicyId};
use huiyin_policy::{brought_calendar, check, is_policy_file};
use huiyin_store::Store;
use huiyin_texts::Lang;

use crate::cli::{Format, Simulate};
use crate::maintain::{open, with_store};
use crate::policy::print_checked;
use crate::progress::{advance, bar};
use crate::shipped::policy_files;
use crate::today::today;

type Failure = Box<dyn std::error::Error>;

/// Why nothing can be told.
#[derive(Debug, thiserror::Error)]
enum NoSimulation {
    #[error("policy `{0}` is not published")]
    NotPublished(String),
    #[error("policy `{policy}` has no version {version}; the newest is {newest}")]
    NoVersion {
        policy: String,
        version: u32,
        newest: u32,
    },
    #[error(
        "the calendar `{0}`, by which it counts, is neither known nor in the folder; load it or put it there"
    )]
    NoCalendar(String),
    #[error("`{0}` has errors; run `huiyin policy check` on it")]
    Errors(String),
    #[error("`{folder}` holds policy `{found}`, not `{asked}`")]
    Other {
        folder: String,
        found: String,
        asked: String,
    },
    #[error(
        "`{0}` is no published version; name one by its number, as cases keep published versions only"
    )]
    NeverPublished(String),
    #[error(
        "`{folder}` leaves parameter `{param}` without a value, so that nothing can be worked out under it"
    )]
    Unset { folder: String, param: String },
}

/// What was asked and what came of it, as both formats tell it.
struct Told<'a> {
    options: &'a Simulate,
    from: &'a Version,
    to: &'a Policy,
    calendar: &'a Calendar,
    simulated: &'a Simulated,
}

pub(crate) fn run(options: &Simulate, lang: Lang) -> ExitCode {
    with_store(open(&options.data, true), async |store| {
        let shelf = open_shelf(store).await?;
        let from = from_version(&shelf, options, lang)?;
        let to = to_version(&shelf, options, lang)?;
        let calendar = calendar_of(&shelf, &to, &options.to)?;
        let simulated = tell((store, &shelf), options, (from, &to), &calendar).await?;
        let told = Told {
            options,
            from,
            to: &to,
            calendar: &calendar,
            simulated: &simulated,
        };
        match options.format {
            Format::Text => print!("{}", text::text(&told, lang)),
            Format::Json => println!("{:#}", json::json(&told, lang)),
        }
        Ok(ExitCode::SUCCESS)
    })
}

async fn tell(
    (store, shelf): (&Store, &Shelf),
    options: &Simulate,
    (from, to): (&Version, &Policy),
    calendar: &Calendar,
) -> Result<Simulated, Failure> {
    let directory = open_directory(store).await?;
    let question = Question {
        shelf,
        from,
        to,
        since: options.since,
        until: options.until,
        calendar,
        organisation: &directory.organisation,
        now: Clock::system().now(),
    };
    let bar = bar(0);
    let simulated = simulate(store, &question, &mut |step| advance(&bar, step)).await;
    bar.finish_and_clear();
    Ok(simulated?)
}

/// The version whose cases are told: a number, the folder of a published version, or else the one in force.
fn from_version<'s>(
    shelf: &'s Shelf,
    options: &Simulate,
    lang: Lang,
) -> Result<&'s Version, Failure> {
    let policy = PolicyId::new(&options.policy);
    let current = shelf.current(&policy, today(shelf));
    let current = current.ok_or_else(|| NoSimulation::NotPublished(options.policy.clone()))?;
    let Some(from) = &options.from else {
        return Ok(current);
    };
    if let Ok(version) = from.parse() {
        return Ok(numbered(shelf, &policy, version)?);
    }
    let wanted = of_folder(from, &options.policy, lang)?;
    // The sealed model has no other form to compare: two versions are the same if they say the same.
    let wanted = format!("{wanted:?}");
    let mut published = shelf.all().filter(|one| one.policy.id == policy);
    let found = published.find(|one| format!("{:?}", one.policy) == wanted);
    Ok(found.ok_or_else(|| NoSimulation::NeverPublished(from.clone()))?)
}

/// The version under which they are told: a number, or a folder, or a policy that ships.
fn to_version(shelf: &Shelf, options: &Simulate, lang: Lang) -> Result<Arc<Policy>, Failure> {
    let policy = PolicyId::new(&options.policy);
    match options.to.parse() {
        Ok(version) => Ok(Arc::clone(&numbered(shelf, &policy, version)?.policy)),
        Err(_) => Ok(Arc::new(of_folder(&options.to, &options.policy, lang)?)),
    }
}

/// Working time under that version: of the organisation's calendars, or as its folder brings it along.
fn calendar_of(shelf: &Shelf, to: &Policy, folder: &str) -> Result<Calendar, Failure> {
    let Some(name) = &to.calendar else {
        return Ok(shelf.calendars().own().calendar.clone());
    };
    if let Some(kept) = shelf.calendars().get(name) {
        return Ok(kept.calendar.clone());
    }
    let files = policy_files(folder)?;
    let brought = brought_calendar(&files, name).map(|(calendar, _)| calendar);
    Ok(brought.ok_or_else(|| NoSimulation::NoCalendar(name.to_string()))?)
}

fn numbered<'s>(
    shelf: &'s Shelf,
    policy: &PolicyId,
    version: u32,
) -> Result<&'s Version, NoSimulation> {
    let newest = shelf.newest(policy).map_or(0, |newest| newest.version);
    let found = shelf.version(policy, version);
    found.ok_or_else(|| NoSimulation::NoVersion {
        policy: policy.to_string(),
        version,
        newest,
    })
}

/// The policy of a folder that could go live; what keeps it from that is printed.
fn of_folder(folder: &str, asked: &str, lang: Lang) -> Result<Policy, Failure> {
    let mut files = policy_files(folder)?;
    files.retain(|file| is_policy_file(&file.name));
    let checked = check(&files);
    if checked.policy.is_none() {
        print_checked(&checked, folder, lang);
    }
    let policy = checked.policy;
    let policy = policy.ok_or_else(|| NoSimulation::Errors(folder.to_owned()))?;
    if policy.id.as_str() != asked {
        return Err(NoSimulation::Other {
            folder: folder.to_owned(),
            found: policy.id.to_string(),
            asked: asked.to_owned(),
        }
        .into());
    }
    let unset = policy
        .unset_params()
        .next()
        .map(|param| NoSimulation::Unset {
            folder: folder.to_owned(),
            param: param.to_string(),
        });
    match unset {
        Some(unset) => Err(unset.into()),
        None => Ok(policy),
    }
}
