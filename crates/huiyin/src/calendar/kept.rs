//! `huiyin calendar load` and `list`: the calendars that the organisation keeps.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use huiyin_api::in_words;
use huiyin_app::calendars::{CalendarUnfit, Kept, Load, LoadPreview};
use huiyin_app::start::{open_directory, open_shelf};
use huiyin_app::{App, Directory, Error};
use huiyin_policy::model::CalendarId;
use huiyin_texts::calendar::{day, problem};
use huiyin_texts::{Args, Lang, render};

use crate::cli::{ListCalendars, LoadCalendar};
use crate::fail;
use crate::maintain::{open, with_store};
use crate::started::with_app;
use crate::today::today;

/// Most changed days that are printed one by one.
const DAYS_PRINTED_MAX: usize = 60;

#[derive(Debug, thiserror::Error)]
#[error("calendar file `{0}` can't be read")]
struct Unreadable(PathBuf, #[source] io::Error);

/// Loads a file, or says what loading it would come to.
pub(crate) fn load(options: &LoadCalendar, lang: Lang) -> ExitCode {
    let file = match std::fs::read_to_string(&options.file) {
        Ok(file) => file,
        Err(error) => return fail(&Unreadable(options.file.clone(), error)),
    };
    let load = Load {
        name: CalendarId::new(&options.name),
        file,
        from: options.from,
    };
    with_app(&options.data, lang, async |app| {
        let told = |failed: Error| -> Box<dyn std::error::Error> { told(&failed, lang).into() };
        let principal = app.operator(options.login.as_deref()).await?;
        let preview = app.preview_calendar(&principal, &load).await;
        let preview = preview.map_err(told)?;
        print_preview(&preview, lang);
        if options.dry_run {
            return Ok(ExitCode::SUCCESS);
        }
        let seen = preview.kept.number() - 1;
        let kept = app.load_calendar(&principal, &load, seen).await;
        let kept = kept.map_err(told)?;
        let changed = app.recompute_clocks().await.map_err(told)?;
        app.store().seal(app.now()).await?;
        let args = Args::new()
            .with("name", kept.name.as_str())
            .with("version", kept.number())
            .with("cases", changed);
        println!("{}", render(lang, "calendar-loaded", &args));
        warn_of_year(app, &kept, lang);
        Ok(ExitCode::SUCCESS)
    })
}

/// What kept a file from being loaded: everything that is wrong in it.
fn told(failed: &Error, lang: Lang) -> String {
    let mut text = in_words(failed, lang);
    if let Error::Calendar(CalendarUnfit::Problems(problems)) = failed {
        for one in problems {
            text.push_str(&format!("\n  {}", problem(lang, one)));
        }
    }
    text
}

fn print_preview(preview: &LoadPreview, lang: Lang) {
    let after = &preview.kept.calendar;
    for change in preview.changes.iter().take(DAYS_PRINTED_MAX) {
        let Some(before) = &preview.before else { break };
        let args = Args::new()
            .with("date", change.date.to_string())
            .with(
                "before",
                day(lang, &change.before, before.hours(change.date)),
            )
            .with("after", day(lang, &change.after, after.hours(change.date)));
        println!("{}", render(lang, "calendar-change", &args));
    }
    let moved = preview.moved;
    let args = Args::new()
        .with("days", preview.changes_count)
        .with("earlier", moved.earlier)
        .with("later", moved.later)
        .with("settled", moved.settled)
        .with("more", if moved.more { "yes" } else { "no" });
    println!("{}", render(lang, "calendar-changes", &args));
}

fn warn_of_year(app: &App, kept: &Kept, lang: Lang) {
    if let Some(year) = kept.year_missed(app.today()) {
        println!("{}", year_missed(kept, year, lang));
    }
}

fn year_missed(kept: &Kept, year: i16, lang: Lang) -> String {
    let args = Args::new()
        .with("name", kept.name.as_str())
        .with("year", year.to_string());
    render(lang, "calendar-year-missed", &args)
}

/// Lists calendars with their versions.
pub(crate) fn list(options: &ListCalendars, lang: Lang) -> ExitCode {
    with_store(open(&options.data, true), async |store| {
        let shelf = open_shelf(store).await?;
        let directory = open_directory(store).await?;
        let today = today(&shelf);
        for kept in shelf.calendars().all() {
            let years = kept.published();
            let years = years.map(|(first, last)| format!("{first}–{last}"));
            let args = Args::new()
                .with("name", kept.name.as_str())
                .with("version", kept.number())
                .with("zone", kept.zone())
                .with("years", years.unwrap_or_else(|| "-".to_owned()));
            println!("{}", render(lang, "calendar-kept", &args));
            print_versions(kept, &directory, lang);
            if let Some(year) = kept.year_missed(today) {
                println!("  {}", year_missed(kept, year, lang));
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}

fn print_versions(kept: &Kept, directory: &Directory, lang: Lang) {
    for one in kept.versions.iter().rev() {
        let version = &one.version;
        let by = version.by.and_then(|by| {
            let person = directory.organisation.persons.get(&by)?;
            Some(person.name.clone())
        });
        let from = version.from.map(|day| day.to_string());
        let at = kept.calendar.local(version.at).strftime("%Y-%m-%d %H:%M");
        let policy = version.policy.as_ref().map(ToString::to_string);
        let args = Args::new()
            .with("version", version.version)
            .with("by", by.unwrap_or_else(|| "-".to_owned()))
            .with("at", at.to_string())
            .with("policy", policy.unwrap_or_else(|| "none".to_owned()))
            .with("from", from.unwrap_or_else(|| "none".to_owned()));
        println!("{}", render(lang, "calendar-kept-version", &args));
    }
}
