//! `huiyin backup`, `restore`, `upgrade`, `support-bundle`.

pub(crate) mod failed;

use std::collections::BTreeMap;
use std::process::ExitCode;

use huiyin_app::Clock;
use huiyin_app::operate::upgrade::{Extent, UpgradeError, Upgraded};
use huiyin_app::operate::{backup as backups, bundle, restore as restoring, upgrade as upgrading};
use huiyin_app::shared;
use huiyin_app::start::segmenter;
use huiyin_calendar::Calendar;
use huiyin_store::Options;
use huiyin_texts::{Args, Lang, render};
use jiff::Timestamp;

use crate::cli::{Backup, DataDir, Restore, SupportBundle, Upgrade};
use crate::maintain::{Outcome, with_runtime};

pub(crate) fn backup(options: &Backup, lang: Lang) -> ExitCode {
    let request = backups::Request {
        data: &options.data.data,
        to: &options.to,
        with_key: options.with_key,
    };
    with_runtime(async {
        let manifest = match backups::backup(request, Clock::system().now()).await {
            Ok(manifest) => manifest,
            Err(error) => return Ok(failed::backup(&error, lang)),
        };
        let args = Args::new()
            .with("file", options.to.display().to_string())
            .with("cases", manifest.cases.to_string())
            .with("events", manifest.position.to_string())
            .with(
                "key",
                if manifest.has_key() {
                    "with"
                } else {
                    "without"
                },
            );
        say(lang, "backup-done", &args);
        say(lang, "backup-key", &args);
        Ok(ExitCode::SUCCESS)
    })
}

pub(crate) fn restore(options: &Restore, lang: Lang) -> ExitCode {
    let request = restoring::Request {
        from: &options.from,
        data: &options.data.data,
        key: options.key.as_deref(),
    };
    with_runtime(async {
        let restored = match restoring::restore(request).await {
            Ok(restored) => restored,
            Err(error) => return Ok(failed::restore(&error, lang)),
        };
        let last = restored.last_recorded_at;
        let args = Args::new()
            .with("data", options.data.data.display().to_string())
            .with("cases", restored.cases.to_string())
            .with("events", restored.events.to_string())
            .with("begun", in_words(restored.manifest.begun_at.parse().ok()))
            .with("last", in_words(last))
            .with(
                "schema",
                if restored.is_behind {
                    "behind"
                } else {
                    "current"
                },
            );
        say(lang, "restore-done", &args);
        Ok(ExitCode::SUCCESS)
    })
}

pub(crate) fn migrate(data: DataDir, lang: Lang) -> ExitCode {
    with_runtime(async {
        let Some(url) = data.database()? else {
            let options = Upgrade {
                data,
                only_try: false,
            };
            return carry_out(&options, lang).await;
        };
        let number = shared::migrate(&url).await?;
        let args = Args::new().with("number", number.to_string());
        say(lang, "migrate-done", &args);
        Ok(ExitCode::SUCCESS)
    })
}

pub(crate) fn upgrade(options: &Upgrade, lang: Lang) -> ExitCode {
    with_runtime(async { carry_out(options, lang).await })
}

async fn carry_out(options: &Upgrade, lang: Lang) -> Outcome {
    let data = &options.data.data;
    let extent = if options.only_try {
        Extent::Tried
    } else {
        Extent::Made
    };
    let store = Options::new(segmenter());
    match upgrading::upgrade(data, store, extent, Clock::system().now()).await {
        Ok(None) => say(lang, "upgrade-nothing", &Args::new()),
        Ok(Some(upgraded)) => say_upgrade(&Ok(upgraded), lang),
        Err(error) => return Ok(failed::start(&error, lang)),
    }
    Ok(ExitCode::SUCCESS)
}

/// Says what became of an upgrade.
pub(crate) fn say_upgrade(upgrade: &Result<Upgraded, UpgradeError>, lang: Lang) {
    match upgrade {
        Ok(upgraded) => println!("{}", upgrade_in_words(upgraded, lang)),
        Err(error) => {
            failed::upgrade(error, lang);
        }
    }
}

/// Says what an upgrade led to.
pub(crate) fn upgrade_in_words(upgraded: &Upgraded, lang: Lang) -> String {
    let args = Args::new()
        .with("from", upgraded.schema.applied.to_string())
        .with("to", upgraded.schema.known.to_string())
        .with("cases", upgraded.cases.to_string())
        .with("corrected", upgraded.corrected.to_string());
    match &upgraded.kept {
        Some(kept) => {
            let args = args.with("kept", kept.display().to_string());
            render(lang, "upgrade-done", &args)
        }
        None => render(lang, "upgrade-tried", &args),
    }
}

pub(crate) fn support_bundle(options: &SupportBundle, lang: Lang) -> ExitCode {
    let request = bundle::Request {
        data: &options.data.data,
        to: &options.to,
        log: options.log.as_deref(),
        settings: BTreeMap::from([("lang", lang.to_string())]),
    };
    with_runtime(async {
        match bundle::bundle(&request, Clock::system().now()).await {
            Ok(parts) => {
                let args = Args::new()
                    .with("file", options.to.display().to_string())
                    .with("parts", parts.join(" "));
                say(lang, "bundle-done", &args);
                Ok(ExitCode::SUCCESS)
            }
            Err(error) => Ok(failed::bundle(&error, lang)),
        }
    })
}

fn say(lang: Lang, key: &str, args: &Args) {
    println!("{}", render(lang, key, args));
}

/// A moment in the time of the calendar; a dash if there is none.
fn in_words(at: Option<Timestamp>) -> String {
    at.map_or_else(
        || "-".to_owned(),
        |at| {
            Calendar::china()
                .local(at)
                .strftime("%Y-%m-%d %H:%M:%S")
                .to_string()
        },
    )
}
