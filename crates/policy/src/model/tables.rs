//! Clauses, parameters, roles, numbers, notices and the tables of amounts.

use huiyin_calendar::{Limit, Period};
use huiyin_settlement::{Bands, Money, Percent};

use super::{ChoiceId, ClauseId, FactPath, LadderId, PositionId, RoleId};

/// A text in the two languages of the product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// One numbered clause of the written policy.
#[derive(Debug, Clone)]
pub struct Clause {
    /// What kinds of thing it lays down.
    pub marks: Vec<Mark>,
    /// What it says, in the policy's own words.
    pub text: Text,
    /// Names of the tests over HTTP that show what a scenario in memory can't.
    pub shown_by: Vec<String>,
}

/// Something kept with the policy: its legal basis, who interprets it, its aims (P1.15).
#[derive(Debug, Clone)]
pub struct About {
    /// What it is, e.g. 制定依据.
    pub title: Text,
    /// What is said.
    pub text: Text,
    /// The clause that asks for it.
    pub clause: ClauseId,
}

/// Advice on conduct, shown where a form is filled in.
#[derive(Debug, Clone)]
pub struct Guidance {
    /// What is advised.
    pub text: Text,
    /// The clause that advises it.
    pub clause: ClauseId,
}

/// What a clause lays down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// The engine enforces or computes it.
    Rule,
    /// A field, form, number or printed copy.
    Form,
    /// A deadline, a window or a periodic duty.
    Clock,
    /// A statistic, summary, ledger or list.
    Report,
    /// Conduct advice, shown and recorded but not enforced.
    Guide,
    /// How the policy itself is kept.
    Admin,
}

/// A figure set when an organisation adopts the policy.
#[derive(Debug, Clone)]
pub struct Param {
    /// Name.
    pub title: Text,
    /// What may be set.
    pub ty: ParamType,
    /// Its value: the default, what the organisation set, or what a unit set of its own; `None` keeps the policy from going live.
    pub value: Option<ParamValue>,
    /// What a unit that adopts the policy may set it to.
    pub units: UnitRule,
    /// The clause that leaves the blank.
    pub clause: ClauseId,
}

/// What kind of value a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParamType {
    /// A whole number.
    Integer,
    /// An amount.
    Money,
    /// A share of 100.
    Percent,
    /// A limit.
    Limit,
    /// How often a duty is due.
    Period,
    /// A text.
    Text,
}

/// What a unit that adopts the policy may set a parameter to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnitRule {
    /// Nothing else than the organisation.
    #[default]
    Fixed,
    /// Anything that the policy can be run with.
    Any,
    /// As much as the organisation, or less.
    AtMost,
    /// As much as the organisation, or more.
    AtLeast,
}

/// A parameter's value.
#[derive(Debug, Clone, PartialEq)]
pub enum ParamValue {
    /// A whole number.
    Integer(i64),
    /// An amount.
    Money(Money),
    /// A share of 100.
    Percent(Percent),
    /// A limit.
    Limit(Limit),
    /// How often a duty is due.
    Period(Period),
    /// A text, such as a phone number.
    Text(String),
}

/// Who is meant by one of the policy's names for people.
#[derive(Debug, Clone)]
pub struct Role {
    /// Name, e.g. 客服专员.
    pub title: Text,
    /// The position in the organisation that has this role; `None` means every employee.
    pub position: Option<PositionId>,
}

/// A way by which cases come in (渠道).
#[derive(Debug, Clone)]
pub struct Channel {
    /// Name, e.g. 电话.
    pub title: Text,
}

/// How numbers of a series are formed.
#[derive(Debug, Clone)]
pub struct Series {
    /// Fixed text before the date.
    pub prefix: String,
    /// When the serial starts again at 1; decides which parts of the date are printed.
    pub restart: SeriesRestart,
    /// Least number of digits of the serial; more are used when they are needed (P2.2).
    pub serial_digits_min: u8,
    /// The clause that sets the format.
    pub clause: ClauseId,
}

/// When a serial starts again at 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeriesRestart {
    /// Each year; the date is printed as `yyyy`.
    Year,
    /// Each month; the date is printed as `yymm` (P2.2, P3.3).
    Month,
    /// Each day; the date is printed as `yymmdd`.
    Day,
}

/// A message to people inside the organisation.
#[derive(Debug, Clone)]
pub struct Notice {
    /// Subject line. Nothing personal may stand in it.
    pub title: Text,
    /// Body, with `{number}`, `{clock}`, `{due}` and `{step}` filled in. Nothing personal may stand in it.
    pub text: Text,
}

/// An exact partition of an amount into who decides or what follows (审批权限).
#[derive(Debug, Clone)]
pub struct Band {
    /// The fact that holds the amount; `None` if only sheets apply the band, to amounts of their own.
    pub of: Option<FactPath>,
    /// The ladder that its grades stand on.
    pub ladder: Option<LadderId>,
    /// The rows.
    pub rows: Bands<BandOutcome>,
    /// The clause that draws the bands.
    pub clause: ClauseId,
}

/// What a band stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BandOutcome {
    /// Whoever has this role decides.
    Decider(RoleId),
    /// A grade of the band's ladder follows (P3.23).
    Grade(ChoiceId),
}
