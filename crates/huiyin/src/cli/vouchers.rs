//! The commands about vouchers.

use clap::{Args, Subcommand};

use super::DataDir;
use super::table::{NewTable, TableAgain};

#[derive(Debug, Subcommand)]
pub(crate) enum Vouchers {
    /// Hand over what was not handed over yet, as a run on record, and write its table. Again, nothing is handed over twice.
    Export(HandOver),
    /// Write the table of a run again, byte by byte as it was.
    Fetch(FetchRun),
    /// List the runs.
    Runs(ListRuns),
}

/// How to hand over.
#[derive(Debug, Clone, Args)]
pub(crate) struct HandOver {
    /// Login of the supervisor who hands over.
    #[arg(long = "as", value_name = "LOGIN")]
    pub(crate) login: String,
    #[command(flatten)]
    pub(crate) table: NewTable,
    #[command(flatten)]
    pub(crate) data: DataDir,
}

/// Which run to write again.
#[derive(Debug, Clone, Args)]
pub(crate) struct FetchRun {
    /// The run's number.
    pub(crate) number: u32,
    /// Login of a supervisor or auditor.
    #[arg(long = "as", value_name = "LOGIN")]
    pub(crate) login: String,
    #[command(flatten)]
    pub(crate) table: TableAgain,
    #[command(flatten)]
    pub(crate) data: DataDir,
}

/// Whose runs to list.
#[derive(Debug, Clone, Args)]
pub(crate) struct ListRuns {
    /// Login of a supervisor or auditor.
    #[arg(long = "as", value_name = "LOGIN")]
    pub(crate) login: String,
    #[command(flatten)]
    pub(crate) data: DataDir,
}
