//! The policy language: text to checked policy, clause view, process map.
//!
//! [`check()`] turns the files of one policy's folder into a sealed [`model::Policy`] and a list of
//! findings. Nothing here reads files, asks the time or speaks a language: files come in as bytes,
//! findings go out as codes with arguments.

pub mod case_facts;
mod check;
pub mod codes;
pub mod condition;
pub mod grammar;
pub mod model;
mod proof;
pub mod settle;
pub mod show;
pub mod yaml;

pub use check::{
    Checked, OWN_CALENDAR, SourceFile, adopted_in_tests, brought_calendar, calendar_of_file, check,
    check_adopted, is_calendar_name, is_policy_file, own_parameter,
};
