//! Shares of a clock add up to the whole, in every column of its table.

use std::collections::HashSet;

use huiyin_calendar::{Length, Limit};
use huiyin_diagnostic::{Message, Place};

use super::places::Spot;
use crate::check::Log;
use crate::codes;
use crate::condition::{Fact, Truth};
use crate::model::{
    Amount, ChoiceId, ClauseId, Clock, ClockId, FactPath, Kind, Rest, Share, ShareLimits, Shares,
};

/// Half a working day, or a second: the smallest part that each way of counting knows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counting {
    /// Working days, in halves.
    Halves,
    /// Calendar days and hours, in seconds.
    Seconds,
}

impl Counting {
    const fn per_day(self) -> u64 {
        match self {
            Self::Halves => 2,
            Self::Seconds => 86_400,
        }
    }

    /// A figure in days, with as many decimals as half days and hours need.
    fn in_days(self, amount: u64) -> String {
        let thousandths = amount * 1_000 / self.per_day();
        let (whole, rest) = (thousandths / 1_000, thousandths % 1_000);
        let text = format!("{whole}.{rest:03}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

pub(super) fn prove(kind: &Kind, shares: &Shares, spot: Spot<'_>, log: &Log) {
    prove_names(kind, shares, spot.key("parts"), log);
    let span = Span::of_all(kind);
    let Some(whole) = kind.clocks.get(&shares.of) else {
        return;
    };
    let given = Given {
        whole: Whole::Clock(whole),
        parts: &shares.parts,
        rest: shares.rest,
        clause: &shares.clause,
    };
    given.prove(kind, span, spot.key("of").place(), spot.key("parts"), log);
}

/// What is given out, and to whom: a clock, or a share of one (P2.12).
struct Given<'a> {
    whole: Whole<'a>,
    parts: &'a [Share],
    rest: Rest,
    clause: &'a ClauseId,
}

#[derive(Clone, Copy)]
enum Whole<'a> {
    Clock(&'a Clock),
    Share(&'a ShareLimits),
}

impl Given<'_> {
    fn prove(&self, kind: &Kind, span: Span, of: Place, parts: Spot<'_>, log: &Log) {
        prove_order(kind, self.parts, span, parts, log);
        for column in self.columns() {
            match self.add_up(column) {
                Ok(sum) => self.report_sum(&sum, column, of, parts, log),
                Err(what) => {
                    let finding = codes::SHARES_SUM.at(of).with("what", what);
                    let finding = finding.with("column", name(column)).with("sum", "");
                    let finding = finding.with("whole", "").clause(self.clause.as_str());
                    log.push(finding.done());
                    return;
                }
            }
        }
        for part in self.parts.iter().filter(|part| !part.of_which.is_empty()) {
            let spot = parts.key(part.clock.as_str());
            let within = Given {
                whole: Whole::Share(&part.limits),
                parts: &part.of_which,
                rest: Rest::Nobodys,
                clause: self.clause,
            };
            let span = Span::of(kind, part);
            within.prove(kind, span, spot.place(), spot.key("of_which"), log);
        }
    }
}

/// One value of the choice on which shares depend, or nothing if none depends on any.
type Column<'a> = Option<(&'a FactPath, &'a ChoiceId)>;

impl<'a> Given<'a> {
    fn columns(&self) -> Vec<Column<'a>> {
        let limits = self.parts.iter().map(|part| &part.limits);
        let whole = match self.whole {
            Whole::Share(limits) => Some(limits),
            Whole::Clock(_) => None,
        };
        let by_choice = limits.chain(whole).find_map(|limits| match limits {
            ShareLimits::By(path, limits) => Some((path, limits)),
            ShareLimits::One(_) => None,
        });
        match by_choice {
            None => vec![None],
            Some((path, limits)) => limits.keys().map(|choice| Some((path, choice))).collect(),
        }
    }
}

fn name(column: Column<'_>) -> &str {
    column.map_or("all", |(_, choice)| choice.as_str())
}

/// What shares and whole come to in one column.
struct Sum {
    counting: Counting,
    parts: u64,
    whole: u64,
    /// Days after the first on which the last part can end, if every part ends with a day.
    latest_day: u64,
}

impl Given<'_> {
    fn add_up(&self, column: Column<'_>) -> Result<Sum, &'static str> {
        let (counting, whole) = self.whole_in(column)?;
        let (mut parts, mut latest_day) = (0, 0);
        for part in self.parts {
            let limit = limit_in(&part.limits, column)?;
            let (part_counting, amount) = count(limit).ok_or("unit")?;
            if part_counting != counting {
                return Err("unit");
            }
            parts += amount;
            latest_day += amount.div_ceil(counting.per_day());
        }
        Ok(Sum {
            counting,
            parts,
            whole,
            latest_day,
        })
    }

    /// The whole in one column. Where something may be left of it and no share depends on what its length depends on, its
    /// shortest length is what counts.
    fn whole_in(&self, column: Column<'_>) -> Result<(Counting, u64), &'static str> {
        let clock = match self.whole {
            Whole::Share(limits) => return count(limit_in(limits, column)?).ok_or("unit"),
            Whole::Clock(clock) => clock,
        };
        if let Some(limit) = whole_limit(clock, column) {
            return count(limit).ok_or("unit");
        }
        if self.rest == Rest::None {
            return Err("whole");
        }
        let mut shortest: Option<(Counting, u64)> = None;
        for row in &clock.length {
            let Amount::Fixed(limit) = row.amount else {
                return Err("whole");
            };
            let (counting, amount) = count(limit).ok_or("unit")?;
            shortest = match shortest {
                Some((of_before, _)) if of_before != counting => return Err("unit"),
                Some((_, before)) => Some((counting, before.min(amount))),
                None => Some((counting, amount)),
            };
        }
        shortest.ok_or("whole")
    }
}

fn limit_in(limits: &ShareLimits, column: Column<'_>) -> Result<Limit, &'static str> {
    match (limits, column) {
        (ShareLimits::One(limit), _) => Ok(*limit),
        (ShareLimits::By(path, limits), Some((of, choice))) if path == of => {
            limits.get(choice).copied().ok_or("columns")
        }
        (ShareLimits::By(..), _) => Err("columns"),
    }
}

/// The whole's length in one column: the first row that is known to hold there.
fn whole_limit(whole: &Clock, column: Column<'_>) -> Option<Limit> {
    let fact = |path: &FactPath| match column {
        Some((of, choice)) if path == of => Some(Fact::Word(choice.to_string())),
        _ => None,
    };
    for row in &whole.length {
        let holds = row
            .when
            .as_ref()
            .map_or(Truth::True, |when| when.truth(&fact));
        match (holds, &row.amount) {
            (Truth::False, _) => {}
            (Truth::True, Amount::Fixed(limit)) => return Some(*limit),
            _ => return None,
        }
    }
    None
}

fn count(limit: Limit) -> Option<(Counting, u64)> {
    Some(match limit.length {
        Length::WorkingDays(halves) => (Counting::Halves, u64::from(halves.0)),
        Length::WorkingHalves(halves) => (Counting::Halves, u64::from(halves)),
        Length::CalendarDays(days) => (Counting::Seconds, u64::from(days) * 86_400),
        Length::Weeks(weeks) => (Counting::Seconds, u64::from(weeks) * 7 * 86_400),
        Length::CalendarHours(hours) => (Counting::Seconds, u64::from(hours.seconds())),
        Length::WorkingHours(_) | Length::Months(_) => return None,
    })
}

impl Given<'_> {
    fn report_sum(&self, sum: &Sum, column: Column<'_>, of: Place, parts: Spot<'_>, log: &Log) {
        let fits = match self.rest {
            Rest::None => sum.parts == sum.whole,
            Rest::Nobodys => sum.parts <= sum.whole,
        };
        let finding = if !fits {
            let finding = codes::SHARES_SUM.at(of).with("what", "sum");
            finding.with("sum", sum.counting.in_days(sum.parts))
        } else if sum.latest_day * sum.counting.per_day() > sum.whole {
            let finding = codes::SHARES_OVERRUN.at(of);
            finding.with("latest", sum.latest_day.to_string())
        } else {
            return;
        };
        let whole = sum.counting.in_days(sum.whole);
        let finding = finding.with("column", name(column)).with("whole", whole);
        let finding = finding.label(parts.place(), Message::new("the-shares"));
        log.push(finding.clause(self.clause.as_str()).done());
    }
}

/// Steps by their place in the flow, both ends inclusive.
#[derive(Clone, Copy)]
struct Span {
    first: usize,
    last: usize,
}

impl Span {
    fn of_all(kind: &Kind) -> Self {
        Self {
            first: 0,
            last: kind.steps.len(),
        }
    }

    fn of(kind: &Kind, share: &Share) -> Self {
        let place = |step| kind.steps.get_index_of(step).unwrap_or_default();
        Self {
            first: place(&share.from),
            last: place(&share.to),
        }
    }
}

/// Parts follow the flow without a common step, within the steps of what they are parts of.
fn prove_order(kind: &Kind, parts: &[Share], within: Span, spot: Spot<'_>, log: &Log) {
    let mut free_from = within.first;
    for part in parts {
        let span = Span::of(kind, part);
        let what = if span.first < within.first || span.last > within.last {
            Some("outside")
        } else if span.first < free_from {
            Some("overlap")
        } else {
            None
        };
        if let Some(what) = what {
            let place = spot.key(part.clock.as_str()).place();
            let finding = codes::SHARES_ORDER.at(place).with("what", what);
            log.push(finding.with("name", part.clock.as_str()).done());
        }
        free_from = span.last + 1;
    }
}

/// No share is called like a clock or like another share.
fn prove_names(kind: &Kind, shares: &Shares, spot: Spot<'_>, log: &Log) {
    let mut taken: HashSet<&ClockId> = kind.clocks.keys().collect();
    for share in shares.all() {
        if !taken.insert(&share.clock) {
            let place = spot.key(share.clock.as_str()).place();
            let finding = codes::TWICE.at(place);
            log.push(finding.with("name", share.clock.as_str()).done());
        }
    }
}
