//! Registers real messages through the API, as a client would.

mod message;
mod source;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use anyhow::Result;
use clap::Args;
use hyper::StatusCode;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::Value;

use crate::client::{Client, Target};

/// Lines of refused messages that are printed; the rest is only counted.
const REFUSALS_PRINTED_MAX: usize = 20;

/// Which messages to register where.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Messages, one JSON object a line, plain or packed by gzip. Read are `id`, `title`, `text`, and if there `kind`,
    /// `channel`, `created` or `date`.
    file: PathBuf,
    /// The server.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    url: String,
    /// Login name of an account that may register.
    #[arg(long)]
    login: String,
    /// Its password.
    #[arg(long, env = "HUIYIN_PASSWORD", hide_env_values = true)]
    password: String,
    /// Messages at most.
    #[arg(long)]
    limit: Option<usize>,
    /// Connections that register.
    #[arg(long, default_value_t = 8)]
    connections: usize,
    /// Leave out when messages came in: all came in now.
    #[arg(long)]
    now: bool,
    #[command(flatten)]
    defaults: message::Defaults,
}

/// What became of the messages.
#[derive(Debug, Default)]
struct Outcome {
    registered: usize,
    /// By the problem's code.
    refused: BTreeMap<String, usize>,
    printed: usize,
}

/// Registers all messages; the same file a second time registers nothing anew.
///
/// # Errors
/// When the file can't be read or the server can't be reached. Refused messages are listed, and the rest goes on.
pub(crate) async fn run(options: &Options) -> Result<()> {
    let target = Target::new(&options.url)?
        .sign_in(&options.login, &options.password)
        .await?;
    let lines = source::read(&options.file, options.limit)?;
    let progress = ProgressBar::new(lines.len() as u64).with_style(ProgressStyle::with_template(
        "{wide_bar} {pos}/{len} {per_sec}",
    )?);
    let waiting = Arc::new(Mutex::new(lines.into_iter()));
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..options.connections.max(1) {
        let worker = Worker {
            client: target.connect().await?,
            waiting: Arc::clone(&waiting),
            progress: progress.clone(),
            defaults: options.defaults.clone(),
            now: options.now,
        };
        workers.spawn(worker.run());
    }
    let mut whole = Outcome::default();
    while let Some(outcome) = workers.join_next().await {
        let outcome = outcome??;
        whole.registered += outcome.registered;
        for (code, count) in outcome.refused {
            *whole.refused.entry(code).or_default() += count;
        }
    }
    progress.finish_and_clear();
    println!("registered {}", whole.registered);
    for (code, count) in whole.refused {
        println!("refused {count} as `{code}`");
    }
    Ok(())
}

struct Worker {
    client: Client,
    waiting: Arc<Mutex<std::vec::IntoIter<source::Line>>>,
    progress: ProgressBar,
    defaults: message::Defaults,
    now: bool,
}

impl Worker {
    async fn run(mut self) -> Result<Outcome> {
        let mut outcome = Outcome::default();
        while let Some(line) = self.next() {
            let number = line.number;
            match message::of(&line.json, &self.defaults, self.now) {
                Ok(message) => self.register(number, message, &mut outcome).await?,
                Err(missing) => {
                    let detail = format!("`{missing}` is missing or empty");
                    self.refuse(number, "unusable", &detail, &mut outcome);
                }
            }
            self.progress.inc(1);
        }
        Ok(outcome)
    }

    fn next(&self) -> Option<source::Line> {
        self.waiting.lock().ok()?.next()
    }

    async fn register(
        &mut self,
        line: usize,
        message: message::Message,
        outcome: &mut Outcome,
    ) -> Result<()> {
        let answer = self
            .client
            .post("/cases", &message.body, Some(&message.key))
            .await?;
        if answer.status == StatusCode::CREATED {
            outcome.registered += 1;
            return Ok(());
        }
        let problem: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let code = problem["code"].as_str().unwrap_or("unreadable_answer");
        self.refuse(line, code, &problem.to_string(), outcome);
        Ok(())
    }

    fn refuse(&self, line: usize, code: &str, detail: &str, outcome: &mut Outcome) {
        *outcome.refused.entry(code.to_owned()).or_default() += 1;
        if outcome.printed < REFUSALS_PRINTED_MAX {
            outcome.printed += 1;
            self.progress
                .println(format!("line {line}: `{code}`: {detail}"));
        }
    }
}
