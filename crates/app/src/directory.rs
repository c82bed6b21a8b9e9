//! The organisation as last read from the store: replaced as a whole, never changed in place.

use huiyin_case::organisation::Organisation;

/// The organisation with its name.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    /// Name of the organisation.
    pub name: String,
    /// Units, people, positions.
    pub organisation: Organisation,
}
