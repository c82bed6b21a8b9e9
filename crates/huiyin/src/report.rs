//! `huiyin report`: a report that a policy asks for, as text or as data.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use huiyin_api::export::report_table;
use huiyin_api::{FigureView, ReportView, UnitOfTime, report_view};
use huiyin_app::Error;
use huiyin_app::start::{open_directory, open_shelf};
use huiyin_app::statistics::report;
use huiyin_exchange::Format;
use huiyin_policy::model::{PolicyId, ReportId};
use huiyin_store::{Access, Store};
use huiyin_texts::{Args, Lang, render};

use crate::cli::{Report, ReportFormat};
use crate::maintain::{open, with_store};
use crate::today::today;

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
enum NoReport {
    #[error("policy `{policy}` is not published, or has no report `{report}`; it has: {known}")]
    Unknown {
        policy: String,
        report: String,
        known: String,
    },
}

pub(crate) fn run(options: &Report, lang: Lang) -> ExitCode {
    with_store(open(&options.data, true), async |store| {
        let view = view(store, options, lang).await?;
        match options.format {
            ReportFormat::Json => println!("{}", serde_json::to_string_pretty(&view)?),
            ReportFormat::Text => print!("{}", text(&view, lang)),
            ReportFormat::Csv => {
                let table = report_table(&view, Format::Csv, lang)?;
                std::io::stdout().write_all(&table)?;
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}

async fn view(
    store: &Store,
    options: &Report,
    lang: Lang,
) -> Result<ReportView, Box<dyn std::error::Error>> {
    let shelf = open_shelf(store).await?;
    let policy = PolicyId::new(&options.policy);
    let id = ReportId::new(&options.report);
    let today = today(&shelf);
    let version = shelf.current(&policy, today);
    let made = match version {
        Some(version) => report(store, version, &Access::All, &id, (options.period, today)).await,
        None => Err(Error::NotFound),
    };
    let made = made.map_err(|failed| -> Box<dyn std::error::Error> {
        if !matches!(failed, Error::NotFound) {
            return failed.into();
        }
        let known = version
            .into_iter()
            .flat_map(|one| one.policy.reports.keys());
        let known = known.map(ToString::to_string).collect::<Vec<_>>();
        NoReport::Unknown {
            policy: options.policy.clone(),
            report: options.report.clone(),
            known: known.join(", "),
        }
        .into()
    })?;
    let directory = open_directory(store).await?;
    Ok(report_view(&made, &directory, lang))
}

/// The report for a terminal: a paragraph for each kind, a line for each figure.
fn text(report: &ReportView, lang: Lang) -> String {
    let say = |key: &str, args: &Args<'_>| render(lang, key, args);
    let head = Args::new()
        .with("title", report.title.as_str())
        .with("policy", report.policy_title.as_str())
        .with("version", report.policy_version.to_string())
        .with("clause", report.clause.id.as_str())
        .with("first", report.first.as_str())
        .with("last", report.last.as_str());
    let mut text = say("report-head", &head);
    text.push('\n');
    for kind in &report.kinds {
        let counts = kind.all.counts.iter();
        let counts = counts.map(|count| format!("{} {}", count.title, count.cases));
        let _ = write!(
            text,
            "\n{}\n  {}\n",
            kind.title,
            counts.collect::<Vec<_>>().join("  ")
        );
        for measure in &kind.all.measures {
            let _ = writeln!(text, "  {}", line(&measure.title, &measure.figure, lang));
        }
        for unit in &kind.units {
            let name = unit.unit.as_ref().map(|unit| unit.title.as_str());
            let nobody = || say("report-no-unit", &Args::new());
            let name = name.map_or_else(nobody, str::to_owned);
            let counts = unit.figures.counts.iter().filter(|count| count.cases > 0);
            let counts = counts.map(|count| format!("{} {}", count.title, count.cases));
            let _ = writeln!(
                text,
                "  · {name}  {}",
                counts.collect::<Vec<_>>().join("  ")
            );
        }
    }
    text
}

fn line(title: &str, figure: &FigureView, lang: Lang) -> String {
    let args = Args::new().with("title", title.to_owned());
    match figure {
        FigureView::Duration(figure) => {
            let unit = match figure.unit {
                UnitOfTime::WorkingDays => "working_days",
                UnitOfTime::Days => "days",
                UnitOfTime::Hours => "hours",
            };
            let within = figure.within.iter().map(|within| {
                let args = Args::new()
                    .with("limit", within.limit.to_string())
                    .with("share", share(within.permille));
                render(lang, "report-within", &args)
            });
            let args = args
                .with("cases", figure.cases.to_string())
                .with("unit", unit)
                .with(
                    "median",
                    figure.median.map_or_else(none, |days| days.to_string()),
                )
                .with("p90", figure.p90.map_or_else(none, |days| days.to_string()))
                .with("within", within.collect::<String>());
            render(lang, "report-duration", &args)
        }
        FigureView::InTime(figure) => {
            let all = figure.met + figure.missed;
            rate(args, figure.met, all, figure.permille, lang)
        }
        FigureView::Rate(figure) => rate(args, figure.cases, figure.among, figure.permille, lang),
        FigureView::Tally(figure) => {
            let classes = figure.classes.iter().map(|class| {
                let nothing = || render(lang, "report-no-class", &Args::new());
                let title = class.title.clone().unwrap_or_else(nothing);
                format!("{title} {} ({})", class.cases, share(class.permille))
            });
            let classes = classes.collect::<Vec<_>>().join("  ");
            render(lang, "report-tally", &args.with("classes", classes))
        }
        FigureView::Sum(figure) => {
            let classes = figure.classes.iter().map(|class| {
                let nothing = || render(lang, "report-no-class", &Args::new());
                let title = class.title.clone().unwrap_or_else(nothing);
                format!("  {title} {} ({})", class.sum, class.cases)
            });
            let args = args
                .with("sum", figure.sum.as_str())
                .with("cases", figure.cases.to_string())
                .with("classes", classes.collect::<String>());
            render(lang, "report-sum", &args)
        }
    }
}

fn rate(args: Args<'_>, cases: u64, among: u64, permille: Option<u64>, lang: Lang) -> String {
    let args = args
        .with("share", share(permille))
        .with("cases", cases.to_string())
        .with("among", among.to_string());
    render(lang, "report-rate", &args)
}

/// A share in per cent with one decimal.
fn share(permille: Option<u64>) -> String {
    permille.map_or_else(none, |share| format!("{}.{}%", share / 10, share % 10))
}

fn none() -> String {
    "–".to_owned()
}
