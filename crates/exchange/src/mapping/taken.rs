//! Reading where values and moments are taken from.

use huiyin_policy::model::FieldType;
use huiyin_policy::yaml::{Node, Shape};
use indexmap::IndexMap;
use jiff::civil::Time;

use super::lines::Log;
use super::model::{Origin, Taken, When};
use super::moment;

/// What a value must be, so that fixed values and value maps can be checked before any row is read.
#[derive(Clone, Copy)]
pub(super) enum Wanted<'a> {
    /// A value of a field.
    Field(&'a FieldType),
    /// One of these names; `what` is a key of the texts.
    OneOf {
        what: &'static str,
        known: &'a [&'a str],
    },
    /// Any text.
    Any,
}

/// `title` is the column of this name; `{column: …}` and `{fixed: …}` say more.
pub(super) fn taken(node: Node<'_>, wanted: Wanted<'_>, log: &Log) -> Option<Taken> {
    if node.shape() == Shape::Scalar {
        return Some(plain(Origin::Column(log.column(node)?)));
    }
    let known = [
        "column",
        "fixed",
        "values",
        "otherwise",
        "format",
        "time",
        "cut",
    ];
    if !log.only(node, &known) {
        return None;
    }
    let from = match (node.get("column"), node.get("fixed")) {
        (Some(column), None) => Origin::Column(log.column(column)?),
        (None, Some(fixed)) => Origin::Fixed(wanted_text(fixed, wanted, log)?),
        _ => {
            log.bad(node, "column-or-fixed");
            return None;
        }
    };
    let otherwise = node.get("otherwise");
    Some(Taken {
        from,
        values: node
            .get("values")
            .map(|values| word_map(values, wanted, log)),
        otherwise: otherwise.and_then(|one| wanted_text(one, wanted, log)),
        formats: formats(node, log),
        time: time(node, log),
        cut: node.get("cut").is_some_and(|cut| match cut.scalar() {
            Some("true") => true,
            Some("false") => false,
            _ => {
                log.bad(cut, "true-false");
                false
            }
        }),
    })
}

fn plain(from: Origin) -> Taken {
    Taken {
        from,
        values: None,
        otherwise: None,
        formats: Vec::new(),
        time: None,
        cut: false,
    }
}

/// `created` is the column of this name; `{column: …}` says how it is written.
pub(super) fn when(node: Node<'_>, log: &Log) -> Option<When> {
    if node.shape() == Shape::Scalar {
        return Some(When {
            column: log.column(node)?,
            formats: Vec::new(),
            time: None,
            plus_days: None,
        });
    }
    if !log.only(node, &["column", "format", "time", "plus_days"]) {
        return None;
    }
    let column = log.need(node, "column").and_then(|node| log.column(node));
    let plus_days = node.get("plus_days").map(|days| log.column(days));
    Some(When {
        column: column?,
        formats: formats(node, log),
        time: time(node, log),
        plus_days: match plus_days {
            None => None,
            Some(days) => Some(days?),
        },
    })
}

fn formats(node: Node<'_>, log: &Log) -> Vec<String> {
    let Some(line) = node.get("format") else {
        return Vec::new();
    };
    let formats = log.words(line);
    for format in &formats {
        if !moment::is_format(format) {
            log.bad(line, "format");
        }
    }
    formats
}

fn time(node: Node<'_>, log: &Log) -> Option<Time> {
    let line = node.get("time")?;
    let time = log.text(line)?.parse().ok();
    if time.is_none() {
        log.bad(line, "time-of-day");
    }
    time
}

fn word_map(node: Node<'_>, wanted: Wanted<'_>, log: &Log) -> IndexMap<String, String> {
    if node.shape() != Shape::Map {
        log.bad(node, "map");
    }
    node.entries()
        .filter_map(|entry| {
            let value = wanted_text(entry.value, wanted, log)?;
            Some((entry.key.trim().to_owned(), value))
        })
        .collect()
}

/// A value written in the mapping itself: checked at once.
fn wanted_text(node: Node<'_>, wanted: Wanted<'_>, log: &Log) -> Option<String> {
    let text = log.text(node)?;
    match wanted {
        Wanted::OneOf { what, known } if !known.contains(&text) => {
            log.unknown_name(node.place(), what, text, known.iter().copied());
        }
        Wanted::Field(FieldType::OneOf(choices) | FieldType::ManyOf(choices)) => {
            let known = || choices.keys().map(|choice| choice.as_str());
            if !known().any(|choice| choice == text) {
                let known: Vec<&str> = known().collect();
                log.unknown_name(node.place(), "choice", text, known.iter().copied());
            }
        }
        Wanted::Field(FieldType::Bool) if !matches!(text, "true" | "false") => {
            log.bad(node, "true-false");
        }
        _ => {}
    }
    Some(text.to_owned())
}
