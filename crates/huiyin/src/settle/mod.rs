//! `huiyin settle`: a policy's sheets worked out on the rows of a file.

mod json;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::process::ExitCode;

use huiyin_policy::check;
use huiyin_policy::model::Policy;
use huiyin_policy::settle::{Problem, Raw, Settled, settle};
use huiyin_policy::show::settled_text;
use huiyin_texts::{Args, Lang, render};

use crate::cli::Settle;
use crate::fail;
use crate::policy::{language, print_checked};
use crate::shipped::{NoPolicy, policy_files};

/// The largest file with rows, in bytes.
const FILE_BYTES_MAX: u64 = 16 * 1024 * 1024;

#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error(transparent)]
    Policy(#[from] NoPolicy),
    #[error("`{0}` can't be read")]
    File(String, #[source] io::Error),
    #[error("`{0}` is larger than {FILE_BYTES_MAX} bytes")]
    TooLarge(String),
    #[error("`{0}` is not JSON")]
    NotJson(String, #[source] serde_json::Error),
}

/// Exit code 0 when everything was settled, also if something is open.
pub(crate) fn run(options: &Settle, lang: Lang) -> ExitCode {
    let outcome = settle_file(options, lang);
    outcome.unwrap_or_else(|failed| fail(&failed))
}

fn settle_file(options: &Settle, lang: Lang) -> Result<ExitCode, Failed> {
    let checked = check(&policy_files(&options.policy)?);
    let Some(policy) = &checked.policy else {
        print_checked(&checked, &options.policy, lang);
        return Ok(ExitCode::FAILURE);
    };
    let rows = read(&options.file)?;
    Ok(match settle(policy, &rows) {
        Ok(settled) => {
            print(policy, &settled, options.json, lang);
            ExitCode::SUCCESS
        }
        Err(problems) => {
            print_problems(&problems, options.json, lang);
            ExitCode::FAILURE
        }
    })
}

fn read(path: &Path) -> Result<Raw, Failed> {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| Failed::File(name.clone(), error))?;
    file.take(FILE_BYTES_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failed::File(name.clone(), error))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > FILE_BYTES_MAX {
        return Err(Failed::TooLarge(name));
    }
    huiyin_exchange::json_rows(&bytes).map_err(|error| Failed::NotJson(name, error))
}

fn print(policy: &Policy, settled: &Settled, as_json: bool, lang: Lang) {
    match as_json {
        true => println!("{:#}", json::settled(policy, settled, language(lang))),
        false => print!("{}", settled_text(policy, settled, language(lang))),
    }
}

fn print_problems(problems: &[Problem], as_json: bool, lang: Lang) {
    let worded = |problem: &Problem| {
        let (key, args) = problem.wrong.key();
        let say = |suffix: &str| {
            let args = args.iter();
            let args = args.fold(Args::new(), |args, (name, value)| {
                args.with(name, value.as_str())
            });
            render(lang, &format!("settle-{key}{suffix}"), &args)
        };
        (key, say(""), say("-help"))
    };
    if as_json {
        let problems = problems.iter().map(|problem| {
            let (key, text, help) = worded(problem);
            serde_json::json!({"path": problem.path, "problem": key, "text": text, "help": help})
        });
        let problems: Vec<serde_json::Value> = problems.collect();
        println!("{:#}", serde_json::json!({ "problems": problems }));
        return;
    }
    for problem in problems {
        let (_, text, help) = worded(problem);
        let heading = render(lang, "finding-help", &Args::new());
        let place = match problem.path.as_str() {
            "" => String::new(),
            path => format!("{path}: "),
        };
        eprintln!("{place}{text}\n  {heading}: {help}");
    }
    let args = Args::new().with("count", problems.len());
    eprintln!("{}", render(lang, "settle-problems", &args));
}
