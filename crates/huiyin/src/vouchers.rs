//! `huiyin vouchers`: hands vouchers over to the accounting system, and gives out again what was handed over.

use std::path::Path;
use std::process::ExitCode;

use huiyin_api::export::{voucher_table, voucher_total};
use huiyin_api::in_words;
use huiyin_app::vouchers::{FullRun, RunForm, TakenIdentifier};
use huiyin_app::{App, Error};
use huiyin_exchange::Format;
use huiyin_store::HandedOverVoucher;
use huiyin_texts::{Args, Lang, render};

use crate::cli::{FetchRun, HandOver, ListRuns, Vouchers};
use crate::started::{caller, with_app};

type Failure = Box<dyn std::error::Error>;

pub(crate) fn run(command: &Vouchers, lang: Lang) -> ExitCode {
    match command {
        Vouchers::Export(options) => with_app(&options.data, lang, async |app| {
            export(app, options, lang).await
        }),
        Vouchers::Fetch(options) => with_app(&options.data, lang, async |app| {
            fetch(app, options, lang).await
        }),
        Vouchers::Runs(options) => with_app(&options.data, lang, async |app| {
            list(app, options, lang).await
        }),
    }
}

async fn export(app: &App, options: &HandOver, lang: Lang) -> Result<ExitCode, Failure> {
    let who = caller(app, &options.login, lang).await?;
    let format: Format = options.table.format.parse()?;
    let told = |failed: Error| Failure::from(in_words(&failed, lang));
    let Some(out) = options
        .table
        .out
        .as_deref()
        .filter(|_| !options.table.dry_run)
    else {
        let plan = app.vouchers_to_hand_over(&who).await.map_err(told)?;
        print_vouchers(&plan.vouchers);
        let args = summed(Args::new(), &plan.vouchers);
        println!("{}", render(lang, "vouchers-waiting", &args));
        print_left_out(&plan.taken, plan.more, lang);
        return Ok(ExitCode::SUCCESS);
    };
    let form = RunForm {
        format: format.to_string(),
        language: lang.to_string(),
    };
    let now = app.hand_over_vouchers(&who, &form).await.map_err(told)?;
    if let Some(run) = &now.run {
        let args = summed(of_run(run), &run.vouchers);
        println!("{}", render(lang, "vouchers-handed-over", &args));
        write(app, run, (format, lang), out, lang)?;
    } else {
        println!("{}", render(lang, "vouchers-nothing", &Args::new()));
    }
    print_left_out(&now.taken, now.more, lang);
    Ok(ExitCode::SUCCESS)
}

async fn fetch(app: &App, options: &FetchRun, lang: Lang) -> Result<ExitCode, Failure> {
    let who = caller(app, &options.login, lang).await?;
    let run = app.voucher_run(&who, options.number).await;
    let run = run.map_err(|failed| in_words(&failed, lang))?;
    let format = options
        .table
        .format
        .as_ref()
        .unwrap_or(&run.run.format)
        .parse()?;
    let spoken = run.run.language.parse().unwrap_or(lang);
    write(app, &run, (format, spoken), &options.table.out, lang)?;
    Ok(ExitCode::SUCCESS)
}

async fn list(app: &App, options: &ListRuns, lang: Lang) -> Result<ExitCode, Failure> {
    let who = caller(app, &options.login, lang).await?;
    let runs = app.voucher_runs(&who).await;
    for run in runs.map_err(|failed| in_words(&failed, lang))? {
        let directory = app.directory();
        let by = directory.organisation.persons.get(&run.by);
        let args = Args::new()
            .with("run", run.number.to_string())
            .with("at", app.calendar().written(run.at))
            .with("by", by.map_or("", |person| person.name.as_str()))
            .with("count", run.count.to_string())
            .with("hash", hex::encode(run.content_hash));
        println!("{}", render(lang, "vouchers-run", &args));
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes the table of a run. If that fails the run is there all the same, which is said.
fn write(
    app: &App,
    run: &FullRun,
    (format, spoken): (Format, Lang),
    out: &Path,
    lang: Lang,
) -> Result<(), Failure> {
    let written = voucher_table(app, run, format, spoken)
        .map_err(Failure::from)
        .and_then(|bytes| Ok(std::fs::write(out, bytes)?));
    let path = out.display().to_string();
    let args = of_run(run).with("path", path);
    if written.is_err() {
        eprintln!("{}", render(lang, "vouchers-not-written", &args));
    } else {
        println!("{}", render(lang, "vouchers-written", &args));
    }
    written
}

fn of_run(run: &FullRun) -> Args<'static> {
    Args::new()
        .with("run", run.run.number.to_string())
        .with("hash", hex::encode(run.run.content_hash))
}

/// How many they are, and their sum.
fn summed<'a>(args: Args<'a>, vouchers: &[HandedOverVoucher]) -> Args<'a> {
    args.with("count", vouchers.len().to_string())
        .with("total", voucher_total(vouchers))
}

fn print_vouchers(vouchers: &[HandedOverVoucher]) {
    for voucher in vouchers {
        println!("{}\t{}", voucher.identifier(), voucher.handed.amount);
    }
}

fn print_left_out(taken: &[TakenIdentifier], more: bool, lang: Lang) {
    for one in taken {
        let args = Args::new()
            .with("identifier", one.identifier.as_str())
            .with("number", one.number.as_str());
        eprintln!("{}", render(lang, "vouchers-taken", &args));
    }
    if more {
        println!("{}", render(lang, "vouchers-more", &Args::new()));
    }
}
