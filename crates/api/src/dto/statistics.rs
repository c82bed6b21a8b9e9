//! Statistics and reports.

use serde::Serialize;
use utoipa::ToSchema;

use super::form::Named;
use super::offer::ClauseText;

/// Totals of one month.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MonthlyTotals {
    /// The month, `yyyy-mm`.
    pub month: String,
    /// One row for each unit, kind and thing counted.
    pub rows: Vec<MonthlyTotal>,
}

/// One total.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MonthlyTotal {
    /// Name of the unit that answers for the cases.
    pub unit: String,
    /// Kind of case.
    pub kind: String,
    /// What was counted: `opened`, `closed`, `withdrawn`, `merged`, `late`, `extended`, `reopened`, `transferred`, `refused`, `archived`; and over all
    /// clocks that the policy measures, `met` and `missed`.
    pub what: String,
    /// How many.
    pub count: u64,
}

/// What there are statistics of.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StatisticsIndex {
    /// Kinds of case of the policies in force.
    pub kinds: Vec<MeasuredKind>,
    /// Their reports.
    pub reports: Vec<ReportName>,
}

/// A kind of case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MeasuredKind {
    /// Its policy.
    pub policy: String,
    /// The policy's title.
    pub policy_title: String,
    /// Name of the kind.
    pub kind: String,
    /// Title.
    pub title: String,
    /// Whether it is about the organisation's own work and has no customer.
    pub internal: bool,
    /// Whether the policy measures anything of its cases.
    pub measured: bool,
}

/// A report that a policy asks for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReportName {
    /// Its policy.
    pub policy: String,
    /// Name of the report.
    pub report: String,
    /// Title.
    pub title: String,
    /// The clause that asks for it.
    pub clause: ClauseText,
    /// How long the time is that it is about.
    pub every: EveryWord,
    /// The last period of that length that is over, such as `2026-Q2`.
    pub latest: String,
}

/// How long the time is that a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EveryWord {
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// Three of them.
    Quarter,
    /// January to June, July to December.
    HalfYear,
    /// A calendar year.
    Year,
}

/// A report of one period.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportView {
    /// The policy in force.
    pub policy: String,
    /// Its version.
    pub policy_version: u32,
    /// Title of the policy.
    pub policy_title: String,
    /// Name of the report.
    pub report: String,
    /// Title.
    pub title: String,
    /// The clause that asks for it.
    pub clause: ClauseText,
    /// How long the time is that it is about.
    pub every: EveryWord,
    /// The period, such as `2026-Q2`.
    pub period: String,
    /// First day, inclusive.
    pub first: String,
    /// Last day, inclusive.
    pub last: String,
    /// Figures, kind by kind.
    pub kinds: Vec<KindStatistics>,
}

/// The figures of one kind of case.
#[derive(Debug, Serialize, ToSchema)]
pub struct KindStatistics {
    /// The policy in force.
    pub policy: String,
    /// The kind.
    pub kind: String,
    /// Title of the kind.
    pub title: String,
    /// First day, inclusive.
    pub first: String,
    /// Last day, inclusive.
    pub last: String,
    /// All units together.
    pub all: FiguresView,
    /// The same by the unit that answers for the cases.
    pub units: Vec<UnitFigures>,
}

/// The figures of one unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitFigures {
    /// The unit; absent for the cases that no unit answers for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Named>,
    /// Its figures.
    pub figures: FiguresView,
}

/// What was counted and measured. Every figure counts cases; those behind it are listed by `GET /cases` with `measure`.
#[derive(Debug, Serialize, ToSchema)]
pub struct FiguresView {
    /// Counts kept of every kind.
    pub counts: Vec<CountFigure>,
    /// What the policy measures.
    pub measures: Vec<MeasureFigure>,
}

/// A count.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountFigure {
    /// `opened`, `closed`, `withdrawn`, `merged`, `late`, `extended`, `reopened`, `transferred`, `refused` or `archived`.
    pub measure: String,
    /// Title.
    pub title: String,
    /// Which cases are counted.
    pub definition: String,
    /// How many.
    pub cases: u64,
}

/// A measure of the policy.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureFigure {
    /// Name in the policy.
    pub measure: String,
    /// Title.
    pub title: String,
    /// How it comes about.
    pub definition: String,
    /// The clause that asks for it.
    pub clause: ClauseText,
    /// What it came to.
    pub figure: FigureView,
    /// What it is to reach; absent where the policy has no target.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<TargetView>,
}

/// A share that is to be reached.
#[derive(Debug, Serialize, ToSchema)]
pub struct TargetView {
    /// The share, such as `90%`.
    pub share: String,
    /// How many cases more would have had to count to reach it; 0 if it is reached.
    pub lacking: u64,
}

/// What a measure came to. Shares are in thousandths, rounded half up, and absent where there is nothing to share.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FigureView {
    /// Durations.
    Duration(DurationFigure),
    /// Whether a clock was met.
    InTime(InTimeFigure),
    /// Cases by choice.
    Tally(TallyFigure),
    /// A share of the cases of a tally.
    Rate(RateFigure),
    /// What cases come to together.
    Sum(SumFigure),
}

/// Durations.
#[derive(Debug, Serialize, ToSchema)]
pub struct DurationFigure {
    /// In what they are counted.
    pub unit: UnitOfTime,
    /// How many cases.
    pub cases: u64,
    /// The value in the middle, or halfway between the two there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub median: Option<f64>,
    /// The smallest value than which nine in ten cases took no longer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p90: Option<u32>,
    /// How many took no longer than the limits of interest.
    pub within: Vec<WithinFigure>,
    /// How many cases took how long, in order; values that don't occur are left out.
    pub values: Vec<ValueFigure>,
}

/// Units of durations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnitOfTime {
    /// Working days, not counting the first.
    WorkingDays,
    /// Calendar days, not counting the first.
    Days,
    /// Hours, a part as a whole one.
    Hours,
}

/// How many took no longer.
#[derive(Debug, Serialize, ToSchema)]
pub struct WithinFigure {
    /// Than this, inclusive.
    pub limit: u32,
    /// How many cases.
    pub cases: u64,
    /// Their share in thousandths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permille: Option<u64>,
}

/// How many cases took so long.
#[derive(Debug, Serialize, ToSchema)]
pub struct ValueFigure {
    /// The duration.
    pub value: u32,
    /// How many cases.
    pub cases: u64,
}

/// Whether a clock was met.
#[derive(Debug, Serialize, ToSchema)]
pub struct InTimeFigure {
    /// In time: the class `met`.
    pub met: u64,
    /// Too late, or run out: the class `missed`.
    pub missed: u64,
    /// The share of those in time, in thousandths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permille: Option<u64>,
}

/// Cases by choice.
#[derive(Debug, Serialize, ToSchema)]
pub struct TallyFigure {
    /// How many cases.
    pub cases: u64,
    /// By choice, in the order of the policy.
    pub classes: Vec<ClassFigure>,
}

/// Cases with one choice.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClassFigure {
    /// The choice; `-` for none on record.
    pub class: String,
    /// Title; absent for `-`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How many choices stand above it in their tree and count its cases too; 0 for all others.
    pub depth: usize,
    /// How many cases, of a category with all below it.
    pub cases: u64,
    /// Their share in thousandths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permille: Option<u64>,
}

/// A share of the cases of a tally.
#[derive(Debug, Serialize, ToSchema)]
pub struct RateFigure {
    /// The tally.
    pub of: String,
    /// The choices counted.
    pub classes: Vec<String>,
    /// Cases with one of them.
    pub cases: u64,
    /// Among so many.
    pub among: u64,
    /// The share in thousandths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permille: Option<u64>,
}

/// What cases come to together.
#[derive(Debug, Serialize, ToSchema)]
pub struct SumFigure {
    /// What is added up.
    pub of: Summed,
    /// How many cases have an amount on record.
    pub cases: u64,
    /// Their sum, an exact decimal.
    pub sum: String,
    /// By choice, in the order of the policy; empty if the sum is not split.
    pub classes: Vec<SumClass>,
}

/// What is added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Summed {
    /// Yuan, with two decimal places.
    Money,
    /// A whole number.
    Number,
}

/// What the cases with one choice come to.
#[derive(Debug, Serialize, ToSchema)]
pub struct SumClass {
    /// The choice; `-` for none on record.
    pub class: String,
    /// Title; absent for `-`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How many choices stand above it in their tree and count its cases too; 0 for all others.
    pub depth: usize,
    /// How many cases, of a category with all below it.
    pub cases: u64,
    /// Their sum, an exact decimal.
    pub sum: String,
}
