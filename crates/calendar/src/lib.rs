//! Working time: which days count, when a limit ends, and why.
//!
//! Everything here is a function of its arguments: a [`Calendar`] is built once from its [`Rules`], and
//! then answers when a [`Limit`] ends ([`Calendar::due`]), how that was counted ([`Calendar::explain`]),
//! how much working time lies between two instants, when a customer may be called ([`ContactWindow`])
//! and when a periodic duty falls due ([`Duty`]). The rule numbers T1 to T13 in the documentation
//! are those of `docs/calendar.md`.
//!
//! Instants are whole seconds: a fraction of a second is cut off before counting.

mod between;
mod calendar;
mod china;
mod contact;
mod dayhours;
mod due;
mod duty;
mod error;
mod explain;
mod json;
mod limit;
mod overlay;
mod pause;
mod provisional;
mod reporting;
mod rules;
mod table;
mod zone;

pub use calendar::Calendar;
pub use contact::{
    Attempt, ContactSeries, ContactWindow, DayPeriod, Judged, NotCounted, WindowProblem,
};
pub use dayhours::{DayHours, DayTime, HoursProblem, Interval};
pub use due::Due;
pub use duty::{Covered, Duty, Occurrence, Per, Period, PeriodProblem};
pub use error::OutOfRange;
pub use explain::{DayReason, Explanation, Half, Line, Point, Receipt, Skipped};
pub use json::{CalendarFile, Fault, Problem, answer_line, explain_line};
pub use limit::{End, Halves, Hours, Length, LengthProblem, Limit, Roll};
pub use overlay::{DayChange, Overlay};
pub use pause::Pause;
pub use reporting::{NoReportingPeriod, PeriodLength, ReportingPeriod};
pub use rules::{DayKind, DayOff, Exception, Name, Rules, Working};
pub use table::{FIRST_YEAR, LAST_YEAR};
