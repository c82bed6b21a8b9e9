//! `huiyin policy publish`: puts a policy in force.

use std::process::ExitCode;

use huiyin_app::start::{Config, Started, start};
use huiyin_diagnostic::Severity;
use huiyin_policy::{SourceFile, check, is_policy_file};
use huiyin_texts::{Args, Lang, render};

use crate::cli::DataDir;
use crate::maintain::Outcome;
use crate::policy::print_checked;
use crate::shipped::policy_files;
use crate::{fail, operate};

pub(crate) fn run(policy: &str, data: &DataDir, lang: Lang) -> ExitCode {
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error),
    };
    let outcome = runtime.block_on(publish(policy, data, lang));
    outcome.unwrap_or_else(|error| fail(&*error))
}

async fn publish(policy: &str, data: &DataDir, lang: Lang) -> Outcome {
    let mut files = policy_files(policy)?;
    files.retain(|file| is_policy_file(&file.name));
    if !is_ready(policy, &files, lang) {
        return Ok(ExitCode::FAILURE);
    }
    let config = Config {
        database: data.database()?,
        ..Config::new(data.data.clone(), Vec::new())
    };
    let app = match start(config).await {
        Ok(Started { app, .. }) => app,
        Err(error) => return Ok(operate::failed::start(&error, lang)),
    };
    let version = app.publish(files).await;
    app.store().close().await;
    let args = Args::new()
        .with("policy", policy)
        .with("version", version?.to_string());
    println!("{}", render(lang, "policy-published", &args));
    Ok(ExitCode::SUCCESS)
}

/// Whether the policy can go live; prints what keeps it from that.
fn is_ready(name: &str, files: &[SourceFile], lang: Lang) -> bool {
    let checked = check(files);
    let ready = checked
        .findings
        .iter()
        .all(|finding| finding.severity == Severity::Warning);
    if !ready {
        print_checked(&checked, name, lang);
    }
    ready
}
