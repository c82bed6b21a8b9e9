//! The only place that knows how calendars, requests and answers are written as JSON.

mod answer;
mod calendar_file;
mod days;
mod problem;
mod reader;
mod request;

pub use answer::{answer_line, explain_line};
pub use calendar_file::CalendarFile;
pub use problem::{Fault, Problem};
