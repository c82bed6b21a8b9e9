//! Calendars, and what is wrong with a file that is to be loaded.

use axum::http::StatusCode;
use huiyin_app::App;
use huiyin_app::calendars::{CalendarUnfit, Calendars, Kept, KeptVersion, LoadPreview};
use huiyin_calendar::Problem as FileProblem;
use huiyin_texts::calendar::{day, problem as worded};
use huiyin_texts::{Args, Lang};

use super::names;
use crate::dto::calendar::{CalendarPreview, CalendarVersionView, CalendarView, DayChangeView};
use crate::dto::form::{Named, pick};
use crate::problem::{FieldProblem, Problem};

/// Most problems of a file that one answer tells.
const PROBLEMS_TOLD_MAX: usize = 50;

/// All calendars, the organisation's own first.
pub(crate) fn calendars(app: &App, all: &Calendars, lang: Lang) -> Vec<CalendarView> {
    all.all().map(|kept| calendar(app, kept, lang)).collect()
}

/// A calendar.
pub(crate) fn calendar(app: &App, kept: &Kept, lang: Lang) -> CalendarView {
    let shelf = app.shelf();
    let policies = shelf.all_current(app.today());
    let policies = policies.filter(|version| version.working.name == kept.name);
    let versions = kept.versions.iter().rev();
    CalendarView {
        name: kept.name.to_string(),
        version: kept.number(),
        zone: kept.zone(),
        published: kept.published().map(|(first, last)| [first, last]),
        year_missed: kept.year_missed(app.today()),
        policies: policies
            .map(|version| Named {
                id: version.policy.id.to_string(),
                title: pick(&version.policy.title, lang),
            })
            .collect(),
        versions: versions.map(|one| version(app, one)).collect(),
    }
}

fn version(app: &App, of: &KeptVersion) -> CalendarVersionView {
    let version = &of.version;
    CalendarVersionView {
        version: version.version,
        from: version.from.map(|day| day.to_string()),
        by: version.by.map(|by| names::person(&app.directory(), by)),
        policy: version.policy.as_ref().map(ToString::to_string),
        at: names::instant(&app.calendar(), version.at),
        recomputed: version.recomputed_at.is_some(),
    }
}

/// What loading a file would come to.
pub(crate) fn preview(of: &LoadPreview, lang: Lang) -> CalendarPreview {
    let after = &of.kept.calendar;
    let changes = of.changes.iter().map(|change| DayChangeView {
        date: change.date.to_string(),
        before: match &of.before {
            Some(before) => day(lang, &change.before, before.hours(change.date)),
            None => String::new(),
        },
        after: day(lang, &change.after, after.hours(change.date)),
    });
    CalendarPreview {
        version: of.kept.number(),
        zone: of.kept.zone(),
        published: of.kept.published().map(|(first, last)| [first, last]),
        changes: changes.collect(),
        changes_count: of.changes_count,
        earlier: of.moved.earlier,
        later: of.moved.later,
        settled: of.moved.settled,
        more: of.moved.more,
    }
}

/// Why a file can't be loaded.
pub(crate) fn unfit(unfit: &CalendarUnfit, lang: Lang) -> Problem {
    let status = match unfit {
        CalendarUnfit::Outdated(_) => StatusCode::PRECONDITION_FAILED,
        CalendarUnfit::Zone(_) => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let (code, args) = match unfit {
        CalendarUnfit::Name => ("calendar_name_unusable", Args::new()),
        CalendarUnfit::Problems(found) => {
            let count = Args::new().with("count", found.len());
            let mut problem = Problem::with_args(status, "calendar_faulty", lang, &count);
            let told = found.iter().take(PROBLEMS_TOLD_MAX);
            problem.fields = told.map(|one| field(one, lang)).collect();
            return problem;
        }
        CalendarUnfit::NothingBefore => ("calendar_new", Args::new()),
        CalendarUnfit::Zone(zone) => {
            let args = Args::new().with("zone", zone.as_str());
            ("calendar_zone", args)
        }
        CalendarUnfit::Years(first, last) => {
            let args = Args::new().with("first", first.to_string());
            ("calendar_years", args.with("last", last.to_string()))
        }
        CalendarUnfit::NothingChanges => ("calendar_unchanged", Args::new()),
        CalendarUnfit::TooMany => ("too_many", Args::new()),
        CalendarUnfit::Outdated(_) => ("changed", Args::new()),
    };
    Problem::with_args(status, code, lang, &args)
}

fn field(problem: &FileProblem, lang: Lang) -> FieldProblem {
    FieldProblem {
        field: problem.at.clone(),
        code: problem.fault.name().to_owned(),
        message: worded(lang, problem),
        place: None,
    }
}
