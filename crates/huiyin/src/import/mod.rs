//! `huiyin import`: brings in historical cases, on a data directory that no server has open.

mod rejected;
mod rows;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use huiyin_api::message_in_words;
use huiyin_app::App;
use huiyin_diagnostic::{Findings, Message, Sources};
use huiyin_exchange::{Checked, Mapping, Sheet, World, read};
use huiyin_policy::SourceFile;
use huiyin_policy::model::Policy;
use huiyin_texts::{Args, Lang, render};

use crate::cli::{Import, ImportCases};
use crate::findings;
use crate::maintain::Outcome;
use crate::started::with_app;
use rejected::Rejected;
use rows::{Counts, Importer};

type Failure = Box<dyn std::error::Error>;

/// Exit code 0 when no row was rejected.
pub(crate) fn run(command: &Import, lang: Lang) -> ExitCode {
    let Import::Cases(options) = command;
    let mapping = match bytes_of(&options.mapping, lang) {
        Ok(mapping) => SourceFile::new(file_name(&options.mapping), mapping),
        Err(missing) => {
            eprintln!("{missing}");
            return ExitCode::FAILURE;
        }
    };
    with_app(&options.data, lang, async |app| {
        import(app, &mapping, options, lang).await
    })
}

async fn import(
    app: &Arc<App>,
    mapping_file: &SourceFile,
    options: &ImportCases,
    lang: Lang,
) -> Outcome {
    let folder = options.mapping.parent().unwrap_or(Path::new(""));
    let shelf = app.shelf();
    let policies: Vec<Arc<Policy>> = shelf
        .all_in_force(app.today())
        .map(|version| Arc::clone(&version.policy))
        .collect();
    let Checked {
        mapping,
        findings,
        sources,
    } = Mapping::check(mapping_file, &policies);
    let Some(mapping) = mapping else {
        print(&findings, &sources, folder, lang);
        return Ok(ExitCode::FAILURE);
    };
    let policy = policies.iter().find(|policy| policy.id == mapping.policy);
    let policy = policy.expect("the mapping was checked against these policies");
    let sheet = sheet(options, &mapping, lang)?;
    let bound = match mapping.bind(&sheet.columns) {
        Ok(bound) => bound,
        Err(findings) => {
            print(&findings, &sources, folder, lang);
            return Ok(ExitCode::FAILURE);
        }
    };
    let principal = app.operator(options.login.as_deref()).await?;
    if !options.dry_run {
        app.begin_import(&principal, &mapping.source).await?;
    }
    let directory = app.directory();
    let importer = Importer {
        app,
        principal: &principal,
        bound: &bound,
        world: World {
            policy,
            calendar: &shelf.calendars().of(policy).calendar,
            organisation: &directory.organisation,
        },
        dry_run: options.dry_run,
        lang,
    };
    let (counts, rejected) = importer.run(&sheet.rows).await?;
    if !options.dry_run {
        app.store().seal(app.now()).await?;
    }
    report(counts, &rejected, options, lang)
}

fn sheet(options: &ImportCases, mapping: &Mapping, lang: Lang) -> Result<Sheet, Failure> {
    let bytes = bytes_of(&options.file, lang)?;
    let sheet = read(&file_name(&options.file), bytes, &mapping.reading);
    sheet.map_err(|unreadable| words(&unreadable.0, lang).into())
}

/// Says how it went, and leaves the list of rejected rows beside the file; an earlier list is out of date in any case.
fn report(counts: Counts, rejected: &Rejected, options: &ImportCases, lang: Lang) -> Outcome {
    let mut list = options.file.clone().into_os_string();
    list.push(".rejected.csv");
    let list = PathBuf::from(list);
    rejected
        .write(&list, lang)
        .map_err(|_| told("import-list-not-written", &list, lang))?;
    let args = Args::new()
        .with("new", counts.new)
        .with("known", counts.known)
        .with("rejected", rejected.rows())
        .with("list", list.display().to_string());
    let key = if options.dry_run {
        "import-would-do"
    } else {
        "import-done"
    };
    println!("{}", render(lang, key, &args));
    if rejected.rows() == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    println!("{}", render(lang, "import-rejected", &args));
    Ok(ExitCode::FAILURE)
}

fn print(findings: &Findings, sources: &Sources, folder: &Path, lang: Lang) {
    for finding in findings.iter() {
        let folder = folder.display().to_string();
        eprintln!("{}", findings::to_text(finding, sources, &folder, lang));
    }
}

fn words(message: &Message, lang: Lang) -> String {
    message_in_words(message, lang)
}

fn bytes_of(path: &Path, lang: Lang) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|_| told("import-no-file", path, lang))
}

fn told(key: &str, path: &Path, lang: Lang) -> String {
    render(
        lang,
        key,
        &Args::new().with("path", path.display().to_string()),
    )
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}
