/// A sentence not yet worded: a key of the text catalogue and its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    key: String,
    args: Vec<(&'static str, String)>,
}

impl Message {
    /// A message without arguments.
    #[must_use]
    pub fn new(key: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            args: Vec::new(),
        }
    }

    /// Adds an argument; what came from the file is shortened to [`Self::ARGUMENT_CHARS_MAX`].
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        let value = value.into();
        let shortened = match value.char_indices().nth(Self::ARGUMENT_CHARS_MAX) {
            Some((end, _)) => format!("{}…", value.get(..end).unwrap_or_default()),
            None => value,
        };
        self.args.push((name, shortened));
        self
    }

    /// The longest argument that is shown in full, in characters.
    pub const ARGUMENT_CHARS_MAX: usize = 200;

    /// The key in the text catalogue.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The arguments in the order they were added.
    #[must_use]
    pub fn args(&self) -> &[(&'static str, String)] {
        &self.args
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_megabyte_of_argument_is_not_repeated_in_the_message() {
        let message = Message::new("key").with("name", "长".repeat(1_000_000));
        assert_eq!(
            message.args()[0].1.chars().count(),
            Message::ARGUMENT_CHARS_MAX + 1
        );
    }
}
