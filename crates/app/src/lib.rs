//! Use cases: authorise, load, decide, append; timers, sessions, clock and ids.
//!
//! [`App`] is what every edge talks to: HTTP today, mail and messengers tomorrow. All writes go one way
//! ([`commands`]), all reads through the caller's [`authorise::access`].

pub mod account;
mod app;
pub mod attachments;
mod audit;
pub mod authorise;
pub mod calendars;
pub mod cases;
pub mod clock;
pub mod commands;
pub mod counted;
pub mod customers;
mod deliver;
mod directory;
mod duties;
pub mod duty_plan;
pub mod error;
pub mod export;
mod follow;
mod founding;
pub mod hold;
mod ids;
pub mod import;
pub mod likeness;
mod limits;
pub mod links;
pub mod live;
pub mod maintain;
pub mod mask;
pub mod migrate;
mod once;
mod opening;
pub mod operate;
pub mod organisation;
mod own_work;
pub mod password;
pub mod policies;
pub mod portal;
mod prepare;
mod principal;
pub mod progress;
mod read_only;
pub mod seals;
pub mod secret;
mod session;
pub mod settling;
pub mod shared;
pub mod shelf;
pub mod simulate;
mod source;
pub mod start;
pub mod statistics;
pub mod ties;
mod timers;
mod trial;
mod views;

pub use app::App;
pub use authorise::Action;
pub use clock::Clock;
pub use directory::Directory;
pub use error::Error;
pub use principal::{AccountRole, Principal, UnknownRole};
pub use read_only::ReadOnly;
pub use source::Wrong;
