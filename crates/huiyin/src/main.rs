//! The one binary: server and command line.

mod adopt;
mod calendar;
mod cli;
mod deductions;
mod draft;
mod erase;
mod export;
mod files;
mod findings;
mod first_start;
mod import;
mod maintain;
mod migrate;
mod new_policy;
mod operate;
mod policy;
mod progress;
mod publish;
mod report;
mod schema;
mod serve;
mod settle;
mod shipped;
mod simulate;
mod started;
mod stop;
mod today;
mod vouchers;

use std::process::ExitCode;

use clap::Parser;
use cli::{Cli, Command, DataDir, Serve};

/// A request makes thousands of small allocations on one thread and frees them on another.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let lang = cli.lang.into();
    // Without a command the server is started, with the settings of the environment.
    let command = cli
        .command
        .unwrap_or_else(|| Command::Serve(Serve::parse_from(["huiyin"])));
    if !matches!(command, Command::Serve(_)) {
        // What is printed may be cut off by the reader, as in `huiyin policy clauses … | head`.
        sigpipe::reset();
    }
    if command.directory().is_some_and(DataDir::is_elsewhere) {
        return fail(&Elsewhere);
    }
    match command {
        Command::Serve(serve) => serve::run(&serve, lang),
        Command::Calendar(command) => calendar::run(&command, lang),
        Command::Policy(command) => policy::run(&command, lang),
        Command::Import(command) => import::run(&command, lang),
        Command::Export(command) => export::run(&command, lang),
        Command::Migrate(data) => operate::migrate(data, lang),
        Command::Verify(data) => maintain::verify(&data, lang),
        Command::Rebuild(data) => maintain::rebuild(&data, lang),
        Command::Report(options) => report::run(&options, lang),
        Command::Settle(options) => settle::run(&options, lang),
        Command::Vouchers(command) => vouchers::run(&command, lang),
        Command::Deductions(command) => deductions::run(&command, lang),
        Command::Reindex(data) => maintain::reindex(&data, lang),
        Command::Erase(options) => erase::run(&options, lang),
        Command::Backup(options) => operate::backup(&options, lang),
        Command::Restore(options) => operate::restore(&options, lang),
        Command::Upgrade(options) => operate::upgrade(&options, lang),
        Command::SupportBundle(options) => operate::support_bundle(&options, lang),
        Command::Openapi => {
            println!(
                "{}",
                huiyin_api::document()
                    .to_pretty_json()
                    .expect("the document is plain data")
            );
            ExitCode::SUCCESS
        }
    }
}

/// A command for data directories was given a database on a server.
#[derive(Debug, thiserror::Error)]
#[error(
    "this command works on a data directory, and the data are in a database on a server (--database, HUIYIN_DATABASE); \
     docs/postgresql.md says what there is instead"
)]
struct Elsewhere;

/// Prints an error with its causes, one a line, and gives the exit code for it.
fn fail(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("{error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        eprintln!("  {error}");
        cause = error.source();
    }
    ExitCode::FAILURE
}
