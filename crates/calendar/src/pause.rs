//! Times in which a clock stands still (T7).

use jiff::Timestamp;

/// A pause from `from` up to but not including `to`; open while `to` is `None`.
///
/// One that ends when it begins, or before, pauses nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pause {
    /// When the clock stops.
    pub from: Timestamp,
    /// When it goes on.
    pub to: Option<Timestamp>,
}

/// A pause in whole seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) from: i64,
    pub(crate) to: Option<i64>,
}

/// The pauses as their union, in order, clipped to start at `start`.
pub(crate) fn union(pauses: &[Pause], start: i64) -> Vec<Stretch> {
    let mut clipped: Vec<Stretch> = pauses
        .iter()
        .map(|pause| Stretch {
            from: pause.from.as_second().max(start),
            to: pause.to.map(Timestamp::as_second),
        })
        .filter(|pause| pause.to.is_none_or(|to| to > pause.from))
        .collect();
    clipped.sort_unstable_by_key(|pause| pause.from);

    let mut merged: Vec<Stretch> = Vec::with_capacity(clipped.len());
    for pause in clipped {
        match merged.last_mut() {
            Some(last) if last.to.is_none_or(|to| pause.from < to) => {
                last.to = last.to.zip(pause.to).map(|(one, other)| one.max(other));
            }
            _ => merged.push(pause),
        }
    }
    merged
}

/// Where a count that starts at `start` and is `length` long ends, and what stops it.
///
/// All of T7 is here, once for every unit: a position is the number of days, half-days or seconds that
/// have been reached at an instant, and a pause takes out the positions after that of its beginning, up
/// to and including that of its end. A pause that begins at the end or later changes nothing. `Err` is
/// the open pause that suspends the count.
pub(crate) fn advance(
    start: i64,
    length: i64,
    pauses: &[Stretch],
    position: impl Fn(i64) -> i64,
) -> Result<i64, Stretch> {
    let mut reached = start;
    let mut left = length;
    for pause in pauses {
        let stopped = position(pause.from);
        if reached + left <= stopped {
            break;
        }
        let Some(to) = pause.to else {
            return Err(*pause);
        };
        left -= (stopped - reached).max(0);
        reached = reached.max(position(to));
    }
    Ok(reached + left)
}
