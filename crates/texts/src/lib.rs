//! Texts: messages in zh-CN and en, used at the edges.
//!
//! Rooms inside speak in codes and arguments; whoever shows them to a person calls [`render`] with the
//! person's [`Lang`]. Messages are Fluent files under `texts/`, one per area and language, listed in
//! `resources.rs`. [`calendar`] puts the lines of an explained deadline into words.

mod args;
pub mod calendar;
mod lang;
mod limit;
mod messages;
mod resources;

pub use args::Args;
pub use lang::{Lang, UnknownLang};
pub use limit::limit_in_words;
pub use messages::{has, render};
