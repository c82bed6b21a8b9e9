/// Longer names are not compared: they are no typing mistake of a declared one.
const NAME_CHARS_MAX: usize = 64;

/// The candidate most like `name`, if one is near enough to be meant: at most a third of the
/// letters differ (insertions, deletions, replacements and swapped neighbours count one each).
/// Of equally near ones the first wins.
///
/// ```
/// use huiyin_diagnostic::nearest;
/// assert_eq!(nearest("chanels", ["channels", "clauses"]), Some("channels"));
/// assert_eq!(nearest("colour", ["channels", "clauses"]), None);
/// ```
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = name.chars().take(NAME_CHARS_MAX + 1).collect();
    if wanted.len() > NAME_CHARS_MAX {
        return None;
    }
    let allowed = wanted.len().div_ceil(3);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let letters: Vec<char> = candidate.chars().take(NAME_CHARS_MAX + 1).collect();
            let near =
                letters.len() <= NAME_CHARS_MAX && letters.len().abs_diff(wanted.len()) <= allowed;
            near.then(|| (distance(&wanted, &letters), candidate))
        })
        .filter(|(distance, candidate)| *distance <= allowed && *distance < candidate.len())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The optimal string alignment distance.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (row, &a) in left.iter().enumerate() {
        let mut current = Vec::with_capacity(right.len() + 1);
        current.push(row + 1);
        for (column, &b) in right.iter().enumerate() {
            let replaced = last[column] + usize::from(a != b);
            let mut best = replaced.min(last[column + 1] + 1).min(current[column] + 1);
            let swapped = row > 0 && column > 0 && a == right[column - 1] && left[row - 1] == b;
            if swapped {
                best = best.min(before_last[column - 1] + 1);
            }
            current.push(best);
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, candidates: &[&str], expected: Option<&str>) {
        assert_eq!(
            nearest(name, candidates.iter().copied()),
            expected,
            "{name}"
        );
    }

    #[test]
    fn a_typing_mistake_finds_the_name_that_was_meant() {
        check("clasue", &["clause", "claim"], Some("clause"));
        check("Clause", &["clause"], Some("clause"));
        check("stpo", &["start", "stop"], Some("stop"));
        check("咨洵", &["投诉", "咨询"], Some("咨询"));
    }

    #[test]
    fn an_unlike_name_suggests_nothing() {
        check("x", &["y"], None);
        check("", &["clause"], None);
        check(&"a".repeat(100_000), &["aaaa"], None);
    }
}
