//! `huiyin policy publish`: puts a policy in force.

use std::process::ExitCode;

use huiyin_api::in_words;
use huiyin_app::Error;
use huiyin_app::policies::Publication;
use huiyin_diagnostic::Severity;
use huiyin_policy::{SourceFile, check, is_policy_file};
use huiyin_texts::{Args, Lang, render};

use crate::adopt::unit_named;
use crate::cli::Publish;
use crate::fail;
use crate::policy::print_checked;
use crate::shipped::policy_files;
use crate::started::with_app;

pub(crate) fn run(options: &Publish, lang: Lang) -> ExitCode {
    let policy = options.policy.as_str();
    let mut files = match policy_files(policy) {
        Ok(files) => files,
        Err(error) => return fail(&error),
    };
    files.retain(|file| is_policy_file(&file.name));
    if !is_ready(policy, &files, lang) {
        return ExitCode::FAILURE;
    }
    with_app(&options.data, lang, async |app| {
        let principal = app.operator(options.login.as_deref()).await?;
        let from = options.from;
        let organisation = &app.directory().organisation;
        let ending = options.ending.iter();
        let ending = ending.map(|unit| unit_named(organisation, unit));
        let publication = Publication {
            files,
            from,
            ending: ending.collect::<Result<_, _>>()?,
        };
        let published = app.publish_as(&principal, publication).await;
        let version = published.map_err(|failed| told(&failed, lang))?;
        let args = Args::new()
            .with("policy", policy)
            .with("version", version.version.to_string())
            .with("from", version.effective_on.to_string());
        let key = if version.effective_on > app.today() {
            "policy-published-ahead"
        } else {
            "policy-published"
        };
        println!("{}", render(lang, key, &args));
        Ok(ExitCode::SUCCESS)
    })
}

/// What kept a policy from it, in words.
pub(crate) fn told(failed: &Error, lang: Lang) -> Box<dyn std::error::Error> {
    in_words(failed, lang).into()
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
