//! `huiyin erase`: a customer's data are made unreadable for good, unless a case is under legal hold.

use std::process::ExitCode;

use huiyin_app::Clock;
use huiyin_app::hold::{ErasureError, erase_customer};
use huiyin_case::id::CaseId;
use huiyin_store::{Access, EraseError, Store};
use huiyin_texts::{Args, Lang, render};

use crate::cli::Erase;
use crate::maintain::{open, with_store};

pub(crate) fn run(options: &Erase, lang: Lang) -> ExitCode {
    let say = |key: &str, args: &Args| println!("{}", render(lang, key, args));
    if !options.yes {
        let args = Args::new().with("number", options.number.as_str());
        say("erase-unconfirmed", &args);
        return ExitCode::FAILURE;
    }
    with_store(open(&options.data, false), async |store| {
        let outcome = erase_customer(store, &options.number, Clock::system().now()).await;
        let (key, cases) = match outcome {
            Ok(erased) => {
                let args = Args::new()
                    .with("cases", erased.cases.len().to_string())
                    .with("records", erased.parties.len().to_string());
                say("erase-done", &args);
                return Ok(ExitCode::SUCCESS);
            }
            Err(ErasureError::NoCase) => ("erase-no-case", Vec::new()),
            Err(ErasureError::Refused(EraseError::Held(cases))) => ("erase-held", cases),
            Err(ErasureError::Refused(EraseError::Open(cases))) => ("erase-open", cases),
            Err(ErasureError::Refused(EraseError::Vouchers(cases))) => ("erase-vouchers", cases),
            Err(ErasureError::Refused(EraseError::Charges(cases))) => ("erase-charges", cases),
            Err(ErasureError::Refused(EraseError::Gone)) => ("erase-gone", Vec::new()),
            Err(failed) => return Err(failed.into()),
        };
        let numbers = numbers(store, &cases).await?;
        say(key, &Args::new().with("numbers", numbers.join(", ")));
        Ok(ExitCode::FAILURE)
    })
}

/// The numbers of cases, as they are printed.
async fn numbers(
    store: &Store,
    cases: &[CaseId],
) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let rows = store.case_rows(&Access::All, cases).await?;
    let numbers = rows.into_iter().filter_map(|row| row.number);
    Ok(numbers.collect())
}
