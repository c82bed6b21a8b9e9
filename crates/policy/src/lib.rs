//! The policy language: text to checked policy, clause view, process map.

pub mod condition;
pub mod model;
