//! The segmenter of the search index, given to the store so that index and query use the same one.

use std::fmt;

/// How text becomes tokens and queries become expressions.
#[derive(Clone, Copy)]
pub struct Segmenter {
    /// Version of the rules. When it differs from the one the index was built with, the index must be built anew.
    pub version: u32,
    /// The tokens of a text, folded, separated by spaces.
    pub tokens: fn(&str) -> String,
    /// The match expression of a query, quoted; `None` when there is nothing to look for.
    pub query: fn(&str) -> Option<String>,
}

impl Segmenter {
    pub(crate) fn tokens(&self, text: &str) -> String {
        (self.tokens)(text)
    }
}

impl fmt::Debug for Segmenter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Segmenter")
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}
