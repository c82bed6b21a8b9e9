//! `huiyin policy publish`: puts a policy in force.

use std::process::ExitCode;

use huiyin_diagnostic::Severity;
use huiyin_policy::{SourceFile, check, is_policy_file};
use huiyin_texts::{Args, Lang, render};

use crate::cli::DataDir;
use crate::fail;
use crate::policy::print_checked;
use crate::shipped::policy_files;
use crate::started::with_app;

pub(crate) fn run(policy: &str, data: &DataDir, lang: Lang) -> ExitCode {
    let mut files = match policy_files(policy) {
        Ok(files) => files,
        Err(error) => return fail(&error),
    };
    files.retain(|file| is_policy_file(&file.name));
    if !is_ready(policy, &files, lang) {
        return ExitCode::FAILURE;
    }
    with_app(data, lang, async |app| {
        let version = app.publish(files).await?;
        let args = Args::new()
            .with("policy", policy)
            .with("version", version.to_string());
        println!("{}", render(lang, "policy-published", &args));
        Ok(ExitCode::SUCCESS)
    })
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
