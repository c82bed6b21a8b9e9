//! The command line.

mod calendar;
mod deductions;
mod policy;
mod table;
mod vouchers;

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use huiyin_calendar::ReportingPeriod;
use huiyin_store::{MalformedUrl, PostgresUrl};
use huiyin_texts::Lang;

pub(crate) use calendar::{Calendar, CalendarFile, ListCalendars, LoadCalendar};
pub(crate) use deductions::{CloseMonth, Deductions, EnterBonuses, FetchMonth, OfAccount};
pub(crate) use policy::{
    Adopt, Adoptions, Draft, Format, MapFormat, MigrateCases, Order, Policy, Publish, Simulate,
};
pub(crate) use vouchers::{FetchRun, HandOver, ListRuns, Vouchers};

/// Huiyin (回音): runs a company's written rules for inquiries, complaints and reports.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true)]
pub(crate) struct Cli {
    /// Language of what is printed.
    #[arg(long, global = true, env = "HUIYIN_LANG", value_enum, default_value_t = LangArg::ZhCn)]
    pub(crate) lang: LangArg,
    /// What to do; without a command the server is started.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// Languages of the product.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum LangArg {
    /// 简体中文
    #[value(name = "zh-CN", alias = "zh")]
    ZhCn,
    /// English
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::ZhCn => Self::ZhCn,
            LangArg::En => Self::En,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start the server.
    Serve(Serve),
    /// Working time: due times, why, and the calendars themselves.
    #[command(subcommand)]
    Calendar(Calendar),
    /// Policies: check, test, show.
    #[command(subcommand)]
    Policy(Policy),
    /// Bring in what another system has.
    #[command(subcommand)]
    Import(Import),
    /// Take out what one may see.
    #[command(subcommand)]
    Export(Export),
    /// Bring the database to this version's schema, as the server does at its start; a data directory as `upgrade` does.
    Migrate(DataDir),
    /// Prove that nothing in the log was changed, removed or cut off.
    Verify(DataDir),
    /// Derive the tables again from the log, and compare them with the live ones.
    Rebuild(Rebuild),
    /// Segment all texts again and fill the search index anew.
    Reindex(DataDir),
    /// Destroy the keys of a customer and of all that customer's cases: their texts can't be read any more. Refused under legal
    /// hold.
    Erase(Erase),
    /// Copy everything into one checked and sealed file, also while the server runs.
    Backup(Backup),
    /// Make a data directory from a backup.
    Restore(Restore),
    /// Bring the database to this version's schema, trying it on a copy first.
    Upgrade(Upgrade),
    /// Collect what helps to find a fault, and nothing about people or cases.
    SupportBundle(SupportBundle),
    /// Print a report that a policy asks for.
    Report(Report),
    /// Work out losses, shares, sanctions, deductions and vouchers by a policy's sheets.
    Settle(Settle),
    /// Vouchers of cases: hand them over to the accounting system.
    #[command(subcommand)]
    Vouchers(Vouchers),
    /// What cases charge to people: taken month by month, never more than the policy allows, the rest carried on.
    #[command(subcommand)]
    Deductions(Deductions),
    /// Print the OpenAPI document.
    Openapi,
}

impl Command {
    /// The directory of a command that works on nothing else.
    pub(crate) const fn directory(&self) -> Option<&DataDir> {
        match self {
            Command::Backup(backup) => Some(&backup.data),
            Command::Restore(restore) => Some(&restore.data),
            Command::Upgrade(upgrade) => Some(&upgrade.data),
            Command::SupportBundle(bundle) => Some(&bundle.data),
            _ => None,
        }
    }
}

/// Where the data are.
#[derive(Debug, Clone, Args)]
pub(crate) struct DataDir {
    /// Directory with the database and the master key.
    #[arg(long, env = "HUIYIN_DATA", default_value = "data")]
    pub(crate) data: PathBuf,
    /// A database on a PostgreSQL server instead, `postgres://user:password@host/database`; the master key stays in the
    /// directory.
    #[arg(
        long,
        env = "HUIYIN_DATABASE",
        hide_env_values = true,
        value_name = "URL"
    )]
    database: Option<Address>,
}

/// The address of a database as it was typed: it may hold a password, so neither it nor a complaint about it is shown.
#[derive(Clone)]
struct Address(String);

impl From<String> for Address {
    fn from(typed: String) -> Self {
        Self(typed)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(..)")
    }
}

impl DataDir {
    /// The database on a PostgreSQL server, if one was named.
    ///
    /// # Errors
    /// When what was typed is no address.
    pub(crate) fn database(&self) -> Result<Option<PostgresUrl>, MalformedUrl> {
        let database = self.database.as_ref();
        database.map(|address| address.0.parse()).transpose()
    }

    /// Whether the data are in a database on a server.
    pub(crate) const fn is_elsewhere(&self) -> bool {
        self.database.is_some()
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    /// Finished cases, as historical ones: measured, not run. The same file again adds nothing.
    Cases(ImportCases),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Export {
    /// The cases of a list as a table, personal data masked.
    Cases(ExportCases),
}

/// How to export cases.
#[derive(Debug, Clone, Args)]
pub(crate) struct ExportCases {
    /// Login of the person whose lists they are.
    #[arg(long = "as", value_name = "LOGIN")]
    pub(crate) login: String,
    /// csv, xlsx or jsonl.
    #[arg(long, default_value = "csv")]
    pub(crate) format: String,
    /// mine, unclaimed, due_soon, overdue, taken or all.
    #[arg(long, default_value = "all")]
    pub(crate) view: String,
    /// Only cases with this status.
    #[arg(long, value_enum, default_value_t = ExportStatus::All)]
    pub(crate) status: ExportStatus,
    /// Only this kind.
    #[arg(long)]
    pub(crate) kind: Option<String>,
    /// Only this channel.
    #[arg(long)]
    pub(crate) channel: Option<String>,
    /// list, or full: with what is on record of the cases of one kind; needs --kind.
    #[arg(long, default_value = "list")]
    pub(crate) columns: String,
    /// Where the table goes; standard output if not given.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) data: DataDir,
}

/// Which cases by how far they are.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ExportStatus {
    /// Being handled.
    Open,
    /// Closed.
    Closed,
    /// Archived, historical ones included.
    Archived,
    /// All.
    All,
}

/// How to import cases.
#[derive(Debug, Clone, Args)]
pub(crate) struct ImportCases {
    /// A table: .csv, .tsv, .xlsx, .jsonl or .ndjson, each also as .gz.
    pub(crate) file: PathBuf,
    /// Which column is which field of a case (docs/import.md).
    #[arg(long, value_name = "FILE.yaml")]
    pub(crate) mapping: PathBuf,
    /// Check every row and store nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) data: DataDir,
    /// Login of the administrator in whose name the cases come in; the first one if not given.
    #[arg(long = "as", value_name = "LOGIN")]
    pub(crate) login: Option<String>,
}

/// How to rebuild.
#[derive(Debug, Clone, Args)]
pub(crate) struct Rebuild {
    #[command(flatten)]
    pub(crate) data: DataDir,
    /// Correct the live tables where they differ.
    #[arg(long)]
    pub(crate) repair: bool,
}

/// Whom to erase.
#[derive(Debug, Clone, Args)]
pub(crate) struct Erase {
    /// The number of any case of the customer, e.g. TS2026000001.
    #[arg(value_name = "NUMBER")]
    pub(crate) number: String,
    /// What is erased never comes back; without this nothing is done.
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) data: DataDir,
}

/// What to back up.
#[derive(Debug, Clone, Args)]
pub(crate) struct Backup {
    #[command(flatten)]
    pub(crate) data: DataDir,
    /// The file to make.
    #[arg(long, value_name = "FILE.tar")]
    pub(crate) to: PathBuf,
    /// Put the master key into the file as well: whoever has the file can then read everything.
    #[arg(long)]
    pub(crate) with_key: bool,
}

/// What to restore.
#[derive(Debug, Clone, Args)]
pub(crate) struct Restore {
    /// The backup.
    #[arg(value_name = "FILE.tar")]
    pub(crate) from: PathBuf,
    #[command(flatten)]
    pub(crate) data: DataDir,
    /// The file of the master key, if the backup does not hold it.
    #[arg(long, value_name = "FILE")]
    pub(crate) key: Option<PathBuf>,
}

/// How far to upgrade.
#[derive(Debug, Clone, Args)]
pub(crate) struct Upgrade {
    #[command(flatten)]
    pub(crate) data: DataDir,
    /// Only try it on a copy; a server may be running.
    #[arg(long = "try")]
    pub(crate) only_try: bool,
}

/// What to collect.
#[derive(Debug, Clone, Args)]
pub(crate) struct SupportBundle {
    #[command(flatten)]
    pub(crate) data: DataDir,
    /// The file to make.
    #[arg(long, value_name = "FILE.tar")]
    pub(crate) to: PathBuf,
    /// A file that the server's output goes to; its last lines are masked and added.
    #[arg(long, value_name = "FILE")]
    pub(crate) log: Option<PathBuf>,
}

/// What to settle.
#[derive(Debug, Clone, Args)]
pub(crate) struct Settle {
    /// The rows (docs/settlement.md).
    #[arg(value_name = "FILE.json")]
    pub(crate) file: PathBuf,
    /// The policy whose sheets are worked out: a folder, or the name of one that ships.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) policy: String,
    /// For programs instead of people.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Which report.
#[derive(Debug, Clone, Args)]
pub(crate) struct Report {
    /// The policy, e.g. `general`.
    pub(crate) policy: String,
    /// The report, e.g. `monthly_complaints`.
    pub(crate) report: String,
    /// The period, e.g. 2026-10, 2026-Q4, 2026-H2, 2026 or 2026-W42; if left out, the last one of the report's own length that
    /// is over.
    #[arg(long, alias = "month", value_name = "PERIOD")]
    pub(crate) period: Option<ReportingPeriod>,
    /// For people, or as data with definitions and clauses.
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub(crate) format: ReportFormat,
    #[command(flatten)]
    pub(crate) data: DataDir,
}

/// How a report is printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets, a line for each figure.
    Csv,
}

/// How to serve.
#[derive(Debug, Clone, Parser)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) data: DataDir,
    /// Address to listen on.
    #[arg(long, env = "HUIYIN_LISTEN", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// Address under which people reach the server, for links; `http://<listen>` if not given.
    #[arg(long, env = "HUIYIN_PUBLIC_URL")]
    pub(crate) public_url: Option<String>,
    /// Address of a reverse proxy whose `X-Forwarded-For` says where a request comes from, for the limits of the portal; may be
    /// given more than once, or as a list with commas.
    #[arg(
        long,
        env = "HUIYIN_TRUSTED_PROXY",
        value_name = "ADDRESS",
        value_delimiter = ','
    )]
    pub(crate) trusted_proxy: Vec<std::net::IpAddr>,
    /// Only read: everything can be seen and searched, and every write is refused.
    #[arg(long, env = "HUIYIN_READ_ONLY")]
    pub(crate) read_only: bool,
    /// On the first start, publish this policy: one that ships, by name, or a folder. May be given several times.
    #[arg(long, value_name = "POLICY", default_value = "general")]
    pub(crate) policy: Vec<String>,
    /// On the first start, begin without the organisation and the cases to try with: with the first administrator alone.
    #[arg(long, conflicts_with = "organisation")]
    pub(crate) without_trial: bool,
    /// On the first start, begin with the units and people of this file, and without cases (trial/README.md).
    #[arg(long, value_name = "FILE")]
    pub(crate) organisation: Option<PathBuf>,
    /// For tests only: a clock that stands at this moment (RFC 3339) until `PUT /api/v1/test/clock` sets it.
    #[arg(long, value_name = "INSTANT")]
    pub(crate) test_clock: Option<jiff::Timestamp>,
}
