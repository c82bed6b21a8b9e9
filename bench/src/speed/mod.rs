//! Measures a server: writing, lists, cases, searches, totals, memory and starting, beside the bare database.

mod bare;
mod bare_postgres;
mod crowd;
mod database;
mod people;
mod questions;
mod report;
mod server;
mod words;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;

use bare::Bare;
use database::{Database, Place};
use people::People;
use report::{Aim, Report, compare, write_all};
use server::Server;

/// Connections that register cases.
const WRITERS: usize = 32;

/// What to measure.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The server's program, built with `cargo build --release`.
    #[arg(long, default_value = "target/release/huiyin")]
    binary: PathBuf,
    /// The database: `sqlite`, `postgres` (a server of its own, which syncs to disk) or the address of an empty database,
    /// `postgres://…`. Given more than once, each is measured after the other and compared with the first.
    #[arg(long = "database", value_name = "DATABASE", default_value = "sqlite")]
    databases: Vec<Database>,
    /// Cases to register.
    #[arg(long, default_value_t = 100_000)]
    cases: usize,
    /// Requests of each kind of reading.
    #[arg(long, default_value_t = 10_000)]
    reads: usize,
    /// Address the server is to listen on.
    #[arg(long, default_value = "127.0.0.1:8099")]
    listen: String,
    /// Folder for the databases, emptied before; `huiyin-bench` in the system's folder for temporary files if not given.
    #[arg(long)]
    folder: Option<PathBuf>,
    /// Folder for the figures.
    #[arg(long, default_value = "bench/results")]
    results: PathBuf,
    /// Leave the databases behind.
    #[arg(long)]
    keep: bool,
}

/// A registered case.
#[derive(Debug, Clone)]
struct Registered {
    index: usize,
    id: String,
    number: String,
}

/// Runs all measurements and prints them.
///
/// # Errors
/// When the server or the database fails, or a search does not find what it must.
pub(crate) async fn run(options: &Options) -> Result<()> {
    let folder = options
        .folder
        .clone()
        .unwrap_or_else(|| std::env::temp_dir().join("huiyin-bench"));
    if folder.exists() {
        std::fs::remove_dir_all(&folder)
            .with_context(|| format!("can't empty `{}`", folder.display()))?;
    }
    std::fs::create_dir_all(&folder)?;
    println!("load of the machine before: {}", machine_load());
    let mut reports = Vec::with_capacity(options.databases.len());
    for database in &options.databases {
        reports.push(measure(database, &folder, options).await?);
    }
    compare(&reports);
    println!("load of the machine after: {}", machine_load());
    let file = write_all(&reports, &options.results, options.cases)?;
    println!("written to {}", file.display());
    if !options.keep {
        std::fs::remove_dir_all(&folder)?;
    }
    Ok(())
}

/// All figures of one database.
async fn measure(database: &Database, folder: &Path, options: &Options) -> Result<Report> {
    println!("\n{}", database.name());
    let place = Place::of(database);
    let data = folder.join(database.name());
    let start = async || Server::start(&options.binary, &data, place.url(), &options.listen).await;
    let mut report = Report::new(database.name());
    let server = start().await?;
    report.add("start, empty", server.start.as_secs_f64(), "s", Aim::None);
    let secret = server
        .setup
        .as_deref()
        .context("the server printed no one-time link")?;
    let people = People::enter(&server.target, secret).await?;

    let created = register(&people, options.cases, &mut report).await?;
    report.add(
        "memory after registering",
        megabytes(&server)?,
        "MB",
        Aim::AtMost(200.0),
    );
    place.settle_tables().await?;
    questions::ask_all(&people, &created, options.reads, &mut report).await?;
    report.add(
        "memory after reading",
        megabytes(&server)?,
        "MB",
        Aim::AtMost(200.0),
    );
    server.stop()?;

    let server = start().await?;
    report.add(
        "start with these data",
        server.start.as_secs_f64(),
        "s",
        Aim::AtMost(0.3),
    );
    server.stop()?;

    let bare = match place.url() {
        Some(url) => bare_postgres::measure(url, options.cases, options.reads).await?,
        None => {
            let (from, to) = (data.join("huiyin.db"), folder.join("bare.db"));
            bare::measure(&from, &to, options.cases, options.reads)?
        }
    };
    share(&bare, &mut report);
    Ok(report)
}

async fn register(people: &People, cases: usize, report: &mut Report) -> Result<Vec<Registered>> {
    let before = people.activity().await?;
    let (timings, created) = crowd::run(
        &people.head,
        WRITERS,
        cases,
        |mut client, index| async move {
            let body = questions::new_case(&words::message(index));
            let answer = client
                .post("/cases", &body, Some(&format!("bench-{index}")))
                .await?
                .json()?;
            let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
            let registered = Registered {
                index,
                id: text("id"),
                number: text("number"),
            };
            Ok((client, registered))
        },
    )
    .await?;
    let after = people.activity().await?;
    report.add(
        format!("register, {WRITERS} connections"),
        timings.per_second(),
        "/s",
        Aim::AtLeast(4_000.0),
    );
    report.add(
        "register, median",
        timings.percentile_ms(50),
        "ms",
        Aim::None,
    );
    report.add(
        "register, p99",
        timings.percentile_ms(99),
        "ms",
        Aim::AtMost(50.0),
    );
    let commits = (after.commits - before.commits) as f64;
    report.add(
        "commits a case, each with one sync",
        commits / cases as f64,
        "",
        Aim::AtMost(0.3),
    );
    Ok(created)
}

/// Sets the server's figures beside those of the bare database.
fn share(bare: &Bare, report: &mut Report) {
    let server_writes = report.figure(&format!("register, {WRITERS} connections"));
    let server_pages = report.figure("first page, 8 connections");
    let server_cases = report.figure("case with history, 8 connections");
    report.add(
        "bare database, the same rows in groups of 100",
        bare.cases_per_second,
        "/s",
        Aim::None,
    );
    report.add(
        "register, share of the bare database",
        100.0 * server_writes / bare.cases_per_second,
        "%",
        Aim::AtLeast(25.0),
    );
    report.add(
        "bare database, first page, 1 thread",
        bare.page.per_second(),
        "/s",
        Aim::None,
    );
    report.add(
        "first page, share of the bare database",
        100.0 * server_pages / bare.page.per_second(),
        "%",
        Aim::None,
    );
    report.add(
        "bare database, history, 1 thread",
        bare.history.per_second(),
        "/s",
        Aim::None,
    );
    report.add(
        "case, share of the bare database",
        100.0 * server_cases / bare.history.per_second(),
        "%",
        Aim::None,
    );
}

fn megabytes(server: &Server) -> Result<f64> {
    Ok(server.resident_bytes()? as f64 / 1e6)
}

/// What the system says of its load in the last minute, where it does.
fn machine_load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or_default().to_owned()
}
