//! The one binary: server and command line.

mod calendar;
mod cli;
mod files;
mod findings;
mod maintain;
mod policy;
mod serve;

use std::process::ExitCode;

use clap::Parser;
use cli::{Cli, Command};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let lang = cli.lang.into();
    match cli.command {
        None => serve::run(&cli.serve, lang),
        Some(Command::Serve(serve)) => serve::run(&serve, lang),
        Some(Command::Calendar(command)) => calendar::run(&command, lang),
        Some(Command::Policy(command)) => policy::run(&command, lang),
        Some(Command::Verify(data)) => maintain::verify(&data, lang),
        Some(Command::Rebuild(data)) => maintain::rebuild(&data, lang),
        Some(Command::Reindex(data)) => maintain::reindex(&data, lang),
        Some(Command::Openapi) => {
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
