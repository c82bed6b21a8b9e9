//! One file per group of routes, one function per route.

pub(crate) mod attachments;
pub(crate) mod cases;
pub(crate) mod commands;
mod counted;
pub(crate) mod customers;
pub(crate) mod deputies;
pub(crate) mod duties;
pub(crate) mod exports;
pub(crate) mod extend;
pub(crate) mod health;
pub(crate) mod leaving;
pub(crate) mod levels;
pub(crate) mod live;
pub(crate) mod organisation;
pub(crate) mod parties;
pub(crate) mod people;
pub(crate) mod policies;
pub(crate) mod portal;
pub(crate) mod portal_files;
pub(crate) mod raise;
pub(crate) mod receipts;
pub(crate) mod seals;
pub(crate) mod session;
pub(crate) mod settling;
pub(crate) mod statistics;
pub(crate) mod test_clock;
pub(crate) mod ties;
