//! Names of files, made fit to be shown, stored by and downloaded under.

use huiyin_case::limits::ATTACHMENT_NAME_CHARS_MAX;

/// Names that Windows keeps for devices, whatever follows them after a dot.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];
/// Longest extension, in characters.
const EXTENSION_CHARS_MAX: usize = 8;

/// A cleaned name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CleanName {
    /// The name with its extension.
    pub(super) name: String,
    /// The extension without its dot, in lower case; empty if there is none.
    pub(super) extension: String,
}

/// The name without folders and without what can't be seen or turns the direction of writing, safe on every system.
/// `None` if nothing is left of it.
pub(super) fn clean(sent: &str) -> Option<CleanName> {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen: String = last
        .chars()
        .filter(|&c| !is_unseen(c))
        .map(|c| match c {
            '<' | '>' | ':' | '"' | '|' | '?' | '*' => '_',
            c => c,
        })
        .collect();
    let name = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_matches([' ', '.']);
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if is_extension(extension) => (stem.trim_end(), extension),
        _ => (name, ""),
    };
    if stem.is_empty() {
        return None;
    }
    let first = stem.split('.').next().unwrap_or_default().trim();
    let is_device = DEVICES.contains(&first.to_lowercase().as_str());
    let before = if is_device { "_" } else { "" };
    let room = ATTACHMENT_NAME_CHARS_MAX - extension.chars().count() - 1 - before.len();
    let stem: String = stem.chars().take(room).collect();
    let extension = extension.to_ascii_lowercase();
    let name = match extension.as_str() {
        "" => format!("{before}{stem}"),
        extension => format!("{before}{stem}.{extension}"),
    };
    Some(CleanName { name, extension })
}

fn is_extension(text: &str) -> bool {
    (1..=EXTENSION_CHARS_MAX).contains(&text.len())
        && text.chars().all(|c| c.is_ascii_alphanumeric())
}

/// Controls, marks that turn the direction of writing, and characters without width.
fn is_unseen(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sent: &str, name: &str, extension: &str) {
        let clean = clean(sent).unwrap_or_else(|| panic!("{sent:?} is no name"));
        assert_eq!(
            (clean.name.as_str(), clean.extension.as_str()),
            (name, extension),
            "{sent:?}"
        );
    }

    #[test]
    fn hostile_names_become_harmless() {
        check("屏幕 破损.JPG", "屏幕 破损.jpg", "jpg");
        check("../../etc/passwd.txt", "passwd.txt", "txt");
        check("C:\\temp\\照片.png", "照片.png", "png");
        check("a.jpg\0.exe", "a.jpg.exe", "exe");
        check("photo\u{202e}gpj.exe", "photogpj.exe", "exe");
        check("a.e\u{200b}xe", "a.exe", "exe");
        check("con.txt", "_con.txt", "txt");
        check("LPT1.tar.pdf", "_LPT1.tar.pdf", "pdf");
        check("a<b>|c?.pdf", "a_b__c_.pdf", "pdf");
        check("evil.exe. . ", "evil.exe", "exe");
        check("  两\n行\t.txt", "两 行.txt", "txt");
        check("无扩展名", "无扩展名", "");
        check(".htaccess", "htaccess", "");
        check("a.中文", "a.中文", "");
    }

    #[test]
    fn what_leaves_nothing_is_no_name() {
        for sent in ["", "   ", "...", "/", "\u{202e}\u{200b}", "a/b/"] {
            assert_eq!(clean(sent), None, "{sent:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_extension() {
        let long = clean(&format!("{}.pdf", "长".repeat(500))).map(|clean| clean.name);
        let long = long.unwrap_or_default();
        assert!(long.ends_with("长.pdf"));
        assert_eq!(long.chars().count(), ATTACHMENT_NAME_CHARS_MAX);
    }
}
