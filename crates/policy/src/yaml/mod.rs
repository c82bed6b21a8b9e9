//! YAML files as trees of values with places, within fixed budgets.
//!
//! A policy needs no anchors, aliases, merge keys or tags, and a file that uses them is refused:
//! what a reader sees is what the policy says, and no file can unfold into more than it shows.

mod decode;
pub mod limits;
mod offsets;
mod reader;
mod tree;

pub use decode::decode;
pub use reader::read;
pub use tree::{Entry, Node, Shape, Tree};
