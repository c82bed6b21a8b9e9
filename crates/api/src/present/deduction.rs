//! Accounts, what people owe them, and what months take, as they are sent.

use axum::http::StatusCode;
use huiyin_app::deductions::{
    AccountSummary, AccountUnfit, BonusesOfMonth, MonthOfAccount, account,
};
use huiyin_app::{Action, App, Error, Principal};
use huiyin_policy::model::{Account, ColumnId, Policy, PolicyId, Text};
use huiyin_policy::settle::{Deduction, Month, OpenCharge};
use huiyin_settlement::Money;
use huiyin_store::{AccountStanding, ChargeOf, Closing};
use huiyin_texts::{Args, Lang};

use super::names;
use crate::bonuses::BonusFinding;
use crate::dto::deduction::{
    BonusColumn, BonusView, BonusesView, ChargeView, ClosingView, DeductionAccountView,
    DeductionMonthView, DeductionView, EnteredBonusesView,
};
use crate::dto::form::pick;
use crate::problem::{FieldProblem, Problem};

/// How many bonuses are shown of those that were entered.
const SAMPLE_MAX: usize = 10;

/// An account as it stands.
pub(crate) fn summary(
    app: &App,
    principal: &Principal,
    of: &AccountSummary,
    lang: Lang,
) -> DeductionAccountView {
    let policy = &of.version.policy;
    let declared = account(&of.version, &of.of);
    let text = |text: Option<&Text>| text.map_or_else(String::new, |text| pick(text, lang));
    let sheet = declared.and_then(|one| policy.settlement.sheets.get(&one.cap.sheet));
    let today = app.today();
    let has_begun = |month: Month| month.first_day() <= today;
    DeductionAccountView {
        policy: of.of.policy.to_string(),
        policy_title: pick(&policy.title, lang),
        account: of.of.account.to_string(),
        title: text(declared.map(|one| &one.title)),
        clause: declared.map_or_else(String::new, |one| one.clause.to_string()),
        at_most: declared.map_or_else(String::new, |one| one.cap.at.to_string()),
        bonus_title: text(sheet.map(|sheet| &sheet.title)),
        columns: declared.map_or_else(Vec::new, |one| columns(policy, one, lang)),
        next: of.next.map(|month| month.to_string()),
        next_has_begun: of.next.is_some_and(has_begun),
        closed: of.closed.map(|month| month.to_string()),
        owed: of.owed.to_string(),
        people: of.people,
        held: of.held,
        closings: of.closings.iter().map(|one| closing(app, one)).collect(),
        may_keep: app.may(principal, Action::KeepDeductions),
    }
}

fn columns(policy: &Policy, of: &Account, lang: Lang) -> Vec<BonusColumn> {
    let cap = &of.cap;
    let sheet = policy.settlement.sheets.get(&cap.sheet);
    let column = |id: &ColumnId, may_be_left_out: bool| BonusColumn {
        id: id.to_string(),
        title: sheet
            .and_then(|sheet| sheet.columns.get(id))
            .map_or_else(|| id.to_string(), |column| pick(&column.title, lang)),
        may_be_left_out,
    };
    let needed = [column(&cap.who, false), column(&cap.of, false)];
    let others = cap.used.iter().chain([&cap.month]);
    needed
        .into_iter()
        .chain(others.map(|id| column(id, true)))
        .collect()
}

/// A closed month.
pub(crate) fn closing(app: &App, of: &Closing) -> ClosingView {
    ClosingView {
        month: of.month.to_string(),
        by: names::person(&app.directory(), of.by),
        at: names::instant(&app.calendar(), of.at),
        format: of.format.clone(),
        language: of.language.clone(),
        people: of.people,
        taken: of.taken.to_string(),
        content_hash: hex::encode(of.content_hash),
    }
}

/// A month of an account.
///
/// # Errors
/// When a sum is too large.
pub(crate) fn month(
    app: &App,
    of: &MonthOfAccount,
    lang: Lang,
) -> Result<DeductionMonthView, Error> {
    let [owed, taken, rest] = of.totals()?;
    let at_most = account(&of.version, &of.of).map(|one| one.cap.at.to_string());
    Ok(DeductionMonthView {
        month: of.month.to_string(),
        closing: of.closing.as_ref().map(|one| closing(app, one)),
        bonuses: of.entered.as_ref().map(|entered| EnteredBonusesView {
            by: names::person(&app.directory(), entered.by),
            at: names::instant(&app.calendar(), entered.at),
            people: entered.people,
        }),
        at_most: at_most.unwrap_or_default(),
        owed: owed.to_string(),
        taken: taken.to_string(),
        rest: rest.to_string(),
        people: of
            .people
            .iter()
            .map(|one| deduction(app, of, one, lang))
            .collect(),
    })
}

fn deduction(
    app: &App,
    of: &MonthOfAccount,
    one: &Deduction<ChargeOf>,
    lang: Lang,
) -> DeductionView {
    let charges = one.charges.iter().map(|part| {
        let now = Some((part.taken, part.rest().unwrap_or_default()));
        charge(app, &of.of.policy, &part.charge, (now, false), lang)
    });
    let used = one.bonus.map(|bonus| bonus.used);
    DeductionView {
        person: one.who.clone(),
        bonus: one.bonus.map(|bonus| bonus.of.to_string()),
        used: used
            .filter(|used| *used != Money::ZERO)
            .map(|used| used.to_string()),
        room: one.month.room.to_string(),
        owed: one.month.owed.to_string(),
        taken: one.month.taken.to_string(),
        rest: one.month.rest.to_string(),
        charges: charges.collect(),
    }
}

/// What is owed, charge by charge; those that are held back come last.
pub(crate) fn charges(
    app: &App,
    policy: &PolicyId,
    of: &AccountStanding,
    lang: Lang,
) -> Vec<ChargeView> {
    let open = of.charges.iter().map(|one| (one, false));
    let held = of.held.iter().map(|one| (one, true));
    let views = open
        .chain(held)
        .map(|(one, held)| charge(app, policy, one, (None, held), lang));
    views.collect()
}

/// A charge in words of the policy version that it was made under.
pub(crate) fn charge(
    app: &App,
    policy: &PolicyId,
    of: &OpenCharge<ChargeOf>,
    (now, held): (Option<(Money, Money)>, bool),
    lang: Lang,
) -> ChargeView {
    let shelf = app.shelf();
    let version = shelf.version(policy, of.of.policy_version);
    let sheet = version.and_then(|version| version.policy.settlement.sheets.get(&of.of.sheet));
    let left = || of.left().unwrap_or_default();
    ChargeView {
        person: of.who.clone(),
        case: of.of.case.to_string(),
        number: of.of.number.clone(),
        title: sheet.map_or_else(|| of.of.sheet.to_string(), |sheet| pick(&sheet.title, lang)),
        row: of.of.row.clone(),
        amount: of.amount.to_string(),
        before: of.before.to_string(),
        taken: now.map(|(taken, _)| taken.to_string()),
        rest: now.map_or_else(left, |(_, rest)| rest).to_string(),
        from: of.from.to_string(),
        working: of.of.working.clone(),
        clause: of.of.clause.to_string(),
        held,
    }
}

/// Bonuses that are to be entered, or were.
pub(crate) fn bonuses(of: &BonusesOfMonth) -> BonusesView {
    let sample = of.bonuses.iter().take(SAMPLE_MAX);
    BonusesView {
        month: of.month.to_string(),
        people: of.bonuses.len(),
        total: of.total.to_string(),
        sample: sample
            .map(|(who, bonus)| BonusView {
                person: who.clone(),
                bonus: bonus.of.to_string(),
                used: bonus.used.to_string(),
            })
            .collect(),
        without: of.without.clone(),
        entered: of.entered.is_some(),
    }
}

/// Everything that is wrong with a file of bonuses.
pub(crate) fn faulty(found: &[BonusFinding], lang: Lang) -> Problem {
    let count = Args::new().with("count", found.len());
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    let mut problem = Problem::with_args(status, "bonuses_faulty", lang, &count);
    problem.fields = found
        .iter()
        .map(|one| FieldProblem {
            field: one.column.clone().unwrap_or_default(),
            code: one.code.clone(),
            message: one.text.clone(),
            place: one.line.map(|line| line.to_string()),
        })
        .collect();
    problem
}

/// Why something can't be done with an account.
pub(crate) fn problem(unfit: &AccountUnfit, lang: Lang) -> Problem {
    let month = |month: &dyn ToString| Args::new().with("month", month.to_string());
    let (status, code, args) = match unfit {
        AccountUnfit::Closed(of) => (StatusCode::CONFLICT, "month_closed", month(of)),
        AccountUnfit::NotNext(next) => {
            let next = next.map_or_else(|| "none".to_owned(), |next| next.to_string());
            let args = Args::new().with("next", next);
            (StatusCode::CONFLICT, "month_not_next", args)
        }
        AccountUnfit::ToCome(of) => (StatusCode::CONFLICT, "month_to_come", month(of)),
        AccountUnfit::TooMany => (StatusCode::CONFLICT, "account_too_many", Args::new()),
        AccountUnfit::TooLarge => (StatusCode::CONFLICT, "account_too_large", Args::new()),
        AccountUnfit::Bonuses(found) => {
            let args = Args::new().with("count", found.len());
            (StatusCode::UNPROCESSABLE_ENTITY, "bonuses_faulty", args)
        }
    };
    Problem::with_args(status, code, lang, &args)
}
