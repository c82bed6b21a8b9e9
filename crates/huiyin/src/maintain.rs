//! `huiyin verify`, also while a server runs; `rebuild` and `reindex`, on a data directory that no server has open. A database
//! on a server can be used by all of them at any time.

use std::process::ExitCode;

use huiyin_app::maintain;
use huiyin_app::shared::{open_shared, open_shared_read_only};
use huiyin_app::start::{open_shelf, open_store, open_store_read_only};
use huiyin_case::id::CaseId;
use huiyin_store::{Difference, Finding, Store};
use huiyin_texts::{Args, Lang, render};

use crate::cli::DataDir;
use crate::fail;

/// How a command ends.
pub(crate) type Outcome = Result<ExitCode, Box<dyn std::error::Error>>;

pub(crate) fn verify(data: &DataDir, lang: Lang) -> ExitCode {
    let open = open(data, true);
    with_store(open, async |store| {
        let verified = store.verify(None).await?;
        for finding in &verified.findings {
            println!("{}", finding_in_words(finding, lang));
        }
        if verified.findings_total > 0 {
            println!(
                "{}",
                render(
                    lang,
                    "verify-bad",
                    &Args::new().with("count", verified.findings_total.to_string())
                )
            );
            return Ok(ExitCode::FAILURE);
        }
        let args = Args::new()
            .with("events", verified.events.to_string())
            .with("cases", verified.cases.to_string())
            .with("attachments", verified.attachments.to_string());
        println!("{}", render(lang, "verify-good", &args));
        if let Some(checkpoint) = store.checkpoint().await? {
            println!("{checkpoint}");
        }
        Ok(ExitCode::SUCCESS)
    })
}

pub(crate) fn rebuild(options: &crate::cli::Rebuild, lang: Lang) -> ExitCode {
    with_store(open(&options.data, false), async |store| {
        let shelf = open_shelf(store).await?;
        let rebuilt = maintain::rebuild(store, &shelf, options.repair).await?;
        for difference in &rebuilt.differences {
            println!("{}", difference_in_words(difference, lang));
        }
        let count = rebuilt.differences.len();
        if count > 0 {
            println!(
                "{}",
                render(
                    lang,
                    "rebuild-bad",
                    &Args::new().with("count", count.to_string())
                )
            );
            return Ok(if options.repair {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            });
        }
        println!(
            "{}",
            render(
                lang,
                "rebuild-good",
                &Args::new().with("cases", rebuilt.cases.to_string())
            )
        );
        Ok(ExitCode::SUCCESS)
    })
}

pub(crate) fn reindex(data: &DataDir, lang: Lang) -> ExitCode {
    with_store(open(data, false), async |store| {
        let shelf = open_shelf(store).await?;
        let cases = maintain::reindex(store, &shelf).await?;
        println!(
            "{}",
            render(
                lang,
                "reindex-done",
                &Args::new().with("cases", cases.to_string())
            )
        );
        Ok(ExitCode::SUCCESS)
    })
}

fn finding_in_words(finding: &Finding, lang: Lang) -> String {
    let of_case = |key, case: &CaseId, seq: u32| {
        render(
            lang,
            key,
            &Args::new()
                .with("case", case.to_string())
                .with("seq", seq.to_string()),
        )
    };
    let at = |key, position: &i64| {
        render(
            lang,
            key,
            &Args::new().with("position", position.to_string()),
        )
    };
    match finding {
        Finding::Changed { case, seq } => of_case("verify-changed", case, *seq),
        Finding::Gap { case, seq } => of_case("verify-gap", case, *seq),
        Finding::Added { case, seq } => of_case("verify-added", case, *seq),
        Finding::Position(position) => at("verify-position", position),
        Finding::Audit(position) => at("verify-audit", position),
        Finding::Sealed { stream, seq } => render(
            lang,
            "verify-sealed",
            &Args::new()
                .with("stream", stream.as_str())
                .with("seq", seq.to_string()),
        ),
        Finding::Tree { size } => render(
            lang,
            "verify-tree",
            &Args::new().with("size", size.to_string()),
        ),
        Finding::AttachmentMissing { case, seq } => {
            of_case("verify-attachment-missing", case, *seq)
        }
        Finding::AttachmentChanged { case, seq } => {
            of_case("verify-attachment-changed", case, *seq)
        }
        Finding::Checkpoint(_) => render(lang, "verify-checkpoint", &Args::new()),
        Finding::CutOff { expected, found } => {
            let args = Args::new()
                .with("expected", expected.to_string())
                .with("found", found.to_string());
            render(lang, "verify-cut-off", &args)
        }
    }
}

fn difference_in_words(difference: &Difference, lang: Lang) -> String {
    let args = Args::new().with("what", difference.what.as_str());
    match difference.case {
        Some(case) => render(
            lang,
            "rebuild-difference",
            &args.with("case", case.to_string()),
        ),
        None => render(lang, "rebuild-difference-totals", &args),
    }
}

/// Opens the database on a server if one was named, or else that of the data directory.
pub(crate) async fn open(
    data: &DataDir,
    read_only: bool,
) -> Result<Store, Box<dyn std::error::Error>> {
    Ok(match data.database()? {
        Some(url) if read_only => open_shared_read_only(&data.data, &url).await?,
        Some(url) => open_shared(&data.data, &url).await?,
        None if read_only => open_store_read_only(&data.data).await?,
        None => open_store(&data.data).await?,
    })
}

/// Opens a store, works on it and closes it again.
pub(crate) fn with_store(
    open: impl Future<Output = Result<Store, Box<dyn std::error::Error>>>,
    work: impl AsyncFnOnce(&Store) -> Outcome,
) -> ExitCode {
    with_runtime(async {
        let store = open.await?;
        let outcome = work(&store).await;
        store.close().await;
        outcome
    })
}

/// Runs a command to its end.
pub(crate) fn with_runtime(work: impl Future<Output = Outcome>) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error),
    };
    runtime.block_on(work).unwrap_or_else(|error| fail(&*error))
}
