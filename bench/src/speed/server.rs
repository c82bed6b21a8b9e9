//! A server of our own: started on an empty directory, asked for its memory, stopped and started again.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::time::{Instant, sleep};

use crate::client::Target;

/// How often a starting server is asked whether it answers.
const ASK_EVERY: Duration = Duration::from_millis(2);
/// A server that does not answer within this time is given up.
const START_MAX: Duration = Duration::from_secs(60);
/// A small organisation without cases.
const ORGANISATION: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../crates/testkit/organisation.yaml"
);
/// What stands before the secret in a one-time link.
const LINK: &str = "/setup#";

/// A running server; stopped when dropped.
#[derive(Debug)]
pub(crate) struct Server {
    process: Child,
    /// Where it answers.
    pub(crate) target: Target,
    /// From the start of the process to the first answer.
    pub(crate) start: Duration,
    /// The secret of the first administrator's link, on an empty directory.
    pub(crate) setup: Option<String>,
}

impl Server {
    /// Starts `binary` on `data` at `listen`, on the database at `url` if one is given, and waits for its first answer.
    ///
    /// # Errors
    /// When it can't be started or does not answer.
    pub(crate) async fn start(
        binary: &Path,
        data: &Path,
        url: Option<&str>,
        listen: &str,
    ) -> Result<Self> {
        let is_first = !data.exists();
        let output = if is_first {
            Stdio::piped()
        } else {
            Stdio::null()
        };
        let began = Instant::now();
        let mut process = Command::new(binary)
            .args([
                "serve",
                "--listen",
                listen,
                "--organisation",
                ORGANISATION,
                "--data",
            ])
            .arg(data)
            .envs(url.map(|url| ("HUIYIN_DATABASE", url)))
            .stdout(output)
            .spawn()
            .with_context(|| format!("can't start `{}`", binary.display()))?;
        let target = Target::new(&format!("http://{listen}"))?;
        while !answers(&target).await {
            if let Some(status) = process.try_wait()? {
                bail!("the server ended at its start: {status}");
            }
            if began.elapsed() > START_MAX {
                bail!("the server did not answer within {START_MAX:?}");
            }
            sleep(ASK_EVERY).await;
        }
        let start = began.elapsed();
        let setup = setup_secret(&mut process);
        Ok(Self {
            process,
            target,
            start,
            setup,
        })
    }

    /// Memory the process holds now, in bytes.
    ///
    /// # Errors
    /// Where the system keeps no `/proc`.
    pub(crate) fn resident_bytes(&self) -> Result<u64> {
        let path = PathBuf::from(format!("/proc/{}/status", self.process.id()));
        let status = std::fs::read_to_string(&path)
            .with_context(|| format!("can't read `{}`", path.display()))?;
        let kib = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<u64>().ok());
        Ok(kib.context("the process has no `VmRSS`")? * 1024)
    }

    /// Asks the server to stop, and waits until it has.
    ///
    /// # Errors
    /// When it can't be asked.
    pub(crate) fn stop(mut self) -> Result<()> {
        let asked = Command::new("kill")
            .arg(self.process.id().to_string())
            .status()?;
        if !asked.success() {
            bail!("the server can't be asked to stop: {asked}");
        }
        self.process.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Stopped already in most cases.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

async fn answers(target: &Target) -> bool {
    let Ok(mut client) = target.connect().await else {
        return false;
    };
    let answer = client.get("/ready").await;
    answer.is_ok_and(|answer| answer.status.is_success())
}

/// Reads what is printed at a first start up to the one-time link.
fn setup_secret(process: &mut Child) -> Option<String> {
    BufReader::new(process.stdout.take()?)
        .lines()
        .map_while(Result::ok)
        .find_map(|line| {
            line.split_once(LINK)
                .map(|(_, secret)| secret.trim().to_owned())
        })
}
