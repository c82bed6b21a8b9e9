/// First and last character of the ranges that take two columns on a terminal (East Asian Wide
/// and Fullwidth), rounded to whole blocks.
const WIDE: [(char, char); 12] = [
    ('\u{1100}', '\u{115F}'),
    ('\u{2E80}', '\u{303E}'),
    ('\u{3041}', '\u{33FF}'),
    ('\u{3400}', '\u{4DBF}'),
    ('\u{4E00}', '\u{9FFF}'),
    ('\u{A000}', '\u{A4CF}'),
    ('\u{AC00}', '\u{D7A3}'),
    ('\u{F900}', '\u{FAFF}'),
    ('\u{FE30}', '\u{FE4F}'),
    ('\u{FF00}', '\u{FF60}'),
    ('\u{1F300}', '\u{1FAFF}'),
    ('\u{20000}', '\u{3FFFD}'),
];

/// First and last character of the ranges that take no column of their own.
const NARROWLESS: [(char, char); 4] = [
    ('\u{0300}', '\u{036F}'),
    ('\u{200B}', '\u{200F}'),
    ('\u{FE00}', '\u{FE0F}'),
    ('\u{FEFF}', '\u{FEFF}'),
];

/// How many terminal columns a text takes: Chinese characters two, combining marks none.
///
/// ```
/// use huiyin_diagnostic::display_width;
/// assert_eq!(display_width("客户: a"), 7);
/// ```
#[must_use]
pub fn display_width(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

fn width_of(character: char) -> usize {
    let within = |ranges: &[(char, char)]| {
        ranges
            .iter()
            .any(|&(first, last)| (first..=last).contains(&character))
    };
    if within(&WIDE) {
        2
    } else if within(&NARROWLESS) {
        0
    } else {
        1
    }
}
