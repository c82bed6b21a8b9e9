//! Masking of personal data for those who don't need them in full.

/// A name with only its first character shown: `张三` → `张*`, `欧阳小明` → `欧***`.
pub fn name(name: &str) -> String {
    let mut chars = name.trim().chars();
    match chars.next() {
        Some(first) => std::iter::once(first).chain(chars.map(|_| '*')).collect(),
        None => String::new(),
    }
}

/// Asterisks that stand for what is hidden of a contact, however long it is.
const HIDDEN_SHOWN_AS: usize = 4;

/// A phone number, mail address or other contact with its middle hidden: `13812345678` → `138****5678`.
///
/// Of a mail address the first character and the domain stay; of anything shorter than eight characters only the
/// last two.
pub fn contact(contact: &str) -> String {
    let contact = contact.trim();
    if let Some((local, domain)) = contact.split_once('@') {
        let first: String = local.chars().take(1).collect();
        return format!("{first}***@{domain}");
    }
    let chars: Vec<char> = contact.chars().collect();
    let (head, tail) = if chars.len() >= 8 {
        (3, 4)
    } else {
        (0, 2.min(chars.len() / 2))
    };
    if chars.is_empty() {
        return String::new();
    }
    chars[..head]
        .iter()
        .copied()
        .chain(std::iter::repeat_n('*', HIDDEN_SHOWN_AS))
        .chain(chars[chars.len() - tail..].iter().copied())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_first_character() {
        for (full, masked) in [
            ("张三", "张*"),
            ("欧阳小明", "欧***"),
            ("Li", "L*"),
            ("", ""),
            (" 王 ", "王"),
        ] {
            assert_eq!(name(full), masked);
        }
    }

    #[test]
    fn contacts_keep_no_more_than_their_ends() {
        for (full, masked) in [
            ("13812345678", "138****5678"),
            ("li.lei@example.com", "l***@example.com"),
            ("110", "****0"),
            ("5551234", "****34"),
            ("0591-87654321", "059****4321"),
            ("", ""),
        ] {
            assert_eq!(contact(full), masked);
        }
    }
}
