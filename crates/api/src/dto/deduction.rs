//! Accounts, what people owe them, and what months take.

use serde::Serialize;
use utoipa::ToSchema;

use super::people::PersonName;

/// An account as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeductionAccountView {
    /// The policy.
    pub policy: String,
    /// Title of the policy.
    pub policy_title: String,
    /// The account that it declares.
    pub account: String,
    /// Title of the account.
    pub title: String,
    /// The clause behind it.
    pub clause: String,
    /// The share of a bonus that may be taken, such as `50%`.
    pub at_most: String,
    /// What a share is taken of, such as an efficiency bonus.
    pub bonus_title: String,
    /// Columns of a file with bonuses, in the caller's language; those that may be left out come after the others.
    pub columns: Vec<BonusColumn>,
    /// The month to be closed next, `yyyy-mm`; absent while nothing is owed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Whether that month has begun.
    pub next_has_begun: bool,
    /// The last month that was closed; absent before the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed: Option<String>,
    /// What is owed in all, in yuan.
    pub owed: String,
    /// By how many people.
    pub people: usize,
    /// How many charges something open holds back.
    pub held: usize,
    /// Closed months, the last first; those are left out that have a case which the caller doesn't see.
    pub closings: Vec<ClosingView>,
    /// Whether the caller may enter bonuses and close months.
    pub may_keep: bool,
}

/// A column of a file with bonuses.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BonusColumn {
    /// Its name.
    pub id: String,
    /// Its title, which a file may have instead.
    pub title: String,
    /// Whether it may be left out.
    pub may_be_left_out: bool,
}

/// A month that was closed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClosingView {
    /// The month, `yyyy-mm`.
    pub month: String,
    /// Who closed it.
    pub by: PersonName,
    /// When, RFC 3339.
    pub at: String,
    /// Form of the table that was given out: `csv`, `xlsx` or `jsonl`.
    pub format: String,
    /// Language of its headings.
    pub language: String,
    /// Of how many people something was owed.
    pub people: u32,
    /// What was taken of them all, in yuan; below zero if more was given back.
    pub taken: String,
    /// What it holds: SHA-256 over people, amounts and charges, in hexadecimal digits.
    pub content_hash: String,
}

/// A month of an account: as it was closed, or what closing it would take.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeductionMonthView {
    /// The month, `yyyy-mm`.
    pub month: String,
    /// How it was closed; absent as long as it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closing: Option<ClosingView>,
    /// The bonuses that count, as long as it is open; absent if none were entered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bonuses: Option<EnteredBonusesView>,
    /// The share of a bonus that may be taken.
    pub at_most: String,
    /// What is owed in all, in yuan.
    pub owed: String,
    /// What is taken in all.
    pub taken: String,
    /// What is carried on in all.
    pub rest: String,
    /// Whoever owes something, or is given something back, by name.
    pub people: Vec<DeductionView>,
}

/// Bonuses that were entered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EnteredBonusesView {
    /// Who entered them.
    pub by: PersonName,
    /// When, RFC 3339.
    pub at: String,
    /// Of how many people.
    pub people: u32,
}

/// What a month takes of one person. Amounts are in yuan.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeductionView {
    /// Who.
    pub person: String,
    /// The bonus of the month; absent if none was entered, and then nothing is taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bonus: Option<String>,
    /// What others took of it already; absent if nothing was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub used: Option<String>,
    /// The most that may be taken.
    pub room: String,
    /// What is owed; below zero if too much was taken before.
    pub owed: String,
    /// What is taken; below zero if it is given back.
    pub taken: String,
    /// What is carried on.
    pub rest: String,
    /// Charge by charge, the oldest first.
    pub charges: Vec<ChargeView>,
}

/// A charge to somebody's account. Amounts are in yuan.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChargeView {
    /// Who owes it.
    pub person: String,
    /// Id of the case.
    pub case: String,
    /// The case's number.
    pub number: String,
    /// What it is for: the sheet of the form, in words.
    pub title: String,
    /// The row of it.
    pub row: String,
    /// The amount; zero if it was taken back.
    pub amount: String,
    /// What earlier months took of it.
    pub before: String,
    /// What this month takes of it; absent where no month is asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken: Option<String>,
    /// What is still owed of it afterwards.
    pub rest: String,
    /// The month of the first taking.
    pub from: String,
    /// The figures that the amount was worked out of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working: Option<String>,
    /// The clause behind it.
    pub clause: String,
    /// Whether something open holds it back.
    pub held: bool,
}

/// Bonuses that are to be entered, or were.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BonusesView {
    /// The month.
    pub month: String,
    /// Of how many people.
    pub people: usize,
    /// What they add up to, in yuan.
    pub total: String,
    /// The first of them, by name.
    pub sample: Vec<BonusView>,
    /// Who owes something and has no bonus: nothing is taken of them.
    pub without: Vec<String>,
    /// Whether they were entered.
    pub entered: bool,
}

/// A bonus.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BonusView {
    /// Whose.
    pub person: String,
    /// The amount, in yuan.
    pub bonus: String,
    /// What others took of it already.
    pub used: String,
}
