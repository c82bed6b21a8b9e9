//! Shares of a clock add up to the whole, in every column of its table.

use huiyin_calendar::{Length, Limit};
use huiyin_diagnostic::Message;

use super::places::Spot;
use crate::check::Log;
use crate::codes;
use crate::condition::{Fact, Truth};
use crate::model::{Amount, ChoiceId, Clock, FactPath, Kind, ShareLimits, Shares};

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
    prove_order(kind, shares, spot.key("parts"), log);
    let Some(whole) = kind.clocks.get(&shares.of) else {
        return;
    };
    for column in columns(shares) {
        match add_up(whole, shares, column) {
            Ok(sum) => report_sum(&sum, shares, column, spot, log),
            Err(what) => {
                let finding = codes::SHARES_SUM
                    .at(spot.key("of").place())
                    .with("what", what);
                let finding = finding.with("column", name(column)).with("sum", "");
                let finding = finding.with("whole", "").clause(shares.clause.as_str());
                log.push(finding.done());
                return;
            }
        }
    }
}

/// One value of the choice on which shares depend, or nothing if none depends on any.
type Column<'a> = Option<(&'a FactPath, &'a ChoiceId)>;

fn columns(shares: &Shares) -> Vec<Column<'_>> {
    let by_choice = shares.parts.iter().find_map(|part| match &part.limits {
        ShareLimits::By(path, limits) => Some((path, limits)),
        ShareLimits::One(_) => None,
    });
    match by_choice {
        None => vec![None],
        Some((path, limits)) => limits.keys().map(|choice| Some((path, choice))).collect(),
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

fn add_up(whole: &Clock, shares: &Shares, column: Column<'_>) -> Result<Sum, &'static str> {
    let whole = whole_limit(whole, column).ok_or("whole")?;
    let (counting, whole) = count(whole).ok_or("unit")?;
    let (mut parts, mut latest_day) = (0, 0);
    for part in &shares.parts {
        let limit = match (&part.limits, column) {
            (ShareLimits::One(limit), _) => *limit,
            (ShareLimits::By(path, limits), Some((of, choice))) if path == of => {
                *limits.get(choice).ok_or("columns")?
            }
            (ShareLimits::By(..), _) => return Err("columns"),
        };
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

fn report_sum(sum: &Sum, shares: &Shares, column: Column<'_>, spot: Spot<'_>, log: &Log) {
    let whole = sum.counting.in_days(sum.whole);
    let finding = if sum.parts != sum.whole {
        let finding = codes::SHARES_SUM
            .at(spot.key("of").place())
            .with("what", "sum");
        finding.with("sum", sum.counting.in_days(sum.parts))
    } else if sum.latest_day * sum.counting.per_day() > sum.whole {
        let finding = codes::SHARES_OVERRUN.at(spot.key("of").place());
        finding.with("latest", sum.latest_day.to_string())
    } else {
        return;
    };
    let finding = finding.with("column", name(column)).with("whole", whole);
    let finding = finding.label(spot.key("parts").place(), Message::new("the-shares"));
    log.push(finding.clause(shares.clause.as_str()).done());
}

/// Parts follow the flow without a common step.
fn prove_order(kind: &Kind, shares: &Shares, spot: Spot<'_>, log: &Log) {
    let mut free_from = 0;
    for part in &shares.parts {
        let place = spot.key(part.clock.as_str()).place();
        let from = kind.steps.get_index_of(&part.from);
        let to = kind.steps.get_index_of(&part.to);
        if let (Some(from), Some(to)) = (from, to) {
            if from < free_from {
                let finding = codes::SHARES_ORDER.at(place).with("what", "overlap");
                log.push(finding.with("name", part.clock.as_str()).done());
            }
            free_from = to + 1;
        }
        if kind.clocks.contains_key(&part.clock) {
            log.push(
                codes::TWICE
                    .at(place)
                    .with("name", part.clock.as_str())
                    .done(),
            );
        }
    }
}
