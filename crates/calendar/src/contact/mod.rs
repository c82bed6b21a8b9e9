//! When a customer may be called, and whether he was called often enough (T12).

mod series;
mod window;

pub use series::{Attempt, ContactSeries, Judged, NotCounted};
pub use window::{ContactWindow, DayPeriod, WindowProblem};
