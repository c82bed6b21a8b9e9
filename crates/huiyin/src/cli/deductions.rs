//! The commands about deductions.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::DataDir;
use super::table::{NewTable, TableAgain};

#[derive(Debug, Subcommand)]
pub(crate) enum Deductions {
    /// List what people owe, charge by charge.
    Charges(OfAccount),
    /// Enter the bonuses of a month from a file: CSV, XLSX, JSONL or JSON. Until the month is closed they can be entered again.
    Bonuses(EnterBonuses),
    /// Close a month and write its table: what is taken of each, at most what the policy allows, and what is carried on.
    Close(CloseMonth),
    /// List the closed months, and the one to be closed next.
    Months(OfAccount),
    /// Write the table of a closed month again, byte by byte as it was.
    Fetch(FetchMonth),
}

/// Which account, and who asks.
#[derive(Debug, Clone, Args)]
pub(crate) struct OfAccount {
    /// Login of a supervisor; an auditor may list and fetch.
    #[arg(long = "as", value_name = "LOGIN")]
    pub(crate) login: String,
    /// The account, `POLICY/ACCOUNT`; may be left out where there is one.
    #[arg(long, value_name = "POLICY/ACCOUNT")]
    pub(crate) account: Option<String>,
    #[command(flatten)]
    pub(crate) data: DataDir,
}

/// Which bonuses to enter.
#[derive(Debug, Clone, Args)]
pub(crate) struct EnterBonuses {
    /// The month, such as 2026-03.
    pub(crate) month: String,
    /// The file; its columns are called as in the policy.
    pub(crate) file: PathBuf,
    /// Show what would be entered, and what is wrong; nothing is put on record.
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) of: OfAccount,
}

/// Which month to close.
#[derive(Debug, Clone, Args)]
pub(crate) struct CloseMonth {
    /// The month, such as 2026-03.
    pub(crate) month: String,
    #[command(flatten)]
    pub(crate) table: NewTable,
    #[command(flatten)]
    pub(crate) of: OfAccount,
}

/// Which month to write again.
#[derive(Debug, Clone, Args)]
pub(crate) struct FetchMonth {
    /// The month, such as 2026-03.
    pub(crate) month: String,
    /// What each charge comes to, instead of what is taken of each person.
    #[arg(long)]
    pub(crate) charges: bool,
    #[command(flatten)]
    pub(crate) table: TableAgain,
    #[command(flatten)]
    pub(crate) of: OfAccount,
}
