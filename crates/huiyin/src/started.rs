//! The application for a command that works on data in use and then ends.

use std::process::ExitCode;
use std::sync::Arc;

use huiyin_api::in_words;
use huiyin_app::start::{Config, Started, is_set_up, start};
use huiyin_app::{App, Error, Principal};
use huiyin_texts::{Args, Lang, render};

use crate::cli::DataDir;
use crate::maintain::{Outcome, with_runtime};
use crate::operate;

/// Starts the application as the server does, works with it and closes it. A database that is behind is upgraded first,
/// which is told on the error output; without that nothing is done.
pub(crate) fn with_app(
    data: &DataDir,
    lang: Lang,
    work: impl AsyncFnOnce(&Arc<App>) -> Outcome,
) -> ExitCode {
    with_runtime(async {
        if !is_set_up(&data.data) {
            let args = Args::new().with("path", data.data.display().to_string());
            return Err(render(lang, "import-no-data", &args).into());
        }
        let config = Config {
            database: data.database()?,
            ..Config::new(data.data.clone(), Vec::new())
        };
        let (app, upgrade) = match start(config).await {
            Ok(Started { app, upgrade, .. }) => (app, upgrade),
            Err(error) => return Ok(operate::failed::start(&error, lang)),
        };
        let outcome = match upgrade {
            Some(Err(failed)) => Ok(operate::failed::upgrade(&failed, lang)),
            Some(Ok(upgraded)) => {
                eprintln!("{}", operate::upgrade_in_words(&upgraded, lang));
                work(&app).await
            }
            None => work(&app).await,
        };
        app.store().close().await;
        outcome
    })
}

/// Whoever has this login; unknown is said in words.
pub(crate) async fn caller(
    app: &App,
    login: &str,
    lang: Lang,
) -> Result<Principal, Box<dyn std::error::Error>> {
    let found = app.operator(Some(login)).await;
    found.map_err(|failed| match failed {
        Error::NotFound => {
            let args = Args::new().with("login", login);
            render(lang, "no-such-login", &args).into()
        }
        failed => in_words(&failed, lang).into(),
    })
}
