//! Options of commands that put something on record and write its table, or write that again.

use std::path::PathBuf;

use clap::Args;

/// What is put on record, and where its table goes.
#[derive(Debug, Clone, Args)]
pub(crate) struct NewTable {
    /// Show what it would come to; nothing is put on record.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// csv, xlsx or jsonl.
    #[arg(long, default_value = "csv")]
    pub(crate) format: String,
    /// Where the table goes.
    #[arg(long, short, value_name = "FILE", required_unless_present = "dry_run")]
    pub(crate) out: Option<PathBuf>,
}

/// How a table is written again.
#[derive(Debug, Clone, Args)]
pub(crate) struct TableAgain {
    /// csv, xlsx or jsonl; as it was then if not given.
    #[arg(long)]
    pub(crate) format: Option<String>,
    /// Where the table goes.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: PathBuf,
}
