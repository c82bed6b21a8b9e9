//! Speed of the running server, and a loader for real messages. See `bench/README.md`.

mod client;
mod load;
mod speed;

use clap::{Parser, Subcommand};

/// Drives a running server as clients do.
#[derive(Debug, Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Register the messages of a file, one JSON object a line.
    Load(load::Options),
    /// Measure a server against the bare database.
    Speed(speed::Options),
}

fn main() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    match Cli::parse().command {
        Command::Load(options) => runtime.block_on(load::run(&options)),
        Command::Speed(options) => runtime.block_on(speed::run(&options)),
    }
}
