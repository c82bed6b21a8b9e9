//! Clocks: limits that watch the record and never move a case.

use huiyin_calendar::{End, Length, Limit};
use indexmap::IndexMap;

use super::{
    ChoiceId, ClauseId, ClockId, FactPath, Moment, NoticeId, ParamId, PauseReasonId, Selector,
    StepId, Text,
};
use crate::condition::Condition;

/// A limit with a start, a stop, pauses and warnings (时限).
#[derive(Debug, Clone)]
pub struct Clock {
    /// Name, e.g. 首次反馈时限.
    pub title: Text,
    /// Any of these starts it, or starts it anew once it has stopped.
    pub start: Vec<Moment>,
    /// It starts only if this holds at its start.
    pub when: Option<Condition>,
    /// It stops once every moment of any one of these sets has happened since it started.
    pub stop: Vec<Vec<Moment>>,
    /// Moments that move its start while it runs (P1.4: the transfer).
    pub restart: Option<Restart>,
    /// How long it runs: the first row that fits.
    pub length: Vec<LengthRow>,
    /// Reasons for which it may pause, if any clause allows it.
    pub pause: Option<PauseRule>,
    /// Who may give it more time, if any clause allows it.
    pub extend: Option<ExtendRule>,
    /// Warnings before it is due.
    pub warn: Vec<Warning>,
    /// Whom to tell once it is overdue.
    pub late: Vec<LateNotice>,
    /// The clause that sets the limit.
    pub clause: ClauseId,
}

/// Moments that move a running clock's start.
#[derive(Debug, Clone)]
pub struct Restart {
    /// Any of these moments.
    pub on: Vec<Moment>,
    /// How often at most, so that handing a case to and fro gains no time; `None`: any number of times.
    pub times_max: Option<u32>,
}

/// One row of a clock's length.
#[derive(Debug, Clone)]
pub struct LengthRow {
    /// Only if this holds at the start; the last row has none.
    pub when: Option<Condition>,
    /// The limit.
    pub amount: Amount,
    /// The clause that says so; that of the clock if the row names none.
    pub clause: Option<ClauseId>,
}

/// A limit written down, or left to a parameter.
#[derive(Debug, Clone)]
pub enum Amount {
    /// Written in the policy.
    Fixed(Limit),
    /// Set on adoption.
    Param(ParamId),
    /// Until the end of the date that a fact names.
    Until(FactPath, End),
}

/// Who may pause a clock, and why.
#[derive(Debug, Clone)]
pub struct PauseRule {
    /// Who may.
    pub by: Selector,
    /// The reasons that count.
    pub reasons: IndexMap<PauseReasonId, Text>,
    /// The clause that allows it.
    pub clause: ClauseId,
}

/// Who may give a running clock more time (延期), and how much at most.
#[derive(Debug, Clone)]
pub struct ExtendRule {
    /// Who may.
    pub by: Selector,
    /// Only if this holds when it is granted.
    pub when: Option<Condition>,
    /// The longest it may take in all. It is counted, and ends and rolls, as the clock does.
    pub cap: ExtensionCap,
    /// From when the cap is counted.
    pub counted_from: CountedFrom,
    /// How often since then; `None`: any number of times.
    pub times_max: Option<u32>,
    /// The clause that allows it.
    pub clause: ClauseId,
}

/// The longest a clock may take with all its extensions.
#[derive(Debug, Clone)]
pub enum ExtensionCap {
    /// Written in the policy.
    Fixed(Length),
    /// Set on adoption.
    Param(ParamId),
}

/// From when a cap is counted, and so which extensions it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountedFrom {
    /// From the start of the clock, whatever restarts it had since.
    Start,
    /// From its last restart, or its start if it had none.
    LastRestart,
}

/// A warning before a clock is due.
#[derive(Debug, Clone)]
pub struct Warning {
    /// Seconds before the due moment, elapsed time.
    pub before_seconds: i64,
    /// What is sent.
    pub notice: NoticeId,
    /// To whom.
    pub to: Selector,
    /// The clause that asks for it.
    pub clause: Option<ClauseId>,
}

/// What is sent once a clock is overdue.
#[derive(Debug, Clone)]
pub struct LateNotice {
    /// What is sent.
    pub notice: NoticeId,
    /// To whom.
    pub to: Selector,
    /// The clause that asks for it.
    pub clause: Option<ClauseId>,
}

/// Parts of a clock given to steps or spans of steps; the checker proves that they add up to the whole (P3.18), or to no more
/// than it where nobody has the rest (P2.12).
#[derive(Debug, Clone)]
pub struct Shares {
    /// The whole.
    pub of: ClockId,
    /// The parts in the order of the flow.
    pub parts: Vec<Share>,
    /// What is left of the whole.
    pub rest: Rest,
    /// Warnings before any of them ends.
    pub warn: Vec<Warning>,
    /// What is sent once any of them is overdue.
    pub late: Vec<LateNotice>,
    /// The clause that divides it.
    pub clause: ClauseId,
}

impl Shares {
    /// All shares, each before those within it.
    pub fn all(&self) -> impl Iterator<Item = &Share> {
        self.parts.iter().flat_map(Share::all)
    }
}

/// What is left of a whole when its shares are given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// Nothing: the shares add up to the whole.
    None,
    /// Some of it may be nobody's: the shares add up to no more than the whole.
    Nobodys,
}

/// One part: runs from entering `from` until leaving `to`.
#[derive(Debug, Clone)]
pub struct Share {
    /// The clock it runs as.
    pub clock: ClockId,
    /// What it is called; `None`: as the step in which it begins.
    pub title: Option<Text>,
    /// First step of the span.
    pub from: StepId,
    /// Last step of the span, inclusive; may equal `from`.
    pub to: StepId,
    /// How long.
    pub limits: ShareLimits,
    /// What of it is given on to steps within the span, in the order of the flow; the rest stays with this share (P2.12).
    pub of_which: Vec<Share>,
}

impl Share {
    /// It, and all shares within it, each before those within that.
    pub fn all(&self) -> Box<dyn Iterator<Item = &Share> + '_> {
        Box::new(std::iter::once(self).chain(self.of_which.iter().flat_map(Share::all)))
    }
}

/// The length of a share: one figure, or one per value of the choice that the whole depends on.
#[derive(Debug, Clone)]
pub enum ShareLimits {
    /// The same in every case.
    One(Limit),
    /// By the value of a choice (P3.17: home or abroad).
    By(FactPath, IndexMap<ChoiceId, Limit>),
}
