//! Text and figures for people and machines: segmentation of Chinese and English for search, exact distributions.
//!
//! The same function cuts what is indexed and what is asked for. Chinese is cut into overlapping pairs of characters, and
//! a query is looked up as a sequence of neighbours; so everything that stands in a text is found by any piece of it of
//! one character or more, and nothing else is. A dictionary would lose this: the same characters are cut differently
//! in another context, and then the query's words are not among the text's.

mod fold;
mod histogram;
mod likeness;
mod query;
mod segment;

pub use histogram::Histogram;
pub use likeness::{Cut, likeness};
pub use query::match_expression;
pub use segment::{Token, index_text, tokens};

/// Version of the rules. An index built by another version must be built anew.
pub const SEGMENTER_VERSION: u32 = 1;
