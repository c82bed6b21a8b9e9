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
        let value = shortened(value.into(), Self::ARGUMENT_CHARS_MAX);
        self.args.push((name, value));
        self
    }

    /// Adds a list of what may be written; it is shortened to [`Self::LIST_CHARS_MAX`].
    #[must_use]
    pub fn with_list(mut self, name: &'static str, value: impl Into<String>) -> Self {
        let value = shortened(value.into(), Self::LIST_CHARS_MAX);
        self.args.push((name, value));
        self
    }

    /// The longest list that is shown in full, in characters: every list of the language's own words is shorter.
    pub const LIST_CHARS_MAX: usize = 600;

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

fn shortened(value: String, chars_max: usize) -> String {
    match value.char_indices().nth(chars_max) {
        Some((end, _)) => format!("{}…", value.get(..end).unwrap_or_default()),
        None => value,
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
