//! Reading nodes of a test file: the value, or a finding at its place.

use huiyin_calendar::Calendar;
use huiyin_diagnostic::{Finding, Place, nearest};
use huiyin_policy::yaml::{Entry, Node, Shape};
use jiff::Timestamp;
use jiff::civil::DateTime;

use crate::codes::{BAD_VALUE, MISSING_KEY, UNKNOWN_KEY, UNKNOWN_NAME};

/// The most names that are listed where one is unknown.
const KNOWN_MAX: usize = 30;

pub(crate) type Read<T> = Result<T, Box<Finding>>;

/// The text of a scalar.
pub(crate) fn text(node: Node<'_>) -> Read<&str> {
    node.scalar().ok_or_else(|| bad(node, "text"))
}

/// `yes` or `no`.
pub(crate) fn yes_no(node: Node<'_>) -> Read<bool> {
    match node.scalar() {
        Some("yes" | "true") => Ok(true),
        Some("no" | "false") => Ok(false),
        _ => Err(bad(node, "yes-no")),
    }
}

/// A local time, as in `2026-02-13T16:20`.
pub(crate) fn time(node: Node<'_>, calendar: &Calendar) -> Read<Timestamp> {
    let local: Option<DateTime> = text(node)?.parse().ok();
    local
        .map(|local| calendar.instant(local))
        .ok_or_else(|| bad(node, "time"))
}

/// The words of a list, or one word.
pub(crate) fn words(node: Node<'_>) -> Read<Vec<&str>> {
    match node.shape() {
        Shape::List => node.items().map(text).collect(),
        Shape::Nothing => Ok(Vec::new()),
        _ => Ok(vec![text(node)?]),
    }
}

/// The line that must be there.
pub(crate) fn need<'t>(node: Node<'t>, key: &'static str) -> Read<Node<'t>> {
    let missing = || {
        Box::new(Finding::by_code(
            MISSING_KEY,
            node.place(),
            &[("name", key)],
        ))
    };
    node.get(key).ok_or_else(missing)
}

/// That a map has no other lines than these.
pub(crate) fn only(node: Node<'_>, known: &[&str]) -> Read<()> {
    if !matches!(node.shape(), Shape::Map | Shape::Nothing) {
        return Err(bad(node, "map"));
    }
    match node.entries().find(|entry| !known.contains(&entry.key)) {
        None => Ok(()),
        Some(entry) => Err(unknown_key(entry, known)),
    }
}

pub(crate) fn unknown_key(entry: Entry<'_>, known: &[&str]) -> Box<Finding> {
    let args = [("name", entry.key), ("known", &known.join(", "))];
    Box::new(Finding::by_code(UNKNOWN_KEY, entry.key_place, &args))
}

/// A value that is not what is asked for; `expected` is a key of the texts.
pub(crate) fn bad(node: Node<'_>, expected: &str) -> Box<Finding> {
    let found = node.scalar().unwrap_or(node.shape().name());
    Box::new(Finding::by_code(
        BAD_VALUE,
        node.place(),
        &[("found", found), ("expected", expected)],
    ))
}

/// A name at `place` that is none of `known`, with the one that may have been meant; `what` is a key of the texts.
pub(crate) fn unknown_name<'k>(
    place: Place,
    what: &str,
    name: &str,
    known: impl Iterator<Item = &'k str> + Clone,
) -> Box<Finding> {
    let mut all: Vec<&str> = known.clone().take(KNOWN_MAX).collect();
    if known.clone().nth(KNOWN_MAX).is_some() {
        all.push("…");
    }
    let all = all.join(", ");
    let meant = nearest(name, known);
    let args = [
        ("what", what),
        ("name", name),
        ("known", all.as_str()),
        ("near", if meant.is_some() { "yes" } else { "no" }),
        ("meant", meant.unwrap_or_default()),
    ];
    Box::new(Finding::by_code(UNKNOWN_NAME, place, &args))
}
