/// From the count of characters, which the scanner keeps, to bytes, which findings point with.
pub(super) struct Offsets<'t> {
    text: &'t str,
    /// The byte of every [`STEP`]-th character.
    marks: Vec<usize>,
}

const STEP: usize = 64;

impl<'t> Offsets<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let marks = text
            .char_indices()
            .step_by(STEP)
            .map(|(byte, _)| byte)
            .collect();
        Self { text, marks }
    }

    /// The byte at which a character starts; past the end, the length.
    pub(super) fn byte(&self, character: usize) -> usize {
        let Some(&mark) = self.marks.get(character / STEP) else {
            return self.text.len();
        };
        let rest = self.text.get(mark..).unwrap_or_default();
        match rest.char_indices().nth(character % STEP) {
            Some((byte, _)) => mark + byte,
            None => self.text.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_finds_its_byte() {
        let text = "a客户é".repeat(100);
        let offsets = Offsets::new(&text);
        for (character, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.byte(character), byte);
        }
        assert_eq!(offsets.byte(400), text.len());
        assert_eq!(offsets.byte(usize::MAX), text.len());
    }
}
