//! `huiyin policy` and what can be said to it.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;

use super::DataDir;

/// What to do with policies.
#[derive(Debug, Subcommand)]
pub(crate) enum Policy {
    /// Find everything that is wrong, at once.
    Check {
        /// Policy folders, or folders of policy folders.
        #[arg(default_value = "policies")]
        paths: Vec<PathBuf>,
        /// How to print the findings.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Run the scenario tests of policies.
    Test {
        /// Policy folders, or folders of policy folders.
        #[arg(default_value = "policies")]
        paths: Vec<PathBuf>,
        /// Print which clauses are shown by which test.
        #[arg(long)]
        coverage: bool,
    },
    /// Print the process map of each kind.
    Show {
        /// A policy folder.
        path: PathBuf,
        /// Only this kind.
        #[arg(long)]
        kind: Option<String>,
        /// As text, or as SVG.
        #[arg(long, value_enum, default_value_t = MapFormat::Text)]
        format: MapFormat,
    },
    /// Begin a policy: a folder with a small one that checks and passes its tests.
    New {
        /// The folder, which must not be there yet.
        folder: PathBuf,
    },
    /// Put a policy in force for new cases, as its next version. A data directory must not be in use.
    Publish(Publish),
    /// Put down a draft of a policy's next version, for others to comment on and consent to on the desk.
    Draft(Draft),
    /// Have a unit adopt a policy from a day on, with values of its own for what the policy leaves to units; or end that. A data directory
    /// must not be in use.
    Adopt(Adopt),
    /// List what units have adopted of a policy.
    Adoptions(Adoptions),
    /// Stop a version in an emergency: no new case is taken in under it, the version before it takes over, open cases go on. A
    /// data directory must not be in use; a running server is told over HTTP or on the desk.
    Stop(Order),
    /// Lift the stop of a version.
    Resume(Order),
    /// Print what differs between two versions of a policy: by clause, and which elements were touched.
    Diff {
        /// The folder of the old version.
        old: PathBuf,
        /// The folder of the new one.
        new: PathBuf,
    },
    /// Estimate what past and open cases would have come to under another version of their policy; only reads.
    Simulate(Simulate),
    /// Have the open cases of a policy go on under a newer version, as far as they fit. A data directory must not be in use.
    Migrate(MigrateCases),
    /// Print a JSON Schema of policy files, by which editors complete words and mark those that mean nothing.
    Schema,
    /// Print the clause view: what each clause says, and what the product does with it.
    Clauses {
        /// A policy folder.
        path: PathBuf,
    },
}

/// What to publish.
#[derive(Debug, Clone, Args)]
pub(crate) struct Publish {
    /// One that ships, by name, or a folder.
    pub(crate) policy: String,
    /// The first day on which cases are taken in under it; today if not given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) from: Option<Date>,
    /// A unit whose adoption of the policy ends with this version; those of all others follow it. By name, or with the units above it:
    /// `Head office / North`.
    #[arg(long = "end-adoption", value_name = "UNIT")]
    pub(crate) ending: Vec<String>,
    /// Login of the administrator in whose name it is published; the first one if not given.
    #[arg(long = "as", value_name = "LOGIN")]
    pub(crate) login: Option<String>,
    #[command(flatten)]
    pub(crate) data: DataDir,
}

/// What a unit adopts.
#[derive(Debug, Clone, Args)]
pub(crate) struct Adopt {
    /// The policy, e.g. `general`.
    pub(crate) policy: String,
    /// The unit: its name, or with those above it, `Head office / North`.
    #[arg(long)]
    pub(crate) unit: String,
    /// What it sets of its own, such as `visit_within="2 working days"`; all else stays as the organisation has it.
    #[arg(long, value_name = "PARAMETER=VALUE", value_parser = own_value)]
    pub(crate) set: Vec<(String, String)>,
    /// The first day; today if not given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) from: Option<Date>,
    /// End its adoption: from that day on it uses what is used above it.
    #[arg(long, conflicts_with = "set")]
    pub(crate) end: bool,
    /// Login of the administrator in whose name it is done; the first one if not given.
    #[arg(long = "as", value_name = "LOGIN")]
    pub(crate) login: Option<String>,
    #[command(flatten)]
    pub(crate) data: DataDir,
}

fn own_value(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=');
    let (name, value) = parts.ok_or_else(|| format!("`{text}` is not `PARAMETER=VALUE`"))?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

/// Whose adoptions to list.
#[derive(Debug, Clone, Args)]
pub(crate) struct Adoptions {
    /// The policy, e.g. `general`.
    pub(crate) policy: String,
    #[command(flatten)]
    pub(crate) data: DataDir,
}

/// What to put down as a draft.
#[derive(Debug, Clone, Args)]
pub(crate) struct Draft {
    /// A policy folder.
    pub(crate) folder: PathBuf,
    /// Of which policy; the one that the folder names if not given, which takes a folder without errors.
    #[arg(long)]
    pub(crate) policy: Option<String>,
    /// The id of an open draft whose files these replace.
    #[arg(long, value_name = "DRAFT", conflicts_with = "policy")]
    pub(crate) replace: Option<String>,
    /// Login of the administrator in whose name it is put down; the first one if not given.
    #[arg(long = "as", value_name = "LOGIN")]
    pub(crate) login: Option<String>,
    #[command(flatten)]
    pub(crate) data: DataDir,
}

/// Which version to stop, or to let go on.
#[derive(Debug, Clone, Args)]
pub(crate) struct Order {
    /// The policy, e.g. `general`.
    pub(crate) policy: String,
    /// Which version; the one in force, or the newest that is stopped, if not given.
    #[arg(long, value_name = "VERSION")]
    pub(crate) number: Option<u32>,
    /// Why; it is shown to everybody who works with the policy.
    #[arg(long)]
    pub(crate) reason: String,
    /// Login of the administrator in whose name it is done; the first one if not given.
    #[arg(long = "as", value_name = "LOGIN")]
    pub(crate) login: Option<String>,
    #[command(flatten)]
    pub(crate) data: DataDir,
}

/// Which cases go on under which version.
#[derive(Debug, Clone, Args)]
pub(crate) struct MigrateCases {
    /// The policy, e.g. `general`.
    pub(crate) policy: String,
    /// The version that they are to keep.
    #[arg(long, value_name = "VERSION")]
    pub(crate) to: u32,
    /// Why; it is on record of every case.
    #[arg(long, required_unless_present = "dry_run")]
    pub(crate) reason: Option<String>,
    /// Say what would become of them, and store nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Login of the administrator in whose name it is done; the first one if not given.
    #[arg(long = "as", value_name = "LOGIN")]
    pub(crate) login: Option<String>,
    #[command(flatten)]
    pub(crate) data: DataDir,
}

/// Which cases are told under which version.
#[derive(Debug, Clone, Args)]
pub(crate) struct Simulate {
    /// The policy, e.g. `general`.
    pub(crate) policy: String,
    /// The version that the cases keep: its number, or the folder it was published from; the one in force if not given.
    #[arg(long, value_name = "VERSION")]
    pub(crate) from: Option<String>,
    /// The version under which they are told: a number, a folder, or a policy that ships.
    #[arg(long, value_name = "VERSION")]
    pub(crate) to: String,
    /// Only cases taken in from this day on.
    #[arg(long, value_name = "DAY")]
    pub(crate) since: Option<Date>,
    /// Only cases taken in up to this day, itself included.
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Option<Date>,
    /// For people, or for programs.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) data: DataDir,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// How a map is printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum MapFormat {
    /// For a terminal.
    Text,
    /// For a page.
    Svg,
}
