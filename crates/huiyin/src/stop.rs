//! `huiyin policy stop` and `resume`: the emergency stop of a version.

use std::process::ExitCode;

use huiyin_app::shelf::Version;
use huiyin_app::{App, Error};
use huiyin_policy::model::PolicyId;
use huiyin_texts::{Args, Lang, render};

use crate::cli::Order;
use crate::publish::told;
use crate::started::with_app;

/// Stops the version in force, or the one that was named.
pub(crate) fn stop(order: &Order, lang: Lang) -> ExitCode {
    with_app(&order.data, lang, async |app| {
        let principal = app.operator(order.login.as_deref()).await?;
        let policy = PolicyId::new(&order.policy);
        let in_force = || app.taken_in_under(&policy, None).map(|one| one.version);
        let stopped = async {
            let version = order.number.map_or_else(in_force, Ok)?;
            let of = (&policy, version);
            app.stop_policy(&principal, of, &order.reason).await
        };
        let version = stopped.await.map_err(|failed| told(&failed, lang))?;
        say(app, "policy-stopped", &version, lang);
        Ok(ExitCode::SUCCESS)
    })
}

/// Lifts the stop of the newest version that is stopped, or of the one that was named.
pub(crate) fn resume(order: &Order, lang: Lang) -> ExitCode {
    with_app(&order.data, lang, async |app| {
        let principal = app.operator(order.login.as_deref()).await?;
        let policy = PolicyId::new(&order.policy);
        let newest_stopped = || {
            let shelf = app.shelf();
            let mut versions = shelf.versions(&policy).rev();
            let newest = versions.find(|one| one.stop().is_some());
            newest.map(|one| one.version)
        };
        let resumed = async {
            let version = order.number.or_else(newest_stopped);
            let of = (&policy, version.ok_or(Error::NotFound)?);
            app.resume_policy(&principal, of, &order.reason).await
        };
        let version = resumed.await.map_err(|failed| told(&failed, lang))?;
        say(app, "policy-resumed", &version, lang);
        Ok(ExitCode::SUCCESS)
    })
}

/// Says what was done, and under what new cases are taken in from now on.
fn say(app: &App, key: &str, version: &Version, lang: Lang) {
    let args = Args::new()
        .with("policy", version.policy.id.as_str())
        .with("version", version.version.to_string());
    println!("{}", render(lang, key, &args));
    let (key, args) = match app.taken_in_under(&version.policy.id, None) {
        Ok(now) => ("policy-taken-in", args.with("now", now.version.to_string())),
        Err(_) => ("policy-not-taken-in", args),
    };
    println!("{}", render(lang, key, &args));
}
