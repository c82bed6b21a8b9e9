//! `huiyin deductions`: what people owe, the bonuses of a month, and closing it.

use std::path::Path;
use std::process::ExitCode;

use huiyin_api::bonuses::{BonusFile, BonusesRefused, bonuses_from_file};
use huiyin_api::export::{DeductionTable, deduction_table};
use huiyin_api::in_words;
use huiyin_app::deductions::{MonthForm, MonthOfAccount};
use huiyin_app::{App, Error, Principal};
use huiyin_exchange::Format;
use huiyin_policy::model::{AccountId, PolicyId};
use huiyin_policy::settle::Month;
use huiyin_store::AccountKey;
use huiyin_texts::{Args, Lang, render};

use crate::cli::{CloseMonth, Deductions, EnterBonuses, FetchMonth, OfAccount};
use crate::started::{caller, with_app};

type Failure = Box<dyn std::error::Error>;

pub(crate) fn run(command: &Deductions, lang: Lang) -> ExitCode {
    match command {
        Deductions::Charges(of) => {
            with_app(&of.data, lang, async |app| charges(app, of, lang).await)
        }
        Deductions::Bonuses(options) => with_app(&options.of.data, lang, async |app| {
            bonuses(app, options, lang).await
        }),
        Deductions::Close(options) => with_app(&options.of.data, lang, async |app| {
            close(app, options, lang).await
        }),
        Deductions::Months(of) => with_app(&of.data, lang, async |app| months(app, of, lang).await),
        Deductions::Fetch(options) => with_app(&options.of.data, lang, async |app| {
            fetch(app, options, lang).await
        }),
    }
}

async fn charges(app: &App, options: &OfAccount, lang: Lang) -> Result<ExitCode, Failure> {
    let (who, of) = asked(app, options, lang).await?;
    let standing = app.account_charges(&who, &of).await;
    let standing = standing.map_err(|failed| told(&failed, lang))?;
    let held = standing.held.iter().map(|one| (one, "deductions-held"));
    let open = standing
        .charges
        .iter()
        .map(|one| (one, "deductions-charge"));
    for (charge, key) in open.chain(held) {
        let args = Args::new()
            .with("person", charge.who.as_str())
            .with("case", charge.of.number.as_str())
            .with("row", charge.of.row.as_str())
            .with("amount", charge.amount.to_string())
            .with("before", charge.before.to_string())
            .with("left", charge.left().unwrap_or_default().to_string())
            .with("from", charge.from.to_string())
            .with("clause", charge.of.clause.as_str());
        println!("{}", render(lang, key, &args));
    }
    Ok(ExitCode::SUCCESS)
}

async fn bonuses(app: &App, options: &EnterBonuses, lang: Lang) -> Result<ExitCode, Failure> {
    let (who, of) = asked(app, &options.of, lang).await?;
    let month = month_of(&options.month, lang)?;
    let name = options.file.display().to_string();
    let file = BonusFile {
        name: &name,
        bytes: std::fs::read(&options.file)?,
    };
    let done = bonuses_from_file(app, &who, (&of, month), file, (options.dry_run, lang)).await;
    let done = match done {
        Ok(done) => done,
        Err(BonusesRefused::App(failed)) => return Err(told(&failed, lang)),
        Err(BonusesRefused::File(found)) => {
            for one in &found {
                eprintln!("{}", one.text);
            }
            let args = Args::new().with("count", found.len());
            return Err(render(lang, "problem-bonuses-faulty", &args).into());
        }
    };
    let key = match done.entered {
        Some(_) => "deductions-entered",
        None => "deductions-would-enter",
    };
    let args = Args::new()
        .with("month", month.to_string())
        .with("count", done.bonuses.len().to_string())
        .with("total", done.total.to_string());
    println!("{}", render(lang, key, &args));
    for person in &done.without {
        let args = Args::new().with("person", person.as_str());
        println!("{}", render(lang, "deductions-without", &args));
    }
    Ok(ExitCode::SUCCESS)
}

async fn close(app: &App, options: &CloseMonth, lang: Lang) -> Result<ExitCode, Failure> {
    let (who, of) = asked(app, &options.of, lang).await?;
    let month = month_of(&options.month, lang)?;
    let format: Format = options.table.format.parse()?;
    let Some(out) = options
        .table
        .out
        .as_deref()
        .filter(|_| !options.table.dry_run)
    else {
        let plan = app.account_month(&who, &of, month).await;
        let plan = plan.map_err(|failed| told(&failed, lang))?;
        print_month(&plan, "deductions-would-close", lang)?;
        return Ok(ExitCode::SUCCESS);
    };
    let form = MonthForm {
        format: format.to_string(),
        language: lang.to_string(),
    };
    let closed = app.close_month(&who, &of, month, &form).await;
    let closed = closed.map_err(|failed| told(&failed, lang))?;
    print_month(&closed, "deductions-closed", lang)?;
    let table = (DeductionTable::People, format, lang);
    write(app, &closed, table, out, lang)?;
    Ok(ExitCode::SUCCESS)
}

async fn months(app: &App, options: &OfAccount, lang: Lang) -> Result<ExitCode, Failure> {
    let (who, of) = asked(app, options, lang).await?;
    let accounts = app.deduction_accounts(&who).await;
    let accounts = accounts.map_err(|failed| told(&failed, lang))?;
    for account in accounts.iter().filter(|account| account.of == of) {
        for closing in &account.closings {
            let directory = app.directory();
            let by = directory.organisation.persons.get(&closing.by);
            let args = Args::new()
                .with("month", closing.month.to_string())
                .with("at", app.calendar().written(closing.at))
                .with("by", by.map_or("", |person| person.name.as_str()))
                .with("count", closing.people.to_string())
                .with("taken", closing.taken.to_string())
                .with("hash", hex::encode(closing.content_hash));
            println!("{}", render(lang, "deductions-month", &args));
        }
        let args = Args::new()
            .with("owed", account.owed.to_string())
            .with("count", account.people.to_string());
        let (key, args) = match account.next {
            Some(next) => ("deductions-next", args.with("month", next.to_string())),
            None => ("deductions-nothing", args),
        };
        println!("{}", render(lang, key, &args));
    }
    Ok(ExitCode::SUCCESS)
}

async fn fetch(app: &App, options: &FetchMonth, lang: Lang) -> Result<ExitCode, Failure> {
    let (who, of) = asked(app, &options.of, lang).await?;
    let month = month_of(&options.month, lang)?;
    let found = app.account_month(&who, &of, month).await;
    let found = found.map_err(|failed| told(&failed, lang))?;
    let Some(closing) = &found.closing else {
        return Err(told(&Error::NotFound, lang));
    };
    let format = options
        .table
        .format
        .as_ref()
        .unwrap_or(&closing.format)
        .parse()?;
    let spoken = closing.language.parse().unwrap_or(lang);
    let which = match options.charges {
        true => DeductionTable::Charges,
        false => DeductionTable::People,
    };
    write(
        app,
        &found,
        (which, format, spoken),
        &options.table.out,
        lang,
    )?;
    Ok(ExitCode::SUCCESS)
}

/// Who asks about which account.
async fn asked(
    app: &App,
    options: &OfAccount,
    lang: Lang,
) -> Result<(Principal, AccountKey), Failure> {
    let who = caller(app, &options.login, lang).await?;
    let accounts = app.deduction_accounts(&who).await;
    let accounts = accounts.map_err(|failed| told(&failed, lang))?;
    let named = options
        .account
        .as_deref()
        .and_then(|text| text.split_once('/'));
    let named = named.map(|(policy, account)| AccountKey {
        policy: PolicyId::new(policy),
        account: AccountId::new(account),
    });
    let mut fitting = accounts.into_iter().map(|account| account.of);
    let found: Vec<AccountKey> = match (&named, &options.account) {
        (Some(named), _) => fitting.filter(|of| of == named).collect(),
        (None, Some(_)) => Vec::new(),
        (None, None) => fitting.by_ref().collect(),
    };
    match <[AccountKey; 1]>::try_from(found) {
        Ok([of]) => Ok((who, of)),
        Err(found) => {
            let known = found
                .iter()
                .map(|of| format!("{}/{}", of.policy, of.account));
            let known = known.collect::<Vec<String>>().join(", ");
            let key = match (&options.account, known.is_empty()) {
                (Some(_), _) => "deductions-no-account",
                (None, true) => "deductions-no-accounts",
                (None, false) => "deductions-which-account",
            };
            let args = Args::new()
                .with("account", options.account.clone().unwrap_or_default())
                .with("known", known);
            Err(render(lang, key, &args).into())
        }
    }
}

fn month_of(text: &str, lang: Lang) -> Result<Month, Failure> {
    text.parse()
        .map_err(|()| render(lang, "problem-month-unreadable-help", &Args::new()).into())
}

fn told(failed: &Error, lang: Lang) -> Failure {
    in_words(failed, lang).into()
}

fn print_month(of: &MonthOfAccount, key: &str, lang: Lang) -> Result<(), Failure> {
    for person in &of.people {
        let month = person.month;
        let args = Args::new()
            .with("person", person.who.as_str())
            .with("owed", month.owed.to_string())
            .with("room", month.room.to_string())
            .with("taken", month.taken.to_string())
            .with("rest", month.rest.to_string());
        let key = match person.bonus {
            Some(_) => "deductions-person",
            None if !month.owed.is_negative() => "deductions-person-without",
            None => "deductions-person",
        };
        println!("{}", render(lang, key, &args));
    }
    let [owed, taken, rest] = of.totals().map_err(|failed| told(&failed, lang))?;
    let hash = of.closing.as_ref();
    let args = Args::new()
        .with("month", of.month.to_string())
        .with("count", of.people.len().to_string())
        .with("owed", owed.to_string())
        .with("taken", taken.to_string())
        .with("rest", rest.to_string())
        .with(
            "hash",
            hash.map_or_else(String::new, |one| hex::encode(one.content_hash)),
        );
    println!("{}", render(lang, key, &args));
    Ok(())
}

/// Writes a table of a closed month. If that fails the month is closed all the same, which is said.
fn write(
    app: &App,
    of: &MonthOfAccount,
    (which, format, spoken): (DeductionTable, Format, Lang),
    out: &Path,
    lang: Lang,
) -> Result<(), Failure> {
    let written = deduction_table(app, of, which, format, spoken)
        .map_err(Failure::from)
        .and_then(|bytes| Ok(std::fs::write(out, bytes)?));
    let args = Args::new()
        .with("month", of.month.to_string())
        .with("path", out.display().to_string());
    if written.is_err() {
        eprintln!("{}", render(lang, "deductions-not-written", &args));
    } else {
        println!("{}", render(lang, "deductions-written", &args));
    }
    written
}
