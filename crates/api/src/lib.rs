//! HTTP: routes, OpenAPI, problems, live updates.
//!
//! A thin edge: a route reads the request, calls one use case of [`huiyin_app`], and renders the answer in the caller's
//! language. Nothing is decided here.

mod address;
mod body;
pub mod bonuses;
mod caller;
mod cookie;
mod dto;
pub mod export;
mod origin;
mod present;
mod problem;
mod query;
mod read_only;
mod router;
mod routes;
mod upload;

pub use dto::statistics::{FigureView, ReportView, UnitOfTime};
pub use present::error::{RefusedRule, in_words, refusal_in_words};
pub use present::finding::message_in_words;
pub use present::misfit::misfit_in_words;
pub use present::statistics::report as report_view;
pub use router::{Server, document, router};
