//! `huiyin calendar` and what can be said to it.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::DataDir;

/// What to do with calendars.
#[derive(Debug, Subcommand)]
pub(crate) enum Calendar {
    /// Answer requests for due times, one JSON object a line, from standard input.
    Due(CalendarFile),
    /// Say line by line why a deadline falls where it does; one request as for `due`.
    Explain {
        #[command(flatten)]
        calendar: CalendarFile,
        /// The request, e.g. '{"op":"working_days","start":"2026-02-13T16:20","n":5}'.
        request: String,
    },
    /// Print a year: working days, holidays and make-up days.
    Show {
        #[command(flatten)]
        calendar: CalendarFile,
        /// The year.
        year: i16,
    },
    /// Keep a calendar, or a new year of one: what would be otherwise is printed first. Running clocks are computed again, on
    /// record. A data directory must not be in use; a running server is told over HTTP or on the desk.
    Load(LoadCalendar),
    /// List the calendars that are kept, and who loaded them when.
    List(ListCalendars),
}

/// Which calendar.
#[derive(Debug, Clone, Args)]
pub(crate) struct CalendarFile {
    /// A calendar file; the built-in calendar of China if not given.
    #[arg(long, value_name = "FILE.json")]
    pub(crate) calendar: Option<PathBuf>,
}

/// What to load.
#[derive(Debug, Clone, Args)]
pub(crate) struct LoadCalendar {
    /// A calendar file, or an overlay for the calendar there is (docs/calendar.md).
    pub(crate) file: PathBuf,
    /// Into which calendar; the organisation's own if not given.
    #[arg(long, default_value = huiyin_policy::OWN_CALENDAR)]
    pub(crate) name: String,
    /// The first day on which it counts; the days before stay as they are. All days if not given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) from: Option<Date>,
    /// Say what would be otherwise, and store nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Login of the administrator in whose name it is loaded; the first one if not given.
    #[arg(long = "as", value_name = "LOGIN")]
    pub(crate) login: Option<String>,
    #[command(flatten)]
    pub(crate) data: DataDir,
}

/// Where they are kept.
#[derive(Debug, Clone, Args)]
pub(crate) struct ListCalendars {
    #[command(flatten)]
    pub(crate) data: DataDir,
}
