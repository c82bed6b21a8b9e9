//! The ways of a kind: from where to where its cases go, and on what. Drawings and outlines show these and no others.

use indexmap::IndexMap;

use super::speaker::Speaker;
use crate::model::{Kind, Moment, Move, Step, Target, Verb};

/// Where registration stands among the places of a kind; its steps follow in the order of the file, then closing.
pub(super) const OPENED: usize = 0;

/// Where closing stands among the places of a kind.
pub(super) fn closed(kind: &Kind) -> usize {
    kind.steps.len() + 1
}

/// A way from one place to another, with what leads along it, one label each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) labels: Vec<String>,
}

/// All ways of a kind. What keeps a case in its step is none, and neither is archiving.
pub(super) fn ways<'p>(say: Speaker<'p>, kind: &'p Kind) -> Vec<Way> {
    let mut labels: IndexMap<(usize, usize), Vec<String>> = IndexMap::new();
    labels.entry((OPENED, OPENED + 1)).or_default();
    let mut add = |from: usize, to: usize, label: &str| {
        let way = labels.entry((from, to)).or_default();
        if !way.iter().any(|known| known == label) {
            way.push(label.to_owned());
        }
    };
    let steps = kind.steps.values().enumerate();
    let moves = steps.flat_map(|(index, step)| step.moves.iter().map(move |row| (index + 1, row)));
    let after = kind.after_close.iter().map(|row| (closed(kind), row));
    for (from, row) in moves.chain(after) {
        if let Some(to) = place(kind, &row.then) {
            let label = say.moment(kind, &row.on);
            add(from, to, label.trim_matches(['“', '”']));
        }
    }
    for (index, step) in kind.steps.values().enumerate() {
        if let Some(to) = passed_over(kind, index, step) {
            add(index + 1, to, say.pick("跳过", "passed over"));
        }
    }
    let ways = labels.into_iter();
    ways.map(|((from, to), labels)| Way { from, to, labels })
        .collect()
}

/// Where a target stands among the places.
fn place(kind: &Kind, target: &Target) -> Option<usize> {
    match target {
        Target::Stay | Target::Archived => None,
        Target::Closed => Some(closed(kind)),
        Target::Step(step) => kind.steps.get_index_of(step).map(|index| index + 1),
    }
}

/// Where a step that may be passed over leads then: to the next in the order of the file, or where accepting leads if whoever
/// brings the case there has it already.
fn passed_over(kind: &Kind, index: usize, step: &Step) -> Option<usize> {
    let accepted = |row: &&Move| {
        matches!(
            &row.on,
            Moment::Verb {
                verb: Verb::Accepted,
                ..
            }
        )
    };
    match (&step.when, step.skip_if_actor) {
        (None, false) => None,
        (None, true) => {
            let row = step.moves.iter().find(accepted);
            let led = row.and_then(|row| place(kind, &row.then));
            Some(led.unwrap_or(index + 2))
        }
        (Some(_), _) => Some(index + 2),
    }
}

/// The places that a case goes through if nothing out of the ordinary happens, from the first step to closing.
///
/// From each step it is the first row onward that hangs on nothing; failing that the first that hangs on an outcome or a condition, to a step
/// rather than to closing. What sends a case back or on to others (退单, 转办) is out of the ordinary.
pub(super) fn main_way(kind: &Kind) -> Vec<usize> {
    let end = closed(kind);
    let mut way = Vec::new();
    let mut at = 1;
    while at < end && !way.contains(&at) {
        way.push(at);
        let next = kind.steps.get_index(at - 1);
        at = next.map_or(end, |(_, step)| onward(kind, at, step));
    }
    way.push(end);
    way
}

fn onward(kind: &Kind, from: usize, step: &Step) -> usize {
    let end = closed(kind);
    let sent_away = |on: &Moment| {
        matches!(
            on,
            Moment::Verb {
                verb: Verb::Refused | Verb::Transferred | Verb::Withdrawn | Verb::Merged,
                ..
            }
        )
    };
    let rows = step.moves.iter().filter(|row| !sent_away(&row.on));
    let led = rows.filter_map(|row| {
        let to = place(kind, &row.then).filter(|&to| to > from)?;
        let hangs = row.when.is_some()
            || matches!(
                &row.on,
                Moment::Act {
                    outcome: Some(_),
                    ..
                }
            );
        Some((hangs, to == end, to))
    });
    // The first of several alike stays: rows are asked in the order of the file.
    let best = led.min_by_key(|&(hangs, closes, _)| (hangs, closes));
    match best {
        Some((.., to)) => to,
        None => passed_over(kind, from - 1, step).unwrap_or(end),
    }
}
