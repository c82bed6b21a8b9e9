//! `huiyin calendar`: due times, explanations, the calendar itself, and the calendars that are kept.

mod kept;

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use huiyin_calendar::{Calendar, DayKind, DayOff, Working, answer_line, explain_line};
use huiyin_texts::calendar::{departure, explained};
use huiyin_texts::{Args, Lang, render};
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::cli::{Calendar as Command, CalendarFile};
use crate::fail;

pub(crate) fn run(command: &Command, lang: Lang) -> ExitCode {
    let outcome = match command {
        Command::Load(options) => return kept::load(options, lang),
        Command::List(options) => return kept::list(options, lang),
        Command::Due(file) => open(file).and_then(|calendar| due(&calendar)),
        Command::Explain { calendar, request } => {
            open(calendar).and_then(|calendar| explain(&calendar, request, lang))
        }
        Command::Show { calendar, year } => {
            open(calendar).and_then(|calendar| show(&calendar, *year, lang))
        }
    };
    outcome.map_or_else(|failed| fail(&failed), |()| ExitCode::SUCCESS)
}

#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error("calendar file `{0}` can't be read")]
    File(String, #[source] io::Error),
    #[error("calendar file `{file}` is not right:\n{problems}")]
    Calendar { file: String, problems: String },
    #[error("{0}")]
    Request(String),
    #[error("standard input or output failed")]
    Io(#[from] io::Error),
    #[error("year {0} is not in the calendar")]
    Year(i16),
}

fn open(file: &CalendarFile) -> Result<Calendar, Failed> {
    let Some(path) = &file.calendar else {
        return Ok(Calendar::china());
    };
    let file = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| Failed::File(file.clone(), error))?;
    Calendar::from_json(&text).map_err(|problems| {
        let problems: Vec<String> = problems
            .iter()
            .map(|problem| format!("  {problem}"))
            .collect();
        Failed::Calendar {
            file,
            problems: problems.join("\n"),
        }
    })
}

/// One answer for each line, in the same order; blank lines are passed over.
fn due(calendar: &Calendar) -> Result<(), Failed> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches('\r');
        if !line.trim().is_empty() {
            writeln!(out, "{}", answer_line(calendar, line))?;
        }
    }
    out.flush()?;
    Ok(())
}

fn explain(calendar: &Calendar, request: &str, lang: Lang) -> Result<(), Failed> {
    let explanation = explain_line(calendar, request).map_err(Failed::Request)?;
    for line in explained(lang, &explanation.lines) {
        println!("{line}");
    }
    Ok(())
}

/// A year, month by month: working days are numbers, days off dots, and what differs from the week is named below.
fn show(calendar: &Calendar, year: i16, lang: Lang) -> Result<(), Failed> {
    let first = Date::new(year, 1, 1).map_err(|_| Failed::Year(year))?;
    for month in 1..=12 {
        show_month(calendar, date(first.year(), month, 1), lang);
    }
    Ok(())
}

fn show_month(calendar: &Calendar, first: Date, lang: Lang) {
    let days: Vec<Date> = first
        .series(1.day())
        .take_while(|day| day.month() == first.month())
        .collect();
    let working = days
        .iter()
        .filter(|day| calendar.is_working_day(**day))
        .count();
    let args = Args::new()
        .with("month", format!("{}-{:02}", first.year(), first.month()))
        .with("days", working.to_string());
    println!("{}", render(lang, "calendar-month-heading", &args));
    let blank = usize::try_from(first.weekday().to_monday_zero_offset()).unwrap_or(0);
    let cells = std::iter::repeat_n("    ".to_owned(), blank).chain(days.iter().map(|day| {
        let mark = match calendar.day_kind(*day) {
            DayKind::Working(Working::Weekly) => ' ',
            DayKind::Working(_) => '+',
            DayKind::Off(DayOff::Weekly) => '.',
            DayKind::Off(_) => '*',
        };
        format!("{:>3}{mark}", day.day())
    }));
    let cells: Vec<String> = cells.collect();
    for week in cells.chunks(7) {
        println!("{}", week.concat());
    }
    for day in &days {
        if let Some(why) = departure(lang, &calendar.day_kind(*day)) {
            println!("  {day}  {why}");
        }
    }
    println!();
}
