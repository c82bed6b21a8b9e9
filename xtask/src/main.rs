//! Tasks for developers and CI: `cargo xtask test`, `edges`, `links` and `regenerate`.

mod count;
mod edges;
mod links;
mod packages;
mod purity;
mod regenerate;
mod run;
mod shown;
mod stages;
mod summary;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Tasks for developers and CI")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Run every check and test, with times and a summary
    Test {
        /// Only what needs neither npm nor a browser: format, edges, lints, Rust tests, policies
        #[arg(long)]
        quick: bool,
    },
    /// Check that the rooms use each other only as xtask/edges.toml allows
    Edges,
    /// Check that the links and paths in the Markdown files lead somewhere
    Links,
    /// Write the generated files anew
    Regenerate {
        /// Change nothing and fail where a file is out of step
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Test { quick } => stages::test(quick),
        Task::Edges => edges::check(),
        Task::Links => links::check(),
        Task::Regenerate { check: true } => regenerate::check(),
        Task::Regenerate { check: false } => regenerate::write(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem:#}");
            ExitCode::FAILURE
        }
    }
}
