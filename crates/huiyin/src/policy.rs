//! `huiyin policy`: check, test, show, clauses, diff, schema.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use huiyin_calendar::Calendar;
use huiyin_policy::model::{KindId, Mark, Policy};
use huiyin_policy::show::{Language, clause_view, diff, process_svg, process_text};
use huiyin_policy::{Checked, SourceFile, adopted_in_tests, brought_calendar, check};
use huiyin_scenario::{coverage, run as run_tests};
use huiyin_texts::{Args, Lang, render};

use crate::cli::{Format, MapFormat, Policy as Command};
use crate::{
    adopt, draft, fail, files, findings, migrate, new_policy, publish, schema, simulate, stop,
};

pub(crate) fn run(command: &Command, lang: Lang) -> ExitCode {
    let outcome = match command {
        Command::Check { paths, format } => check_all(paths, *format, lang),
        Command::Test { paths, coverage } => test_all(paths, *coverage, lang),
        Command::Show { path, kind, format } => show(path, kind.as_deref(), *format, lang),
        Command::New { folder } => return new_policy::run(folder, lang),
        Command::Publish(options) => return publish::run(options, lang),
        Command::Adopt(options) => return adopt::run(options, lang),
        Command::Adoptions(options) => return adopt::list(options, lang),
        Command::Draft(options) => return draft::run(options, lang),
        Command::Stop(order) => return stop::stop(order, lang),
        Command::Resume(order) => return stop::resume(order, lang),
        Command::Schema => return schema::run(),
        Command::Clauses { path } => clauses(path, lang),
        Command::Migrate(options) => return migrate::run(options, lang),
        Command::Simulate(options) => return simulate::run(options, lang),
        Command::Diff { old, new } => difference(old, new, lang),
    };
    outcome.unwrap_or_else(|failed| fail(&failed))
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Failed {
    #[error("the policy folder can't be read")]
    Folder(#[from] io::Error),
    #[error("the policy has no kind `{0}`")]
    Kind(String),
}

/// Exit code 0 when no policy has an error.
fn check_all(paths: &[PathBuf], format: Format, lang: Lang) -> Result<ExitCode, Failed> {
    let folders = files::policy_folders(paths)?;
    let mut all_good = true;
    let mut as_json = Vec::new();
    for folder in &folders {
        let name = folder.display().to_string();
        let checked = check(&files::read_folder(folder)?);
        all_good &= checked.policy.is_some();
        match format {
            Format::Json => as_json.extend(
                checked
                    .findings
                    .iter()
                    .map(|one| findings::to_json(one, &checked.sources, &name, lang)),
            ),
            Format::Text => print_checked(&checked, &name, lang),
        }
    }
    if matches!(format, Format::Json) {
        println!("{:#}", serde_json::Value::Array(as_json));
    }
    Ok(if all_good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Prints what checking a folder gave.
pub(crate) fn print_checked(checked: &Checked, folder: &str, lang: Lang) {
    for finding in checked.findings.iter() {
        println!(
            "{}",
            findings::to_text(finding, &checked.sources, folder, lang)
        );
    }
    let (key, count) = match (&checked.policy, checked.findings.iter().count()) {
        (Some(_), 0) => ("policy-clean", 0),
        (Some(_), count) => ("policy-usable", count),
        (None, count) => ("policy-wrong", count),
    };
    println!(
        "{}",
        render(
            lang,
            key,
            &Args::new()
                .with("folder", folder)
                .with("count", count.to_string())
        )
    );
}

/// Exit code 0 when every test of every policy passes and, with the table, every clause is shown.
fn test_all(paths: &[PathBuf], with_coverage: bool, lang: Lang) -> Result<ExitCode, Failed> {
    let (mut passed, mut failed) = (0_usize, 0_usize);
    let mut all_good = true;
    for folder in files::policy_folders(paths)? {
        let name = folder.display().to_string();
        let sources = adopted_in_tests(&files::read_folder(&folder)?);
        let checked = check(&sources);
        let Some(policy) = &checked.policy else {
            print_checked(&checked, &name, lang);
            all_good = false;
            continue;
        };
        let Some(calendar) = calendar_of(policy, &sources) else {
            print_checked(&checked, &name, lang);
            all_good = false;
            continue;
        };
        let run = run_tests(policy, &calendar, &sources);
        for problem in run.problems() {
            println!("{}", findings::to_text(problem, &run.sources, &name, lang));
        }
        all_good &= run.passed();
        let good = run
            .outcomes
            .iter()
            .filter(|outcome| outcome.failure.is_none())
            .count();
        passed += good;
        failed += run.outcomes.len() - good;
        if with_coverage {
            all_good &= print_coverage(policy, &coverage(policy, &run.outcomes), lang);
        }
    }
    println!("{passed} passed, {failed} failed");
    Ok(if all_good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Working time in the tests of a policy: the calendar that its folder brings along, or the built-in one where it names none.
/// `None` for one that is not in the folder, of which the check has told.
fn calendar_of(policy: &Policy, sources: &[SourceFile]) -> Option<Calendar> {
    match &policy.calendar {
        None => Some(Calendar::china()),
        Some(name) => brought_calendar(sources, name).map(|(calendar, _)| calendar),
    }
}

/// Prints what shows each clause, and gives whether every one is shown.
fn print_coverage(policy: &Policy, covered: &[huiyin_scenario::Covered], lang: Lang) -> bool {
    println!("{}", language(lang).of(&policy.title));
    let mut all_shown = true;
    for clause in covered {
        let words = |marks: &mut dyn Iterator<Item = Mark>| {
            let marks = marks.map(|mark| render(lang, mark_key(mark), &Args::new()));
            marks.collect::<Vec<String>>().join("/")
        };
        let mut shown: Vec<String> = clause.tests.clone();
        shown.extend(clause.http.iter().map(|test| {
            let args = Args::new().with("test", test.as_str());
            render(lang, "coverage-http", &args)
        }));
        if clause.elements > 0 {
            let args = Args::new().with("count", clause.elements.to_string());
            shown.push(render(lang, "coverage-data", &args));
        }
        let bare = words(&mut clause.bare());
        if !bare.is_empty() {
            all_shown = false;
            shown.insert(
                0,
                render(lang, "coverage-bare", &Args::new().with("marks", bare)),
            );
        }
        println!(
            "  {:<8} {:<8} {}",
            clause.clause.to_string(),
            words(&mut clause.marks.iter().copied()),
            shown.join(" · ")
        );
    }
    all_shown
}

const fn mark_key(mark: Mark) -> &'static str {
    match mark {
        Mark::Rule => "mark-rule",
        Mark::Form => "mark-form",
        Mark::Clock => "mark-clock",
        Mark::Report => "mark-report",
        Mark::Guide => "mark-guide",
        Mark::Admin => "mark-admin",
    }
}

fn show(
    path: &Path,
    kind: Option<&str>,
    format: MapFormat,
    lang: Lang,
) -> Result<ExitCode, Failed> {
    let Some(policy) = checked_policy(path, lang)? else {
        return Ok(ExitCode::FAILURE);
    };
    if let Some(kind) = kind.filter(|kind| !policy.kinds.contains_key(&KindId::new(kind))) {
        return Err(Failed::Kind(kind.to_owned()));
    }
    let kinds = policy
        .kinds
        .iter()
        .filter(|(id, _)| kind.is_none_or(|kind| id.as_str() == kind));
    for (_, kind) in kinds {
        match format {
            MapFormat::Text => println!("{}", process_text(&policy, kind, language(lang))),
            MapFormat::Svg => println!("{}", process_svg(&policy, kind, language(lang))),
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn clauses(path: &Path, lang: Lang) -> Result<ExitCode, Failed> {
    let Some(policy) = checked_policy(path, lang)? else {
        return Ok(ExitCode::FAILURE);
    };
    println!("{}", clause_view(&policy, language(lang)));
    Ok(ExitCode::SUCCESS)
}

/// Exit code 0 if nothing differs, 1 if something does or a version has errors.
fn difference(old: &Path, new: &Path, lang: Lang) -> Result<ExitCode, Failed> {
    let (old, new) = (checked_policy(old, lang)?, checked_policy(new, lang)?);
    let Some((old, new)) = old.zip(new) else {
        return Ok(ExitCode::FAILURE);
    };
    let text = diff(&old, &new, language(lang));
    if text.is_empty() {
        println!("{}", render(lang, "policy-no-difference", &Args::new()));
        return Ok(ExitCode::SUCCESS);
    }
    print!("{text}");
    Ok(ExitCode::FAILURE)
}

/// The policy of a folder; its findings are printed when it has errors.
fn checked_policy(path: &Path, lang: Lang) -> Result<Option<Policy>, Failed> {
    let sources: Vec<SourceFile> = files::read_folder(path)?;
    let checked = check(&sources);
    if checked.policy.is_none() {
        print_checked(&checked, &path.display().to_string(), lang);
    }
    Ok(checked.policy)
}

/// The language in which a policy is shown.
pub(crate) const fn language(lang: Lang) -> Language {
    match lang {
        Lang::ZhCn => Language::ZhCn,
        Lang::En => Language::En,
    }
}
