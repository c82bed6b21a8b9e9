//! `huiyin policy migrate`: has the open cases of a policy go on under a newer version.

use std::process::ExitCode;

use huiyin_api::misfit_in_words;
use huiyin_app::migrate::Left;
use huiyin_app::shelf::Shelf;
use huiyin_policy::model::PolicyId;
use huiyin_texts::{Args, Lang, render};

use crate::cli::MigrateCases;
use crate::progress::{advance, bar};
use crate::started::with_app;

/// Why nothing is migrated.
#[derive(Debug, thiserror::Error)]
#[error("policy `{policy}` is not published, or has no version {version}")]
struct NoVersion {
    policy: String,
    version: u32,
}

/// Exit code 0 when no case stays as it is.
pub(crate) fn run(options: &MigrateCases, lang: Lang) -> ExitCode {
    with_app(&options.data, lang, async |app| {
        let (policy, shelf) = (PolicyId::new(&options.policy), app.shelf());
        if shelf.version(&policy, options.to).is_none() {
            let (policy, version) = (options.policy.clone(), options.to);
            return Err(NoVersion { policy, version }.into());
        }
        let principal = app.operator(options.login.as_deref()).await?;
        let to = (&policy, options.to);
        let reason = options.reason.as_deref().filter(|_| !options.dry_run);
        let bar = bar(0);
        let mut tell = |step| advance(&bar, step);
        let migrated = app.migrate_all(&principal, to, reason, &mut tell).await;
        bar.finish_and_clear();
        let migrated = migrated?;
        if !options.dry_run {
            app.store().seal(app.now()).await?;
        }
        let key = if options.dry_run {
            "migration-would"
        } else {
            "migration-done"
        };
        let args = Args::new()
            .with("policy", options.policy.as_str())
            .with("to", options.to)
            .with("migrated", migrated.migrated)
            .with("left", migrated.left.len());
        println!("{}", render(lang, key, &args));
        for left in &migrated.left {
            println!("  {}", words(&shelf, to, left, lang));
        }
        Ok(if migrated.left.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    })
}

/// A case that stays as it is, with everything that does not fit.
fn words(shelf: &Shelf, (policy, to): (&PolicyId, u32), left: &Left, lang: Lang) -> String {
    let versions = [left.version, to].map(|version| shelf.policy(policy, version));
    let versions: Vec<_> = versions.into_iter().flatten().collect();
    let misfits = left.misfits.iter();
    let misfits = misfits.map(|misfit| misfit_in_words(&versions, Some(&left.kind), misfit, lang));
    let args = Args::new()
        .with("number", left.number.as_str())
        .with("version", left.version)
        .with("misfits", misfits.collect::<Vec<_>>().join("; "));
    render(lang, "migration-left", &args)
}
