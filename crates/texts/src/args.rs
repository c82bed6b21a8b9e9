//! Arguments of messages.

use fluent_bundle::{FluentArgs, FluentValue};

/// The named arguments of a message.
///
/// ```
/// use huiyin_texts::Args;
///
/// let args = Args::new().with("name", "春节").with("days", 9);
/// ```
#[derive(Debug, Default)]
pub struct Args<'a> {
    pub(crate) fluent: FluentArgs<'a>,
}

impl<'a> Args<'a> {
    /// No arguments yet.
    pub fn new() -> Args<'a> {
        Args::default()
    }

    /// These and one more; a text or a number.
    pub fn with(mut self, name: &'a str, value: impl Into<FluentValue<'a>>) -> Args<'a> {
        self.fluent.set(name, value);
        self
    }
}
