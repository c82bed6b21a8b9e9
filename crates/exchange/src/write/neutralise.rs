//! Formulas made harmless: what a customer wrote must never be computed by the spreadsheet of whoever reads it.

use std::borrow::Cow;

/// What makes a spreadsheet take a text for a formula, in both widths.
const BEGINNINGS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The text as it may stand in a cell: an apostrophe before whatever a spreadsheet might compute, spaces before it or not.
pub fn neutralised(text: &str) -> Cow<'_, str> {
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}');
    let inner = text.trim_start_matches(blank);
    if text.starts_with(BEGINNINGS) || inner.starts_with(BEGINNINGS) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::neutralised;

    #[test]
    fn whatever_may_be_computed_gets_an_apostrophe_and_nothing_else_does() {
        for formula in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "＝1+1",
            "＋1",
            "－1",
            "＠A",
            " =1",
            "\u{3000}＝1",
            "\u{FEFF}=1",
        ] {
            assert_eq!(neutralised(formula), format!("'{formula}"));
        }
        for text in ["", "张三", "1-1", "a=b", "'=1", "（=1）"] {
            assert_eq!(neutralised(text), text);
        }
    }
}
